"""Reading certificates: JSON values of known shape, nothing else.

Above: everything that reads a certificate. Below: language.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from symact.checker.failures import CannotJudge, Rejected
from symact.language.errors import ClaimError
from symact.language.functions import Function
from symact.language.lists import ShapeError
from symact.language.parser import parse_term
from symact.language.terms import Term
from symact.language.unfold import Unfolder, Unsupported
from symact.language.vocabulary import Vocabulary

FORMAT_VERSION = 1
MAX_DEPTH = 60  # nested proof steps; a hundred nested cases would be 2**100 leaves
MAX_ENTRIES = 5_000  # entries of one list in a certificate


def fields(value: Any, required: tuple[str, ...], optional: tuple[str, ...] = ()) -> dict[str, Any]:
    """The object itself. Fails with Rejected unless it has exactly the named fields."""
    if not isinstance(value, dict):
        raise Rejected("an object is needed")
    if any(field not in value for field in required):
        raise Rejected("a field is missing")
    if any(field not in required and field not in optional for field in value):
        raise Rejected("an unknown field is present")
    return value


def text(value: Any) -> str:
    """The string itself. Fails with Rejected on anything else."""
    if not isinstance(value, str):
        raise Rejected("a text is needed")
    return value


def entries(value: Any) -> list[Any]:
    """The list itself. Fails with Rejected on anything else, or when it is too long."""
    if not isinstance(value, list):
        raise Rejected("a list is needed")
    if len(value) > MAX_ENTRIES:
        raise CannotJudge("list too long")
    return value


def integer(value: Any, lowest: int, highest: int) -> int:
    """The integer itself. Fails with Rejected outside the range or for another type."""
    if not isinstance(value, int) or isinstance(value, bool) or not lowest <= value <= highest:
        raise Rejected("an integer in range is needed")
    return value


def member(value: Any, allowed: tuple[str, ...]) -> str:
    """The text itself. Fails with Rejected unless it is one of `allowed`."""
    if value not in allowed or not isinstance(value, str):
        raise Rejected("an unknown word is used")
    return value


class TermReader:
    """Reads core terms from text, with the language's parser and the catalogue's definitions."""

    def __init__(self, vocabulary: Vocabulary, naturals: frozenset[str] = frozenset()) -> None:
        self._vocabulary = vocabulary
        self._naturals = naturals
        self._memo: dict[str, Term] = {}

    def term(self, value: Any) -> Term:
        """The core term that the text denotes. Fails with Rejected on text that is no such term."""
        written = text(value)
        if written not in self._memo:
            try:
                surface = parse_term(written, self._vocabulary)
                self._memo[written] = Unfolder(self._vocabulary, self._naturals).real(surface, {})
            except (ClaimError, Unsupported, ShapeError) as problem:
                raise Rejected("a term cannot be read") from problem
        return self._memo[written]

    def function(self, value: Any) -> Function:
        """The function that the text denotes. Fails with Rejected on text that is none."""
        try:
            surface = parse_term(text(value), self._vocabulary)
            return Unfolder(self._vocabulary, self._naturals).function(surface, {})
        except (ClaimError, Unsupported, ShapeError) as problem:
            raise Rejected("a function cannot be read") from problem

    def name(self, value: Any) -> Term:
        """The free name that the text is. Fails with Rejected on anything else."""
        read = self.term(value)
        if read.op != "name":
            raise Rejected("a name is needed")
        return read

    def is_natural(self, variable: Term) -> bool:
        """Whether the name ranges over the natural numbers."""
        return variable.value in self._naturals

    def rational(self, value: Any) -> Fraction:
        """The rational number that the text or integer denotes. Fails with Rejected."""
        if isinstance(value, int) and not isinstance(value, bool):
            return Fraction(value)
        read = self.term(value)
        if read.op != "num" or not isinstance(read.value, Fraction):
            raise Rejected("a rational number is needed")
        return read.value
