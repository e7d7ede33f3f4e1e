"""Strategies, each shown by a claim that needs it; the checker has accepted every certificate."""

from __future__ import annotations

import json
from typing import Any

import pytest

from symact.prover import decide

# claim, words that its certificate must contain: the step, rule or law that decides it
STRATEGIES = [
    ("tanh(x) == 2*sigmoid(2*x) - 1", ["holds"]),
    ("abs(x) == relu(x) + relu(-x)", ["split", "substitute"]),
    ("positively_homogeneous(relu)", ["split", "empty"]),
    ("hard_tanh(x) == relu(x + 1) - relu(x - 1) - 1", ["facts", "products"]),
    ("diff(sigmoid(x), x) <= 1/4", ["products"]),
    ("softplus(x) > x", ["monotone"]),
    ("sin(x) + 2 > 0", ["range"]),
    ("x**2 - x + 1 > 0", ["products"]),
    ("log(x*y) == log(x) + log(y) where x > 0, y > 0", ["log"]),
    ("exp(3*log(x)) == x**3 where x > 0", ["exp"]),
    ("sqrt(8) == 2*sqrt(2)", ["sqrt"]),
    ("sin(2*x) == 2*sin(x)*cos(x)", ["sum"]),
    ("atan(x) + atan(1/x) == pi/2 where x > 0", ["reciprocal"]),
    ("cos(atan(x)) == 1/sqrt(1 + x**2)", ["inverse"]),
    ("2*atan(1/2) == atan(4/3)", ["atan-sum"]),
    ("periodic(lambda x: x - floor(x), 1)", ["shift"]),
    ("erf(-x) == -erf(x)", ["odd"]),
    ("sin(pi/3) == sqrt(3)/2", ["value"]),
    ("2*atan(exp(x)) == pi/2 + 2*atan(tanh(x/2))", ["derivative"]),
]


def words(value: Any) -> set[str]:
    """Every text and field name in a JSON value."""
    return set(json.dumps(value).replace('"', " ").replace(",", " ").replace(":", " ").split())


@pytest.mark.parametrize(("claim", "needed"), STRATEGIES, ids=[c for c, _ in STRATEGIES])
def test_each_strategy_decides_its_claim(claim: str, needed: list[str]) -> None:
    """The certificate shows that the strategy was used."""
    verdict = decide(claim, 10)
    assert verdict.outcome == "proved", verdict.reason
    assert set(needed) <= words(verdict.certificate)


@pytest.mark.parametrize(
    ("claim", "witness"),
    [
        ("x/x == 1", {"x": "0"}),
        ("diff(relu(x), x) == step(x)", {"x": "0"}),
        ("1/(x**2 - 2) == 1/(x**2 - 2)", {"x": "sqrt(2)"}),
        ("1/(exp(x) - 2) == 1/(exp(x) - 2)", {"x": "log(2)"}),
        ("sin(x) < 1", {"x": "1/2*pi"}),
        ("sigmoid(x) + sigmoid(-x) == 1 + 1e-30*exp(-x**2)", {"x": "0"}),
    ],
)
def test_witnesses_are_exact_and_simple(claim: str, witness: dict[str, str]) -> None:
    """The simplest point is given, irrational where only such points break the claim."""
    verdict = decide(claim, 10)
    assert verdict.outcome == "refuted", verdict.reason
    assert verdict.witness == witness


def test_undecided_says_what_was_tried() -> None:
    """The reason names what could not be shown."""
    verdict = decide("sin(x)*sin(sqrt(2)*x) < 1", 10)
    assert verdict.outcome == "undecided"
    assert "could not show" in verdict.reason


def test_bad_input_is_no_verdict() -> None:
    """A misspelt name is an error with its place and a suggestion."""
    verdict = decide("sigmod(x) > 0")
    assert verdict.outcome == "error"
    assert "sigmoid" in verdict.reason
