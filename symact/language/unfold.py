"""Unfolding: surface terms to core terms, by the definitions of the catalogue and of the language.

Above: `predicates`, prover and checker. Below: `terms`, `vocabulary`, `elementary`, `functions`.

An unfolded value is a core `Term` (a real), a tuple of values (a list; a list of lists is a
matrix), or a `Function`. Nothing is simplified: every partial operation stays visible, so that its
domain obligation does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType

from symact.language import elementary, lists
from symact.language.functions import Array, Function, Value, compose
from symact.language.limits import MAX_STACK
from symact.language.lists import ShapeError
from symact.language.strictness import Strictness
from symact.language.terms import (
    Term,
    add,
    fold,
    ite,
    mul,
    name,
    num,
    postorder,
    power,
    rebuild,
    term,
)
from symact.language.vocabulary import Vocabulary


class Unsupported(Exception):
    """The claim is well formed, but this version has no strategy for a part of it yet."""


# Steps of unfolding one claim: stacks of stacks multiply.
MAX_STEPS = 200_000

Environment = Mapping[str, Value]
NOTHING: Environment = MappingProxyType({})


class Unfolder:
    """Unfolds terms under one vocabulary.

    naturals  names declared to be natural numbers
    integers  names declared to be integers
    base      what free names stand for (lists for the names of matrices)

    Fails with `Unsupported` on symbolic matrices and shapes that do not fit.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        naturals: frozenset[str] = frozenset(),
        base: Environment = NOTHING,
        integers: frozenset[str] = frozenset(),
    ) -> None:
        self.vocabulary = vocabulary
        self.naturals = naturals
        self.base = base
        self.integers = integers | naturals
        self.binders = 0
        self.strictness = Strictness()
        self.steps = 0

    def real(self, surface: Term, env: Environment) -> Term:
        """The core term of a real-valued surface term."""
        value = self.value(surface, env)
        if not isinstance(value, Term):
            raise Unsupported("a real number is needed here, not a list or a function")
        return value

    def function(self, surface: Term, env: Environment) -> Function:
        """The function that a function-valued surface term denotes."""
        value = self.value(surface, env)
        if not isinstance(value, Function):
            raise Unsupported("a function is needed here")
        return value

    def value(self, surface: Term, env: Environment) -> Value:
        """The unfolded value of any surface term."""
        self._step()
        rule = _RULES.get(surface.op)
        if rule is None:
            raise Unsupported(f"no strategy for {surface.op} yet")
        return rule(self, surface, env)

    def _step(self) -> None:
        self.steps += 1
        if self.steps > MAX_STEPS:
            raise Unsupported("the claim unfolds to too many steps")

    # -- leaves -------------------------------------------------------------------------------
    def _num(self, surface: Term, _env: Environment) -> Value:
        return surface

    def _name(self, surface: Term, env: Environment) -> Value:
        return env.get(surface.value, surface)

    def _const(self, surface: Term, _env: Environment) -> Value:
        if surface.value == "oo":
            raise Unsupported("oo is not a number")
        return surface if surface.value == "pi" else elementary.exp(num(1))

    # -- arithmetic ---------------------------------------------------------------------------
    def _arithmetic(self, surface: Term, env: Environment) -> Value:
        operands = [self.value(arg, env) for arg in surface.args]
        return lists.broadcast(_ARITHMETIC[surface.op], operands)

    def _pow(self, surface: Term, env: Environment) -> Value:
        base, exponent = surface.args
        if base.op == "const" and base.value == "E":
            return lists.broadcast(elementary.exp, [self.value(exponent, env)])
        raised = self.real(exponent, env)
        return lists.broadcast(lambda b: self._power(b, raised), [self.value(base, env)])

    def _power(self, base: Term, exponent: Term) -> Term:
        if exponent.op != "num" and self._is_natural(exponent):
            return term("npow", (base, exponent))
        if any(t.op == "name" and t.value in self.integers for t in postorder(exponent)):
            raise Unsupported("no strategy for exponents that are integers of either sign yet")
        return elementary.real_power(base, exponent)

    def _is_natural(self, exponent: Term) -> bool:
        """n, n + 2, 3*n … for declared natural names n: certainly a natural number."""
        if exponent.op == "num":
            value: Fraction = exponent.value
            return value.denominator == 1 and value >= 0
        if exponent.op == "name":
            return exponent.value in self.naturals
        return exponent.op in ("add", "mul") and all(map(self._is_natural, exponent.args))

    # -- calls --------------------------------------------------------------------------------
    def _call(self, surface: Term, env: Environment) -> Value:
        function, keywords = surface.value
        values = [self.value(arg, env) for arg in surface.args]
        if function in lists.FUNCTIONS:
            return lists.FUNCTIONS[function](*values)
        if function in elementary.FUNCTIONS:
            return lists.broadcast(elementary.FUNCTIONS[function], values)
        positional = values[: len(values) - len(keywords)]
        named = dict(zip(keywords, values[len(positional) :], strict=True))
        return self._definition(function, positional[0], positional[1:], named)

    def _definition(
        self, function: str, argument: Value, positional: list[Value], named: dict[str, Value]
    ) -> Value:
        """The catalogue's definition with its variable and parameters replaced."""
        found = self.vocabulary.lookup(function)
        if found is None:
            raise Unsupported(f"no definition of {function}")
        env: dict[str, Value] = {found.variable: argument}
        for position, parameter in enumerate(found.parameters):
            if position < len(positional):
                env[parameter.name] = positional[position]
            elif parameter.name in named:
                env[parameter.name] = named[parameter.name]
            elif parameter.default is not None:
                env[parameter.name] = num(parameter.default)
            else:
                raise Unsupported(f"{function} needs a value for {parameter.name}")
        if isinstance(argument, tuple | Array) and not found.is_vector:
            return lists.broadcast(
                lambda x: self._real_definition(function, x, positional, named), [argument]
            )
        arguments = [argument, *positional, *named.values()]
        return self.strictness.strict(self.value(found.body, env), arguments)

    def _real_definition(
        self, function: str, argument: Term, positional: list[Value], named: dict[str, Value]
    ) -> Term:
        value = self._definition(function, argument, positional, named)
        if not isinstance(value, Term):
            raise Unsupported(f"{function} of a real number is no real number")
        return value

    def _function(self, surface: Term, env: Environment) -> Value:
        function, keywords = surface.value
        named = dict(zip(keywords, (self.value(arg, env) for arg in surface.args), strict=True))
        if function in elementary.FUNCTIONS:
            return Function(lambda x: lists.broadcast(elementary.FUNCTIONS[function], [x]))
        if function in lists.FUNCTIONS:
            return Function(lists.FUNCTIONS[function])
        return Function(lambda x: self._definition(function, x, [], named))

    # -- functions ----------------------------------------------------------------------------
    def _apply(self, surface: Term, env: Environment) -> Value:
        function = self.function(surface.args[0], env)
        return function(*(self.value(arg, env) for arg in surface.args[1:]))

    def _lambda(self, surface: Term, env: Environment) -> Value:
        names, (body,) = surface.value, surface.args

        def applied(*values: Value) -> Value:
            if len(values) != len(names):
                raise Unsupported(f"a function of {len(names)} arguments got {len(values)}")
            result = self.value(body, {**env, **dict(zip(names, values, strict=True))})
            return self.strictness.strict(result, values)

        return Function(applied, arity=len(names))

    def _compose(self, surface: Term, env: Environment) -> Value:
        return compose([self.function(arg, env) for arg in surface.args])

    def _stack(self, surface: Term, env: Environment) -> Value:
        count = self.real(surface.args[0], env)
        if count.op != "num" or count.value.denominator != 1 or not 0 <= count.value <= MAX_STACK:
            raise Unsupported("stack needs a number of layers here")
        layer = self.function(surface.args[1], env)

        def once(value: Value) -> Value:
            self._step()
            return layer(value)

        return compose([Function(once, width=layer.width)] * int(count.value))

    def _layer(self, surface: Term, env: Environment) -> Value:
        if surface.value == "residual":
            inner = self.function(surface.args[0], env)
            return Function(lambda x: lists.broadcast(add, [x, inner(x)]), width=inner.width)
        if surface.value == "dropout" and all(arg.op == "num" for arg in surface.args):
            return compose([])
        if surface.value != "dense" or len(surface.args) != 2:
            raise Unsupported(f"no strategy for the layer {surface.value} yet")
        weights, bias = (self.value(arg, env) for arg in surface.args)
        return lists.dense(weights, bias)

    # -- lists --------------------------------------------------------------------------------
    def _list(self, surface: Term, env: Environment) -> Value:
        entries = tuple(self.value(arg, env) for arg in surface.args)
        if any(isinstance(e, tuple) and any(isinstance(x, tuple) for x in e) for e in entries):
            raise ShapeError("lists nested deeper than the rows of a matrix")
        return entries

    def _index(self, surface: Term, env: Environment) -> Value:
        values = self.value(surface.args[0], env)
        return self.strictness.strict(lists.item(values, self.real(surface.args[1], env)), [values])

    def _matmul(self, surface: Term, env: Environment) -> Value:
        return lists.matmul([self.value(arg, env) for arg in surface.args])

    # -- piecewise ----------------------------------------------------------------------------
    def _piecewise(self, surface: Term, env: Environment) -> Value:
        parts = [part for arg in surface.args for part in _parts(arg)]
        return lists.broadcast(
            lambda *reals: _chosen(surface.args, reals), [self.value(part, env) for part in parts]
        )

    # -- calculus -----------------------------------------------------------------------------
    def _diff(self, surface: Term, env: Environment) -> Value:
        body, variable = surface.args
        return self._derivative(body, variable.value, surface.value, env, self.real(variable, env))

    def _derivative(
        self, body: Term, variable: str, order: int, env: Environment, point: Term
    ) -> Term:
        """diff(body, variable, order) at `point`; order 0 needs a value, no derivative."""
        return self._slope(lambda x: self.real(body, {**env, variable: x}), order, point)

    def derivative_at(self, function: Function, order: int, point: Term) -> Term:
        """The derivative of that order of a function from reals to reals, at the point."""

        def value(x: Term) -> Term:
            result = function(x)
            if not isinstance(result, Term):
                raise Unsupported("a function from reals to reals is needed here")
            return result

        return self._slope(value, order, point)

    def _slope(self, value: Callable[[Term], Term], order: int, point: Term) -> Term:
        inner, binder = self._bound(value)
        if order == 0:
            return elementary.difference(value(point), num(0))
        if inner.op == "diff" and inner.args[2] is binder and not _mentions(inner.args[0], binder):
            return term("diff", (inner.args[0], inner.args[1], point), inner.value + order)
        return term("diff", (inner, binder, point), order)

    def _bound(self, value: Callable[[Term], Term]) -> tuple[Term, Term]:
        """(value(k), k) for a name k that no one can type: '1 where nothing is bound inside, '2
        above one level of bound names, and so on. So equal terms have equal names inside.
        """
        self.binders += 1
        passing = name(f"'t{self.binders}")
        inner = value(passing)
        binder = name(f"'{1 + _levels(inner)}")
        return _renamed(inner, passing, binder), binder

    def _limit(self, surface: Term, env: Environment) -> Value:
        """limit(body, k; p, side), or without p for a side that is oo or -oo."""
        body, variable, point = surface.args
        inner, binder = self._bound(lambda x: self.real(body, {**env, variable.value: x}))
        beyond = infinite_sign(point)
        if beyond:
            return term("limit", (inner, binder), "oo" if beyond > 0 else "-oo")
        return term("limit", (inner, binder, self.real(point, env)), surface.value)

    def _integral(self, surface: Term, env: Environment) -> Value:
        """integral(body, k; finite ends), the value says which ends are infinite."""
        body, variable, *bounds = surface.args
        inner, binder = self._bound(lambda x: self.real(body, {**env, variable.value: x}))
        beyond = tuple(infinite_sign(bound) for bound in bounds)
        ends = [self.real(b, env) for b, far in zip(bounds, beyond, strict=True) if not far]
        return term("integral", (inner, binder, *ends), beyond)

    def _series(self, surface: Term, env: Environment) -> Value:
        body, variable, at = surface.args
        centre = self.real(at, env)
        shift = elementary.difference(self.real(variable, env), centre)
        result, factorial = [], 1
        for order in range(surface.value):
            factorial *= max(order, 1)
            derivative = self._derivative(body, variable.value, order, env, centre)
            result.append(mul(num(Fraction(1, factorial)), derivative, power(shift, num(order))))
        return self.strictness.strict(add(*result), [shift])


def _parts(arg: Term) -> tuple[Term, ...]:
    """The values that stand in one argument of piecewise: a value, or the sides of a condition."""
    return arg.args if arg.op in ("cmp", "true") else (arg,)


def _chosen(args: tuple[Term, ...], reals: Sequence[Term]) -> Term:
    """piecewise(args) with the values that stand in it replaced by real terms, in order."""
    supply = iter(reals)
    read = [[next(supply) for _ in _parts(arg)] for arg in args]
    result = read[-2][0]
    for index in range(len(args) - 4, -1, -2):
        result = _guarded(args[index + 1], read[index + 1], read[index][0], result)
    return result


def _guarded(condition: Term, sides: list[Term], then: Term, otherwise: Term) -> Term:
    """`then` where the chain of comparisons holds, else `otherwise`."""
    if condition.op == "true":
        return then
    for relation, left, right in reversed(
        list(zip(condition.value, sides, sides[1:], strict=False))
    ):
        guard = elementary.difference(left, right)
        if relation == "!=":
            then = ite("==", guard, otherwise, then)
        else:
            then = ite(relation, guard, then, otherwise)
    return then


def infinite_sign(bound: Term) -> int:
    """1 for oo, -1 for -oo, 0 for a number."""
    inner = bound.args[0] if bound.op == "neg" else bound
    infinite = inner.op == "const" and inner.value == "oo"
    return (-1 if bound.op == "neg" else 1) if infinite else 0


def _mentions(root: Term, variable: Term) -> bool:
    return any(t is variable for t in postorder(root))


def _levels(root: Term) -> int:
    """The highest number of a bound name in the term."""
    levels = (t.value[1:] for t in postorder(root) if t.op == "name" and t.value.startswith("'"))
    return max((int(level) for level in levels if level.isdecimal()), default=0)


def _renamed(root: Term, old: Term, new: Term) -> Term:
    return fold(root, lambda t, below: new if t is old else rebuild(t, below))


_ARITHMETIC: dict[str, Callable[..., Term]] = {
    "add": add,
    "mul": mul,
    "neg": elementary.negative,
    "div": elementary.quotient,
}

_RULES: dict[str, Callable[[Unfolder, Term, Environment], Value]] = {
    "num": Unfolder._num,
    "name": Unfolder._name,
    "const": Unfolder._const,
    "add": Unfolder._arithmetic,
    "mul": Unfolder._arithmetic,
    "neg": Unfolder._arithmetic,
    "div": Unfolder._arithmetic,
    "pow": Unfolder._pow,
    "call": Unfolder._call,
    "function": Unfolder._function,
    "apply": Unfolder._apply,
    "lambda": Unfolder._lambda,
    "compose": Unfolder._compose,
    "stack": Unfolder._stack,
    "layer": Unfolder._layer,
    "list": Unfolder._list,
    "index": Unfolder._index,
    "matmul": Unfolder._matmul,
    "piecewise": Unfolder._piecewise,
    "diff": Unfolder._diff,
    "series": Unfolder._series,
    "limit": Unfolder._limit,
    "integral": Unfolder._integral,
}
