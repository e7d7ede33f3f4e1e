"""Pieces of the line on which a function has one sign, one direction, or bends one way.

Above: `sheet`. Below: `shapes`, `numbers`, `roots`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from symact.explain.shape.outline import Mark, Outline
from symact.explain.shape.roots import continuous_at
from symact.explain.shape.shapes import Shape

DIRECTIONS = {1: "strictly_increasing", -1: "strictly_decreasing"}
BENDS = {1: "strictly_convex", -1: "strictly_concave"}


@dataclass(frozen=True)
class Piece:
    """Where a sign holds: between two marks, None being infinity."""

    left: Mark | None
    right: Mark | None
    sign: int | None


def sign_claims(shape: Shape) -> Iterator[str]:
    """f > 0, f < 0 or f == 0 between the zeros."""
    subject, x = shape.subject, shape.subject.variable
    for piece in _merged(shape.outline(0), lambda _: False):
        if piece.sign is None:
            continue
        op = {1: ">", -1: "<", 0: "=="}[piece.sign]
        parts = []
        if piece.left is not None:
            parts.append(f"{x} > {shape.above(piece.left)}")
        if piece.right is not None:
            parts.append(f"{x} < {shape.below(piece.right)}")
        yield subject.claim(f"{subject.text} {op} 0", ", ".join(parts))


def direction_claims(shape: Shape) -> Iterator[str]:
    """Strictly increasing or decreasing, or constant, from one extremum to the next."""
    for piece in _merged(shape.outline(1), lambda mark: continuous_at(shape, mark)):
        if piece.sign in DIRECTIONS:
            yield shape.subject.predicate(DIRECTIONS[piece.sign], on=interval(shape, piece))
        elif piece.sign == 0:
            yield from _constant(shape, piece)


def bend_claims(shape: Shape) -> Iterator[str]:
    """Convex or concave from one inflection to the next; straight pieces are both."""
    for piece in _merged(shape.outline(2), lambda mark: mark.function is not None):
        on = interval(shape, piece)
        if piece.sign in BENDS:
            yield shape.subject.predicate(BENDS[piece.sign], on=on)
        elif piece.sign == 0:
            yield shape.subject.predicate("convex", on=on)
            yield shape.subject.predicate("concave", on=on)


def _constant(shape: Shape, piece: Piece) -> Iterator[str]:
    on = interval(shape, piece)
    yield shape.subject.predicate("increasing", on=on)
    yield shape.subject.predicate("decreasing", on=on)


def _merged(found: Outline, joins: Callable[[Mark], bool]) -> list[Piece]:
    """The pieces, neighbours with one sign made one where `joins` says so of the mark between."""
    pieces: list[Piece] = []
    for left, right, sign in found.intervals():
        last = pieces[-1] if pieces else None
        if last is not None and last.sign == sign and left is not None and joins(left):
            pieces[-1] = Piece(last.left, right, sign)
        else:
            pieces.append(Piece(left, right, sign))
    return pieces


def interval(shape: Shape, piece: Piece) -> str:
    """The closed piece as a set, "" for all reals; open where the function jumps."""
    if piece.left is None and piece.right is None:
        return ""
    lower = "-oo" if piece.left is None else shape.above(piece.left)
    upper = "oo" if piece.right is None else shape.below(piece.right)
    left_open = piece.left is None or not continuous_at(shape, piece.left)
    right_open = piece.right is None or not continuous_at(shape, piece.right)
    kind = {
        (False, False): "",
        (True, True): ".open",
        (True, False): ".Lopen",
        (False, True): ".Ropen",
    }
    return f"Interval{kind[left_open, right_open]}({lower}, {upper})"
