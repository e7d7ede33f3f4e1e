"""Statements and conditions: relations, predicates, memberships, sets.

Above: `parser`. Below: `reading`, `forms`, `vocabulary`, `claims`.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence

from symact.language.callables import function, is_function, unary
from symact.language.claims import Membership, Predicate, RealSet, Relation
from symact.language.errors import ClaimError
from symact.language.forms import endpoint, operators
from symact.language.reading import Reader
from symact.language.vocabulary import INTERVALS, PREDICATES, SETS, Shape

_INTERVAL = Shape("Interval(a, b)", range(2, 3))


def statement(reader: Reader, node: ast.expr) -> Relation | Predicate:
    """A relation or a predicate. Fails with ClaimError when the expression is neither."""
    if isinstance(node, ast.Compare):
        if _is_range(node.left):
            return _range(reader, node)
        return relation(reader, (node.left, *node.comparators), operators(reader, node))
    if (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in PREDICATES
    ):
        return predicate(reader, node, node.func.id)
    raise _no_statement(reader, node)


def _no_statement(reader: Reader, node: ast.expr) -> ClaimError:
    """A value or a function is no claim: a mistake inside it is told first."""
    if isinstance(node, ast.Name) and node.id in PREDICATES:
        return reader.fail(
            node, f"'{node.id}' of what?", PREDICATES[node.id].form, f"not {node.id}(relu)"
        )
    if is_function(node, reader.vocabulary):
        function(reader, node)
    else:
        reader.value(node)
    return reader.fail(
        node, f"'{reader.typed(node)}' states nothing", "a relation or a predicate", "relu(x) >= 0"
    )


def relation(reader: Reader, nodes: Sequence[ast.expr], ops: tuple[str, ...]) -> Relation:
    """A chain of comparisons: all sides are values, or all are functions and every sign is ==."""
    functions = [node for node in nodes if is_function(node, reader.vocabulary)]
    if not functions:
        return Relation(tuple(reader.value(node) for node in nodes), ops)
    if len(functions) < len(nodes):
        raise reader.function_as_value(functions[0])
    for op, node in zip(ops, nodes[1:], strict=True):
        if op != "==":
            raise reader.fail(
                node, f"functions are compared with ==, not with {op}", "'=='", "not tanh == relu"
            )
    return Relation(tuple(function(reader, node) for node in nodes), ops)


def _is_range(node: ast.expr) -> bool:
    return (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "range"
    )


def _range(reader: Reader, node: ast.Compare) -> Predicate:
    """range(f) == set."""
    form = Shape("range(f) == Interval(a, b)", range(1, 2))
    if len(node.ops) > 1 or not isinstance(node.ops[0], ast.Eq):
        raise reader.fail(node, "a range is compared with one set, by ==", form.form)
    function = node.left
    if not isinstance(function, ast.Call) or function.keywords or len(function.args) != 1:
        raise reader.fail(function, "'range' takes one function", form.form)
    return Predicate(
        "range", (unary(reader, function.args[0]),), real_set(reader, node.comparators[0])
    )


def predicate(reader: Reader, node: ast.Call, word: str) -> Predicate:
    """odd(f), lipschitz(f, L), increasing(f, on=Interval(0, 1)): a function comes first."""
    shape = PREDICATES[word]
    on = None
    for keyword in node.keywords:
        if keyword.arg != "on" or on is not None:
            raise reader.fail(
                keyword, f"unexpected keyword '{keyword.arg}'", f"{shape.form}, on=set"
            )
        on = real_set(reader, keyword.value)
    if not shape.takes(len(node.args)) or (word == "bounded" and len(node.args) == 2):
        raise reader.fail(node, f"'{word}' with {len(node.args)} arguments", shape.form)
    function, *values = node.args
    return Predicate(
        word, (unary(reader, function), *(reader.value(value) for value in values)), on
    )


def condition(reader: Reader, node: ast.expr) -> Relation | Membership:
    """x > 0, 0 < p < 1, x in Interval(-1, 1)."""
    if not isinstance(node, ast.Compare):
        raise reader.fail(
            node,
            f"'{reader.typed(node)}' is not a condition",
            "a relation, or name in set",
            "x > 0 where x > 1",
        )
    if isinstance(node.ops[0], ast.In) and len(node.ops) == 1:
        if not isinstance(node.left, ast.Name):
            raise reader.fail(
                node.left,
                f"'{reader.typed(node.left)}' is not a name",
                "name in set",
                "x in Interval(0, 1)",
            )
        return Membership(
            reader.free(node.left, node.left.id), real_set(reader, node.comparators[0])
        )
    signs = operators(reader, node)
    return Relation(tuple(reader.value(side) for side in (node.left, *node.comparators)), signs)


def real_set(reader: Reader, node: ast.expr) -> RealSet:
    """Reals, Naturals, Integers, Interval(a, b), Interval.open(a, b), …"""
    if isinstance(node, ast.Name) and node.id in SETS and node.id != "Interval":
        return RealSet(node.id)
    if isinstance(node, ast.Call):
        callee = node.func
        kind = callee.attr if isinstance(callee, ast.Attribute) else ""
        stem = callee.value if isinstance(callee, ast.Attribute) else callee
        if isinstance(stem, ast.Name) and stem.id == "Interval" and kind in INTERVALS:
            if node.keywords or len(node.args) != 2:
                raise reader.fail(
                    node, "an interval has two ends", _INTERVAL.form, "Interval(-1, 1)"
                )
            lower, upper = (endpoint(reader, end) for end in node.args)
            return RealSet("Interval", lower, upper, *INTERVALS[kind])
    raise reader.fail(
        node,
        f"'{reader.typed(node)}' is not a set",
        "Reals, Naturals, Integers or Interval(a, b)",
        "x in Interval(0, 1)",
    )
