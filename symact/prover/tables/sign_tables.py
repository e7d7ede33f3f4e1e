"""Signs by cells: a term of one variable, by a table that tiles the values of that variable.

Above: `sign_search`, `cuts`. Below: `one_variable`, `table_search`, `builder`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from weakref import WeakKeyDictionary

from symact.checker import signs
from symact.checker.derivatives import derivative, substitute
from symact.checker.failures import CannotJudge
from symact.checker.polynomials import Polynomial
from symact.checker.region import Region
from symact.checker.signs import Signs
from symact.language.elementary import difference
from symact.language.terms import Term, num, size
from symact.prover.builder import NAMES_OF_SIGNS, Builder, Show, written
from symact.prover.signs.one_variable import (
    Bound,
    Reduction,
    affine,
    bounds,
    changes,
    names_of,
    reductions,
    show_bound,
)
from symact.prover.tables.table_search import End, NoTable, Table, is_singular, one_sign

MAX_SIZE, MAX_TEXT = 40, 4_000  # certificates cannot be read beyond some 2,000 words

Bounds = tuple[Bound | None, Bound | None]
Ends = tuple[End | None, End | None]
_Question = tuple[Term, Ends]

_TRIED: WeakKeyDictionary[Builder, set[_Question]] = WeakKeyDictionary()


def show_by_cells(
    builder: Builder, _polynomial: Polynomial, term: Term, show: Show, _depth: int
) -> bool:
    """The sign of a term of one variable, touching zeros included; tried once for each range."""
    if size(term) > MAX_SIZE and len(written(term)) > MAX_TEXT:
        return False
    return any(view.learn(builder, term, show) for view in _views(builder, term))


def show_as(builder: Builder, term: Term, reduction: Reduction, show: Show) -> bool:
    """The sign of a term that is this function of one variable."""
    region = builder.region
    for view, limits in _variables(region, term, reduction, bounds(region, reduction)):
        table = one_sign(view.function, view.variable, *ends_of(limits))
        if isinstance(table, Table) and _View(view, limits, table).learn(builder, term, show):
            return True
    return False


def changes_sign(builder: Builder, term: Term) -> bool:
    """Whether a term of one name has both signs between its bounds: cuts may help, little else."""
    region = builder.region
    for view, ends in views(region, term, next(reductions(region, term))):
        table = one_sign(view.function, view.variable, *ends)
        if isinstance(table, NoTable) and table.opposite is not None:
            return True
    return False


def has_other_facts(builder: Builder, term: Term) -> bool:
    """Whether a fact about the term's only name is no bound of it."""
    region = builder.region
    names = names_of(term)
    itself = next(reductions(region, term))
    return any(
        names_of(fact) == names and affine(region, fact, itself) is None
        for fact, _ in region.restricting
    )


@dataclass(frozen=True)
class _View:
    """A term as a function of one variable between bounds, with its table."""

    reduction: Reduction
    bounds: Bounds
    table: Table

    def learn(self, builder: Builder, term: Term, show: Show) -> bool:
        """Adds the fact; says whether the checker accepts it."""
        of = self.reduction.of
        for bound, side in zip(self.bounds, (1, -1), strict=True):
            if bound is not None and not show_bound(builder, of, bound, side, show):
                return False
        _show_zeros(builder, self.table)
        known = self._signs(builder)
        return builder.learn(term, NAMES_OF_SIGNS[known], {"cells": self.table.body(of)})

    def _signs(self, builder: Builder) -> Signs:
        known: Signs = frozenset()
        for piece in self.table.pieces:
            root, sides = piece.root, signs.POSITIVE
            if root is not None:
                sides = builder.region.signs(difference(self.reduction.of, root.term))
                sides -= signs.NEGATIVE if root.term is num(piece.lower) else frozenset()
                sides -= signs.POSITIVE if root.term is num(piece.upper) else frozenset()
            order = 1 if root is None else root.order
            known |= frozenset(piece.sign * side**order for side in sides)
        for beyond in (self.table.left, self.table.right):
            known |= frozenset((beyond.sign,)) if beyond is not None else frozenset()
        return known


def _views(builder: Builder, term: Term) -> Iterator[_View]:
    """Tables of one sign for the term, by one reduction or another."""
    region = builder.region
    tried = _TRIED.setdefault(builder, set())
    for reduction in reductions(region, term):
        found = bounds(region, reduction)
        if (term, ends_of(found)) in tried:
            continue
        tried.add((term, ends_of(found)))
        for view, limits in _variables(region, term, reduction, found):
            table = one_sign(view.function, view.variable, *ends_of(limits))
            if isinstance(table, Table):
                yield _View(view, limits, table)


def _variables(
    region: Region, term: Term, reduction: Reduction, found: Bounds
) -> Iterator[tuple[Reduction, Bounds]]:
    """The variable itself, or others if the term is not analytic at an end."""
    ends = list(singular_ends(reduction, found))
    if not ends:
        yield reduction, found
    for at, side in ends:
        for change in changes(region, term, reduction, at, side):
            yield change, moved_bounds(change, found, at, side)


def views(region: Region, term: Term, reduction: Reduction) -> Iterator[tuple[Reduction, Ends]]:
    """The variables in which to look at a term, and the ends of their intervals."""
    for view, limits in _variables(region, term, reduction, bounds(region, reduction)):
        yield view, ends_of(limits)


def singular_ends(reduction: Reduction, found: Bounds) -> Iterator[tuple[Fraction, int]]:
    """The ends at which the function is not analytic, and the side on which the interval lies."""
    lower, upper = ends_of(found)
    for end, side in ((lower, 1), (upper, -1)):
        if end is not None and is_singular(reduction.function, reduction.variable, end.value):
            yield end.value, side


def ends_of(found: Bounds) -> Ends:
    """The ends that the bounds are about."""
    lower, upper = found
    return lower.end if lower else None, upper.end if upper else None


def moved_bounds(change: Reduction, found: Bounds, at: Fraction, side: int) -> Bounds:
    """Bounds of 1/gap or sqrt(gap), gap = side (x - at), from those of x; to be shown yet."""
    far = found[1] if side > 0 else found[0]
    reach = None if far is None else side * (far.end.value - at)
    if change.of.op == "pow":
        lower = Fraction(0) if reach is None else 1 / reach
        return Bound(End(lower), []), None
    if reach is None:
        return Bound(End(Fraction(0)), []), None
    return Bound(End(Fraction(0)), []), Bound(End(root_above(reach)), [])


def root_above(value: Fraction) -> Fraction:
    """A simple number at least sqrt(value), the root itself if it is rational."""
    guess = Fraction(value.numerator + value.denominator, 2 * value.denominator)
    for _ in range(8):
        guess = (guess + value / guess) / 2
    guess = guess.limit_denominator(1000)
    while guess * guess < value:
        guess += Fraction(1, 1000)
    return guess


def _show_zeros(builder: Builder, table: Table) -> None:
    """Laws that make the derivatives at the exact roots have the form 0."""
    from symact.prover.laws.law_search import Undefined, prepare  # which is above: it needs signs

    for root in table.roots():
        slope = table.function
        for order in range(root.order):
            value = substitute(slope, table.variable, root.term)
            try:
                if not builder.region.holds(value, "=="):
                    prepare(builder, [value])
                slope = derivative(slope, table.variable) if order + 1 < root.order else slope
            except (CannotJudge, Undefined):
                return
