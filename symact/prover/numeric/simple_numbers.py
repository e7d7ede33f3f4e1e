"""Rational numbers of small height: in intervals, near balls.

Above: `cells_search`, `exact_roots`, `cuts`. Below: python-flint.
"""

from __future__ import annotations

from fractions import Fraction

from flint import arb, fmpq


def ball(value: Fraction) -> arb:
    """The smallest ball around a rational number."""
    return arb(fmpq(value.numerator, value.denominator))


def middle(value: arb) -> Fraction:
    """The middle of a finite ball, exactly."""
    mantissa, exponent = value.mid().man_exp()
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)


def simplest(lower: Fraction, upper: Fraction) -> Fraction:
    """The rational of least height in [lower, upper], by Stern and Brocot; lower <= upper."""
    if lower <= 0 <= upper:
        return Fraction(0)
    if upper < 0:
        return -simplest(-upper, -lower)
    quotients: list[int] = []  # of the continued fraction that both ends share
    while (whole := -(-lower.numerator // lower.denominator)) > upper:
        quotients.append(whole - 1)
        lower, upper = 1 / (upper - whole + 1), 1 / (lower - whole + 1)
    value = Fraction(whole)
    for quotient in reversed(quotients):
        value = quotient + 1 / value
    return value


def near(value: Fraction, error: Fraction) -> Fraction:
    """The simplest rational at most `error` away."""
    return simplest(value - error, value + error)
