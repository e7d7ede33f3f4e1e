"""Integrals that are decided: of activations, of bell curves, improper ones, and false ones."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from symact.catalog import catalogue
from symact.checker.derivatives import derivative
from symact.checker.normal_form import NormalForm
from symact.checker.region import Region
from symact.checker.resolve import resolve
from symact.language.parser import parse_term
from symact.language.terms import name
from symact.language.unfold import Unfolder
from symact.prover import decide
from symact.prover.algebra.lowest_terms import rational_roots
from symact.prover.integrals.antiderivatives import antiderivative

TRUE = """
integral(x**2, x, 0, 1) == 1/3
integral(x**2, x, 2, 0) == -8/3
integral(x**2, x, 1, 1) == 0
integral(relu(x), x, -1, 1) == 1/2
integral(abs(x - 1), x, 0, 2) == 1
integral(relu6(x), x, 0, 10) == 42
integral(hard_swish(x), x, -3, 3) == 3
integral(sigmoid(x), x, 0, 1) == log((1 + E)/2)
integral(tanh(x), x, 0, 1) == log(cosh(1))
integral(sin(x), x, 0, pi) == 2
integral(erf(x), x, 0, 1) == erf(1) + (exp(-1) - 1)/sqrt(pi)
integral(diff(gelu(x), x), x, 0, 1) == gelu(1)
integral(softsign(x), x, 0, 1) == 1 - log(2)
integral(elu(x), x, -1, 1) == 1/2 - exp(-1)
integral(squareplus(x), x, -1, 1) == sqrt(5)/2 + 2*log((1 + sqrt(5))/2)
integral(sqrt(1 - x**2), x, -1, 1) == pi/2
integral(exp(-x), x, 0, oo) == 1
integral(x*exp(-x), x, 0, oo) == 1
integral(exp(-abs(x)), x, -oo, oo) == 2
integral(exp(-x**2), x, -oo, oo) == sqrt(pi)
integral(exp(-x**2), x, oo, -oo) == -sqrt(pi)
integral(x**2*exp(-x**2/2)/sqrt(2*pi), x, -oo, oo) == 1
integral(1/(1 + x**2), x, -oo, oo) == pi
integral(diff(sigmoid(x), x), x, -oo, oo) == 1
integral(1/cosh(x), x, -oo, oo) == pi
integral(log(x), x, 0, 1) == -1
integral(1/sqrt(x), x, 0, 1) == 2
integral(1/x**2, x, 1, oo) == 1
integral(relu(x)*exp(-x**2/2)/sqrt(2*pi), x, -oo, oo) == 1/sqrt(2*pi)
integral(relu(x)**2*exp(-x**2/2)/sqrt(2*pi), x, -oo, oo) == 1/2
integral(gelu(x) - relu(x), x, -oo, oo) == -1/2
integral(gelu(x)*exp(-x**2/2)/sqrt(2*pi), x, -oo, oo) == 1/(2*sqrt(pi))
integral(sigmoid(t), t, 0, x) == softplus(x) - log(2)
integral(tanh(t), t, 0, x) == log_cosh(x)
integral(step(t), t, 0, x) == relu(x)
integral(relu(t), t, 0, x) == squared_relu(x)/2
integral(normal_cdf(t), t, -oo, x) == x*normal_cdf(x) + exp(-x**2/2)/sqrt(2*pi)
integral(1/t, t, 1, x) == log(x) where x > 0
integral(exp(-a*x**2), x, -oo, oo) == sqrt(pi/a) where a > 0
integral(sigmoid(x), x, -a, a) == a
integral(a*x, x, 0, 2) == 2*a
diff(integral(sigmoid(t), t, 0, x), x) == sigmoid(x)
limit(integral(exp(-t), t, 0, x), x, oo) == 1
0.746 < integral(exp(-x**2), x, 0, 1) < 0.747
integral(exp(-x**2/2), x, 0, 1) < 1
not integral(1/x, x, 1, oo) == 1
"""

# Klambauer, Unterthiner, Mayr, Hochreiter 2017: the constants that keep mean 0 and variance 1.
ALPHA = "(-sqrt(2/pi)/(erfc(1/sqrt(2))*exp(1/2) - 1))"
MEAN = "integral(elu(x, a)*exp(-x**2/2)/sqrt(2*pi), x, -oo, oo)"
SELU = f"""
{MEAN} == 1/sqrt(2*pi) + a*(exp(1/2)*normal_cdf(-1) - 1/2)
{MEAN.replace("x, a", "x, " + ALPHA)} == 0
abs(integral(selu(x)*exp(-x**2/2)/sqrt(2*pi), x, -oo, oo)) < 1e-30
abs(integral(selu(x)**2*exp(-x**2/2)/sqrt(2*pi), x, -oo, oo) - 1) < 1e-30
"""

FALSE = """
integral(relu(x), x, -1, 1) == 1
integral(exp(-x**2), x, -oo, oo) == 1.7724538509
integral(sigmoid(x), x, -oo, oo) == 1
integral(1/x, x, 1, oo) == 1
integral(1/x, x, -1, 1) == 0
integral(1/x**2, x, -1, 1) == -2
integral(x, x, -oo, oo) == 0
integral(sin(x), x, 0, oo) == 1
integral(log(x), x, -1, 1) == -2
integral(sigmoid(t), t, 0, x) == softplus(x)
integral(1/t, t, 1, x) == log(x)
integral(exp(-a*x**2), x, -oo, oo) == sqrt(pi/a)
integral(sigmoid(x), x, -a, a) == 2*a
integral(exp(-x**2), x, 0, 1) > 0.747
integral(selu(x)*exp(-x**2/2)/sqrt(2*pi), x, -oo, oo) == 0
integral(selu(x)**2*exp(-x**2/2)/sqrt(2*pi), x, -oo, oo) == 1
"""


def claims(table: str) -> list[str]:
    """The lines of a table."""
    return [line for line in table.splitlines() if line]


@pytest.mark.parametrize("claim", claims(TRUE) + claims(SELU))
def test_true_integrals_are_proved(claim: str) -> None:
    """By an antiderivative that the checker differentiates."""
    verdict = decide(claim, 30)
    assert verdict.outcome == "proved", verdict.reason


@pytest.mark.parametrize("claim", claims(FALSE))
def test_false_integrals_are_refuted(claim: str) -> None:
    """Another value, no value, or values of the names at which the claim fails."""
    verdict = decide(claim, 30)
    assert verdict.outcome == "refuted", verdict.reason


ELEMENTARY = """
z**3 - 2*z + 1/z
z**3*exp(2*z)
z**4*exp(-a*z**2 + b*z)
tanh(z)**2
1/cosh(z)
diff(silu(z), z)
1/(1 + z**2)**2
1/(z**3 + z)
log(z)/z
1/(z*log(z))
log(1 + z**2)
z*atan(z)
gelu(z)
erf(z)**2*exp(-z**2)
gelu(z)**2*exp(-z**2/2)
sin(z)**2
z**2*cos(3*z)
exp(-z)*sin(z)
tan(z)
1/sqrt(z)
sqrt(1 + z**2)
z/sqrt(1 + a*z**2)
squareplus(z)
softplus(z)*sigmoid(z)
(a*(exp(z) - 1))**2*exp(-z**2/2)
sigmoid(a*z)
1/(a*z + b)
diff(mish(z), z)
"""


def integrated(text: str) -> tuple[Any, Any]:
    """The term of z, and an antiderivative of it near z = 3/2 if one is found."""
    term = resolve(Unfolder(catalogue()).real(parse_term(text, catalogue()), {}), Region())
    sample = {"z": Fraction(3, 2), "a": Fraction(7, 5), "b": Fraction(2, 3)}
    return term, antiderivative(term, name("z"), sample)


@pytest.mark.parametrize("text", claims(ELEMENTARY))
def test_elementary_antiderivatives(text: str) -> None:
    """The derivative of what was found has the form of the term."""
    term, found = integrated(text)
    assert found is not None
    slope = rational_roots(derivative(found, name("z")))
    assert NormalForm().equal(slope, rational_roots(term))


@pytest.mark.parametrize("text", ["softplus(z)", "silu(z)", "exp(z**2)", "sin(z)/z", "exp(z)/z"])
def test_other_functions_have_no_elementary_one(text: str) -> None:
    """Undetermined coefficients find none, quickly."""
    assert integrated(text)[1] is None


BOUNDED = """
integral(silu(x), x, 0, 1) < 0.33
integral(softplus(x), x, -1, 1) > 1.46
1.6318 < integral(exp(sin(x)), x, 0, 1) < 1.6319
integral(exp(x**2), x, 0, 1) != 1
integral(log_cosh(x), x, 0, 1) <= 1/6
integral(lisht(x), x, -1, 2) > 0
integral(exp(sin(x)), x, 0, pi) < 7
2*integral(silu(x), x, 0, 1) + integral(x, x, 0, 1) < 1.3
not integral(silu(x), x, 0, 1) > 0.33
"""


@pytest.mark.parametrize("claim", claims(BOUNDED))
def test_integrals_without_an_antiderivative_have_bounds(claim: str) -> None:
    """Polynomials below and above, on as many pieces as it takes."""
    verdict = decide(claim, 30)
    assert verdict.outcome == "proved", verdict.reason
    assert "integral bounds" in str(verdict.certificate)


def test_the_variance_of_selu_is_one() -> None:
    """With the closed forms of the constants, exactly."""
    scale = (
        "(1 - erfc(1/sqrt(2))*sqrt(E))*sqrt(2*pi)/sqrt(2*erfc(sqrt(2))*exp(2)"
        " + pi*erfc(1/sqrt(2))**2*E - 2*(2 + pi)*erfc(1/sqrt(2))*sqrt(E) + pi + 2)"
    )
    square = f"elu(x, {ALPHA})**2*exp(-x**2/2)/sqrt(2*pi)"
    verdict = decide(f"({scale})**2*integral({square}, x, -oo, oo) == 1", 60)
    assert verdict.outcome == "proved", verdict.reason
