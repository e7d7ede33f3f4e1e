"""The search for a point at which a statement certainly fails.

Many points first. Then the places where it nearly fails: the smallest values of a decisive function
of one variable, places where a strict relation only touches, and steps along one name at a time.

Above: `judge`. Below: `extremes`, `points`, `goals`.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from flint import ctx, fmpq

from tests.soundness.balls import Number, Undefined, Unknown, Value, ball
from tests.soundness.extremes import lowest, newton, short, tabled, valleys, value
from tests.soundness.goals import PRECISIONS, Margin, Statement
from tests.soundness.points import ORDINARY, axis, points
from tests.soundness.reading import Compiled

MOST = 140  # points of one name; pairs and tuples of several
AGAIN = 6  # points of one claim that are looked at again with more bits
GAPS = (2, 6, 12, 20, 32, 50)  # pairs and triples 2^-k around a point
MARKS = 8  # landmarks around which pairs and triples are made
FAR = 10**5  # extremes are looked for nearer than this
TOUCHING = (
    4000,
    -3000,
    -200,
)  # bits; a value below the second is 0 where a slope is above the third
TOUCHES = 3  # places at which touching is looked for
STARTS, ROUNDS, REACH = 4, 2, 8  # of the descent along one name at a time

Point = dict[str, Number]


@dataclass
class Search:
    """One search; `credit` counts the second looks that are left."""

    statement: Statement
    chance: random.Random
    credit: int = AGAIN

    def failure(self) -> Point | None:
        """A point at which the conditions hold and the statement fails, both certainly."""
        for point in points(self.statement, self.chance, MOST):
            if self.fails(point):
                return point
        if self.statement.turns:
            return self._turning()
        for margin in self.statement.margins:
            values = axis(self.statement, margin.name, self.chance, MOST)
            for point in self._near(margin, values):
                if self.fails(point):
                    return point
            if margin.strict:
                touched = self._touching(margin, values)
                if touched is not None:
                    return touched
        return next(filter(self.fails, self._descents()), None)

    def fails(self, point: Point) -> bool:
        """Whether the statement certainly fails there."""
        found = self.statement.broken(point, PRECISIONS[0])
        if found is None and self.credit > 0:
            self.credit -= 1
            found = self.statement.broken(point, PRECISIONS[1])
        return found is True

    # -- functions of one name --------------------------------------------------------------------
    def _near(self, margin: Margin, values: list[fmpq]) -> Iterator[Point]:
        """Points made of the places at which the margin is smallest."""
        places = [x for x in values if abs(x) < FAR]
        if margin.order == 0:
            places = [x for x in places if self._applies({margin.name: x})]
        for valley in valleys(tabled(margin, places)):
            self.credit = max(self.credit, 3)
            yield from self._points(margin, lowest(margin, *valley))
        for mark in self.statement.marks[:MARKS] if margin.order else ():
            yield from self._points(margin, mark)

    def _applies(self, point: Point) -> bool:
        with ctx.workprec(PRECISIONS[0]):
            return self.statement.applies(point) is not False

    def _points(self, margin: Margin, place: fmpq) -> Iterator[Point]:
        names = self.statement.names
        if margin.order == 0:
            yield from ({margin.name: x} for x in (place, short(place)))
            return
        for gap in GAPS:
            step = fmpq(1, 2**gap)
            for left, right in ((1, 1), (0, 2), (2, 0)):  # the place may be an end of the domain
                pair = {names[0]: place - left * step, names[1]: place + right * step}
                yield {**pair, names[2]: fmpq(1, 2)} if margin.order == 2 else pair

    def _turning(self) -> Point | None:
        """Two places where a continuous function goes up and down: it is not injective."""
        found: Point = {}
        for margin in self.statement.margins:
            values = axis(self.statement, margin.name, self.chance, MOST)
            known = tabled(margin, (x for x in values if abs(x) < FAR))
            places = [lowest(margin, *valley) for valley in valleys(known)]
            with ctx.workprec(PRECISIONS[1]):
                below = [x for x in places if (v := value(margin, x, 0)) and ball(v[0]) < 0]
            low, high = self.statement.bounds.get(margin.name, (None, None))
            inside = [x for x in below if (low is None or x > low) and (high is None or x < high)]
            if not inside:
                return None
            found[f"down at {len(found)}" if found else "up at"] = inside[0]
        return found or None

    def _touching(self, margin: Margin, values: list[fmpq]) -> Point | None:
        """A place where a margin that must not be 0 is 0, as far as 900 digits tell.

        Only where it is not flat: a function that merely comes near 0 is flat there.
        """
        with ctx.workprec(PRECISIONS[0]):
            near = [x for x in values if _is_small(value(margin, x, 0))]
        bits, zero, slope = TOUCHING
        with ctx.workprec(bits):
            for place in near[:TOUCHES]:
                found = value(margin, place, 2)
                if found is None or self.statement.applies({margin.name: place}) is not True:
                    continue
                height, *slopes = (abs(ball(x)) for x in found)
                if height < ball(fmpq(2)) ** zero and any(
                    s > ball(fmpq(2)) ** slope for s in slopes
                ):
                    return {margin.name: place}
        return None

    # -- functions of several names ---------------------------------------------------------------
    def _descents(self) -> Iterator[Point]:
        """Points at which the gap of an inequality is small, found along one name at a time."""
        for gap in self.statement.gaps:
            for _ in range(STARTS):
                point = {x: self.chance.choice(ORDINARY[1:15]) for x in self.statement.names}
                for _ in range(ROUNDS):
                    for name in self.chance.sample(list(point), len(point)):
                        margin = Margin(name, _along(gap, point, name), 0)
                        start = point[name]
                        with ctx.workprec(PRECISIONS[0]):
                            found = newton(margin, start, start - REACH, start + REACH)
                        if found is not None:
                            point = {**point, name: short(found, 150)}
                            yield point


def _along(gap: Compiled, point: Point, name: str) -> Compiled:
    def function(at: Value) -> Value:
        return gap({**point, name: at})

    return function


def _is_small(found: tuple[Number, ...] | None) -> bool:
    try:
        return found is not None and abs(ball(found[0])) < ball(fmpq(2)) ** -100
    except (Undefined, Unknown):
        return False
