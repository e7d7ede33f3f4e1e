"""Cross-checks: both sides of every relation in NumPy float64 and in mpmath. Never evidence.

For a proof: the largest discrepancy at fixed sample points. With a witness: both sides there.

Above: the command line, reports.
Below: `sample_points`, `float_values`, `mpmath_values`, `language.predicates`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Final

from symact.catalog import catalogue
from symact.explain import float_values
from symact.explain.mpmath_arithmetic import FUNCTIONS, LEAST, OutOfRange
from symact.explain.mpmath_values import DIGITS, OPERATORS, Evaluator
from symact.explain.sample_points import Point, compare, sample_points
from symact.language.claims import Claim
from symact.language.errors import ClaimError
from symact.language.lists import ShapeError
from symact.language.parser import parse_claim, parse_term
from symact.language.predicates import Goal, Triple, goal_of
from symact.language.terms import Term, postorder
from symact.language.unfold import Unfolder, Unsupported
from symact.language.vocabulary import Vocabulary
from symact.verdicts import Verdict

LABEL: Final = "floating point, not evidence"
MAX_POINTS: Final = 40
MIN_POINTS: Final = 3
BUDGET: Final = 6_000
"""Microseconds of mpmath for the sample points of one claim, by the costs below."""
MAX_COST: Final = 40_000
"""Microseconds for one point, beyond which nothing is evaluated."""
PATIENCE: Final = 8_000
"""Microseconds of mpmath, by the same costs, for points that need more digits."""
LEAST_CREDIT: Final = 40
"""Evaluations with 50 digits that may be spent on such points at least."""
_COSTS: Final = MappingProxyType({"add": 8, "mul": 6, "pow": 7, "npow": 9, "ite": 6, "call": 15})
_ERF_COST: Final = 70

Json = dict[str, Any]


def cross_check(
    claim: Claim, verdict: Verdict, vocabulary: Vocabulary, goal: Goal | None = None
) -> Json:
    """What floating point says about the claim, JSON-able and labelled. Never fails.

    goal  the meaning of the claim, if it is at hand: it is worked out otherwise
    """
    try:
        goal = goal or goal_of(claim, vocabulary)
        witness = None if verdict.witness is None else _read(verdict.witness, vocabulary)
    except (Unsupported, ShapeError, ClaimError, RecursionError) as problem:
        return _skipped(str(problem))
    return _cross_check(goal, verdict.outcome, witness)


def with_cross_check(verdict: Verdict) -> Verdict:
    """The verdict with floating-point observations beside it. Never fails."""
    if verdict.outcome == "error":
        return verdict
    words = catalogue()
    try:
        claim = parse_claim(verdict.claim, words)
    except ClaimError as problem:
        return replace(verdict, cross_check=_skipped(str(problem)))
    return replace(verdict, cross_check=cross_check(claim, verdict, words))


def cross_check_relations(
    relations: Sequence[Triple],
    conditions: Sequence[Triple],
    verdict_outcome: str,
    witness: Mapping[str, Term] | None = None,
    integral: Mapping[str, str] = MappingProxyType({}),
) -> Json:
    """The cross-check of core relations (left, op, right). Never fails.

    conditions       core relations that sample points satisfy
    verdict_outcome  nothing is evaluated for an "error"
    witness          name -> constant core term: then the sides are shown there instead
    integral         name -> "Naturals" or "Integers" for names of whole numbers
    """
    goal = Goal(tuple(relations), tuple(conditions), tuple(integral.items()))
    return _cross_check(goal, verdict_outcome, witness)


def _cross_check(goal: Goal, outcome: str, witness: Mapping[str, Term] | None) -> Json:
    triples = [*goal.relations, *goal.conditions]
    if problem := _obstacle(triples, outcome):
        return _skipped(problem)
    cost = sum(map(_cost, _sides(triples)))
    if cost > MAX_COST:
        return _skipped("the terms are too large to be evaluated in passing")
    derivatives = any(t.op == "diff" for root in _sides(triples) for t in postorder(root))
    head = {"label": LABEL, "digits": DIGITS}
    notes = {"derivatives": dict(_DERIVATIVES)} if derivatives else {}
    check = _Check(Evaluator(max(LEAST_CREDIT, PATIENCE // (cost + 1))), goal.relations)
    if witness is not None:
        return {**head, **notes, **check.at_witness(witness)}
    count = min(MAX_POINTS, max(MIN_POINTS, BUDGET // max(cost, 1)))
    return {**head, **notes, **check.at_samples(sample_points(goal, count, check.evaluator))}


_DERIVATIVES: Final = MappingProxyType(
    {"float64": "central differences", "mpmath": "mpmath.diff from both sides"}
)


def _skipped(reason: str) -> Json:
    return {"label": LABEL, "skipped": reason}


def _read(witness: Mapping[str, str], vocabulary: Vocabulary) -> dict[str, Term]:
    """The values of a witness as constant core terms."""
    unfolder = Unfolder(vocabulary)
    return {name: unfolder.real(parse_term(text, vocabulary), {}) for name, text in witness.items()}


def _sides(triples: Iterable[Triple]) -> Iterable[Term]:
    return (side for left, _, right in triples for side in (left, right))


def _obstacle(triples: Sequence[Triple], outcome: str) -> str:
    """Why nothing can be evaluated; "" when everything can."""
    if outcome == "error":
        return "no claim was judged"
    for root in _sides(triples):
        for part in postorder(root):
            if part.op not in OPERATORS:
                return f"no floating-point value for {part.op}"
            if part.op == "call" and part.value[0] not in FUNCTIONS:
                return f"no floating-point value for {part.value[0]}"
    return ""


def _cost(root: Term) -> int:
    """Microseconds of mpmath for one evaluation, roughly."""

    def below(current: Term) -> tuple[Term, ...]:
        return current.args[2:] if current.op == "diff" else current.args

    total = 0
    for current in postorder(root, below):
        if current.op == "diff":
            calls = 2 * current.value + 1
            total += calls * (_cost(current.args[0]) + 20) * (5 + current.value) // 5
        elif current.op == "call" and current.value[0] == "erf":
            total += _ERF_COST
        else:
            total += _COSTS.get(current.op, 3)
    return total


class _Check:
    """The relations of one claim, being evaluated in both arithmetics."""

    def __init__(self, evaluator: Evaluator, relations: Sequence[Triple]) -> None:
        self.evaluator = evaluator
        self.relations = relations

    # -- at a witness ---------------------------------------------------------------------------
    def at_witness(self, witness: Mapping[str, Term]) -> Json:
        """Both sides of every relation at the witness."""
        point = {x: v.value if v.op == "num" else v for x, v in witness.items()}
        try:
            if None in self.evaluator.values(list(witness.values()), {}):
                return {"skipped": "a value of the witness is undefined"}
            shown = [self._sides_at(relation, point) for relation in self.relations]
        except (OutOfRange, KeyError) as problem:
            return {"skipped": f"the witness cannot be evaluated: {problem!r}"}
        return {"witness": True, "relations": shown}

    def _sides_at(self, relation: Triple, point: Mapping[str, Any]) -> Json:
        left, op, right = relation
        a, b = self.evaluator.values((left, right), point)
        holds = a is not None and b is not None and compare(op, a, b, self.evaluator)
        c, d = (float(values[0]) for values in self._float_sides(relation, [point]))
        return {
            "relation": op,
            "float64": {"left": repr(c), "right": repr(d), "holds": _FLOAT[op](c, d)},
            "mpmath": {"left": self._text(a, 30), "right": self._text(b, 30), "holds": holds},
        }

    # -- at sample points -----------------------------------------------------------------------
    def at_samples(self, points: Sequence[Point]) -> Json:
        """The largest discrepancy of every relation over the points."""
        if not points:
            return {"skipped": "no sample point satisfies the conditions"}
        shown = [self._over(relation, points) for relation in self.relations]
        return {"points": len(points), "relations": shown}

    def _over(self, relation: Triple, points: Sequence[Point]) -> Json:
        _, op, _ = relation
        found = [self._pair(relation, point) for point in points]
        exact = {i: pair for i, pair in enumerate(found) if pair}
        sides = self._float_sides(relation, points)
        floats = {i: (float(sides[0][i]), float(sides[1][i])) for i in exact}
        finite = {i: pair for i, pair in floats.items() if all(map(math.isfinite, pair))}
        fails = [compare(op, a, b, self.evaluator) is False for a, b in exact.values()]
        rounded = {i: tuple(map(self.evaluator.number, pair)) for i, pair in exact.items()}
        return {
            "relation": op,
            "measure": _MEASURES.get(op, "largest violation"),
            "defined": len(exact),
            "undefined": found.count(()),
            "not_evaluated": found.count(None),
            "float64": {
                **_extremes(op, finite, points, float, 0.0),
                "not_finite": len(floats) - len(finite),
            },
            "mpmath": {
                **_extremes(op, rounded, points, lambda gap: self._text(gap, 3), LEAST),
                "fails": sum(fails),
            },
        }

    def _pair(self, relation: Triple, point: Point) -> tuple[Any, ...] | None:
        """Both sides; () where one is undefined, None where one is too expensive."""
        left, _, right = relation
        try:
            a, b = self.evaluator.values((left, right), point)
        except OutOfRange:
            return None
        return () if a is None or b is None else (a, b)

    def _float_sides(self, relation: Triple, points: Sequence[Mapping[str, Any]]) -> list[Any]:
        """The values of both sides in float64, an array each."""
        import numpy

        columns = {x: numpy.array([self._float(point[x]) for point in points]) for x in points[0]}
        left, _, right = relation
        return [float_values.values(side, columns, len(points)) for side in (left, right)]

    def _float(self, value: Any) -> float:
        """A coordinate in float64, the constant terms of witnesses by way of mpmath."""
        if isinstance(value, Term):
            value = self.evaluator.value(value, {})
        if isinstance(value, Fraction):
            return float_values.rounded(value)
        return math.nan if value is None else float(value)

    def _text(self, value: Any, digits: int) -> str:
        """Decimal digits of a number; "undefined" for None."""
        if value is None:
            return "undefined"
        context = self.evaluator.context
        return str(context.nstr(context.mpf(self.evaluator.number(value)), digits))


def _extremes(
    op: str,
    pairs: Mapping[int, Any],
    points: Sequence[Point],
    show: Callable[[Any], Any],
    least: float,
) -> Json:
    """The worst discrepancy, absolute and relative to the larger side (or `least`), and where.

    For != it is the closest approach.
    """
    if not pairs:
        return {"absolute": None, "at": None, "relative": None, "relative_at": None}
    worst = min if op == "!=" else max
    gaps = {i: _gap(op, a, b) for i, (a, b) in pairs.items()}
    ratios = {i: _ratio(gaps[i], max(abs(a), abs(b), least)) for i, (a, b) in pairs.items()}
    i, j = worst(gaps, key=gaps.__getitem__), worst(ratios, key=ratios.__getitem__)
    return {
        "absolute": show(gaps[i]),
        "at": _written(points[i]),
        "relative": show(ratios[j]),
        "relative_at": _written(points[j]),
    }


_MEASURES: Final = MappingProxyType({"==": "largest difference", "!=": "closest approach"})

_FLOAT: Final = MappingProxyType[str, Callable[[float, float], bool]](
    {
        "==": lambda a, b: a == b,
        "!=": lambda a, b: a != b and not math.isnan(a) and not math.isnan(b),
        "<": lambda a, b: a < b,
        "<=": lambda a, b: a <= b,
        ">": lambda a, b: a > b,
        ">=": lambda a, b: a >= b,
    }
)


def _gap(op: str, left: Any, right: Any) -> Any:
    """|l - r|, or by how much an inequality fails."""
    difference = left - right
    if op in ("==", "!="):
        return abs(difference)
    return max(difference if op[0] == "<" else -difference, 0)


def _ratio(gap: Any, scale: Any) -> Any:
    return gap / scale if scale else gap


def _written(point: Mapping[str, Fraction]) -> dict[str, str]:
    return {name: str(value) for name, value in point.items()}
