"""Looking for a point of a region at which the goal fails, before more work goes into a proof.

Above: `cases`. Below: `witnesses`, `evaluate`.
"""

from __future__ import annotations

import time
from fractions import Fraction
from itertools import islice

from symact.checker.region import Region
from symact.checker.signs import SIGNS
from symact.language.predicates import Triple
from symact.language.terms import Term, postorder
from symact.prover.numeric.evaluate import BITS, UNKNOWN, Program, precision
from symact.prover.witnesses import Point, compare, tuples

MAX_POINTS = 400
MAX_INSIDE = 25
MAX_SECONDS = 0.1
FEW_SECONDS = 0.02  # for one name: sign tables find what simple points do not


class CounterExample(Exception):
    """A point of the region at which the goal seems to fail; the checker has the last word."""

    def __init__(self, point: Point) -> None:
        super().__init__("the goal fails at a point")
        self.point = point


def probe(region: Region, goal: Triple, sides: list[Term]) -> None:
    """Fails with CounterExample when a simple point of the region breaks the resolved goal."""
    cuts = region.restricting
    roots = [*(t for t, _ in cuts), *sides]
    names = sorted({t.value for root in roots for t in postorder(root) if t.op == "name"})
    program = Program(roots)
    end, inside = time.perf_counter() + (MAX_SECONDS if len(names) > 1 else FEW_SECONDS), 0
    first = [*_ends(cuts), Fraction(1), Fraction(-2), Fraction(1, 3), Fraction(3)]
    for values in islice(tuples(len(names), first), MAX_POINTS):
        point = dict(zip(names, values, strict=True))
        with precision(BITS):
            found = program.run(point)
            if all(_within(v, known) for v, (_, known) in zip(found, cuts, strict=False)):
                inside += 1
                if compare(found[-2], goal[1], found[-1]) is False:
                    raise CounterExample(point)
        if inside >= MAX_INSIDE or time.perf_counter() > end:
            return


def _within(value: object, known: frozenset[int]) -> bool:
    if value is None or value is UNKNOWN:
        return False
    return any(compare(value, relation, 0) is True for relation, s in SIGNS.items() if s <= known)


def _ends(cuts: list[tuple[Term, frozenset[int]]]) -> list[Fraction]:
    """Numbers near the ends of intervals that the region's facts name."""
    numbers = {t.value for term, _ in cuts for t in postorder(term) if t.op == "num"}
    ends = sorted(numbers, key=lambda q: (max(abs(q.numerator), q.denominator), q))[:3]
    return [q + d for e in ends for q in (e, -e) for d in (Fraction(1, 2), Fraction(-1, 2), 1, -1)]
