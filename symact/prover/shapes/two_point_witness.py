"""Witnesses against predicates about two or three points: where a derivative has the wrong sign or
is too large, two points close by break the predicate, by the mean value theorem.

Above: `decide`. Below: `graph_samples`, `witnesses`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from symact.checker.failures import CannotJudge
from symact.language.claims import Predicate
from symact.language.functions import Function
from symact.language.predicates import Goal
from symact.language.properties import Domain, domain_of
from symact.language.terms import Term, name
from symact.language.unfold import Unfolder
from symact.prover.numeric.graph_samples import Graph, constant
from symact.prover.witnesses import Point

REFINEMENTS = 50
WIDTHS = 26
BEST = 4  # local maxima that are looked at
STEP = Fraction(1, 8)
NEARLY = 1e-3  # how far below its bound a derivative may be between samples


def pairs(goal: Goal, statement: Predicate, unfolder: Unfolder) -> Iterator[Point]:
    """Points at which the predicate may fail, likely ones first. Never fails."""
    kind = KINDS.get(statement.name)
    if kind is None or set(goal.names()) != set(goal.points):
        return
    order, sign = kind
    function = unfolder.function(statement.args[0], unfolder.base)
    bounds = [constant(unfolder.real(a, unfolder.base)) for a in statement.args[1:]]
    bound = bounds[0] if bounds and bounds[0] is not None else 0.0
    domain = domain_of(statement.on, unfolder)

    def measure(slope: float) -> float:
        return (abs(slope) if sign == 0 else -sign * slope) - bound

    for at in _worst(unfolder, function, domain, order, measure):
        yield from _around(goal, at)


def _worst(
    unfolder: Unfolder,
    function: Function,
    domain: Domain,
    order: int,
    measure: Callable[[float], float],
) -> Iterator[Fraction]:
    """Where the measure of the derivative is largest, refined; then kinks and ends."""
    variable = name("z'")
    slope: Term = unfolder.derivative_at(function, order, variable)
    try:
        graph = Graph(slope, variable, domain)
    except CannotJudge:
        return

    def at(point: Fraction) -> float:
        number = graph.at(point).number() if graph.inside(point) else None
        return float("-inf") if number is None else measure(number)

    points = sorted(set(graph.points))
    ranked = sorted(points, key=at, reverse=True)
    for best in ranked[:BEST] if points and at(ranked[0]) > -NEARLY else ():
        found = _climbed(at, best)
        yield found.limit_denominator(10**3)
        yield found
    yield from [p for p in points if graph.at(p).number() is None][:BEST]


def _climbed(at: Callable[[Fraction], float], start: Fraction) -> Fraction:
    """A better point near the start, by halving steps."""
    best, value, step = start, at(start), STEP
    for _ in range(REFINEMENTS):
        moved = max((best - step, best + step), key=at)
        better = at(moved)
        if better > value:
            best, value = moved, better
        else:
            step /= 2
    return best


def _around(goal: Goal, at: Fraction) -> Iterator[Point]:
    """Pairs of points on both sides, or with one of them at the point itself."""
    for k in range(WIDTHS):
        h = Fraction(1, 2**k)
        beside = ((at + h, at + 2 * h), (at - 2 * h, at - h))  # where the point itself is a kink
        for left, right in ((at - h, at + h), (at, at + h), (at - h, at), *beside):
            values = (left, right, Fraction(1, 2))
            yield dict(zip(goal.points, values, strict=False))


KINDS = {
    "lipschitz": (1, 0),
    "increasing": (1, 1),
    "strictly_increasing": (1, 1),
    "decreasing": (1, -1),
    "strictly_decreasing": (1, -1),
    "convex": (2, 1),
    "strictly_convex": (2, 1),
    "concave": (2, -1),
    "strictly_concave": (2, -1),
}
