"""Ball evaluation of core terms at rational points, for the search of witnesses only (never
evidence).

Values are Arb balls; None where the term is undefined; UNKNOWN where the ball cannot tell.

Above: `witnesses`. Below: python-flint.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from fractions import Fraction
from typing import Any

from flint import arb, ctx, fmpq

from symact.language.terms import Term, postorder

UNKNOWN = object()
Value = Any  # arb | None | UNKNOWN
BITS = 160
MAX_POWER = 10_000
# Exponents and trigonometric arguments beyond this are not tried: the search has better points.
MAX_ARGUMENT = 1_000_000


@contextmanager
def precision(bits: int) -> Iterator[None]:
    """Sets FLINT's working precision (global state) and restores it."""
    before = ctx.prec
    ctx.prec = bits
    try:
        yield
    finally:
        ctx.prec = before


class Program:
    """A list of terms in evaluation order; `run` gives their values at a point."""

    def __init__(self, roots: list[Term]) -> None:
        self._roots = roots
        self._order: list[Term] = []
        seen: set[Term] = set()
        for root in roots:
            for node in postorder(root):
                if node not in seen:
                    seen.add(node)
                    self._order.append(node)

    def run(self, point: Mapping[str, Fraction | arb]) -> list[Value]:
        """The values of the roots where the names have these values."""
        values: dict[Term, Value] = {}
        for node in self._order:
            values[node] = _step(node, [values[arg] for arg in node.args], point)
        return [values[root] for root in self._roots]


def _step(node: Term, args: list[Value], point: Mapping[str, Any]) -> Value:
    if node.op == "num":
        return _ball(node.value)
    if node.op == "name":
        value = point[node.value]
        return value if isinstance(value, arb) else _ball(value)
    if node.op == "const":
        return arb.pi()
    if node.op == "unknown":
        return UNKNOWN
    if node.op in ("ite", "kink"):
        return _branch(node, args)
    if node.op == "regular":
        return UNKNOWN if any(arg is None or arg is UNKNOWN for arg in args) else args[0]
    if any(arg is None for arg in args):
        return None
    if any(arg is UNKNOWN for arg in args):
        return UNKNOWN
    return _OPERATIONS[node.op](node, args)


def _ball(value: Fraction) -> arb:
    return arb(fmpq(value.numerator, value.denominator))


def _branch(node: Term, args: list[Value]) -> Value:
    guard, then, other = args
    if guard is None or guard is UNKNOWN:
        return guard
    sign = _sign(guard)
    if sign is None or (sign == 0 and node.op == "kink"):
        return UNKNOWN
    truth = {">": sign > 0, ">=": sign >= 0, "<": sign < 0, "<=": sign <= 0, "==": sign == 0}
    return then if truth[node.value] else other


def _sign(ball: arb) -> int | None:
    """The sign of the number in the ball, None when the ball does not tell."""
    if ball > 0:
        return 1
    if ball < 0:
        return -1
    return 0 if ball.is_zero() else None


def _add(_node: Term, args: list[arb]) -> Value:
    total = args[0]
    for arg in args[1:]:
        total = total + arg
    return total


def _mul(_node: Term, args: list[arb]) -> Value:
    product = args[0]
    for arg in args[1:]:
        product = product * arg
    return product


def _pow(node: Term, args: list[arb]) -> Value:
    base, exponent = args
    count = node.args[1].value if node.args[1].op == "num" else _whole(exponent)
    if count is None or abs(count) > MAX_POWER:
        return UNKNOWN
    count = int(count)
    if count < 0:
        if base.is_zero():
            return None
        if base.contains(0):
            return UNKNOWN
    if base.is_zero():
        return arb(0) if count else arb(1)
    return _finite(base**count)


def _whole(exponent: arb) -> int | None:
    found = exponent.unique_fmpz()
    return None if found is None else int(found)


def _call(node: Term, args: list[arb]) -> Value:
    return _FUNCTIONS[node.value[0]](args[0])


def _exp(x: arb) -> Value:
    if x < -MAX_ARGUMENT:
        return arb(0, arb(-MAX_ARGUMENT).exp().upper())
    return _finite(x.exp()) if x < MAX_ARGUMENT else UNKNOWN


def _log(x: arb) -> Value:
    if x <= 0:
        return None
    return x.log() if x > 0 else UNKNOWN


def _sqrt(x: arb) -> Value:
    if x < 0:
        return None
    return x.sqrt() if x >= 0 else UNKNOWN


def _floor(x: arb) -> Value:
    below = x.floor()
    return below if below.is_exact() else UNKNOWN


def _finite(x: arb) -> Value:
    return x if x.is_finite() else UNKNOWN


_OPERATIONS: dict[str, Callable[[Term, list[arb]], Value]] = {
    "add": _add,
    "mul": _mul,
    "pow": _pow,
    "npow": _pow,
    "call": _call,
    "given": lambda _, args: args[0],
}

_FUNCTIONS: dict[str, Callable[[arb], Value]] = {
    "exp": _exp,
    "log": _log,
    "sqrt": _sqrt,
    "erf": lambda x: x.erf(),
    "atan": lambda x: x.atan(),
    "sin": lambda x: x.sin() if abs(x) < MAX_ARGUMENT else UNKNOWN,
    "cos": lambda x: x.cos() if abs(x) < MAX_ARGUMENT else UNKNOWN,
    "floor": _floor,
}
