"""How terms look: our own style prints as it was typed, and core terms print as claims."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symact.language.claims import Claim, Relation
from symact.language.parser import parse_claim, parse_term
from symact.language.printer import print_claim, print_term
from symact.language.terms import Term, add, call, const, ite, mul, name, num, power, term
from tests.language.strategies import VOCABULARY

UNCHANGED = [
    "x",
    "-3",
    "1/3",
    "-1/3",
    "x - 1/3",
    "x - y + z",
    "x - y*z",
    "x - (y - z)",
    "x - (-y)",
    "(x + y) + z",
    "x + (y + z)",
    "-x**2",
    "(-x)**2",
    "-(x*y)",
    "(-x)*y",
    "(-1)*x",
    "(-1/3)*x",
    "1/3*x",
    "x*(1/3)",
    "x*y/z*a",
    "(x*y)*z",
    "x/y/z",
    "x/(y*z)",
    "x**(-1)",
    "(x**y)**z",
    "x**(y**z)",
    "x**(1/2)",
    "(1/2)**x",
    "2**(n - 1)",
    "A @ B @ x + b",
    "A @ (B @ x)",
    "(A @ x)*2",
    "(2*A) @ x",
    "elu(x, alpha=-1/2)",
    "lambda x, y: x - y",
    "(lambda x: x**2)(3)",
    "(relu >> tanh)(x)[0]",
    "relu >> (lambda x: x + 1) >> stack(3, dense)",
    "dense(W, 0) >> residual(elu(alpha=2)) >> flatten",
    "piecewise((x, 0 < x <= 1), (-x, True))",
    'limit(sign(x), x, 0, "-")',
    "limit(tanh(x), x, -oo)",
    "diff(x**2, x)",
    "diff(x**2, x, 2)",
    "series(exp(x), x, 0, 4)",
    "integral(exp(-x**2), x, -oo, oo)",
    "[[1, 2], [x, y]]",
]


@pytest.mark.parametrize("text", UNCHANGED)
def test_our_style_is_kept(text: str) -> None:
    """These texts print as they were typed."""
    assert print_term(parse_term(text, VOCABULARY)) == text


OTHERWISE = {
    "0.25": "1/4",
    "1e-3": "1/1000",
    "--x": "-(-x)",
    "x^2": "x**2",
    "x**-1": "x**(-1)",
    "+x": "x",
    "((x))": "x",
    "(x/y)/z": "x/y/z",
    "a@b*c": "(a @ b)*c",
    "√π": "sqrt(pi)",
    "logistic(x)": "logistic(x)",
    "stack(3,dense>>relu)": "stack(3, dense >> relu)",
}


@pytest.mark.parametrize("text", OTHERWISE)
def test_other_styles(text: str) -> None:
    """These texts print in our style."""
    assert print_term(parse_term(text, VOCABULARY)) == OTHERWISE[text]


@pytest.mark.parametrize(
    "text",
    [
        "not odd(relu)",
        "0 < sigmoid(x) < 1 where x > 0, n in Naturals, x in Interval.open(-oo, 1/2)",
        "lipschitz(tanh, 1, on=Interval.Lopen(0, oo))",
        "range(tanh) == Interval.open(-1, 1)",
        "(lambda x: x) == identity",
        "relu >> relu == relu",
        "bounded(tanh, -1, 1, on=Reals)",
    ],
)
def test_claims_in_our_style_are_kept(text: str) -> None:
    """These claims print as they were typed."""
    assert print_claim(parse_claim(text, VOCABULARY)) == text


def test_remarks_are_not_printed() -> None:
    """The remark is for the derivation, not part of the claim."""
    assert print_claim(parse_claim("x == x  # trivial", VOCABULARY)) == "x == x"


x, y, bound = name("x"), name("y"), name("'1")
CORE: list[tuple[Term, str]] = [
    (ite(">", x, y, num(0)), "piecewise((y, x > 0), (0, True))"),
    (ite("==", add(x, num(-1)), y, num(0)), "piecewise((y, x - 1 == 0), (0, True))"),
    (power(x, num(-1)), "x**(-1)"),
    (mul(num(-1), x), "(-1)*x"),
    (add(y, mul(num(-1), x)), "y + (-1)*x"),
    (mul(num(Fraction(1, 2)), const("pi")), "1/2*pi"),
    (mul(add(x, y), power(add(x, num(1)), num(-2))), "(x + y)*(x + 1)**(-2)"),
    (term("npow", (x, add(name("n"), num(1)))), "x**(n + 1)"),
    (term("diff", (call("exp", bound), bound, x), 1), "(lambda _1: diff(exp(_1), _1))(x)"),
    (term("diff", (power(bound, num(2)), bound, num(3)), 2), "(lambda _1: diff(_1**2, _1, 2))(3)"),
    (term("given", (x, y)), "[x, y][0]"),
]


@pytest.mark.parametrize(("core", "text"), CORE, ids=[text for _, text in CORE])
def test_core_terms_print_as_claims(core: Term, text: str) -> None:
    """Core terms print in the claim language, and the text is a term."""
    assert print_term(core) == text
    assert print_term(parse_term(text, VOCABULARY)) == text


def test_a_side_that_is_a_lambda_gets_parentheses() -> None:
    """A relation of functions reads back, whatever its sides are."""
    function = term("lambda", (x,), ("x",))
    claim = Claim(Relation((function, function), ("==",)))
    assert print_claim(claim) == "(lambda x: x) == (lambda x: x)"


def test_a_term_shows_its_text() -> None:
    """repr of a term is its print."""
    assert repr(add(x, num(1))) == "x + 1"
