"""Limits and integrals from many values: no enclosures, but with an error far above the real one.

A limit is read off values at distances 2^-60 to 2^-480 that must settle at the pace of a power; an
integral off the double exponential rule at two step sizes. What settles slowly is left unknown.

Above: `forms`. Below: `balls`.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from itertools import pairwise

from flint import arb, ctx, fmpq

from tests.soundness.balls import Jet, Number, Undefined, Unknown, ball, dyadic, is_real

Function = Callable[[Number], Number]

LEVELS = (60, 120, 240, 480)
BITS = 4000
SETTLING = 20  # bits by which each change is smaller than the one before
LEAST_ERROR = -400  # bits: no estimate claims to be nearer
STEPS = (8, 16)  # of the double exponential rule, for a unit of t
REACH = 5  # largest |t| for a finite end
FAR_REACH = 6
WORST = -40  # bits: an integral known less well is unknown


def limit(function: Function, at: Number | None, sides: Sequence[int]) -> Number:
    """The limit at a number, or at side*oo when there is none, from all these sides.

    Fails with Undefined when the sides disagree, or the values grow at the pace of a power.
    """
    found = [_settled(function, at, side) for side in sides]
    if any(not value.overlaps(found[0]) for value in found):
        raise Undefined
    return found[0]


def _settled(function: Function, at: Number | None, side: int) -> arb:
    with ctx.workprec(BITS):
        values = [_real(function, _place(at, side, level)) for level in LEVELS]
        if all(abs(b) > abs(a) * arb(2) ** SETTLING > 1 for a, b in pairwise(values)):
            raise Undefined
        changes = [abs(a - b) for a, b in itertools.pairwise(values)]
        error = arb(2) ** LEAST_ERROR
        for before, after in itertools.pairwise(changes):
            if not (after < error or after < before * arb(2) ** -SETTLING):
                raise Unknown
        return values[-1] + arb(0, 1) * (changes[-1].abs_upper() + error)


def _place(at: Number | None, side: int, level: int) -> Number:
    """Near the point, or far out; no dyadic number, since those are special to floor and sin."""
    odd = fmpq(97, 89) + fmpq(level, 1009)
    if at is None:
        return side * odd * fmpq(2) ** level
    return at + side * odd / fmpq(2) ** level


def _real(function: Function, place: Number) -> arb:
    try:
        value = function(place)
    except Undefined:
        raise Unknown from None
    if isinstance(value, Jet) or not is_real(value):
        raise Unknown
    return ball(value)


def integral(
    function: Function, low: Number | None, high: Number | None, marks: Sequence[fmpq]
) -> arb:
    """The integral from low (None: -oo) to high (None: oo), cut at the marks.

    Fails with Unknown, also where the ends are not in order.
    """
    ends = [None if end is None else dyadic(end) for end in (low, high)]
    if low is not None and high is not None and not ball(low) < high:
        raise Unknown
    inner = sorted({*marks, fmpq(0)} if None in ends else set(marks))
    cuts = [
        m for m in inner if (ends[0] is None or ends[0] < m) and (ends[1] is None or m < ends[1])
    ]
    places = [low, *cuts, high]
    total = arb(0)
    for start, end in itertools.pairwise(places):
        coarse, fine = (_rule(function, start, end, count) for count in STEPS)
        total += fine + arb(0, 1) * (abs(fine - coarse).abs_upper() + arb(2) ** -160)
    if not total.rad() < arb(2) ** WORST:
        raise Unknown
    return total


def _rule(function: Function, low: Number | None, high: Number | None, count: int) -> arb:
    """The trapezoidal rule after a substitution under which everything decays doubly fast."""
    reach = REACH if low is not None and high is not None else FAR_REACH
    total = arb(0)
    for k in range(-reach * count, reach * count + 1):
        place, weight = _substituted(low, high, arb(fmpq(k, count)))
        if weight < arb(2) ** -400:
            continue
        total += _real(function, place) * weight
    return total / count


def _substituted(low: Number | None, high: Number | None, t: arb) -> tuple[arb, arb]:
    """(x(t), x'(t)) for x between low and high as t runs over the reals."""
    steep, rate = arb.pi() / 2 * t.sinh(), arb.pi() / 2 * t.cosh()
    if low is not None and high is not None:
        half = (ball(high) - low) / 2
        return low + half * (1 + steep.tanh()), half * rate / steep.cosh() ** 2
    if low is not None:
        return low + steep.exp(), rate * steep.exp()
    if high is not None:
        return high - steep.exp(), rate * steep.exp()
    raise Unknown
