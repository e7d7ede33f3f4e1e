"""SymPy's conditions as conditions of the language: chains of comparisons, tried in order.

A condition is read as a tuple of alternatives, each a tuple of comparisons that hold together.
Any comparisons can be joined to one chain through 0:  a > 0 < b  says a > 0 and b > 0.

Above: `from_sympy`, `sympy_claims`. Below: `bridge_tables`, `language.terms`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise, permutations, product
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from symact.explain.bridge_tables import BridgeError
from symact.language.terms import Term, add, div, neg, num, term


class Comparison(NamedTuple):
    """left op right."""

    left: Term
    op: str
    right: Term

    def turned(self) -> Comparison:
        """The same comparison read from its right side."""
        return Comparison(self.right, TURNED[self.op], self.left)


Chain = tuple[tuple[Term, ...], tuple[str, ...]]
Alternatives = tuple[tuple[Comparison, ...], ...]

ALWAYS: Final[Alternatives] = ((),)
NEVER: Final[Alternatives] = ()
MAX_ALTERNATIVES: Final = 64
"""Alternatives of one condition: And of many Ors multiplies them."""
MAX_PERMUTED: Final = 4
"""Comparisons up to which every order is tried for a chain such as 0 < x < 1."""

TURNED: Final = MappingProxyType(
    {"==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
)
OPPOSITE: Final = MappingProxyType(
    {"==": "!=", "!=": "==", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}
)


def comparison(op: str) -> Callable[[Any, list[Any]], Alternatives]:
    """The rule for SymPy's relation of this sign; it fails with BridgeError on conditions."""

    def read(_: Any, args: list[Any]) -> Alternatives:
        left, right = args
        if not (isinstance(left, Term) and isinstance(right, Term)):
            raise BridgeError("conditions are compared, where the language compares numbers")
        return ((Comparison(left, op, right),),)

    return read


def both(parts: Sequence[Alternatives]) -> Alternatives:
    """All the conditions. Fails with BridgeError when that makes too many alternatives."""
    result = ALWAYS
    for part in parts:
        if len(result) * len(part) > MAX_ALTERNATIVES:
            raise BridgeError("a condition with too many alternatives")
        result = tuple((*first, *second) for first, second in product(result, part))
    return result


def either(parts: Sequence[Alternatives]) -> Alternatives:
    """Any of the conditions. Never fails."""
    return tuple(alternative for part in parts for alternative in part)


def chain(comparisons: Sequence[Comparison]) -> Chain:
    """Sides and signs of one chain that says all the comparisons (at least one). Never fails."""
    if joined := _as_it_stands(comparisons):
        return joined
    candidates = permutations(comparisons) if len(comparisons) <= MAX_PERMUTED else iter(())
    for order in candidates:
        if joined := _natural(order):
            return joined
    return _through_zero(comparisons)


def _as_it_stands(order: Sequence[Comparison]) -> Chain | None:
    """a < b < c from a < b and b < c; None when a side does not meet the next one."""
    if any(a.right is not b.left for a, b in pairwise(order)):
        return None
    return (order[0].left, *(c.right for c in order)), tuple(c.op for c in order)


def _natural(order: Sequence[Comparison]) -> Chain | None:
    """A chain in this order, the comparisons turned so that their signs point one way."""
    for upward in (True, False):
        if joined := _as_it_stands([c if _is_upward(c) == upward else c.turned() for c in order]):
            return joined
    return None


def _is_upward(candidate: Comparison) -> bool:
    return candidate.op in ("<", "<=", "==", "!=")


def _through_zero(comparisons: Sequence[Comparison]) -> Chain:
    """a > 0 < b > 0 < c: every further comparison hangs on a 0, repeating the one before it."""
    first, *rest = (_against_zero(c) for c in comparisons)
    sides, signs, last = [first.left, first.right], [first.op], first
    for index, current in enumerate(rest):
        if index:
            sides.append(num(0))
            signs.append(last.op)
        turned = current.turned()
        sides.append(turned.right)
        signs.append(turned.op)
        last = current
    return tuple(sides), tuple(signs)


def _against_zero(c: Comparison) -> Comparison:
    """left - right op 0."""
    if c.right is num(0):
        return c
    return Comparison(add(c.left, neg(c.right)), c.op, num(0))


def piecewise(branches: Sequence[tuple[Any, Alternatives]]) -> Term:
    """The cases in their order. Where SymPy's cases lack a last one, the value is undefined (1/0).

    Fails with BridgeError when there is no case, or when a value is a condition.
    """
    parts: list[Term] = []
    for value, alternatives in _closed(list(branches)):
        if not isinstance(value, Term):
            raise BridgeError("a condition is the value of a case, where a number is needed")
        for alternative in alternatives:
            parts += [value, _condition(alternative)]
        if () in alternatives:
            break
    return term("piecewise", tuple(parts))


def _closed(branches: list[tuple[Any, Alternatives]]) -> list[tuple[Any, Alternatives]]:
    """The cases, the last of which always applies."""
    if not branches:
        raise BridgeError("a Piecewise without cases")
    if any(() in alternatives for _, alternatives in branches):
        return branches
    if len(branches) == 2 and _complementary(branches[0][1], branches[1][1]):
        return [branches[0], (branches[1][0], ALWAYS)]
    return [*branches, (div(num(1), num(0)), ALWAYS)]


def _complementary(first: Alternatives, second: Alternatives) -> bool:
    """Whether they are one comparison and its opposite."""
    if not (len(first) == len(second) == 1 and len(first[0]) == len(second[0]) == 1):
        return False
    a, b = first[0][0], second[0][0]
    return Comparison(a.left, OPPOSITE[a.op], a.right) in (b, b.turned())


def _condition(alternative: tuple[Comparison, ...]) -> Term:
    """True, or one chain."""
    if not alternative:
        return term("true")
    sides, signs = chain(alternative)
    return term("cmp", sides, signs)
