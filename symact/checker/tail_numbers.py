"""Exact real numbers: Laurent polynomials over the rationals in positive numbers g0, g1, …

    g:   n^e, 0 <= e < 1, n > 1 an integer      S^e, e < 1, S a positive sum      others, any e

Every generator is a positive number, so g^e exists for every rational e. Two numbers whose
difference is {} are equal; equal numbers may differ as polynomials, which costs a proof at most.

Above: `tail_constants`. Below: `polynomials`, `enclosures`.
"""

from __future__ import annotations

from collections.abc import Hashable
from fractions import Fraction

from symact.checker import costs, enclosures
from symact.checker import polynomials as poly
from symact.checker.failures import CannotJudge
from symact.checker.intervals import DIVISION_BY_ZERO, SQRT_OF_NEGATIVE, EnclosureError, Interval
from symact.checker.polynomials import MAX_BITS, ONE, Polynomial

Number = Polynomial

MAX_DIVISOR = 1_000  # larger prime factors of a number are not looked for
MAX_EXPONENT = 1_000  # largest whole exponent of an integer or a sum
MAX_GENERATORS = 100
MAX_WORK = 150_000  # products of monomials, each counted once per 64 bits: some seconds
WORK = 16  # microseconds for one of them
MAX_TIME = 10_000_000  # microseconds for enclosures of functions
UNKNOWN_SIGN = "tail: the sign of a constant is not known at this precision"

ZERO: Number = {}
UNIT: Number = poly.constant(Fraction(1))


def rational(value: Fraction | int) -> Number:
    """The number `value`."""
    return poly.constant(Fraction(value))


def as_rational(number: Number) -> Fraction | None:
    """The rational number that the number is written as; None for another one."""
    if not number:
        return Fraction(0)
    return number[ONE] if number.keys() == {ONE} else None


def single(index: int, exponent: Fraction = Fraction(1)) -> Number:
    """g_index ** exponent."""
    return {((index, exponent),): Fraction(1)} if exponent else UNIT


class Numbers:
    """The generators of one tail, with enclosures at one precision.

    Fails with CannotJudge past size limits, with EnclosureError where a number is not shown to be
    defined, or the sign of one that is needed is not known.
    """

    def __init__(self, bits: int) -> None:
        self.bits = bits
        self.meaning: list[tuple[str, Number]] = []  # function and argument of each generator
        self._values: list[Interval] = []
        self._index: dict[Hashable, int] = {}
        self._integers: dict[int, int] = {}
        self._sums: dict[int, Number] = {}
        self._powers: dict[tuple[int, Fraction], Interval] = {}
        self._work = self._time = 0

    def cost(self) -> int:
        """About how many microseconds were spent so far."""
        return WORK * self._work + self._time

    def enclosed(self, function: str, at: Interval) -> Interval:
        """{function(x)}, for one of `enclosures`; counts the time that it takes."""
        self._time += costs.function(function, (at.lo, at.hi), at.bits)
        if self._time > MAX_TIME:
            raise CannotJudge("too many enclosures in a tail")
        return enclosures.ENCLOSURES[function](at)

    def generator(self, meaning: tuple[str, Number], value: Interval) -> int:
        """Its number, a new one at first sight. Fails with EnclosureError unless value > 0."""
        key = meaning[0], poly.key(meaning[1])
        if key not in self._index:
            if value.lo <= 0:
                raise EnclosureError(UNKNOWN_SIGN)
            if len(self._values) >= MAX_GENERATORS:
                raise CannotJudge("too many constants")
            self._index[key] = len(self._values)
            self._values.append(value)
            self.meaning.append(meaning)
        return self._index[key]

    def integer(self, n: int) -> int:
        """The generator n > 1."""
        index = self.generator(("integer", rational(n)), Interval.of(n, self.bits))
        self._integers[index] = n
        return index

    # -- enclosures -------------------------------------------------------------------------------
    def value(self, number: Number) -> Interval:
        """An interval that contains the number."""
        total = Interval.of(0, self.bits)
        for monomial, coefficient in number.items():
            product = Interval.of(coefficient, self.bits)
            for index, exponent in monomial:
                product = product * self._power(index, exponent)
            total = total + product
        return total

    def _power(self, index: int, exponent: Fraction) -> Interval:
        """An enclosure of g ** exponent = exp(exponent log g), as g > 0."""
        known = self._powers.get((index, exponent))
        if known is None:
            base = self._values[index]
            if exponent.denominator == 1:
                known = base.power(int(exponent))
            else:
                power = self.enclosed("log", base) * Interval.of(exponent, self.bits)
                known = self.enclosed("exp", power)
            self._powers[index, exponent] = known
        return known

    def sign(self, number: Number) -> int:
        """1 or -1. Fails with EnclosureError when it is not known, and for 0."""
        sign = self.value(number).sign()
        if not sign:
            raise EnclosureError(UNKNOWN_SIGN)
        return sign

    # -- products and powers ----------------------------------------------------------------------
    def product(self, left: Number, right: Number) -> Number:
        """left * right."""
        if not left or not right:
            return ZERO
        size = sum(max(_size(c) for c in side.values()) for side in (left, right))
        self._work += len(left) * len(right) * (1 + size // 64)
        if self._work > MAX_WORK:
            raise CannotJudge("too much work with constants")
        return self.reduced(poly.product(left, right))

    def reduced(self, number: Number) -> Number:
        """The same number with n^e for 0 <= e < 1 only, and S^e for e < 1 only."""
        if all(self._whole(g, e) == 0 for monomial in number for g, e in monomial):
            return number
        total: Number = {}
        for monomial, coefficient in number.items():
            outer = rational(coefficient)
            rest = []
            for index, exponent in monomial:
                whole = self._whole(index, exponent)
                if exponent != whole:
                    rest.append((index, exponent - whole))
                if index in self._integers:
                    outer = poly.scaled(outer, _integer_power(self._integers[index], whole))
                elif whole:
                    outer = self.product(outer, self._repeated(self._sums[index], whole))
            total = poly.plus(total, self.product(outer, {tuple(rest): Fraction(1)}))
        return total

    def _whole(self, index: int, exponent: Fraction) -> int:
        """The part of the exponent that is multiplied out."""
        whole = exponent.numerator // exponent.denominator
        if index in self._integers:
            return whole
        return max(whole, 0) if index in self._sums else 0

    def _repeated(self, base: Number, count: int) -> Number:
        if count > MAX_EXPONENT:
            raise CannotJudge("exponent of a constant too large")
        result = UNIT
        for _ in range(count):
            result = self.product(result, base)
        return result

    def power(self, base: Number, exponent: Fraction) -> Number:
        """base ** exponent. Fails with EnclosureError for a fraction unless base > 0, and for an
        exponent < 0 of 0.
        """
        if exponent.denominator == 1 and exponent >= 0:
            return self._repeated(base, int(exponent))
        if not base:
            if exponent > 0:
                return ZERO
            raise EnclosureError(DIVISION_BY_ZERO)
        scale, rest = self.primitive(base)
        front = self._rational_power(scale, exponent)
        if len(rest) == 1:
            ((monomial, _),) = rest.items()
            raised = {tuple((g, e * exponent) for g, e in monomial): Fraction(1)}
            return self.product(front, self.reduced(raised))
        index = self.generator(("sum", rest), self.value(rest))
        self._sums[index] = rest
        return self.product(front, self.reduced(single(index, exponent)))

    def primitive(self, number: Number) -> tuple[Fraction, Number]:
        """(c, r) with number = c r and r > 0; r is a product of generators, or a sum whose leading
        coefficient is 1 or -1. Fails with EnclosureError when the sign of a sum is not known.
        """
        scale = poly.leading(number)
        rest = poly.scaled(number, 1 / scale)
        if len(rest) > 1 and self.sign(rest) < 0:
            return -scale, poly.scaled(rest, Fraction(-1))
        return scale, rest

    def _rational_power(self, base: Fraction, exponent: Fraction) -> Number:
        if exponent.denominator != 1 and base < 0:
            raise EnclosureError(SQRT_OF_NEGATIVE)
        if exponent.denominator == 1:
            above = _integer_power(base.numerator, int(exponent))
            return rational(above / _integer_power(base.denominator, int(exponent)))
        result = UNIT
        for factor, count in factors(base):
            power = single(self.integer(factor), exponent * count)
            result = self.product(result, self.reduced(power))
        return result


def _size(value: Fraction) -> int:
    return value.numerator.bit_length() + value.denominator.bit_length()


def _integer_power(base: int, exponent: int) -> Fraction:
    if abs(exponent) > MAX_EXPONENT or base.bit_length() * abs(exponent) > MAX_BITS:
        raise CannotJudge("exponent of a constant too large")
    return Fraction(base) ** exponent


def factors(value: Fraction) -> list[tuple[int, int]]:
    """[(n, k)] with value = Π n^k, n > 1: prime up to MAX_DIVISOR, and what is left above it.

    Requires value > 0.
    """
    found = []
    for whole, sign in ((value.numerator, 1), (value.denominator, -1)):
        left = whole
        for divisor in range(2, MAX_DIVISOR):
            if left == 1:
                break
            count = 0
            while left % divisor == 0:
                left, count = left // divisor, count + 1
            if count:
                found.append((divisor, sign * count))
        if left > 1:
            found.append((left, sign))
    return found
