"""The words of the language as frozen tables, and what the parser asks of a catalogue.

Above: `grammar`, `reading`, `statements`, `catalog`. Below: `terms`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from fractions import Fraction
from types import MappingProxyType
from typing import Final, Protocol

from symact.language.terms import Term


@dataclass(frozen=True)
class Parameter:
    """A parameter of an activation: name, default (None: must be given), domain as a condition."""

    name: str
    default: Fraction | None
    domain: str


@dataclass(frozen=True)
class Definition:
    """name(variable, *parameters) = body, where body is a surface term."""

    name: str
    variable: str
    parameters: tuple[Parameter, ...]
    body: Term
    is_vector: bool = False  # whether the variable stands for a list


class Vocabulary(Protocol):
    """What the parser asks of a catalogue."""

    def lookup(self, name: str) -> Definition | None:
        """The definition of a canonical name or alias; None for any other name."""

    def knows(self, name: str) -> bool:
        """Whether `lookup` would find the name."""

    def names(self) -> Iterable[str]:
        """Every canonical name and alias."""


class TableVocabulary:
    """A vocabulary held in memory: definitions by canonical name, and aliases for some of them."""

    def __init__(
        self, definitions: Iterable[Definition] = (), aliases: Mapping[str, str] | None = None
    ) -> None:
        """Fails with KeyError when an alias stands for a name that has no definition."""
        table = {definition.name: definition for definition in definitions}
        table |= {alias: table[name] for alias, name in (aliases or {}).items()}
        self._table: Mapping[str, Definition] = MappingProxyType(table)

    def lookup(self, name: str) -> Definition | None:
        """The definition of a name or alias, or None. Never fails."""
        return self._table.get(name)

    def knows(self, name: str) -> bool:
        """Whether the name or alias has a definition. Never fails."""
        return name in self._table

    def names(self) -> Iterable[str]:
        """Every name and alias. Never fails."""
        return self._table.keys()


@dataclass(frozen=True)
class Shape:
    """How a word is called: its form, for messages, and how many arguments it takes."""

    form: str
    counts: range

    def takes(self, count: int) -> bool:
        """Whether `count` arguments are right."""
        return count in self.counts


def _shapes(rows: str) -> Mapping[str, Shape]:
    """One row a word: `form; least; most`. The word is what precedes the bracket of the form."""
    table = {}
    for row in rows.strip().splitlines():
        form, least, most = (part.strip() for part in row.split(";"))
        table[form.partition("(")[0]] = Shape(form, range(int(least), int(most) + 1))
    return MappingProxyType(table)


_ONE_ARGUMENT = (
    "abs sqrt exp log sin cos tan sinh cosh asin acos atan asinh acosh atanh erf erfc sign floor"
)

CONSTANTS: Final = frozenset({"pi", "E", "oo"})

FUNCTIONS: Final = _shapes(
    "\n".join(f"{word}(x); 1; 1" for word in _ONE_ARGUMENT.split())
    + "\nmin(x, y); 2; 100\nmax(x, y); 2; 100"
)
"""Arithmetic functions. (tanh is an activation: the catalogue defines it.)"""

VECTOR_FUNCTIONS: Final = _shapes(
    """
    sum(v); 1; 1
    dot(u, v); 2; 2
    norm(v); 1; 1
    transpose(A); 1; 1
    softmax(v); 1; 1
    log_softmax(v); 1; 1
    """
)

CALCULUS: Final = _shapes(
    """
    diff(e, x) or diff(e, x, n); 2; 3
    limit(e, x, point) or limit(e, x, point, "+"); 3; 4
    series(e, x, at, n); 4; 4
    integral(e, x, a, b); 4; 4
    piecewise((value, condition), (value, True)); 1; 100
    """
)

LAYERS: Final = _shapes(
    """
    dense(W, b); 2; 2
    conv(K, b); 2; 2
    batchnorm(mean, variance, weight, bias); 2; 5
    avgpool(k); 1; 1
    residual(f); 1; 1
    flatten; 0; 0
    dropout; 0; 1
    """
)
STACK: Final = Shape("stack(n, f)", range(2, 3))

PREDICATES: Final = _shapes(
    """
    additive(f); 1; 1
    homogeneous(f); 1; 1
    positively_homogeneous(f); 1; 1
    linear(f); 1; 1
    affine(f); 1; 1
    odd(f); 1; 1
    even(f); 1; 1
    periodic(f, p); 2; 2
    increasing(f); 1; 1
    decreasing(f); 1; 1
    strictly_increasing(f); 1; 1
    strictly_decreasing(f); 1; 1
    convex(f); 1; 1
    concave(f); 1; 1
    strictly_convex(f); 1; 1
    strictly_concave(f); 1; 1
    bounded(f) or bounded(f, lo, hi); 1; 3
    lipschitz(f, L); 2; 2
    continuous(f); 1; 1
    differentiable(f) or differentiable(f, n); 1; 2
    smooth(f); 1; 1
    injective(f); 1; 1
    polynomial(f); 1; 1
    universal(f); 1; 1
    """
)

SETS: Final = frozenset({"Reals", "Naturals", "Integers", "Interval"})
INTERVALS: Final = MappingProxyType(
    {"": (False, False), "open": (True, True), "Lopen": (True, False), "Ropen": (False, True)}
)
"""Interval.<key>(a, b) -> (lower end open, upper end open); "" is the plain, closed Interval."""

PYTHON_WORDS: Final = frozenset(
    "False None True and as assert async await break class continue def del elif else except "
    "finally for from global if import in is lambda nonlocal not or pass raise return try while "
    "with yield".split()
)

OTHER_WORDS: Final = frozenset({"where", "stack", "range"})

LOOKALIKES: Final = MappingProxyType(
    {"inf": "oo", "infinity": "oo", "Infinity": "oo", "Pi": "pi", "PI": "pi", "Inf": "oo"}
)
"""Words that other tools use for our constants: as names they would mislead, so refused."""

SYNONYMS: Final = MappingProxyType(
    {
        "ln": "log",
        "arctan": "atan",
        "arcsin": "asin",
        "arccos": "acos",
        "arsinh": "asinh",
        "arcsinh": "asinh",
        "arcosh": "acosh",
        "arccosh": "acosh",
        "artanh": "atanh",
        "arctanh": "atanh",
        "sgn": "sign",
        "derivative": "diff",
        "integrate": "integral",
        "taylor": "series",
        "lim": "limit",
        "Piecewise": "piecewise",
        "Linear": "dense",
    }
)
"""What people also call our functions: named in the message, never silently accepted."""

_RESERVED: Final = frozenset().union(
    CONSTANTS, FUNCTIONS, VECTOR_FUNCTIONS, CALCULUS, LAYERS, PREDICATES, SETS, OTHER_WORDS
)


def is_reserved(word: str) -> bool:
    """Whether the word is the language's own, so that nothing else is called so. Never fails."""
    return word in _RESERVED or word in PYTHON_WORDS


def nearest(word: str, vocabulary: Vocabulary) -> str:
    """The known function most like `word`, or "" when none is close. Never fails."""
    if word in SYNONYMS:
        return SYNONYMS[word]
    known = [*vocabulary.names(), *sorted(_RESERVED - CONSTANTS - OTHER_WORDS), "stack", "range"]
    for attempt in (word, word.lower(), word.replace("_", "").lower()):
        if close := get_close_matches(attempt, known, n=1, cutoff=0.7):
            return close[0]
    return ""
