"""Which branch is taken, also just right and just left of a point.

Above: `reading`, `calculus`. Below: `balls`.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.soundness.balls import ORDERS, Jet, Unknown, Value, is_real, sign
from tests.soundness.lists import Unreadable


@dataclass
class _Side:
    """Where jets are looked at.

    side     1 to the right of the point, -1 to the left of it, 0 when there is no jet
    touched  whether a guard was 0 at the point itself, so that the side mattered
    """

    side: int = 0
    touched: bool = False


SIDE = _Side()


def sign_beside(value: Value) -> int:
    """The sign of a number, or of a jet on the side looked at; 0 for a jet of exact zeros."""
    if not isinstance(value, Jet):
        return sign(value)
    first = sign(value.c[0])
    if first:
        return first
    SIDE.touched = True
    for k, coefficient in enumerate(value.c[1:], 1):
        found = sign(coefficient)
        if found:
            return found * (SIDE.side if k % 2 else 1)
    return 0


def holds(left: Value, op: str, right: Value) -> bool:
    """Whether left op right; of jets, beside the point. Fails with Unknown."""
    if not (is_real(left) and is_real(right)):
        raise Unreadable("only reals compare")
    difference = left - right
    found = sign_beside(difference)
    if found == 0 and isinstance(difference, Jet):
        raise Unknown  # zero as far as the coefficients go: what comes after them decides
    return found in ORDERS[op]


def larger(left: Value, right: Value) -> Value:
    """max(left, right): where they agree as far as the coefficients go, either."""
    return left if sign_beside(left - right) >= 0 else right


def smaller(left: Value, right: Value) -> Value:
    """min(left, right)."""
    return right if sign_beside(left - right) >= 0 else left


def magnitude(value: Value) -> Value:
    """abs(value)."""
    return value if sign_beside(value) >= 0 else -value
