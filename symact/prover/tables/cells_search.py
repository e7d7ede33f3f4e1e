"""Covering an interval by pieces on which a function of one name has one sign, or one simple root.

    S  f has a sign        N  f' has one, and f one at both ends        V  convex, above a tangent
    M  f' has one, and f opposite ones at the ends: one root     X  (x - r)^k q, q with a sign

Nothing here is evidence: the checker looks at every cell again.

Above: `table_search`, `exact_roots`. Below: `ball_jets`, `simple_numbers`.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from flint import arb

from symact.language.terms import Term
from symact.prover.numeric.ball_jets import Jets, sign_of
from symact.prover.numeric.simple_numbers import ball, middle, near, simplest

MAX_LOOKS = 250  # pieces looked at in one search
# Pieces narrower than this, relative to where they lie, mean a double root or too few bits.
NARROWEST = Fraction(1, 2**20)
NEWTON_STEPS = 30
ONE = Fraction(1)


@dataclass(frozen=True)
class Root:
    """An exact zero: a constant term, its value, its order."""

    term: Term
    value: arb
    order: int


@dataclass(frozen=True)
class Piece:
    """A closed piece. `sign` is that of f right of its root, if it has one."""

    kind: str
    lower: Fraction
    upper: Fraction
    sign: int
    slope: int = 0  # N, M: the sign of f'
    middle: Fraction | None = None  # V: where the tangent touches
    root: Root | None = None  # X

    @property
    def left(self) -> int:
        """The sign left of the root."""
        odd = self.kind == "M" or (self.root is not None and self.root.order % 2)
        return -self.sign if odd else self.sign


class NoCell(Exception):
    """No cell was found beside `at`: a double root is there, or more bits are needed."""

    def __init__(self, at: Fraction) -> None:
        super().__init__("no cell")
        self.at = at


class Opposite(Exception):
    """The function does not have the sign that is wanted at this point."""

    def __init__(self, at: Fraction) -> None:
        super().__init__("a point with the opposite sign")
        self.at = at


class Cover:
    """One search: `wanted` is the only sign that f may have, 0 for any (then isolating roots)."""

    def __init__(self, jets: Jets, order: int, wanted: int) -> None:
        self.jets, self.order, self.wanted = jets, order, wanted
        self._looks = 0
        self._signs: dict[Fraction, int] = {}

    def sign_at(self, point: Fraction) -> int:
        """The sign at a point, 0 when it is not known. Fails with Opposite."""
        if point not in self._signs:
            self._signs[point] = sign_of(self.jets.value(ball(point)))
        return self._allowed(self._signs[point], point)

    def _allowed(self, sign: int, point: Fraction) -> int:
        if sign and sign == -self.wanted:
            raise Opposite(point)
        return sign

    def run(self, lower: Fraction, upper: Fraction) -> list[Piece]:
        """Pieces that tile [lower, upper], each as long as can be. Fails with NoCell, Opposite."""
        pieces: list[Piece] = []
        begin, length = lower, upper - lower
        while begin < upper:
            end = begin + length
            end = upper if end >= upper else simplest(end - length / 8, end)
            found = self._look(begin, end)
            if found:
                pieces += found
                begin, length = end, 2 * (end - begin)
                continue
            length = (end - begin) / 2
            if length < NARROWEST * max(abs(begin), ONE) or self._looks > MAX_LOOKS:
                raise NoCell(begin)
        return pieces

    def _look(self, lower: Fraction, upper: Fraction) -> list[Piece]:
        """The one piece, or the two on both sides of an extremum; none when nothing is shown."""
        self._looks += 1
        shape = self.jets.shape(lower, upper, self.order)
        sign = self._allowed(sign_of(shape.value), (lower + upper) / 2)
        if sign:
            return [Piece("S", lower, upper, sign)]
        ends = self.sign_at(lower), self.sign_at(upper)
        slope = sign_of(shape.slope)
        if slope and all(ends):
            kind = "N" if ends[0] == ends[1] else "M"
            return [Piece(kind, lower, upper, ends[1], slope)]
        if ends[0] and ends[0] == ends[1] == sign_of(shape.bend):
            return self._convex(lower, upper, ends[0])
        return []

    def _convex(self, lower: Fraction, upper: Fraction, sign: int) -> list[Piece]:
        """V, with the tangent close to the extremum; or a root on either side of it."""
        at = extremum(self.jets, lower, upper)
        value, _, bend = self.jets.at(ball(at), 2)
        reached = self._allowed(sign_of(value), at)
        if reached == -sign:
            return [
                Piece("M", lower, at, -sign, -sign),
                Piece("M", at, upper, sign, sign),
            ]
        if not reached:
            return []
        slack = abs(middle(value) / (8 * middle(bend) * (upper - lower)))
        touch = min(max(near(at, slack), lower), upper)
        value, slope = self.jets.at(ball(touch), 1)
        tangent = [value + slope * ball(end - touch) for end in (lower, upper)]
        if any(sign_of(height) != sign for height in tangent):
            return []
        return [Piece("V", lower, upper, sign, middle=touch)]

    def around(self, root: Root, limits: tuple[Fraction, Fraction], beyond: int) -> Piece:
        """X: the longest piece around an exact root within the limits. Fails as `run`.

        beyond  the side of the root, -1 or 1, on which signs do not matter; 0 for none
        """
        lower, upper = limits
        centre, reach = middle(root.value), upper - lower
        while reach > NARROWEST:
            left, right = self._beside(centre, reach, limits)
            sign = sign_of(self.jets.quotient(left, right, root.value, root.order, self.order))
            if sign:
                if centre < upper and beyond != 1:
                    self._allowed(sign, right)
                if centre > lower and beyond != -1:
                    self._allowed(sign * (-1) ** root.order, left)
                return Piece("X", left, right, sign, root=root)
            reach /= 2
        raise NoCell(centre)

    def _beside(
        self, centre: Fraction, reach: Fraction, limits: tuple[Fraction, Fraction]
    ) -> tuple[Fraction, Fraction]:
        left, right = centre - reach, centre + reach
        left = limits[0] if left <= limits[0] else simplest(left, left + reach / 8)
        right = limits[1] if right >= limits[1] else simplest(right - reach / 8, right)
        return left, right


def extremum(jets: Jets, lower: Fraction, upper: Fraction) -> Fraction:
    """Near the root of f' on a piece where f'' has one sign, by Newton's rule."""
    at = (lower + upper) / 2
    enough = (upper - lower) / 2 ** (jets.bits - 8)
    for _ in range(NEWTON_STEPS):
        _, slope, bend = jets.at(ball(at), 2)
        step = slope / (2 * bend)
        if not step.is_finite():
            break
        moved = min(max(at - middle(step), lower), upper)
        if abs(moved - at) <= enough:
            return moved
        at = moved
    return at
