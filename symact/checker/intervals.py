"""Intervals of real numbers with integer ends: Interval(lo, hi, bits) is [lo, hi] / 2**bits.

Above: `enclosures` (exp, log, …). Below: nothing but the integers.

The one promise: an operation on intervals returns an interval that contains the operation's
result for *every* choice of real numbers in its arguments. Floors are written `a // b` and
`a >> s`, ceilings `-(-a // b)` and `-(-a >> s)`; lower ends are floored, upper ends are ceiled.
There are no floats, no global precision and no empty intervals.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import isqrt
from typing import final

MAX_SIZE = 1 << 15  # bits of precision and bits of an end: 4 KiB a number, exp(exp(10)) fits

EMPTY = "interval: the lower end exceeds the upper end"
NOT_INTEGERS = "interval: ends and precision must be integers"
PRECISION_OUT_OF_RANGE = "interval: precision out of range"
TOO_LARGE = "interval: number too large"
PRECISIONS_DIFFER = "interval: precisions differ"
DIVISION_BY_ZERO = "interval: division by an interval that contains 0"
SQRT_OF_NEGATIVE = "interval: square root of an interval that reaches below 0"


class EnclosureError(ArithmeticError):
    """No enclosure can be given; the message is one of the constants of these two modules."""


@final
@dataclass(frozen=True, slots=True)
class Interval:
    """[lo, hi] / 2**bits, never empty.

    Fails with EnclosureError: lo > hi, anything but true integers, bits outside 1 … MAX_SIZE,
    an end of more than MAX_SIZE bits. Since every operation ends here, none can eat memory.
    """

    lo: int
    hi: int
    bits: int

    def __post_init__(self) -> None:
        if not (type(self.lo) is type(self.hi) is type(self.bits) is int):
            raise EnclosureError(NOT_INTEGERS)
        if not 1 <= self.bits <= MAX_SIZE:
            raise EnclosureError(PRECISION_OUT_OF_RANGE)
        if self.lo > self.hi:
            raise EnclosureError(EMPTY)
        if self.lo.bit_length() > MAX_SIZE or self.hi.bit_length() > MAX_SIZE:
            raise EnclosureError(TOO_LARGE)

    @staticmethod
    def of(value: Fraction | int, bits: int) -> Interval:
        """The smallest interval of this precision around `value`. Fails as the constructor."""
        return Interval.between(value, value, bits)

    @staticmethod
    def between(lower: Fraction | int, upper: Fraction | int, bits: int) -> Interval:
        """The smallest interval that contains [lower, upper]. Fails for lower > upper."""
        if lower > upper:  # before rounding, which could hide it
            raise EnclosureError(EMPTY)
        if not 1 <= bits <= MAX_SIZE:  # before shifting, which could eat memory
            raise EnclosureError(PRECISION_OUT_OF_RANGE)
        lo = (lower.numerator << bits) // lower.denominator
        hi = -((-upper.numerator << bits) // upper.denominator)
        return Interval(lo, hi, bits)

    @property
    def lower(self) -> Fraction:
        """The lower end, exactly. Never fails."""
        return Fraction(self.lo, 1 << self.bits)

    @property
    def upper(self) -> Fraction:
        """The upper end, exactly. Never fails."""
        return Fraction(self.hi, 1 << self.bits)

    def sign(self) -> int:
        """1 if all of it is > 0, -1 if all of it is < 0, 0 if it contains 0 (sign unknown)."""
        return (self.lo > 0) - (self.hi < 0)

    def contains_zero(self) -> bool:
        """0 in self. Never fails."""
        return self.lo <= 0 <= self.hi

    def contains(self, value: Fraction | int) -> bool:
        """value in self, decided exactly. Never fails."""
        return self.lower <= value <= self.upper

    def within(self, other: Interval) -> bool:
        """self is a part of other. Fails when the precisions differ."""
        self._match(other)
        return other.lo <= self.lo and self.hi <= other.hi

    def union(self, other: Interval) -> Interval:
        """The smallest interval that contains both. Fails when the precisions differ."""
        self._match(other)
        return Interval(min(self.lo, other.lo), max(self.hi, other.hi), self.bits)

    def rounded(self, bits: int) -> Interval:
        """self with another precision: exact if finer, rounded outward if coarser."""
        if not 1 <= bits <= MAX_SIZE:  # before shifting, which could eat memory
            raise EnclosureError(PRECISION_OUT_OF_RANGE)
        if bits >= self.bits:
            return Interval(self.lo << bits - self.bits, self.hi << bits - self.bits, bits)
        drop = self.bits - bits
        return Interval(self.lo >> drop, -(-self.hi >> drop), bits)

    def _match(self, other: Interval) -> None:
        if self.bits != other.bits:
            raise EnclosureError(PRECISIONS_DIFFER)

    def __neg__(self) -> Interval:
        """{-x}, exactly. Never fails."""
        return Interval(-self.hi, -self.lo, self.bits)

    def __add__(self, other: Interval) -> Interval:
        """{x + y}, exactly. Fails when the precisions differ."""
        self._match(other)
        return Interval(self.lo + other.lo, self.hi + other.hi, self.bits)

    def __sub__(self, other: Interval) -> Interval:
        """{x - y} for independent x and y, exactly. Fails when the precisions differ."""
        self._match(other)
        return Interval(self.lo - other.hi, self.hi - other.lo, self.bits)

    def __mul__(self, other: Interval) -> Interval:
        """{x * y} for independent x and y, so i * i is not i.square(). Fails as `+`."""
        self._match(other)
        a, b, c, d = self.lo, self.hi, other.lo, other.hi
        products = (a * c, a * d, b * c, b * d)  # a bilinear function is extreme at corners
        return Interval(min(products) >> self.bits, -(-max(products) >> self.bits), self.bits)

    def __truediv__(self, other: Interval) -> Interval:
        """{x / y}. Fails when other contains 0 or the precisions differ."""
        self._match(other)
        if other.contains_zero():
            raise EnclosureError(DIVISION_BY_ZERO)
        a, b, c, d = self.lo << self.bits, self.hi << self.bits, other.lo, other.hi
        # x / y is monotone in x and, on either side of 0, in y: extreme at corners
        lo = min(a // c, a // d, b // c, b // d)
        hi = -min(-a // c, -a // d, -b // c, -b // d)
        return Interval(lo, hi, self.bits)

    def reciprocal(self) -> Interval:
        """{1 / x}. Fails when self contains 0."""
        return Interval(1 << self.bits, 1 << self.bits, self.bits) / self

    def square(self) -> Interval:
        """{x * x}, never below 0. Fails only by size."""
        small, large = sorted((self.lo * self.lo, self.hi * self.hi))
        lo = 0 if self.contains_zero() else small >> self.bits
        return Interval(lo, -(-large >> self.bits), self.bits)

    def sqrt(self) -> Interval:
        """{sqrt(x)}. Fails when self reaches below 0."""
        if self.lo < 0:
            raise EnclosureError(SQRT_OF_NEGATIVE)
        # the least integer whose square is at least v > 0 is isqrt(v - 1) + 1
        hi = isqrt((self.hi << self.bits) - 1) + 1 if self.hi else 0
        return Interval(isqrt(self.lo << self.bits), hi, self.bits)

    def power(self, exponent: int) -> Interval:
        """{x ** exponent} for an integer exponent of either sign; x ** 0 is 1, also at 0.

        Fails: a negative exponent when self contains 0; a result that may exceed MAX_SIZE bits.
        """
        if exponent == 0:
            return Interval.of(1, self.bits)
        if exponent < 0:
            if self.contains_zero():
                raise EnclosureError(DIVISION_BY_ZERO)
            size = self.bits + 1 - min(abs(self.lo), abs(self.hi)).bit_length()
        else:
            size = (max(abs(self.lo), abs(self.hi)) - 1).bit_length() - self.bits
        # |x| (or |1/x| for a negative exponent) is at most 2**size =: m; an error of e in an
        # intermediate power grows at most like the result's k * m**k, which the guard absorbs
        k = abs(exponent)
        precision = self.bits + k * max(size, 0) + k.bit_length() + 2
        if precision > MAX_SIZE:
            raise EnclosureError(TOO_LARGE)
        base = self.rounded(precision)
        return _power(base if exponent > 0 else base.reciprocal(), k).rounded(self.bits)


def _power(base: Interval, count: int) -> Interval:
    """{x ** count} for count >= 1: odd powers increase, even powers increase with |x|."""
    ends = (*_power_ends(base.lo, count, base.bits), *_power_ends(base.hi, count, base.bits))
    lo = 0 if count % 2 == 0 and base.contains_zero() else min(ends)
    return Interval(lo, max(ends), base.bits)


def _power_ends(n: int, count: int, bits: int) -> tuple[int, int]:
    """(down, up) around the power of the number n / 2**bits, by squaring; count >= 1."""
    if n < 0:
        down, up = _power_ends(-n, count, bits)
        return (down, up) if count % 2 == 0 else (-up, -down)
    down = up = n
    for digit in bin(count)[3:]:  # products of numbers >= 0 keep the direction of rounding
        down, up = down * down >> bits, -(-up * up >> bits)
        if digit == "1":
            down, up = down * n >> bits, -(-up * n >> bits)
    return down, up
