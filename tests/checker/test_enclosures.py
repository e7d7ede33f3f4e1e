"""Enclosures against mpmath at a much higher precision: sound, narrow, and loud in refusing."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import count, islice, repeat
from math import isqrt
from typing import Any

import mpmath
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from symact.checker import enclosures, intervals
from symact.checker.enclosures import ENCLOSURES, MAX_TURN_SIZE, cos, erf, exp, log, pi, sin
from symact.checker.intervals import MAX_SIZE, EnclosureError, Interval

Q = Fraction
quick = settings(max_examples=150, deadline=None)
SMOOTH = ("exp", "log", "sqrt", "atan", "erf", "sin", "cos")
PRECISIONS = (24, 64, 128, 300)


def exact(value: Any) -> Q:
    """The rational number that an mpf is."""
    sign, man, exponent, _ = value._mpf_
    magnitude: Q = Q(man) * Q(2) ** exponent
    return -magnitude if sign else magnitude


def true_value(name: str, argument: Q, bits: int) -> Q:
    """f(argument) to more than bits + 100 bits after the point, by mpmath."""
    size = abs(argument.numerator).bit_length() - argument.denominator.bit_length()
    growth = 2 * int(abs(argument)) if name == "exp" else 2 * abs(size)
    with mpmath.workprec(bits + growth + 150):
        point = mpmath.mpf(argument.numerator) / argument.denominator
        return exact(getattr(mpmath, name)(point))


def check_point(name: str, n: int, bits: int, ulps: int = 2) -> None:
    """The enclosure of f(n / 2**bits) contains the true value and is at most some ulps wide."""
    result = ENCLOSURES[name](Interval(n, n, bits))
    assert result.contains(true_value(name, Q(n, 1 << bits), bits)), (name, n, bits)
    assert result.hi - result.lo <= ulps, (name, n, bits)
    assert name != "exp" or result.lo >= 0
    assert name not in ("erf", "sin", "cos") or result.within(Interval.between(-1, 1, bits))


def in_domain(name: str, n: int) -> bool:
    """Whether the function is defined at numbers of this sign."""
    return n > 0 if name == "log" else n >= 0 if name == "sqrt" else True


def arguments(name: str, bits: int, seed: int) -> list[int]:
    """A hundred random numbers of every size that suits the function, and its special points."""
    rng = random.Random(f"{name} {bits} {seed}")
    largest = {"exp": 8, "erf": 5}.get(name, 60)
    found = [0, 1, -1, 1 << bits, -1 << bits, (1 << bits) - 1, (1 << bits) + 1]
    for _ in range(60):
        number = rng.getrandbits(rng.randint(1, bits + largest))
        found.append(rng.choice((number, -number)))
    half_pi = pi(bits).lo // 2
    for _ in range(20):  # beside the zeros and extrema of sin and cos
        found.append(rng.randint(-200, 200) * half_pi + rng.randint(-3, 3))
    for _ in range(20):  # beside 1, where log has its zero
        found.append((1 << bits) + rng.randint(-9, 9))
    return [n for n in found if in_domain(name, n)]


@pytest.mark.parametrize("bits", PRECISIONS)
@pytest.mark.parametrize("name", SMOOTH)
def test_random_points(name: str, bits: int) -> None:
    """Several hundred points a function and precision: true value inside, two ulps wide."""
    for seed in range(6):
        for n in arguments(name, bits, seed):
            check_point(name, n, bits, ulps=2)


@pytest.mark.parametrize("bits", range(1, 7))
@pytest.mark.parametrize("name", SMOOTH)
def test_every_point_at_low_precision(name: str, bits: int) -> None:
    """All numbers of [-8, 8) at 1 to 6 bits, where each rounding is large and guards are short."""
    for n in range(-8 << bits, 8 << bits):
        if in_domain(name, n):
            check_point(name, n, bits, ulps=2)


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Take away the spare bits of the working precision, which hide the errors of the sums."""
    pi.cache_clear()
    monkeypatch.setattr(enclosures, "_wide", lambda bits: bits)
    yield
    pi.cache_clear()


@pytest.mark.usefixtures("bare")
@pytest.mark.parametrize("bits", range(6, 8))
@pytest.mark.parametrize("name", SMOOTH)
def test_no_proof_needs_the_spare_bits(name: str, bits: int) -> None:
    """Without them the results are wide but right: each stated error is needed and enough."""
    largest = {"log": 200, "sin": 90, "cos": 90}.get(name, 6)
    for n in range(-largest << bits, largest << bits, max(1, largest // 10)):
        if in_domain(name, n):
            check_point(name, n, bits, ulps=1 << bits + 12)


@pytest.mark.usefixtures("bare")
@pytest.mark.parametrize("bits", range(3, 6))
def test_sine_gives_up_when_pi_is_too_coarse(bits: int) -> None:
    """Where the error of pi would blur the quarter of an argument, the answer is [-1, 1]."""
    gave_up = 0
    for n in range(-40 << bits, 40 << bits, 3):
        x = Interval(n, n + 5, bits)
        gave_up += sin(x) == Interval.between(-1, 1, bits)
        for k in range(6):
            assert sin(x).contains(true_value("sin", Q(n + k, 1 << bits), bits))
    assert gave_up > 0


@pytest.mark.parametrize("bits", [1000, 3000])
@pytest.mark.parametrize("name", SMOOTH)
def test_a_few_points_at_high_precision(name: str, bits: int) -> None:
    """The error allowances do not grow with the precision."""
    for value in (Q(1, 7), Q(22, 7), Q(10**9 + 1, 10**9)):
        check_point(name, Interval.of(value, bits).lo, bits, ulps=2)


@pytest.mark.parametrize("name", SMOOTH)
def test_more_bits_narrow_the_enclosure(name: str) -> None:
    """From one precision to its double the width falls by nearly 2**bits, and both agree."""
    for value in (Q(1, 3), Q(5, 2)):
        coarse, fine = (ENCLOSURES[name](Interval.of(value, bits)) for bits in (60, 120))
        assert (fine.upper - fine.lower) * 2**55 < coarse.upper - coarse.lower + Q(1, 2**120)
        assert max(coarse.lower, fine.lower) <= min(coarse.upper, fine.upper)


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("exp", 0, 1),
        ("log", 1, 0),
        ("sqrt", 0, 0),
        ("sqrt", Q(9, 4), Q(3, 2)),
        ("atan", 0, 0),
        ("erf", 0, 0),
        ("sin", 0, 0),
        ("cos", 0, 1),
    ],
)
def test_exact_values(name: str, value: Q, expected: Q) -> None:
    """At the points where the value is rational the enclosure is that one number."""
    assert ENCLOSURES[name](Interval.of(value, 128)) == Interval.of(expected, 128)


@pytest.mark.parametrize(
    ("name", "value", "bits"),
    [
        ("exp", 300, 128),
        ("exp", -80, 128),
        ("exp", -89, 128),
        ("log", Q(1, 10**300), 1100),
        ("log", 10**300, 128),
        ("log", 10**3000, 16),
        ("atan", 10**40, 128),
        ("atan", -(10**40), 128),
        ("atan", 10**1000, 128),
        ("erf", 50, 128),
        ("erf", -50, 128),
        ("erf", 10**100, 128),
        ("erf", Q(1, 10**30), 128),
        ("sin", 10**30, 128),
        ("cos", -(10**30), 128),
        ("sin", 10**1000, 64),
        ("cos", Q(1, 10**30), 128),
    ],
)
def test_huge_and_tiny_arguments(name: str, value: Q, bits: int) -> None:
    """Arguments of every size are enclosed, within three ulps if they are exact."""
    x = Interval.of(value, bits)
    result = ENCLOSURES[name](x)
    assert result.contains(true_value(name, Q(value), bits))
    widest = Q(3, 1 << bits) if x.lo == x.hi else Q(1, 10**20)
    assert result.upper - result.lower <= widest


def test_exp_of_very_negative_numbers_is_below_an_ulp() -> None:
    """exp(-10**6) is [0, ulp], at once also for exp(-10**9000)."""
    for value in (-(10**6), -(10**9000)):
        assert exp(Interval.of(value, 128)) == Interval(0, 1, 128)


@pytest.mark.parametrize("bits", [1, 2, 3, 8, 24, 64, 128])
def test_erf_where_the_series_ends(bits: int) -> None:
    """Beside sqrt(bits), and beside the roots of the numbers below it, erf is enclosed."""
    for square in range(max(1, bits - 4), bits + 3):
        switch = isqrt(square << 2 * bits)
        for n in (*range(switch - 2, switch + 3), -switch, switch + (1 << bits)):
            check_point("erf", n, bits, ulps=2)


def test_erf_never_leaves_its_range() -> None:
    """No enclosure of erf reaches beyond ±1, and far out only the last ulp is left open."""
    for n in range(-40, 41):
        x = erf(Interval(n << 21, n << 21, 24))
        assert -(1 << 24) <= x.lo <= x.hi <= 1 << 24
    assert erf(Interval.of(50, 24)) == Interval((1 << 24) - 1, 1 << 24, 24)
    assert erf(Interval.of(-50, 24)) == Interval(-1 << 24, 1 - (1 << 24), 24)


@st.composite
def wide_intervals(draw: st.DrawFn) -> tuple[str, Interval]:
    """A function and an interval in its domain, from a single point to a width of about 20."""
    name, bits = draw(st.sampled_from((*SMOOTH, "floor"))), draw(st.sampled_from((3, 20, 90)))
    lo = draw(st.integers(-(10 << bits), 10 << bits))
    x = Interval(lo, lo + draw(st.integers(0, 10 << bits) | st.integers(0, 40)), bits)
    assume(in_domain(name, x.lo))
    return name, x


@quick
@given(wide_intervals(), st.data())
def test_the_image_of_inner_points_is_inside(case: tuple[str, Interval], data: Any) -> None:
    """f(x) contains the value at every point of x, not only at its ends."""
    name, x = case
    result = ENCLOSURES[name](x)
    for share in (*data.draw(st.lists(st.fractions(0, 1), max_size=9)), Q(0), Q(1)):
        point = x.lower + share * (x.upper - x.lower)
        assert result.contains(true_value(name, point, x.bits + 64))


@quick
@given(wide_intervals(), st.data())
def test_a_part_has_a_part_of_the_image(case: tuple[str, Interval], data: Any) -> None:
    """A smaller argument gives a smaller result, up to the ulp by which rounding may differ."""
    name, x = case
    lo = data.draw(st.integers(x.lo, x.hi))
    part = ENCLOSURES[name](Interval(lo, data.draw(st.integers(lo, x.hi)), x.bits))
    whole = ENCLOSURES[name](x)
    assert part.within(Interval(whole.lo - 1, whole.hi + 1, x.bits))


def true_sine_range(lo: Q, hi: Q, quarter: int) -> tuple[Q, Q]:
    """The exact range of sin(x + quarter pi/2) on [lo, hi], by listing the extrema."""
    name = ("sin", "cos")[quarter]
    ends = [true_value(name, end, 40) for end in (lo, hi)]
    with mpmath.workprec(200):
        half_pi = exact(+mpmath.pi) / 2
    for turn in range(-41, 42):
        if lo <= (turn - quarter) * half_pi <= hi and turn % 2:
            ends.append(Q(1) if turn % 4 == 1 else Q(-1))
    return min(ends), max(ends)


@pytest.mark.parametrize("quarter", [0, 1])
def test_sine_of_every_interval_on_a_grid(quarter: int) -> None:
    """All intervals with ends in quarters of [-7, 7]: extrema found, none invented."""
    for lo in range(-28, 29):
        for hi in range(lo, min(lo + 30, 29)):
            low, high = true_sine_range(Q(lo, 4), Q(hi, 4), quarter)
            result = (sin, cos)[quarter](Interval(lo << 10, hi << 10, 12))
            assert result.lower <= low
            assert high <= result.upper
            assert low - result.lower < Q(3, 1 << 12)
            assert result.upper - high < Q(3, 1 << 12)


@pytest.mark.parametrize("turn", [-7, -4, -3, -2, -1, 0, 1, 2, 3, 4, 9, 10**6 + 1, -(10**20)])
def test_extrema_at_the_edge_of_the_argument(turn: int) -> None:
    """An extremum within an ulp or two of an end is contained whichever side it is on."""
    bits = 100
    edge = Interval.of(turn, 200) * pi(200) / Interval.of(2, 200)
    for lo, hi in ((-2, 0), (-1, 0), (0, 1), (1, 2), (-9, 9), (0, 1 << 99), (-1 << 99, 1)):
        n = edge.rounded(bits).lo
        x = Interval(n + lo, n + hi, bits)
        for name, function in (("sin", sin), ("cos", cos)):
            result = function(x)
            if x.lower <= edge.lower and edge.upper <= x.upper:
                with mpmath.workprec(400):
                    peak = exact(getattr(mpmath, name)(mpmath.pi * turn / 2))
                assert abs(result.lower - peak) < Q(1, 2**90) or result.lower < peak
                assert result.contains(peak.__round__())
            for point in (x.lower, x.upper):
                assert result.contains(true_value(name, point, bits))


@pytest.mark.parametrize(
    "x",
    [
        Interval.between(0, 7, 64),
        Interval.between(-(10**50), 10**50, 64),
        Interval.of(2 ** (MAX_TURN_SIZE + 1), 64),
        Interval.of(-(10**9000), 8),
    ],
)
def test_sine_gives_up_to_its_range(x: Interval) -> None:
    """Arguments wider than a period, or too large to be reduced, give [-1, 1]."""
    assert sin(x) == cos(x) == Interval.between(-1, 1, x.bits)


@pytest.mark.parametrize(
    ("lower", "upper", "lo", "hi"),
    [
        (Q(1, 2), Q(3, 4), 0, 0),
        (Q(-1, 2), Q(-1, 4), -1, -1),
        (3, 3, 3, 3),
        (-3, -3, -3, -3),
        (Q(7, 2), 4, 3, 4),
        (Q(-1, 4), Q(1, 4), -1, 0),
        (Q(-9, 4), Q(9, 4), -3, 2),
    ],
)
def test_floor(lower: Q, upper: Q, lo: int, hi: int) -> None:
    """One integer when both ends agree, the hull of all integer parts otherwise."""
    assert ENCLOSURES["floor"](Interval.between(lower, upper, 8)) == Interval.between(lo, hi, 8)


@pytest.mark.parametrize("bits", [*range(1, 80), 128, 1000, 5000])
def test_pi(bits: int) -> None:
    """The enclosure contains pi, within two ulps, and the cached answer is the first one."""
    first = pi(bits)
    with mpmath.workprec(bits + 100):
        assert first.contains(exact(+mpmath.pi))
    assert first.hi - first.lo <= 2
    assert pi(bits) == first


RAISING: list[tuple[str, Callable[[], object]]] = [
    (enclosures.LOG_OF_NONPOSITIVE, lambda: log(Interval(0, 5, 8))),
    (enclosures.LOG_OF_NONPOSITIVE, lambda: log(Interval(-1, 5, 8))),
    (enclosures.LOG_OF_NONPOSITIVE, lambda: log(Interval.of(Q(1, 10**300), 128))),
    (intervals.TOO_LARGE, lambda: exp(Interval.of(10**9, 128))),
    (intervals.TOO_LARGE, lambda: exp(Interval.of(10**9000, 128))),
    (intervals.TOO_LARGE, lambda: exp(Interval.between(0, MAX_SIZE, 128))),
    (intervals.PRECISION_OUT_OF_RANGE, lambda: pi(0)),
    (intervals.PRECISION_OUT_OF_RANGE, lambda: pi(10**18)),
    (intervals.PRECISION_OUT_OF_RANGE, lambda: erf(Interval(1, 1, MAX_SIZE))),
    (intervals.PRECISION_OUT_OF_RANGE, lambda: sin(Interval(1, 1, MAX_SIZE))),
    (intervals.PRECISION_OUT_OF_RANGE, lambda: erf(Interval.of(127, 16384))),
    (intervals.SQRT_OF_NEGATIVE, lambda: ENCLOSURES["sqrt"](Interval(-1, 1, 8))),
]


@pytest.mark.parametrize(("message", "action"), RAISING)
def test_refusals_are_fast_and_say_why(message: str, action: Callable[[], object]) -> None:
    """A function outside its domain or its means raises its constant message at once."""
    start = time.perf_counter()
    with pytest.raises(EnclosureError) as caught:
        action()
    assert str(caught.value) == message
    assert time.perf_counter() - start < 5


@quick
@given(
    st.integers(0, 400),
    st.integers(-300, 300),
    st.integers(6, 9),
    st.sampled_from(("1", "k", "2k")),
)
def test_the_series_lemma(first: int, factor: int, shift: int, kind: str) -> None:
    """|S - s| <= K (A + 1) against exact rational sums, where every floor matters."""
    assume(kind != "1" or abs(factor) <= 1 << shift - 1)
    divisors = {"1": repeat(1), "k": count(1), "2k": (k * (k + 1) for k in count(1, 2))}
    value, steps = enclosures._series(first, factor, shift, divisors[kind], count(1, 2))
    terms = [Q(first)]
    divisors = {"1": repeat(1), "k": count(1), "2k": (k * (k + 1) for k in count(1, 2))}
    for divisor in islice(divisors[kind], 60):
        terms.append(terms[-1] * factor / (divisor << shift))
    total = sum((term / (2 * k + 1) for k, term in enumerate(terms)), Q(0))
    size = sum((abs(term) for term in terms), Q(0)) / max(first, 1)
    assert abs(total - value) <= steps * (size + 1) + Q(1, 10**6)


@pytest.mark.parametrize("wide", range(4, 11))
def test_logarithms_of_mantissas_at_low_precision(wide: int) -> None:
    """The range value ± error holds the logarithms of m and the next number, for 1 <= m <= 2."""
    for m in range(1 << wide, (2 << wide) + 1):
        value, error = enclosures._log_mantissa(m, wide)
        for neighbour in (m, m + 1):
            true = true_value("log", Q(neighbour, 1 << wide), wide) * 2**wide
            assert abs(true - value) <= error


@pytest.mark.parametrize("wide", range(4, 9))
def test_sines_of_reduced_arguments_at_low_precision(wide: int) -> None:
    """The range value ± error holds sin and cos of every reduced argument, in all four quarters."""
    for rest in range(-(1 << wide), (1 << wide) + 1):
        for turn, name, sign in ((0, "sin", 1), (1, "cos", 1), (-2, "sin", -1), (7, "cos", -1)):
            value, error = enclosures._sine_of(turn, rest, 0, wide)
            true = sign * true_value(name, Q(rest, 1 << wide), wide) * 2**wide
            assert abs(true - value) <= error


def test_speed() -> None:
    """An exp at 128 bits takes well under a millisecond even on a busy machine."""
    x = Interval.of(Q(3, 7), 128)
    best = min(_seconds(lambda: exp(x)) for _ in range(50))
    assert best < 0.0005


def _seconds(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start
