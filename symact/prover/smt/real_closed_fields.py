"""Goals that are polynomial inequalities, handed to z3: an answer that no one replays.

    conditions and (a side undefined, or not a ρ b)  has no real solution   ⇒   a ρ b is proved
    … has a rational solution                                              ⇒   a point to look at

For piecewise polynomial and rational goals in names and in exp of rational linear combinations of
names, no name both inside and outside of exp. What the unknowns may be is never narrower than what
the names may be, so that "no solution" holds for the goal; a solution may mean nothing, and is for
the checker to judge.

Above: `decide`, which asks only when told to trust z3. Below: `real_closed_terms`; z3, the optional
extra `smt`, imported when asked for.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from importlib import import_module
from typing import Any

from symact.checker.failures import CannotJudge
from symact.language.elementary import log
from symact.language.predicates import Goal, Triple
from symact.language.terms import Term, mul, name, num, postorder
from symact.prover.smt.real_closed_scope import NotTried, steps, without_derivatives
from symact.prover.smt.real_closed_terms import Encoder
from symact.prover.witnesses import Values
from symact.trust import missing

MEMORY = 1_000  # MiB that z3 may use, below what a worker may
SHORTEST = 0.1  # seconds; with less there is no point in asking
KNOWN_ONLY_SOMEWHERE = ("regular", "kink")  # terms whose value is not known everywhere
MAX_WRITTEN = 40  # digits of a rational solution that is worth a look


@dataclass(frozen=True)
class Answer:
    """What z3 says of a goal.

    holds    every relation holds wherever the conditions do; whether they ever do is not said
    note     one line: what z3 found, or why it was not asked
    trusted  whom to trust for it: ("z3 4.13.0",)
    points   values of the names that may break a relation, for the checker to judge
    """

    holds: bool
    note: str
    trusted: tuple[str, ...] = ()
    points: tuple[Values, ...] = ()


def decide_by_z3(goal: Goal, seconds: float) -> Answer:
    """What z3 says of the goal within that time. Never fails."""
    if seconds < SHORTEST:
        return Answer(False, "no time was left for z3")
    end = time.perf_counter() + seconds
    try:
        z3 = import_module("z3")
    except ImportError:
        return Answer(False, missing("z3"))
    try:
        return _Question(z3, goal, end).answer()
    except (NotTried, CannotJudge) as limit:
        return Answer(False, f"not a question for z3: {limit}")
    except RecursionError:
        return Answer(False, "not a question for z3: nested too deep")
    except z3.Z3Exception as failure:
        return Answer(False, f"z3 failed: {_text(failure)}")


def _text(failure: Any) -> str:
    """The message of a Z3Exception, which may hold bytes."""
    said = failure.value if hasattr(failure, "value") else str(failure)
    return said.decode(errors="replace") if isinstance(said, bytes) else str(said)


class _Question:
    """One goal, its encoding, and the time by which to answer."""

    def __init__(self, z3: Any, goal: Goal, end: float) -> None:
        if goal.property is not None:
            raise NotTried("a property of a whole function")
        self.z3, self.goal, self.end = z3, goal, end
        self.context = z3.Context()  # one of its own, so that threads do not share one
        self.conditions = list(map(_plain, goal.conditions))
        self.relations = list(map(_plain, goal.relations))
        self.conditions.extend(_naturals(goal))
        sides = [side for a, _, b in self.conditions for side in (a, b)]
        if any(t.op in KNOWN_ONLY_SOMEWHERE for side in sides for t in postorder(side)):
            raise NotTried("a condition with a derivative or a power that is not whole")
        sides.extend(side for a, _, b in self.relations for side in (a, b))
        self.steps = steps(sides)

    def answer(self) -> Answer:
        """What z3 says. Fails with NotTried and Z3Exception."""
        for relation in self.relations:
            for negation in (self._undefined, self._false):
                solver, encoder = self._solver()
                denied = negation(encoder, relation)
                if denied is None:
                    continue
                solver.add(denied, *encoder.laws)
                left = self.end - time.perf_counter()
                solver.set("timeout", max(int(1000 * left), 1))
                found = solver.check()
                if found == self.z3.sat:
                    points = tuple(self._points(solver.model(), encoder))
                    return Answer(False, "z3 found no proof", points=points)
                if found != self.z3.unsat:
                    return Answer(False, f"z3 gave up: {solver.reason_unknown()}")
        version = f"z3 {self.z3.get_version_string()}"
        return Answer(True, "decided by z3 (not replayed by the checker)", (version,))

    def _solver(self) -> tuple[Any, Encoder]:
        """A solver that knows the conditions, all of whose sides are defined where they hold."""
        encoder = Encoder(self.z3, self.context, self.steps)
        solver = self.z3.Solver(ctx=self.context)
        solver.set("max_memory", MEMORY)
        for left, op, right in self.conditions:
            holds = encoder.compare(op, left, right)
            solver.add(encoder.both((encoder.domain(left), encoder.domain(right), holds)))
        return solver, encoder

    def _undefined(self, encoder: Encoder, relation: Triple) -> Any:
        """Some side is undefined; None when both are always defined."""
        defined = encoder.both((encoder.domain(relation[0]), encoder.domain(relation[2])))
        return None if defined is True else self.z3.Not(defined)

    def _false(self, encoder: Encoder, relation: Triple) -> Any:
        """Both sides are defined and the relation does not hold between them."""
        left, op, right = relation
        holds = encoder.compare(op, left, right)
        return encoder.both((encoder.domain(left), encoder.domain(right), self.z3.Not(holds)))

    # -- solutions ----------------------------------------------------------------------------
    def _points(self, model: Any, encoder: Encoder) -> Iterator[Values]:
        """The rational solution as values of the names; names inside exp also rounded."""
        exact: dict[str, Fraction | Term] = {}
        near: dict[str, Fraction] = {}
        for which in self.goal.names():
            unknown = encoder.unknowns.get(name(which))
            value = Fraction(0) if unknown is None else _rational(model, unknown)
            if value is None:
                return
            step = self.steps.get(name(which))
            if step is None:
                exact[which] = near[which] = value
            else:
                exact[which], near[which] = _logarithm(value if unknown is not None else 1, step)
        yield near
        if near != exact:
            yield exact


def _plain(relation: Triple) -> Triple:
    left, op, right = relation
    return without_derivatives(left), op, without_derivatives(right)


def _naturals(goal: Goal) -> Iterator[Triple]:
    """Integers are taken as any real numbers, natural numbers as any that are not negative."""
    for which, kind in goal.integral:
        if kind == "Naturals":
            yield name(which), ">=", num(0)


def _rational(model: Any, unknown: Any) -> Fraction | None:
    """The value of the unknown, None when it is not rational or very long."""
    value = model.eval(unknown, model_completion=True)
    if not hasattr(value, "as_fraction"):
        return None
    found = Fraction(value.as_fraction())
    return found if len(str(found)) <= MAX_WRITTEN else None


def _logarithm(value: Fraction | int, step: Fraction) -> tuple[Fraction | Term, Fraction]:
    """x with e^(step x) = value: exactly, and nearly."""
    if value == 1:
        return Fraction(0), Fraction(0)
    size = math.log(value.numerator) - math.log(value.denominator)
    near = (Fraction(size) / step).limit_denominator(1_000)
    return mul(num(1 / step), log(num(value))), near
