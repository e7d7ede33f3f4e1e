"""What a term does as y runs to infinity, by the checker's tails; other names stand for themselves,
their signs and order being those of one sample point.

    f = L + r,   |r| h(y) <= C for y >= M            h(y): y, sqrt(y) or log(y)
    f = g,       s g >= C h(y) for y >= M

Nothing here is evidence: the checker shows every bound again.

Above: `limit_search`. Below: the checker's tails, `evaluate`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from symact.checker import polynomials as poly
from symact.checker.failures import CannotJudge, Rejected
from symact.checker.intervals import EnclosureError, Interval
from symact.checker.polynomials import ONE
from symact.checker.tail_numbers import ZERO, Number, single
from symact.checker.tail_scales import LOG, Scale, X
from symact.checker.tail_sums import Sum
from symact.checker.tails import Tail
from symact.language.elementary import real_power
from symact.language.terms import Term, add, call, const, mul, name, num, power

BITS = 160
ORDERS = (3, 6, 10)
HALF = Fraction(1, 2)
# The ways in which a remainder vanishes or a function grows, as the certificate writes them.
RATES: tuple[tuple[list[Any], Scale], ...] = (
    (["power", 1], X),
    (["root"], tuple((index, e * HALF) for index, e in X)),
    (["log"], LOG),
)
FAILURES = (Rejected, CannotJudge, EnclosureError)


@dataclass(frozen=True)
class Behaviour:
    """A limit `value` that the function nears at a rate, or a `sign` with which it grows.

    scale  a number C with |f - value| <= C / h(y), or sign f >= C h(y)
    """

    value: Term | None
    sign: int
    rate: list[Any]
    scale: Fraction


def behaviour(
    germ: Term, variable: Term, start: Fraction, sample: Mapping[str, Fraction]
) -> Behaviour | None:
    """What the analytic term does for y >= start, None when that is not seen."""
    for order in ORDERS:
        try:
            tail = _SampledTail(variable, start, order, sample)
            values = tail.expansion(germ)
            return _limit(tail, values) or _growth(tail, values)
        except (Rejected, EnclosureError):
            continue
        except CannotJudge:
            return None
    return None


def eventual_sign(
    term: Term, variable: Term, start: Fraction, sample: Mapping[str, Fraction]
) -> int:
    """The sign of the analytic term for y >= start. Fails with one of FAILURES."""
    for order in ORDERS[:-1]:
        try:
            return _sign(_SampledTail(variable, start, order, sample), term)
        except (Rejected, EnclosureError):
            continue
    return _sign(_SampledTail(variable, start, ORDERS[-1], sample), term)


def _sign(tail: Tail, term: Term) -> int:
    values = tail.expansion(term)
    return tail.lead(values).bracket.sign() if values else 0


class _SampledTail(Tail):
    """A tail in which other names are opaque constants, in size those of the sample."""

    def __init__(
        self, variable: Term, start: Fraction, order: int, sample: Mapping[str, Fraction]
    ) -> None:
        super().__init__(variable, start, 1, order, BITS)
        self.sample = sample

    def _step(self, term: Term, args: list[Sum]) -> Sum:
        if term.op != "name" or term is self.variable:
            return super()._step(term, args)
        if term.value not in self.sample:
            raise CannotJudge("a name without a value")
        value = self.sample[term.value]
        if not value:
            return {}
        size = Interval.of(abs(value), BITS)
        index = self.functions.constants.generator((f"name {term.value}", ZERO), size)
        return self.functions.scaled(self.functions.constant(single(index)), 1 if value > 0 else -1)


def _limit(tail: Tail, values: Sum) -> Behaviour | None:
    """The constant summand, when the others vanish."""
    sums = tail.functions
    constant = values.get(ONE)
    exact = constant.exact if constant is not None else ZERO
    error = constant.error if constant is not None else None
    rest = {scale: c for scale, c in values.items() if scale != ONE}
    if error is not None:
        if any(sums.scales.peak(scale) is None for scale in rest):
            return None
        raise Rejected("more summands are needed")
    if any(sums.scales.peak(scale) is None for scale in rest):
        return None
    value = term_of_number(tail, exact)
    for rate, scale in RATES:
        around = sums.bound({poly.times(s, scale): c for s, c in rest.items()})
        if around is not None:
            top = max(abs(around.lower), abs(around.upper))
            return Behaviour(value, 0, rate, _rounded_up(top))
    return None


def _growth(tail: Tail, values: Sum) -> Behaviour | None:
    """The dominant summand, when it grows."""
    sums = tail.functions
    lead = tail.lead(values)
    for rate, scale in RATES:
        inverse = poly.times(scale, poly.raised(lead.scale, -1))
        peak = sums.scales.peak(inverse)
        if peak is not None and peak.hi:
            sign = lead.bracket.sign()
            least = min(abs(lead.bracket.lower), abs(lead.bracket.upper))
            found = least / peak.upper
            return Behaviour(None, sign, rate, _rounded_down(found))
    return None


def _rounded_up(value: Fraction) -> Fraction:
    """A simple number clearly above."""
    if value <= Fraction(1, 2):
        return Fraction(1)
    return Fraction(-(-value * 5 // 4) + 1)


def _rounded_down(value: Fraction) -> Fraction:
    """A simple number clearly below a positive one."""
    if value > 1:
        return Fraction(1)
    below = Fraction(1)
    while below * 5 / 4 > value:
        below /= 2
    return below


# -- constants as terms ---------------------------------------------------------------------------
def term_of_number(tail: Tail, number: Number) -> Term:
    """A core term for an exact constant of the tail."""
    if not number:
        return num(0)
    return add(*(_product(tail, m, c) for m, c in sorted(number.items())))


def _product(tail: Tail, monomial: poly.Monomial, coefficient: Fraction) -> Term:
    factors = []
    for index, exponent in monomial:
        base, sign = _generator(tail, index)
        if sign < 0 and exponent.denominator == 1:
            coefficient *= sign ** int(exponent)
            sign = 1
        factors.append(_raised(base if sign > 0 else mul(num(-1), base), exponent))
    if coefficient != 1 or not factors:
        return mul(num(coefficient), *factors)
    return mul(*factors)


def _raised(base: Term, exponent: Fraction) -> Term:
    if base.op == "call" and base.value[0] == "exp" and exponent != 1:
        return call("exp", mul(num(exponent), base.args[0]))
    if exponent == HALF:
        return call("sqrt", base)
    if exponent.denominator == 1:
        return base if exponent == 1 else power(base, num(exponent))
    return real_power(base, num(exponent))


def _generator(tail: Tail, index: int) -> tuple[Term, int]:
    """(t, s) with s t the positive number that the generator is."""
    constants = tail.functions.constants
    kind, argument = constants.meaning[index]
    if kind == "pi":
        return const("pi"), 1
    if kind.startswith("name "):
        which = kind.removeprefix("name ")
        sample = tail.sample[which] if isinstance(tail, _SampledTail) else Fraction(1)
        return name(which), 1 if sample > 0 else -1
    inner = term_of_number(tail, argument)
    if kind in ("integer", "sum"):
        return inner, 1
    if kind == "exp":
        return call("exp", inner), 1
    return call(kind, inner), _sign_of_value(tail, kind, argument)


def _sign_of_value(tail: Tail, function: str, argument: Number) -> int:
    """The sign of f(argument), the generator being its absolute value."""
    from symact.checker import enclosures  # one function of it

    value = enclosures.ENCLOSURES[function](tail.functions.constants.value(argument))
    return 1 if value.lo >= 0 else -1
