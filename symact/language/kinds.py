"""Kinds that are still open: real, or a list of some shape; what is demanded of them, step by step.

Above: `inference`, `shapes`. Below: `terms`, `printer`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from symact.language.errors import ClaimError
from symact.language.lists import ShapeError
from symact.language.printer import print_term
from symact.language.terms import Term
from symact.language.unfold import Unsupported

PLAIN = 0  # the number of columns of a vector


@dataclass(eq=False)
class Size:
    """A size: open, a number, or PLAIN; `counts` when it has to be a number."""

    link: Size | None = None
    value: int | None = None
    counts: bool = False


@dataclass(eq=False)
class Kind:
    """Real, or a list of some shape, or open (real is None)."""

    link: Kind | None = None
    real: bool | None = None
    rows: Size = field(default_factory=lambda: Size(counts=True))
    columns: Size = field(default_factory=Size)


@dataclass(frozen=True)
class Broadcast:
    """result = operands combined entry by entry; `scales` when open operands are rather real."""

    result: Kind
    operands: tuple[Kind, ...]
    scales: bool
    where: Term


_Open = TypeVar("_Open", Size, Kind)


def root(node: _Open) -> _Open:
    """What stands for a size or kind after everything that it was found equal to. Never fails."""
    while node.link is not None:
        node = node.link
    return node


def misfit(where: Term, what: str) -> ShapeError:
    """The error that names a place in the claim."""
    try:
        written = print_term(where)
    except ClaimError:
        written = "a large term"
    return ShapeError(f"{what} in {written if len(written) <= 60 else written[:57] + '...'}")


def unify_sizes(left: Size, right: Size, where: Term) -> None:
    """left = right. Fails with ShapeError when they are known to differ."""
    one, other = root(left), root(right)
    if one is other:
        return
    values = {size.value for size in (one, other) if size.value is not None}
    counts_rows = one.counts or other.counts
    if PLAIN in values and (len(values) > 1 or counts_rows):
        raise misfit(where, "a vector stands where a matrix is needed")
    if len(values) > 1:
        raise misfit(where, f"sizes {one.value} and {other.value} do not fit")
    other.link = one
    one.value, one.counts = (values.pop() if values else None), counts_rows


def unify(left: Kind, right: Kind, where: Term) -> None:
    """left = right: both real, or lists of one shape. Fails with ShapeError when they are not."""
    one, other = root(left), root(right)
    if one is other:
        return
    if None not in (one.real, other.real) and one.real != other.real:
        raise misfit(where, "a real number and a list stand where one kind is needed")
    unify_sizes(one.rows, other.rows, where)
    unify_sizes(one.columns, other.columns, where)
    other.link = one
    one.real = other.real if one.real is None else one.real


def demand_real(kind: Kind, where: Term) -> Kind:
    """The kind itself, from now on real. Fails with ShapeError on a list."""
    unify(kind, Kind(real=True), where)
    return kind


def demand_list(
    kind: Kind, where: Term, rows: Size | None = None, columns: Size | None = None
) -> Kind:
    """The kind itself, from now on a list with these rows and columns. Fails with ShapeError."""
    shape = Kind(real=False, rows=rows or Size(counts=True), columns=columns or Size())
    unify(kind, shape, where)
    return kind


def demand_vector(kind: Kind, where: Term, rows: Size | None = None) -> Kind:
    """The kind itself, from now on a vector with this many rows. Fails with ShapeError."""
    return demand_list(kind, where, rows, Size(value=PLAIN))


def is_plain(kind: Kind) -> bool:
    """Whether the kind is known to be a vector."""
    return root(root(kind).columns).value == PLAIN


def exactly(value: int) -> Size:
    """The size that is this number."""
    return Size(value=value, counts=True)


def matrix_columns(kind: Kind, where: Term) -> Size:
    """The number of columns of what has to be a matrix."""
    columns = Size(counts=True)
    demand_list(kind, where, None, columns)
    return columns


def alike(one: Kind, other: Kind) -> bool:
    """Whether the two are the same, so that nothing new follows from one more layer."""
    a, b = root(one), root(other)
    sizes = ((a.rows, b.rows), (a.columns, b.columns))
    return a is b or (a.real is False is b.real and all(_equal(*pair) for pair in sizes))


def _equal(left: Size, right: Size) -> bool:
    one, other = root(left), root(right)
    return one is other or (one.value is not None and one.value == other.value)


def settle(broadcasts: Sequence[Broadcast]) -> None:
    """Draws every conclusion that a broadcast forces, until nothing changes."""
    while sum(map(force, broadcasts)):
        pass


def force(b: Broadcast) -> bool:
    """Lists have one shape, which the result has too; it is real when all operands are.

    Returns whether anything was new. Fails with ShapeError when shapes do not fit.
    """
    lists = _lists(b)
    unknown = [kind for kind in b.operands if root(kind).real is None]
    result = root(b.result)
    before = (len(unknown), result.real)
    if result.real is False and not lists and len(unknown) == 1:
        lists = unknown
    for kind in lists:
        unify(b.result, kind, b.where)
    if result.real:
        for kind in unknown:
            demand_real(kind, b.where)
    if not lists and not unknown:
        demand_real(b.result, b.where)
    unknown = [kind for kind in b.operands if root(kind).real is None]
    return before != (len(unknown), root(b.result).real)


def is_open(broadcasts: Sequence[Broadcast], kinds: Sequence[Kind]) -> bool:
    """Whether preferences matter: one of the kinds is a list, or a list is made of open ones.

    Beside lists that are written out, names are real numbers.
    """
    made = (root(b.result).real is False and not _lists(b) for b in broadcasts)
    return any(root(kind).real is False for kind in kinds) or any(made)


def prefer(broadcasts: Sequence[Broadcast]) -> None:
    """Decides what nothing forces: beside a list, open factors are real, open summands are lists.

    Fails with Unsupported when no factor of a product that has to be a list is known to be one.
    """
    for scales in (True, False, True, False):
        for b in broadcasts:
            if b.scales == scales and root(b.result).real is False:
                _decide(b)
        settle(broadcasts)
    if any(root(b.result).real is False and not _lists(b) for b in broadcasts):
        raise Unsupported("it cannot be told which factor is the matrix or vector")


def _decide(b: Broadcast) -> None:
    for kind in b.operands:
        if root(kind).real is None and not b.scales:
            unify(b.result, kind, b.where)
        elif root(kind).real is None and _lists(b):
            demand_real(kind, b.where)


def _lists(b: Broadcast) -> list[Kind]:
    return [kind for kind in b.operands if root(kind).real is False]
