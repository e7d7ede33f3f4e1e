"""Expressions that stand for functions: catalogue names, lambdas, compositions, layers, stacks.

Above: `reading`. Below: `forms`, `vocabulary`, `terms`, `limits`.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from symact.language.errors import ClaimError
from symact.language.forms import counted, plain_call, whole
from symact.language.limits import MAX_STACK
from symact.language.terms import Term, term
from symact.language.vocabulary import (
    FUNCTIONS,
    LAYERS,
    STACK,
    VECTOR_FUNCTIONS,
    Vocabulary,
    is_reserved,
)

if TYPE_CHECKING:
    from symact.language.reading import Reader


def is_function(node: ast.expr, vocabulary: Vocabulary) -> bool:
    """Whether the expression, by its form, stands for a function. Never fails."""
    if isinstance(node, ast.Name):
        word = node.id
        builtin = word in FUNCTIONS or word in VECTOR_FUNCTIONS or word in LAYERS
        return builtin or vocabulary.knows(word)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        word = node.func.id
        if word in LAYERS or word == "stack":
            return True
        return bool(not node.args and node.keywords and vocabulary.knows(word))
    if isinstance(node, ast.BinOp):
        return isinstance(node.op, ast.RShift)
    return isinstance(node, ast.Lambda)


def function(reader: Reader, node: ast.expr, in_stack: bool = False) -> Term:
    """The function that an expression stands for; `dense` alone only inside a stack.

    Fails with ClaimError when it stands for a value, or for nothing.
    """
    if isinstance(node, ast.Lambda):
        return _anonymous(reader, node)
    if isinstance(node, ast.Name):
        return _named(reader, node, in_stack)
    if not is_function(node, reader.vocabulary):
        raise _value_as_function(reader, node)
    if isinstance(node, ast.BinOp):
        return _composition(reader, node, in_stack)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        if node.func.id == "stack":
            return _stack(reader, node)
        if node.func.id in LAYERS:
            return _layer(reader, node, node.func.id, in_stack)
        return plain_call(reader, node, node.func.id)
    raise _value_as_function(reader, node)


def unary(reader: Reader, node: ast.expr, in_stack: bool = False) -> Term:
    """A function of one argument. Fails with ClaimError as `function` does."""
    result = function(reader, node, in_stack)
    if result.op == "lambda" and len(result.value) > 1:
        message = "a function of one argument is due here"
        raise reader.fail(node, message, "lambda x: …", "lambda x: x**2")
    return result


def _value_as_function(reader: Reader, node: ast.expr) -> ClaimError:
    """The error for a number where a function is due: shows how to make it one."""
    words = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
    free = sorted(w for w in words if not is_reserved(w) and not reader.vocabulary.knows(w))
    variable = "x" if "x" in free or not free else free[0]
    typed = reader.typed(node)
    message = f"'{typed}' is a value, not a function"
    return reader.fail(node, message, "a function", f"lambda {variable}: {typed}")


def _anonymous(reader: Reader, node: ast.Lambda) -> Term:
    """lambda x, y: body. A relation after it belongs outside, in parentheses."""
    names = tuple(reader.free(argument, argument.arg) for argument in node.args.args)
    if isinstance(node.body, ast.Compare):
        raise reader.fail(
            node.body,
            "a comparison is not the value of a function",
            "parentheses around the lambda",
            "(lambda x: x**2) == (lambda x: x*x)",
        )
    return term("lambda", (reader.value(node.body),), names)


def _named(reader: Reader, node: ast.Name, in_stack: bool) -> Term:
    """relu, sin, flatten; dense inside a stack."""
    word = node.id
    if word in LAYERS:
        return _bare_layer(reader, node, word, in_stack)
    shape = FUNCTIONS.get(word) or VECTOR_FUNCTIONS.get(word)
    if shape is not None:
        if shape.takes(1):
            return term("function", (), (word, ()))
        message = f"'{word}' is a function of several arguments"
        raise reader.fail(node, message, "a function of one argument", f"lambda x: {shape.form}")
    if definition := reader.vocabulary.lookup(word):
        for parameter in definition.parameters:
            if parameter.default is None:
                message = f"'{word}' has no value for its parameter '{parameter.name}'"
                example = f"{word}({parameter.name}=1/2)"
                raise reader.fail(node, message, f"{parameter.name}=…", example)
        return term("function", (), (word, ()))
    if is_reserved(word):
        raise reader.fail(node, f"'{word}' is not a function", "a function", "lambda x: x**2")
    raise reader.unknown(node, word)


def _bare_layer(reader: Reader, node: ast.Name, word: str, in_stack: bool) -> Term:
    """flatten, dropout; dense, whose weights are its own in every layer of a stack."""
    if LAYERS[word].takes(0) or (in_stack and word == "dense"):
        return term("layer", (), word)
    example = "stack(n, dense)" if word == "dense" else ""
    raise reader.fail(node, f"'{word}' needs its arguments", LAYERS[word].form, example)


def _composition(reader: Reader, root: ast.BinOp, in_stack: bool) -> Term:
    """f >> g >> h: f first; n-ary as far as no parentheses say otherwise."""
    spine: list[ast.BinOp] = []
    node: ast.expr = root
    while isinstance(node, ast.BinOp) and isinstance(node.op, ast.RShift):
        spine.append(node)
        node = node.left
    group = [unary(reader, node, in_stack)]
    for outer in reversed(spine):
        if len(group) > 1 and outer.left.col_offset > outer.col_offset:
            group = [term("compose", tuple(group))]
        group.append(unary(reader, outer.right, in_stack))
    return term("compose", tuple(group))


def _layer(reader: Reader, node: ast.Call, word: str, in_stack: bool) -> Term:
    """dense(W, b), conv(K, b), residual(f), …"""
    args = counted(reader, node, LAYERS[word])
    if not args:
        raise reader.fail(node, f"'{word}' takes no parentheses without arguments", word)
    if word == "residual":
        return term("layer", (unary(reader, args[0], in_stack),), word)
    return term("layer", tuple(reader.value(argument) for argument in args), word)


def _stack(reader: Reader, node: ast.Call) -> Term:
    """stack(n, f): n is a number or a name."""
    count, repeated = counted(reader, node, STACK)
    number = reader.value(count)
    if number.op == "num":
        whole(reader, count, number, MAX_STACK, "the number of layers")
    return term("stack", (number, unary(reader, repeated, in_stack=True)))
