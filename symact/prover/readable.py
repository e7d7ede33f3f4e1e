"""Core terms as a person would write them, for messages and fact sheets.

Above: `decide`, `explain.facts`. Below: language.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import prod

from symact.language.terms import (
    Term,
    add,
    div,
    fold,
    is_num,
    ite,
    mul,
    neg,
    num,
    power,
    rebuild,
)


def readable(root: Term) -> Term:
    """The term for reading: factors 1 and summands 0 left out, quotients written as such."""
    return fold(root, lambda t, below: _RULES.get(t.op, rebuild)(t, below))


def _branch(node: Term, below: list[Term]) -> Term:
    guard, then, other = below
    return then if then is other else ite(node.value, guard, then, other)


def _sum(_node: Term, below: list[Term]) -> Term:
    return add(*(b for b in below if not is_num(b, 0)))


def _product(_node: Term, below: list[Term]) -> Term:
    factors = [f for b in below for f in (b.args if b.op == "mul" else (b,))]
    scale = prod((f.value for f in factors if f.op == "num"), start=Fraction(1))
    under = [f.args[1] for f in factors if f.op == "div"]
    over = [f.args[0] if f.op == "div" else f for f in factors if f.op != "num"]
    over = [f for f in over if not is_num(f, 1)]
    if not scale:
        return num(0)
    top = mul(*([num(scale)] if scale not in (1, -1) or not over else []), *over)
    whole = div(top, mul(*under)) if under else top
    return neg(whole) if scale == -1 and over else whole


def _power(_node: Term, below: list[Term]) -> Term:
    base, exponent = below
    if is_num(exponent, 1):
        return base
    if exponent.op == "num" and exponent.value < 0:
        return div(num(1), base if exponent.value == -1 else power(base, num(-exponent.value)))
    return power(base, exponent)


_RULES: dict[str, Callable[[Term, list[Term]], Term]] = {
    "given": lambda _, below: below[0],
    "regular": lambda _, below: below[0],
    "ite": _branch,
    "kink": _branch,
    "add": _sum,
    "mul": _product,
    "pow": _power,
}
