"""Relations between unfolded values, and fresh names to compare functions at.

Above: `definitions`, `predicates`. Below: `unfold`, `claims`.
"""

from __future__ import annotations

from collections.abc import Iterator

from symact.language.claims import RealSet, Relation
from symact.language.functions import Array, Function, Value
from symact.language.lists import ShapeError
from symact.language.shapes import Points
from symact.language.terms import Term, name, num
from symact.language.unfold import Unfolder, Unsupported, infinite_sign

Triple = tuple[Term, str, Term]


def inside(unfolder: Unfolder, member: Term, domain: RealSet) -> Iterator[Triple]:
    """The relations that say member in domain."""
    if domain.kind == "Naturals":
        yield member, ">=", num(0)
    for bound, strict, wide, openness, beyond in (
        (domain.lower, ">", ">=", domain.lower_open, -1),
        (domain.upper, "<", "<=", domain.upper_open, 1),
    ):
        if bound is not None and infinite_sign(bound) == -beyond:
            raise ShapeError("an interval that ends there is empty")
        if bound is not None and not infinite_sign(bound):
            yield member, strict if openness else wide, unfolder.real(bound, unfolder.base)


class Fresh:
    """New names, and new arguments of functions."""

    def __init__(self, used: set[str], points: Points | None) -> None:
        self.used, self.points = used, points
        self._introduced: list[str] = []

    def real(self, letter: str) -> Term:
        """A new real name: the letter, with as many underscores as it takes."""
        while letter in self.used:
            letter += "_"
        self.used.add(letter)
        self._introduced.append(letter)
        return name(letter)

    def introduced(self) -> tuple[str, ...]:
        """The new real names so far, in order."""
        return tuple(self._introduced)

    def argument(self, letter: str, width: int | None, position: int = 0) -> Value:
        """A new argument: a real name, or a list of `width`, unless `points` says otherwise."""
        if self.points is not None:
            return self.points(position, letter, self.real)
        if width is not None:
            return tuple(self.real(f"{letter}{i + 1}") for i in range(width))
        return self.real(letter)


def relation_triples(
    unfolder: Unfolder, relation: Relation, fresh: Fresh | None
) -> Iterator[Triple]:
    """The relations between reals that the chain says; without `fresh`, not about functions."""
    sides = [unfolder.value(side, unfolder.base) for side in relation.sides]
    for left, op, right in zip(sides, relation.ops, sides[1:], strict=False):
        yield from compare(left, op, right, fresh)


def compare(left: Value, op: str, right: Value, fresh: Fresh | None) -> Iterator[Triple]:
    """Reals compare as they are; lists entry by entry; functions at every argument (only ==)."""
    if isinstance(left, Function) and isinstance(right, Function):
        if fresh is None:
            raise Unsupported("functions cannot be compared in a condition")
        if op != "==" or left.arity != right.arity:
            raise Unsupported(
                "functions can only be compared with ==, at equal numbers of arguments"
            )
        width = left.width if left.width is not None else right.width
        points = [fresh.argument("xyzuv"[i % 5], width, i) for i in range(left.arity)]
        yield from compare(left(*points), op, right(*points), fresh)
    elif isinstance(left, Array):
        if op != "==":
            raise Unsupported("matrices can only be compared with ==")
        yield from left.equations(right)
    elif isinstance(left, tuple) and isinstance(right, tuple):
        if len(left) != len(right):
            raise ShapeError(f"lists of lengths {len(left)} and {len(right)}")
        if op != "==":
            raise Unsupported("lists can only be compared with ==")
        for a, b in zip(left, right, strict=True):
            yield from compare(a, op, b, fresh)
    elif isinstance(left, Term) and isinstance(right, Term):
        yield left, op, right
    else:
        raise ShapeError("a real, a list and a function cannot be compared with one another")
