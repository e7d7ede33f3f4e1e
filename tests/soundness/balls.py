"""Exact rationals and balls, and truncated power series of them: the numbers of the second opinion.

A number is an `fmpq`, or an `arb` (a ball that certainly contains the true value). A `Jet` holds
the coefficients f(a), f'(a), f''(a)/2, … of a function at a point a.

Above: `elementary`, `reading`. Below: python-flint; nothing of symact.
"""

from __future__ import annotations

from typing import Any

from flint import arb, fmpq

MAX_EXACT_BITS = 20_000  # a longer fraction becomes a ball


class Undefined(Exception):
    """The term certainly has no value at the point."""


class Unknown(Exception):
    """The balls do not tell, or the term is beyond this evaluator."""


Number = Any  # fmpq | arb
Value = Any  # Number | Jet | tuple of values | a callable


def rational(value: Any) -> fmpq:
    """The exact number that a Fraction or int is."""
    return fmpq(value.numerator, value.denominator)


def ball(value: Number) -> arb:
    """The number as a ball at the present precision."""
    return value if isinstance(value, arb) else arb(value)


def sign(value: Number) -> int:
    """-1, 0 or 1. Fails with Unknown when the ball holds numbers of both signs."""
    if isinstance(value, fmpq):
        return (value.p > 0) - (value.p < 0)
    if value > 0:
        return 1
    if value < 0:
        return -1
    if value.is_zero():
        return 0
    raise Unknown


def is_real(value: Any) -> bool:
    """Whether the value is a number or a jet, not a list or a function."""
    return type(value) in _REALS


class Jet:
    """c[0] + c[1] h + … + c[n] h^n, for a small h; arithmetic forgets what comes after."""

    __slots__ = ("c",)

    def __init__(self, coefficients: Any) -> None:
        self.c = tuple(coefficients)

    def __add__(self, other: Value) -> Jet:
        if isinstance(other, Jet):
            return Jet(map(_plus, self.c, other.c))
        return Jet((self.c[0] + other, *self.c[1:]))

    __radd__ = __add__

    def __neg__(self) -> Jet:
        return Jet(-x for x in self.c)

    def __sub__(self, other: Value) -> Jet:
        return self.__add__(-other)

    def __rsub__(self, other: Value) -> Jet:
        return self.__neg__().__add__(other)

    def __mul__(self, other: Value) -> Jet:
        if not isinstance(other, Jet):
            return Jet(x * other for x in self.c)
        a, b = self.c, other.c
        return Jet(_dot(a[: k + 1], b[k::-1]) for k in range(min(len(a), len(b))))

    __rmul__ = __mul__

    def shifted(self, order: int) -> tuple[Number, ...]:
        """The coefficients of the derivative of this order; fewer by `order`."""
        found = []
        for k, x in enumerate(self.c[order:]):
            factor = fmpq(1)
            for i in range(order):
                factor *= k + order - i
            found.append(x * factor)
        return tuple(found)


_REALS = (fmpq, arb, Jet)


def _plus(a: Number, b: Number) -> Number:
    return a + b


def _dot(a: Any, b: Any) -> Number:
    total = a[0] * b[0]
    for x, y in zip(a[1:], b[1:], strict=True):
        total = total + x * y
    return total


def at_order(coefficients: tuple[Number, ...]) -> Value:
    """A jet, or a number when there is one coefficient only."""
    return coefficients[0] if len(coefficients) == 1 else Jet(coefficients)


def divide(a: Value, b: Value) -> Value:
    """a / b. Fails with Undefined at b = 0."""
    if isinstance(b, Jet):
        return _divide_jets(a, b)
    if sign(b) == 0:
        raise Undefined
    if isinstance(a, Jet):
        return Jet(x / b for x in a.c)
    return a / b


def _divide_jets(a: Value, b: Jet) -> Jet:
    if sign(b.c[0]) == 0:
        raise Undefined
    top = a.c if isinstance(a, Jet) else (a, *[fmpq(0)] * (len(b.c) - 1))
    found: list[Number] = []
    for k in range(min(len(top), len(b.c))):
        rest = top[k]
        for i in range(k):
            rest = rest - found[i] * b.c[k - i]
        found.append(rest / b.c[0])
    return Jet(found)


def power(base: Value, exponent: int) -> Value:
    """base ** exponent for a whole number; 1 for the exponent 0. Fails with Undefined at 1/0."""
    if exponent < 0:
        return divide(fmpq(1), power(base, -exponent))
    if exponent == 0:
        return fmpq(1)
    if isinstance(base, fmpq):
        bits = max(int(base.p).bit_length(), int(base.q).bit_length())
        if bits * exponent <= MAX_EXACT_BITS:
            return base**exponent
        base = arb(base)
    if isinstance(base, arb):
        return _ball_power(base, exponent)
    result = None
    while exponent:
        if exponent % 2:
            result = base if result is None else result * base
        base, exponent = base * base, exponent // 2
    return result


def _ball_power(base: arb, exponent: int) -> arb:
    """base ** exponent; balls around 0 by hand, since FLINT makes nonsense of some of them."""
    if base.is_zero() or not base.contains(0):
        return finite(base**exponent)
    top = finite(base.abs_upper() ** exponent)
    return top.union(-top if exponent % 2 else arb(0))


def finite(value: arb) -> arb:
    """The ball itself. Fails with Unknown when it is infinite or none."""
    if not value.is_finite():
        raise Unknown
    return value


def compare(left: Number, op: str, right: Number) -> bool | None:
    """left op right; None when the balls do not tell."""
    try:
        order = sign(left - right)
    except Unknown:
        return None
    return order in ORDERS[op]


def dyadic(value: Number) -> fmpq:
    """The midpoint of a finite ball, exactly; a fraction as it is.

    Fails with Unknown when it has too many digits.
    """
    if isinstance(value, fmpq):
        return value
    mantissa, exponent = value.mid().man_exp()
    if abs(exponent) > MAX_EXACT_BITS:
        raise Unknown
    return fmpq(mantissa) * fmpq(2) ** int(exponent)


ORDERS = {"<": (-1,), "<=": (-1, 0), "==": (0,), ">=": (0, 1), ">": (1,), "!=": (-1, 1)}
