"""Sample points of a relaxed region: generators are numbers of their own, and the facts hold.

A sum of squares times facts is nonnegative at all of them, so a polynomial that takes both signs
there needs no search. Floating point, and only ever a reason not to try.

Above: `positivity`, `ends`, `violations`. Below: the checker's forms.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator
from contextlib import suppress
from fractions import Fraction
from itertools import islice

from symact.checker import signs
from symact.checker.forms import Form, Generator, Generators
from symact.checker.polynomials import Polynomial
from symact.checker.region import Region
from symact.checker.signs import Signs

TRIES, ENOUGH = 240, 120
REPAIRS = 6
NOISE = 1e-9
SIZES = (1.0, 3.0, 0.3, 10.0)

Point = dict[int, float]
Rows = list[tuple[float, list[tuple[int, float]]]]

FUNCTIONS: dict[str, Callable[[float], float]] = {
    "exp": math.exp,
    "log": math.log,
    "sqrt": math.sqrt,
    "erf": math.erf,
    "atan": math.atan,
    "sin": math.sin,
    "cos": math.cos,
    "floor": math.floor,
}


def signs_seen(
    polynomial: Polynomial, facts: list[tuple[Polynomial, Signs]], table: Generators
) -> Signs:
    """The clear signs of the polynomial at sample points at which the facts hold."""
    sample = _Sample([polynomial, *(p for p, _ in facts)], table)
    rows, cuts = _rows(polynomial), [(_rows(p), known) for p, known in facts]
    seen: set[int] = set()
    inside = 0
    for point in sample.points():
        try:
            if not sample.repaired(point, cuts):
                continue
            value, scale = _value(rows, point)
        except (ArithmeticError, ValueError):
            continue
        if abs(value) > NOISE * scale:
            seen.add(1 if value > 0 else -1)
        inside += 1
        if len(seen) > 1 or inside >= ENOUGH:
            break
    return frozenset(seen)


def points_where(region: Region, names: list[str], count: int) -> Iterator[dict[str, float]]:
    """Values of the names at which the facts about names alone hold, as far as can be told."""
    table = region.normal_form.generators
    index = {table.index(Generator("name", x)): x for x in names}
    cuts = []
    for fact, known in region.restricting:
        form = region.normal_form.form(fact)
        if not form.den and {g for m in form.num for g, _ in m} <= index.keys():
            cuts.append((form.num, known))
    alone: list[Polynomial] = [{((g, Fraction(1)),): Fraction(1)} for g in index]
    sample = _Sample([*alone, *(p for p, _ in cuts)], table)
    rows = [(_rows(p), known) for p, known in cuts]
    for point in islice(sample.points(), count):
        with suppress(ArithmeticError, ValueError):
            if sample.repaired(point, rows):
                yield {x: point[g] for g, x in index.items()}


class _Sample:
    """The generators of some polynomials: free ones, constants, and roots and angles."""

    def __init__(self, polynomials: list[Polynomial], table: Generators) -> None:
        self.table = table
        self.fixed: Point = {}
        self.free: list[int] = []
        self.angles: dict[object, list[int]] = {}
        self.roots: list[int] = []
        self._seen: set[int] = set()
        for polynomial in polynomials:
            self._visit(polynomial)
        self.positive = [g for g in self.free if table.table[g].kind in signs.INTRINSIC]

    def _visit(self, polynomial: Polynomial) -> None:
        for g in sorted({g for m in polynomial for g, _ in m} - self._seen):
            self._seen.add(g)
            self._place(g)

    def _place(self, g: int) -> None:
        generator = self.table.table[g]
        argument = generator.argument
        if argument is not None:
            for part in (argument.num, *map(dict, argument.den)):
                self._visit(part)
            below = {h for m in argument.num for h, _ in m}
            if generator.kind in FUNCTIONS and not argument.den and below <= self.fixed.keys():
                with suppress(ArithmeticError, ValueError):
                    self.fixed[g] = FUNCTIONS[generator.kind](_form(argument, self.fixed))
                    return
        if generator.kind == "const":
            self.fixed[g] = math.pi
        elif generator.kind == "sqrt":
            self.roots.append(g)
        elif generator.kind in ("sin", "cos"):
            self.angles.setdefault(generator.key, []).append(g)
        else:
            self.free.append(g)

    def points(self) -> Iterator[Point]:
        """Points of several sizes, some with equal or simple coordinates."""
        source = random.Random(len(self.free))
        for attempt in range(TRIES):
            point = dict(self.fixed)
            for g in self.free:
                value = source.gauss(0, SIZES[attempt % len(SIZES)])
                if attempt % 3 == 0:
                    value = float(round(2 * value)) / 2
                if len(point) > len(self.fixed) and source.random() < 0.15:
                    value = source.choice([point[h] for h in self.free if h in point])
                point[g] = value
            for g in self.positive:
                point[g] = abs(point[g]) if attempt % 2 else math.exp(max(point[g], -8.0))
            for key, members in self.angles.items():
                angle = source.uniform(-3.2, 3.2) + len(str(key)) % 3
                point |= {g: FUNCTIONS[self.table.table[g].kind](angle) for g in members}
            yield point

    def _extract(self, point: Point) -> None:
        for g in self.roots:
            argument = self.table.table[g].argument
            if argument is not None:
                point[g] = math.sqrt(_form(argument, point))

    def repaired(self, point: Point, cuts: list[tuple[Rows, Signs]]) -> bool:
        """Whether the facts hold, after reflecting coordinates across facts that do not."""
        for attempt in range(REPAIRS):
            if any(point[g] <= 0 for g in self.positive):
                return False
            self._extract(point)
            broken = next((cut for cut in cuts if not _holds(*cut, point)), None)
            if broken is None:
                return True
            if not _reflected(point, broken[0], broken[1], self.free, attempt):
                return False
        return False


def _rows(polynomial: Polynomial) -> Rows:
    return [(float(c), [(g, float(e)) for g, e in m]) for m, c in polynomial.items()]


def _value(rows: Rows, point: Point) -> tuple[float, float]:
    """The value and the sum of the absolute values of the summands."""
    total = scale = 0.0
    for c, factors in rows:
        summand = c
        for g, e in factors:
            summand *= point[g] ** e
        total += summand
        scale += abs(summand)
    return total, scale


def _form(form: Form, point: Point) -> float:
    value = _value(_rows(form.num), point)[0]
    for factor, exponent in form.den.items():
        value /= _value(_rows(dict(factor)), point)[0] ** exponent
    return value


def _holds(rows: Rows, known: Signs, point: Point) -> bool:
    value, scale = _value(rows, point)
    if abs(value) <= NOISE * scale:
        return 0 in known
    return (1 if value > 0 else -1) in known


def _reflected(point: Point, rows: Rows, known: Signs, free: list[int], attempt: int) -> bool:
    """Moves one free generator in which the fact is affine to the other side of the fact."""
    slopes: dict[int, float] = {}
    barred = {g for _, factors in rows for g, e in factors if e != 1}
    for c, factors in rows:
        for g, _ in factors:
            if g not in barred and g in free:
                slopes[g] = slopes.get(g, 0.0) + c * math.prod(
                    point[h] ** e for h, e in factors if h != g
                )
    moving = [g for g, slope in sorted(slopes.items()) if abs(slope) > NOISE]
    if not moving:
        return False
    g = moving[attempt % len(moving)]
    point[g] -= (1 if known <= signs.ZERO else 2) * _value(rows, point)[0] / slopes[g]
    return True
