"""Relations at points, sets of reals, and what the definition of a predicate adds to a statement.

Above: `predicates`, `statements`. Below: `reading`.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from flint import ctx, fmpq

from tests.soundness.balls import Number, Undefined, Unknown, Value, compare, is_real
from tests.soundness.lists import Unreadable
from tests.soundness.reading import Compiled, Env, Reader

Check = Callable[[Env], bool | None]
"""Whether a part of a claim holds where the names have these values; None when unknown."""

Shape = tuple[Callable[[Value], Value], int, int]  # function, order of derivative, sign


def compared(left: Callable[[], Value], op: str, right: Callable[[], Value]) -> bool | None:
    """left op right; False where a side is undefined, None when the balls do not tell."""
    found = []
    for side in (left, right):
        try:
            found.append(side())
        except Undefined:
            return False
        except Unknown:
            found.append(None)
    a, b = found
    return None if a is None or b is None else _entries(a, op, b)


def _entries(a: Value, op: str, b: Value) -> bool | None:
    if is_real(a) and is_real(b):
        return compare(a, op, b)
    if op != "==" or not (isinstance(a, tuple) and isinstance(b, tuple) and len(a) == len(b)):
        raise Unreadable("these do not compare")
    results = [_entries(x, op, y) for x, y in zip(a, b, strict=True)]
    return False if False in results else None if None in results else True


@dataclass(frozen=True)
class Domain:
    """An interval; an end None is infinite."""

    lower: Number | None = None
    upper: Number | None = None
    lower_open: bool = True
    upper_open: bool = True
    whole: bool = False

    def contains(self, value: Value) -> bool | None:
        """Whether the value lies inside; None when the balls do not tell."""
        results: list[bool | None] = [True]
        if self.lower is not None:
            results.append(compare(self.lower, "<" if self.lower_open else "<=", value))
        if self.upper is not None:
            results.append(compare(value, "<" if self.upper_open else "<=", self.upper))
        return False if False in results else None if None in results else True


_OPEN = {"": (0, 0), "open": (1, 1), "Lopen": (1, 0), "Ropen": (0, 1)}


def domain(reader: Reader, node: ast.expr) -> Domain:
    """The set that the tree denotes. Fails with Unreadable."""
    if isinstance(node, ast.Name) and node.id in ("Reals", "Integers", "Naturals"):
        start = fmpq(0) if node.id == "Naturals" else None
        return Domain(start, None, start is None, True, node.id != "Reals")
    if not (isinstance(node, ast.Call) and len(node.args) == 2):
        raise Unreadable("a set")
    function, kind = node.func, ""
    if isinstance(function, ast.Attribute):
        kind, function = function.attr, function.value
    if not (isinstance(function, ast.Name) and function.id == "Interval" and kind in _OPEN):
        raise Unreadable("a set")
    ends = [_end(reader, end) for end in node.args]
    return Domain(ends[0], ends[1], *map(bool, _OPEN[kind]))


def _end(reader: Reader, node: ast.expr) -> Number | None:
    inner = node.operand if isinstance(node, ast.UnaryOp) else node
    if isinstance(inner, ast.Name) and inner.id == "oo":
        return None
    try:
        with ctx.workprec(1000):
            return reader.compile(node)({})
    except (KeyError, Undefined, Unknown):
        raise Unreadable("an end") from None


class Setting:
    """What a definition adds to a statement."""

    def __init__(self, used: Iterable[str]) -> None:
        self.used = set(used)
        self.names: list[str] = []
        self.inside: list[str] = []
        self.conditions: list[Check] = []
        self.checks: list[Check] = []
        self.margins: list[Shape] = []
        self.domain: Domain | None = None
        self.whole: list[Any] = []

    def fresh(self, letter: str) -> str:
        """A new name: the letter, with as many underscores as it takes."""
        while letter in self.used:
            letter += "_"
        self.used.add(letter)
        return letter

    def name(self, letter: str) -> str:
        """A new name of the statement."""
        self.names.append(self.fresh(letter))
        return self.names[-1]

    def argument(self, letter: str) -> str:
        """A new name for an argument of the function, in the domain."""
        name = self.name(letter)
        self.inside.append(name)
        self.lies(lambda env: env[name])
        return name

    def lies(self, value: Compiled) -> None:
        """Presupposes that the value is in the domain."""
        if self.domain is not None:
            if self.domain.whole:
                raise Unreadable("on whole numbers")
            contains = self.domain.contains
            self.conditions.append(lambda env: contains(value(env)))

    def within(self, value: Number) -> bool:
        """Whether the value is no end of the domain: what lies beyond is not asked there."""
        ends = (self.domain.lower, self.domain.upper) if self.domain else ()
        return all(end is None or compare(value, "!=", end) for end in ends)

    def given(self, left: Compiled, op: str, right: Compiled) -> None:
        """Presupposes a relation."""
        self.conditions.append(lambda env: compared(lambda: left(env), op, lambda: right(env)))

    def claim(self, left: Compiled, op: str, right: Compiled) -> None:
        """Claims a relation."""
        self.checks.append(lambda env: compared(lambda: left(env), op, lambda: right(env)))
