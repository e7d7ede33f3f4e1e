"""Where to cut a region of one variable, so that on every part either the goal holds or a fact is
broken; or a point at which the goal is broken and all facts hold.

    goal       + + + + + + + + | - - - - - - -
    fact       - - - - | + + + + + + + | - - - - -      cut where two of them overlap

Above: `cases`. Below: `patterns`, `one_variable`, `sign_tables`.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from symact.checker.region import Region
from symact.checker.signs import SIGNS, Signs
from symact.language.elementary import difference
from symact.language.terms import Term, num
from symact.prover.builder import Builder
from symact.prover.numeric.probing import CounterExample
from symact.prover.signs.one_variable import (
    Reduction,
    affine,
    bounds,
    changes,
    names_of,
    reductions,
    transferred,
)
from symact.prover.tables.patterns import Crossing, Roots, inside, pattern, separated
from symact.prover.tables.sign_tables import singular_ends, views
from symact.prover.tables.table_search import End
from symact.prover.tables.tail_search import tail

MAX_FACTS = 6
BITS = 64


@dataclass(frozen=True)
class Cuts:
    """Split at each of the terms in turn; `broken[i]` is the fact that fails before the i-th, and
    the last one after all of them; None: the goal holds there.
    """

    on: tuple[Term, ...]
    broken: tuple[Term | None, ...]


@dataclass
class _Function:
    """The goal or a fact as a function of the variable; `covers`: the signs that settle a part."""

    term: Term
    roots: Roots
    covers: Signs


def cuts(builder: Builder, goal: Term, relation: str) -> Cuts | None:
    """Cuts that settle `goal relation 0`, or None. Fails with CounterExample."""
    region = builder.region
    for reduction in reductions(region, goal):
        for view, ends in views(region, goal, reduction):
            found = _function(view, view.function, goal, SIGNS[relation], ends)
            if found is not None:
                facts = _facts(region, view, ends)
                return _Line(view, [found, *facts], *ends).cuts()
        return _beside_singular(region, goal, reduction, SIGNS[relation])
    return None


def _function(
    reduction: Reduction,
    function: Term,
    term: Term,
    covers: Signs,
    ends: tuple[End | None, End | None],
) -> _Function | None:
    found = pattern(function, reduction.variable, *ends)
    if found is None:
        return None
    return _Function(term, Roots(function, reduction.variable, found), covers)


def _facts(
    region: Region, reduction: Reduction, ends: tuple[End | None, End | None]
) -> list[_Function]:
    """The facts about this variable alone, with the signs that break them."""
    names = set(names_of(reduction.of))
    found: list[_Function] = []
    for term, known in region.restricting:
        moved = transferred(region, term, reduction) if set(names_of(term)) <= names else None
        if moved is None or names_of(moved) != [reduction.variable.value]:
            continue
        if affine(region, term, reduction) is not None:  # a bound, which the ends say
            continue
        made = _function(reduction, moved, term, frozenset((-1, 0, 1)) - known, ends)
        if made is not None and len(found) < MAX_FACTS:
            found.append(made)
    return found


class _Line:
    """The interval, cut at the roots of all functions into parts; point i lies in part i."""

    def __init__(
        self, reduction: Reduction, functions: list[_Function], lower: End | None, upper: End | None
    ) -> None:
        self.reduction, self.functions = reduction, functions
        inner = [
            g
            for g in separated([f.roots for f in functions])
            if not (_is_beyond(g, lower, 1) or _is_beyond(g, upper, -1))
        ]
        self.walls = inner
        self.points = _samples(inner, lower, upper)

    def cuts(self) -> Cuts | None:
        """One function after another, each as far as it reaches."""
        on: list[Term] = []
        broken: list[Term | None] = []
        at = 0
        while True:
            best = max(self.functions, key=lambda f: self._reach(f, at))
            end = self._reach(best, at)
            if end < at:
                self._refute(at)
                return None
            broken.append(None if best is self.functions[0] else best.term)
            if end == len(self.points) - 1:
                return Cuts(tuple(on), tuple(broken)) if any(broken) or on else None
            if any(self._reach(other, end) > end for other in self.functions):
                on.append(difference(self.reduction.of, num(self.points[end])))
                at = end
                continue
            exact = [c.exact for _, c in self.walls[end] if c.exact is not None]
            if not exact:
                self._refute(end + 1)
                return None
            on.append(difference(self.reduction.of, exact[0]))
            at = end + 1

    def _reach(self, function: _Function, at: int) -> int:
        """The last part up to which the function settles all from part `at` on; at - 1: none."""
        for i in range(at, len(self.points)):
            if function.roots.sign_at(self.points[i]) not in function.covers:
                return i - 1
            if i < len(self.walls) and self._is_root(function, i) and 0 not in function.covers:
                return i
        return len(self.points) - 1

    def _is_root(self, function: _Function, wall: int) -> bool:
        return any(self.functions[k] is function for k, _ in self.walls[wall])

    def _refute(self, at: int) -> None:
        """Fails with CounterExample when nothing settles the part."""
        reduction = self.reduction
        if reduction.of is reduction.name and all(self._reach(f, at) < at for f in self.functions):
            raise CounterExample({reduction.name.value: self.points[at]})


def _is_beyond(group: list[tuple[int, Crossing]], end: End | None, side: int) -> bool:
    """Whether roots lie at the end or beyond; side 1 for a lower end."""
    if end is None:
        return False
    return any(side * (c.lower if side > 0 else c.upper) <= side * end.place for _, c in group)


def _samples(
    walls: list[list[tuple[int, Crossing]]], lower: End | None, upper: End | None
) -> list[Fraction]:
    """A simple point in each part between the walls."""
    begins = [lower.place if lower else None, *(max(c.upper for _, c in w) for w in walls)]
    ends = [*(min(c.lower for _, c in w) for w in walls), upper.place if upper else None]
    return [inside(a, b) for a, b in zip(begins, ends, strict=True)]


def _beside_singular(
    region: Region, goal: Term, reduction: Reduction, covers: Signs
) -> Cuts | None:
    """One cut near an end at which the goal is not analytic, where it has its last sign before.
    Fails with CounterExample when that is the wrong sign.
    """
    found = bounds(region, reduction)
    for at, side in singular_ends(reduction, found):
        far = found[1] if side > 0 else found[0]
        for change in changes(region, goal, reduction, at, side):
            if change.of.op != "pow":
                continue
            least = None if far is None else 1 / abs(far.end.value - at)
            beyond = tail(change.function, change.variable, 1, least, BITS)
            if beyond is None or beyond.start == least:
                continue
            point = at + side / beyond.start
            if beyond.sign not in covers:
                if reduction.of is reduction.name:
                    raise CounterExample({reduction.name.value: point})
                return None
            return Cuts((difference(reduction.of, num(point)),), (None, None))
    return None
