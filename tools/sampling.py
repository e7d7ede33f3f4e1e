"""What speaks against a verdict: points at which a claim fails, to 50 digits, and the prover.

Used by `mutate_certificates.py` on what the checker has accepted.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from symact.catalog import catalogue
from symact.checker.matrix_witness import witness_goal
from symact.explain.mpmath_arithmetic import FUNCTIONS, OutOfRange
from symact.explain.mpmath_values import OPERATORS, Evaluator
from symact.explain.sample_points import compare, sample_points, satisfies
from symact.language.claims import Claim
from symact.language.elementary import rational_of
from symact.language.layers import counts, names_of, with_weights
from symact.language.parser import parse_claim, parse_term
from symact.language.predicates import Goal, Triple, goal_of
from symact.language.shapes import entries, infer, points, resized
from symact.language.terms import Term, num, postorder
from symact.language.unfold import Unfolder
from symact.prover.decide import decide

SAMPLES = 60
RANDOM_SAMPLES = 60
MAX_PARTS = 5_000  # terms of a goal that is sampled: beyond it, the prover alone is asked
ERROR = 1e-35  # of a value in 50 digits at arguments up to a million
DERIVATIVE_RANGE = 100  # beyond it a difference quotient says nothing about a saturated function
DERIVATIVE_ERROR = 1e-9  # of a difference quotient where the derivative is next to nothing
DECIDING = 3.0  # seconds for a changed claim
_SPECIAL = ("pi", "pi/2", "-pi/4", "sqrt(2)", "exp(1)", "log(2)", "-sqrt(3)", "1/3", "10**6")


def goals(claim: Claim) -> Iterator[Goal]:
    """The claim for some sizes of its matrices and numbers of its layers."""
    concrete, numbers = with_weights(claim), sorted(counts(claim))
    if not numbers:
        yield from _sized(concrete, {})
    for count in (0, 1, 2, 3) if numbers else ():
        yield from _sized(concrete, dict.fromkeys(numbers, count))


def _sized(claim: Claim, layers: dict[str, int]) -> Iterator[Goal]:
    vocabulary = catalogue()
    shapes = infer(claim, vocabulary, layers)
    sizes = (1, 2) if shapes.names or layers else (0,)
    for size in sizes:
        if not size:
            yield goal_of(claim, vocabulary)
            continue
        at = resized(shapes, {}, size)
        lists = {**entries(at, names_of(claim)), **{n: num(k) for n, k in layers.items()}}
        yield goal_of(claim, vocabulary, lists, points(at))


def broken(goal: Goal, chance: random.Random) -> str | None:
    """A point at which the conditions hold and a relation does not, in words."""
    evaluator = Evaluator()
    found = list(sample_points(goal, SAMPLES, evaluator))
    unfolder, kinds = Unfolder(catalogue()), dict(goal.integral)
    special = [unfolder.real(parse_term(text, catalogue()), {}) for text in _SPECIAL]
    names = goal.names()
    for _ in range(RANDOM_SAMPLES if names else 0):
        point: dict[str, Any] = {}
        for which in names:
            whole = Fraction(chance.randrange(0 if kinds.get(which) == "Naturals" else -9, 10))
            real = chance.choice((whole, whole / 7, chance.choice(special)))
            point[which] = whole if which in kinds else real
        if satisfies(goal.conditions, point, evaluator):
            found.append(point)
    for at in found:
        for relation in goal.relations:
            if fails(relation, at, evaluator):
                return f"{relation} fails at {at}"
    return None


def _is_far(value: Any) -> bool:
    number = rational_of(value) if isinstance(value, Term) else value
    return isinstance(number, Fraction) and abs(number) > DERIVATIVE_RANGE


def fails(relation: Triple, point: dict[str, Any], evaluator: Evaluator) -> bool:
    """Whether a side is undefined at the point, or the relation certainly false there."""
    left, op, right = relation
    numeric = any(part.op == "diff" for side in (left, right) for part in postorder(side))
    if numeric and any(map(_is_far, point.values())):
        return False
    try:
        a, b = evaluator.values((left, right), point)
    except OutOfRange:
        return False
    if a is None or b is None:
        return True
    if abs(evaluator.number(a) - evaluator.number(b)) < (DERIVATIVE_ERROR if numeric else ERROR):
        return False
    return compare(op, a, b, evaluator) is False


def _evaluable(goal: Goal) -> bool:
    sides = [s for left, _, right in goal.relations + goal.conditions for s in (left, right)]
    parts = [part for side in sides for part in postorder(side)]
    return len(parts) <= MAX_PARTS and all(
        part.op in OPERATORS and (part.op != "call" or part.value[0] in FUNCTIONS) for part in parts
    )


def contradiction(text: str, verdict: str, certificate: Any, chance: random.Random) -> str | None:
    """What speaks against an accepted verdict on a claim; None when nothing does."""
    claim = parse_claim(text, catalogue())
    if (verdict == "proved") != claim.negated:
        for goal in filter(_evaluable, goals(claim)):
            problem = broken(goal, chance)
            if problem:
                return problem
    else:
        problem = _no_witness(claim, _as_witness(certificate))
        if problem:
            return problem
    fresh = decide(text, DECIDING)
    if fresh.outcome in ("proved", "refuted") and fresh.outcome != verdict:
        return f"the prover says {fresh.outcome}: {fresh.reason} {fresh.witness}"
    return None


def _as_witness(certificate: Any) -> dict[str, Any]:
    """The body of a witness with the values of a denial; that of a witness itself."""
    body: dict[str, Any] = certificate["body"]
    if certificate["kind"] != "denial":
        return body
    relation = body["because"].get("relation", 0)
    return {"values": body["values"], "relation": relation, "laws": []}


def _no_witness(claim: Claim, body: Any) -> str | None:
    """Why the values of an accepted witness are none, as far as 50 digits tell."""
    goal = witness_goal(claim, body, catalogue())
    unfolder, evaluator = Unfolder(catalogue()), Evaluator()
    values = {x: unfolder.real(parse_term(v, catalogue()), {}) for x, v in body["values"].items()}
    point = {x: v.value if v.op == "num" else v for x, v in values.items()}
    if not _evaluable(goal):
        return None
    if any(fails(condition, point, evaluator) for condition in goal.conditions):
        return f"the conditions fail at {point}"
    if goal.property is not None:
        return None
    left, op, right = goal.relations[body["relation"]]
    try:
        a, b = evaluator.values((left, right), point)
    except OutOfRange:
        return None
    if a is not None and b is not None and compare(op, a, b, evaluator):
        return f"the relation holds at {point}"
    return None
