"""Terms of the claim language read with Python's own parser, as functions of the names' values.

Nothing of symact is used: the language has Python's syntax, and what a term means is written down
here a second time. A name's value is a number or a `Jet`; a list is a tuple; a function a callable.

Above: `statements`. Below: `forms`, `functions`.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cache
from typing import Any

from flint import arb, fmpq

from tests.soundness import lists
from tests.soundness.balls import (
    Jet,
    Unknown,
    Value,
    divide,
    power,
    rational,
    sign,
)
from tests.soundness.elementary import ELEMENTARY, sqrt
from tests.soundness.forms import FORMS
from tests.soundness.functions import SPECIAL, activations, chained
from tests.soundness.lists import Unreadable, elementwise
from tests.soundness.sides import holds

Env = Mapping[str, Value]
Compiled = Callable[[Env], Value]

CONSTANTS: Mapping[str, Callable[[], Value]] = {
    "pi": arb.pi,
    "E": arb.const_e,
    "True": lambda: True,
}
SIGNS = {ast.Lt: "<", ast.LtE: "<=", ast.Eq: "==", ast.GtE: ">=", ast.Gt: ">", ast.NotEq: "!="}


class Reader:
    """Compiles the syntax trees of one text.

    text      the source, for numbers: a decimal is exact
    naturals  names declared to be whole numbers, so that they may be exponents of any base
    table     the functions by name
    """

    def __init__(
        self,
        text: str,
        naturals: frozenset[str] = frozenset(),
        table: Mapping[str, Any] | None = None,
    ) -> None:
        self.text, self.naturals = text, naturals
        self.table = functions() if table is None else table
        self.free: dict[str, None] = {}
        self.bound: list[str] = []

    def compile(self, node: ast.AST) -> Compiled:
        """The term as a function of an environment. Fails with Unreadable."""
        rule = getattr(self, f"_{type(node).__name__.lower()}", None)
        if rule is None:
            raise Unreadable(type(node).__name__)
        compiled: Compiled = rule(node)
        return compiled

    # -- leaves -------------------------------------------------------------------------------
    def _constant(self, node: ast.Constant) -> Compiled:
        if node.value is True:
            return lambda _: True
        source = self.text[node.col_offset : node.end_col_offset]
        if type(node.value) not in (int, float) or not set(source) <= set("0123456789.eE+-"):
            raise Unreadable(source)
        value = rational(Fraction(source))
        return lambda _: value

    def _name(self, node: ast.Name) -> Compiled:
        which = node.id
        if which in self.bound:
            return lambda env: env[which]
        if which in CONSTANTS:
            return lambda _: CONSTANTS[which]()
        function = self.table.get(which)
        if function is not None:
            return lambda _: function
        if which in FORMS or which == "oo":
            raise Unreadable(which)
        self.free[which] = None
        return lambda env: env[which]

    # -- arithmetic ---------------------------------------------------------------------------
    def _unaryop(self, node: ast.UnaryOp) -> Compiled:
        operand = self.compile(node.operand)
        if isinstance(node.op, ast.USub):
            return lambda env: elementwise(lambda u: -u, operand(env))
        if isinstance(node.op, ast.UAdd):
            return operand
        raise Unreadable("unary")

    def _binop(self, node: ast.BinOp) -> Compiled:
        if isinstance(node.op, ast.Pow):
            return self._power(node)
        a, b = self.compile(node.left), self.compile(node.right)
        if isinstance(node.op, ast.RShift):
            return lambda env: chained(a(env), b(env))
        if isinstance(node.op, ast.MatMult):
            return lambda env: lists.matmul(a(env), b(env))
        rule = _ARITHMETIC.get(type(node.op))
        if rule is None:
            raise Unreadable("operator")
        return lambda env: elementwise(rule, a(env), b(env))

    def _power(self, node: ast.BinOp) -> Compiled:
        """Whole and half exponents, exp for base E; of other powers only those of b > 0."""
        base, raised = self.compile(node.left), self.compile(node.right)
        if isinstance(node.left, ast.Name) and node.left.id == "E":
            return lambda env: elementwise(ELEMENTARY["exp"], raised(env))
        names = {n.id for n in ast.walk(node.right) if isinstance(n, ast.Name)}
        whole = not names or names <= self.naturals

        def value(env: Env) -> Value:
            exponent = raised(env)
            return elementwise(lambda b: _raised(b, exponent, whole), base(env))

        return value

    # -- calls --------------------------------------------------------------------------------
    def _call(self, node: ast.Call) -> Compiled:
        if isinstance(node.func, ast.Name) and node.func.id in FORMS:
            return FORMS[node.func.id](self, node)
        function = self.compile(node.func)
        args = [self.compile(arg) for arg in node.args]
        named = {k.arg or "": self.compile(k.value) for k in node.keywords}
        if not args:
            return lambda env: _partial(function(env), {k: v(env) for k, v in named.items()})

        def value(env: Env) -> Value:
            called = function(env)
            if not callable(called):
                raise Unreadable("a call of what is no function")
            return called(*(a(env) for a in args), **{k: v(env) for k, v in named.items()})

        return value

    def _lambda(self, node: ast.Lambda) -> Compiled:
        names = [arg.arg for arg in node.args.args]
        self.bound.extend(names)
        body = self.compile(node.body)
        del self.bound[len(self.bound) - len(names) :]

        def value(env: Env) -> Value:
            def function(*values: Value) -> Value:
                return body({**env, **dict(zip(names, values, strict=True))})

            function.arity = len(names)  # type: ignore[attr-defined]
            return function

        return value

    # -- lists --------------------------------------------------------------------------------
    def _list(self, node: ast.List) -> Compiled:
        entries = [self.compile(entry) for entry in node.elts]
        return lambda env: tuple(entry(env) for entry in entries)

    def _subscript(self, node: ast.Subscript) -> Compiled:
        values, index = self.compile(node.value), self.compile(node.slice)
        return lambda env: lists.item(values(env), index(env))

    def _compare(self, node: ast.Compare) -> Compiled:
        sides = [self.compile(side) for side in (node.left, *node.comparators)]
        ops = [relation(op) for op in node.ops]

        def value(env: Env) -> bool:
            found = [side(env) for side in sides]
            pairs = zip(found, ops, found[1:], strict=False)
            return all(holds(a, op, b) for a, op, b in pairs)

        return value


@cache
def functions() -> Mapping[str, Any]:
    """Every function by its name, definitions read by this very reader."""
    return {**activations(_body), **SPECIAL}


def _body(text: str, names: list[str]) -> Compiled:
    reader = Reader(text, table=SPECIAL)
    reader.bound.extend(names)
    return reader.compile(tree(text))


def closed(text: str) -> Value:
    """The value of a term without names, at the present precision."""
    return Reader(text).compile(tree(text))({})


def _partial(function: Any, named: Mapping[str, Value]) -> Value:
    """elu(alpha=2): the function of x with these parameters."""
    if not (callable(function) and named):
        raise Unreadable("a call without arguments")
    return lambda x: function(x, **named)


def relation(op: ast.cmpop) -> str:
    """The relation's spelling. Fails with Unreadable for `in`, `is` and their like."""
    if type(op) not in SIGNS:
        raise Unreadable("relation")
    return SIGNS[type(op)]


def tree(text: str) -> ast.expr:
    """The syntax tree of one expression. Fails with Unreadable."""
    try:
        return ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as problem:
        raise Unreadable(str(problem)) from None


def _raised(base: Value, exponent: Value, whole: bool) -> Value:
    if isinstance(exponent, fmpq) and whole and exponent.q == 1 and abs(int(exponent.p)) < 10**7:
        return power(base, int(exponent.p))
    if isinstance(exponent, fmpq) and whole and exponent.q == 2:
        return power(sqrt(base), int(exponent.p))
    first = base.c[0] if isinstance(base, Jet) else base
    if sign(first) <= 0:
        raise Unknown  # texts disagree on these powers, and the language leaves them open
    return ELEMENTARY["exp"](exponent * ELEMENTARY["log"](base))


_ARITHMETIC: Mapping[type, Callable[[Value, Value], Value]] = {
    ast.Add: lambda a, b: a + b,
    ast.Sub: lambda a, b: a - b,
    ast.Mult: lambda a, b: a * b,
    ast.Div: divide,
}
