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
    whole = Fraction(-(-lower.numerator // lower.denominator))
    if whole <= upper:
        return whole
    below = whole - 1
    return below + 1 / simplest(1 / (upper - below), 1 / (lower - below))


def near(value: Fraction, error: Fraction) -> Fraction:
    """The simplest rational at most `error` away."""
    return simplest(value - error, value + error)
