"""Taylor coefficients f(z), f'(z), f''(z)/2!, … of erf, atan, sin, cos, from recurrences.

    erf:   a_0 = erf z,  (n+1) a_(n+1) = g_n,   g_0 = 2/sqrt(pi) exp(-z^2),
           (n+1) g_(n+1) = -2 (z g_n + g_(n-1)),           as g' = -2 (z + t) g
    atan:  a_0 = atan z, (n+1) a_(n+1) = h_n,   h_0 = 1 / (1 + z^2),
           h_n = -h_0 (2 z h_(n-1) + h_(n-2)),             as (1 + (z + t)^2) h = 1
    sin:   n! a_n = sin z, cos z, -sin z, -cos z, …

z is a constant, then the coefficients are exact; or an interval, then they enclose.

Above: `tail_functions`. Below: `tail_sums`.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import factorial

from symact.checker.polynomials import scaled
from symact.checker.tail_numbers import UNIT, ZERO, rational
from symact.checker.tail_sums import Coefficient, Sums

NOTHING = Coefficient(ZERO)


def slopes(sums: Sums, function: str, at: Coefficient, order: int) -> list[Coefficient]:
    """a_0 … a_order of the function at the exact or enclosed point."""
    return _RULES[function](sums, at, order)


def _apply(sums: Sums, function: str, at: Coefficient) -> Coefficient:
    if at.error is None:
        return Coefficient(sums.constants.apply(function, at.exact))
    return Coefficient(ZERO, sums.constants.enclosed(function, sums.value(at)))


def _times(sums: Sums, number: Fraction | int, value: Coefficient) -> Coefficient:
    return sums.product(Coefficient(rational(number)), value)


def _bell(sums: Sums, z: Coefficient) -> Coefficient:
    """exp(-z^2)."""
    if z.error is not None:
        return Coefficient(ZERO, sums.constants.enclosed("exp", -sums.value(z).square()))
    square = _times(sums, -1, sums.product(z, z))
    if square.error is not None:  # a product of long constants is not exact
        return Coefficient(ZERO, sums.constants.enclosed("exp", sums.value(square)))
    return Coefficient(sums.constants.exp(square.exact))


def _erf(sums: Sums, z: Coefficient, order: int) -> list[Coefficient]:
    root = sums.constants.power(sums.constants.pi(), Fraction(-1, 2))
    bell = _bell(sums, z)
    before, here = NOTHING, sums.product(Coefficient(scaled(root, Fraction(2))), bell)
    found = [_apply(sums, "erf", z)]
    for n in range(order):
        found.append(_times(sums, Fraction(1, n + 1), here))
        after = sums.plus(sums.product(z, here), before)
        before, here = here, _times(sums, Fraction(-2, n + 1), after)
    return found


def _atan(sums: Sums, z: Coefficient, order: int) -> list[Coefficient]:
    if z.error is None:
        first = sums.reciprocal(sums.plus(Coefficient(UNIT), sums.product(z, z)))
    else:
        square = sums.value(z).square()
        first = sums.reciprocal(sums.plus(Coefficient(UNIT), Coefficient(ZERO, square)))
    minus, double = _times(sums, -1, first), _times(sums, 2, z)
    before, here = NOTHING, first
    found = [_apply(sums, "atan", z)]
    for n in range(order):
        found.append(_times(sums, Fraction(1, n + 1), here))
        after = sums.plus(sums.product(double, here), before)
        before, here = here, sums.product(minus, after)
    return found


def _wave(first: str, second: str, sign: int) -> Callable[..., list[Coefficient]]:
    """The rule for `first` with first' = sign * second and second' = -sign * first."""

    def rule(sums: Sums, z: Coefficient, order: int) -> list[Coefficient]:
        own, other = _apply(sums, first, z), _apply(sums, second, z)
        turns = ((1, own), (sign, other), (-1, own), (-sign, other))
        return [
            _times(sums, Fraction(turns[n % 4][0], factorial(n)), turns[n % 4][1])
            for n in range(order + 1)
        ]

    return rule


_RULES = {
    "erf": _erf,
    "atan": _atan,
    "sin": _wave("sin", "cos", 1),
    "cos": _wave("cos", "sin", -1),
}
