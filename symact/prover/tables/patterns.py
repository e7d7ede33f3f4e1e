"""Sign patterns: the signs of a function of one name on an interval, and its roots in between.

Nothing here is evidence. A root is an exact constant, or the one root in a rational enclosure.

Above: `cuts`. Below: `table_search`, `cells_search`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import prod

from flint import arb

from symact.checker import signs
from symact.checker.constants import Constants
from symact.checker.failures import CannotJudge, Rejected
from symact.checker.normal_form import NormalForm
from symact.language.terms import Term, num, postorder, size
from symact.prover.algebra.factoring import factor_form, term_of_monomial, term_of_polynomial
from symact.prover.numeric.ball_jets import Jets, sign_of
from symact.prover.numeric.evaluate import precision
from symact.prover.numeric.simple_numbers import ball, middle, near, simplest
from symact.prover.tables.table_search import End, Table, all_signs

FINEST = Fraction(1, 2**120)  # enclosures are not made narrower than this
BITS = 256
HALF = Fraction(1, 2)


@dataclass(frozen=True)
class Crossing:
    """A root in [lower, upper]: the constant `exact`, or the only root there of `of`, at which that
    changes its sign.
    """

    lower: Fraction
    upper: Fraction
    exact: Term | None = None
    of: Term | None = None


@dataclass(frozen=True)
class Pattern:
    """signs[i] holds between roots[i - 1] and roots[i]; None where an end is a root."""

    signs: tuple[int | None, ...]
    roots: tuple[Crossing, ...]


def pattern(function: Term, variable: Term, lower: End | None, upper: End | None) -> Pattern | None:
    """The pattern on an interval, None for an end at infinity; None when none is found."""
    parts = _factors(function)
    if len(parts) > 1 or size(parts[0][0]) < size(function):
        found = _of_product(parts, variable, lower, upper)
        if found is not None:
            return found
    table = all_signs(function, variable, lower, upper)
    return of_table(table) if isinstance(table, Table) else None


def _factors(function: Term) -> list[tuple[Term, int]]:
    """The irreducible factors in normal form, with their exponents; or the function itself."""
    try:
        form = NormalForm().form(function)
    except (CannotJudge, Rejected):
        return [(function, 1)]
    found = None if form.is_zero() else factor_form(form)
    if found is None:
        return [(function, 1)]
    units = [
        (term_of_monomial(((g, Fraction(1)),), Fraction(1), form.table), int(e))
        for g, e in found.monomial
        if form.table.table[g].kind != "exp"  # positive
    ]
    others = [(term_of_polynomial(p, form.table), e) for p, e in found.factors]
    return [(num(found.scale), 1), *units, *others]


def _of_product(
    parts: list[tuple[Term, int]], variable: Term, lower: End | None, upper: End | None
) -> Pattern | None:
    """The pattern of Π part^exponent; None when a part has none, or when there is a pole."""
    scale, found = 1, []
    for part, exponent in parts:
        if all(t is not variable for t in postorder(part)):
            scale *= Constants().sign(part) == signs.POSITIVE or -1
            continue
        table = all_signs(part, variable, lower, upper)
        here = of_table(table) if isinstance(table, Table) else None
        if here is None or (exponent < 0 and here.roots):
            return None
        found.append((Roots(part, variable, here), exponent))
    return _merged(scale, found, lower, upper)


def _merged(
    scale: int, parts: list[tuple[Roots, int]], lower: End | None, upper: End | None
) -> Pattern | None:
    groups = list(separated([roots for roots, _ in parts]))
    crossings = []
    for group in groups:
        exact = next((c for _, c in group if c.exact is not None), group[0][1])
        if len(group) > 1 and exact.exact is None:
            return None
        crossings.append(exact)
    signs_between: list[int | None] = []
    for left, right in pairwise([None, *crossings, None]):
        begin = left.upper if left else lower.place if lower else None
        end = right.lower if right else upper.place if upper else None
        if begin is not None and end is not None and begin >= end:
            signs_between.append(None)
            continue
        point = inside(begin, end)
        odd = [roots.sign_at(point) for roots, exponent in parts if exponent % 2]
        signs_between.append(prod(odd, start=scale))
    return Pattern(tuple(signs_between), tuple(crossings))


def inside(begin: Fraction | None, end: Fraction | None) -> Fraction:
    """A simple number between two others, None at infinity."""
    if begin is None and end is None:
        return Fraction(0)
    if begin is None or end is None:
        one = begin + 1 if begin is not None else (end or Fraction(0)) - 1
        return near(one, HALF)
    margin = (end - begin) / 64
    return simplest(begin + margin, end - margin)


def of_table(table: Table) -> Pattern:
    """The pattern that a table shows."""
    between: list[int | None] = []
    roots: list[Crossing] = []
    if table.left is not None:
        between.append(table.left.sign)
    for piece in table.pieces:
        if not between:
            between.append(piece.left)
        if piece.root is not None:
            crossing = _around(piece.root.value, piece.root.term)
            if crossing.lower <= piece.lower and not roots and table.left is None:
                between[-1] = None
            roots.append(crossing)
            between.append(piece.sign)
        elif piece.kind == "M":
            roots.append(Crossing(piece.lower, piece.upper, of=table.function))
            between.append(piece.sign)
    if table.right is not None and not between:
        between.append(table.right.sign)
    elif table.right is None and roots and roots[-1].exact is not None:
        if roots[-1].upper >= table.pieces[-1].upper:
            between[-1] = None
    return Pattern(tuple(between), tuple(roots))


def _around(value: arb, term: Term) -> Crossing:
    if term.op == "num":
        return Crossing(term.value, term.value, term)
    centre = middle(value)
    return Crossing(near(centre, FINEST) - FINEST, near(centre, FINEST) + FINEST, term)


class Roots:
    """Roots of one function, whose enclosures can be made narrower."""

    def __init__(self, function: Term, variable: Term, found: Pattern) -> None:
        self._function, self._variable = function, variable
        self._jets: dict[Term, Jets] = {}
        self.crossings = list(found.roots)

    def _value(self, function: Term, point: Fraction) -> int:
        if function not in self._jets:
            self._jets[function] = Jets(function, self._variable, BITS)
        return sign_of(self._jets[function].value(ball(point)))

    def narrowed(self, index: int, width: Fraction) -> Crossing:
        """The root in an enclosure of at most this width."""
        found = self.crossings[index]
        if found.exact is None and found.upper - found.lower > width:
            with precision(BITS):
                found = self.crossings[index] = self._halved(found, width)
        return found

    def _halved(self, found: Crossing, width: Fraction) -> Crossing:
        lower, upper, of = found.lower, found.upper, found.of or self._function
        left = self._value(of, lower)
        while upper - lower > width:
            at = (lower + upper) / 2
            sign = self._value(of, at)
            if not sign:
                return Crossing(at, at, num(at))
            lower, upper = (at, upper) if sign == left else (lower, at)
        return Crossing(lower, upper, of=of)

    def sign_at(self, point: Fraction) -> int:
        """The sign at a point, 0 when it is not known."""
        with precision(BITS):
            return self._value(self._function, point)


def separated(functions: list[Roots]) -> Iterator[list[tuple[int, Crossing]]]:
    """The roots of all functions from left to right, (which function, root), those that cannot be
    told apart in one list.
    """
    width = Fraction(1, 2**10)
    while width > FINEST:
        groups = _groups(functions, width)
        if all(len(group) == 1 for group in groups):
            break
        width /= 2**10
    yield from _groups(functions, width)


def _groups(functions: list[Roots], width: Fraction) -> list[list[tuple[int, Crossing]]]:
    found = sorted(
        (
            (i, f.narrowed(k, width))
            for i, f in enumerate(functions)
            for k in range(len(f.crossings))
        ),
        key=lambda row: (row[1].lower, row[1].upper),
    )
    groups: list[list[tuple[int, Crossing]]] = []
    for row in found:
        if groups and row[1].lower <= max(other.upper for _, other in groups[-1]):
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups
