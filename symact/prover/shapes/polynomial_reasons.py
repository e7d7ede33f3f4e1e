"""Why a function is no polynomial: a corner, or what is left of it beyond a polynomial part.

Above: `property_proofs`, `property_denials`. Below: `setting`, `polynomial_parts`.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import ceil

from symact.checker.derivatives import derivative, substitute
from symact.language.elementary import difference
from symact.language.terms import Term, add, mul, num, power
from symact.prover.builder import Entry, written
from symact.prover.numeric.graph_samples import Graph, constant
from symact.prover.shapes.polynomial_parts import followed
from symact.prover.shapes.setting import Setting

MAX_DERIVATIVE = 6
APART = 1e-9
FIRST = 2  # where a remainder is looked at from


def reasons(setting: Setting) -> Iterator[Entry]:
    """Reasons with empty proofs, likely ones first."""
    yield from _corners(setting)
    yield from _remainders(setting)


def _corners(setting: Setting) -> Iterator[Entry]:
    """The first derivative that differs at a cut."""
    variable = setting.of.variable
    germs = [germ for _, germ in setting.pieces.pieces.germs()]
    for index, cut in enumerate(setting.pieces.cuts):
        left, right = germs[index], germs[index + 1]
        for order in range(MAX_DERIVATIVE):
            gap = constant(substitute(difference(left, right), variable, cut))
            if gap is not None and abs(gap) > APART:
                yield {"corner": {"cut": index, "order": order, "proof": {}}}
                break
            left, right = derivative(left, variable), derivative(right, variable)


def _remainders(setting: Setting) -> Iterator[Entry]:
    """|f - q| <= C far out, and two values of f - q."""
    of, domain = setting.of, setting.of.domain
    germs = [germ for _, germ in setting.pieces.pieces.germs()]
    for toward, germ, side, end in (
        ("-oo", germs[0], -1, domain.lower),
        ("oo", germs[-1], 1, domain.upper),
    ):
        polynomial = followed(germ, of.variable, side) if end is None else None
        if polynomial is None:
            continue
        rest = difference(of.body, value_of(polynomial, of.variable))
        graph = Graph(rest, of.variable, domain)
        beyond = [
            n for k in range(1, 12) if (n := graph.at(Fraction(side * 2**k)).number()) is not None
        ]
        points = _two_values(graph, setting.pieces.cuts)
        if beyond and points:
            yield {
                "remainder": {
                    "polynomial": [written(c) for c in polynomial],
                    "toward": toward,
                    "name": setting.fresh(),
                    "from": str(FIRST),
                    "scale": str(ceil(max(map(abs, beyond))) + 1),
                    "below": {},
                    "above": {},
                    "points": [str(point) for point in points],
                    "proof": {},
                }
            }


def value_of(polynomial: list[Term], variable: Term) -> Term:
    """c0 + c1 z + c2 z^2 + …"""
    return add(*(mul(c, power(variable, num(k))) for k, c in enumerate(polynomial)))


def _two_values(graph: Graph, cuts: list[Term]) -> list[Fraction]:
    """Two points, away from the cuts, at which the function has different values."""
    marks = [constant(cut) for cut in cuts]
    points = [
        p
        for p in map(Fraction, ("0", "1", "-1", "2", "-2", "1/2", "3", "-3", "1/3"))
        if all(mark is None or abs(mark - float(p)) > APART for mark in marks)
    ]
    values = [(p, n) for p in points if (n := graph.at(p).number()) is not None]
    for p, first in values:
        for q, second in values:
            if abs(first - second) > APART:
                return [p, q]
    return []
