"""Limits that are decided: textbook limits of activations, and false ones; the checker accepted
every certificate.
"""

from __future__ import annotations

from typing import Any

import pytest

from symact.prover import decide

TRUE = """
limit(sigmoid(x), x, oo) == 1
limit(sigmoid(x), x, -oo) == 0
limit(tanh(x), x, oo) == 1
limit(softplus(x) - x, x, oo) == 0
limit(softplus(x), x, -oo) == 0
limit(gelu(x) - x, x, oo) == 0
limit(gelu(x), x, -oo) == 0
limit(mish(x) - x, x, oo) == 0
limit(silu(x), x, -oo) == 0
limit(silu(x)/x, x, oo) == 1
limit(elu(x), x, -oo) == -1
limit(diff(sigmoid(x), x), x, oo) == 0
limit(diff(gelu(x), x), x, -oo) == 0
limit(diff(mish(x), x), x, oo) == 1
limit(log_cosh(x) - x, x, oo) == -log(2)
limit(x*exp(x**2/2)*(1 - normal_cdf(x)), x, oo) == 1/sqrt(2*pi)
limit(sqrt(x**2 + x) - x, x, oo) == 1/2
limit(log(x)/x, x, oo) == 0
limit((1 + 1/x)**x, x, oo) == E
limit(sinc(x), x, oo) == 0
limit(sin(x)/x, x, 0) == 1
limit((exp(x) - 1)/x, x, 0) == 1
limit(log(1 + x)/x, x, 0) == 1
limit((1 - cos(x))/x**2, x, 0) == 1/2
limit((tanh(x) - x)/x**3, x, 0) == -1/3
limit(x*log(x), x, 0, "+") == 0
limit(x**x, x, 0, "+") == 1
limit((x**2 - 1)/(x - 1), x, 1) == 2
limit(cos(x), x, pi) == -1
limit(diff(relu(x), x), x, 0, "+") == 1
limit(diff(relu(x), x), x, 0, "-") == 0
limit(abs(x)/x, x, 0, "-") == -1
limit(hard_shrink(x), x, 1/2, "+") == 1/2
limit(exp(-1/x), x, 0, "+") == 0
limit(sigmoid(k*x), k, oo) == 1 where x > 0
limit(sigmoid(k*x), k, oo) == step(x) where x != 0
limit(tanh(k*x), k, oo) == sign(x)
limit(swish(x, b), b, oo) == relu(x)
limit(swish(x, b), b, 0) == x/2
limit(softplus(x, b), b, oo) == relu(x)
limit(softplus(k*x)/k, k, oo) == relu(x)
limit(squareplus(x, b), b, 0, "+") == relu(x)
limit(celu(x, a), a, oo) == x
limit(snake(x, a), a, 0) == x
limit(leaky_relu(x, a), a, 1) == x
limit(diff(elu(x, a), x), x, 0, "-") == a where a > 0
limit(isru(x, a), x, oo) == 1/sqrt(a) where a > 0
limit(exp(-a*x), x, oo) == 0 where a > 0
limit(bounded_relu(x, c), c, oo) == relu(x)
limit(log(exp(b*x) + exp(b*y))/b, b, oo) == max(x, y)
limit(softmax([k*x, k*y])[0], k, oo) == 1 where x > y
limit(sigmoid(x), x, oo) - limit(sigmoid(x), x, -oo) == 1
limit(sigmoid(x), x, oo) + y > y
limit(a + b*tanh(x), x, oo) == a + b
not limit(sigmoid(x), x, oo) == 0
not limit(step(x), x, 0) == 1
"""

FALSE = """
limit(sigmoid(x), x, oo) == 0
limit(arctan(x), x, oo) == 1.5708
limit(softplus(x) - x, x, oo) == log(2)
limit(sigmoid(x), x, oo) > 1
limit(silu(x), x, oo) == 1
limit(relu(x), x, oo) == 0
limit(x, x, oo) > 5
limit(diff(relu(x), x), x, 0) == 1/2
limit(step(x), x, 0) == 1
limit(1/x, x, 0) == 0
limit(log(x)*x, x, 0) == 0
limit(sin(x), x, oo) == 0
limit(sin(1/x), x, 0) == 0
limit(snake(x) - x, x, oo) == 1/2
limit(sigmoid(k*x), k, oo) == step(x)
limit(sigmoid(k*x), k, oo) == 1 where x != 0
limit(swish(x, b), b, 0) == x
limit(exp(-a*x), x, oo) == 0
limit(softmax([k*x, k*y])[0], k, oo) == 1 where x >= y
limit(x**2, x, a) == a
1 + 1/limit(x**2, x, oo) == 1
not limit(tanh(x), x, oo) == 1
"""


def claims(table: str) -> list[str]:
    """The lines of a table."""
    return [line for line in table.splitlines() if line]


@pytest.mark.parametrize("claim", claims(TRUE))
def test_true_limits_are_proved(claim: str) -> None:
    """A value and bounds that vanish, or a reason why there is no limit."""
    verdict = decide(claim, 20)
    assert verdict.outcome == "proved", verdict.reason


@pytest.mark.parametrize("claim", claims(FALSE))
def test_false_limits_are_refuted(claim: str) -> None:
    """Another value, no value, or values of the names at which the claim fails."""
    verdict = decide(claim, 20)
    assert verdict.outcome == "refuted", verdict.reason


REASONS = [
    ("limit(relu(x), x, oo) == 0", "growth"),
    ("limit(sign(x), x, 0) == 0", "sides"),
    ("limit(cos(3*x), x, -oo) == 0", "period"),
    ("limit(sqrt(x), x, 0) == 0", "nowhere"),
]


@pytest.mark.parametrize(("claim", "word"), REASONS)
def test_why_a_limit_does_not_exist(claim: str, word: str) -> None:
    """The certificate holds the reason."""
    certificate: Any = decide(claim, 20).certificate
    assert word in certificate["body"]["because"]["missing"]["because"]


def test_a_growing_function_is_not_less_than_anything() -> None:
    """A relation with a limit that does not exist is false, whatever its sign."""
    assert decide("limit(-exp(x), x, oo) < 0", 10).outcome == "refuted"
    assert decide("limit(-exp(x), x, oo) != 0", 10).outcome == "refuted"


def test_a_limit_in_a_branch_that_is_not_taken_denies_nothing() -> None:
    """piecewise has a value where the branch taken has one."""
    claim = "piecewise((limit(exp(x), x, oo), a > 0), (1, True)) == 1"
    assert decide(f"{claim} where a < 0", 5).outcome != "refuted"
