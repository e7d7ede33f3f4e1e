"""Numbers beside which something may happen to a term: its constants, and kinks of its parts.

Above: `statements`. Below: `reading`.
"""

from __future__ import annotations

import ast
import itertools
from collections.abc import Iterator
from fractions import Fraction

from flint import arb, ctx, fmpq

from tests.soundness.balls import Number, Undefined, Unknown, ball, dyadic, is_real, rational, sign
from tests.soundness.lists import Unreadable
from tests.soundness.reading import Reader

LEVELS = tuple(map(rational, map(Fraction, "1 -1 2 -2 3 -3 1/2 -1/2 6".split())))
"""Where the activations of the catalogue have kinks and jumps, beside 0."""
MAX_MARKS = 60
MAX_SIZE = 10**7
BITS = 200


def landmarks(root: ast.expr, reader: Reader) -> list[fmpq]:
    """At most MAX_MARKS numbers: zeros of affine parts, constants, then other levels.

    An irrational one is rounded.
    """
    lines = [line for node in ast.walk(root) for line in _lines(node, reader)]
    found = dict.fromkeys(_crossing(line, fmpq(0)) for line in lines)
    for node in ast.walk(root):
        value = _closed(node, reader)
        if value is not None:
            found.update({value: None, -value: None})
    found.update(dict.fromkeys(_crossing(line, level) for level in LEVELS for line in lines))
    return [mark for mark in found if abs(mark) <= MAX_SIZE][:MAX_MARKS]


def _closed(node: ast.AST, reader: Reader) -> fmpq | None:
    """The value of a part without names."""
    if not isinstance(node, ast.Constant | ast.BinOp | ast.UnaryOp | ast.Call | ast.Name):
        return None
    if any(isinstance(n, ast.Name) and n.id not in (*reader.table, "pi") for n in ast.walk(node)):
        return None
    try:
        with ctx.workprec(BITS):
            value = Reader(reader.text).compile(node)({})
            return dyadic(value) if is_real(value) else None
    except (Unreadable, Undefined, Unknown, KeyError, TypeError, IndexError):
        return None


Line = tuple[Number, Number]  # value at 0, slope


def _lines(node: ast.AST, reader: Reader) -> Iterator[Line]:
    """Affine parts whose zeros matter: arguments of functions, divisors, differences compared."""
    if isinstance(node, ast.Call):
        parts: list[ast.expr] = node.args
    elif isinstance(node, ast.Compare):
        parts = [node.left, *node.comparators]
        for a, b in itertools.pairwise(parts):
            left, right = _affine(a, reader), _affine(b, reader)
            if left and right and _is_sloped(left[1] - right[1]):
                yield left[0] - right[0], left[1] - right[1]
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div | ast.Pow | ast.Mult):
        parts = [node.left, node.right]
    else:
        parts = []
    for part in parts:
        line = _affine(part, reader)
        if line and _is_sloped(line[1]):
            yield line


def _is_sloped(slope: Number) -> bool:
    try:
        return sign(slope) != 0
    except Unknown:
        return False


def _affine(part: ast.expr, reader: Reader) -> Line | None:
    """(a, b) when the part is a + b*name, or a number."""
    names = {n.id for n in ast.walk(part) if isinstance(n, ast.Name)} - {*reader.table, "pi", "E"}
    if len(names) > 1 or isinstance(part, ast.Lambda | ast.Tuple | ast.Compare):
        return None
    local = Reader(reader.text)
    local.bound += names
    try:
        with ctx.workprec(BITS):
            function = local.compile(part)
            a, b, c = (function(dict.fromkeys(names, fmpq(k))) for k in (0, 1, 2))
            if all(map(is_real, (a, b, c))) and ball(c - b).overlaps(ball(b - a)):
                return a, b - a
    except (Unreadable, Undefined, Unknown, KeyError, TypeError, IndexError):
        return None
    return None


def _crossing(line: Line, level: fmpq) -> fmpq:
    """Where the affine part takes the level."""
    value, slope = line
    with ctx.workprec(BITS):
        place = (level - value) / slope
        return dyadic(place if isinstance(place, fmpq) else arb(place))
