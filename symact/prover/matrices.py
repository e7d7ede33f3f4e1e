"""Claims about matrices and networks of any size: proofs by rules, refutations by small matrices.

A certificate is searched for in four rounds: rules whose leaves are plain normal forms, a short
search of matrices, rules with whole proof trees, a longer search.

Above: `decide`. Below: `cases`, `witnesses`, the checker.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from itertools import islice, product
from typing import Any

from symact.checker.failures import CannotJudge, Rejected
from symact.checker.goals import reader_of
from symact.checker.induction import parts
from symact.checker.matrix_case import Case
from symact.checker.matrix_judge import (
    CLOSED,
    is_real,
    layer_case,
    leaves,
    matrix_goal,
    real_goal,
    show,
)
from symact.checker.matrix_witness import witness_goal
from symact.checker.tree import check as check_tree
from symact.checker.tree import start
from symact.checker.witness import check_witness
from symact.language.claims import Claim, Predicate
from symact.language.functions import Value
from symact.language.layers import counts, names_of, with_weights
from symact.language.lists import ShapeError
from symact.language.predicates import Goal, goal_of
from symact.language.printer import print_term
from symact.language.shapes import Shapes, entries, infer, points, resized
from symact.language.terms import Term, num, size
from symact.language.unfold import Unsupported
from symact.language.vocabulary import Vocabulary
from symact.prover.builder import Entry, OutOfTime
from symact.prover.cases import prove
from symact.prover.numeric.probing import CounterExample
from symact.prover.stuck import Stuck
from symact.prover.witnesses import Point, Search, written

Certificate = dict[str, Any]
_LIMITS = (CannotJudge, Rejected, Unsupported, ShapeError, RecursionError)
_NO_PROOF = (*_LIMITS, Stuck, OutOfTime, CounterExample)

# Seconds for one relation of a proof; for the first and second search of matrices.
TREE_TIME = 1.0
SEARCHES = (0.05, 2.0)
# Sizes that are tried for open ones, points that are tried for each choice of sizes.
SIZES = (1, 2, 3)
MAX_SIZES = 12
MAX_POINTS = 400
# Numbers of layers that are tried for a name.
LAYERS = (1, 2, 0, 3)
# Values of entries; a witness with at most this many numbers is made simpler, one by one.
VALUES = tuple(map(Fraction, (1, -1, 0, 2)))
MAX_SIMPLIFIED = 60
MAX_SIZE = 3_000  # terms of a relation whose witness is made simpler


def prove_matrices(
    claim: Claim, vocabulary: Vocabulary, deadline: float
) -> tuple[str, Certificate] | None:
    """(kind, body) of a certificate for or against the statement of the claim; None: none found.

    Fails with ShapeError or Unsupported when the claim's shapes do not fit or cannot be told.
    """
    case = Case(claim, infer(claim, vocabulary), vocabulary)
    for thorough, budget in zip((False, True), SEARCHES, strict=True):
        found = _Proofs(deadline, thorough).any(case)
        if found is not None and _is_accepted(case, found):
            return found["kind"], found["body"]
        end = min(deadline, time.perf_counter() + budget)
        witness = next(_witnesses(claim, vocabulary, end), None)
        if witness is not None:
            return "witness", witness
    return None


def _is_accepted(case: Case, certificate: Certificate) -> bool:
    """Whether the checker agrees."""
    try:
        show(case, certificate)
    except _LIMITS:
        return False
    return True


# -- proofs ---------------------------------------------------------------------------------------
class _Proofs:
    """The rules, tried one after the other; every method gives a certificate or None."""

    def __init__(self, deadline: float, thorough: bool) -> None:
        self.deadline, self.thorough = deadline, thorough

    def any(self, case: Case) -> Certificate | None:
        """By whichever rule succeeds for a claim about matrices."""
        return self._layers(case) or self._normal_form(case) or self._induction(case)

    def _part(self, case: Case, real: bool) -> Certificate | None:
        return self._normal_form(case) or (self._real(case) if real else None)

    def _normal_form(self, case: Case) -> Certificate | None:
        body = self._body(lambda: matrix_goal(case.claim, case.vocabulary, case.shapes), case)
        return body and {"kind": "matrix", "body": {"rule": "normal form", **body}}

    def _real(self, case: Case) -> Certificate | None:
        body = self._body(lambda: real_goal(case), case)
        return body and {"kind": "proof", "body": body}

    def _layers(self, case: Case) -> Certificate | None:
        statement = case.claim.statement
        if not isinstance(statement, Predicate) or statement.name not in CLOSED:
            return None
        layers = leaves(statement.args[0])
        if layers == [statement.args[0]]:
            return None
        found: list[Certificate] = []
        for layer in layers:
            part = layer_case(case, statement.name, layer)
            proof = self._part(part, is_real(part, layer))
            if proof is None:
                return None
            found.append(proof)
        return {"kind": "matrix", "body": {"rule": "layers", "layers": found}}

    def _induction(self, case: Case) -> Certificate | None:
        try:
            base, step = (self._part(part, real=True) for part in parts(case))
        except Rejected:
            return None
        return base and step and {"kind": "induction", "body": {"base": base, "step": step}}

    def _body(self, goal_for: Callable[[], Goal], case: Case) -> Entry | None:
        """Proof trees for the relations of a goal, and a point that satisfies its conditions."""
        try:
            goal = goal_for()
            trees = [
                self._tree(goal, index, case.vocabulary) for index in range(len(goal.relations))
            ]
            return {"relations": trees, "inhabitant": _inhabitant(goal)}
        except _NO_PROOF:
            return None

    def _tree(self, goal: Goal, index: int, vocabulary: Vocabulary) -> Entry:
        plain: Entry = {"step": "holds"}
        reader = reader_of(goal, vocabulary)
        sequent = start(goal.relations[index], goal.conditions, reader)
        try:
            check_tree(sequent, plain)
        except (Rejected, CannotJudge):
            if not self.thorough:
                raise
            return prove(sequent, min(self.deadline, time.perf_counter() + TREE_TIME))
        return plain


def _inhabitant(goal: Goal) -> Entry | None:
    if not goal.conditions and not goal.integral:
        return None
    point = Search(goal).inside(TREE_TIME)
    if point is None:
        raise Rejected("no point found that satisfies the conditions")
    return {"values": written(point), "laws": []}


# -- witnesses ------------------------------------------------------------------------------------
def _witnesses(claim: Claim, vocabulary: Vocabulary, end: float) -> Iterator[Certificate]:
    """Bodies of witnesses that the checker accepts, small sizes first."""
    concrete = with_weights(claim)
    for layers in _layer_numbers(claim):
        try:
            shapes = infer(concrete, vocabulary, layers)
        except _LIMITS:
            continue
        for sizes in _sizes(shapes):
            if time.perf_counter() > end:
                return
            try:
                attempt = _Attempt(claim, concrete, vocabulary, layers, resized(shapes, sizes))
                yield from attempt.bodies(end)
            except _LIMITS:
                continue


def _layer_numbers(claim: Claim) -> Iterator[dict[str, int]]:
    names = sorted(counts(claim))
    yield from (
        dict(zip(names, values, strict=True)) for values in product(LAYERS, repeat=len(names))
    )


def _sizes(shapes: Shapes) -> Iterator[dict[str, int]]:
    """Numbers for the open sizes of the names: all alike first."""
    found = {side for s in shapes.names.values() for side in (s.rows, s.columns)}
    letters = sorted(side for side in found if isinstance(side, str))
    alike = [(number,) * len(letters) for number in SIZES[:2]]
    mixed = product(SIZES, repeat=len(letters))
    for values in islice(dict.fromkeys([*alike, *islice(mixed, 200)]), MAX_SIZES):
        yield dict(zip(letters, values, strict=True))


class _Attempt:
    """The search at given sizes: the entries of the matrices are names of one goal about reals."""

    def __init__(
        self,
        claim: Claim,
        concrete: Claim,
        vocabulary: Vocabulary,
        layers: Mapping[str, int],
        shapes: Shapes,
    ) -> None:
        self.claim, self.vocabulary, self.layers = claim, vocabulary, layers
        self.lists = entries(shapes, names_of(concrete))
        numbers = {x: num(count) for x, count in layers.items()}
        self.goal = goal_of(concrete, vocabulary, {**self.lists, **numbers}, points(shapes))
        self.search = _Sampling(self.goal, {x: Fraction(k) for x, k in layers.items()})

    def bodies(self, end: float) -> Iterator[Certificate]:
        """Witnesses that the checker accepts."""
        for point, relation in self.search.broken(end - time.perf_counter(), MAX_POINTS):
            for candidate in (self.search.simplified(point, relation), point):
                body = self._body(candidate, relation)
                if self._accepted(body):
                    yield body
                    break

    def _body(self, point: Point, relation: int) -> Certificate:
        inside = set(_names(tuple(self.lists.values())))
        values = {x: v for x, v in point.items() if x not in inside}
        matrices = {x: _written(value, point) for x, value in self.lists.items()}
        return {
            "values": written(values),
            "relation": relation,
            "laws": [],
            "matrices": matrices,
        }

    def _accepted(self, body: Certificate) -> bool:
        try:
            goal = witness_goal(self.claim, body, self.vocabulary)
            check_witness(goal, body, reader_of(goal, self.vocabulary))
        except _LIMITS:
            return False
        return True


def _names(value: Value) -> Iterator[str]:
    """The names in a list of names."""
    if isinstance(value, Term):
        yield value.value
    elif isinstance(value, tuple):
        for entry in value:
            yield from _names(entry)


def _written(value: Value, point: Point) -> str:
    """The list with numbers for its names; 0 for one that the claim does not depend on."""
    if isinstance(value, tuple):
        return f"[{', '.join(_written(entry, point) for entry in value)}]"
    return print_term(num(point.get(value.value, Fraction(0)))) if isinstance(value, Term) else ""


class _Sampling(Search):
    """Points with small entries: ones first, then a fixed sequence without order."""

    def __init__(self, goal: Goal, fixed: Point) -> None:
        super().__init__(goal)
        self.fixed = fixed

    def points(self) -> Iterator[Point]:
        """Candidate points."""
        free = [x for x in self.names if x not in self.fixed]
        for values in _tuples(len(free)):
            point = {**dict(zip(free, values, strict=True)), **self.fixed}
            yield {x: v for x, v in point.items() if x in self.names}

    def simplified(self, point: Point, relation: int) -> Point:
        """A point that breaks the relation too, with as many zeros and ones as come easily."""
        left, _, right = self.goal.relations[relation]
        if len(point) > MAX_SIMPLIFIED or size(left) + size(right) > MAX_SIZE:
            return point
        for which in sorted(point.keys() - self.fixed.keys()):
            for value in (Fraction(0), Fraction(1)):
                if point[which] in (0, value):
                    break
                changed = {**point, which: value}
                if self.breaks(changed, relation):
                    point = changed
                    break
        return point

    def breaks(self, point: Point, relation: int) -> bool:
        """Whether the conditions certainly hold at the point, and the relation certainly not."""
        conditions, relations = self._programs
        triple = self.goal.relations[relation]
        return (
            self._status(point, conditions, self.goal.conditions) is True
            and self._status(point, relations[relation], (triple,)) is False
        )


def _tuples(width: int) -> Iterator[tuple[Fraction, ...]]:
    """Every tuple while there are few, then tuples drawn by a generator with a fixed seed."""
    yield (VALUES[0],) * width
    if len(VALUES) ** width <= MAX_POINTS:
        yield from product(VALUES, repeat=width)
        return
    draw = random.Random(width)
    while True:
        yield tuple(draw.choices(VALUES, (4, 3, 2, 1), k=width))
