"""The calls that have a form of their own: calculus, piecewise, catalogue calls.

Each reads the arguments of one `ast.Call`. Above: `callables`, `reading`.
Below: `vocabulary`, `terms`, `limits`.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from symact.language.limits import MAX_ORDER
from symact.language.terms import Term, call, const, name, neg, term
from symact.language.vocabulary import (
    CALCULUS,
    FUNCTIONS,
    VECTOR_FUNCTIONS,
    Definition,
    Shape,
)

if TYPE_CHECKING:
    from symact.language.reading import Reader

_COMPARISONS: Final = MappingProxyType(
    {ast.Eq: "==", ast.NotEq: "!=", ast.LtE: "<=", ast.GtE: ">=", ast.Lt: "<", ast.Gt: ">"}
)


def operators(reader: Reader, node: ast.Compare) -> tuple[str, ...]:
    """The comparison signs of a chain. Fails with ClaimError on `in`, which is no comparison."""
    for op in node.ops:
        if type(op) not in _COMPARISONS:
            raise reader.fail(
                node,
                "'in' joins one name and one set, after 'where'",
                "a comparison",
                "1/x > 0 where x in Interval.open(0, 1)",
            )
    return tuple(_COMPARISONS[type(op)] for op in node.ops)


def counted(reader: Reader, node: ast.Call, shape: Shape) -> list[ast.expr]:
    """The arguments, when their number is right and none has a keyword. Fails with ClaimError."""
    if node.keywords:
        raise reader.fail(
            node.keywords[0], f"unexpected keyword '{node.keywords[0].arg}'", shape.form
        )
    if not shape.takes(len(node.args)):
        many = "1 argument" if len(node.args) == 1 else f"{len(node.args)} arguments"
        word = shape.form.partition("(")[0]
        raise reader.fail(node, f"'{word}' with {many}", shape.form)
    return node.args


def plain_call(reader: Reader, node: ast.Call, word: str) -> Term:
    """exp(x), dot(u, v), elu(x, alpha=2); or elu(alpha=2), which is a function."""
    shape = FUNCTIONS.get(word) or VECTOR_FUNCTIONS.get(word)
    if shape is not None:
        return call(word, *(reader.value(argument) for argument in counted(reader, node, shape)))
    definition = reader.vocabulary.lookup(word)
    if definition is None:
        raise reader.unknown(node, word)
    keywords = _parameters(reader, node, word, definition)
    args = tuple(
        reader.value(argument) for argument in (*node.args, *(k.value for k in node.keywords))
    )
    return term("call" if node.args else "function", args, (word, keywords))


def _parameters(
    reader: Reader, node: ast.Call, word: str, definition: Definition
) -> tuple[str, ...]:
    """The keywords of a catalogue call, in which every parameter gets one value, or ClaimError."""
    names = [parameter.name for parameter in definition.parameters]
    form = f"{word}({', '.join(['x', *names])})"
    if len(node.args) > 1 + len(names):
        raise reader.fail(node, f"too many arguments for '{word}'", form)
    given = set(names[: max(len(node.args) - 1, 0)])
    for keyword in node.keywords:
        if keyword.arg not in names:
            raise reader.fail(keyword, f"'{word}' has no parameter '{keyword.arg}'", form)
        if keyword.arg in given:
            raise reader.fail(keyword, f"the parameter '{keyword.arg}' is given twice", form)
        given.add(keyword.arg)
    for parameter in definition.parameters:
        if parameter.default is None and parameter.name not in given:
            raise reader.fail(
                node, f"'{word}' has no value for its parameter '{parameter.name}'", form
            )
    return tuple(str(keyword.arg) for keyword in node.keywords)


def _variable(reader: Reader, node: ast.expr) -> Term:
    """The name that a form of calculus acts on."""
    if not isinstance(node, ast.Name):
        raise reader.fail(
            node, f"'{reader.typed(node)}' is not a name", "the name of a variable", "diff(x**2, x)"
        )
    return name(reader.free(node, node.id))


def whole(reader: Reader, node: ast.expr, value: Term, most: int, what: str) -> int:
    """A whole number written out, from 0 to `most`. Fails with ClaimError."""
    if value.op != "num" or value.value.denominator != 1 or not 0 <= value.value <= most:
        raise reader.fail(node, f"{what} is a whole number written out", f"0 to {most}")
    return int(value.value)


def _order(reader: Reader, node: ast.expr, what: str) -> int:
    return whole(reader, node, reader.value(node), MAX_ORDER, what)


def endpoint(reader: Reader, node: ast.expr) -> Term:
    """A value, oo or -oo."""
    if isinstance(node, ast.Name) and node.id == "oo":
        return const("oo")
    if (
        isinstance(node, ast.UnaryOp)
        and isinstance(node.operand, ast.Name)
        and node.operand.id == "oo"
    ):
        return neg(const("oo")) if isinstance(node.op, ast.USub) else const("oo")
    return reader.value(node)


def _diff(reader: Reader, node: ast.Call) -> Term:
    """diff(e, x) · diff(e, x, n)."""
    args = counted(reader, node, CALCULUS["diff"])
    order = _order(reader, args[2], "the order of a derivative") if len(args) == 3 else 1
    return term("diff", (reader.value(args[0]), _variable(reader, args[1])), order)


def _limit(reader: Reader, node: ast.Call) -> Term:
    """limit(e, x, point) · limit(e, x, point, "+") · limit(e, x, point, "-")."""
    args = counted(reader, node, CALCULUS["limit"])
    side = ""
    if len(args) == 4:
        if not isinstance(args[3], ast.Constant) or args[3].value not in ("+", "-"):
            raise reader.fail(
                args[3],
                "the side of a limit is in quotes",
                '"+" or "-"',
                'limit(sign(x), x, 0, "+")',
            )
        side = str(args[3].value)
    point = endpoint(reader, args[2])
    if side and point in (const("oo"), neg(const("oo"))):
        raise reader.fail(
            args[3],
            "a limit at oo has one side only",
            "no fourth argument",
            "limit(tanh(x), x, oo)",
        )
    return term("limit", (reader.value(args[0]), _variable(reader, args[1]), point), side)


def _series(reader: Reader, node: ast.Call) -> Term:
    """series(e, x, at, n): the Taylor polynomial of degree < n."""
    args = counted(reader, node, CALCULUS["series"])
    order = _order(reader, args[3], "the length of a series")
    return term(
        "series", (reader.value(args[0]), _variable(reader, args[1]), reader.value(args[2])), order
    )


def _integral(reader: Reader, node: ast.Call) -> Term:
    """integral(e, x, a, b)."""
    args = counted(reader, node, CALCULUS["integral"])
    bounds = endpoint(reader, args[2]), endpoint(reader, args[3])
    return term("integral", (reader.value(args[0]), _variable(reader, args[1]), *bounds))


def _piecewise(reader: Reader, node: ast.Call) -> Term:
    """piecewise((value, condition), …, (value, True))."""
    pairs = counted(reader, node, CALCULUS["piecewise"])
    parts: list[Term] = []
    for pair in pairs:
        if not isinstance(pair, ast.Tuple) or len(pair.elts) != 2:
            raise reader.fail(
                pair, "piecewise is made of pairs", "(value, condition)", CALCULUS["piecewise"].form
            )
        value, condition = pair.elts
        parts += [reader.value(value), _condition(reader, condition, last=pair is pairs[-1])]
    return term("piecewise", tuple(parts))


def _condition(reader: Reader, node: ast.expr, last: bool) -> Term:
    """A chain of comparisons; True, and only True, comes last."""
    true = isinstance(node, ast.Constant) and node.value is True
    if last != true:
        message = (
            "the last condition of piecewise is True"
            if last
            else "'True' is the last condition only"
        )
        raise reader.fail(
            node, message, "True" if last else "a comparison", "piecewise((x, x > 0), (0, True))"
        )
    if true:
        return term("true")
    if not isinstance(node, ast.Compare):
        raise reader.fail(
            node, f"'{reader.typed(node)}' is not a condition", "a comparison", "x > 0"
        )
    signs = operators(reader, node)
    sides = tuple(reader.value(side) for side in (node.left, *node.comparators))
    return term("cmp", sides, signs)


VALUE_FORMS: Final[Mapping[str, Callable[[Reader, ast.Call], Term]]] = MappingProxyType(
    {
        "diff": _diff,
        "limit": _limit,
        "series": _series,
        "integral": _integral,
        "piecewise": _piecewise,
    }
)
