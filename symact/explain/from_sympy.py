"""SymPy expressions to terms, node by node; a node without a meaning in the language is refused.

Powers of -1 become quotients, powers of 1/2 become sqrt, a factor -1 in front becomes a sign;
Heaviside, ceiling, frac, sec, csc, cot, sech, csch and coth become what they mean.

Above: `sympy_claims`. Below: `bridge_rules`, `bridge_symbols`, `bridge_tables`, `language.terms`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from types import MappingProxyType
from typing import Any, Final

import sympy
from sympy.core.function import AppliedUndef
from sympy.logic.boolalg import Boolean

from symact.explain.bridge_parts import parts_of
from symact.explain.bridge_rules import HINTS, RULES, Rule
from symact.explain.bridge_symbols import Names
from symact.explain.bridge_tables import MARKED, MARKER, BridgeError, shown
from symact.language.terms import Term, call, name, postorder, term
from symact.language.vocabulary import FUNCTIONS, LAYERS, VECTOR_FUNCTIONS, Vocabulary

_WITH_CONDITIONS: Final = (Boolean, sympy.Piecewise)


def term_from_sympy(expression: Any, vocabulary: Vocabulary, names: Names | None = None) -> Term:
    """The term of a SymPy expression; every symbol is the name of a real number.

    names  what the symbols are called, shared by the sides of one claim; by default as they are

    Fails with BridgeError on floats, complex numbers, symbols that are not real, unknown functions,
    sums and products over an index, and every other node that the language has no word for.
    """
    reader = _Reader(vocabulary, names or Names([expression], vocabulary))
    result = reader.read(expression)
    if not isinstance(result, Term):
        raise BridgeError(f"{shown(expression)} is a condition, not a number")
    return result


class _Reader:
    """One expression being read."""

    def __init__(self, vocabulary: Vocabulary, names: Names) -> None:
        self.vocabulary = vocabulary
        self.names = names

    def read(self, root: Any) -> Any:
        """The result for every node, its parts first; a node met twice is read once; no recursion.

        Nodes are told apart by identity, and kept, so that no other object takes their place.
        """
        done: dict[int, tuple[Any, Any]] = {}
        stack: list[tuple[Any, Rule | None, tuple[Any, ...]]] = [(root, None, ())]
        while stack:
            node, rule, parts = stack.pop()
            if rule is not None:
                done[id(node)] = node, rule(node, [done[id(part)][1] for part in parts])
            elif id(node) not in done:
                rule, parts = self.rule(node), parts_of(node)
                stack.append((node, rule, parts))
                stack.extend((part, None, ()) for part in reversed(parts))
        return done[id(root)][1]

    def rule(self, node: Any) -> Rule:
        """The rule of the nearest of the node's classes that has one."""
        for kind in type(node).__mro__:
            if own := _OWN_RULES.get(kind):
                return _checked(partial(own, self))
            if rule := RULES.get(kind):
                return rule if isinstance(node, _WITH_CONDITIONS) else _checked(rule)
        hint = HINTS.get(type(node).__name__, "")
        raise BridgeError(f"the language has no word for {shown(node)}", expected=hint)

    def symbol(self, node: Any, _: list[Any]) -> Term:
        """A name."""
        return name(self.names.of(node))

    def applied(self, node: Any, args: list[Any]) -> Term:
        """A function known by its name: an activation, a word of the language, or a marker."""
        word = node.func.__name__
        if word.startswith(MARKER):
            return _unmark(word, args)
        if word in VECTOR_FUNCTIONS or (word in FUNCTIONS and FUNCTIONS[word].takes(len(args))):
            return call(word, *args)
        definition = self.vocabulary.lookup(word)
        if definition is None:
            raise BridgeError(f"unknown function {word}", expected="a function of the catalogue")
        if not 1 <= len(args) <= 1 + len(definition.parameters):
            raise BridgeError(f"{word} with {len(args)} arguments")
        return call(word, *args)

    def function(self, _: Any, args: list[Any]) -> Term:
        """x -> f(x) is f, x -> f(x, a) is f(parameter=a); any other function is a lambda."""
        *variables, body = args
        plain = term("lambda", (body,), tuple(variable.value for variable in variables))
        if len(variables) != 1 or body.op != "call" or body.value[1]:
            return plain
        argument, *values = body.args
        if argument is not variables[0] or any(argument in postorder(v) for v in values):
            return plain
        return self.named(body.value[0], values) or plain

    def named(self, word: str, values: list[Term]) -> Term | None:
        """The function `word` with these parameters; None when they have no names."""
        if not values:
            return term("function", (), (word, ()))
        definition = self.vocabulary.lookup(word)
        if definition is None:
            return None
        keywords = tuple(parameter.name for parameter in definition.parameters[: len(values)])
        return term("function", tuple(values), (word, keywords))

    def substitution(self, node: Any, args: list[Any]) -> Term:
        """An expression with values for its variables: a function applied to them."""
        count = len(node.variables)
        body, variables, values = args[0], args[1 : 1 + count], args[1 + count :]
        function = term("lambda", (body,), tuple(variable.value for variable in variables))
        return term("apply", (function, *values))


_OWN_RULES: Final = MappingProxyType[Any, Callable[[_Reader, Any, list[Any]], Term]](
    {
        sympy.Symbol: _Reader.symbol,
        sympy.MatrixSymbol: _Reader.symbol,
        AppliedUndef: _Reader.applied,
        sympy.Lambda: _Reader.function,
        sympy.Subs: _Reader.substitution,
    }
)
"""The rules that need the catalogue or the names; all others are in `bridge_rules`."""


def _checked(rule: Rule) -> Rule:
    """The rule, where no condition stands in the place of a number."""

    def applied(node: Any, results: list[Any]) -> Any:
        if not all(isinstance(result, Term) for result in results):
            raise BridgeError(f"a condition inside {shown(node)}, where a number is needed")
        return rule(node, results)

    return applied


def _unmark(word: str, args: list[Any]) -> Term:
    """The term that a marker stands for."""
    op, _, suffix = word.removeprefix(MARKER).partition(".")
    fits = suffix in LAYERS if op == "layer" else suffix.isdecimal() == (op == "series")
    if op not in MARKED or not fits:
        raise BridgeError(f"unknown marker {word}")
    value = suffix if op == "layer" else int(suffix) if op == "series" else None
    return term(op, tuple(args), value)
