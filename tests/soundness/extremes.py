"""Smallest values of functions of one variable: a table, golden section, Newton's method.

Above: `search`, `families.tight`. Below: `calculus`, `goals`.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from flint import ctx, fmpq

from tests.soundness import calculus
from tests.soundness.balls import Number, Undefined, Unknown, ball, dyadic
from tests.soundness.goals import PRECISIONS, Margin

VALLEYS = 3  # smallest values that are looked at closely
GOLDEN = fmpq(618, 1000)
SECTIONS = 14
NEWTON = 7
FACTORIALS = (1, 1, 2)
Table = list[tuple[fmpq, Any]]  # places in order, and about the values there


def value(margin: Margin, place: Number, more: int) -> tuple[Number, ...] | None:
    """The margin and `more` of its derivatives at a place; None where there is no such number."""
    order = margin.order + more
    try:
        if order == 0:
            return (margin.function(place),)
        found = calculus.local(margin.function, place, order).shifted(margin.order)
    except (Undefined, Unknown):
        return None
    return tuple(x * (margin.sign * FACTORIALS[k]) for k, x in enumerate(found))


def tabled(margin: Margin, places: Iterable[fmpq]) -> Table:
    """The values at places, in order, where there are any."""
    found = []
    with ctx.workprec(PRECISIONS[0]):
        for place in sorted(places):
            known = value(margin, place, 0)
            if known is not None:
                found.append((place, ball(known[0]).mid()))
    return found


def valleys(known: Table) -> list[tuple[fmpq, fmpq, fmpq]]:
    """(before, lowest, after) for the lowest local minima of a table, its ends among them."""
    found = []
    for i, (place, height) in enumerate(known):
        before, after = known[max(i - 1, 0)], known[min(i + 1, len(known) - 1)]
        if height <= before[1] and height <= after[1]:
            found.append((height, (before[0], place, after[0])))
    found.sort(key=lambda row: float(row[0]))
    return [places for _, places in found[:VALLEYS]]


def lowest(margin: Margin, low: fmpq, start: fmpq, high: fmpq) -> fmpq:
    """A place in [low, high] where the margin is about smallest."""
    with ctx.workprec(PRECISIONS[0]):
        place = newton(margin, start, low, high)
        if place is not None:
            return place
        for _ in range(SECTIONS):
            step = (high - low) * (1 - GOLDEN)
            left, right = low + step, high - step
            a, b = (value(margin, x, 0) for x in (left, right))
            if a is None or b is None:
                return start
            if ball(a[0]).mid() < ball(b[0]).mid():
                high = right
            else:
                low = left
        middle = short((low + high) / 2)
        return newton(margin, middle, low, high) or middle


def newton(margin: Margin, start: fmpq, low: fmpq, high: fmpq) -> fmpq | None:
    """A place between low and high at which the margin's derivative is 0, by Newton's method."""
    with contextlib.suppress(Unknown):
        return _stepped(margin, start, low, high)
    return None


def _stepped(margin: Margin, start: fmpq, low: fmpq, high: fmpq) -> fmpq | None:
    place = start
    for _ in range(NEWTON):
        found = value(margin, place, 2)
        if found is None or not ball(found[2]) > 0:
            return None
        step = ball(found[1]) / found[2]
        if not step.is_finite():
            return None
        following = short(place - dyadic(step), 220)
        if not low < following < high:
            return None
        if abs(following - place) < fmpq(1, 2**90):
            return following
        place = following
    return place


def short(place: fmpq, bits: int = 80) -> fmpq:
    """A dyadic number 2^-bits away at most."""
    scale = fmpq(2) ** bits
    scaled = place * scale
    return fmpq(scaled.p // scaled.q) / scale


def smallest(function: Callable[[Any], Any], places: Sequence[fmpq]) -> tuple[fmpq, Number] | None:
    """(place, value) of about the least value of a function of one variable."""
    margin = Margin("x", function, 0)
    known = tabled(margin, places)
    if not known:
        return None
    best = min(known, key=lambda row: float(row[1]))[0]
    with ctx.workprec(PRECISIONS[0]):
        tried = [best, *(lowest(margin, *valley) for valley in valleys(known))]
        values = [(place, value(margin, place, 0)) for place in tried]
        pairs = [(place, known[0]) for place, known in values if known is not None]
        return min(pairs, key=lambda row: float(ball(row[1]).mid()), default=None)
