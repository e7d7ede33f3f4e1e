"""Taylor coefficients of core terms of one name by Arb balls, for the search of cells only (never
evidence).

    f(x + h) = a0 + a1 h + a2 h^2 + …                           a_k = f^(k)(x) / k!

Above: `cells_search`. Below: `evaluate`, python-flint.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from math import comb
from typing import Any

from flint import arb, arb_series, ctx

from symact.language.terms import Term, postorder
from symact.prover.numeric.evaluate import precision
from symact.prover.numeric.simple_numbers import ball

Value = Any  # arb | arb_series

SUPPORTED = frozenset(("num", "name", "const", "add", "mul", "pow", "call", "given", "regular"))
FUNCTIONS = frozenset(("exp", "log", "sqrt", "erf", "atan", "sin", "cos"))
NAN = arb("nan")


def sign_of(value: arb) -> int:
    """1 or -1 when the ball excludes 0, else 0 (also for NaN)."""
    return 1 if value > 0 else -1 if value < 0 else 0


def is_jet_term(root: Term, variable: Term) -> bool:
    """Whether the term is made of analytic functions of this one name."""
    return all(
        node.op in SUPPORTED
        and (node.op != "name" or node is variable)
        and (node.op != "call" or node.value[0] in FUNCTIONS)
        and (node.op != "pow" or _is_whole(node.args[1]))
        for node in postorder(root)
    )


def _is_whole(exponent: Term) -> bool:
    return exponent.op == "num" and exponent.value.denominator == 1


@dataclass(frozen=True)
class Shape:
    """Enclosures of f, f' and f''/2 on a piece."""

    value: arb
    slope: arb
    bend: arb


class Jets:
    """The jets of one term of one name, at one precision; subterms without the name are shared."""

    def __init__(self, root: Term, variable: Term, bits: int) -> None:
        self.bits = bits
        self._slots: list[Value] = []
        self._program: list[tuple[int, Callable[[list[Value]], Value], tuple[int, ...]]] = []
        places: dict[Term, int] = {}
        closed: set[int] = set()
        with precision(bits):
            for node in postorder(root):
                place = places[node] = len(self._slots)
                below = tuple(places[arg] for arg in node.args)
                self._slots.append(None)
                if node is variable:
                    continue
                operation = _operation(node)
                if all(k in closed for k in below):
                    closed.add(place)
                    self._slots[place] = operation([self._slots[k] for k in below])
                else:
                    self._program.append((place, operation, below))
            self._root = places[root]
        self._input = places.get(variable)

    def value(self, at: arb) -> arb:
        """The value at a ball."""
        with precision(self.bits):
            return arb(self._run(at))

    def at(self, at: arb, order: int) -> list[arb]:
        """[a_0, …, a_order], not finite where the term is not shown to be analytic."""
        with precision(self.bits), _length(order + 1):
            try:
                found = self._run(arb_series([at, 1], order + 1))
            except (ValueError, ZeroDivisionError):
                return [NAN] * (order + 1)
            if isinstance(found, arb):
                return [found] + [arb(0)] * order
            return [found[k] for k in range(order + 1)]

    def _run(self, at: Value) -> Value:
        slots = list(self._slots)
        if self._input is not None:
            slots[self._input] = at
        for place, operation, below in self._program:
            slots[place] = operation([slots[k] for k in below])
        return slots[self._root]

    def shape(self, lower: Fraction, upper: Fraction, order: int) -> Shape:
        """f, f', f''/2 on [lower, upper]: plain enclosures, and Taylor's formula at the middle."""
        with precision(self.bits):
            low, high = ball(lower), ball(upper)
            wide = self.at(low.union(high), order)
            near = [*self.at(ball((lower + upper) / 2), order - 1), wide[order]]
            powers = _powers((high - low).upper() / 2, order)
            return Shape(*(_common(wide[s], _taylor(near, powers, s)) for s in range(3)))

    def quotient(self, lower: Fraction, upper: Fraction, root: arb, zeros: int, order: int) -> arb:
        """f(x) / (x - r)^k on the piece, for a zero r of order k at least."""
        with precision(self.bits):
            piece = ball(lower).union(ball(upper))
            wide = self.at(piece, zeros + order)
            near = [*self.at(root, zeros + order - 1), wide[zeros + order]]
            reach = max((piece.upper() - root).upper(), (root - piece.lower()).upper())
            powers = _powers(reach, order)
            total = near[zeros]
            for power, a in zip(powers[1:], near[zeros + 1 :], strict=False):
                total = total + a * power
            return _common(wide[zeros], total)


def _taylor(near: list[arb], powers: list[arb], shown: int) -> arb:
    """Σ C(j, s) a_j h^(j-s) for every h of the piece."""
    total = near[shown]
    for j in range(shown + 1, len(near)):
        total = total + comb(j, shown) * near[j] * powers[j - shown]
    return total


def _powers(reach: arb, order: int) -> list[arb]:
    """{h^i : |h| <= reach} for i up to the order."""
    powers, power = [arb(1)], arb(1)
    for i in range(1, order + 1):
        power = (power * reach).upper()
        powers.append(arb(0, power) if i % 2 else arb(power / 2, power / 2))
    return powers


def _common(a: arb, b: arb) -> arb:
    """What two enclosures of the same numbers have in common."""
    if not (a.is_finite() and b.is_finite()):
        return a if a.is_finite() else b
    try:
        return a.intersection(b)
    except ValueError:  # rounding made them disjoint
        return a


@contextmanager
def _length(count: int) -> Iterator[None]:
    """Sets FLINT's limit on the length of series (global state) and restores it."""
    before = ctx.cap
    ctx.cap = count
    try:
        yield
    finally:
        ctx.cap = before


# -- one operation --------------------------------------------------------------------------------
def _operation(node: Term) -> Callable[[list[Value]], Value]:
    if node.op == "num":
        constant = ball(node.value)
        return lambda _: constant
    if node.op == "const":
        return lambda _: arb.pi()
    if node.op == "pow":
        exponent = int(node.args[1].value)
        return lambda args: _power(args[0], exponent)
    if node.op == "call":
        return _FUNCTIONS[node.value[0]]
    return _OPERATIONS[node.op]


def _sum(args: list[Value]) -> Value:
    total = args[0]
    for arg in args[1:]:
        total = total + arg
    return total


def _product(args: list[Value]) -> Value:
    total = args[0]
    for arg in args[1:]:
        total = total * arg
    return total


def _power(base: Value, exponent: int) -> Value:
    if exponent < 0:
        return 1 / _power(base, -exponent)
    if isinstance(base, arb):
        return _power_of_ball(base, exponent)
    result: Value = arb(1)
    for digit in bin(exponent)[2:]:
        result = result * result
        if digit == "1":
            result = result * base
    return result


def _power_of_ball(base: arb, exponent: int) -> arb:
    """x^n; balls with the middle 0 lose themselves in FLINT's own power."""
    if not base.contains(0) or base.is_zero():
        return base**exponent
    top = (abs(base).upper() ** exponent).upper()
    return arb(0, top) if exponent % 2 else arb(top / 2, top / 2)


_OPERATIONS: dict[str, Callable[[list[Value]], Value]] = {
    "add": _sum,
    "mul": _product,
    "given": lambda args: args[0],
    "regular": lambda args: args[0],
}

_FUNCTIONS: dict[str, Callable[[list[Value]], Value]] = {
    "exp": lambda args: args[0].exp(),
    "log": lambda args: args[0].log(),
    "sqrt": lambda args: args[0].sqrt(),
    "erf": lambda args: args[0].erf(),
    "atan": lambda args: args[0].atan(),
    "sin": lambda args: args[0].sin(),
    "cos": lambda args: args[0].cos(),
}
