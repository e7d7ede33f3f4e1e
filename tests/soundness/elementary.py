"""Elementary functions of balls and jets, each with its exact values and its derivative.

Above: `reading`. Below: `balls`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from flint import arb, fmpq

from tests.soundness.balls import (
    Jet,
    Number,
    Undefined,
    Unknown,
    Value,
    at_order,
    ball,
    divide,
    finite,
    sign,
)

ZERO, ONE = fmpq(0), fmpq(1)


@dataclass(frozen=True)
class Elementary:
    """A function: its ball, its derivative, its exact values, and the numbers it is defined at."""

    value: Callable[[arb], arb]
    slope: Callable[[Value], Value]
    exact: Mapping[int, int] = field(default_factory=dict)
    domain: Callable[[Number], bool] = lambda _: True

    def __call__(self, u: Value) -> Value:
        """f(u). Fails with Undefined, or with Unknown where the ball does not tell."""
        if isinstance(u, Jet):
            return self._jet(u)
        if not self.domain(u):
            raise Undefined
        if isinstance(u, fmpq) and u.q == 1 and int(u.p) in self.exact:
            return fmpq(self.exact[int(u.p)])
        return finite(self.value(ball(u)))

    def _jet(self, u: Jet) -> Value:
        """f(u0) + ∫ f'(u) u'."""
        start = self(u.c[0])
        if all(isinstance(x, fmpq) and x == 0 for x in u.c[1:]):
            return Jet((start, *u.c[1:]))
        try:
            slope = self.slope(at_order(u.c[:-1]))
        except Undefined:
            raise Unknown from None
        change = slope * at_order(u.shifted(1))
        rates = change.c if isinstance(change, Jet) else (change,)
        return Jet((start, *(x / (k + 1) for k, x in enumerate(rates))))


def _square(u: Value) -> Value:
    return u * u


def sqrt(u: Value) -> Value:
    """The square root, exact for squares of rationals."""
    if isinstance(u, fmpq) and u >= 0 and u.p.is_square() and u.q.is_square():
        return fmpq(u.p.isqrt(), u.q.isqrt())
    return _SQRT(u)


def absolute(u: Value, is_negative: Callable[[Value], bool]) -> Value:
    """|u|, on the side that `is_negative` looks at."""
    return -u if is_negative(u) else u


_SQRT = Elementary(
    arb.sqrt, lambda u: divide(fmpq(1, 2), sqrt(u)), {0: 0, 1: 1}, lambda u: sign(u) >= 0
)


def _within(u: Number) -> int:
    """The sign of 1 - |u|."""
    return min(sign(ONE - u), sign(ONE + u))


def _e(name: str) -> Callable[[Value], Value]:
    """A function of the table below, looked up when it is called."""

    def function(u: Value) -> Value:
        return ELEMENTARY[name](u)

    return function


ELEMENTARY: Mapping[str, Callable[[Value], Value]] = {
    "exp": Elementary(arb.exp, _e("exp"), {0: 1}),
    "log": Elementary(arb.log, lambda u: divide(ONE, u), {1: 0}, lambda u: sign(u) > 0),
    "sqrt": sqrt,
    "sin": Elementary(arb.sin, _e("cos"), {0: 0}),
    "cos": Elementary(arb.cos, lambda u: -ELEMENTARY["sin"](u), {0: 1}),
    "tan": Elementary(arb.tan, lambda u: ONE + _square(ELEMENTARY["tan"](u)), {0: 0}),
    "sinh": Elementary(arb.sinh, _e("cosh"), {0: 0}),
    "cosh": Elementary(arb.cosh, _e("sinh"), {0: 1}),
    "tanh": Elementary(arb.tanh, lambda u: ONE - _square(ELEMENTARY["tanh"](u)), {0: 0}),
    "atan": Elementary(arb.atan, lambda u: divide(ONE, ONE + u * u), {0: 0}),
    "asin": Elementary(
        arb.asin, lambda u: divide(ONE, sqrt(ONE - u * u)), {0: 0}, lambda u: _within(u) >= 0
    ),
    "acos": Elementary(
        arb.acos, lambda u: divide(-ONE, sqrt(ONE - u * u)), {1: 0}, lambda u: _within(u) >= 0
    ),
    "asinh": Elementary(arb.asinh, lambda u: divide(ONE, sqrt(ONE + u * u)), {0: 0}),
    "acosh": Elementary(
        arb.acosh, lambda u: divide(ONE, sqrt(u * u - ONE)), {1: 0}, lambda u: sign(u - ONE) >= 0
    ),
    "atanh": Elementary(
        arb.atanh, lambda u: divide(ONE, ONE - u * u), {0: 0}, lambda u: _within(u) > 0
    ),
    "erf": Elementary(
        arb.erf,
        lambda u: ELEMENTARY["exp"](-(u * u)) * (2 / arb.pi().sqrt()),
        {0: 0},
    ),
    "erfc": Elementary(
        arb.erfc,
        lambda u: ELEMENTARY["exp"](-(u * u)) * (-2 / arb.pi().sqrt()),
        {0: 1},
    ),
}
"""Every function of one argument that has a derivative wherever it is defined in the open."""
