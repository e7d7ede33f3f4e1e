"""Claims read a second time: from text to a statement, and where it pays to look.

Above: `judge`. Below: `goals`, `predicates`, `landmarks`, `reading`.
"""

from __future__ import annotations

import ast
import contextlib
import re
from collections.abc import Callable

from flint import ctx, fmpq

from tests.soundness.balls import Undefined, Unknown, Value
from tests.soundness.goals import PRECISIONS, Margin, Statement, all_of, readable
from tests.soundness.landmarks import landmarks
from tests.soundness.lists import Unreadable
from tests.soundness.predicates import PREDICATES
from tests.soundness.reading import Compiled, Env, Reader, relation, tree
from tests.soundness.settings import Check, Setting, compared, domain

JUMPING = frozenset(
    "step sign floor hard_shrink hardshrink signum heaviside binary_step bipolar_step threshold "
    "threshold_relu thresholded_relu piecewise tan".split()
)
_PASTED = str.maketrans({"≤": "<=", "≥": ">=", "≠": "!=", "·": "*", "−": "-", "π": "pi", "∞": "oo"})


def read(text: str) -> Statement:
    """The statement of a claim. Fails with Unreadable."""
    plain = text.partition("#")[0].translate(_PASTED).strip()
    if not plain.isascii() or "^" in plain or '"' in plain.replace('"+"', "").replace('"-"', ""):
        raise Unreadable("characters")
    said, *rest = re.split(r"\bwhere\b", plain)
    if len(rest) > 1:
        raise Unreadable("where, twice")
    negated = said.startswith("not ")
    given = rest[0].strip() if rest else ""
    with readable():
        return _Maker(said.removeprefix("not ").strip(), given, negated).made


class _Maker:
    """Makes a statement of its two texts."""

    def __init__(self, said: str, given: str, negated: bool) -> None:
        self.made = Statement(negated)
        given = f"[{given}]"
        conditions = tree(given)
        if not isinstance(conditions, ast.List):
            raise Unreadable("conditions")
        self.naturals: frozenset[str] = frozenset()
        for condition in conditions.elts:
            self._kind(condition)
        self.reader = Reader(given, self.naturals)
        self.setting = Setting({})
        for condition in conditions.elts:
            self._condition(condition)
        statement = tree(said)
        self.said = Reader(said, self.naturals)
        self.said.free = self.reader.free
        self._names(statement)
        self.setting = Setting(self.reader.free)
        self._statement(statement)
        self.made.names = [*self.reader.free, *self.made.names]
        self.made.marks = landmarks(statement, self.said)
        for condition in conditions.elts:
            self.made.marks += landmarks(condition, self.reader)

    # -- conditions ---------------------------------------------------------------------------
    def _kind(self, node: ast.expr) -> None:
        """Notes names declared to be whole."""
        if not isinstance(node, ast.Compare):
            raise Unreadable("a condition is a relation or a membership")
        right = node.comparators[-1]
        if isinstance(node.ops[-1], ast.In) and isinstance(right, ast.Name):
            if isinstance(node.left, ast.Name) and right.id in ("Naturals", "Integers"):
                self.made.kinds[node.left.id] = right.id
                self.naturals |= {node.left.id} if right.id == "Naturals" else frozenset()

    def _condition(self, node: ast.expr) -> None:
        if not isinstance(node, ast.Compare):
            raise Unreadable("a condition")
        if not isinstance(node.ops[0], ast.In):
            for left, op, right in _pairs(node):
                self._bound(left, op, right)
                if op == "==":
                    sides = (self.reader.compile(left), self.reader.compile(right))
                    self.made.equalities.append(_gap(*sides))
            self.made.conditions.append(self._relation(self.reader, node))
            return
        if not isinstance(node.left, ast.Name):
            raise Unreadable("membership of a term")
        name = node.left.id
        if isinstance(node.comparators[0], ast.Name) and node.comparators[0].id == "Reals":
            return  # says nothing; a name that occurs nowhere else is none
        self.reader.compile(node.left)
        member = domain(self.reader, node.comparators[0])
        self.made.conditions.append(lambda env: member.contains(env[name]))
        self.made.bounds[name] = [member.lower, member.upper]

    def _bound(self, left: ast.expr, op: str, right: ast.expr) -> None:
        """Notes name < number and the like."""
        for name, number, mirrored in ((left, right, False), (right, left, True)):
            if not isinstance(name, ast.Name) or op == "!=":
                continue
            with ctx.workprec(PRECISIONS[0]):
                try:
                    value = Reader(self.reader.text).compile(number)({})
                except (Unknown, Undefined, KeyError, TypeError):
                    continue
            ends = self.made.bounds.setdefault(name.id, [None, None])
            if op == "==" or (op[0] == ">") != mirrored:
                ends[0] = value
            if op == "==" or (op[0] == "<") != mirrored:
                ends[1] = value

    def _names(self, node: ast.expr) -> None:
        """Notes every free name of the statement, so that new names avoid them."""
        for part in _terms(node):
            with contextlib.suppress(Unreadable):
                self.said.compile(part)

    # -- statements ---------------------------------------------------------------------------
    def _statement(self, node: ast.expr) -> None:
        if isinstance(node, ast.Compare):
            left = node.left
            if isinstance(left, ast.Call) and isinstance(left.func, ast.Name):
                if left.func.id == "range":
                    self._predicate("range", left.args, node.comparators[0])
                    return
            self.made.checks.append(self._relation(self.said, node))
            self._margins(node)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            on = [k.value for k in node.keywords if k.arg == "on"]
            self._predicate(node.func.id, node.args, on[0] if on else None)
        else:
            raise Unreadable("a statement")

    def _relation(self, reader: Reader, node: ast.Compare) -> Check:
        parts = [(reader.compile(a), op, reader.compile(b)) for a, op, b in _pairs(node)]
        checks = [self._related(*part) for part in parts]
        return lambda env: all_of(check(env) for check in checks)

    def _related(self, left: Compiled, op: str, right: Compiled) -> Check:
        """left op right; functions are compared at new names, entry by entry when lists."""
        names = [self.setting.fresh("xyzuv"[i % 5]) for i in range(self._arity(left))]
        if names and op != "==":
            raise Unreadable("functions compare with == only")
        self.made.names += names

        def at(side: Compiled, env: Env) -> Value:
            value = side(env)
            return value(*(env[x] for x in names)) if names else value

        return lambda env: compared(lambda: at(left, env), op, lambda: at(right, env))

    def _arity(self, side: Compiled) -> int:
        """How many arguments the side takes; 0 when it is no function."""
        try:
            with ctx.workprec(PRECISIONS[0]):
                value = side({x: fmpq(2) for x in self.reader.free})
        except (Unknown, Undefined):
            return 0
        return int(getattr(value, "arity", 1)) if callable(value) else 0

    def _margins(self, node: ast.Compare) -> None:
        """The larger minus the smaller side of each part of a chain."""
        names = list(self.reader.free)
        if not names or self.made.kinds or self.made.names:
            return
        for left, op, right in _pairs(node):
            a, b = self.said.compile(left), self.said.compile(right)
            gap = _gap(b, a) if op[0] == ">" else _gap(a, b)
            if len(names) == 1 and op != "==":
                strict = op in ("<", ">", "!=")
                self.made.margins.append(Margin(names[0], _of(gap, names[0]), 0, 1, strict))
            elif op[0] in "<>":
                self.made.gaps.append(gap)

    def _predicate(self, which: str, args: list[ast.expr], on: ast.expr | None) -> None:
        if which not in PREDICATES or not args:
            raise Unreadable(which)
        function = self.said.compile(args[0])
        numbers = [self.said.compile(arg) for arg in args[1:]]
        setting = self.setting
        setting.whole = [a.value for a in args[1:] if isinstance(a, ast.Constant)]
        setting.domain = domain(self.said, on) if on is not None else None
        PREDICATES[which](setting, function, numbers)
        self.made.turns = which == "injective" and not _may_jump(args[0])
        self.made.names = list(setting.names)
        self.made.conditions += setting.conditions
        self.made.checks += setting.checks
        if not self.reader.free and setting.names:
            self.made.margins = [
                Margin(setting.names[0], f, order, sign) for f, order, sign in setting.margins
            ]
        if setting.domain is not None and which != "range":
            ends = [setting.domain.lower, setting.domain.upper]
            self.made.bounds.update({x: list(ends) for x in setting.inside})


def _terms(node: ast.expr) -> list[ast.expr]:
    """The terms of a statement: the sides of a relation, or what a predicate is about."""
    if isinstance(node, ast.Compare):
        sides = [node.left, *node.comparators]
        first = sides[0]
        if isinstance(first, ast.Call) and isinstance(first.func, ast.Name):
            if first.func.id == "range":
                return first.args
        return sides
    return node.args if isinstance(node, ast.Call) else []


def _pairs(node: ast.Compare) -> list[tuple[ast.expr, str, ast.expr]]:
    sides = [node.left, *node.comparators]
    ops = [relation(op) for op in node.ops]
    return list(zip(sides, ops, sides[1:], strict=False))


def _gap(low: Compiled, high: Compiled) -> Compiled:
    return lambda env: high(env) - low(env)


def _of(gap: Compiled, name: str) -> Callable[[Value], Value]:
    return lambda value: gap({name: value})


def _may_jump(node: ast.expr) -> bool:
    """Whether a term may be discontinuous: a word that jumps, or a divisor with a name in it."""
    return any(
        (isinstance(part, ast.Name) and part.id in JUMPING)
        or (isinstance(part, ast.BinOp) and isinstance(part.op, ast.Div | ast.Pow)
            and any(isinstance(n, ast.Name) for n in ast.walk(part.right)))
        for part in ast.walk(node)
    )  # fmt: skip
