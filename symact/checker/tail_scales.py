"""Scales: products X^p (log X)^q Π exp(m s)^r for X >= start, m a constant and s an older scale.

    D s = X s' / s = p + q / log X + Σ r m s D s            D s <= 0 on [start, oo)
                                                            ------------------------
                                                            s falls there

A scale is a monomial over numbered units: 0 is X, 1 is log X, the others are exp(m s). Each is
positive for X >= start, log X only if start > 1.

Above: `tail_sums`. Below: `tail_constants`.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cmp_to_key

from symact.checker import polynomials as poly
from symact.checker.failures import CannotJudge
from symact.checker.intervals import EnclosureError, Interval
from symact.checker.polynomials import ONE, Monomial
from symact.checker.tail_constants import Constants
from symact.checker.tail_numbers import Number

Scale = Monomial

X: Scale = ((0, Fraction(1)),)
LOG: Scale = ((1, Fraction(1)),)
MAX_UNITS = 40
MAX_SCALES = 1_000  # scales looked at in one tail

Slope = dict[Scale, Interval]


class Scales:
    """The units of one tail, and which scales fall on [start, oo)."""

    def __init__(self, constants: Constants, start: Fraction) -> None:
        self.constants = constants
        self.bits = constants.bits
        self.units: list[tuple[Scale, Scale]] = [(ONE, ONE), (ONE, ONE)]  # (m, s) from 2 on
        self._index: dict[tuple[Scale, Scale], int] = {}
        self._peaks: dict[Scale, Interval | None] = {}
        self._slopes: dict[Scale, Slope] = {}
        self._start = Interval.of(start, self.bits)
        self._log = constants.enclosed("log", self._start)
        self.log_positive = self._log.lo > 0

    def positive(self, scale: Scale) -> bool:
        """Whether the scale is positive for all X >= start."""
        return self.log_positive or all(index != 1 for index, _ in scale)

    def exponential(self, constant: Number, of: Scale) -> Scale:
        """exp(constant * of) as a scale."""
        result: Scale = ONE
        for monomial, coefficient in constant.items():
            unit = (monomial, of)
            if unit not in self._index:
                if len(self.units) >= MAX_UNITS:
                    raise CannotJudge("too many exponentials")
                self._index[unit] = len(self.units)
                self.units.append(unit)
            result = poly.times(result, ((self._index[unit], coefficient),))
        return result

    def peak(self, scale: Scale) -> Interval | None:
        """[0, v] that contains the scale's values for X >= start, v being near that at start, if
        the scale is shown to fall; else None.
        """
        if scale == ONE:
            return Interval(0, 1 << self.bits, self.bits)
        if scale not in self._peaks:
            if len(self._peaks) >= MAX_SCALES:
                raise CannotJudge("too many scales")
            self._peaks[scale] = None
            try:
                if self.positive(scale) and self._falls(self._slope(scale)):
                    top = self.constants.enclosed("exp", self._logarithm(scale))
                    self._peaks[scale] = Interval(0, top.hi, self.bits)
            except EnclosureError:  # too large a number: not shown
                pass
        return self._peaks[scale]

    def _slope(self, scale: Scale) -> Slope:
        """D scale as a sum of scales with enclosed constants. D never exceeds older units."""
        if scale not in self._slopes:
            total: Slope = {}
            for index, exponent in scale:
                for key, value in self._unit_slope(index).items():
                    piece = value * Interval.of(exponent, self.bits)
                    total[key] = total[key] + piece if key in total else piece
            self._slopes[scale] = total
        return self._slopes[scale]

    def _unit_slope(self, index: int) -> Slope:
        if index == 0:
            return {ONE: Interval.of(1, self.bits)}
        if index == 1:
            return {poly.raised(LOG, -1): Interval.of(1, self.bits)}
        monomial, of = self.units[index]
        factor = self.constants.value({monomial: Fraction(1)})
        return {poly.times(of, key): factor * v for key, v in self._slope(of).items()}

    def _falls(self, slope: Slope) -> bool:
        """Whether Σ c_k s_k <= 0 for all X >= start is shown, by sums from the top:
        T_k = Σ_{j<=k} c_j s_j / s_k = T_(k-1) (s_(k-1) / s_k) + c_k for s_0 > s_1 > … .

        Proof. T_0 = c_0. If T_(k-1) <= S <= 0 for all X >= start, and s_k / s_(k-1) is positive and
        at most r there, then T_k <= S / r + c_k. If every such bound is <= 0, so is the last T.
        """
        keys = sorted(slope, key=cmp_to_key(self._compare))
        total = Interval.of(0, self.bits)
        for before, key in zip([None, *keys], keys, strict=False):
            if before is not None and total.lo:
                ratio = self.peak(poly.times(key, poly.raised(before, -1)))
                if ratio is None:
                    return False
                total = total / Interval(ratio.hi, ratio.hi, self.bits)
            total = total + slope[key]
            if total.hi > 0:
                return False
        return True

    def _compare(self, left: Scale, right: Scale) -> int:
        """-1 if left is shown to outgrow right: what it says costs a proof at most."""
        return -1 if self.peak(poly.times(right, poly.raised(left, -1))) is not None else 1

    def _logarithm(self, scale: Scale) -> Interval:
        """An enclosure of log scale at X = start."""
        total = Interval.of(0, self.bits)
        for index, exponent in scale:
            if index == 0:
                value = self._log
            elif index == 1:
                value = self.constants.enclosed("log", self._log)
            else:
                monomial, of = self.units[index]
                value = self.constants.value({monomial: Fraction(1)})
                value = value * self.constants.enclosed("exp", self._logarithm(of))
            total = total + value * Interval.of(exponent, self.bits)
        return total
