"""Points at which a cross-check looks: always the same, of both signs, near edges, and far out.

Their coordinates are dyadic as far as the conditions allow, so that float64 holds them exactly.

Above: `crosscheck`. Below: `float_values`, `mpmath_values`, `language.terms`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import count, islice, pairwise, zip_longest
from types import MappingProxyType
from typing import Any, Final

from symact.explain import float_values
from symact.explain.mpmath_arithmetic import OutOfRange
from symact.explain.mpmath_values import Evaluator
from symact.language.predicates import Goal, Triple
from symact.language.terms import postorder

Point = dict[str, Fraction]

REALS: Final = tuple(
    Fraction(text)
    for text in (
        "1/2 -1 2 -3/4 0 10 -10 1/8 -1/2 3 -3 1 -2 5 -5 1/1024 -1/1024 20 -20 3/4 -1/8 6 -6 "
        "7/4 -7/4 40 -40 100 -100 1/4 -1/4 9/4 -9/4 800 -800"
    ).split()
)
WHOLE: Final = tuple(map(Fraction, (0, 1, 2, 3, 5, 4, 10, 7, 6, 8, 20, 9, 12, 50, 100)))
NEAR: Final = Fraction(1, 1024)
MAX_CONSTANTS: Final = 6
"""Constants of the relations around which points are added."""
MAX_CANDIDATES: Final = 400
"""Points tried against the conditions."""
_STEPS: Final = (40503, 30011, 52021, 22573, 61231, 15485, 45863, 35053)
"""Odd numbers whose multiples modulo 2**16 spread evenly: one for each name."""


def sample_points(goal: Goal, most: int, evaluator: Evaluator) -> list[Point]:
    """At most `most` points that satisfy the conditions; the same for the same goal."""
    names, integral = goal.names(), dict(goal.integral)
    if not names:
        return [{}]
    inner = _constants(goal.conditions)
    outer = [c for c in _constants(goal.relations) if c not in inner][:MAX_CONSTANTS]
    pinned = _pinned(goal.conditions)
    axes = [pinned.get(x) or _axis(inner, outer, integral.get(x, "")) for x in names]
    candidates = _candidates(names, axes)
    if not goal.conditions:
        return list(islice(candidates, most))
    plausible = _plausible(list(islice(candidates, MAX_CANDIDATES)), goal.conditions)
    inside = (point for point in plausible if satisfies(goal.conditions, point, evaluator))
    return list(islice(inside, most))


def satisfies(conditions: Iterable[Triple], point: Mapping[str, Any], evaluator: Evaluator) -> bool:
    """Whether every condition is defined and holds, to 50 digits. Never fails."""
    try:
        return all(_holds(condition, point, evaluator) for condition in conditions)
    except OutOfRange:
        return False


def _holds(condition: Triple, point: Mapping[str, Any], evaluator: Evaluator) -> bool:
    left, op, right = condition
    a, b = evaluator.values((left, right), point)
    if a is None or b is None:
        return False
    known = compare(op, a, b, evaluator)
    return op in ("==", "<=", ">=") if known is None else known


def compare(op: str, left: Any, right: Any, evaluator: Evaluator) -> bool | None:
    """left op right: exact for fractions, else None when the sides are as good as equal."""
    exact = isinstance(left, Fraction) and isinstance(right, Fraction)
    if not exact and evaluator.agree(left, right):
        return None
    a, b = (left, right) if exact else (evaluator.number(left), evaluator.number(right))
    order = "==" if a == b else "<" if a < b else ">"
    return order in _IMPLYING[op]


_IMPLYING: Final = MappingProxyType(
    {
        "==": ("==",),
        "!=": ("<", ">"),
        "<": ("<",),
        "<=": ("<", "=="),
        ">": (">",),
        ">=": (">", "=="),
    }
)
"""The order of two numbers that makes each relation true."""


def _constants(triples: Iterable[Triple]) -> list[Fraction]:
    """The numbers in the terms, in the order of reading, small ones only."""
    found: dict[Fraction, None] = {}
    for left, _, right in triples:
        for root in (left, right):
            found.update((t.value, None) for t in postorder(root) if t.op == "num")
    return [value for value in found if abs(value) <= 1000 and value.denominator <= 10**6]


def _pinned(conditions: Iterable[Triple]) -> dict[str, list[Fraction]]:
    """The names that a condition sets equal to a number."""
    sides = [pair for a, op, b in conditions if op == "==" for pair in ((a, b), (b, a))]
    return {a.value: [b.value] for a, b in sides if a.op == "name" and b.op == "num"}


def _axis(inner: list[Fraction], outer: list[Fraction], kind: str) -> list[Fraction]:
    """The values for one name, the most telling first."""
    if kind:
        signs = (1, -1) if kind == "Integers" else (1,)
        values = [sign * value for value in WHOLE for sign in signs]
        near = [Fraction(round(c)) + shift for c in inner for shift in (0, 1, -1)]
        return list(dict.fromkeys(v for v in [*near, *values] if v >= 0 or kind == "Integers"))
    eighths = (4, 2, 6, 1, 7, 3, 5)
    between = [a + (b - a) * k / 8 for k in eighths for a, b in pairwise(sorted(inner))]
    around = [c + shift for c in inner for shift in (0, NEAR, -NEAR, Fraction(1), Fraction(-1))]
    kinks = [c + shift for c in outer for shift in (0, Fraction(1, 4))]
    turns = zip_longest(between[:21], around[:15], REALS, kinks)
    return list(dict.fromkeys(value for turn in turns for value in turn if value is not None))


def _candidates(names: Sequence[str], axes: Sequence[list[Fraction]]) -> Iterator[Point]:
    """One name: its values in turn. Several: a thinned product of their values."""
    free = [i for i, axis in enumerate(axes) if len(axis) > 1]
    if len(free) <= 1:
        longest = max(map(len, axes))
        yield from (
            {x: a[j % len(a)] for x, a in zip(names, axes, strict=True)} for j in range(longest)
        )
        return
    for j in count():
        yield {
            name: axis[_spread(j, i) * len(axis) >> 16]
            for i, (name, axis) in enumerate(zip(names, axes, strict=True))
        }


def _spread(j: int, i: int) -> int:
    """The j-th number of the i-th evenly spread sequence below 2**16."""
    return (j + 1) * (_STEPS[i % len(_STEPS)] + 2 * (i // len(_STEPS))) % 2**16


def _plausible(candidates: list[Point], conditions: Sequence[Triple]) -> list[Point]:
    """The candidates at which the conditions hold in float64, or all but hold."""
    import numpy

    length = len(candidates)
    points = {
        name: numpy.array([float_values.rounded(point[name]) for point in candidates])
        for name in candidates[0]
    }
    keep = numpy.ones(length, dtype=bool)
    for left, op, right in conditions:
        a = float_values.values(left, points, length)
        b = float_values.values(right, points, length)
        with numpy.errstate(all="ignore"):
            close = abs(a - b) <= 1e-9 * numpy.maximum(abs(a), abs(b))
            keep &= {
                "==": close,
                "!=": a != b,
                "<": a < b,
                "<=": (a < b) | close,
                ">": a > b,
                ">=": (a > b) | close,
            }[op]
    return [point for point, kept in zip(candidates, keep, strict=True) if kept]
