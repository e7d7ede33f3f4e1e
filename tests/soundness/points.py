"""Points to look at: ordinary, tiny and huge, random, and beside every landmark.

Above: `search`. Below: `goals`.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator

from flint import fmpq

from tests.soundness.balls import Number, Undefined, Unknown, dyadic
from tests.soundness.goals import Statement
from tests.soundness.lists import Unreadable
from tests.soundness.reading import Compiled

ORDINARY = tuple(
    fmpq(p, q)
    for p, q in (
        (0, 1), (1, 1), (-1, 1), (1, 2), (-1, 2), (2, 1), (-2, 1), (3, 1), (-3, 1), (1, 3),
        (-1, 3), (5, 1), (-5, 1), (1, 10), (-1, 10), (10, 1), (-10, 1), (3, 2), (-3, 2), (30, 1),
        (-30, 1), (100, 1), (-100, 1), (1, 1000), (-1, 1000), (1000, 1), (-1000, 1),
    )
)  # fmt: skip
EXTREME = tuple(fmpq(side) * fmpq(10) ** k for k in (-30, -12, -6, 4, 6, 12) for side in (1, -1))
STEPS = tuple(fmpq(1, 10**k) for k in (1, 3, 9, 20))
FRACTIONS = (1, 2, 3, 4, 5, 6, 7)
SURE = 17  # ordinary numbers that are always tried
MOST_MARKS = 24  # landmarks that are always tried


def axis(statement: Statement, name: str, chance: random.Random, most: int) -> list[fmpq]:
    """At most `most` values for one name, those its conditions allow as far as bounds tell."""
    kind = statement.kinds.get(name)
    if kind:
        least = 0 if kind == "Naturals" else -6
        return [fmpq(k) for k in (*range(least, 9), chance.randrange(9, 40))]
    lower, upper = statement.bounds.get(name, (None, None))
    low, high = _plain(lower), _plain(upper)
    found = [x for x in _wanted(statement.marks, low, high, chance) if _inside(x, low, high)]
    distinct = list(dict.fromkeys(found))
    if len(distinct) > most:
        kept = distinct[: 2 * most // 3]
        distinct = kept + chance.sample(distinct[len(kept) :], most - len(kept))
    return distinct


def _plain(end: Number | None) -> fmpq | None:
    """The end as a fraction, None when it is infinite or beyond writing down."""
    try:
        return None if end is None else dyadic(end)
    except Unknown:
        return None


def _inside(x: fmpq, low: fmpq | None, high: fmpq | None) -> bool:
    return (low is None or low <= x) and (high is None or x <= high)


def _wanted(
    marks: list[fmpq], low: fmpq | None, high: fmpq | None, chance: random.Random
) -> Iterator[fmpq]:
    """The most telling first; values outside of the bounds are left out later."""
    yield from _between(low, high, chance)
    yield from marks[:MOST_MARKS]
    yield from ORDINARY[:SURE]
    yield from (side * fmpq(10) ** k for k in (6, 12) for side in (1, -1))
    near = sorted(marks[:MOST_MARKS])
    yield from ((a + b) / 2 for a, b in itertools.pairwise(near))
    yield from (mark + side * fmpq(1, 1000) for mark in marks[:8] for side in (1, -1))
    yield from ORDINARY[SURE:]
    yield from EXTREME
    yield from marks
    yield from (mark + side * step for mark in marks for step in STEPS for side in (1, -1))
    for _ in range(40):
        yield fmpq(chance.randrange(-(2**20), 2**20), 2 ** chance.randrange(8, 22))
    for _ in range(10):
        yield fmpq(chance.randrange(-40, 41), chance.randrange(1, 13))


def _between(low: fmpq | None, high: fmpq | None, chance: random.Random) -> Iterator[fmpq]:
    """Ends, places just inside, and places in between."""
    if low is not None and high is not None:
        yield from (low, high)
        width = high - low
        yield from (low + width * k / 8 for k in FRACTIONS)
        yield from (low + width * step for step in STEPS)
        yield from (high - width * step for step in STEPS)
        yield from (low + width * chance.randrange(1, 2**20) / 2**20 for _ in range(24))
    for end, side in ((low, 1), (high, -1)):
        if end is not None:
            yield from (end, end / 2, end * 2)
            yield from (end + side * step for step in (*STEPS, fmpq(1), fmpq(5), fmpq(50)))


def points(statement: Statement, chance: random.Random, most: int) -> Iterator[dict[str, Number]]:
    """At most `most` points; the conditions need not hold at them."""
    names = statement.names
    if not names:
        yield {}
        return
    axes = {x: axis(statement, x, chance, most) for x in names}
    if not all(axes.values()):
        return
    if len(names) == 1:
        yield from ({names[0]: x} for x in axes[names[0]])
        return
    if not statement.kinds:
        yield from (dict.fromkeys(names, x) for x in ORDINARY[:6])
    small = {x: values[:12] for x, values in axes.items()}
    for index in range(most):
        chosen = small if index % 2 else axes
        point = {x: chance.choice(chosen[x]) for x in names}
        if chance.random() < 0.3 and not statement.kinds:
            first, second = chance.sample(names, 2)
            point[second] = point[first] * chance.choice((1, 1, -1, 2)) + _small(chance)
        if chance.random() < 0.8:
            for equality in statement.equalities:
                _solve(equality, point, chance)
        yield point


def _small(chance: random.Random) -> fmpq:
    return chance.choice((0, 1, -1)) * fmpq(1, 2 ** chance.randrange(1, 60))


def _solve(equality: Compiled, point: dict[str, Number], chance: random.Random) -> None:
    """Changes one name so that the equality holds, where that is a matter of dividing."""
    for name in chance.sample(list(point), len(point)):
        try:
            a, b, c = (equality({**point, name: fmpq(k)}) for k in (0, 1, 2))
        except (Undefined, Unknown, Unreadable):
            continue
        exact = all(isinstance(u, fmpq) for u in (a, b, c))
        if exact and c - b == b - a != 0:
            point[name] = a / (a - b)
            return
