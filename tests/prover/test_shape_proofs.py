"""The search for proofs about whole functions: strict by one point, by a limit at a cut, floors."""

from __future__ import annotations

import json

import pytest

from symact.prover import decide

# claim, a word that its certificate must contain: the rule that decides it
PROVED = [
    # strictly monotone or convex, though the derivative is 0 here and there
    ("strictly_increasing(snake)", "apart"),
    ("strictly_increasing(snake(a=w)) where w > 0", "apart"),
    ("strictly_increasing(lambda x: x + sin(x))", "apart"),
    ("strictly_increasing(tanhshrink)", "apart"),
    ("injective(snake)", "apart"),
    ("injective(tanhshrink)", "apart"),
    ("strictly_convex(lambda x: x**4)", "apart"),
    # continuous where the term of a piece is not defined
    ("continuous(sinc)", "limit"),
    ("continuous(lambda x: piecewise((0, x == 0), (x*log(abs(x)), True)))", "limit"),
    ("increasing(lambda x: piecewise((0, x <= 0), (exp(-1/x), True)))", "limit"),
    ("not continuous(lambda x: piecewise((0, x == 0), (sin(x)/x, True)))", "other limit"),
    # almost everywhere a polynomial
    ("not universal(lambda x: piecewise((1, x == 0), (x, True)))", "nearly polynomial"),
    # floor
    ("not continuous(lambda x: floor(x))", "jump"),
    ("continuous(lambda x: floor(x), on=Interval.open(0, 1))", "whole"),
    ("increasing(lambda x: floor(x))", "monotone"),
    ("diff(floor(x), x) == 0 where 0 < x, x < 1", "whole"),
    ("diff((x - 2)**2*floor(x), x) == 0 where x == 2", "whole"),
    ("integral(floor(x), x, 0, 3) == 3", "whole"),
    ("floor(sigmoid(x)) == 0", "whole"),
    ("not injective(lambda x: floor(x))", "equal"),
    # the sign of a parameter
    ("injective(lambda x: a*x + b) where a != 0", "split"),
    ("injective(lambda x: a*x**3) where a != 0", "split"),
    ("injective(lambda x: piecewise((x, x < 0), (x + 1, True)))", "split"),
]

REFUTED = [
    ("diff(floor(x), x) == 0", "witness"),
    ("diff((x - 2)*floor(x), x) == 0 where x == 2", "witness"),
    ("strictly_increasing(relu)", "witness"),
    ("continuous(lambda x: piecewise((1, x == 0), (exp(-1/x**2), True)))", "other limit"),
    ("continuous(lambda x: floor(x), on=Interval(0, 1))", "jump"),
]

# True, or false, but by no rule that there is: nothing must be said of them.
OPEN = ["universal(lambda x: floor(x))", "smooth(lambda x: floor(x))"]


@pytest.mark.parametrize(("claim", "word"), PROVED, ids=[claim for claim, _ in PROVED])
def test_each_is_proved_by_its_rule(claim: str, word: str) -> None:
    """The certificate has the word."""
    verdict = decide(claim, 20)
    assert verdict.outcome == "proved", verdict.reason
    assert f'"{word}"' in json.dumps(verdict.certificate)


@pytest.mark.parametrize(("claim", "word"), REFUTED, ids=[claim for claim, _ in REFUTED])
def test_each_is_refuted_by_its_rule(claim: str, word: str) -> None:
    """The certificate has the word."""
    verdict = decide(claim, 20)
    assert verdict.outcome == "refuted", verdict.reason
    assert f'"{word}"' in json.dumps(verdict.certificate)


@pytest.mark.parametrize("claim", OPEN)
def test_what_no_rule_shows_is_undecided(claim: str) -> None:
    """Neither proved nor refuted."""
    assert decide(claim, 5).outcome == "undecided"
