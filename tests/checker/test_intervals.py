"""Interval arithmetic against exact rational arithmetic: sound, tight, and loud in refusing."""

from __future__ import annotations

import ast
import dataclasses
import inspect
import operator
import time
from collections.abc import Callable
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from symact.checker import enclosures, intervals
from symact.checker.intervals import MAX_SIZE, EnclosureError, Interval

Q = Fraction
quick = settings(max_examples=120, deadline=None)
precisions = st.sampled_from((1, 2, 5, 16, 64, 200))
small = st.integers(-40, 40)


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Interval, Interval]:
    """Two intervals of one precision, often touching or containing 0."""
    bits = draw(precisions)
    ends = st.integers(-(3 << bits), 3 << bits) | small
    first, second = (sorted((draw(ends), draw(ends))) for _ in range(2))
    return Interval(first[0], first[1], bits), Interval(second[0], second[1], bits)


def inner(interval: Interval, draw: Callable[[st.SearchStrategy[Q]], Q]) -> Q:
    """A rational point of the interval, its ends included."""
    share = draw(st.fractions(0, 1, max_denominator=50))
    return interval.lower + share * (interval.upper - interval.lower)


def hull(values: list[Q], bits: int) -> Interval:
    """The smallest interval of this precision around all values, by Fraction alone."""
    scaled = [value * 2**bits for value in values]
    return Interval(min(s.__floor__() for s in scaled), max(s.__ceil__() for s in scaled), bits)


def corners(x: Interval, y: Interval) -> list[tuple[Q, Q]]:
    """The four pairs of ends."""
    return list(product((x.lower, x.upper), (y.lower, y.upper)))


@pytest.mark.parametrize(
    ("value", "bits", "lo", "hi"),
    [
        (0, 8, 0, 0),
        (3, 4, 48, 48),
        (-3, 4, -48, -48),
        (Q(1, 3), 2, 1, 2),
        (Q(-1, 3), 2, -2, -1),
        (Q(5, 4), 2, 5, 5),
        (Q(1, 10**30), 8, 0, 1),
        (Q(-1, 10**30), 8, -1, 0),
    ],
)
def test_of_rounds_outward(value: Q, bits: int, lo: int, hi: int) -> None:
    """A rational number becomes the tightest pair of integers around it."""
    assert Interval.of(value, bits) == Interval(lo, hi, bits)


@quick
@given(st.fractions(), st.fractions(), precisions)
def test_between_is_the_smallest_interval(a: Q, b: Q, bits: int) -> None:
    """Interval.between(a, b) contains [a, b] and no smaller interval does."""
    low, high = sorted((a, b))
    x = Interval.between(low, high, bits)
    assert x == hull([low, high], bits)
    assert x.lower <= low <= high <= x.upper
    assert x.contains(low)
    assert x.contains(high)


@pytest.mark.parametrize("op", [operator.add, operator.sub, operator.mul, operator.truediv])
@quick
@given(pair=pairs(), data=st.data())
def test_operators_contain_and_are_tight(
    op: Callable[..., Any], pair: tuple[Interval, Interval], data: st.DataObject
) -> None:
    """An operator contains every result, and is the smallest such interval."""
    x, y = pair
    assume(op is not operator.truediv or not y.contains_zero())
    result = op(x, y)
    assert result == hull([op(a, b) for a, b in corners(x, y)], x.bits)
    assert result.contains(op(inner(x, data.draw), inner(y, data.draw)))


@quick
@given(pair=pairs(), data=st.data())
def test_one_argument_operations_contain_and_are_tight(
    pair: tuple[Interval, Interval], data: st.DataObject
) -> None:
    """-x, x.square(), x.reciprocal() and x.sqrt() contain every result and are tight."""
    x, point = pair[0], inner(pair[0], data.draw)
    zero = [Q(0)] if x.contains_zero() else []
    assert -x == hull([-x.lower, -x.upper], x.bits)
    assert x.square() == hull([x.lower**2, x.upper**2, *zero], x.bits)
    assert x.square().contains(point**2)
    if not x.contains_zero():
        assert x.reciprocal() == hull([1 / x.lower, 1 / x.upper], x.bits)
    if x.lo >= 0:
        root = x.sqrt()
        assert root.lo**2 <= x.lo << x.bits < (root.lo + 1) ** 2
        assert x.hi << x.bits <= root.hi**2
        assert (root.hi - 1) ** 2 < max(x.hi << x.bits, 2)


@quick
@given(pair=pairs(), exponent=st.integers(-12, 12), data=st.data())
@example(pair=(Interval(-3, 2, 1),) * 2, exponent=4, data=None)
@example(pair=(Interval(-3, 2, 1),) * 2, exponent=3, data=None)
def test_power_contains_and_is_within_an_ulp_of_tight(
    pair: tuple[Interval, Interval], exponent: int, data: st.DataObject | None
) -> None:
    """A power contains every result, and exceeds the tightest interval by at most an ulp a side."""
    x = pair[0]
    assume(exponent >= 0 or not x.contains_zero())
    result = x.power(exponent)
    zero = [Q(0)] if x.contains_zero() and exponent > 0 else []
    tight = hull([x.lower**exponent, x.upper**exponent, *zero], x.bits)
    assert tight.lo - 1 <= result.lo <= tight.lo
    assert tight.hi <= result.hi <= tight.hi + 1
    if data is not None:
        assert result.contains(inner(x, data.draw) ** exponent)


@pytest.mark.parametrize(
    ("base", "exponent", "expected"),
    [
        (0, 0, 1),
        (0, 7, 0),
        (3, 5, 243),
        (-3, 5, -243),
        (-2, -2, Q(1, 4)),
        (1, 10**40, 1),
        (-1, 10**40 + 1, -1),
        (-1, -(10**40), 1),
        (Q(1, 2), 60, Q(1, 2**60)),
        (Q(1, 2), -300, 2**300),
    ],
)
def test_power_of_short_numbers_is_exact(base: Q, exponent: int, expected: Q) -> None:
    """No rounding happens where none is needed, and exponents may be enormous at ±1."""
    assert Interval.of(base, 64).power(exponent) == Interval.of(expected, 64)


def test_power_of_a_number_below_one_with_a_huge_exponent_is_tiny() -> None:
    """0.9 ** 10**30 is between 0 and one ulp."""
    x = Interval.of(Q(9, 10), 64).power(10**30)
    assert (x.lo, x.hi) == (0, 1)


def test_equal_intervals_are_not_the_same_number() -> None:
    """The product x * x takes two independent numbers of x; square() knows they are one."""
    x = Interval.of(-1, 8).union(Interval.of(1, 8))
    assert (x * x).contains(-1)
    assert (x - x).contains(2)
    assert (x * x).sign() == 0
    assert not x.square().contains(Q(-1, 256))


@pytest.mark.parametrize(
    ("lo", "hi", "sign", "zero"),
    [(1, 2, 1, False), (-2, -1, -1, False), (-1, 1, 0, True), (0, 1, 0, True), (-1, 0, 0, True)],
)
def test_sign_is_known_only_away_from_zero(lo: int, hi: int, sign: int, zero: bool) -> None:
    """An interval that touches 0 has no sign."""
    assert Interval(lo, hi, 4).sign() == sign
    assert Interval(lo, hi, 4).contains_zero() is zero


def test_ends_union_contains_within() -> None:
    """Exact ends as fractions; the helpers decide on them exactly."""
    x, y = Interval(-3, 5, 2), Interval(7, 9, 2)
    assert (x.lower, x.upper) == (Q(-3, 4), Q(5, 4))
    assert x.union(y) == y.union(x) == Interval(-3, 9, 2)
    assert x.within(x)
    assert x.within(x.union(y))
    assert not x.union(y).within(x)
    assert not Interval(-4, 0, 2).within(x)
    assert not Interval(0, 6, 2).within(x)
    assert x.contains(Q(5, 4))
    assert not x.contains(Q(5, 4) + Q(1, 10**30))
    assert not x.contains(-1)


@quick
@given(pairs(), precisions)
def test_rounded_is_exact_upward_and_outward_downward(
    pair: tuple[Interval, Interval], bits: int
) -> None:
    """Changing the precision gives the smallest interval around the old one."""
    x = pair[0]
    assert x.rounded(bits) == Interval.between(x.lower, x.upper, bits)


ONE, ZERO, HUGE = Interval.of(1, 8), Interval.of(0, 8), Interval(0, 1 << MAX_SIZE - 1, 8)
RAISING: list[tuple[str, Callable[[], object]]] = [
    (intervals.EMPTY, lambda: Interval(1, 0, 8)),
    (intervals.EMPTY, lambda: Interval.between(Q(2, 10**9), Q(1, 10**9), 8)),
    (intervals.NOT_INTEGERS, lambda: Interval(0.0, 1, 8)),  # type: ignore[arg-type]
    (intervals.NOT_INTEGERS, lambda: Interval(0, float("nan"), 8)),  # type: ignore[arg-type]
    (intervals.NOT_INTEGERS, lambda: Interval(0, 1, 8.0)),  # type: ignore[arg-type]
    (intervals.NOT_INTEGERS, lambda: Interval(False, True, 8)),
    (intervals.PRECISION_OUT_OF_RANGE, lambda: Interval(0, 1, 0)),
    (intervals.PRECISION_OUT_OF_RANGE, lambda: Interval(0, 1, -1)),
    (intervals.PRECISION_OUT_OF_RANGE, lambda: Interval(0, 1, MAX_SIZE + 1)),
    (intervals.PRECISION_OUT_OF_RANGE, lambda: Interval.of(1, 10**18)),
    (intervals.PRECISION_OUT_OF_RANGE, lambda: Interval.of(1, -3)),
    (intervals.PRECISION_OUT_OF_RANGE, lambda: ONE.rounded(10**18)),
    (intervals.PRECISION_OUT_OF_RANGE, lambda: ONE.rounded(0)),
    (intervals.TOO_LARGE, lambda: Interval(0, 1 << MAX_SIZE, 8)),
    (intervals.TOO_LARGE, lambda: Interval(-(1 << MAX_SIZE), 0, 8)),
    (intervals.TOO_LARGE, lambda: HUGE * HUGE),
    (intervals.TOO_LARGE, lambda: HUGE + HUGE),
    (intervals.TOO_LARGE, HUGE.square),
    (intervals.TOO_LARGE, lambda: Interval.of(2, 8).power(10**30)),
    (intervals.TOO_LARGE, lambda: Interval.of(Q(1, 2), 8).power(-(10**30))),
    (intervals.TOO_LARGE, lambda: Interval.of(Q(1, 2), 8).power(1 << MAX_SIZE + 1)),
    (intervals.TOO_LARGE, lambda: Interval.of(10**9, 8).power(MAX_SIZE // 20)),
    (intervals.PRECISIONS_DIFFER, lambda: ONE + ONE.rounded(9)),
    (intervals.PRECISIONS_DIFFER, lambda: ONE - ONE.rounded(9)),
    (intervals.PRECISIONS_DIFFER, lambda: ONE * ONE.rounded(9)),
    (intervals.PRECISIONS_DIFFER, lambda: ONE / ONE.rounded(9)),
    (intervals.PRECISIONS_DIFFER, lambda: ONE.union(ONE.rounded(9))),
    (intervals.PRECISIONS_DIFFER, lambda: ONE.within(ONE.rounded(9))),
    (intervals.DIVISION_BY_ZERO, lambda: ONE / ZERO),
    (intervals.DIVISION_BY_ZERO, lambda: Interval(0, 5, 8).reciprocal()),
    (intervals.DIVISION_BY_ZERO, lambda: Interval(-5, 0, 8).reciprocal()),
    (intervals.DIVISION_BY_ZERO, lambda: Interval(-1, 1, 8).power(-2)),
    (intervals.SQRT_OF_NEGATIVE, lambda: Interval(-1, 9, 8).sqrt()),
]


@pytest.mark.parametrize(("message", "action"), RAISING)
def test_refusals_are_fast_and_say_why(message: str, action: Callable[[], object]) -> None:
    """Every refusal is an EnclosureError with its constant message, within milliseconds."""
    start = time.perf_counter()
    with pytest.raises(EnclosureError) as caught:
        action()
    assert str(caught.value) == message
    assert time.perf_counter() - start < 5


def test_every_message_of_the_module_is_exercised() -> None:
    """The table above leaves out no refusal of the module."""
    messages = {v for k, v in vars(intervals).items() if k.isupper() and isinstance(v, str)}
    assert messages == {message for message, _ in RAISING}


def test_intervals_cannot_be_changed() -> None:
    """An interval is frozen and has no room for other attributes."""
    with pytest.raises(dataclasses.FrozenInstanceError):
        ONE.lo = 5  # type: ignore[misc]
    assert not hasattr(ONE, "__dict__")
    assert hash(ONE) == hash(Interval.of(1, 8))


@pytest.mark.parametrize("module", [intervals, enclosures])
def test_source_has_no_float_and_no_assert(module: object) -> None:
    """No float literal, no call of float, no assert statement in the two modules."""
    nodes = list(ast.walk(ast.parse(inspect.getsource(module))))  # type: ignore[arg-type]
    assert not [n for n in nodes if isinstance(n, ast.Assert)]
    assert not [n for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, float)]
    assert not [n for n in nodes if isinstance(n, ast.Name) and n.id in ("float", "round")]
