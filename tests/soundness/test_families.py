"""The makers of claims: always the same, always claims, and right about what they make."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import product

import pytest
from flint import ctx, fmpq

from symact.catalog import catalogue
from symact.language.parser import parse_claim
from symact.verdicts import Verdict
from tests.soundness.balls import compare
from tests.soundness.families import FAMILIES, claim
from tests.soundness.families.lines import line
from tests.soundness.families.polynomials import positive
from tests.soundness.families.words import decimal
from tests.soundness.judge import FALSE, TRUE, VACUOUS, Claim, judged
from tests.soundness.reading import Reader, tree
from tests.soundness.statements import read
from tests.support import require

EACH = 4


def _silent(text: str, timeout: float | None = None) -> Verdict:
    return Verdict(text, "undecided", f"{timeout}")


@pytest.mark.parametrize("family", FAMILIES)
def test_claims_of_a_family(family: str) -> None:
    """They are claims, the same every time, readable here, and no point speaks against them."""
    for index in range(EACH):
        made = claim(f"test/{index}", family)
        require(made == claim(f"test/{index}", family))
        if made.errors:
            continue
        parse_claim(made.text, catalogue())
        if family != "mutants.unchanged":
            read(made.text)
        found = judged(made, _silent, 1.0)
        require(not found.problem, f"{made.text}: {found.problem}")


def test_a_run_has_every_kind_of_truth() -> None:
    """True, false, open and vacuous claims, none of them rare but the last."""
    truths = [claim(f"kinds/{index}").truth for index in range(400)]
    require(truths.count(TRUE) > 80)
    require(truths.count(FALSE) > 60)
    require(truths.count(VACUOUS) > 2)


def test_quadratics_on_intervals() -> None:
    """positive() agrees with values on a fine grid, and beyond."""
    numbers = [Fraction(n, 2) for n in range(-3, 4)]
    grid = [Fraction(n, 16) for n in range(-15, 16)]
    for a, b, c in product(numbers, repeat=3):
        values = [a * u * u + b * u + c for u in grid]
        if positive(a, b, c, Fraction(-1), Fraction(1), strict=True):
            require(min(values) > 0, f"{a} {b} {c}")
        if min(values) < 0:
            require(not positive(a, b, c, Fraction(-1), Fraction(1), strict=False))
        if positive(a, b, c, None, None, strict=False):
            require(
                all(
                    a * u * u + b * u + c >= 0
                    for u in (*numbers, Fraction(10**6), Fraction(-(10**6)))
                )
            )


def test_lines_say_the_same_in_both_ways() -> None:
    """As pieces and as relus, at breakpoints and between."""
    chance = random.Random(0)
    for _ in range(30):
        f = line(chance)
        texts = f.text("x"), f.as_relus("x")
        first, second = (Reader(text).compile(tree(text)) for text in texts)
        for k in range(-20, 20):
            point = {"x": fmpq(k, 6)}
            with ctx.workprec(100):
                require(compare(first(point), "==", second(point)) is True)
        for at, value in zip(f.breaks, f.values(), strict=True):
            there = {"x": fmpq(at.numerator, at.denominator)}
            require(compare(first(there), "==", fmpq(value.numerator, value.denominator)) is True)


@pytest.mark.parametrize(
    ("value", "digits", "up", "text"),
    [("1/3", 2, True, "0.34"), ("1/3", 2, False, "0.33"), ("-1/3", 2, True, "(-0.33)"),
     ("-1/3", 2, False, "(-0.34)"), ("-1/1000", 2, True, "0.00"), ("7", 1, True, "7.1")],
)  # fmt: skip
def test_decimals(value: str, digits: int, up: bool, text: str) -> None:
    """Rounded up or down, never to nearest."""
    require(decimal(Fraction(value), digits, up) == text)


def test_a_wrong_maker_is_noticed() -> None:
    """A claim that its maker calls true, and that is not, is a problem of its own."""
    for text, truth in (("x > 0", TRUE), ("not x > 0", FALSE)):
        require("made as" in judged(Claim(text, truth, "x"), _silent, 1.0).problem)
