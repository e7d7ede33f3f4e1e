"""What each spelling means: text on the left, the term or claim it states on the right."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symact.language.claims import Claim, Membership, Predicate, RealSet, Relation
from symact.language.parser import parse_claim, parse_term
from symact.language.terms import Term, add, call, const, div, mul, name, neg, num, power, term
from tests.language.strategies import VOCABULARY

a, b, c, d, x, y, z = map(name, "abcdxyz")
A, B, W = map(name, "ABW")
OO = const("oo")


def function(word: str, *args: Term, keywords: tuple[str, ...] = ()) -> Term:
    """A catalogue name as a value."""
    return term("function", args, (word, keywords))


def compare(ops: tuple[str, ...], *sides: Term) -> Term:
    """A condition of piecewise."""
    return term("cmp", sides, ops)


RELU, TANH = function("relu"), function("tanh")
TRUE = term("true")

TERMS = {
    # numbers are exact
    "0.1": num(Fraction(1, 10)),
    "1e-3": num(Fraction(1, 1000)),
    "1.50E2": num(150),
    ".5": num(Fraction(1, 2)),
    "5.": num(5),
    "007": num(7),
    "1/3": num(Fraction(1, 3)),
    "-2": num(-2),
    "--2": num(2),
    "1/0": term("div", (num(1), num(0))),
    "1" * 700: num(int("1" * 700)),
    # sums and products: flat as far as no parentheses say otherwise
    "a + b - c": add(a, b, neg(c)),
    "a + (b + c)": add(a, add(b, c)),
    "(a + b) + c": add(add(a, b), c),
    "((a) + b) + c": add(add(a, b), c),
    "(a) + b + c": add(a, b, c),
    "a - 3": add(a, num(-3)),
    "a - (b - c)": add(a, neg(add(b, neg(c)))),
    "a*b/c*d": mul(div(mul(a, b), c), d),
    "a*b*c*d": mul(a, b, c, d),
    "(a*b)*c": mul(mul(a, b), c),
    "a*(b*c)": mul(a, mul(b, c)),
    "a/b/c": div(div(a, b), c),
    "a/(b/c)": div(a, div(b, c)),
    "2*a/3": div(mul(num(2), a), num(3)),
    "1/3*a": mul(num(Fraction(1, 3)), a),
    "+a": a,
    # signs and powers
    "-a**2": neg(power(a, num(2))),
    "(-a)**2": power(neg(a), num(2)),
    "-2**2": neg(power(num(2), num(2))),
    "-a*b": mul(neg(a), b),
    "-(a*b)": neg(mul(a, b)),
    "(-1)*a": mul(num(-1), a),
    "a**b**c": power(a, power(b, c)),
    "a**-1": power(a, num(-1)),
    "a^2": power(a, num(2)),
    "2*a**3": mul(num(2), power(a, num(3))),
    # constants and calls
    "pi*E": mul(const("pi"), const("E")),
    "exp(-x)": call("exp", neg(x)),
    "max(0, x)": call("max", num(0), x),
    "min(a, b, c)": call("min", a, b, c),
    "relu(x)": call("relu", x),
    "logistic(x)": call("logistic", x),
    "elu(x)": call("elu", x),
    "elu(x, 2)": call("elu", x, num(2)),
    "elu(x, alpha=2)": call("elu", x, num(2), keywords=("alpha",)),
    "threshold(x, value=a, theta=b)": call("threshold", x, a, b, keywords=("value", "theta")),
    "dot([x, y], A @ z)": call("dot", term("list", (x, y)), term("matmul", (A, z))),
    # vectors and matrices
    "[[1, 2], [x, y]]": term("list", (term("list", (num(1), num(2))), term("list", (x, y)))),
    "A[0][y]": term("index", (term("index", (A, num(0))), y)),
    "A @ B @ x": term("matmul", (A, B, x)),
    "A @ (B @ x)": term("matmul", (A, term("matmul", (B, x)))),
    "A @ x*2": mul(term("matmul", (A, x)), num(2)),
    "2*A @ x": term("matmul", (mul(num(2), A), x)),
    "A @ x + b": add(term("matmul", (A, x)), b),
    "transpose(A)": call("transpose", A),
    # calculus and cases
    "diff(x**2, x)": term("diff", (power(x, num(2)), x), 1),
    "diff(x, x, 0)": term("diff", (x, x), 0),
    "limit(tanh(x), x, -oo)": term("limit", (call("tanh", x), x, neg(OO)), ""),
    "limit(sign(x), x, 0, '-')": term("limit", (call("sign", x), x, num(0)), "-"),
    "series(exp(x), x, 0, 4)": term("series", (call("exp", x), x, num(0)), 4),
    "integral(x, x, 0, oo)": term("integral", (x, x, num(0), OO)),
    "piecewise((x, x > 0), (0, True))": term(
        "piecewise", (x, compare((">",), x, num(0)), num(0), TRUE)
    ),
    "piecewise((x, 0 < x <= 1), (y, True))": term(
        "piecewise", (x, compare(("<", "<="), num(0), x, num(1)), y, TRUE)
    ),
    # functions
    "relu": RELU,
    "sin": function("sin"),
    "elu(alpha=2)": function("elu", num(2), keywords=("alpha",)),
    "lambda x, y: x*y": term("lambda", (mul(x, y),), ("x", "y")),
    "relu >> tanh >> relu": term("compose", (RELU, TANH, RELU)),
    "relu >> (tanh >> relu)": term("compose", (RELU, term("compose", (TANH, RELU)))),
    "(relu >> tanh) >> relu": term("compose", (term("compose", (RELU, TANH)), RELU)),
    "dense(W, 0) >> flatten": term(
        "compose", (term("layer", (W, num(0)), "dense"), term("layer", (), "flatten"))
    ),
    "residual(relu)": term("layer", (RELU,), "residual"),
    "stack(3, relu)": term("stack", (num(3), RELU)),
    "stack(a, dense)": term("stack", (a, term("layer", (), "dense"))),
    "stack(a + 1, dense >> relu)": term(
        "stack", (add(a, num(1)), term("compose", (term("layer", (), "dense"), RELU)))
    ),
    # functions applied
    "(relu >> tanh)(x)": term("apply", (term("compose", (RELU, TANH)), x)),
    "(lambda x: x**2)(3)": term("apply", (term("lambda", (power(x, num(2)),), ("x",)), num(3))),
    "(lambda x, y: x)(a, b)": term("apply", (term("lambda", (x,), ("x", "y")), a, b)),
    "dense(W, b)(x)": term("apply", (term("layer", (W, b), "dense"), x)),
    "stack(3, relu)(x)[0]": term(
        "index", (term("apply", (term("stack", (num(3), RELU)), x)), num(0))
    ),
    "elu(alpha=2)(x)": term("apply", (function("elu", num(2), keywords=("alpha",)), x)),
    "(relu)(x)": call("relu", x),
    # many lines inside parentheses, and remarks
    "(a  # first\n + b)": add(a, b),
}


@pytest.mark.parametrize("text", TERMS)
def test_terms(text: str) -> None:
    """A text is the term that the table says."""
    assert parse_term(text, VOCABULARY) is TERMS[text]


def interval(lower: Term, upper: Term, *, left: bool = False, right: bool = False) -> RealSet:
    """Interval, closed unless said otherwise."""
    return RealSet("Interval", lower, upper, left, right)


ONE = num(1)
POSITIVE = Relation((x, num(0)), (">",))
SAME = Relation((x, x), ("==",))
CLAIMS = {
    "x == x": Claim(SAME),
    "(x == x)": Claim(SAME),
    "not x == x": Claim(SAME, negated=True),
    "x == x == x": Claim(Relation((x, x, x), ("==", "=="))),
    "0 < x <= y != z": Claim(Relation((num(0), x, y, z), ("<", "<=", "!="))),
    "x == x where x > 0": Claim(SAME, (POSITIVE,)),
    "x == x where x > 0, y in Naturals": Claim(
        SAME, (POSITIVE, Membership("y", RealSet("Naturals")))
    ),
    "x == x where 0 < x < 1": Claim(SAME, (Relation((num(0), x, ONE), ("<", "<")),)),
    "x == x where x in Interval(0, 1)": Claim(SAME, (Membership("x", interval(num(0), ONE)),)),
    "x == x where x in Interval.open(-oo, oo)": Claim(
        SAME, (Membership("x", interval(neg(OO), OO, left=True, right=True)),)
    ),
    "x == x where x in Interval.Lopen(0, a)": Claim(
        SAME, (Membership("x", interval(num(0), a, left=True)),)
    ),
    "x == x where x in Interval.Ropen(0, pi)": Claim(
        SAME, (Membership("x", interval(num(0), const("pi"), right=True)),)
    ),
    "odd(tanh)": Claim(Predicate("odd", (TANH,))),
    "not odd(relu)": Claim(Predicate("odd", (RELU,)), negated=True),
    "lipschitz(relu, 1)": Claim(Predicate("lipschitz", (RELU, ONE))),
    "bounded(tanh, -1, 1)": Claim(Predicate("bounded", (TANH, num(-1), ONE))),
    "increasing(relu, on=Reals)": Claim(Predicate("increasing", (RELU,), RealSet("Reals"))),
    "range(relu) == Interval.Ropen(0, oo)": Claim(
        Predicate("range", (RELU,), interval(num(0), OO, right=True))
    ),
    "relu == tanh": Claim(Relation((RELU, TANH), ("==",))),
    "(lambda x: x) == relu": Claim(Relation((term("lambda", (x,), ("x",)), RELU), ("==",))),
    "x\n  == x  # why\n  where x > 0": Claim(SAME, (POSITIVE,)),
    "x == x where x > 0,\n y in Reals": Claim(SAME, (POSITIVE, Membership("y", RealSet("Reals")))),
}


@pytest.mark.parametrize("text", CLAIMS)
def test_claims(text: str) -> None:
    """A text states the claim that the table says."""
    assert parse_claim(text, VOCABULARY) == CLAIMS[text]


def test_remarks_are_kept() -> None:
    """What stands after # is the claim's remark."""
    claim = parse_claim("x  # one #\n == x # two", VOCABULARY)
    assert claim.remark == "one # two"


DENSE = "dense(W1, b1) >> dense(W2, b2) == dense(W2 @ W1, W2 @ b1 + b2)"
UNDECIDED_YET = [
    DENSE,
    "limit(sigmoid(a*x), a, oo) == 1 where x > 0",
    "series(sigmoid(x), x, 0, 4) == 1/2 + x/4 - x**3/48",
    "integral(exp(-x**2), x, -oo, oo) == sqrt(pi)",
    "universal(relu)",
    "smooth(softplus)",
    "differentiable(softplus, 3)",
    "periodic(lambda x: sin(x), 2*pi)",
    "conv(K, b) >> batchnorm(m, v) >> avgpool(2) >> flatten >> dropout == flatten",
    "affine(stack(n, dense)) where n in Naturals",
    "strictly_convex(softplus, on=Interval.open(-1, 1))",
    "dropout(1/2) == identity",
]


@pytest.mark.parametrize("text", UNDECIDED_YET)
def test_all_of_version_1_is_read(text: str) -> None:
    """Claims that no strategy decides are claims all the same."""
    assert parse_claim(text, VOCABULARY).statement
