"""Sums Σ c_k s_k of scales s_k on [start, oo), each c_k an exact constant plus a function of X with
values in an interval.

    f = lead (1 + d)        the lead's coefficient is not 0, every other scale falls against it

Every operation encloses: if f(X) and g(X) are among the values of two sums, the result is among
those of the sum returned, for every X >= start.

Above: `tail_functions`. Below: `tail_scales`, `tail_constants`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

from symact.checker import polynomials as poly
from symact.checker.failures import CannotJudge, Rejected
from symact.checker.intervals import EnclosureError, Interval
from symact.checker.polynomials import ONE
from symact.checker.tail_constants import Constants
from symact.checker.tail_numbers import ZERO, Number, rational
from symact.checker.tail_scales import Scale, Scales

TOO_EARLY = "tail: 1 + d > 0 is not shown"

MAX_SUMMANDS = 300
MAX_EXACT = 20  # products of monomials for one exact coefficient; a larger one is only enclosed
MAX_WORK = 60_000  # products of coefficients in one tail: a few seconds
WORK = 30  # microseconds for one of them


@dataclass(slots=True, eq=False)
class Coefficient:
    """The constant `exact` plus anything in `error`; None is {0}. `exact` alone says nothing:
    whoever reads it looks at `error` too.
    """

    exact: Number
    error: Interval | None = None
    _enclosure: Interval | None = field(default=None, init=False, repr=False)

    def core(self, constants: Constants) -> Interval:
        """An interval that contains `exact`, worked out once."""
        if self._enclosure is None:
            self._enclosure = constants.value(self.exact)
        return self._enclosure


Sum = dict[Scale, Coefficient]


class Lead(NamedTuple):
    """The dominant scale of a sum f, its coefficient, and an interval that contains f / scale."""

    scale: Scale
    coefficient: Coefficient
    bracket: Interval


class Sums:
    """Sums over the scales of one tail. Fails as `Constants` and `Scales` do."""

    def __init__(self, start: Fraction, bits: int) -> None:
        self.bits = bits
        self.constants = Constants(bits)
        self.scales = Scales(self.constants, start)
        self._work = 0

    def cost(self) -> int:
        """About how many microseconds were spent so far."""
        return WORK * self._work + self.constants.cost()

    # -- making sums ------------------------------------------------------------------------------
    def constant(self, exact: Number) -> Sum:
        """The sum `exact`."""
        return {ONE: Coefficient(exact)} if exact else {}

    def number(self, value: Fraction | int) -> Sum:
        """The sum `value`."""
        return self.constant(rational(value))

    def unknown(self, interval: Interval) -> Sum:
        """Anything in the interval."""
        return {ONE: Coefficient(ZERO, interval)}

    def single(self, coefficient: Coefficient) -> Sum:
        """The coefficient alone, its error included."""
        vanishes = coefficient.error is None and not coefficient.exact
        return {} if vanishes else {ONE: coefficient}

    # -- enclosures -------------------------------------------------------------------------------
    def value(self, coefficient: Coefficient) -> Interval:
        """An interval that contains the coefficient."""
        exact = coefficient.core(self.constants)
        return exact if coefficient.error is None else exact + coefficient.error

    def bound(self, values: Sum) -> Interval | None:
        """An interval that contains the sum for all X >= start, if every scale in it falls."""
        total = Interval.of(0, self.bits)
        for scale, coefficient in values.items():
            peak = self.scales.peak(scale)
            if peak is None:
                return None
            value = self.value(coefficient)
            total = total + (value if scale == ONE else value * peak)
        return total

    # -- field operations -------------------------------------------------------------------------
    def add(self, *summands: Sum) -> Sum:
        """The sum of sums."""
        total = dict(summands[0])
        for summand in summands[1:]:
            for scale, coefficient in summand.items():
                self._put(total, scale, coefficient)
        return self._tidy(total)

    def scaled(self, values: Sum, factor: Fraction | int) -> Sum:
        """factor * values."""
        return self.multiply(values, self.number(factor)) if factor else {}

    def multiply(self, left: Sum, right: Sum) -> Sum:
        """left * right."""
        self._work += len(left) * len(right)
        if self._work > MAX_WORK:
            raise CannotJudge("too much work in a tail")
        total: Sum = {}
        for a, c in left.items():
            for b, d in right.items():
                self._put(total, poly.times(a, b), self.product(c, d))
        return self._tidy(total)

    def product(self, left: Coefficient, right: Coefficient) -> Coefficient:
        """(e + E)(f + F) = e f + (E (f + F) + e F)."""
        if len(left.exact) * len(right.exact) > MAX_EXACT:
            return Coefficient(ZERO, self.value(left) * self.value(right))
        error: Interval | None = None
        if left.error is not None:
            error = left.error * self.value(right)
        if right.error is not None:
            more = left.core(self.constants) * right.error
            error = more if error is None else error + more
        return Coefficient(self.constants.product(left.exact, right.exact), error)

    def plus(self, left: Coefficient, right: Coefficient) -> Coefficient:
        """(e + E) + (f + F)."""
        if left.error is None or right.error is None:
            error = right.error if left.error is None else left.error
        else:
            error = left.error + right.error
        return Coefficient(poly.plus(left.exact, right.exact), error)

    def _put(self, total: Sum, scale: Scale, coefficient: Coefficient) -> None:
        """Adds coefficient * scale; what is exactly 0 vanishes."""
        if scale in total:
            coefficient = self.plus(total[scale], coefficient)
        if coefficient.exact or coefficient.error is not None:
            total[scale] = coefficient
            if len(total) > MAX_SUMMANDS:
                raise CannotJudge("too many summands in a tail")
        else:
            total.pop(scale, None)

    def _tidy(self, values: Sum) -> Sum:
        """Scales that fall against that of the largest error are taken into it:
        c s is in (c [0, peak of s / t]) t.
        """
        top = self._largest(s for s, c in values.items() if c.error is not None)
        if top is None or len(values) == 1:
            return values
        kept: Sum = {}
        error = values[top].error
        for scale, coefficient in values.items():
            if scale == top:
                continue
            peak = self.scales.peak(_quotient(scale, top))
            if peak is None:
                kept[scale] = coefficient
            elif error is not None:
                error = error + self.value(coefficient) * peak
        kept[top] = Coefficient(values[top].exact, error)
        return kept

    def _largest(self, scales: Iterable[Scale]) -> Scale | None:
        """One that outgrows the others, if there is one and it is shown; else any. None: empty."""
        best: Scale | None = None
        for scale in scales:
            if best is None or self.scales.peak(_quotient(scale, best)) is None:
                best = scale
        return best

    # -- the dominant scale -----------------------------------------------------------------------
    def lead(self, values: Sum) -> Lead:
        """The lead. Fails with Rejected when none is shown, and for the sum {}.

        The bracket contains f(X) / scale(X) for all X >= start, and not 0; scale(X) > 0.
        """
        top = self._largest(s for s, c in values.items() if c.error is None or self.value(c).sign())
        if top is not None and self.scales.positive(top):
            rest = {_quotient(s, top): c for s, c in values.items() if s != top}
            around = self.bound(rest)
            if around is not None:
                bracket = self.value(values[top]) + around
                if bracket.sign():
                    return Lead(top, values[top], bracket)
        raise Rejected("no summand is shown to dominate a tail")

    def split(self, values: Sum) -> tuple[Lead, Sum, Interval]:
        """(lead, d, an interval > 0 that contains 1 + d) with values = lead (1 + d).

        Fails as `lead`, and when 1 + d > 0 is not shown.
        """
        lead = self.lead(values)
        inverse = {_quotient(ONE, lead.scale): self.reciprocal(lead.coefficient)}
        rest = self.multiply({s: c for s, c in values.items() if s != lead.scale}, inverse)
        around = self.bound(rest)
        if around is None or around.lo <= -1 << self.bits:
            raise EnclosureError(TOO_EARLY)
        return lead, rest, Interval.of(1, self.bits) + around

    def reciprocal(self, coefficient: Coefficient) -> Coefficient:
        """1 / coefficient, exact if the coefficient is. Fails with EnclosureError around 0."""
        if coefficient.error is None:
            return Coefficient(self.constants.power(coefficient.exact, Fraction(-1)))
        return Coefficient(ZERO, self.value(coefficient).reciprocal())

    def composed(self, coefficients: Iterable[Sum], remainder: Interval, small: Sum) -> Sum:
        """Σ_{j<K} a_j d^j + R d^K with R anything in `remainder`."""
        result = self.unknown(remainder)
        for coefficient in reversed(list(coefficients)):
            result = self.add(coefficient, self.multiply(small, result))
        return result


def _quotient(left: Scale, right: Scale) -> Scale:
    return poly.times(left, poly.raised(right, -1))
