"""The kinds of the values in a claim: every surface operator with what it demands of its arguments.

Above: `shapes`. Below: `kinds`, `layers`, `terms`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from symact.language.claims import Claim, Membership, Predicate, Relation
from symact.language.kinds import (
    Broadcast,
    Kind,
    Size,
    alike,
    demand_list,
    demand_real,
    demand_vector,
    exactly,
    force,
    is_plain,
    matrix_columns,
    misfit,
    root,
    unify,
)
from symact.language.layers import has_bare_layers, is_bare
from symact.language.terms import Term, name
from symact.language.unfold import Unsupported
from symact.language.vocabulary import VECTOR_FUNCTIONS, Vocabulary

MAX_APPLIED = 20_000
"""Layers of stacks gone through for one claim: ten times the deepest stack, a second of work."""


@dataclass(frozen=True)
class Map:
    """A function of kinds."""

    arity: int
    rule: Callable[..., Kind]


Found = Kind | Map
Env = Mapping[str, Kind]
NOTHING: Env = MappingProxyType({})


class Inference:
    """Goes through the terms of one claim and collects what they demand."""

    def __init__(self, vocabulary: Vocabulary, layers: Mapping[str, int]) -> None:
        self.vocabulary, self.layers = vocabulary, layers
        self.names: dict[str, Kind] = {}
        self.broadcasts: list[Broadcast] = []
        self.applied = 0  # layers of stacks gone through

    def kind(self, surface: Term, env: Env) -> Kind:
        """The kind of a value. Fails with ShapeError on a function."""
        found = self.any(surface, env)
        if isinstance(found, Map):
            raise misfit(surface, "a function stands where a real number or a list is needed")
        return found

    def map(self, surface: Term, env: Env) -> Map:
        """The function of kinds. Fails with ShapeError on a value."""
        found = self.any(surface, env)
        if isinstance(found, Kind):
            raise misfit(surface, "a function is needed")
        return found

    def any(self, surface: Term, env: Env) -> Found:
        """The kind or function of any surface term. Fails with Unsupported on unknown layers."""
        return _RULES[surface.op](self, surface, env)

    # values
    def _name(self, surface: Term, env: Env) -> Kind:
        return env.get(surface.value) or self.names.setdefault(surface.value, Kind())

    def _broadcast(self, surface: Term, env: Env) -> Kind:
        operands = tuple(self.kind(arg, env) for arg in _operands(surface))
        return self._combined(operands, surface.op != "add", surface)

    def _combined(self, operands: tuple[Kind, ...], scales: bool, where: Term) -> Kind:
        made = Broadcast(Kind(), operands, scales, where)
        force(made)
        self.broadcasts.append(made)
        return made.result

    def _negative(self, surface: Term, env: Env) -> Kind:
        return self.kind(surface.args[0], env)

    def _power(self, surface: Term, env: Env) -> Kind:
        base, exponent = (self.kind(arg, env) for arg in surface.args)
        if surface.args[0].op == "const":
            return exponent
        demand_real(exponent, surface)
        return base

    def _calculus(self, surface: Term, env: Env) -> Kind:
        for arg in surface.args:
            demand_real(self.kind(arg, env), surface)
        return Kind(real=True)

    def _call(self, surface: Term, env: Env) -> Kind:
        function = surface.value[0]
        kinds = [self.kind(arg, env) for arg in surface.args]
        if function in ("min", "max"):
            return self._combined(tuple(kinds), True, surface)
        if function == "dot":
            rows = Size(counts=True)
            for kind in kinds:
                demand_vector(kind, surface, rows)
            return Kind(real=True)
        for parameter in kinds[1:]:
            demand_real(parameter, surface)
        return self._unary(function, kinds[0], surface)

    def _unary(self, function: str, kind: Kind, where: Term) -> Kind:
        """f(v) for a function of one argument: entry by entry, unless it is one of lists."""
        if function in ("sum", "norm"):
            demand_vector(kind, where)
            return Kind(real=True)
        if function == "transpose":
            return Kind(real=False, rows=matrix_columns(kind, where), columns=root(kind).rows)
        definition = self.vocabulary.lookup(function)
        if function in VECTOR_FUNCTIONS or (definition is not None and definition.is_vector):
            demand_vector(kind, where)
        return kind

    def _list(self, surface: Term, env: Env) -> Kind:
        length = exactly(len(surface.args))
        if surface.args and surface.args[0].op == "list":
            for entry in (entry for row in surface.args for entry in row.args):
                demand_real(self.kind(entry, env), surface)
            return demand_list(Kind(), surface, length, exactly(len(surface.args[0].args)))
        for entry in surface.args:
            demand_real(self.kind(entry, env), surface)
        return demand_vector(Kind(), surface, length)

    def _index(self, surface: Term, env: Env) -> Kind:
        inside, index = (self.kind(arg, env) for arg in surface.args)
        demand_real(index, surface)
        width = root(root(inside).columns).value
        if width:
            return demand_vector(Kind(), surface, exactly(width))
        demand_vector(inside, surface)
        return Kind(real=True)

    def _matmul(self, surface: Term, env: Env) -> Kind:
        result = self.kind(surface.args[-1], env)
        for left in reversed(surface.args[:-1]):
            result = self._product(left, self.kind(left, env), result, surface)
        return result

    def _product(self, written: Term, left: Kind, right: Kind, where: Term) -> Kind:
        """Rows by columns; a vector that is written out on the left is a row."""
        if written.op == "list" and is_plain(left):
            demand_list(right, where, root(left).rows)
            width = root(root(right).columns)
            if width.value:
                return demand_vector(Kind(), where, width)
            demand_vector(right, where)
            return Kind(real=True)
        inner = matrix_columns(left, where)
        demand_list(right, where, inner)
        return Kind(real=False, rows=root(left).rows, columns=root(right).columns)

    # functions
    def _function(self, surface: Term, env: Env) -> Map:
        for arg in surface.args:
            demand_real(self.kind(arg, env), surface)
        return Map(1, lambda kind: self._unary(surface.value[0], kind, surface))

    def _apply(self, surface: Term, env: Env) -> Kind:
        function = self.map(surface.args[0], env)
        return function.rule(*(self.kind(arg, env) for arg in surface.args[1:]))

    def _lambda(self, surface: Term, env: Env) -> Map:
        names, (body,) = surface.value, surface.args
        return Map(
            len(names),
            lambda *kinds: self.kind(body, {**env, **dict(zip(names, kinds, strict=True))}),
        )

    def _compose(self, surface: Term, env: Env) -> Map:
        maps = [self.map(arg, env) for arg in surface.args]

        def applied(kind: Kind) -> Kind:
            for function in maps:
                kind = function.rule(kind)
            return kind

        return Map(1, applied)

    def _stack(self, surface: Term, env: Env) -> Map:
        count, function = surface.args[0], self.map(surface.args[1], env)
        demand_real(self.kind(count, env), surface)
        known = int(count.value) if count.op == "num" else self.layers.get(count.value)
        own = has_bare_layers(surface.args[1])

        def applied(kind: Kind) -> Kind:
            for _ in range(2 if known is None else known):
                self.applied += 1
                if self.applied > MAX_APPLIED:
                    raise Unsupported("too many layers to find the shapes of")
                after = function.rule(kind)
                if known is None and not own:
                    unify(after, kind, surface)
                if alike(after, kind):
                    return after
                kind = after
            return kind

        return Map(1, applied)

    def _layer(self, surface: Term, env: Env) -> Map:
        if is_bare(surface):
            return Map(1, lambda kind: _through(kind, surface))
        if surface.value == "residual":
            inner = self.map(surface.args[0], env)
            return Map(1, lambda kind: self._combined((kind, inner.rule(kind)), False, surface))
        if surface.value == "dropout":
            return Map(1, lambda kind: kind)
        if surface.value != "dense":
            raise Unsupported(f"no strategy for the layer {surface.value} yet")
        return self._dense(surface, env)

    def _dense(self, surface: Term, env: Env) -> Map:
        weights, bias = (self.kind(arg, env) for arg in surface.args)
        inner = matrix_columns(weights, surface)
        rows = root(weights).rows
        if surface.args[1].op != "num":
            demand_vector(bias, surface, rows)

        def applied(kind: Kind) -> Kind:
            demand_vector(kind, surface, inner)
            return demand_vector(Kind(), surface, rows)

        return Map(1, applied)


def _through(kind: Kind, where: Term) -> Kind:
    """From one vector to another, of any size."""
    demand_vector(kind, where)
    return demand_vector(Kind(), where)


def _operands(surface: Term) -> tuple[Term, ...]:
    """What is combined entry by entry: of piecewise the values and the sides of the conditions."""
    if surface.op != "piecewise":
        return surface.args
    nested = [arg.args if arg.op in ("cmp", "true") else (arg,) for arg in surface.args]
    return tuple(part for group in nested for part in group)


_Rule = Callable[[Inference, Term, Env], Found]

_RULES: Mapping[str, _Rule] = MappingProxyType(
    {
        **dict.fromkeys(("num", "const"), lambda *_: Kind(real=True)),
        **dict.fromkeys(("add", "mul", "div", "piecewise"), Inference._broadcast),
        **dict.fromkeys(("diff", "limit", "series", "integral"), Inference._calculus),
        "name": Inference._name,
        "neg": Inference._negative,
        "pow": Inference._power,
        "call": Inference._call,
        "list": Inference._list,
        "index": Inference._index,
        "matmul": Inference._matmul,
        "function": Inference._function,
        "apply": Inference._apply,
        "lambda": Inference._lambda,
        "compose": Inference._compose,
        "stack": Inference._stack,
        "layer": Inference._layer,
    }
)


def read(inference: Inference, claim: Claim) -> list[Kind]:
    """Goes through the claim; gives the arguments of the functions that it is about."""
    for condition in claim.conditions:
        if isinstance(condition, Membership):
            demand_real(inference.kind(name(condition.name), NOTHING), name(condition.name))
        else:
            _compared(inference, condition)
    if isinstance(claim.statement, Predicate):
        function = inference.map(claim.statement.args[0], NOTHING)
        for arg in claim.statement.args[1:]:
            demand_real(inference.kind(arg, NOTHING), arg)
        arguments = [Kind() for _ in range(function.arity)]
        function.rule(*arguments)
        return arguments
    return _compared(inference, claim.statement)


def _compared(inference: Inference, relation: Relation) -> list[Kind]:
    """The sides of a relation have one shape, functions at the same arguments."""
    sides = [inference.any(side, NOTHING) for side in relation.sides]
    arity = max((side.arity for side in sides if isinstance(side, Map)), default=0)
    arguments = [Kind() for _ in range(arity)]
    values = []
    for side in sides:
        if isinstance(side, Map) != bool(arity) or (isinstance(side, Map) and side.arity != arity):
            raise misfit(relation.sides[0], "a value and a function cannot be compared")
        values.append(side.rule(*arguments) if isinstance(side, Map) else side)
    for value, written in zip(values[1:], relation.sides[1:], strict=True):
        unify(values[0], value, written)
    return arguments
