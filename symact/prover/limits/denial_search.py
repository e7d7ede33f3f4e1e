"""The search for values of the free names at which a relation about limits and integrals fails.

Above: `decide`. Below: `divergence_search`, `limit_search`, `bound_steps`.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import islice
from typing import Any

from symact.checker.certificate import TermReader
from symact.checker.denials import OPPOSITE
from symact.checker.divergence import strict_targets
from symact.checker.failures import CannotJudge, Rejected
from symact.checker.limits import BOUND, approaches
from symact.checker.region import Region
from symact.checker.sequents import Sequent, start
from symact.checker.witness import at
from symact.language.predicates import Goal, Triple
from symact.language.terms import Term, fold, name, num, postorder, rebuild
from symact.prover.builder import Entry, OutOfTime
from symact.prover.integrals.integral_divergence import no_integral
from symact.prover.limits.bound_steps import target_value
from symact.prover.limits.divergence_search import no_limit
from symact.prover.limits.far_out import NotShown
from symact.prover.limits.limit_search import NoValue, Prove, Search, Undecided, ways_of
from symact.prover.numeric.evaluate import BITS, Program, precision
from symact.prover.numeric.probing import CounterExample
from symact.prover.numeric.smooth import smooth
from symact.prover.stuck import Stuck
from symact.prover.witnesses import Point, compare, tuples, written

VALUES = list(map(Fraction, ("2", "-1", "3", "-3/2", "1/2", "0", "-2", "5/3", "1", "-1/3")))
MAX_TRIED = 400
FAILURES = (Rejected, CannotJudge, OutOfTime, NotShown, Stuck, CounterExample, Undecided)


def speaks_of_bounds(goal: Goal) -> bool:
    """Whether a limit or an integral is in one of the relations."""
    return any(
        t.op in BOUND for a, _, b in goal.relations for side in (a, b) for t in postorder(side)
    )


def deny(
    goal: Goal, reader: TermReader, prove: Prove, deadline: float, points: int
) -> Iterator[Entry]:
    """Certificates {values, laws, because}, untried, from at most so many points."""
    for point in islice(_points(goal), points):
        values = {name(x): num(q) for x, q in point.items()}
        for index, relation in enumerate(goal.relations):
            if time.perf_counter() > deadline:
                return
            because = _because(at(relation, values), reader, prove, deadline)
            if because is not None:
                yield {
                    "values": written(point),
                    "laws": [],
                    "because": {"relation": index, **because},
                }


def _points(goal: Goal) -> Iterator[Point]:
    """Points at which the conditions hold."""
    names, kinds = goal.names(), dict(goal.integral)
    program = Program([smooth(side) for a, _, b in goal.conditions for side in (a, b)])
    for row in islice(tuples(len(names), VALUES), MAX_TRIED):
        point = dict(zip(names, row, strict=True))
        if any(q.denominator != 1 or q < 0 for x, q in point.items() if x in kinds):
            continue
        with precision(BITS):
            found = program.run(point)
            sides = zip(found[::2], found[1::2], goal.conditions, strict=True)
            if all(compare(left, op, right) for left, right, (_, op, _) in sides):
                yield point


def _because(
    relation: Triple, reader: TermReader, prove: Prove, deadline: float
) -> dict[str, Any] | None:
    """The reason why a relation between constants is false, if it seems so."""
    left, op, right = relation
    opposite = replace(start((left, OPPOSITE[op], right), (), reader), region=Region())
    targets = strict_targets(opposite)
    found: dict[Term, Term] = {}
    for index, target in enumerate(targets):
        if any(t.op in BOUND for t in postorder(target.args[0])):
            return None
        try:
            found[target] = target_value(opposite, target, prove, deadline)
        except (NoValue, NotShown, Undecided):
            missing = _missing(opposite, target, prove, deadline)
            if missing is not None:
                return {"missing": {"of": index, "because": missing}}
            return _proved(opposite, prove, deadline) if target.op == "integral" else None
        except (Rejected, CannotJudge, OutOfTime):
            return None
    if not targets or _holds(relation, found) is not False:
        return None
    return _proved(opposite, prove, deadline)


def _proved(opposite: Sequent, prove: Prove, deadline: float) -> Entry | None:
    try:
        return {"proof": prove(opposite, deadline, 0)}
    except FAILURES:
        return None


def _missing(opposite: Sequent, target: Term, prove: Prove, deadline: float) -> Entry | None:
    search = Search(opposite, prove, deadline)
    try:
        if target.op == "limit":
            function = target.args[0], target.args[1]
            return no_limit(search, ways_of(function, approaches(opposite, target)))
        return no_integral(search, target)
    except FAILURES:
        return None


def _holds(relation: Triple, values: dict[Term, Term]) -> bool | None:
    """Whether the relation holds with the values that were found, None if that is not seen."""

    def put(node: Term, below: list[Term]) -> Term:
        return values[node] if node in values else rebuild(node, below)

    left, op, right = relation
    sides = [smooth(fold(side, put)) for side in (left, right)]
    with precision(BITS):
        found = Program(sides).run({})
        return compare(found[0], op, found[1])
