"""What each SymPy node means in the language: one rule a class, from the node and its parts' terms.

Above: `from_sympy`. Below: `bridge_conditions`, `bridge_tables`, `language.terms`.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Final

import sympy
from sympy.logic.boolalg import BooleanFalse, BooleanTrue
from sympy.matrices.expressions.matexpr import MatrixExpr
from sympy.matrices.matrixbase import MatrixBase

from symact.explain import bridge_conditions as conditions
from symact.explain.bridge_tables import SIGNS, WORDS, BridgeError, shown
from symact.language.terms import Term, add, call, const, div, is_num, mul, neg, num, power, term

Rule = Callable[[Any, list[Any]], Any]
HALF: Final = Fraction(1, 2)


# -- numbers and arithmetic ---------------------------------------------------------------------
def _rational(node: Any, _: list[Any]) -> Term:
    return num(Fraction(int(node.p), int(node.q)))


def _float(node: Any, _: list[Any]) -> Term:
    raise BridgeError(
        f"{node} is a floating-point number, which is only near the number meant",
        expected='an exact one: sympy.Rational("0.1"), or the claim as text, where 0.1 is 1/10',
    )


def _product(node: Any, args: list[Any]) -> Term:
    """Factors; those to the power -1 make a denominator, a leading -1 a sign."""
    inverse = [_is_inverse(factor) for factor in node.args]
    above = [arg for arg, below in zip(args, inverse, strict=True) if not below]
    below = [_inverted(arg) for arg, below in zip(args, inverse, strict=True) if below]
    negative = len(above) > 1 and node.args[0] is sympy.S.NegativeOne
    result = mul(*above[1:]) if negative else mul(*above)
    result = div(result, mul(*below)) if below else result
    return neg(result) if negative else result


def _is_inverse(node: Any) -> bool:
    return isinstance(node, sympy.Pow) and node.exp is sympy.S.NegativeOne


def _inverted(inverse: Term) -> Term:
    """b for 1/b."""
    return num(1 / inverse.value) if inverse.op == "num" else inverse.args[1]


def _power(_: Any, args: list[Any]) -> Term:
    """1/b · sqrt(b) · 1/sqrt(b) · b**e."""
    base, exponent = args
    if is_num(exponent, -1):
        return div(num(1), base)
    if is_num(exponent, HALF):
        return call("sqrt", base)
    if is_num(exponent, -HALF):
        return div(num(1), call("sqrt", base))
    return power(base, exponent)


def _constant(word: str) -> Rule:
    return lambda *_: const(word)


def _golden_ratio(*_: Any) -> Term:
    return div(add(num(1), call("sqrt", num(5))), num(2))


# -- functions ----------------------------------------------------------------------------------
def _word(word: str) -> Rule:
    return lambda _, args: call(word, *args)


def _log(_: Any, args: list[Any]) -> Term:
    """log(x), or log(x, base)."""
    first, *base = (call("log", arg) for arg in args)
    return div(first, base[0]) if base else first


def _heaviside(_: Any, args: list[Any]) -> Term:
    """0, the value at 0 that the node carries, 1."""
    x, middle = args
    below, at = term("cmp", (x, num(0)), ("<",)), term("cmp", (x, num(0)), ("==",))
    return term("piecewise", (num(0), below, middle, at, num(1), term("true")))


def _ratio(above: str, below: str) -> Rule:
    """f(x)/g(x); 1/g(x) when `above` is empty."""
    return lambda _, args: div(call(above, *args) if above else num(1), call(below, *args))


def _piecewise(_: Any, args: list[Any]) -> Term:
    return conditions.piecewise(list(zip(args[::2], args[1::2], strict=True)))


# -- calculus -----------------------------------------------------------------------------------
def _derivative(node: Any, args: list[Any]) -> Term:
    """One diff for each variable in turn."""
    result: Term = args[0]
    variables = args[1:]
    for variable, (_, count) in zip(variables, node.variable_count, strict=True):
        if variable.op != "name" or not count.is_Integer:
            raise BridgeError(f"no such derivative in the language: {shown(node)}")
        result = term("diff", (result, variable), int(count))
    return result


def _integral(node: Any, args: list[Any]) -> Term:
    """One integral for each limit in turn."""
    result: Term = args[0]
    parts = args[1:]
    if any(len(limit) != 3 for limit in node.limits):
        bounds = "Integral(f, (x, a, b))"
        raise BridgeError(f"an integral without bounds: {shown(node)}", expected=bounds)
    for start in range(0, len(parts), 3):
        result = term("integral", (result, *parts[start : start + 3]))
    return result


def _limit(node: Any, args: list[Any]) -> Term:
    side = str(node.args[3])
    infinite = node.args[2] in (sympy.oo, -sympy.oo)
    return term("limit", tuple(args), "" if infinite or side == "+-" else side)


# -- lists and matrices -------------------------------------------------------------------------
def _matrix(node: Any, args: list[Any]) -> Term:
    """A column is a list; rows of two or more are a list of lists."""
    rows, columns = node.shape
    if columns == 1:
        return term("list", tuple(args))
    starts = range(0, rows * columns, columns)
    return term("list", tuple(term("list", tuple(args[i : i + columns])) for i in starts))


def _matrix_product(node: Any, args: list[Any]) -> Term:
    """Numbers times A1 @ A2 @ …"""
    matrix = [isinstance(factor, MatrixExpr | MatrixBase) for factor in node.args]
    scalars = [arg for arg, is_matrix in zip(args, matrix, strict=True) if not is_matrix]
    factors = [arg for arg, is_matrix in zip(args, matrix, strict=True) if is_matrix]
    product = factors[0] if len(factors) == 1 else term("matmul", tuple(factors))
    if scalars == [num(-1)]:
        return neg(product)
    return mul(*scalars, product)


def _transpose(node: Any, args: list[Any]) -> Term:
    """A column is a list in the language, which has no transpose."""
    if any(symbol.shape[1] == 1 for symbol in node.atoms(sympy.MatrixSymbol)):
        raise BridgeError(f"a transposed column: {shown(node)}", expected="dot(u, v)")
    return call("transpose", *args)


RULES: Final = MappingProxyType[Any, Rule](
    {
        sympy.Rational: _rational,
        sympy.Float: _float,
        type(sympy.pi): _constant("pi"),
        type(sympy.E): _constant("E"),
        type(sympy.oo): _constant("oo"),
        type(-sympy.oo): lambda *_: neg(const("oo")),
        type(sympy.GoldenRatio): _golden_ratio,
        sympy.Add: lambda _, args: add(*args),
        sympy.Mul: _product,
        sympy.Pow: _power,
        **{kind: _word(word) for kind, word in WORDS.items()},
        sympy.log: _log,
        sympy.sec: _ratio("", "cos"),
        sympy.csc: _ratio("", "sin"),
        sympy.cot: _ratio("cos", "sin"),
        sympy.sech: _ratio("", "cosh"),
        sympy.csch: _ratio("", "sinh"),
        sympy.coth: _ratio("cosh", "sinh"),
        sympy.ceiling: lambda _, args: neg(call("floor", neg(args[0]))),
        sympy.frac: lambda _, args: add(args[0], neg(call("floor", args[0]))),
        sympy.Heaviside: _heaviside,
        sympy.Piecewise: _piecewise,
        sympy.Derivative: _derivative,
        sympy.Integral: _integral,
        sympy.Limit: _limit,
        **{kind: conditions.comparison(op) for kind, op in SIGNS.items()},
        sympy.And: lambda _, args: conditions.both(args),
        sympy.Or: lambda _, args: conditions.either(args),
        BooleanTrue: lambda *_: conditions.ALWAYS,
        BooleanFalse: lambda *_: conditions.NEVER,
        MatrixBase: _matrix,
        sympy.MatMul: _matrix_product,
        sympy.MatAdd: lambda _, args: add(*args),
        sympy.Transpose: _transpose,
    }
)

HINTS: Final = MappingProxyType(
    {
        "ComplexInfinity": "a real number (SymPy has divided by zero)",
        "NaN": "a real number (SymPy has met an undefined operation)",
        "ImaginaryUnit": "a real number",
        "Not": "the opposite relation",
        "Sum": "its terms written out",
        "Product": "its factors written out",
    }
)
"""What to write instead, for nodes that people are likely to try."""
