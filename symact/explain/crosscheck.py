"""Cross-checks: both sides of every relation in NumPy float64 and in mpmath. Observations, never evidence.

For a proof: the largest discrepancy at fixed sample points. With a witness: both sides there.

Above: the command line, reports. Below: `sample_points`, `float_values`, `mpmath_values`, `language.predicates`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Final

from symact.explain import float_values, mpmath_values
from symact.explain.mpmath_values import DIGITS, Evaluator, OutOfRange
from symact.explain.sample_points import Triple, compare, sample_points
from symact.language.claims import Claim
from symact.language.errors import ClaimError
from symact.language.lists import ShapeError
from symact.language.parser import parse_term
from symact.language.predicates import Goal, goal_of
from symact.language.terms import Term, fold, num, postorder
from symact.language.unfold import Unfolder, Unsupported
from symact.language.vocabulary import Vocabulary
from symact.verdicts import Verdict

LABEL: Final = "floating point, not evidence"
MAX_POINTS: Final = 40
MIN_POINTS: Final = 4
BUDGET: Final = 7_000
"""Microseconds of mpmath for the sample points of one claim, by the costs below."""
MAX_COST: Final = 40_000
"""Microseconds for one point, beyond which nothing is evaluated."""
LEAST: Final = 1e-10
"""In mpmath, discrepancies are relative to the larger side, but at least to this: near a zero of both sides
nothing else could be said."""
PATIENCE: Final = 40_000
"""Microseconds, by the same costs times ten, for points that need more digits; at least two have them."""
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
    return cross_check_relations(
        goal.relations, goal.conditions, verdict.outcome, witness, dict(goal.integral)
    )


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
    witness          name -> constant core term: then the sides are shown there, and nothing is sampled
    integral         name -> "Naturals" or "Integers" for names of whole numbers
    """
    triples = [*relations, *conditions]
    if problem := _obstacle(triples, verdict_outcome):
        return _skipped(problem)
    cost = sum(_cost(side) for left, _, right in triples for side in (left, right))
    if cost > MAX_COST:
        return _skipped("the terms are too large to be evaluated in passing")
    derivatives = any(t.op == "diff" for root in _sides(triples) for t in postorder(root))
    notes = {"derivatives": dict(_DERIVATIVES)} if derivatives else {}
    patience = max(2, PATIENCE // (10 * cost + 1))
    check = _Check(Evaluator(patience), relations)
    if witness is not None:
        return {"label": LABEL, "digits": DIGITS, **notes, **check.at_witness(witness)}
    count = min(MAX_POINTS, max(MIN_POINTS, BUDGET // max(cost, 1)))
    names = _names(triples, integral)
    points = sample_points(names, relations, conditions, integral, count, check.evaluator)
    return {"label": LABEL, "digits": DIGITS, **notes, **check.at_samples(points)}


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
            if part.op not in mpmath_values.OPERATORS:
                return f"no floating-point value for {part.op}"
            if part.op == "call" and part.value[0] not in mpmath_values.FUNCTIONS:
                return f"no floating-point value for {part.value[0]}"
    return ""


def _names(triples: Sequence[Triple], integral: Mapping[str, str]) -> list[str]:
    """The free names, sorted; binders of derivatives begin with a quote."""
    found = {t.value for root in _sides(triples) for t in postorder(root) if t.op == "name"}
    return sorted(name for name in {*found, *integral} if not name.startswith("'"))


def _cost(root: Term) -> int:
    """Microseconds of mpmath for one evaluation, roughly."""

    def below(current: Term) -> tuple[Term, ...]:
        return current.args[2:] if current.op == "diff" else current.args

    total = 0
    for current in postorder(root, below):
        if current.op == "diff":
            total += 3 * (current.value + 1) * (current.value + 1) * (_cost(current.args[0]) + 10)
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

    # -- at a witness -------------------------------------------------------------------------------
    def at_witness(self, witness: Mapping[str, Term]) -> Json:
        """Both sides of every relation at the witness."""
        try:
            point = {name: self._constant(value) for name, value in witness.items()}
            shown = [self._sides_at(relation, point) for relation in self.relations]
        except (OutOfRange, KeyError) as problem:
            return {"skipped": f"the witness cannot be evaluated: {problem!r}"}
        return {"witness": True, "relations": shown}

    def _constant(self, value: Term) -> Any:
        """A number as a fraction, another constant in mpmath; an undefined one is no witness."""
        if value.op == "num":
            return value.value
        found = self.evaluator.value(value, {})
        if found is None:
            raise OutOfRange
        return found

    def _sides_at(self, relation: Triple, point: Mapping[str, Any]) -> Json:
        left, op, right = relation
        a, b = self.evaluator.values((left, right), point)
        holds = a is not None and b is not None and compare(op, a, b, self.evaluator)
        c, d = (float(values[0]) for values in self._float_sides(relation, [point]))
        return {
            "relation": op,
            "float64": {"left": repr(c), "right": repr(d), "holds": bool(_FLOAT[op](c, d))},
            "mpmath": {"left": self._text(a, 30), "right": self._text(b, 30), "holds": holds},
        }

    # -- at sample points ---------------------------------------------------------------------------
    def at_samples(self, points: Sequence[Mapping[str, Fraction]]) -> Json:
        """The largest discrepancy of every relation over the points."""
        if not points:
            return {"skipped": "no sample point satisfies the conditions"}
        shown = [self._over(relation, points) for relation in self.relations]
        return {"points": len(points), "relations": shown}

    def _over(self, relation: Triple, points: Sequence[Mapping[str, Fraction]]) -> Json:
        left, op, right = relation
        exact = [self._pair(left, right, point) for point in points]
        known = [i for i, pair in enumerate(exact) if isinstance(pair, tuple)]
        float_sides = self._float_sides(relation, points)
        floats = {i: tuple(float(side[i]) for side in float_sides) for i in known}
        finite = {i: pair for i, pair in floats.items() if all(map(math.isfinite, pair))}
        precise = {i: exact[i] for i in known}
        return {
            "relation": op,
            "measure": _MEASURES.get(op, "largest violation"),
            "defined": len(known),
            "undefined": sum(pair is None for pair in exact),
            "not_evaluated": sum(pair is OutOfRange for pair in exact),
            "float64": {
                **self._extremes(op, finite, points, float, 0.0),
                "not_finite": len(floats) - len(finite),
            },
            "mpmath": self._extremes(op, precise, points, lambda gap: self._text(gap, 3), LEAST),
        }

    def _pair(self, left: Term, right: Term, point: Mapping[str, Any]) -> Any:
        """Both sides; None where one is undefined, OutOfRange where one is too expensive."""
        try:
            a, b = self.evaluator.values((left, right), point)
        except OutOfRange:
            return OutOfRange
        return None if a is None or b is None else (a, b)

    def _float_sides(self, relation: Triple, points: Sequence[Mapping[str, Any]]) -> list[Any]:
        """The values of both sides in float64, an array each."""
        import numpy

        columns = {
            name: numpy.array([_rounded(point[name]) for point in points]) for name in points[0]
        }
        left, _, right = relation
        return [float_values.values(side, columns, len(points)) for side in (left, right)]

    def _extremes(
        self,
        op: str,
        pairs: Mapping[int, Any],
        points: Sequence[Mapping[str, Fraction]],
        show: Callable[[Any], Any],
        least: float,
    ) -> Json:
        """The worst discrepancy, absolute and relative to the larger side (or `least`), and where.

        For != it is the closest approach.
        """
        if not pairs:
            return {"absolute": None, "relative": None}
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

    def _text(self, value: Any, digits: int) -> str:
        """Decimal digits of an mpmath number; "undefined" for None."""
        if value is None:
            return "undefined"
        return str(self.evaluator.context.nstr(self.evaluator.context.mpf(value), digits))


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
    """How far the sides are from satisfying the relation: |l - r|, or by how much an inequality fails."""
    difference = left - right
    if op in ("==", "!="):
        return abs(difference)
    return max(difference if op[0] == "<" else -difference, 0)


def _ratio(gap: Any, scale: Any) -> Any:
    return gap / scale if scale else gap


def _rounded(value: Any) -> float:
    return float_values.rounded(value) if isinstance(value, Fraction) else float(value)


def _written(point: Mapping[str, Fraction]) -> dict[str, str]:
    return {name: str(value) for name, value in point.items()}
