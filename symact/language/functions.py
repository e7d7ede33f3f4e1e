"""Functions and arrays of symbolic size, as unfolded values.

Above: `unfold`, `lists`. Below: `terms`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Union

from symact.language.terms import Term


@dataclass(frozen=True)
class Function:
    """A map of unfolded values; calling it applies it.

    rule   the map itself
    arity  how many arguments it takes
    width  the length of the list it takes, None for a real or any length
    """

    rule: Callable[..., Value]
    arity: int = 1
    width: int | None = None

    def __call__(self, *values: Value) -> Value:
        """The value at these arguments; fails as the rule does."""
        return self.rule(*values)


class Array(ABC):
    """A matrix or vector of no particular size: it does what lists do entry by entry."""

    @abstractmethod
    def broadcast(self, rule: Callable[..., Term], operands: Sequence[Value]) -> Value:
        """rule applied entry by entry to the operands, of which this array is one."""

    @abstractmethod
    def times(self, right: Value) -> Value:
        """The matrix product with what stands on its right."""

    @abstractmethod
    def transposed(self) -> Value:
        """Rows become columns."""

    @abstractmethod
    def needing(self, terms: Sequence[Term]) -> Value:
        """The same array, without a value wherever one of the real terms has none."""

    @abstractmethod
    def equations(self, other: Value) -> Iterator[tuple[Term, str, Term]]:
        """Relations between real terms that imply that the two arrays are equal."""


Value = Union[Term, tuple["Value", ...], Function, Array]  # noqa: UP007 - recursive


def compose(functions: Sequence[Function]) -> Function:
    """f1 >> f2 >> …: x goes through them in order; none is the identity. Never fails."""

    def applied(value: Value) -> Value:
        for function in functions:
            value = function(value)
        return value

    return Function(applied, width=functions[0].width if functions else None)
