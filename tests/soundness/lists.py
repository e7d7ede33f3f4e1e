"""Vectors and matrices of known size, as tuples of values.

Above: `reading`, `functions`. Below: `balls`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flint import fmpq

from tests.soundness.balls import Value, is_real


class Unreadable(Exception):
    """The text, or a value in it, is beyond this reader: the claim is not looked at."""


def elementwise(rule: Callable[..., Value], *operands: Value) -> Value:
    """The rule, entry by entry where operands are lists; reals stand beside every entry."""
    if all(map(is_real, operands)):
        return rule(*operands)
    lengths = {len(u) for u in operands if isinstance(u, tuple)}
    if len(lengths) != 1:
        raise Unreadable("reals, or lists of one length, are needed")
    size = lengths.pop()
    rows = [u if isinstance(u, tuple) else (u,) * size for u in operands]
    return tuple(elementwise(rule, *entries) for entries in zip(*rows, strict=True))


def vector(value: Value) -> tuple[Value, ...]:
    """The entries of a list. Fails with Unreadable for anything else."""
    if not (isinstance(value, tuple) and value):
        raise Unreadable("a list is needed")
    return value


def item(values: Value, index: Any) -> Value:
    """values[index]."""
    if not (isinstance(index, fmpq) and index.q == 1 and 0 <= index < len(vector(values))):
        raise Unreadable("an index")
    return values[int(index.p)]


def total(values: Value) -> Value:
    """The sum of the entries."""
    entries = vector(values)
    result = entries[0]
    for entry in entries[1:]:
        result = elementwise(lambda a, b: a + b, result, entry)
    return result


def dot(left: Value, right: Value) -> Value:
    """The sum of the products."""
    return total(elementwise(lambda a, b: a * b, vector(left), vector(right)))


def transposed(matrix: Value) -> Value:
    """Rows become columns."""
    return tuple(zip(*map(vector, vector(matrix)), strict=True))


def matmul(left: Value, right: Value) -> Value:
    """Matrix times matrix or vector; vector times vector is the dot product."""
    if not isinstance(vector(left)[0], tuple):
        raise Unreadable("a matrix is needed")
    if isinstance(vector(right)[0], tuple):
        columns = transposed(right)
        return tuple(tuple(dot(row, column) for column in columns) for row in left)
    return tuple(dot(row, right) for row in left)
