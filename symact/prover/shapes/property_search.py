"""Proofs and denials of properties of a whole function.

Each strategy yields the fields that a rule of the checker needs, sub-proofs still empty; the rule
itself asks for them.

Above: `decide`. Below: `property_proofs`, `property_denials`, `filling`.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import islice
from typing import Any

from symact.checker.certificate import TermReader
from symact.checker.denials import check_property_denial
from symact.checker.failures import CannotJudge, Rejected
from symact.checker.goals import NOTHING, property_at
from symact.checker.intervals import EnclosureError
from symact.checker.pieces import Check
from symact.checker.properties import check_property
from symact.checker.resolve import Unresolved
from symact.checker.tree import start
from symact.language.predicates import Goal, Property
from symact.language.printer import print_term
from symact.language.terms import Term, name, num
from symact.prover.builder import Builder, Entry
from symact.prover.filling import Rule, fill
from symact.prover.laws.law_search import Undefined, prepare
from symact.prover.numeric.probing import CounterExample
from symact.prover.shapes.property_denials import DENIALS
from symact.prover.shapes.property_proofs import PROOFS
from symact.prover.shapes.setting import Setting
from symact.prover.stuck import Stuck
from symact.prover.witnesses import Search

NO_PROOF = (Stuck, CounterExample, Rejected, CannotJudge, EnclosureError)
MAX_INSTANCES = 3
MAX_LOOKED_AT = 40
MAX_LAWS = 8  # rounds of laws about constants for one reason
LOOK = 0.2  # seconds for finding values of the parameters


def prove_property(goal: Goal, text: str, reader: TermReader, deadline: float) -> Entry | None:
    """What the rule for the property needs to accept it; None when no strategy helps."""
    if goal.property is None:
        return None
    of = goal.property
    numbers = next((at for _, at in _instances(goal, of)), of)
    sequent = start(NOTHING, goal.conditions, reader)
    setting = Setting(sequent, of, text, numbers, _share(deadline))
    return next(
        (given for given in _tried(PROOFS[of.kind](setting)) if _holds(setting, given)), None
    )


def _holds(setting: Setting, given: Entry) -> bool:
    """Whether the rule for the property accepts the fields, once proofs are found for it."""

    def rule(check: Check) -> None:
        check_property(setting.sequent, setting.of, given, check)

    try:
        return _filled(rule, setting.deadline)
    except Unresolved:
        return False


def deny_property(goal: Goal, text: str, reader: TermReader, deadline: float) -> Entry | None:
    """The body of a denial of the property; None when no strategy helps."""
    if goal.property is None:
        return None
    for values, of in _instances(goal, goal.property):
        setting = Setting(start(NOTHING, (), reader), of, text, of, _share(deadline))
        written = {x: print_term(v) for x, v in values.items()}
        for word, given in _tried(DENIALS[of.kind](setting)):
            laws = _laws_with_which_it_fails(setting, {word: given})
            if laws is not None:
                return {"values": written, "laws": laws, "because": {word: given}}
    return None


def _laws_with_which_it_fails(setting: Setting, because: Entry) -> list[Entry] | None:
    """Laws about constants with which the reason is accepted; None when it is not."""
    builder = Builder(setting.sequent, setting.deadline)
    for _ in range(MAX_LAWS):
        taken = len(builder.laws_taken())
        try:
            if _fails(replace(setting, sequent=builder.sequent), because):
                return builder.laws_taken()
            return None
        except Unresolved as missing:
            with suppress(Undefined, Rejected, CannotJudge):
                prepare(builder, [missing.guard])
            if len(builder.laws_taken()) == taken:
                return None
    return None


def _fails(setting: Setting, because: Entry) -> bool:
    """Whether the rule for denials accepts the reason, once proofs are found for it."""

    def rule(check: Check) -> None:
        check_property_denial(setting.sequent, setting.of, because, check)

    return _filled(rule, setting.deadline)


def _filled(rule: Rule, deadline: float) -> bool:
    """Whether the rule accepts. Fails with Unresolved when it needs the sign of a constant."""
    try:
        fill(rule, deadline)
    except Unresolved:
        raise
    except NO_PROOF:
        return False
    return True


def _tried(strategies: Iterator[Any]) -> Iterator[Any]:
    """What the strategies yield until one of them gives up."""
    while True:
        try:
            yield next(strategies)
        except StopIteration:
            return
        except NO_PROOF:
            return


def _share(deadline: float) -> float:
    now = time.perf_counter()
    return now + max(deadline - now, 0.0) / 2


def _instances(goal: Goal, of: Property) -> Iterator[tuple[dict[str, Term], Property]]:
    """Values of the parameters under the conditions, some of them 0, and the property there."""
    if not goal.names():
        yield {}, of
        return
    search = Search(replace(goal, relations=()))
    points = list(islice(search.inside_points(LOOK), MAX_LOOKED_AT))
    special = [point for point in points[MAX_INSTANCES:] if not all(point.values())]
    for point in [*points[:MAX_INSTANCES], *special[:MAX_INSTANCES]]:
        values = {x: num(q) for x, q in point.items()}
        yield values, property_at(of, {name(x): v for x, v in values.items()})
