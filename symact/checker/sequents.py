"""Sequents: Γ ⊢ l ρ r, and what becomes of one on a smaller region or at other values.

Above: `tree` and the modules of its steps. Below: `region`, `resolve`, `derivatives`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from symact.checker import certificate as c
from symact.checker.derivatives import depends, substitute
from symact.checker.failures import Rejected
from symact.checker.obligations import Obligation, hard_obligations, obligations
from symact.checker.region import Region
from symact.checker.resolve import Unresolved, resolve
from symact.checker.signs import SIGNS
from symact.language.elementary import difference
from symact.language.predicates import Triple
from symact.language.terms import Term


@dataclass(frozen=True)
class Sequent:
    """Γ ⊢ goal: the region, the conditions not yet turned into facts, and the relation to show.

    `values` are names that stand for values of functions at points of the region: they are no
    variables of their own.
    """

    region: Region
    pending: tuple[Triple, ...]
    goal: Triple
    reader: c.TermReader
    depth: int = 0
    values: frozenset[str] = frozenset()

    def fresh(self, given: object) -> Term:
        """The name that the text is, which occurs nowhere in the sequent. Fails with Rejected."""
        which = self.reader.name(given)
        triples = (self.goal, *self.pending)
        known = [term for term, _ in (*self.region.facts, *self.region.restricting)]
        terms = [*known, *(side for a, _, b in triples for side in (a, b))]
        if self.reader.is_natural(which) or any(depends(term, which) for term in terms):
            raise Rejected("the name is not new")
        return which

    def on(self, region: Region, goal: Triple) -> Sequent:
        """Another goal on another region."""
        return replace(self, goal=goal).extended(region)

    def extended(self, region: Region) -> Sequent:
        """The same goal on another region, with every condition used that can now be read."""
        waiting = []
        for left, op, right in self.pending:
            try:
                sides = resolve(left, region), resolve(right, region)
            except Unresolved:
                waiting.append((left, op, right))
                continue
            if any(not region.holds(u, r) for side in sides for u, r in _soft(side)):
                waiting.append((left, op, right))
                continue
            for side in sides:
                for term, relation in hard_obligations(side):
                    region.restrict(term, SIGNS[relation])
            if not region.is_empty():
                region.restrict(difference(*sides), SIGNS[op])
        return replace(self, region=region, pending=tuple(waiting), depth=self.depth + 1)


def _soft(side: Term) -> list[Obligation]:
    """Obligations that do not follow from a condition's being true."""
    return [need for need in obligations(side) if need not in hard_obligations(side)]


def start(goal: Triple, conditions: tuple[Triple, ...], reader: c.TermReader) -> Sequent:
    """The sequent at the root: the region that the conditions cut out of all space."""
    return Sequent(Region(), conditions, goal, reader).extended(Region())


def substituted(sequent: Sequent, variable: Term, value: Term) -> Sequent:
    """Γ[x := v] ⊢ G[x := v]."""

    def put(term: Term) -> Term:
        return substitute(term, variable, value)

    def put_all(triple: Triple) -> Triple:
        return put(triple[0]), triple[1], put(triple[2])

    region = Region(sequent.region.normal_form.fresh())
    for term, known in sequent.region.facts:
        region.learn(put(term), known)
    region.restricting = [(put(term), known) for term, known in sequent.region.restricting]
    moved = replace(
        sequent, goal=put_all(sequent.goal), pending=tuple(map(put_all, sequent.pending))
    )
    return moved.extended(region)


def at_point(sequent: Sequent, variable: Term, at: Term) -> Sequent:
    """The sequent at x = a, after showing that a lies in the region for all other names."""
    region = Region(sequent.region.normal_form.fresh())
    cuts = [(term, known) for term, known in sequent.region.restricting if depends(term, variable)]
    for term, known in sequent.region.restricting:
        if not depends(term, variable):
            region.restrict(term, known)
    for term, known in cuts:
        if not region.signs(substitute(term, variable, at)) <= known:
            raise Rejected("the point is not shown to lie in the region")
    left, op, right = sequent.goal
    goal = substitute(left, variable, at), op, substitute(right, variable, at)
    return replace(sequent, goal=goal).extended(region)
