"""Looking for a point of a region at which an inequality fails, by going downhill from many points.

Above: `cases`. Below: `relaxed_points`, `witnesses`.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from fractions import Fraction

from symact.checker.signs import SIGNS, Signs
from symact.language.elementary import difference
from symact.language.terms import Term, name, postorder
from symact.prover.builder import Builder
from symact.prover.numeric.evaluate import UNKNOWN, Program, precision
from symact.prover.numeric.probing import CounterExample
from symact.prover.positivity.relaxed_points import points_where
from symact.prover.witnesses import compare

MAX_SECONDS, MAX_DEPTH = 0.3, 3
STARTS, STEPS = 120, 40
DENOMINATORS = (4, 20, 100, 2_000)
SIDES = {">": 1, ">=": 1, "<": -1, "<=": -1}
Values = dict[str, float]


def seek_violation(builder: Builder, sides: list[Term]) -> None:
    """Fails with CounterExample when a point of the region breaks the resolved goal."""
    sequent, op = builder.sequent, builder.sequent.goal[1]
    if sequent.pending or op not in SIDES or builder.depth > MAX_DEPTH:
        return
    cuts = builder.region.restricting
    roots = [*(t for t, _ in cuts), difference(*sides)]
    names = sorted({t.value for root in roots for t in postorder(root) if t.op == "name"})
    if len(names) < 2 or any(builder.reader.is_natural(name(x)) for x in names):
        return
    end = time.perf_counter() + MAX_SECONDS
    search = _Descent(Program(roots), [known for _, known in cuts], op)
    with precision(80):
        for start in points_where(builder.region, names, STARTS):
            found = search.from_point(start, end)
            if found is not None:
                raise CounterExample(found)
            if time.perf_counter() > end:
                return


class _Descent:
    """Steps that make the gap smaller inside the region."""

    def __init__(self, program: Program, cuts: list[Signs], op: str) -> None:
        self.program, self.cuts, self.op = program, cuts, op
        self.source = random.Random(0)

    def from_point(self, point: Values, end: float) -> dict[str, Fraction] | None:
        """A rational point at which the goal fails, near where the steps lead."""
        best, least = point, self._gap(point)
        if least is None:
            return None
        size = 0.5
        for _ in range(STEPS):
            if least <= 0 or time.perf_counter() > end:
                break
            moved = {x: v + self.source.gauss(0, size) * (abs(v) + 0.1) for x, v in best.items()}
            gap = self._gap(moved)
            if gap is not None and gap < least:
                best, least, size = moved, gap, size * 1.5
            else:
                size *= 0.8
        return self._rational(best) if least <= 0 else None

    def _rational(self, point: Values) -> dict[str, Fraction] | None:
        for near in _near(point):
            gap = self._gap(near)
            if gap is not None and (gap < 0 or (gap == 0 and self.op in (">", "<"))):
                return near
        return None

    def _gap(self, point: Values | dict[str, Fraction]) -> float | None:
        """side · (left - right) inside the region; None outside, and where that is not clear."""
        exact = {x: Fraction(v) for x, v in point.items()}
        *facts, gap = self.program.run(exact)
        if gap is None or gap is UNKNOWN or not all(map(_allowed, facts, self.cuts)):
            return None
        if gap.is_zero():
            return 0.0
        value = float(gap.mid()) * SIDES[self.op]
        return value if not gap.contains(0) else None


def _allowed(value: object, known: Signs) -> bool:
    return any(compare(value, relation, 0) is True for relation, s in SIGNS.items() if s <= known)


def _near(point: Values) -> Iterator[dict[str, Fraction]]:
    for denominator in DENOMINATORS:
        yield {x: Fraction(v).limit_denominator(denominator) for x, v in point.items()}
