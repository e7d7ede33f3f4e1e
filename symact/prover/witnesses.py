"""The search for witnesses: rational points of rising height, judged by the checker's own rule.

Above: `decide`. Below: `evaluate`, checker.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import count, islice, pairwise, product
from math import gcd
from typing import Any

from symact.language.predicates import Goal, Triple
from symact.language.printer import print_term
from symact.language.terms import Term, fold, num, postorder
from symact.prover.numeric.evaluate import BITS, UNKNOWN, Program, Value, precision
from symact.prover.numeric.smooth import smooth

Point = dict[str, Fraction]
Values = Mapping[str, Fraction | Term]

# Points that a ball cannot judge and that are handed to the exact rule, which is slower.
MAX_EXACT = 12
FAR = [Fraction(sign * 10**k) for k in (3, 6, 9, 12) for sign in (1, -1)]
BESIDE = [Fraction(1, 10**k) for k in (4, 2, 6)]  # steps from an end that a condition names
LONG = 10**6  # denominators that no search by height reaches


def heights() -> Iterator[Fraction]:
    """0, 1, -1, 2, -2, 1/2, -1/2, 3, -3, 1/3, …: every rational once, by rising height."""
    yield Fraction(0)
    for height in count(1):
        pairs = [(height, d) for d in range(1, height + 1)] + [
            (n, height) for n in range(1, height)
        ]
        for numerator, denominator in pairs:
            if gcd(numerator, denominator) == 1:
                yield Fraction(numerator, denominator)
                yield Fraction(-numerator, denominator)


# Values in no special relation to one another: most false identities fail at a few tuples of them.
GENERIC = tuple(map(Fraction, ("2", "-1", "3", "1/2", "-2", "5/3", "-3/2", "1", "-1/3", "4", "-5")))


def generic(width: int) -> Iterator[tuple[Fraction, ...]]:
    """Tuples of different values of both signs."""
    for start in range(len(GENERIC)):
        yield tuple(GENERIC[(start + 2 * i) % len(GENERIC)] for i in range(width))


def tuples(width: int, first: list[Fraction]) -> Iterator[tuple[Fraction, ...]]:
    """Tuples of rationals, the largest index rising; `first` come before the rest."""
    if width == 0:
        yield ()
        return
    if width > 1:
        yield from generic(width)
    seen = list(dict.fromkeys(first))
    known = set(seen)
    source = (q for q in heights() if q not in known)
    if width == 1:
        for q in seen:
            yield (q,)
        for q in source:
            yield (q,)
    pool: list[Fraction] = []
    for q in [*seen, *islice(source, 2_000)]:
        pool.append(q)
        for position in range(width):
            before, after = pool[:-1], pool
            for rest in product(*([before] * position), *([after] * (width - position - 1))):
                yield (*rest[:position], q, *rest[position:])


class Search:
    """Looks for a point that satisfies the conditions and breaks a relation of one goal."""

    def __init__(self, goal: Goal, special: Iterable[Fraction] = ()) -> None:
        self.goal = goal
        self.names = goal.names()
        self.special = [*special, *_within_conditions(goal), *_landmarks(goal)]
        self._exact_left = MAX_EXACT
        self._programs = _programs(goal)
        self._kinds = dict(goal.integral)
        self._solved = _equations(goal)

    def points(self) -> Iterator[Point]:
        """Candidate points; names that a condition fixes follow from the others."""
        free = [x for x in self.names if x not in self._solved]
        for values in tuples(len(free), self.special):
            point = dict(zip(free, values, strict=True))
            if all(self._suits(x, v) for x, v in point.items()):
                yield point

    def _suits(self, which: str, value: Fraction) -> bool:
        kind = self._kinds.get(which)
        return kind is None or (value.denominator == 1 and (kind == "Integers" or value >= 0))

    def inside(self, budget: float) -> Point | None:
        """A point that satisfies the conditions, or None when none was found in time."""
        return next(self.inside_points(budget), None)

    def inside_points(self, budget: float) -> Iterator[Point]:
        """Points that satisfy the conditions, as many as are found in time."""
        for point in self._timed(budget):
            if self._status(point, self._programs[0], self.goal.conditions) is True:
                yield point

    def broken(self, budget: float, limit: int = 100_000) -> Iterator[tuple[Point, int]]:
        """(point, relation) pairs that seem to break the claim; the checker has the last word."""
        for point in self._timed(budget):
            within = self._status(point, self._programs[0], self.goal.conditions)
            if within is False:
                continue
            limit -= 1
            if limit < 0:
                return
            for index, relation in enumerate(self.goal.relations):
                status = self._status(point, self._programs[1][index], (relation,))
                if status is True:
                    continue
                if status is None or within is None:
                    if self._exact_left <= 0:
                        continue
                    self._exact_left -= 1
                yield point, index

    def broken_at(self, point: Point) -> int | None:
        """The relation that seems to fail at the point, when it satisfies the conditions."""
        if self._status(point, self._programs[0], self.goal.conditions) is not True:
            return None
        for index, relation in enumerate(self.goal.relations):
            if self._status(point, self._programs[1][index], (relation,)) is False:
                return index
        return None

    def _timed(self, budget: float) -> Iterator[Point]:
        end = time.perf_counter() + budget
        for tried, point in enumerate(self.points()):
            if tried % 8 == 7 and time.perf_counter() > end:
                return
            full = self._completed(point)
            if full is not None:
                yield full

    def _completed(self, point: Point) -> Point | None:
        """The point with the names that conditions fix."""
        full = dict(point)
        for which, program in self._solved.items():
            value = program(full)
            if value is None:
                return None
            full[which] = value
        return full

    def _status(self, point: Point, program: Program, triples: tuple[Triple, ...]) -> bool | None:
        """Whether all relations hold at the point; None when the balls do not tell."""
        with precision(BITS):
            values = program.run(point)
            outcome: bool | None = True
            for index, (_, op, _) in enumerate(triples):
                here = compare(values[2 * index], op, values[2 * index + 1])
                if here is False:
                    return False
                outcome = None if here is None else outcome
        return outcome


def compare(left: Value, op: str, right: Value) -> bool | None:
    """Whether the relation holds between two balls; None when they do not tell."""
    if left is None or right is None:
        return False
    if left is UNKNOWN or right is UNKNOWN:
        return None
    gap = left - right
    positive, negative, zero = gap > 0, gap < 0, gap.is_zero()
    if not (positive or negative or zero):
        return True if op == "==" else None  # equal to many digits: not worth an exact look
    return bool(
        {
            "==": zero,
            "!=": not zero,
            "<": negative,
            ">": positive,
            "<=": not positive,
            ">=": not negative,
        }[op]
    )


def _programs(goal: Goal) -> tuple[Program, list[Program]]:
    conditions = [smooth(side) for a, _, b in goal.conditions for side in (a, b)]
    relations = [[smooth(a), smooth(b)] for a, _, b in goal.relations]
    return Program(conditions), [Program(sides) for sides in relations]


def _within_conditions(goal: Goal) -> list[Fraction]:
    """Ends that the conditions name, however long their digits, and the middle of close ones."""
    ends = sorted(
        {
            t.value
            for left, _, right in goal.conditions
            for side in (left, right)
            for t in (side, *side.args)
            if t.op == "num"
        }
    )
    close = [(a + b) / 2 for a, b in pairwise(ends) if 0 < b - a < Fraction(1, 100)]
    long = [end for end in ends if end.denominator > LONG]
    alone = len(goal.names()) == 1
    beside = [end + side * step for end in ends if alone for step in BESIDE for side in (1, -1)]
    return [*close, *long, *beside]


def _landmarks(goal: Goal) -> list[Fraction]:
    """Numbers written in the claim, their negatives and neighbours: kinks and poles sit there."""
    numbers = {
        t.value
        for a, _, b in (*goal.relations, *goal.conditions)
        for side in (a, b)
        for t in postorder(side)
        if t.op == "num" and t.value.denominator <= 10**6 and abs(t.value) <= 10**6
    }
    marked = sorted(numbers, key=lambda q: (max(abs(q.numerator), q.denominator), q))[:8]
    near = [q for m in marked for q in (m, -m)]
    far = [q for m in marked if abs(m) > 2 for q in (m + 1, -m - 1)]
    small = list(islice(heights(), 9))
    return [*small, *near, *far, *(Fraction(q) for q in (10, -10, 30, -30)), *FAR]


def _equations(goal: Goal) -> dict[str, Any]:
    """Names that a condition of the form name == term fixes, as functions of the other names."""
    solved: dict[str, Any] = {}
    for left, op, right in goal.conditions:
        for one, other in ((left, right), (right, left)):
            if op == "==" and one.op == "name" and one.value not in solved:
                if all(
                    t is not one and t.op in ("num", "name", "add", "mul") for t in postorder(other)
                ):
                    if not any(t.op == "name" and t.value in solved for t in postorder(other)):
                        solved[one.value] = lambda point, term=other: rational_value(term, point)
                        break
    return solved


def equal_constants(goal: Goal) -> Values | None:
    """The values of all names, when conditions of the form name == constant give them."""
    values: dict[str, Fraction | Term] = {}
    for left, op, right in goal.conditions:
        if op == "==" and left.op == "name" and all(t.op != "name" for t in postorder(right)):
            values[left.value] = right
    return values if values and set(values) == set(goal.names()) else None


def rational_value(root: Term, point: Point) -> Fraction | None:
    """The value of a polynomial term at a rational point, None when a name is missing."""

    def step(node: Term, below: list[Fraction | None]) -> Fraction | None:
        if node.op == "num":
            return Fraction(node.value)
        if node.op == "name":
            return point.get(node.value)
        result = Fraction(node.op == "mul")
        for value in below:
            if value is None:
                return None
            result = result * value if node.op == "mul" else result + value
        return result

    return fold(root, step)


def written(point: Values) -> dict[str, str]:
    """The point as a certificate writes it: name -> exact constant."""
    return {x: print_term(v if isinstance(v, Term) else num(v)) for x, v in sorted(point.items())}
