"""Functions of sums of scales: powers, exp, log, erf, atan, sin, cos; K = order >= 1 summands.

    f(c + d) = Σ_{j<K} f^(j)(c)/j! d^j + f^(K)(ξ)/K! d^K        ξ between c and c + d   (Lagrange)

holds at each X for itself if f is smooth between c and c + d. So the remainder's coefficient lies
in an enclosure of f^(K)/K! on any interval that contains c and c + d for all X >= start.

Above: `tails`. Below: `tail_sums`, `tail_slopes`.
"""

from __future__ import annotations

from fractions import Fraction
from math import factorial, prod

from symact.checker.failures import CannotJudge
from symact.checker.intervals import SQRT_OF_NEGATIVE, EnclosureError, Interval
from symact.checker.polynomials import ONE, scaled, times
from symact.checker.tail_numbers import ZERO, Number, as_rational
from symact.checker.tail_scales import LOG, Scale, X
from symact.checker.tail_slopes import slopes
from symact.checker.tail_sums import Coefficient, Sum, Sums

HALF = Fraction(1, 2)
MINUS = Fraction(-1)


class Functions(Sums):
    """Sums with functions. Fails with Rejected, CannotJudge or EnclosureError when not shown."""

    def __init__(self, start: Fraction, order: int, bits: int) -> None:
        super().__init__(start, bits)
        self.order = order

    # -- powers -----------------------------------------------------------------------------------
    def power(self, base: Sum, exponent: Fraction) -> Sum:
        """base ** exponent for an integer, or for 1/2, where it is defined."""
        if exponent.denominator == 1 and exponent >= 0:
            return self._repeated(base, int(exponent))
        if not base and exponent > 0:
            return {}
        lead, small, around = self.split(base)
        if exponent.denominator != 1 and lead.bracket.sign() < 0:
            raise EnclosureError(SQRT_OF_NEGATIVE)
        if lead.coefficient.error is None:
            front = Coefficient(self.constants.power(lead.coefficient.exact, exponent))
        else:
            front = Coefficient(ZERO, self._raised(self.value(lead.coefficient), exponent))
        scale = _raised_scale(lead.scale, exponent)
        return self.multiply({scale: front}, self._binomial(small, around, exponent))

    def _repeated(self, base: Sum, count: int) -> Sum:
        result = self.number(1)
        for digit in bin(count)[2:]:
            result = self.multiply(result, result)
            if digit == "1":
                result = self.multiply(result, base)
        return result

    def _raised(self, base: Interval, exponent: Fraction) -> Interval:
        """base ** exponent of an interval, the exponent being an integer or that plus 1/2."""
        whole = exponent.numerator // exponent.denominator
        result = base.power(whole)
        return result if exponent == whole else result * base.sqrt()

    def _binomial(self, small: Sum, around: Interval, exponent: Fraction) -> Sum:
        """(1 + d)^a = Σ_{j<K} C(a, j) d^j + C(a, K) R d^K, 1 + d > 0,
        R = η / (1 + d) with η between 1 and (1 + d)^(a+1).

        Proof. R = K ∫_0^1 (1-s)^(K-1) (1+sd)^(a-K) ds (Taylor). (1+sd)^(a+1) lies between 1 and
        (1+d)^(a+1), and K ∫_0^1 (1-s)^(K-1) (1+sd)^(-1-K) ds = 1 / (1+d): put w = (1-s) / (1+sd).
        """
        if not small:
            return self.number(1)
        choices = [Fraction(1)]
        for j in range(self.order):
            choices.append(choices[-1] * (exponent - j) / (j + 1))
        between = self._raised(around, exponent + 1).union(Interval.of(1, self.bits))
        rest = between / around * Interval.of(choices[-1], self.bits)
        return self.composed([self.number(c) for c in choices[:-1]], rest, small)

    # -- log and exp ------------------------------------------------------------------------------
    def log(self, argument: Sum) -> Sum:
        """log(c s (1 + d)) = log c + log s + log(1 + d), 1 + d > 0,
        log(1 + d) = Σ_{0<j<K} (-1)^(j+1) d^j / j + (-1)^(K+1) R d^K / K,
        R between 1 and 1 / (1 + d).

        Proof. 1/(1+t) = Σ_{j<K-1} (-t)^j + (-t)^(K-1) / (1+t); the integral from 0 to d of the last
        is (-1)^(K-1) d^K / K times a mean of 1/(1+t), as t^(K-1) has one sign between 0 and d.
        """
        lead, small, around = self.split(argument)
        if lead.coefficient.error is None:
            front = self.constant(self.constants.log(lead.coefficient.exact))
        else:
            front = self.unknown(self.constants.enclosed("log", self.value(lead.coefficient)))
        result = self.add(front, self._log_scale(lead.scale))
        if not small:
            return result
        signs = [Fraction((-1) ** (j + 1), j) for j in range(1, self.order + 1)]
        between = around.reciprocal().union(Interval.of(1, self.bits))
        rest = between * Interval.of(signs[-1], self.bits)
        terms = [self.number(a) for a in (Fraction(0), *signs[:-1])]
        return self.add(result, self.composed(terms, rest, small))

    def _log_scale(self, scale: Scale) -> Sum:
        """log(X^p Π exp(m s)^r) = p log X + Σ r m s."""
        result: Sum = {}
        for index, exponent in scale:
            if index == 1:
                raise CannotJudge("a logarithm of a logarithm in a tail")
            monomial, of = (ONE, LOG) if index == 0 else self.scales.units[index]
            result = self.add(result, {of: Coefficient({monomial: exponent})})
        return result

    def exp(self, argument: Sum) -> Sum:
        """exp(c + growing + d) = exp(c) exp(growing) Σ_{j<K} d^j / j! + …: growing summands become
        a scale. Fails with CannotJudge when the coefficient of one is not exact.
        """
        scale: Scale = ONE
        small = dict(argument)
        front = self.constants.exp(small.pop(ONE, Coefficient(ZERO)).exact)
        if ONE in argument and argument[ONE].error is not None:
            small[ONE] = Coefficient(ZERO, argument[ONE].error)
        for key in argument:
            if key != ONE and self.scales.peak(key) is None:
                scale = times(scale, self._growing(key, small.pop(key)))
        around = self.bound(small)
        if around is None:
            raise CannotJudge("an exponent in a tail")
        terms = [self.number(Fraction(1, factorial(j))) for j in range(self.order)]
        rest = self.constants.enclosed("exp", around.union(Interval.of(0, self.bits)))
        rest = rest * Interval.of(Fraction(1, factorial(self.order)), self.bits)
        series = self.composed(terms, rest, small) if small else self.number(1)
        return self.multiply({scale: Coefficient(front)}, series)

    def _growing(self, key: Scale, coefficient: Coefficient) -> Scale:
        """exp(coefficient * key) as a scale; exp(r log X) = X^r."""
        if coefficient.error is not None:
            raise CannotJudge("a growing exponent in a tail is not exact")
        number = as_rational(coefficient.exact)
        if key == LOG and number is not None:
            return _raised_scale(X, number)
        return self.scales.exponential(coefficient.exact, key)

    # -- functions with bounded values ------------------------------------------------------------
    def bounded(self, function: str, argument: Sum) -> Sum:
        """function(argument) for erf, atan, sin and cos."""
        centre = argument[ONE].exact if ONE in argument else ZERO
        small = self.add(argument, self.constant(scaled(centre, MINUS)))
        around = self.bound(small)
        if around is not None:
            if not small:
                return self.constant(self.constants.apply(function, centre))
            return self._near(function, centre, small, around)
        if function in ("sin", "cos"):
            one = 1 << self.bits
            return self.unknown(Interval(-one, one, self.bits))
        side = self.lead(argument).bracket.sign()
        outward = self.scaled(argument, side)
        result = self._atan(outward) if function == "atan" else self._erf(outward)
        return self.scaled(result, side)

    def _near(self, function: str, centre: Number, small: Sum, around: Interval) -> Sum:
        """function(c + d) by Lagrange's formula."""
        exact = slopes(self, function, Coefficient(centre), self.order)
        between = self.constants.value(centre) + around.union(Interval.of(0, self.bits))
        rest = slopes(self, function, Coefficient(ZERO, between), self.order)[-1]
        terms = [self.single(c) for c in exact[:-1]]
        return self.composed(terms, self.value(rest), small)

    def _atan(self, large: Sum) -> Sum:
        """atan(u) = pi/2 - atan(1/u), u > 0."""
        inverse = self.power(large, Fraction(-1))
        if self.bound(inverse) is None:
            raise CannotJudge("an argument in a tail neither grows nor has a limit")
        rest = self.bounded("atan", inverse)
        return self.add(
            self.scaled(self.constant(self.constants.pi()), HALF), self.scaled(rest, -1)
        )

    def _erf(self, large: Sum) -> Sum:
        """erf(u) = 1 - exp(-u^2) / (sqrt(pi) u) (Σ_{j<K} (-1)^j (2j-1)!! v^j + R v^K),
        v = 1/(2 u^2), u > 0, R between 0 and (-1)^K (2K-1)!!.

        Proof. sqrt(pi) erfc(u) exp(u^2) = ∫_0^oo exp(-t) (u^2 + t)^(-1/2) dt: put s^2 = u^2 + t in
        2 ∫_u^oo exp(-s^2) ds. What is left of (1 + y)^(-1/2) after K summands of its series lies
        between 0 and C(-1/2, K) y^K for y >= 0, and ∫_0^oo exp(-t) t^K dt = K!.
        """
        inverse = self.power(large, Fraction(-1))
        square = self.multiply(large, large)
        halves = self.scaled(self.multiply(inverse, inverse), HALF)
        doubles = [Fraction((-1) ** j * prod(range(1, 2 * j, 2))) for j in range(self.order + 1)]
        last = Interval.of(doubles[-1], self.bits)
        rest = last.union(Interval.of(0, self.bits))
        series = self.composed([self.number(c) for c in doubles[:-1]], rest, halves)
        root = self.constants.power(self.constants.pi(), -HALF)
        front = self.multiply(self.exp(self.scaled(square, -1)), self.multiply(inverse, series))
        return self.add(self.number(1), self.multiply(self.constant(scaled(root, MINUS)), front))


def _raised_scale(scale: Scale, exponent: Fraction) -> Scale:
    return tuple((index, e * exponent) for index, e in scale) if exponent else ONE
