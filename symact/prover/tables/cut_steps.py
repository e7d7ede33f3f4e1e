"""Steps of proofs in one variable: splits at numbers, and what holds on both sides of a guard.

Above: `cases`. Below: `cuts`, `sign_search`, `builder`.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from symact.checker import signs
from symact.checker.failures import CannotJudge, Rejected
from symact.checker.resolve import resolve
from symact.checker.tree import Sequent
from symact.language.elementary import difference
from symact.language.terms import Term, name, postorder
from symact.prover.builder import Builder, Entry, written
from symact.prover.laws.law_search import Undefined, prepare
from symact.prover.signs.one_variable import names_of
from symact.prover.signs.sign_search import show, show_factors_by_cells
from symact.prover.stuck import Stuck
from symact.prover.tables.cuts import Cuts, cuts
from symact.prover.tables.patterns import pattern
from symact.prover.tables.sign_tables import show_by_cells

Prove = Callable[[Sequent], Entry]
CASES = (("negative", signs.NEGATIVE), ("zero", signs.ZERO), ("positive", signs.POSITIVE))


class NotEmpty(Stuck):
    """A part could not be shown to be empty."""


def cut_step(builder: Builder, stuck: Stuck, prove: Prove) -> Entry | None:
    """Splits at numbers between which either the goal holds or a fact is broken; None: no such
    numbers, or they do not help. Fails with CounterExample.
    """
    found = cuts(builder, stuck.term, stuck.relation) if stuck.relation != "==" else None
    if found is None:
        return None
    try:
        return builder.wrapped(_node(builder.sequent, builder, found, prove))
    except Stuck:
        return None


def equation_step(builder: Builder, prove: Prove) -> Entry | None:
    """Splits at the exact roots of a fact f(x) = 0, which is broken anywhere else; None: no such
    fact. Fails with Stuck.
    """
    for fact, known in builder.region.restricting:
        names = names_of(fact) if known == signs.ZERO else []
        if len(names) != 1 or not _is_transcendental(fact):
            continue
        x = name(names[0])
        found = pattern(fact, x, None, None)
        roots = [root.exact for root in found.roots] if found is not None else []
        exact = [root for root in roots if root is not None]
        if exact and len(exact) == len(roots):
            places = Cuts(tuple(difference(x, r) for r in exact), (fact,) * (len(exact) + 1))
            with suppress(NotEmpty):
                return builder.wrapped(_node(builder.sequent, builder, places, prove))
    return None


def _node(sequent: Sequent, builder: Builder, found: Cuts, prove: Prove) -> Entry:
    """The split at the first cut; what lies beyond it is split further."""
    fact = found.broken[0]
    if not found.on:
        return prove(sequent) if fact is None else _empty(sequent, builder, fact)
    on = found.on[0]
    rest = Cuts(found.on[1:], found.broken[1:])
    node: Entry = {"step": "split", "on": written(on)}
    for field, known in CASES:
        region = sequent.region.copy()
        region.restrict(on, known)
        case = sequent.extended(region)
        if field == "positive":
            node[field] = _node(case, builder, rest, prove)
        elif field == "zero" or fact is None:
            node[field] = prove(case)
        else:
            node[field] = _empty(case, builder, fact)
    return node


def _empty(sequent: Sequent, builder: Builder, fact: Term) -> Entry:
    """A part in which the fact is broken. Fails with NotEmpty."""
    below = Builder(sequent, builder.deadline, builder.depth + 1)
    if not (show_by_cells(below, {}, fact, show, 0) and below.region.is_empty()):
        raise NotEmpty(fact, "!=")
    return below.wrapped({"step": "empty"})


def show_branches(builder: Builder, guard: Term) -> None:
    """Tries to show the goal with either branch of a guard wherever the guard is defined, so that
    the cases into which the guard is split need not show it each.
    """
    left, relation, right = builder.sequent.goal
    if relation == "==" or len(names_of(guard)) != 1 or not _is_transcendental(guard):
        return
    for known in (signs.POSITIVE, signs.NEGATIVE):
        region = builder.region.copy()
        region.restrict(guard, known)
        try:
            gap = difference(resolve(left, region), resolve(right, region))
            prepare(builder, [gap])
            show_factors_by_cells(builder, gap, relation)
        except (Rejected, CannotJudge, Undefined):
            continue


def _is_transcendental(term: Term) -> bool:
    return any(t.op == "call" for t in postorder(term))
