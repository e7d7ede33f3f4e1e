"""Cutting a function of one variable into analytic pieces: at the zeros of the guards and of the
arguments that must have a sign.

Above: `two_point_search`, `property_search`. Below: `cases`, `builder`, `sign_search`,
`variable_zeros`, the checker's pieces.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cmp_to_key
from itertools import pairwise

from symact.checker.obligations import interior
from symact.checker.pieces import Pieces, between, read_pieces
from symact.checker.resolve import Unresolved, is_undefined_on, resolve
from symact.checker.sequents import Sequent
from symact.language.elementary import difference
from symact.language.properties import Domain
from symact.language.terms import Term, postorder
from symact.prover.algebra.variable_zeros import zeros_in
from symact.prover.builder import Builder, Entry, written
from symact.prover.laws.law_search import Undefined, prepare
from symact.prover.numeric.evaluate import BITS, UNKNOWN, Program, precision
from symact.prover.shapes.floor_search import jumps_inside
from symact.prover.signs.sign_search import show
from symact.prover.stuck import Stuck

MAX_CUTS = 60
MAX_GUARDS = 40
RELATIONS = (">", "<", "==", ">=", "<=")


@dataclass(frozen=True)
class Graph:
    """variable ↦ body on a domain."""

    body: Term
    variable: Term
    domain: Domain


@dataclass(frozen=True)
class Found:
    """Cuts and what is to be known on each piece, as a certificate writes it."""

    cuts: list[Term]
    entries: list[Entry]
    pieces: Pieces

    def fields(self) -> Entry:
        """The fields `cuts` and `pieces`."""
        return {"cuts": [written(cut) for cut in self.cuts], "pieces": self.entries}

    def joins(self) -> list[Entry]:
        """A slot for every proof of continuity."""
        found: list[Entry] = []
        for meeting in self.pieces.meetings():
            there = self.pieces.value(meeting.at) is not None
            sides = [side for side, piece in meeting.sides() if piece.germ is not None]
            found.append({side: {} for side in sides} if there else {})
        return found


class _NeedsCut(Exception):
    """The function may change its form at these points of a piece."""

    def __init__(self, at: list[Term]) -> None:
        super().__init__("a cut is needed")
        self.at = at


def find_pieces(
    sequent: Sequent, graph: Graph, deadline: float, extra: tuple[Term, ...] = ()
) -> Found:
    """Pieces of the function, cut at `extra` too. Fails with Stuck."""
    search = _Search(sequent, graph, deadline)
    search.add(list(extra))
    entries = search.run()
    given = {"cuts": [written(cut) for cut in search.cuts], "pieces": entries}
    pieces = read_pieces(sequent, graph.body, graph.variable, graph.domain, given)
    return Found(search.cuts, entries, pieces)


class _Search:
    def __init__(self, sequent: Sequent, graph: Graph, deadline: float) -> None:
        self.sequent, self.deadline = sequent, deadline
        self.body, self.variable, self.domain = graph.body, graph.variable, graph.domain
        self.cuts: list[Term] = []
        self.order = Builder(sequent, deadline)

    def run(self) -> list[Entry]:
        """The entries of the pieces, after as many cuts as it takes."""
        done: dict[tuple[Term | None, Term | None], Entry] = {}
        while True:
            bounds = [self.domain.lower, *self.cuts, self.domain.upper]
            gaps = list(pairwise(bounds))
            try:
                for gap in gaps:
                    if gap not in done:
                        done[gap] = self._entry(*gap)
                return [done[gap] for gap in gaps]
            except _NeedsCut as more:
                self.add(more.at)

    def add(self, points: list[Term]) -> None:
        """New cuts, in their place."""
        for point in points:
            if all(self._compare(point, cut) for cut in self.cuts):
                self.cuts.append(point)
        if len(self.cuts) > MAX_CUTS:
            raise Stuck(self.cuts[-1], "!=")
        self.cuts.sort(key=cmp_to_key(self._compare))

    def _compare(self, a: Term, b: Term) -> int:
        """-1, 0 or 1 as a is less than, equal to or greater than b. Fails with Stuck."""
        gap = difference(a, b)
        known = sign_of_constant(gap)
        if known is not None:
            return known
        for relation, sign in ((">", 1), ("<", -1), ("==", 0)):
            if show(self.order, gap, relation):
                return sign
        raise Stuck(gap, "!=")

    def _entry(self, lower: Term | None, upper: Term | None) -> Entry:
        """What is to be known between two neighbouring cuts."""
        sequent = between(self.sequent, self.variable, lower, upper)
        builder = Builder(sequent, self.deadline)
        for _ in range(MAX_GUARDS):
            try:
                germ = resolve(self.body, builder.region)
            except Unresolved as missing:
                self._decide(builder, missing.guard, (lower, upper))
                continue
            if not is_undefined_on(builder.region, germ):
                self._define(builder, germ, (lower, upper))
            learned: Entry = builder.learned()
            return learned
        raise Stuck(self.body, "!=")

    def _decide(self, builder: Builder, guard: Term, gap: tuple[Term | None, Term | None]) -> None:
        """Cuts at the zeros of the guard, or shows its sign."""
        self._cut_at_zeros(guard, gap)
        before = builder.region.signs(guard)
        try:
            prepare(builder, [guard])
        except Undefined as undefined:
            self._cut_at_zeros(undefined.term, gap)
            raise Stuck(undefined.term, undefined.relation) from undefined
        if builder.region.signs(guard) != before:
            return
        for relation in RELATIONS:
            if show(builder, guard, relation) and builder.region.signs(guard) != before:
                return
        raise Stuck(guard, "!=")

    def _define(self, builder: Builder, germ: Term, gap: tuple[Term | None, Term | None]) -> None:
        """Shows that the germ is defined and analytic, or cuts where that changes."""
        try:
            prepare(builder, [germ, *interior(germ)])
        except Undefined as undefined:
            self._cut_at_zeros(undefined.term, gap)
            self._undefined(builder, undefined.term)
        else:
            self._cut_at_jumps(builder, germ, gap)

    def _undefined(self, builder: Builder, term: Term) -> None:
        """Shows the sign of a term that leaves the function without a value."""
        for relation in RELATIONS:
            if show(builder, term, relation):
                return
        raise Stuck(term, "!=")

    def _cut_at_zeros(self, term: Term, gap: tuple[Term | None, Term | None]) -> None:
        """Fails with _NeedsCut when the term has zeros inside the piece."""
        self._cut_inside(list(zeros_in(self.order.region.normal_form, term, self.variable)), gap)

    def _cut_at_jumps(
        self, builder: Builder, germ: Term, gap: tuple[Term | None, Term | None]
    ) -> None:
        """Fails with _NeedsCut when a floor has several values on a piece between two numbers."""
        ends = [end.value for end in gap if end is not None and end.op == "num"]
        if len(ends) > 1:
            places = jumps_inside(builder.region, germ, self.variable, (ends[0], ends[1]))
            self._cut_inside(places, gap)

    def _cut_inside(self, points: list[Term], gap: tuple[Term | None, Term | None]) -> None:
        lower, upper = gap
        inside = [
            zero
            for zero in points
            if (lower is None or self._compare(zero, lower) > 0)
            and (upper is None or self._compare(zero, upper) < 0)
        ]
        if inside:
            raise _NeedsCut(inside)


def sign_of_constant(term: Term) -> int | None:
    """The sign of a constant, by balls (0: within 1e-40); None when names occur in it."""
    if any(t.op == "name" for t in postorder(term)):
        return None
    with precision(BITS):
        (value,) = Program([term]).run({})
    if value is None or value is UNKNOWN:
        return None
    if value > 0 or value < 0:
        return 1 if value > 0 else -1
    return 0
