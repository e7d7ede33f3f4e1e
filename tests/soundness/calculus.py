"""Derivatives by power series, taken from both sides where a guard changes.

Above: `reading`, `search`. Below: `sides`, `balls`.
"""

from __future__ import annotations

from collections.abc import Callable

from flint import fmpq

from tests.soundness.balls import Jet, Number, Undefined, Unknown, Value, at_order, is_real, sign
from tests.soundness.lists import Unreadable
from tests.soundness.sides import SIDE

Function = Callable[[Value], Value]


def derivative(function: Function, at: Value, order: int) -> Value:
    """The derivative of this order at a number or jet. Fails with Undefined where there is none."""
    inner, more = (at.c[0], len(at.c) - 1) if isinstance(at, Jet) else (at, 0)
    if not is_real(inner):
        raise Unreadable("derivatives by reals only")
    shifted = at_order(local(function, inner, order + more).shifted(order))
    return shifted if more == 0 else composed(shifted, at)


def composed(outer: Jet, inner: Jet) -> Value:
    """outer(inner), where outer is a jet at inner's first coefficient."""
    step = Jet((fmpq(0), *inner.c[1:]))
    result: Value = outer.c[-1]
    for coefficient in reversed(outer.c[:-1]):
        result = result * step + coefficient
    return result


def local(function: Function, at: Number, order: int) -> Jet:
    """The expansion at a point up to `order`, the same from both sides, or Undefined."""
    nested = SIDE.side
    right, touched = beside(function, at, order, 1)
    if not touched:
        return right
    if nested:
        raise Unknown
    left, _ = beside(function, at, order, -1)
    return _joined(left, function(at), right)


def _joined(left: Jet, value: Value, right: Jet) -> Jet:
    """The one expansion that left, value and right agree on, as far as the balls tell."""
    unknown = False
    pairs = [(value, right.c[0]), *zip(left.c, right.c, strict=True)]
    for a, b in pairs:
        try:
            if sign(a - b):
                raise Undefined
        except Unknown:
            unknown = True
    if unknown:
        raise Unknown
    return right


def beside(function: Function, at: Number, order: int, side: int) -> tuple[Jet, bool]:
    """(the expansion on one side, whether the side mattered). Fails with Unknown, Undefined."""
    before = SIDE.side, SIDE.touched
    SIDE.side, SIDE.touched = side, False
    try:
        zeros = [fmpq(0)] * order
        found = function(Jet((at, fmpq(1), *zeros[1:])) if order else Jet((at,)))
        if not is_real(found):
            raise Unreadable("derivatives of reals only")
        jet = found if isinstance(found, Jet) else Jet((found, *zeros))
        return jet, SIDE.touched
    except Undefined:
        if SIDE.touched:
            raise Unknown from None
        raise
    finally:
        SIDE.side, SIDE.touched = before


def taylor(function: Function, at: Value, centre: Value, count: int) -> Value:
    """The Taylor polynomial of degree below `count`."""
    if isinstance(centre, Jet):
        raise Unknown
    step, result = at - centre, fmpq(0)
    for coefficient in reversed(local(function, centre, max(count - 1, 0)).c[:count]):
        result = result * step + coefficient
    return result
