"""Words that bind a name or choose: diff, series, limit, integral, piecewise, stack.

Above: `reading`. Below: `calculus`, `estimates`.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from flint import fmpq

from tests.soundness import calculus, estimates
from tests.soundness.balls import Jet, Unknown, Value
from tests.soundness.functions import chained
from tests.soundness.lists import Unreadable

if TYPE_CHECKING:
    from tests.soundness.reading import Compiled, Env, Reader


def _variable(reader: Reader, node: ast.AST) -> str:
    if not isinstance(node, ast.Name):
        raise Unreadable("a variable is needed")
    reader.compile(node)
    return node.id


def _whole(reader: Reader, node: ast.AST) -> int:
    return _counted(reader.compile(node)({}))


def _counted(value: Value) -> int:
    if not isinstance(value, fmpq) or value.q != 1 or not 0 <= value <= 40:
        raise Unreadable("an order")
    return int(value.p)


def _diff(reader: Reader, node: ast.Call) -> Compiled:
    variable = _variable(reader, node.args[1])
    order = _whole(reader, node.args[2]) if len(node.args) > 2 else 1
    body = reader.compile(node.args[0])
    others = [n.id for n in ast.walk(node.args[0]) if isinstance(n, ast.Name)]

    def value(env: Env) -> Value:
        if any(isinstance(env.get(n), Jet) for n in others if n != variable):
            raise Unknown
        return calculus.derivative(lambda v: body({**env, variable: v}), env[variable], order)

    return value


def _series(reader: Reader, node: ast.Call) -> Compiled:
    variable, at = _variable(reader, node.args[1]), reader.compile(node.args[2])
    body, count = reader.compile(node.args[0]), _whole(reader, node.args[3])

    def value(env: Env) -> Value:
        return calculus.taylor(lambda v: body({**env, variable: v}), env[variable], at(env), count)

    return value


def _bound(reader: Reader, node: ast.Call) -> tuple[str, Compiled, list[str]]:
    """(the name that is bound, what it is bound in, other names there)."""
    variable = node.args[1]
    if not isinstance(variable, ast.Name):
        raise Unreadable("a variable is needed")
    reader.bound.append(variable.id)
    body = reader.compile(node.args[0])
    reader.bound.pop()
    names = {n.id for n in ast.walk(node.args[0]) if isinstance(n, ast.Name)}
    return variable.id, body, sorted(names - {variable.id})


def _end(reader: Reader, node: ast.expr) -> Compiled | int:
    """An end or point: 1 for oo, -1 for -oo, else a term."""
    inner = node.operand if isinstance(node, ast.UnaryOp) else node
    if isinstance(inner, ast.Name) and inner.id == "oo":
        return -1 if isinstance(node, ast.UnaryOp) else 1
    return reader.compile(node)


def _plain(env: Env, names: list[str]) -> None:
    """No power series enters a limit or an integral."""
    if any(isinstance(env.get(name), Jet) for name in names):
        raise Unknown


def _limit(reader: Reader, node: ast.Call) -> Compiled:
    variable, body, others = _bound(reader, node)
    at = _end(reader, node.args[2])
    sides: tuple[int, ...] = (1, -1)
    if len(node.args) > 3:
        if not (isinstance(node.args[3], ast.Constant) and node.args[3].value in ("+", "-")):
            raise Unreadable("a side")
        sides = (1,) if node.args[3].value == "+" else (-1,)

    def value(env: Env) -> Value:
        _plain(env, others)
        point, seen = (None, (at,)) if isinstance(at, int) else (at(env), sides)
        return estimates.limit(lambda v: body({**env, variable: v}), point, seen)

    return value


def _kinks(body: ast.expr, reader: Reader) -> list[fmpq]:
    from tests.soundness.landmarks import landmarks  # which compiles terms, as this does

    return landmarks(body, reader)[:6]


def _integral(reader: Reader, node: ast.Call) -> Compiled:
    variable, body, others = _bound(reader, node)
    ends = [_end(reader, end) for end in node.args[2:4]]
    marks = _kinks(node.args[0], reader)
    if ends[0] == 1 or ends[1] == -1 or len(ends) != 2:
        raise Unreadable("ends")

    def value(env: Env) -> Value:
        _plain(env, others)
        low, high = (None if isinstance(end, int) else end(env) for end in ends)
        return estimates.integral(lambda v: body({**env, variable: v}), low, high, marks)

    return value


def _piecewise(reader: Reader, node: ast.Call) -> Compiled:
    pairs = []
    for arg in node.args:
        if not (isinstance(arg, ast.Tuple) and len(arg.elts) == 2):
            raise Unreadable("a piece is (value, condition)")
        pairs.append((reader.compile(arg.elts[0]), reader.compile(arg.elts[1])))

    def value(env: Env) -> Value:
        for then, condition in pairs:
            if condition(env):
                return then(env)
        raise Unreadable("no last piece")

    return value


def _stack(reader: Reader, node: ast.Call) -> Compiled:
    count, layer = reader.compile(node.args[0]), reader.compile(node.args[1])

    def value(env: Env) -> Value:
        return chained(*[layer(env)] * _counted(count(env)))

    return value


FORMS: Mapping[str, Callable[[Reader, ast.Call], Compiled]] = {
    "diff": _diff,
    "series": _series,
    "limit": _limit,
    "integral": _integral,
    "piecewise": _piecewise,
    "stack": _stack,
}
