"""Exact constants: the numbers of `tail_numbers` with pi and with values of functions.

    pi      exp(m), m a product of generators      |f(c)| for f in log, erf, atan, sin, cos

Above: `tail_scales`, `tail_sums`. Below: `tail_numbers`, `enclosures`.
"""

from __future__ import annotations

from fractions import Fraction

from symact.checker import enclosures
from symact.checker import polynomials as poly
from symact.checker.intervals import EnclosureError
from symact.checker.polynomials import Monomial
from symact.checker.tail_numbers import (
    UNIT,
    ZERO,
    Number,
    Numbers,
    as_rational,
    factors,
    rational,
    single,
)

MINUS = Fraction(-1)


class Constants(Numbers):
    """Numbers with functions. Fails as `Numbers`."""

    def pi(self) -> Number:
        """pi."""
        return single(self.generator(("pi", ZERO), enclosures.pi(self.bits)))

    def log(self, number: Number) -> Number:
        """log(c Π g^e) = log c + Σ e log g, log n for the prime factors n of c.

        Fails with EnclosureError unless the number is > 0.
        """
        if not number or self.sign(number) < 0:
            raise EnclosureError(enclosures.LOG_OF_NONPOSITIVE)
        scale, rest = self.primitive(number)  # number > 0 and rest > 0, so scale > 0
        total = ZERO
        for factor, count in factors(scale):
            total = poly.plus(total, self._opaque("log", rational(factor)), Fraction(count))
        if len(rest) > 1:
            return poly.plus(total, self._opaque("log", rest))
        ((monomial, _),) = rest.items()
        for index, exponent in monomial:
            total = poly.plus(total, self._log_generator(index), exponent)
        return total

    def _log_generator(self, index: int) -> Number:
        kind, argument = self.meaning[index]
        if kind == "exp":
            return argument
        return self._opaque("log", argument if kind in ("integer", "sum") else single(index))

    def exp(self, number: Number) -> Number:
        """exp(Σ c m) = Π exp(m)^c, and exp(c log n) = n^c."""
        result = UNIT
        for monomial, coefficient in number.items():
            result = self.product(result, self._exp(monomial, coefficient))
        return result

    def _exp(self, monomial: Monomial, coefficient: Fraction) -> Number:
        if len(monomial) == 1 and monomial[0][1] == 1:
            kind, argument = self.meaning[monomial[0][0]]
            n = as_rational(argument)
            if kind == "log" and n is not None and n.denominator == 1 and n > 1:
                return self.reduced(single(self.integer(int(n)), coefficient))
        unit: Number = {monomial: Fraction(1)}
        return single(
            self.generator(("exp", unit), self.enclosed("exp", self.value(unit))), coefficient
        )

    def apply(self, function: str, argument: Number) -> Number:
        """function(argument) for erf, atan, sin, cos; values at 0, ±1 and k pi/2 are simplified."""
        if not argument:
            return UNIT if function == "cos" else ZERO
        if self.sign(argument) < 0:
            mirrored = self.apply(function, poly.scaled(argument, MINUS))
            return mirrored if function == "cos" else poly.scaled(mirrored, MINUS)
        if function == "atan" and argument == UNIT:
            return poly.scaled(self.pi(), Fraction(1, 4))
        turns = as_rational(self.product(argument, self.power(self.pi(), MINUS)))
        if function in ("sin", "cos") and turns is not None and (2 * turns).denominator == 1:
            quarter = int(2 * turns) + (function == "cos")
            return rational((0, 1, 0, -1)[quarter % 4])
        return self._opaque(function, argument)

    def _opaque(self, function: str, argument: Number) -> Number:
        """±|f(argument)|, the absolute value being a generator."""
        value = self.enclosed(function, self.value(argument))
        size = value if value.lo > 0 else -value
        number = single(self.generator((function, argument), size))
        return number if size is value else poly.scaled(number, MINUS)
