"""Elementary functions of the language, unfolded to core terms.

Core functions: exp log sqrt erf atan sin cos floor. Everything else is a macro over them, with the
domain that the macro's partial operations give it (tan: cos x ≠ 0; acosh: x ≥ 1; atanh: |x| < 1).

Above: `unfold`. Below: `terms`.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import prod

from symact.language.terms import Term, add, call, const, fold, is_num, ite, mul, num, power, term

HALF = Fraction(1, 2)
MAX_FOLDED = 4_096  # bits of a power of numbers that is worked out inside an exponent


def negative(operand: Term) -> Term:
    """-t."""
    return num(-operand.value) if operand.op == "num" else mul(num(-1), operand)


def difference(left: Term, right: Term) -> Term:
    """left - right; left itself when right is the number 0."""
    return left if is_num(right, 0) else add(left, negative(right))


def reciprocal(operand: Term) -> Term:
    """1 / t."""
    return power(operand, num(-1))


def quotient(numerator: Term, denominator: Term) -> Term:
    """a / b; the obligation b != 0 stays visible unless b is a nonzero number."""
    if denominator.op == "num" and denominator.value != 0:
        if numerator.op == "num":
            return num(numerator.value / denominator.value)
        return mul(num(1 / denominator.value), numerator)
    return mul(numerator, reciprocal(denominator))


def exp(x: Term) -> Term:
    """exp(x)."""
    return call("exp", x)


def log(x: Term) -> Term:
    """log(x), x > 0."""
    return call("log", x)


def sqrt(x: Term) -> Term:
    """sqrt(x), x >= 0."""
    return call("sqrt", x)


def real_power(base: Term, exponent: Term) -> Term:
    """b ** e: a power for integers e, powers of sqrt for half-integers, else exp(e log b).

    Texts disagree on other powers of b <= 0 (0**pi, (-8)**(1/3)), so their value is left unknown.
    """
    number = rational_of(exponent)
    if number is not None and (2 * number).denominator == 1:
        whole = (2 * number).numerator
        return power(base, num(number)) if whole % 2 == 0 else power(sqrt(base), num(whole))
    value = exp(mul(exponent, log(base)))
    if base.op == "num" and base.value > 0:
        return value
    return term("given", (term("regular", (value, log(base))), base, exponent))


def rational_of(root: Term) -> Fraction | None:
    """The value of a term of numbers, sums and products; None for any other term."""

    def value(node: Term, below: list[Fraction | None]) -> Fraction | None:
        if node.op == "num":
            return Fraction(node.value)
        if node.op == "pow" and below[0] and below[1] is not None:
            small = below[1].denominator == 1 and abs(below[1]) * _bits(below[0]) <= MAX_FOLDED
            return below[0] ** int(below[1]) if small else None
        known = [b for b in below if b is not None]
        if len(known) < len(below) or node.op not in ("add", "mul"):
            return None
        return sum(known, Fraction(0)) if node.op == "add" else prod(known, start=Fraction(1))

    return fold(root, value)


def _bits(value: Fraction) -> int:
    return value.numerator.bit_length() + value.denominator.bit_length()


def _sinh(x: Term) -> Term:
    return mul(num(HALF), add(exp(x), mul(num(-1), exp(negative(x)))))


def _cosh(x: Term) -> Term:
    return mul(num(HALF), add(exp(x), exp(negative(x))))


def _tan(x: Term) -> Term:
    return quotient(call("sin", x), call("cos", x))


def _asin(x: Term) -> Term:
    """2 atan(x / (1 + sqrt(1 - x^2))), right on the closed interval [-1, 1]."""
    root = sqrt(add(num(1), mul(num(-1), power(x, num(2)))))
    return mul(num(2), call("atan", quotient(x, add(num(1), root))))


def _acos(x: Term) -> Term:
    return add(mul(num(HALF), const("pi")), mul(num(-1), _asin(x)))


def _asinh(x: Term) -> Term:
    return log(add(x, sqrt(add(power(x, num(2)), num(1)))))


def _acosh(x: Term) -> Term:
    return log(add(x, sqrt(add(power(x, num(2)), num(-1)))))


def _atanh(x: Term) -> Term:
    ratio = quotient(add(num(1), x), add(num(1), negative(x)))
    return mul(num(HALF), log(ratio))


def _erfc(x: Term) -> Term:
    return add(num(1), mul(num(-1), call("erf", x)))


def _abs(x: Term) -> Term:
    return ite(">=", x, x, negative(x))


def _sign(x: Term) -> Term:
    return ite(">", x, num(1), ite("==", x, num(0), num(-1)))


def _extremum(relation: str) -> Callable[..., Term]:
    def applied(*values: Term) -> Term:
        best = values[0]
        for other in values[1:]:
            best = ite(relation, difference(best, other), best, other)
        return best

    return applied


def _core(function: str) -> Callable[[Term], Term]:
    return lambda x: call(function, x)


CORE_FUNCTIONS = ("exp", "log", "sqrt", "erf", "atan", "sin", "cos", "floor")

FUNCTIONS: dict[str, Callable[..., Term]] = {
    **{function: _core(function) for function in CORE_FUNCTIONS},
    "sinh": _sinh,
    "cosh": _cosh,
    "tan": _tan,
    "asin": _asin,
    "acos": _acos,
    "asinh": _asinh,
    "acosh": _acosh,
    "atanh": _atanh,
    "erfc": _erfc,
    "abs": _abs,
    "sign": _sign,
    "max": _extremum(">="),
    "min": _extremum("<="),
}
