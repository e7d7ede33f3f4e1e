"""Lists of a given length (vectors, and lists of them: matrices) as unfolded values.

Above: `unfold`. Below: `elementary`, `functions`, `terms`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from symact.language import elementary
from symact.language.functions import Array, Function, Value
from symact.language.terms import Term, add, mul, num, power


class ShapeError(ValueError):
    """Lists whose lengths do not fit together."""


def broadcast(rule: Callable[..., Term], operands: Sequence[Value]) -> Value:
    """rule applied entry by entry; a real beside lists stands for every entry.

    Fails with ShapeError when two lists differ in length or an operand is a function.
    """
    if all(isinstance(operand, Term) for operand in operands):
        return rule(*operands)
    if any(isinstance(operand, Function) for operand in operands):
        raise ShapeError("a function stands where a real number or a list is needed")
    for operand in operands:
        if isinstance(operand, Array):
            return operand.broadcast(rule, operands)
    lengths = {len(operand) for operand in operands if isinstance(operand, tuple)}
    if len(lengths) > 1:
        raise ShapeError(f"lists of lengths {' and '.join(map(str, sorted(lengths)))}")
    columns = (
        [operand[i] if isinstance(operand, tuple) else operand for operand in operands]
        for i in range(lengths.pop())
    )
    return tuple(broadcast(rule, column) for column in columns)


def entries(value: Value) -> tuple[Value, ...]:
    """The entries of a list. Fails with ShapeError on anything else."""
    if not isinstance(value, tuple):
        raise ShapeError("a list is needed here")
    return value


def item(value: Value, index: Term) -> Value:
    """v[i], counted from 0. Fails with ShapeError unless 0 <= i < length."""
    inside = entries(value)
    if index.op != "num" or index.value.denominator != 1 or not 0 <= index.value < len(inside):
        raise ShapeError(f"an index from 0 to {len(inside) - 1} is needed")
    return inside[int(index.value)]


def dot(left: Value, right: Value) -> Value:
    """sum of u_i v_i. Fails with ShapeError when lengths differ."""
    a, b = entries(left), entries(right)
    if len(a) != len(b):
        raise ShapeError(f"lists of lengths {len(a)} and {len(b)}")
    return total(tuple(broadcast(mul, pair) for pair in zip(a, b, strict=True)))


def total(value: Value) -> Value:
    """The sum of the entries."""
    inside = entries(value)
    return broadcast(add, inside) if inside else num(0)


def norm(value: Value) -> Value:
    """The Euclidean norm."""
    squares = total(broadcast(lambda x: power(x, num(2)), [value]))
    return broadcast(elementary.sqrt, [squares])


def transpose(value: Value) -> Value:
    """Rows become columns. Fails with ShapeError unless it is a list of lists of one length."""
    if isinstance(value, Array):
        return value.transposed()
    rows = [entries(row) for row in entries(value)]
    if len({len(row) for row in rows}) != 1:
        raise ShapeError("rows of one length are needed")
    return tuple(zip(*rows, strict=True))


def _product(left: Value, right: Value) -> Value:
    if isinstance(left, Array):
        return left.times(right)
    rows = entries(left)
    if rows and isinstance(rows[0], tuple):
        if isinstance(entries(right)[0], tuple):
            columns = entries(transpose(right))
            return tuple(tuple(dot(row, column) for column in columns) for row in rows)
        return tuple(dot(row, right) for row in rows)
    if isinstance(entries(right)[0], tuple):
        return tuple(dot(left, column) for column in entries(transpose(right)))
    return dot(left, right)


def matmul(values: Sequence[Value]) -> Value:
    """A1 @ A2 @ …, from the right. Fails with ShapeError when shapes do not fit."""
    result = values[-1]
    for value in reversed(values[:-1]):
        result = _product(value, result)
    return result


def dense(weights: Value, bias: Value) -> Function:
    """x -> W @ x + b for lists W and b (b may be 0). Fails with ShapeError on shapes that clash."""
    width = None
    if not isinstance(weights, Array):
        rows = [entries(row) for row in entries(weights)]
        if isinstance(bias, tuple) and len(bias) != len(rows):
            raise ShapeError(f"{len(rows)} rows of weights and {len(bias)} biases")
        width = len(rows[0]) if rows else 0
    return Function(lambda x: broadcast(add, [matmul([weights, x]), bias]), width=width)


FUNCTIONS: dict[str, Callable[..., Value]] = {
    "sum": total,
    "dot": dot,
    "norm": norm,
    "transpose": transpose,
}
