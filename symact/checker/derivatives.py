"""The derivative of an analytic core term: the checker differentiates by itself.

    D(u + v) = Du + Dv     D(uv) = Du v + u Dv     D(u^n) = n u^(n-1) Du     D f(u) = f'(u) Du

Nothing is simplified except that a subterm free of the variable has derivative 0, so every partial
operation of the derivative stays visible as an obligation.

Above: `germs`. Below: language.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from symact.checker.failures import CannotJudge
from symact.language.terms import (
    Term,
    add,
    call,
    const,
    fold,
    is_num,
    mul,
    num,
    postorder,
    power,
    rebuild,
    size,
    term,
)

ZERO = num(0)
MAX_NODES = 10_000  # distinct nodes of a derivative: high orders grow fast
MAX_FACTORS = 1_000_000  # factors written down for one derivative: some hundred megabytes


def _erf_slope(u: Term) -> Term:
    """2 / sqrt(pi) * exp(-u^2)."""
    root = power(call("sqrt", const("pi")), num(-1))
    return mul(num(2), root, call("exp", mul(num(-1), power(u, num(2)))))


SLOPES: Mapping[str, Callable[[Term], Term]] = {
    "exp": lambda u: call("exp", u),
    "log": lambda u: power(u, num(-1)),
    "sqrt": lambda u: mul(num(Fraction(1, 2)), power(call("sqrt", u), num(-1))),
    "erf": _erf_slope,
    "atan": lambda u: power(add(num(1), power(u, num(2))), num(-1)),
    "sin": lambda u: call("cos", u),
    "cos": lambda u: mul(num(-1), call("sin", u)),
}


def derivative(root: Term, variable: Term) -> Term:
    """D root / D variable. Fails with CannotJudge where the term is not analytic (ite, floor …)."""
    factors = sum(len(t.args) ** 2 for t in postorder(root) if t.op == "mul")
    if factors > MAX_FACTORS:
        raise CannotJudge("derivative too large")
    slope = fold(root, lambda t, below: _rule(t, below, variable))
    if size(slope) > MAX_NODES:
        raise CannotJudge("derivative too large")
    return slope


def _rule(node: Term, below: list[Term], variable: Term) -> Term:
    if node is variable:
        return num(1)
    if all(d is ZERO for d in below):
        return ZERO
    if node.op == "add":
        return add(*(d for d in below if d is not ZERO))
    if node.op == "mul":
        return add(*(_product(node.args, i, d) for i, d in enumerate(below) if d is not ZERO))
    if node.op == "pow" and below[1] is ZERO:
        base, exponent = node.args
        if is_num(exponent, 0):
            return mul(ZERO, base)
        return mul(exponent, power(base, num(exponent.value - 1)), below[0])
    if node.op == "call" and node.value[0] in SLOPES:
        return mul(SLOPES[node.value[0]](node.args[0]), below[0])
    if node.op in ("given", "regular"):
        return term(node.op, (below[0], *node.args))
    raise CannotJudge("no derivative rule for this term")


def _product(factors: tuple[Term, ...], index: int, slope: Term) -> Term:
    """The product with one factor replaced by its derivative."""
    rest = factors[:index] + factors[index + 1 :]
    return mul(*rest) if is_num(slope, 1) else mul(*rest, slope)


def given(value: Term, *needed: Term) -> Term:
    """`value`, defined only where all of `needed` are defined too."""
    return term("given", (value, *needed))


def regular(value: Term, *needed: Term) -> Term:
    """A term that is known to be `value` only where all of `needed` are defined."""
    return term("regular", (value, *needed))


def substitute(root: Term, variable: Term, value: Term) -> Term:
    """root with the name `variable` replaced by `value` (bound names are never free names)."""
    if all(t is not variable for t in postorder(root)):
        return root
    return fold(root, lambda t, below: value if t is variable else rebuild(t, below))


def depends(root: Term, variable: Term) -> bool:
    """Whether the name occurs in the term."""
    return any(t is variable for t in postorder(root))
