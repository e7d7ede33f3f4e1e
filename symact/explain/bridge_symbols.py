"""SymPy's symbols as names of the language, and their assumptions as conditions.

Above: `from_sympy`, `sympy_claims`. Below: `bridge_tables`, `language`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from types import MappingProxyType
from typing import Any, Final

import sympy

from symact.explain.bridge_parts import parts_of
from symact.explain.bridge_tables import BridgeError
from symact.language.claims import Membership, RealSet, Relation
from symact.language.terms import name, num
from symact.language.vocabulary import LOOKALIKES, Vocabulary, is_reserved

_WORD: Final = re.compile(r"[^\W\d]\w*")


_ASSUMPTIONS: Final = MappingProxyType[tuple[str, ...], tuple[str, ...]](
    {
        (): (),
        ("real",): (),
        ("positive",): (">",),
        ("negative",): ("<",),
        ("nonnegative",): (">=",),
        ("nonpositive",): ("<=",),
        ("nonzero", "real"): ("!=",),
        ("integer",): ("Integers",),
        ("integer", "nonnegative"): ("Naturals",),
        ("integer", "positive"): ("Naturals", ">"),
        ("integer", "negative"): ("Integers", "<"),
        ("integer", "nonpositive"): ("Integers", "<="),
        ("integer", "nonzero"): ("Integers", "!="),
    }
)
"""What a symbol may assume -> the conditions that say so: a sign against 0, or a set."""


class Names:
    """What the symbols of one claim are called. Different symbols get different names."""

    def __init__(self, expressions: Iterable[Any], vocabulary: Vocabulary) -> None:
        """Fails with BridgeError when two symbols share a name, or the language cannot have it."""
        symbols = {s: None for e in expressions for s in _symbols(e)}
        self._names: dict[Any, str] = {}
        self._vocabulary = vocabulary
        for symbol in sorted(symbols, key=lambda s: isinstance(s, sympy.Dummy)):
            self._names[symbol] = self._new(symbol)
        _check_shapes(symbols)

    def of(self, symbol: Any) -> str:
        """The name of a symbol of these expressions. Fails with BridgeError on any other."""
        if symbol not in self._names:
            self._names[symbol] = self._new(symbol)
        return self._names[symbol]

    def _new(self, symbol: Any) -> str:
        taken = set(self._names.values())
        word = str(symbol.name)
        if isinstance(symbol, sympy.Dummy):
            word = word.strip("_") or "x"
            while word in taken or self._is_used(word):
                word += "_"
        elif word in taken:
            raise BridgeError(f"two symbols with different assumptions are called {word}")
        if not _WORD.fullmatch(word) or self._is_used(word):
            raise BridgeError(f"a symbol cannot be called {word!r}", expected="a name of your own")
        if isinstance(symbol, sympy.Symbol):
            assumed(symbol)
        return word

    def _is_used(self, word: str) -> bool:
        """Whether the language or the catalogue uses the word."""
        return is_reserved(word) or word in LOOKALIKES or self._vocabulary.knows(word)


def _symbols(expression: Any) -> Iterable[Any]:
    """Every symbol, free or bound, in the order of reading; no recursion."""
    seen: dict[int, Any] = {}
    stack = [expression]
    while stack:
        node = stack.pop()
        if isinstance(node, sympy.Symbol | sympy.MatrixSymbol):
            yield node
        elif id(node) not in seen:
            seen[id(node)] = node
            stack += reversed(parts_of(node))


def _check_shapes(symbols: Iterable[Any]) -> None:
    """A matrix name is for all sizes: only symbolic sizes, or one column, may be read so."""
    for symbol in symbols:
        if isinstance(symbol, sympy.MatrixSymbol):
            rows, columns = symbol.shape
            if not rows.is_Symbol or not (columns.is_Symbol or columns == 1):
                raise BridgeError(
                    f"the matrix {symbol.name} has the size {rows} x {columns}",
                    expected="symbols for sizes, as claims are for all, or a Matrix of entries",
                )


def assumed(symbol: Any) -> tuple[str, ...]:
    """The conditions that a symbol carries: signs against 0, names of sets.

    Fails with BridgeError when it assumes what the language cannot say (even, prime, imaginary).
    """
    for known, conditions in _ASSUMPTIONS.items():
        twin = sympy.Symbol("x", **dict.fromkeys(known, True))
        if twin.assumptions0 == symbol.assumptions0:
            return conditions
    said = sorted(k for k, v in symbol.assumptions0.items() if v and k != "commutative")
    words = ", ".join(said) or "noncommutative"
    raise BridgeError(
        f"the language cannot say what the symbol {symbol.name} assumes ({words})",
        expected=f"Symbol('{symbol.name}', real=True) and conditions",
    )


def conditions_on(word: str, symbol: Any) -> list[Relation | Membership]:
    """The conditions that a symbol's assumptions put on the name. Fails as `assumed` does."""
    result: list[Relation | Membership] = []
    for said in assumed(symbol):
        if said in ("Naturals", "Integers"):
            result.append(Membership(word, RealSet(said)))
        else:
            result.append(Relation((name(word), num(0)), (said,)))
    return result
