"""Tails: signs against Arb far out, and sums of scales as enclosures."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from symact.catalog import catalogue
from symact.checker.derivatives import derivative
from symact.checker.tails import Tail, tail_sign
from symact.language.terms import Term, add, call, const, fold, mul, num, power, rebuild
from symact.prover.numeric.evaluate import precision
from tests.checker.tail_values import BITS, FAILURES, Reading, ball, core, x
from tests.support import require

Q = Fraction


def piece(root: Term, at: Fraction) -> Term:
    """The term with each ite replaced by the branch that counts at this point."""

    def chosen(node: Term, below: list[Term]) -> Term:
        if node.op != "ite":
            return rebuild(node, below)
        guard = ball(below[0], at)
        truth = guard > 0 or (node.value != ">" and guard == 0 and node.value in (">=", "=="))
        return below[1] if truth and (node.value != "==" or guard == 0) else below[2]

    return fold(root, chosen)


def found(root: Term, side: int, order: int = 3) -> tuple[Fraction, int] | None:
    """(start, sign) for the first start 2, 4, … at which a sign is shown."""
    for exponent in range(1, 9):
        try:
            return Q(2**exponent), tail_sign(root, x, Q(2**exponent), side, order, BITS)
        except FAILURES:
            continue
    return None


def agrees(root: Term, side: int, start: Fraction, sign: int) -> None:
    """The sign is that of the balls at some points from the start on."""
    known = 0
    for factor in (Q(1), Q(9, 8), Q(3, 2), Q(3)):
        value = ball(root, side * start * factor, 2_000)
        if value is None or (sign and value.contains(0)):
            continue
        known += 1
        require(value.contains(0) if sign == 0 else value * sign > 0, f"{root} at {start * factor}")
    require(known, f"no value of {root}")


# -- signs ----------------------------------------------------------------------------------------
SCALARS = sorted(n for n in catalogue().canonical_names() if catalogue().record(n).kind == "scalar")
# Signs that change for ever.
WAVES = {"cosine", "sine", "siren", "sinc", "growing_cosine", "snake"}


@pytest.mark.parametrize("side", [1, -1])
@pytest.mark.parametrize("activation", sorted(set(SCALARS) - WAVES))
def test_every_activation_has_a_sign_far_out(activation: str, side: int) -> None:
    """And so have its first two derivatives; Arb agrees at points from the start on."""
    root = piece(core(f"{activation}(x)"), side * Q(1000))
    for _ in range(3):
        result = found(root, side)
        require(result is not None, f"no sign of {root}")
        if result is not None:
            agrees(root, side, *result)
        root = derivative(root, x)


@pytest.mark.parametrize("activation", sorted(WAVES))
def test_a_wave_has_no_sign(activation: str) -> None:
    """sin and cos of something that grows may have any value in [-1, 1]."""
    second = derivative(derivative(piece(core(f"{activation}(x)"), Q(1000)), x), x)
    require(found(second, 1) is None)


# term, sign for x -> oo, sign for x -> -oo; None: not decided there, "u": not defined
TABLE: tuple[tuple[str, int | str | None, int | str | None], ...] = (
    ("1 - erf(x)", 1, 1),
    ("exp(-x**2)/(sqrt(pi)*x) - (1 - erf(x))", 1, -1),
    ("sqrt(2/pi)*exp(-x**2/2)/(x + sqrt(x**2 + 4)) - (1 - erf(x/sqrt(2)))/2", -1, -1),
    ("(1 - erf(x/sqrt(2)))/2 - exp(-x**2/2)/(sqrt(2*pi)*x)", -1, 1),
    ("x - softplus(x)", -1, -1),
    ("log(1 + exp(x)) - x", 1, 1),
    ("log(1 + x**2) - log(x**2)", 1, 1),
    ("sqrt(x**2 + 1) - x - 1/(2*x) + 1/(8*x**3)", 1, 1),
    ("atan(x) - pi/2 + 1/x", 1, -1),
    ("atan(exp(x)) - pi/2", -1, -1),
    ("2*atan(tanh(x/2)) - pi/2", -1, -1),
    ("erf(silu(x)) - 1", -1, -1),
    ("erf(softplus(x)) - erf(x)", None, 1),
    ("exp(x*log(x)) - exp(2*x)", 1, "u"),
    ("exp(sqrt(2)*log(1 + x)) - x", 1, "u"),
    ("exp(exp(x)) - exp(x**2)", 1, -1),
    ("exp(-exp(x))*exp(x**2) - exp(-x)", -1, 1),
    ("log(x)**2 - x", -1, "u"),
    ("1/log(x) - 1/x", 1, "u"),
    ("sqrt(log(x)) - 2", 1, "u"),
    ("log(log(x))", None, "u"),
    ("cos(exp(-x)) - 1", -1, None),
    ("sin(1/x) - 1/x", -1, 1),
    ("sin(pi/2 + 1/x) - 1", -1, -1),
    ("cos(3 - 1/x) - cos(3)", 1, -1),
    ("x + sin(x)", 1, -1),
    ("exp(-x)*sin(x) + 1/x", 1, None),
    ("exp(-x)*sin(x)", None, None),
    ("1/(2 + cos(x))", 1, 1),
    ("sqrt(x**2*(5 + sin(x))) + x", 1, 1),
    ("log(5 + sin(x)) - 1", 1, 1),
    ("(5 + cos(x))**(-3)", 1, 1),
    ("sqrt(1 + sqrt(x)) - sqrt(sqrt(x))", 1, "u"),
    ("sqrt(x**2) + x", 1, 0),
    ("sqrt(2)*sqrt(3)*x - sqrt(6)*x + 1", 1, 1),
    ("exp(1/2 + 1/x) - exp(1/2)", 1, -1),
    ("exp(x/2)**2 - exp(x) + 1/x", 1, -1),
    ("exp(log(2)*x) - 2*exp(log(2)*(x - 1))", 0, 0),
    ("log(4) - 2*log(2)", 0, 0),
    ("erf(1 + 1/x) - erf(1)", 1, -1),
    ("atan(1 + 1/x) - pi/4", 1, -1),
    ("1/(1 + sqrt(2) + 1/x) - 1/(1 + sqrt(2))", -1, 1),
    ("sqrt(1 + sqrt(2) + 1/x) - sqrt(1 + sqrt(2))", 1, -1),
    ("1/(1 - 1/x) - 1 - 1/x - 1/x**2", 1, -1),
    ("(x + 1)**20 - x**20", 1, -1),
    ("gelu(gelu(x)) - gelu(x)", -1, 1),
    ("mish(mish(x)) - mish(x)", -1, 1),
    ("softplus(softplus(x)) - softplus(x)", 1, 1),
    ("(x - 1/3)**(-2) - x**(-2)", 1, -1),
    ("(3*x - 1)**(-3)", 1, -1),
    ("(3*x + 1)**(-4) - (3*x)**(-4)", -1, 1),
    ("sqrt(3*x - 2) - sqrt(3*x)", -1, "u"),
    ("log(3*x - 1) - log(3*x)", -1, "u"),
    ("exp(-1/x) - 1 + 1/x", 1, 1),
    ("erf(1/x + (1 + pi + sqrt(2) + exp(1) + log(3))/9) - 1", -1, -1),
    ("atan(1/x + (1 + pi + sqrt(2) + exp(1) + log(3))/9) - 1/2", 1, 1),
    ("cos(1/x + (1 + pi + sqrt(2) + exp(1) + log(3))/9)", 1, 1),
    ("x - x", 0, 0),
)


@pytest.mark.parametrize("side", [1, -1])
@pytest.mark.parametrize("row", TABLE, ids=lambda row: row[0])
def test_signs_that_are_known(row: tuple[str, Any, Any], side: int) -> None:
    """The sign, or none where none is shown; no sign at all where nothing is defined."""
    root, sign = core(row[0]), row[1 if side > 0 else 2]
    result = found(root, side)
    if sign is None or sign == "u":
        require(result is None, str(result))
        return
    require(result is not None and result[1] == sign, str(result))
    if result is not None and row[0] != "x - x":
        agrees(root, side, *result)


# -- sums as enclosures ---------------------------------------------------------------------------
def enclosed(root: Term, tail: Tail, points: tuple[Fraction, ...]) -> int:
    """How many values at X were compared with the sum; fails if one lies outside."""
    values, compared = tail.expansion(root), 0
    for at in points:
        value = ball(root, tail.side * at)
        if value is not None:
            with precision(600):
                around = Reading(tail, at).sum(values)
            require(around.overlaps(value), f"{root} at {at}: {value} is not in {around}")
            compared += 1
    return compared


@pytest.mark.parametrize("order", [1, 2, 5])
@pytest.mark.parametrize("row", TABLE, ids=lambda row: row[0])
def test_sums_enclose(row: tuple[str, Any, Any], order: int) -> None:
    """At the start and beyond, for every start at which there is a sum."""
    root, compared = core(row[0]), 0
    for side in (1, -1):
        for start in (Q(1), Q(3, 2), Q(4), Q(9)):
            points = (start, start * Q(101, 100), start * Q(7, 4))
            try:
                compared += enclosed(root, Tail(x, start, side, order, BITS), points)
            except FAILURES:
                continue
    require(compared or row[0] == "log(log(x))")


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row[0])
def test_sums_enclose_when_little_is_exact(
    row: tuple[str, Any, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Products of exact constants that are too large become intervals, here nearly all of them."""
    monkeypatch.setattr("symact.checker.tail_sums.MAX_EXACT", 0)
    for side, start in ((1, Q(3, 2)), (-1, Q(4))):
        points = (start, start * Q(101, 100), start * Q(7, 4))
        with suppress(*FAILURES):
            enclosed(core(row[0]), Tail(x, start, side, 2, BITS), points)


FUNCTIONS = ("exp", "log", "sqrt", "erf", "atan", "sin", "cos")
LEAVES = (x, x, x, num(1), num(2), num(Q(-1, 3)), const("pi"))


def random_term(rng: random.Random, depth: int) -> Term:
    """A term of the given depth at most."""
    if depth == 0 or rng.random() < 0.1:
        return rng.choice(LEAVES)
    below = [random_term(rng, depth - 1) for _ in range(2)]
    kind = rng.randrange(6)
    if kind < 2:
        return add(*below)
    if kind == 2:
        return mul(*below)
    if kind == 3:
        return power(below[0], num(rng.choice((-2, -1, 2, 3))))
    return call(rng.choice(FUNCTIONS), below[0])


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**40))
@seed(0)
def test_sums_of_random_terms_enclose(number: int) -> None:
    """At random points, for every order; a sign that is shown is that of the value."""
    rng = random.Random(number)
    for root, tail, at in cases(rng, 12):
        try:
            enclosed(root, tail, (at,))
            sign = tail_sign(root, x, tail.start, tail.side, tail.functions.order, BITS)
        except FAILURES:
            continue
        value = ball(root, tail.side * at)
        require(value is None or value.contains(0) or value * sign > 0, f"{root} at {at}: {sign}")


def cases(rng: random.Random, count: int) -> Iterator[tuple[Term, Tail, Fraction]]:
    """Random terms, tails and points X >= start."""
    for _ in range(count):
        start = Q(rng.choice((8, 9, 12, 20, 50)), 8)
        order, side = rng.choice((1, 1, 2, 3, 9)), rng.choice((1, -1))
        tail = Tail(x, start, side, order, rng.choice((40, BITS)))
        yield random_term(rng, rng.randrange(1, 6)), tail, start * Q(rng.randrange(16, 60), 16)


def test_random_terms_are_mostly_expanded() -> None:
    """The test above compares values: many random terms have a sum and a value."""
    compared = 0
    for root, tail, at in cases(random.Random(1), 300):
        try:
            compared += enclosed(root, tail, (at,))
        except FAILURES:
            continue
    require(compared > 120, str(compared))
