"""The parts of tails: scales, exact constants, and what is refused."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import pairwise

import pytest
from flint import arb, fmpq

from symact.checker import tail_numbers
from symact.checker.failures import CannotJudge, Rejected
from symact.checker.intervals import EnclosureError
from symact.checker.polynomials import ONE, plus, raised, times
from symact.checker.tail_constants import Constants
from symact.checker.tail_numbers import Number, rational
from symact.checker.tail_scales import LOG, Scale, Scales, X
from symact.checker.tails import MAX_BITS, MAX_ORDER, MAX_POWER, Tail, tail_sign
from symact.language.terms import call, mul, term
from symact.prover.algebra.exact_constants import as_term
from symact.prover.numeric.evaluate import precision
from tests.checker.tail_values import BITS, FAILURES, Reading, ball, core, x
from tests.support import require

Q = Fraction


# -- scales ---------------------------------------------------------------------------------------
def test_peaks_enclose() -> None:
    """A scale that is shown to fall lies in its interval from the start on, and most that do are
    shown to.
    """
    rng, shown, falling = random.Random(3), 0, 0
    for _ in range(400):
        tail = Tail(x, Q(rng.choice((8, 9, 12, 16, 40)), 8), 1, 1, BITS)
        scale = random_scale(rng, tail.functions.scales, 2)
        points = [tail.start * Q(k, 8) for k in (8, 9, 12, 20, 60)]
        with precision(200):
            values = [Reading(tail, at).scale(scale) for at in points]
        peak = tail.functions.scales.peak(scale)
        falls = all(left > right for left, right in pairwise(values))
        falling += falls
        if peak is not None:
            shown += 1
            top = arb(fmpq(peak.upper.numerator, peak.upper.denominator))
            require(peak.lo == 0 and not any(value > top for value in values), str(scale))
            require(scale == ONE or not any(a < b for a, b in pairwise(values)))
    require(falling > 100 and shown > falling * 2 // 3, f"{shown} of {falling}")


def test_scales_of_unknown_order() -> None:
    """log s = -log X - X^5 exp(-X) has slopes that neither outgrows from 2 on: it falls, then
    grows.
    """
    scales = Tail(x, Q(2), 1, 1, BITS).functions.scales
    bump = times(raised(X, 5), scales.exponential(rational(-1), X))
    require(scales.peak(times(raised(X, -1), scales.exponential(rational(-1), bump))) is None)
    require(scales.peak(raised(X, -1)) is not None and scales.peak(bump) is None)


def random_scale(rng: random.Random, scales: Scales, depth: int) -> Scale:
    """A product of powers, also of the logarithm, and of exponentials of older scales."""
    result = tuple((0, Q(n, 2)) for n in [rng.randrange(-5, 6)] if n)
    if rng.random() < 0.4:
        result = times(result, raised(LOG, rng.choice((-2, -1, 1, 3))))
    for _ in range(rng.randrange(2) if depth else 0):
        of = random_scale(rng, scales, depth - 1)
        number = rng.choice((rational(Q(rng.choice((-3, -1, 1)), 2)), poly_sum(scales)))
        if of != ONE and scales.peak(of) is None:
            result = times(result, scales.exponential(number, of))
    return result


def poly_sum(scales: Scales) -> Number:
    """-sqrt(2) + 1/3."""
    root = scales.constants.power(rational(2), Q(1, 2))
    return plus(rational(Q(1, 3)), root, Q(-1))


@pytest.mark.parametrize("start", [Q(1), Q(3, 2)])
def test_the_logarithm_is_a_scale_beyond_1_only(start: Fraction) -> None:
    """At 1 it is 0: nothing falls against it there, and it leads nothing."""
    for text, sign in (("log(x)", 1), ("1 + 1/log(x)", 1), ("log(x)**2*(1 + exp(-x))", 1)):
        if start == 1:
            with pytest.raises(Rejected):
                tail_sign(core(text), x, start, 1, 2, BITS)
        else:
            require(tail_sign(core(text), x, start, 1, 2, BITS) == sign)


# -- constants ------------------------------------------------------------------------------------
# Pairs that are equal, and are seen to be.
EQUAL = (
    ("sqrt(2)*sqrt(3)", "sqrt(6)"),
    ("1/sqrt(2)", "sqrt(2)/2"),
    ("sqrt(8)", "2*sqrt(2)"),
    ("sqrt(2*pi)", "sqrt(2)*sqrt(pi)"),
    ("sqrt(exp(3))", "exp(3/2)"),
    ("exp(1)*exp(pi)", "exp(1 + pi)"),
    ("exp(2*log(3))", "9"),
    ("exp(log(2)/2)", "sqrt(2)"),
    ("log(12)", "2*log(2) + log(3)"),
    ("log(2/3)", "log(2) - log(3)"),
    ("log(exp(pi)*pi)", "pi + log(pi)"),
    ("log(sqrt(5))", "log(5)/2"),
    ("sqrt(1 + pi)**2", "1 + pi"),
    ("sqrt(2 + 2*pi)", "sqrt(2)*sqrt(1 + pi)"),
    ("sqrt(pi - 3)**(-2)", "1/(pi - 3)"),
    ("(3 - pi)**(-1)", "-1/(pi - 3)"),
    ("(pi - 4)**(-1)", "-1/(4 - pi)"),
    ("sqrt(1/1009)", "1/sqrt(1009)"),
    ("log(1/1009)", "-log(1009)"),
    ("sqrt(sqrt(2))**4", "2"),
    ("erf(-1)", "-erf(1)"),
    ("cos(-1)", "cos(1)"),
    ("sin(-1/2)", "-sin(1/2)"),
    ("atan(-1)", "-pi/4"),
    ("sin(pi)", "0"),
    ("sin(3*pi/2)", "-1"),
    ("cos(pi)", "-1"),
    ("cos(5*pi/2)", "0"),
    ("erf(0) + atan(0) + sin(0)", "cos(0) - 1"),
    ("log(1)", "0"),
    ("exp(0)", "1"),
    ("2**(-3)", "1/8"),
    ("sqrt(0)", "0"),
)


@pytest.mark.parametrize(("left", "right"), EQUAL)
def test_equal_constants_are_seen(left: str, right: str) -> None:
    """Their difference vanishes exactly."""
    require(not constant(f"({left}) - ({right})")[1], "the difference does not vanish")


def constant(text: str) -> tuple[Constants, Number]:
    """The exact constant that the text denotes."""
    tail = Tail(x, Q(1), 1, 1, BITS)
    values = tail.expansion(core(text))
    require(values.keys() <= {ONE} and all(c.error is None for c in values.values()))
    return tail.functions.constants, values[ONE].exact if values else {}


@pytest.mark.parametrize("text", [side for pair in EQUAL for side in pair] + ["log(cos(2)**2)"])
def test_constants_are_enclosed_and_written_down(text: str) -> None:
    """The enclosure and the term have the value that Arb finds."""
    numbers, number = constant(text)
    value, near = ball(core(text), Q(0)), numbers.value(number)
    ends = [arb(fmpq(e.numerator, e.denominator)) for e in (near.lower, near.upper)]
    require(near.hi - near.lo <= 1 << 30 and ends[0].union(ends[1]).overlaps(value))
    written = ball(as_term(numbers, number), Q(0))
    require(abs(written - value) < arb(2) ** -500, str(as_term(numbers, number)))


@pytest.mark.parametrize(
    "text",
    [
        "1/(pi - pi)",
        "log(0)",
        "log(3 - pi)",
        "sqrt(3 - pi)",
        "sqrt(-2)",
        "log(sqrt(2)*sqrt(3) - 4)",
        "1/(atan(2) + atan(3) - 3*pi/4)",
        "exp(10**6)",
        "exp(exp(exp(4)))",
    ],
)
def test_undefined_and_unknown_constants(text: str) -> None:
    """Nothing is said of them, even where their value is 0 and not seen to be."""
    with pytest.raises(FAILURES):
        tail_sign(core(text), x, Q(2), 1, 2, BITS)


def test_no_root_of_something_negative() -> None:
    """Neither of a number nor of a sum."""
    numbers = Constants(BITS)
    for number in (rational(-2), plus(numbers.pi(), rational(-4))):
        require(numbers.value(numbers.power(number, Q(-1))).sign() == -1)
        with pytest.raises(EnclosureError):
            numbers.power(number, Q(1, 2))


# -- what is refused ------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("start", "side", "order", "bits"),
    [
        (Q(1, 2), 1, 2, BITS),
        (Q(0), 1, 2, BITS),
        (Q(-2), -1, 2, BITS),
        (Q(2), 0, 2, BITS),
        (Q(2), 2, 2, BITS),
        (Q(2), 1, 0, BITS),
        (Q(2), 1, -1, BITS),
        (Q(2), 1, MAX_ORDER + 1, BITS),
        (Q(2), 1, 2, 0),
        (Q(2), 1, 2, MAX_BITS + 1),
    ],
)
def test_wrong_parameters(start: Fraction, side: int, order: int, bits: int) -> None:
    """An order of 0 would make a wrong remainder, and below 1 powers of X change places."""
    with pytest.raises(CannotJudge):
        tail_sign(core("1/x"), x, start, side, order, bits)


@pytest.mark.parametrize(
    "text",
    [
        "x + y",
        "abs(x)",
        "floor(x)",
        f"x**{MAX_POWER + 1}",
        "exp(x*sin(x))",
        "log(log(x + 2))",
        "exp(exp(x)*sin(x))",
        "erf(x**2*(2 + sin(x)))",
        "(1 + x + exp(x) + log(x) + exp(x**2))**60",
    ],
)
def test_terms_without_a_tail(text: str) -> None:
    """Other names, corners, oscillations in exponents, and too much work."""
    with pytest.raises(CannotJudge):
        tail_sign(core(text), x, Q(4), 1, 2, BITS)


@pytest.mark.parametrize(
    ("text", "start", "order"),
    [
        ("x - 3", Q(2), 1),  # not yet
        ("1/(x - 3)", Q(2), 1),
        ("log(x - 3)", Q(2), 1),
        ("sqrt(x**2 + 1) - x - 1/(2*x)", Q(4), 1),  # the remainder is too large
        ("sin(x)", Q(4), 3),
        ("x*sin(x) + 1", Q(4), 3),
        ("(sin(x) + 1)/x", Q(4), 3),  # 0 is among the values
        ("1/sin(x)", Q(4), 3),
        ("1/(x - x)", Q(4), 3),
    ],
)
def test_no_summand_dominates(text: str, start: Fraction, order: int) -> None:
    """Then no sign is given, whatever the sign is."""
    with pytest.raises(Rejected):
        tail_sign(core(text), x, start, 1, order, BITS)


@pytest.mark.parametrize(
    ("text", "start", "later"),
    [("1/(x - 3)", Q(5), Q(7)), ("log(x - 3)", Q(4), Q(8)), ("sqrt(x - 3)", Q(5), Q(8))],
)
def test_a_series_needs_its_argument_small(text: str, start: Fraction, later: Fraction) -> None:
    """1 + d has to be positive from the start on; the lead of x - 3 is x."""
    require(tail_sign(core(text), x, later, 1, 2, BITS) == 1)
    with pytest.raises(FAILURES):
        tail_sign(core(text), x, Q(3) if text == "1/(x - 3)" else min(start, Q(3)), 1, 2, BITS)


def test_enclosures_take_part_of_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of functions are counted by the time that they take, not by their number."""
    require(Tail(x, Q(2), 1, 2, 4_096).sign(core("exp(-x) + exp(2)")) == 1)
    monkeypatch.setattr(tail_numbers, "MAX_TIME", 10_000)
    require(Tail(x, Q(2), 1, 2, 64).sign(core("exp(-x) + exp(2)")) == 1)
    with pytest.raises(CannotJudge, match="too many enclosures"):
        Tail(x, Q(2), 1, 2, 4_096).sign(core("exp(-x) + exp(2)"))


def test_only_the_value_counts() -> None:
    """What is only needed to be defined is not expanded."""
    guarded = term("given", (mul(x, x), call("floor", x)))
    require(tail_sign(guarded, x, Q(1), -1, 1, BITS) == 1)
    require(tail_sign(term("regular", (x, call("floor", x))), x, Q(1), -1, 1, BITS) == -1)


def test_bounded_coefficients_enclose() -> None:
    """The lead of an enclosed coefficient is not exact, and is none if 0 is among its values."""
    tail = Tail(x, Q(2), 1, 2, BITS)
    lead = tail.lead(tail.expansion(core("x*(2 + sin(x))")))
    require(lead.scale == X and lead.coefficient.error is not None)
    require(lead.bracket.contains(1) and lead.bracket.contains(3))
    with pytest.raises(Rejected):
        tail.lead(tail.expansion(core("x*(1 + sin(x))")))
    with pytest.raises(Rejected):
        tail.lead({})


def test_leads_are_limits() -> None:
    """The exact coefficient of the scale 1 is the limit; other leads fall or grow."""
    tail = Tail(x, Q(4), 1, 3, BITS)
    for text, limit in (
        ("atan(x)", "pi/2"),
        ("x*(erf(x) - 1) + exp(1/x)", "1"),
        ("(1 + 1/x)**2/sqrt(2)", "1/sqrt(2)"),
        ("x*log(1 + 2/x)", "2"),
    ):
        lead = tail.lead(tail.expansion(core(text)))
        written = as_term(tail.functions.constants, lead.coefficient.exact)
        require(lead.scale == ONE and lead.coefficient.error is None)
        require(abs(ball(written, Q(0)) - ball(core(limit), Q(0))) < arb(2) ** -500)
