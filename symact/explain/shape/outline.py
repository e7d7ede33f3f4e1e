"""Outlines: where a function of one variable is zero, changes its form, and which sign it has in
between.

Above: `findings`. Below: prover's patterns and factoring.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from symact.checker.derivatives import derivative
from symact.checker.normal_form import NormalForm
from symact.language.terms import Term, name, postorder
from symact.prover.algebra.factoring import factor_form, term_of_monomial, term_of_polynomial
from symact.prover.algebra.variable_zeros import zeros_in
from symact.prover.numeric.ball_jets import is_jet_term
from symact.prover.numeric.evaluate import UNKNOWN, Program, precision
from symact.prover.numeric.simple_numbers import middle
from symact.prover.tables.patterns import pattern
from symact.prover.tables.table_search import End

BITS = 256
MAX_STEPS = 300
DIGITS = 40  # to which roots are known at first
INWARD = Fraction(1, 10**40)  # how far inside an irrational end of a piece is looked


@dataclass(frozen=True)
class Mark:
    """A special point in [lower, upper], exactly `exact` if it has a name.

    function  the analytic term that is 0 there; None for a point where the form changes
    """

    lower: Fraction
    upper: Fraction
    exact: Term | None = None
    function: Term | None = None

    @property
    def place(self) -> Fraction:
        """About where it is."""
        return (self.lower + self.upper) / 2


@dataclass(frozen=True)
class Outline:
    """signs[i] before marks[i]; one more sign than marks. 0: zero throughout, None: no value."""

    marks: list[Mark]
    signs: list[int | None]

    def intervals(self) -> Iterator[tuple[Mark | None, Mark | None, int | None]]:
        """(left mark, right mark, sign) from left to right."""
        ends = [None, *self.marks, None]
        yield from ((a, b, s) for (a, b), s in zip(pairwise(ends), self.signs, strict=True))


class NoOutline(Exception):
    """The roots could not be isolated."""


def outline(germs: list[Term | None], cuts: list[Term], variable: str) -> Outline:
    """The outline of the function that is germs[i] between cuts[i - 1] and cuts[i]."""
    bounds = [None, *map(_mark, cuts), None]
    marks: list[Mark] = []
    signs: list[int | None] = []
    for (left, right), germ in zip(pairwise(bounds), germs, strict=True):
        roots = [] if germ is None else _roots(germ, name(variable), left, right)
        here = [*roots, *([right] if right is not None else [])]
        edges = [left, *roots, right]
        signs += [_sign_between(germ, variable, a, b) for a, b in pairwise(edges)]
        marks += here
    return Outline(marks, signs)


def _mark(cut: Term) -> Mark:
    if cut.op == "num":
        return Mark(cut.value, cut.value, cut)
    with precision(BITS):
        (value,) = Program([cut]).run({})
        if value is None or value is UNKNOWN:
            raise NoOutline
        centre = middle(value)
    return Mark(centre - INWARD, centre + INWARD, cut)


def _roots(germ: Term, variable: Term, left: Mark | None, right: Mark | None) -> list[Mark]:
    """The zeros strictly between the marks, from left to right."""
    lower = None if left is None else End(left.upper)
    upper = None if right is None else End(right.lower)
    found: list[Mark] = []
    for factor in _factors(germ):
        if not is_jet_term(factor, variable):
            raise NoOutline
        if not any(t is variable for t in postorder(factor)):
            continue
        table = pattern(factor, variable, lower, upper)
        if table is None:
            raise NoOutline
        named = _named(factor, variable)
        for crossing in table.roots:
            exact = [m for m in named if crossing.lower <= m.place <= crossing.upper]
            plain = Mark(crossing.lower, crossing.upper, crossing.exact, factor)
            known = exact[0] if exact and plain.exact is None else plain
            found.append(refined(known, variable.value, DIGITS))
    inside = [
        mark
        for mark in found
        if (left is None or mark.place > left.upper) and (right is None or mark.place < right.lower)
    ]
    inside.sort(key=lambda mark: mark.place)
    return [mark for i, mark in enumerate(inside) if i == 0 or not _same(mark, inside[i - 1])]


def _named(factor: Term, variable: Term) -> list[Mark]:
    """The zeros of the factor that have a closed form."""
    found = []
    for zero in zeros_in(NormalForm(), factor, variable):
        with suppress(NoOutline):  # a formula without a value, as log(-1)
            found.append(replace(_mark(zero), function=factor))
    return found


def _same(one: Mark, other: Mark) -> bool:
    return one.lower <= other.upper and other.lower <= one.upper


def _factors(germ: Term) -> list[Term]:
    """Terms whose zeros are those of the germ; none when it is 0."""
    form = NormalForm().form(germ)
    found = None if form.is_zero() else factor_form(form)
    if found is None:
        return [] if form.is_zero() else [germ]
    numerators = [term_of_polynomial(p, form.table) for p, e in found.factors if e > 0]
    units = [
        term_of_monomial(((g, Fraction(1)),), Fraction(1), form.table)
        for g, e in found.monomial
        if e > 0
    ]
    return [*numerators, *units]


def _sign_between(
    germ: Term | None, variable: str, left: Mark | None, right: Mark | None
) -> int | None:
    """The sign at a point between two marks."""
    if germ is None:
        return None
    if NormalForm().form(germ).is_zero():
        return 0
    with precision(BITS):
        (value,) = Program([germ]).run({variable: between(left, right)})
        if value is None or value is UNKNOWN:
            return None
        return 1 if value > 0 else -1 if value < 0 else 0


def between(left: Mark | None, right: Mark | None) -> Fraction:
    """A point between two marks, None being infinity."""
    if left is None:
        return Fraction(0) if right is None else right.lower - 1
    return left.upper + 1 if right is None else (left.upper + right.lower) / 2


def refined(mark: Mark, variable: str, digits: int) -> Mark:
    """The same mark in an interval of width 2·10^-digits. Fails with NoOutline."""
    if mark.exact is not None or mark.function is None:
        return _exactly(mark, digits)
    slope = derivative(mark.function, name(variable))
    program = Program([mark.function, slope])
    step = Fraction(1, 10**digits)
    with precision(int(3.33 * digits) + 96):
        centre = _newton(program, variable, mark, step / 16)
        lower, upper = centre - step, centre + step
        if _sign_at(program, variable, lower) * _sign_at(program, variable, upper) >= 0:
            raise NoOutline
    return Mark(lower, upper, None, mark.function)


def _newton(program: Program, variable: str, mark: Mark, small: Fraction) -> Fraction:
    """About where the root is: Newton's steps, halving where they leave the interval."""
    lower, upper = mark.lower, mark.upper
    rising = _sign_at(program, variable, upper) > 0
    at = mark.place
    for _ in range(MAX_STEPS):
        value, slope = program.run({variable: at})
        if value is None or value is UNKNOWN or slope is UNKNOWN or slope is None:
            raise NoOutline
        if value > 0 or value < 0:
            lower, upper = (lower, at) if (value > 0) == rising else (at, upper)
        step = middle(value / slope) if (value / slope).is_finite() else upper - lower
        moved = at - step
        moved = moved if lower <= moved <= upper else (lower + upper) / 2
        if abs(moved - at) < small:
            return _rounded(moved, small)
        at = _rounded(moved, small)
    raise NoOutline


def _rounded(value: Fraction, small: Fraction) -> Fraction:
    """A multiple of a tenth of `small` near the value."""
    unit = small / 16
    return round(value / unit) * unit


def _sign_at(program: Program, variable: str, at: Fraction) -> int:
    value = program.run({variable: at})[0]
    return 0 if value is None or value is UNKNOWN else int(value > 0) - int(value < 0)


def _exactly(mark: Mark, digits: int) -> Mark:
    if mark.exact is None or mark.exact.op == "num":
        return mark
    step = Fraction(1, 10 ** (digits + 1))
    with precision(4 * digits + 128):
        (value,) = Program([mark.exact]).run({})
        centre = middle(value)
    return Mark(centre - step, centre + step, mark.exact, mark.function)
