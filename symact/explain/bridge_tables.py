"""What both directions of the SymPy bridge share: words with a SymPy twin, markers, the error.

Above: `to_sympy`, `from_sympy`. Below: `language.vocabulary`, sympy.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

import sympy

from symact.language.errors import ClaimError


class BridgeError(ClaimError):
    """An expression that cannot cross between symact and SymPy: names the node and a way out."""

    def __str__(self) -> str:
        return "; ".join(part for part in (self.message, self.expected) if part)


FUNCTIONS: Final[Mapping[str, Any]] = MappingProxyType(
    {
        "abs": sympy.Abs,
        "max": sympy.Max,
        "min": sympy.Min,
        **{
            word: getattr(sympy, word)
            for word in (
                "exp log sin cos tan sinh cosh tanh asin acos atan asinh acosh atanh "
                "erf erfc sign floor"
            ).split()
        },
    }
)
"""Word of the language -> SymPy class of the same meaning on the reals. (sqrt is a power there.)"""

WORDS: Final[Mapping[Any, str]] = MappingProxyType({twin: word for word, twin in FUNCTIONS.items()})
"""The other way."""

CONSTANTS: Final[Mapping[str, Any]] = MappingProxyType(
    {"pi": sympy.pi, "E": sympy.E, "oo": sympy.oo}
)

RELATIONS: Final[Mapping[str, Any]] = MappingProxyType(
    {
        "==": sympy.Eq,
        "!=": sympy.Ne,
        "<": sympy.Lt,
        "<=": sympy.Le,
        ">": sympy.Gt,
        ">=": sympy.Ge,
    }
)

SIGNS: Final[Mapping[Any, str]] = MappingProxyType({twin: op for op, twin in RELATIONS.items()})

MARKER: Final = "symact."
"""Prefix of the undefined functions that stand for what SymPy has no node for. No word of the
language contains a dot, so that no activation can be taken for one."""

MARKED: Final = frozenset(
    (
        "add mul neg div pow npow given regular compose apply stack layer index matmul list series"
    ).split()
)
"""Operators that may be written as a marker (arithmetic only when an operand is a list)."""


def marker(op: str, args: tuple[Any, ...], value: object = None) -> Any:
    """symact.op(args), or symact.op.value(args): opaque to SymPy, exact on the way back."""
    suffix = "" if value is None else f".{value}"
    return sympy.Function(f"{MARKER}{op}{suffix}")(*args)


def shown(expression: Any) -> str:
    """A short text of a SymPy expression for a message. Never fails."""
    kind = type(expression).__name__
    try:
        text = str(expression)
    except Exception:  # a printer of a foreign class may fail in any way; a message must not
        return kind
    return kind if text == kind else f"{kind} {text if len(text) <= 60 else text[:57] + '...'}"
