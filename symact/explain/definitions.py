"""Catalogue definitions put in the place of their calls, in surface terms.

Above: `to_sympy`. Below: `language.terms`, `language.vocabulary`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TypeVar

from symact.explain.bridge_tables import FUNCTIONS, BridgeError
from symact.language.terms import Term, fold, num, postorder, rebuild, term
from symact.language.vocabulary import Definition, Parameter, Vocabulary

Value = TypeVar("Value")

_BINDERS = frozenset({"lambda", "diff", "limit", "series", "integral"})


def positional(
    definition: Definition, values: Sequence[Value], keywords: Sequence[str], complete: bool = False
) -> list[Value | Fraction]:
    """The parameters' values in the order of the definition, up to the last given (complete: all).

    values    the values given: those by position first, then one for each keyword
    Fails with BridgeError on an unknown keyword, too many values, or a parameter without a value.
    """
    names = [parameter.name for parameter in definition.parameters]
    by_position = len(values) - len(keywords)
    given = dict(zip([*names[:by_position], *keywords], values, strict=False))
    if by_position > len(names) or not given.keys() <= set(names):
        raise BridgeError(f"{definition.name} has the parameters ({', '.join(names)})")
    last = max((names.index(known) for known in given), default=-1)
    wanted = definition.parameters if complete else definition.parameters[: last + 1]
    return [_value(definition, parameter, given) for parameter in wanted]


def _value(
    definition: Definition, parameter: Parameter, given: Mapping[str, Value]
) -> Value | Fraction:
    """The value given for a parameter, or its default. Fails with BridgeError without both."""
    if parameter.name in given:
        return given[parameter.name]
    if parameter.default is None:
        raise BridgeError(f"{definition.name} needs a value for {parameter.name}")
    return parameter.default


def expand(root: Term, vocabulary: Vocabulary) -> Term:
    """The term with every call of an activation replaced by its definition, down to arithmetic.

    Activations that SymPy has a function for (tanh) and functions of lists (softmax) stay calls.
    Fails with BridgeError when a definition binds names, or when parameters do not fit.
    """
    bodies: dict[str, Term] = {}

    def combine(current: Term, args: list[Term]) -> Term:
        definition = _definition(current, vocabulary)
        if definition is None:
            return rebuild(current, args)
        if definition.name not in bodies:
            bodies[definition.name] = expand(definition.body, vocabulary)
        values = positional(definition, args[1:], current.value[1], complete=True)
        names = (parameter.name for parameter in definition.parameters)
        terms = (num(value) if isinstance(value, Fraction) else value for value in values)
        table = dict(zip(names, terms, strict=True))
        return substitute(bodies[definition.name], {definition.variable: args[0], **table})

    return fold(root, combine)


def _definition(current: Term, vocabulary: Vocabulary) -> Definition | None:
    """The definition to put in place of the term, if it calls an activation of a real number."""
    if current.op != "call" or current.value[0] in FUNCTIONS or current.args[0].op == "list":
        return None
    definition = vocabulary.lookup(current.value[0])
    return None if definition is None or definition.is_vector else definition


def substitute(body: Term, values: Mapping[str, Term]) -> Term:
    """The body with its names replaced. Fails with BridgeError when it binds names of its own."""

    def combine(current: Term, args: list[Term]) -> Term:
        if current.op in _BINDERS:
            raise BridgeError(f"a definition with {current.op} cannot be written out")
        return (
            values.get(current.value, current) if current.op == "name" else rebuild(current, args)
        )

    return fold(body, combine)


def named_derivatives(root: Term) -> Term:
    """The core's diff(e, binder, x) as diff(e with x for the binder, x) where x is new to e."""

    def combine(current: Term, args: list[Term]) -> Term:
        if current.op != "diff" or len(args) != 3:
            return rebuild(current, args)
        body, binder, point = args
        if point.op != "name" or point in postorder(body):
            return rebuild(current, args)
        renamed = fold(body, lambda t, parts: point if t is binder else rebuild(t, parts))
        return term("diff", (renamed, point), current.value)

    return fold(root, combine)
