"""Fact sheets and findings: what is special about a function, found, then claimed and proved."""

from __future__ import annotations

from fractions import Fraction

import pytest
from flint import arb, ctx

from symact.explain.find import answers
from symact.explain.shape.findings import KINDS, find
from symact.explain.shape.numbers import common, decimal
from symact.explain.shape.shapes import Shape
from symact.explain.shape.sheet import TOPICS, facts
from symact.explain.shape.subject import subject_of
from symact.language.errors import ClaimError
from symact.prover import decide
from tests.support import require

# function, kind, (what, where, value) as a person reads them
FOUND = [
    ("relu", "kinks", [("kink", "0", "0 | 1")]),
    ("step", "kinks", [("jump", "0", "0 | 1")]),
    ("hard_swish", "extrema", [("minimum", "-3/2", "-3/8")]),
    ("silu", "extrema", [("minimum", "-1.2784645427", "-0.2784645427")]),
    (
        "gelu",
        "inflections",
        [("inflection", "-sqrt(2)", "-0.11"), ("inflection", "sqrt(2)", "1.30")],
    ),
    ("gelu", "lipschitz", [("Lipschitz constant", "sqrt(2)", "1.12890414518515")]),
    ("tanh", "lipschitz", [("Lipschitz constant", "0", "1")]),
    ("elu", "lipschitz", [("Lipschitz constant", "oo", "1")]),
    ("x**2", "lipschitz", [("Lipschitz constant", "", "none")]),
    (
        "softplus",
        "limits",
        [("limit", "-oo", "0"), ("limit", "oo", "oo"), ("asymptote", "oo", "x")],
    ),
    ("x**3 - 2*x", "zeros", [("zero", "-sqrt(2)", ""), ("zero", "0", ""), ("zero", "sqrt(2)", "")]),
    ("x*sigmoid(b*x) where b > 0", "extrema", [("minimum", "(-1.278464", "(-0.278464")]),
]


@pytest.mark.parametrize(("text", "kind", "expected"), FOUND)
def test_what_is_found_is_proved(
    text: str, kind: str, expected: list[tuple[str, str, str]]
) -> None:
    """The findings are the known ones, and every claim that they rest on is proved."""
    found = find(Shape(subject_of(text)), kind)
    require(len(found) == len(expected), str(found))
    for finding, (what, where, value) in zip(found, expected, strict=True):
        require(finding.kind == what, finding.kind)
        require(finding.at.startswith(where), finding.at)
        require(finding.value.startswith(value), finding.value)
        for claim in finding.claims:
            verdict = decide(claim, 20)
            require(verdict.outcome == "proved", f"{claim}: {verdict.outcome}, {verdict.reason}")


def test_digits_are_those_of_the_number() -> None:
    """The minimum of silu to 200 digits is where its derivative changes sign, by balls."""
    ((answer,),) = [a.findings for a in answers("silu", ["extrema"], 200)]
    digits = answer.at.rstrip("…")
    before, ctx.prec = ctx.prec, 900
    try:
        # the digits are cut off towards 0, and the number is negative
        outside, inside = arb(digits) - arb(10) ** -198, arb(digits)
        slopes = [1 + (-x).exp() * (1 + x) for x in (outside, inside)]
        require(slopes[0] < 0 < slopes[1], str(slopes))
    finally:
        ctx.prec = before


def test_crossings_are_points_of_both_functions() -> None:
    """relu and gelu meet at 0; tanh and x/2 at three points."""
    require([f.at for f in answers("relu", [], 20, "gelu")[0].findings] == ["0"], "relu, gelu")
    found = [f.at for f in answers("tanh", [], 20, "x/2")[0].findings]
    require(len(found) == 3 and found[1] == "0", str(found))
    require(found[2].startswith("1.915008048"), found[2])


@pytest.mark.parametrize("text", ["relu", "sigmoid", "leaky_relu(x, 1/5)"])
def test_a_fact_sheet_has_every_topic_and_all_is_proved(text: str) -> None:
    """No topic is left out; what could not be found would be listed with an empty claim."""
    sheet = list(facts(subject_of(text)))
    optional = {"definition", "zeros", "extrema", "inflections", "kinks", "fixed points"}
    require({fact.topic for fact in sheet} >= set(TOPICS) - optional, str(sheet))
    for fact in sheet:
        outcome = decide(fact.claim, 20).outcome if fact.claim else "nothing claimed"
        require(outcome == "proved", f"{fact.topic}: {fact.claim}: {outcome}")


@pytest.mark.parametrize(
    ("text", "word"),
    [("x +", "expected"), ("softmax", "vectors"), ("a + b", "variable"), ("x > 0", "value")],
)
def test_what_is_no_function_is_told(text: str, word: str) -> None:
    """The message says what is wrong, about what was typed."""
    with pytest.raises(ClaimError) as told:
        subject_of(text)
    require(word in str(told.value), str(told.value))


@pytest.mark.parametrize(
    ("value", "digits", "down", "up"),
    [("1/3", 3, "0.333", "0.334"), ("-1/3", 3, "-0.334", "-0.333"), ("5/2", 1, "2.5", "2.5")],
)
def test_decimals_are_rounded_on_purpose(value: str, digits: int, down: str, up: str) -> None:
    """Bounds are rounded away from what they bound."""
    require(decimal(Fraction(value), digits, up=False) == down, "down")
    require(decimal(Fraction(value), digits, up=True) == up, "up")


def test_shown_decimals_are_all_right() -> None:
    """Only decimals that both ends share are shown."""
    require(common(Fraction("1.2345"), Fraction("1.2349"), 4) == "1.234…", "shared")
    require(common(Fraction(1, 2), Fraction(1, 2), 4) == "0.5", "exact")


def test_the_kinds_on_the_command_line_are_those_that_are_known() -> None:
    """The command line lists the kinds without importing what finds them."""
    from symact.cli_find import KINDS as LISTED

    require(tuple(KINDS) == LISTED, str(tuple(KINDS)))
