"""Enclosures of exp, log, atan, erf, sin, cos, floor and pi: interval in, interval out.

Above: the checker's rules. Below: `intervals`, whose promise these functions keep.

A number n stands for n / 2**bits, and that precision's ulp is 2**-bits. Each function works at a
higher precision `wide`, adds up one series, states by how many of its ulps that may be wrong, and
rounds outward. How wide, and how deep to reduce, is a matter of narrow results and of speed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from itertools import count, repeat
from math import isqrt
from types import MappingProxyType

from symact.checker.intervals import MAX_SIZE, TOO_LARGE, EnclosureError, Interval

MAX_TURN_SIZE = 1 << 12  # sin and cos beyond 2**this give [-1, 1]: so much of pi costs too much
LOG_OF_NONPOSITIVE = "enclosure: logarithm of an interval that reaches 0 or below"

Ends = tuple[int, int]


def _series(
    first: int, factor: int, shift: int, divisors: Iterable[int], weights: Iterable[int]
) -> Ends:
    """(s, K), where s is near S = T(0)/w(0) + T(1)/w(1) + … after K steps;
    T(0) = first, T(k+1) = T(k) q(k), q(k) = factor / (2**shift divisors(k)), w = weights.

    Requires: |q(k)| never increases and ends below 1; weights >= 1, the first is 1;
    first >= 0 or factor <= 0 (else a last term of -1 would be floored to -1 for ever).

    Lemma: |S - s| <= K (A + 1) with A = (|T(0)| + |T(1)| + …) / |T(0)|.
    Proof. Step k turns t into floor(t q(k)) (two nested floors are one): an error d, 0 <= d < 1,
    which the later terms carry on as d q(k+1), d q(k+1) q(k+2), …. As |q| never increases, all
    of these together are at most d (1 + |q(0)| + |q(0) q(1)| + …) = d A, and weights only help.
    So K steps cost at most K A; as the last gives t = 0, and later steps would too, free of error,
    that includes the tail. The K quotients by weights cost less than 1 each.
    """
    if not factor:
        return first, 0
    total, term, steps = 0, first, 0
    for divisor, weight in zip(divisors, weights, strict=False):
        if not term:
            break
        total += term // weight
        term = (term * factor >> shift) // divisor
        steps += 1
    return total, steps


def _outward(value: int, error: int, drop: int) -> Ends:
    """The ends of value ± error after dropping some bits."""
    return (value - error) >> drop, -((-value - error) >> drop)


def _depth(bits: int) -> int:
    """How often to halve an argument before its series, at least 4: balances the costs."""
    return 4 + isqrt(bits) // 4


def _wide(bits: int) -> int:
    """A few more bits, which the errors of a sum use up; in steps of 64, to find pi cached."""
    return bits + bits.bit_length() + 6 | 63


def _exp(n: int, bits: int) -> Ends:
    """exp(x) = exp(x / 2**h) ** (2**h). Fails when it would exceed MAX_SIZE bits."""
    if n == 0:
        return 1 << bits, 1 << bits
    if n <= -(bits << bits):
        return 0, 1  # exp(-bits) < 2**-bits
    growth = max(0, n >> bits) * 3 // 2 + 2  # exp(x) < 2**growth, because e < 2**(3/2)
    if growth + bits > MAX_SIZE:
        raise EnclosureError(TOO_LARGE)
    halvings = max(0, abs(n).bit_length() - bits) + _depth(bits)
    wide = _wide(bits + halvings + growth)
    reduced = n << wide - bits - halvings  # exact, and in [-1/16, 1/16], so A <= exp(1/16) < 2
    value, steps = _series(1 << wide, reduced, wide, count(1), repeat(1))
    lo, hi = max(0, value - 3 * steps), value + 3 * steps
    for _ in range(halvings):  # squares of numbers >= 0 keep the direction of rounding
        lo, hi = lo * lo >> wide, -(-hi * hi >> wide)
    return lo >> wide - bits, -(-hi >> wide - bits)


@lru_cache(maxsize=64)  # asked for log 2 every time, so it always remembers that one
def _log_mantissa(m: int, wide: int) -> Ends:
    """log m = 2**(h+1) atanh((r-1)/(r+1)), where r is m after h square roots.

    Returns (value, error) good for the whole of [m, m + 1 ulp]. Requires 1 <= m <= 2.
    """
    halvings, one = _depth(wide), 1 << wide
    root = m
    for _ in range(halvings):
        root = isqrt(root << wide)
    # root is low by < 2: as sqrt' <= 1/2 on [1, oo), a lag of 2 becomes 1, and isqrt adds < 1.
    # ratio is low by < 2: (r-1)/(r+1) has slope <= 1/2, and the floor adds < 1.
    ratio = (root - one << wide) // (root + one)
    # 0 <= ratio <= 1/3, so A <= 1/(1 - 1/9) < 2, and atanh' <= 9/8 turns the lag of 2 into < 3
    value, steps = _series(ratio, ratio * ratio, 2 * wide, repeat(1), count(1, 2))
    return value << halvings + 1, 3 * steps + 3 << halvings + 1


def _log(n: int, bits: int) -> Ends:
    """log(2**k m) = k log 2 + log m. Requires n > 0."""
    if n == 1 << bits:
        return 0, 0
    exponent = n.bit_length() - 1 - bits
    wide = _wide(bits + _depth(bits) + exponent.bit_length())
    drop = n.bit_length() - 1 - wide  # n = 2**exponent m; dropping bits of m lowers it by < 1
    value, error = _log_mantissa(n >> drop if drop > 0 else n << -drop, wide)
    value_two, error_two = _log_mantissa(2 << wide, wide)
    return _outward(value + exponent * value_two, error + abs(exponent) * error_two, wide - bits)


def _atan(n: int, bits: int) -> Ends:
    """atan(x) = 2**h atan(z), where z is x after h times z -> z / (1 + sqrt(1 + z**2))."""
    if n == 0:
        return 0, 0
    halvings = _depth(bits)
    wide = _wide(bits + halvings)
    one, z = 1 << wide, abs(n) << wide - bits
    for _ in range(halvings):
        z = (z << wide) // (one + isqrt((one << wide) + z * z))
    # z is wrong by <= 2: the map has slope <= 1/2, so 2 becomes 1; its denominator is low by < 1
    # and >= 2 * one, which raises the quotient (< 1) by <= 1/2; the floor lowers it by < 1.
    # 0 <= z <= tan(pi/32) + 2 ulps < 1/2, so A <= 1/(1 - 1/4) < 2; atan' <= 1 keeps the 2
    value, steps = _series(z, -z * z, 2 * wide, repeat(1), count(1, 2))
    lo, hi = _outward(value << halvings, 3 * steps + 2 << halvings, wide - bits)
    return (lo, hi) if n >= 0 else (-hi, -lo)


@lru_cache(maxsize=64)
def pi(bits: int) -> Interval:
    """pi = 4 atan(1). Fails when bits is outside 1 … MAX_SIZE - 4."""
    quarter = atan(Interval.of(1, bits + 4))
    return Interval(4 * quarter.lo, 4 * quarter.hi, bits + 4).rounded(bits)


def _erf(n: int, bits: int) -> Ends:
    """erf(x) = 2/sqrt(pi) (x - x**3/(1! 3) + x**5/(2! 5) - …)."""
    if n < 0:
        lo, hi = _erf(-n, bits)
        return -hi, -lo
    one, square = 1 << bits, (n * n >> 2 * bits) + 1  # x**2 < square
    if square > bits:
        return one - 1, one  # 0 < 1 - erf(x) <= exp(-x**2) <= exp(-bits) < 2**-bits
    growth = (3 * square + 1) // 2  # A = exp(x**2) <= 2**growth, because e < 2**(3/2)
    wide = _wide(bits + growth)
    root = pi(wide).sqrt()  # fails, before any other work, when wide is too large
    value, steps = _series(n << wide - bits, -n * n, 2 * bits, count(1), count(1, 2))
    error = steps * ((1 << growth) + 1)
    result = (Interval(2 * (value - error), 2 * (value + error), wide) / root).rounded(bits)
    return result.lo, min(result.hi, one)


def _reduce(n: int, bits: int, wide: int) -> tuple[int, int, int]:
    """n = turn pi/2 + rest ± error at precision wide, with |rest| <= 1."""
    half_pi = pi(wide - 1)  # with one bit less, the same integers stand for pi/2
    exact = n << wide - bits
    turn = (2 * exact + half_pi.lo) // (2 * half_pi.lo)  # nearest, so |rest| <= pi/4 < 1
    return turn, exact - turn * half_pi.lo, abs(turn) * (half_pi.hi - half_pi.lo)


def _sine_of(turn: int, rest: int, error: int, wide: int) -> Ends:
    """sin(rest ± error + turn pi/2) = value ± error, from sin(rest) or cos(rest)."""
    even = turn % 2 == 0
    first = rest if even else 1 << wide
    divisors = (k * (k + 1) for k in count(2 if even else 1, 2))
    # A <= cosh(1) < 2; sin and cos have slopes in [-1, 1], so the error of rest stays
    value, steps = _series(first, -rest * rest, 2 * wide, divisors, repeat(1))
    return (value if turn % 4 < 2 else -value), 3 * steps + error


def _sine(x: Interval, quarter: int) -> Interval:
    """{sin(x + quarter pi/2)}; all of [-1, 1] for arguments too wide or too large."""
    bits, one = x.bits, 1 << x.bits
    size = max(0, max(abs(x.lo), abs(x.hi)).bit_length() - bits)
    if x.hi - x.lo >= 7 << bits or size > MAX_TURN_SIZE:  # 7 > 2 pi
        return Interval(-one, one, bits)
    wide = _wide(bits + size)
    left, right = _reduce(x.lo, bits, wide), _reduce(x.hi, bits, wide)
    if max(left[2], right[2]) >= 1 << wide - 3:  # an error of 1/8: spare bits too few, see below
        return Interval(-one, one, bits)
    ends: list[int] = []
    for turn, rest, error in (left, right):
        ends += _outward(*_sine_of(turn + quarter, rest, error, wide), wide - bits)
    # Every multiple of pi/2 inside x is among these turns: the one nearest to an end counts unless
    # it is certainly outside; its neighbours are at least pi/4 - 1/8 > 0 away from that end.
    first = left[0] + (left[1] > left[2])
    last = right[0] - (right[1] < -right[2])
    turns = {(turn + quarter) % 4 for turn in range(first, last + 1)}
    lo = -one if 3 in turns else max(-one, min(ends))
    hi = one if 1 in turns else min(one, max(ends))
    return Interval(lo, hi, bits)


def _increasing(ends: Callable[[int, int], Ends], x: Interval) -> Interval:
    """{f(x)} of an increasing f from the ends of x."""
    lo, hi = ends(x.lo, x.bits)
    if x.lo != x.hi:
        hi = ends(x.hi, x.bits)[1]
    return Interval(lo, hi, x.bits)


def exp(x: Interval) -> Interval:
    """{exp(x)}. Fails when the result would exceed MAX_SIZE bits."""
    return _increasing(_exp, x)


def log(x: Interval) -> Interval:
    """{log(x)}. Fails when x reaches 0 or below."""
    if x.lo <= 0:
        raise EnclosureError(LOG_OF_NONPOSITIVE)
    return _increasing(_log, x)


def atan(x: Interval) -> Interval:
    """{atan(x)}. Never fails."""
    return _increasing(_atan, x)


def erf(x: Interval) -> Interval:
    """{erf(x)}. Fails when the working precision would exceed MAX_SIZE."""
    return _increasing(_erf, x)


def sin(x: Interval) -> Interval:
    """{sin(x)}, a part of [-1, 1]. Fails as erf."""
    return _sine(x, 0)


def cos(x: Interval) -> Interval:
    """{cos(x)}, a part of [-1, 1]. Fails as erf."""
    return _sine(x, 1)


def floor(x: Interval) -> Interval:
    """{floor(x)}: one integer if both ends have the same integer part. Never fails."""
    return Interval(x.lo >> x.bits << x.bits, x.hi >> x.bits << x.bits, x.bits)


ENCLOSURES: Mapping[str, Callable[[Interval], Interval]] = MappingProxyType(
    {f.__name__: f for f in (exp, log, Interval.sqrt, atan, erf, sin, cos, floor)}
)
