"""Every function that a claim may call, by its name.

Above: `reading`. Below: `elementary`, `definitions`, `lists`, `sides`.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from functools import reduce
from typing import Any

from flint import arb, fmpq

from tests.soundness import lists, sides
from tests.soundness.balls import Jet, Unknown, Value, divide, sign
from tests.soundness.definitions import ACTIVATIONS, ALIASES
from tests.soundness.elementary import ELEMENTARY, sqrt
from tests.soundness.lists import Unreadable, elementwise


def _floor(value: Value) -> Value:
    """The whole number below; of a jet, that on its side."""
    if isinstance(value, Jet):
        first = value.c[0]
        below = _floor(first)
        if sign(first - below) == 0:
            beside = sides.sign_beside(value - below)
            if beside == 0:
                raise Unknown
            below = below if beside > 0 else below - 1
        return Jet((below, *[fmpq(0)] * (len(value.c) - 1)))
    if isinstance(value, fmpq):
        return fmpq(value.p // value.q)
    found = arb.floor(value).unique_fmpz()
    if found is None:
        raise Unknown
    return fmpq(found)


def _sign(value: Value) -> Value:
    found = sides.sign_beside(value)
    if found == 0 and isinstance(value, Jet):
        raise Unknown
    return fmpq(found)


def _extremum(choose: Callable[[Value, Value], Value]) -> Callable[..., Value]:
    return lambda *values: elementwise(lambda *reals: reduce(choose, reals), *values)


def _softmax(scale: int) -> Callable[[Value], Value]:
    def value(v: Value) -> Value:
        weights = elementwise(lambda u: ELEMENTARY["exp"](u * scale), lists.vector(v))
        return elementwise(divide, weights, lists.total(weights))

    return value


def _log_softmax(v: Value) -> Value:
    weights = elementwise(ELEMENTARY["exp"], lists.vector(v))
    return elementwise(lambda u, w: u - w, v, ELEMENTARY["log"](lists.total(weights)))


def _dense(weights: Value, bias: Value) -> Callable[[Value], Value]:
    def layer(v: Value) -> Value:
        if isinstance(weights, tuple):
            return elementwise(lambda a, b: a + b, lists.matmul(weights, v), bias)
        raise Unreadable("weights of unknown shape")

    return layer


def _residual(inner: Callable[[Value], Value]) -> Callable[[Value], Value]:
    return lambda v: elementwise(lambda a, b: a + b, v, inner(v))


def chained(*functions: Any) -> Callable[[Value], Value]:
    """The functions one after the other, the first first."""
    if not all(map(callable, functions)):
        raise Unreadable("a function is needed")

    def value(v: Value) -> Value:
        for function in functions:
            v = function(v)
        return v

    return value


SPECIAL: Mapping[str, Callable[..., Value]] = {
    **{name: lambda v, f=f: elementwise(f, v) for name, f in ELEMENTARY.items()},
    "abs": lambda v: elementwise(sides.magnitude, v),
    "sign": lambda v: elementwise(_sign, v),
    "floor": lambda v: elementwise(_floor, v),
    "max": _extremum(sides.larger),
    "min": _extremum(sides.smaller),
    "sum": lists.total,
    "dot": lists.dot,
    "norm": lambda v: sqrt(lists.dot(v, v)),
    "transpose": lists.transposed,
    "softmax": _softmax(1),
    "softmin": _softmax(-1),
    "log_softmax": _log_softmax,
    "logsoftmax": _log_softmax,
    "dense": _dense,
    "residual": _residual,
}


def activations(read: Callable[[str, list[str]], Callable[[Any], Value]]) -> dict[str, Any]:
    """The activations by their names and aliases; `read` turns a body into a function."""
    table: dict[str, Any] = {}
    for line in ACTIVATIONS.replace("\\\n", "").strip().splitlines():
        head, _, body = line.partition(" = ")
        table[head.partition("(")[0]] = _activation(head, body, read)
    for pair in ALIASES.split():
        alias, _, which = pair.partition("=")
        table[alias] = table[which]
    return table


def _activation(head: str, body: str, read: Any) -> Callable[..., Value]:
    """The function that `head = body` defines; it takes lists entry by entry."""
    definition = ast.parse(
        f"lambda {head.partition('(')[2].removesuffix(')')}: 0", mode="eval"
    ).body
    if not isinstance(definition, ast.Lambda):
        raise Unreadable(head)
    names = [arg.arg for arg in definition.args.args]
    texts = [ast.unparse(default) for default in definition.args.defaults]
    defaults = {name: read(text, [])({}) for name, text in zip(names[1:], texts, strict=True)}
    value = read(body, names)

    def function(x: Value, *positional: Value, **named: Value) -> Value:
        given = dict(zip(names[1:], positional, strict=False))
        if len(positional) >= len(names) or not set(named) <= set(names[1:]):
            raise Unreadable("parameters")
        env = {**defaults, **given, **named}
        return elementwise(lambda u: value({**env, names[0]: u}), x)

    return function
