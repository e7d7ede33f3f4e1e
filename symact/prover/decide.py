"""Deciding a claim: search for a witness, then for a proof; the checker has the last word.

Above: CLI, lessons, API. Below: `cases`, `witnesses`, the checker.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Any

from symact.catalog import catalogue
from symact.checker.certificate import FORMAT_VERSION, TermReader
from symact.checker.failures import CannotJudge, Rejected
from symact.checker.goals import reader_of
from symact.checker.judge import check
from symact.checker.matrix_witness import witness_goal
from symact.checker.tree import Sequent, start
from symact.checker.witness import check_inhabitant
from symact.language.claims import Claim, Predicate, Relation
from symact.language.errors import ClaimError
from symact.language.lists import ShapeError
from symact.language.parser import parse_claim
from symact.language.predicates import Goal, goal_of
from symact.language.printer import print_term
from symact.language.shapes import is_matrix_claim
from symact.language.terms import Term
from symact.language.unfold import Unfolder, Unsupported
from symact.language.vocabulary import Vocabulary
from symact.prover.algebra.irrational import candidates
from symact.prover.builder import Entry, OutOfTime
from symact.prover.cases import laws_at, prove
from symact.prover.limits.denial_search import deny, speaks_of_bounds
from symact.prover.matrices import prove_matrices
from symact.prover.numeric.probing import CounterExample
from symact.prover.shapes.property_search import deny_property, prove_property
from symact.prover.shapes.same_function import prove_relation
from symact.prover.shapes.two_point_search import prove_predicate
from symact.prover.shapes.two_point_witness import pairs
from symact.prover.smt.real_closed_fields import Answer, decide_by_z3
from symact.prover.stuck import Stuck
from symact.prover.witnesses import Search, Values, equal_constants, written
from symact.prover.wording import at_witness, denial_in_words
from symact.verdicts import Outcome, Verdict

# Seconds for a first look at simple points, before any proof is tried, and for the longer search.
FIRST_LOOK = 0.02
FIRST_POINTS = 30
LONG_SEARCH = 0.7
SHARED_FUNCTIONS = 1.0  # for the mean value rule on relations that name no predicate
# Points, and seconds, for a look at limits and integrals at values of the names.
FEW_POINTS = 4, 4.0
MANY_POINTS = 40, 10.0
DEFAULT_TIMEOUT = 30.0
RESERVED = 0.25  # of the time, for a solver that is trusted


def decide(text: str, timeout: float | None = None, trust: tuple[str, ...] = ()) -> Verdict:
    """The verdict on a claim given as text; bad input has the outcome `error`. Never fails.

    trust  solvers whose word is taken where no proof is found: "z3"
    """
    begun = time.perf_counter()
    deadline = begun + (timeout or DEFAULT_TIMEOUT) * 0.9
    vocabulary = catalogue()
    try:
        claim = parse_claim(text, vocabulary)
        verdict = _decide(text, claim, vocabulary, deadline, trust)
    except (ClaimError, ShapeError) as problem:
        verdict = Verdict(text, "error", str(problem))
    except OutOfTime:
        verdict = Verdict(text, "undecided", "the time ran out")
    except Unsupported as limit:
        verdict = Verdict(text, "undecided", str(limit))
    except (CannotJudge, RecursionError) as limit:
        verdict = Verdict(text, "undecided", f"beyond a size limit: {limit}")
    seconds = time.perf_counter() - begun
    return replace(verdict, seconds=seconds)


def _decide(
    text: str, claim: Claim, vocabulary: Vocabulary, deadline: float, trust: tuple[str, ...]
) -> Verdict:
    if is_matrix_claim(claim, vocabulary):
        return _decide_matrices(text, claim, vocabulary, deadline)
    goal = goal_of(claim, vocabulary)
    reserved = (deadline - time.perf_counter()) * RESERVED if trust else 0.0
    attempt = _Attempt(text, claim, goal, vocabulary, deadline - reserved)
    if goal.property is not None:
        return attempt.property_proof() or attempt.property_denial() or attempt.undecided()
    return (
        attempt.refutation(FIRST_LOOK, FIRST_POINTS)
        or attempt.close_pair()
        or attempt.bound_denial(*FEW_POINTS)
        or attempt.proof()
        or attempt.bound_denial(*MANY_POINTS)
        or attempt.irrational_refutation()
        or attempt.refutation(attempt.long_search(), 100_000)
        or ("z3" in trust and attempt.by_z3(deadline))
        or attempt.undecided()
    )


def _decide_matrices(text: str, claim: Claim, vocabulary: Vocabulary, deadline: float) -> Verdict:
    """The verdict on a claim about matrices and networks of any size."""
    found = prove_matrices(claim, vocabulary, deadline)
    if found is None:
        return Verdict(text, "undecided", "no proof by rules, no small matrices that break it")
    kind, body = found
    certificate = {"format": FORMAT_VERSION, "kind": kind, "body": body}
    result = check(text, certificate, vocabulary)
    if result.outcome != "accept" or result.verdict is None:
        return Verdict(text, "undecided", f"{kind} not accepted: {result.message}")
    if kind != "witness":
        return Verdict(text, result.verdict, _MATRIX_WORDS[kind], None, certificate)
    witness = {**body.get("matrices", {}), **body["values"]}
    goal = witness_goal(claim, body, vocabulary)
    reason = at_witness(goal, body, reader_of(goal, vocabulary))
    return Verdict(text, result.verdict, reason, witness, certificate)


class _Attempt:
    """What has been tried on one claim."""

    def __init__(
        self, text: str, claim: Claim, goal: Goal, vocabulary: Vocabulary, deadline: float
    ) -> None:
        self.text, self.claim, self.goal = text, claim, goal
        self.vocabulary, self.deadline = vocabulary, deadline
        self.tried: list[str] = []
        self.special: list[Fraction] = []
        self.missing: list[Term] = []
        self.searched = 0.0

    def refutation(self, budget: float, limit: int) -> Verdict | None:
        """A verdict from a point that breaks the statement."""
        try:
            search = Search(self.goal, self.special)
        except CannotJudge:
            return None
        left = min(budget, max(self.deadline - time.perf_counter(), 0.0))
        for point, relation in search.broken(left, limit):
            verdict = self._witnessed(point, relation)
            if verdict is not None:
                return verdict
        self.searched += budget
        return None

    def close_pair(self) -> Verdict | None:
        """A verdict from two points close to each other, for predicates about such pairs."""
        statement = self.claim.statement
        if not isinstance(statement, Predicate):
            return None
        try:
            search = Search(self.goal)
            for point in pairs(self.goal, statement, Unfolder(self.vocabulary)):
                relation = search.broken_at(point)
                verdict = None if relation is None else self._witnessed(point, relation)
                if verdict is not None or time.perf_counter() > self.deadline:
                    return verdict
        except CannotJudge:
            return None
        return None

    def irrational_refutation(self) -> Verdict | None:
        """A verdict from an irrational value, for claims about one name."""
        names = self.goal.names()
        if len(names) != 1 or self.goal.integral:
            return None
        for value in candidates(self.goal, self.missing):
            for relation in range(len(self.goal.relations)):
                verdict = self._witnessed({names[0]: value}, relation)
                if verdict is not None:
                    return verdict
        return None

    def long_search(self) -> float:
        """Seconds for the longer search: a tenth of what is left, when that is more than usual."""
        return max(LONG_SEARCH, (self.deadline - time.perf_counter()) / 10)

    def proof(self) -> Verdict | None:
        """A verdict from proof trees for every relation."""
        try:
            trees = list(self._trees(self._reader()))
            inhabitant = self._inhabitant()
        except Stuck as stuck:
            self.missing.append(stuck.term)
            self.tried.append(str(stuck))
            return None
        except CounterExample as found:
            self.special = list(dict.fromkeys([*self.special, *found.point.values()]))
            self.tried.append("the proof search met a counterexample")
            return self._pointed(found.point)
        except OutOfTime:
            self.tried.append("the time for the proof search ran out")
            return None
        except (Rejected, CannotJudge) as limit:
            self.tried.append(str(limit))
            return None
        return self._accepted("proof", {"relations": trees, "inhabitant": inhabitant})

    def property_proof(self) -> Verdict | None:
        """A verdict from the rule for the property."""
        try:
            given = prove_property(self.goal, self._function(), self._reader(), self.deadline)
            inhabitant = self._inhabitant()
        except (Rejected, CannotJudge, OutOfTime) as limit:
            self.tried.append(str(limit))
            return None
        if given is None:
            self.tried.append("no proof by pieces, bounds and limits")
            return None
        return self._accepted("proof", {"property": given, "inhabitant": inhabitant})

    def _function(self) -> str:
        """The function that the predicate is about, as the claim writes it."""
        statement = self.claim.statement
        return print_term(statement.args[0]) if isinstance(statement, Predicate) else ""

    def property_denial(self) -> Verdict | None:
        """A verdict from a reason why the property fails."""
        try:
            body = deny_property(self.goal, self._function(), self._reader(), self.deadline)
        except (Rejected, CannotJudge, OutOfTime) as limit:
            self.tried.append(str(limit))
            return None
        return None if body is None else self._accepted("denial", body)

    def bound_denial(self, points: int, budget: float) -> Verdict | None:
        """A verdict from values at which a relation about limits and integrals fails."""
        if not speaks_of_bounds(self.goal):
            return None
        end = min(self.deadline, time.perf_counter() + budget)
        for body in deny(self.goal, self._reader(), prove, end, points):
            verdict = self._accepted("denial", body)
            if verdict is not None:
                return verdict
        return None

    def by_z3(self, deadline: float) -> Verdict | None:
        """A verdict on z3's word; or from a point that z3 names and the checker accepts."""
        self.deadline = deadline
        answer = decide_by_z3(self.goal, deadline - time.perf_counter())
        for point in answer.points:
            verdict = self._pointed(point)
            if verdict is not None:
                return verdict
        try:
            if answer.holds and (self.goal.conditions or self.goal.integral):
                check_inhabitant(self.goal, self._inhabitant(), self._reader())
        except (Rejected, CannotJudge) as limit:
            answer = Answer(False, str(limit))
        self.tried.append(answer.note)
        outcome: Outcome = "refuted" if self.claim.negated else "proved"
        verdict = Verdict(self.text, outcome, answer.note, trusted=answer.trusted)
        return verdict if answer.holds else None

    def _pointed(self, point: Values) -> Verdict | None:
        """A verdict from one point, names without a value there at 0."""
        full = {x: point.get(x, Fraction(0)) for x in self.goal.names()}
        for relation in range(len(self.goal.relations)):
            verdict = self._witnessed(full, relation)
            if verdict is not None:
                return verdict
        return None

    def _witnessed(self, point: Values, relation: int) -> Verdict | None:
        """A verdict from one point and one relation, with the laws its constants need."""
        body = {"values": written(point), "relation": relation, "laws": []}
        verdict = self._accepted("witness", body)
        if verdict is None:
            laws = laws_at(self.goal, point, relation, self._reader(), self.deadline)
            verdict = self._accepted("witness", {**body, "laws": laws}) if laws else None
        return verdict

    def _proof_deadline(self) -> float:
        """Half of the time left: the other half is for the longer search."""
        now = time.perf_counter()
        return now + max(self.deadline - now, 0.0) / 2

    def _reader(self) -> TermReader:
        return reader_of(self.goal, self.vocabulary)

    def _trees(self, reader: TermReader) -> Iterator[Entry]:
        for relation in self.goal.relations:
            sequent = start(relation, self.goal.conditions, reader)
            yield self._by_shape(sequent) or prove(sequent, self._proof_deadline())

    def _by_shape(self, sequent: Sequent) -> Entry | None:
        """A proof tree by the rules for predicates about two or three points."""
        statement = self.claim.statement
        unfolder = Unfolder(self.vocabulary)
        if isinstance(statement, Relation):
            end = min(self._proof_deadline(), time.perf_counter() + SHARED_FUNCTIONS)
            return prove_relation(sequent, statement, unfolder, end)
        return prove_predicate(sequent, statement, self.goal, unfolder, self._proof_deadline())

    def _inhabitant(self) -> dict[str, Any] | None:
        if not self.goal.conditions and not self.goal.integral:
            return None
        named = equal_constants(self.goal)
        if named is not None:
            return {"values": written(named), "laws": []}
        point = Search(self.goal).inside(LONG_SEARCH)
        if point is None:
            raise Rejected("no point found that satisfies the conditions")
        return {"values": written(point), "laws": []}

    def _accepted(self, kind: str, body: dict[str, Any]) -> Verdict | None:
        """The verdict, if the checker accepts the certificate."""
        certificate = {"format": FORMAT_VERSION, "kind": kind, "body": body}
        result = check(self.text, certificate, self.vocabulary)
        if result.outcome != "accept" or result.verdict is None:
            if kind == "proof":
                self.tried.append(f"the checker did not accept the proof: {result.message}")
            return None
        witness = body["values"] if kind in ("witness", "denial") else None
        if kind == "witness":
            reason = at_witness(self.goal, body, self._reader())
        elif kind == "denial":
            reason = denial_in_words(body["because"])
        else:
            reason = _rules_used([body.get("relations", body.get("property"))])
        return Verdict(self.text, result.verdict, reason, witness, certificate)

    def undecided(self) -> Verdict:
        """What was tried."""
        tried = [*self.tried, f"no counterexample found in {self.searched:.2g} s"]
        return Verdict(self.text, "undecided", "; ".join(dict.fromkeys(tried)))


def _rules_used(trees: Iterable[Any]) -> str:
    """The rules of the proof trees in words, in the order met."""
    words: dict[str, None] = {}
    stack = list(trees)
    while stack:
        node = stack.pop()
        if isinstance(node, list):
            stack.extend(reversed(node))
        if isinstance(node, dict):
            if "step" in node:
                words[_WORDS[node["step"]]] = None
            stack.extend(node.values())
    return ", ".join(words) or "analytic on every piece"


_MATRIX_WORDS = {
    "proof": "normal form",
    "matrix": "normal form of matrices of any size",
    "induction": "induction on the number of layers",
}

_WORDS = {
    "holds": "normal form",
    "split": "case split",
    "facts": "signs",
    "laws": "laws of the functions",
    "substitute": "substitution",
    "empty": "empty cases",
    "derivative": "equal derivatives and one equal value",
    "mean value": "mean value theorem",
    "convexity": "sign of the second derivative",
    "limit": "limits",
    "integral": "antiderivatives",
    "integral bounds": "bounds on integrals",
}
