"""Sign tables of functions of one name: tails, exact roots, and pieces in between.

Above: `sign_tables`, `patterns`. Below: `cells_search`, `exact_roots`, `tail_search`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import Any

from symact.language.terms import Term, num, postorder
from symact.prover.algebra import exact_roots
from symact.prover.builder import Entry, written
from symact.prover.numeric.ball_jets import Jets, is_jet_term, sign_of
from symact.prover.numeric.evaluate import precision
from symact.prover.numeric.simple_numbers import ball, middle
from symact.prover.tables.cells_search import Cover, NoCell, Opposite, Piece, Root
from symact.prover.tables.tail_search import Tail, tail

PRECISIONS = (64, 128, 256)
LONG, MOST_BITS, SPARE_BITS = 160, 7_000, 128  # bits of numbers that need their own precision
ORDER = 5  # of Taylor forms
MAX_ROOTS = 8  # exact roots that are met only when no cell is found
REMEMBERED = 256  # tables kept, as a region's copies ask again
CANDIDATES = tuple(Fraction(n, 2) for n in (0, 2, -2, 1, -1, 4, -4))
FAR = tuple(map(Fraction, ("1/8", "1/2", "1", "2", "3", "5", "8", "20", "60")))
STEPS = 12  # a bounded interval is looked at in so many steps


@dataclass(frozen=True)
class End:
    """An end of an interval: a rational, or one that lies a little outside an irrational constant,
    which is `irrational` to many digits.
    """

    value: Fraction
    constant: Term | None = None
    irrational: Fraction | None = None

    @property
    def place(self) -> Fraction:
        """Where the interval ends, to many digits."""
        return self.value if self.irrational is None else self.irrational


@dataclass(frozen=True)
class Table:
    """The signs of a function of one name on an interval, None for an end at infinity."""

    function: Term
    variable: Term
    lower: Fraction | None
    left: Tail | None
    pieces: tuple[Piece, ...]
    right: Tail | None
    bits: int
    order: int

    def body(self, of: Term) -> Entry:
        """The certificate of the rule `cells` for the function taken at `of`."""
        rows: list[list[Any]] = []
        if self.left is not None:
            rows.append(["T", _number(-self.left.start), self.left.sign, self.left.order])
        rows += [_row(piece) for piece in self.pieces]
        if self.right is not None:
            rows.append(["T", None, self.right.sign, self.right.order])
        begin = None if self.left is not None else self.lower
        if begin is None and self.left is None and self.right is not None:
            begin = self.right.start
        return {
            "name": self.variable.value,
            "term": written(self.function),
            "of": written(of),
            "bits": self.bits,
            "order": self.order,
            "from": None if begin is None else _number(begin),
            "cells": rows,
        }

    def roots(self) -> list[Root]:
        """The exact roots among the pieces."""
        return [piece.root for piece in self.pieces if piece.root is not None]


@dataclass(frozen=True)
class NoTable:
    """Why there is none: a point of another sign, or nothing is known."""

    opposite: Fraction | None = None


def _number(value: Fraction) -> int | str:
    return value.numerator if value.denominator == 1 else str(value)


def _row(piece: Piece) -> list[Any]:
    row: list[Any] = [piece.kind, _number(piece.upper), piece.sign]
    if piece.kind == "N":
        row.append(piece.slope)
    if piece.middle is not None:
        row.append(_number(piece.middle))
    if piece.root is not None:
        row += [written(piece.root.term), piece.root.order]
    return row


@lru_cache(maxsize=REMEMBERED)
def one_sign(
    function: Term, variable: Term, lower: End | None, upper: End | None
) -> Table | NoTable:
    """A table with one sign, and exact roots at which it does not change."""
    search = _Search(function, variable, lower, upper)
    return search.run(search.sign_seen)


@lru_cache(maxsize=REMEMBERED)
def all_signs(
    function: Term, variable: Term, lower: End | None, upper: End | None
) -> Table | NoTable:
    """A table with every root isolated."""
    return _Search(function, variable, lower, upper).run(lambda: 0)


class _Search:
    def __init__(
        self, function: Term, variable: Term, lower: End | None, upper: End | None
    ) -> None:
        self.function, self.variable = function, variable
        self.lower, self.upper = lower, upper
        self._known: list[Root] = []

    def run(self, choose: Any) -> Table | NoTable:
        """The table whose only sign is chosen, 0 for any."""
        if not is_jet_term(self.function, self.variable):
            return NoTable()
        self.jets = Jets(self.function, self.variable, PRECISIONS[0])
        if any(is_singular(self.function, self.variable, end.value) for end in self._ends()):
            return NoTable()
        try:
            wanted = choose()
            return NoTable() if wanted is None else self._table(wanted)
        except Opposite as found:
            return NoTable(opposite=found.at)

    def _ends(self) -> list[End]:
        return [end for end in (self.lower, self.upper) if end is not None]

    def sign_seen(self) -> int | None:
        """The sign at some points of the interval; None: not told. Fails with Opposite."""
        seen = 0
        for point in points(self.lower, self.upper):
            sign = sign_of(self.jets.value(ball(point)))
            if sign and sign == -seen:
                raise Opposite(point)
            seen = seen or sign
        return seen or None

    def _table(self, wanted: int) -> Table | NoTable:
        tails = self._tails(wanted)
        if tails is None:
            return NoTable()
        left, right = tails
        lower = -left.start if left else self.lower.value if self.lower else None
        upper = right.start if right else self.upper.value if self.upper else None
        if lower is None or upper is None or lower >= upper:
            pieces: tuple[Piece, ...] | None = ()
        else:
            pieces = self._pieces(lower, upper, wanted)
        if pieces is None:
            return NoTable()
        return Table(
            self.function, self.variable, lower, left, pieces, right, self.jets.bits, ORDER
        )

    def _tails(self, wanted: int) -> tuple[Tail | None, Tail | None] | None:
        found: list[Tail | None] = []
        for side, end, other in ((-1, self.lower, self.upper), (1, self.upper, self.lower)):
            if end is not None:
                found.append(None)
                continue
            least = None if other is None else side * other.value
            beyond = tail(self.function, self.variable, side, least, self.jets.bits)
            if beyond is None:
                return None
            if beyond.sign == -wanted:
                raise Opposite(side * beyond.start)
            found.append(beyond)
        return found[0], found[1]

    def _pieces(self, lower: Fraction, upper: Fraction, wanted: int) -> tuple[Piece, ...] | None:
        """Pieces at rising precision; what stops them may be an exact root."""
        exact = Jets(self.function, self.variable, exact_roots.BITS)
        self._known = list(self._easy_roots(exact, lower, upper))
        for bits in (*PRECISIONS, *self._finer()):
            self.jets = Jets(self.function, self.variable, bits)
            for _ in range(MAX_ROOTS):
                cover = Cover(self.jets, ORDER, wanted)
                try:
                    with precision(bits):
                        return tuple(self._between_roots(cover, lower, upper))
                except NoCell as stuck:
                    root = exact_roots.root_near(exact, stuck.at)
                if root is None or any(r.value.overlaps(root.value) for r in self._known):
                    break
                if not lower <= middle(root.value) <= upper:
                    break
                self._known.append(root)
        return None

    def _finer(self) -> tuple[int, ...]:
        """The precision that the longest number of the function asks for, if it is a long one."""
        numbers = (t.value for t in postorder(self.function) if t.op == "num")
        longest = max((q.denominator.bit_length() for q in numbers), default=0)
        return (longest + SPARE_BITS,) if LONG < longest < MOST_BITS else ()

    def _easy_roots(self, exact: Jets, lower: Fraction, upper: Fraction) -> Iterator[Root]:
        """Zeros at the ends and at a few simple numbers."""
        constants = [end.constant for end in self._ends() if end.constant is not None]
        numbers = [q for q in dict.fromkeys((lower, upper, *CANDIDATES)) if lower <= q <= upper]
        for q in numbers:
            if not sign_of(self.jets.value(ball(q))):
                root = exact_roots.exact_root(exact, num(q))
                if root is not None:
                    yield root
        for term in constants:
            root = exact_roots.exact_root(exact, term)
            if root is not None:
                yield root

    def _between_roots(self, cover: Cover, lower: Fraction, upper: Fraction) -> Iterator[Piece]:
        """X cells around the known roots, others in the gaps."""
        roots = sorted(self._known, key=lambda r: middle(r.value))
        places = [middle(r.value) for r in roots]
        walls = [lower, *((a + b) / 2 for a, b in pairwise(places)), upper]
        begin = lower
        for i, root in enumerate(roots):
            beyond = self._beyond(root)
            piece = cover.around(root, (walls[i], walls[i + 1]), beyond)
            yield from cover.run(begin, piece.lower)
            yield piece
            begin = piece.upper
        yield from cover.run(begin, upper)

    def _beyond(self, root: Root) -> int:
        """The side on which an end that is this root cuts off: -1, 1, or 0."""
        if self.lower is not None and root.term is self.lower.constant:
            return -1
        return int(self.upper is not None and root.term is self.upper.constant)


@lru_cache(maxsize=REMEMBERED)
def is_singular(function: Term, variable: Term, point: Fraction) -> bool:
    """Whether the function seems not to be analytic at a point."""
    if not is_jet_term(function, variable):
        return False
    jets = Jets(function, variable, PRECISIONS[0])
    return not all(a.is_finite() for a in jets.at(ball(point), 2))


def points(lower: End | None, upper: End | None) -> list[Fraction]:
    """Some points of the interval, its ends left out."""
    if lower is not None and upper is not None:
        width = upper.value - lower.value
        return [lower.value + width * Fraction(i, STEPS) for i in range(1, STEPS)]
    if lower is not None:
        return [lower.value + d for d in FAR]
    if upper is not None:
        return [upper.value - d for d in FAR]
    return [Fraction(0), *FAR, *(-d for d in FAR)]
