"""The evaluator of the soundness run against the catalogue, mpmath and known values."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import mpmath
import pytest
from flint import arb, ctx, fmpq

from symact.catalog import catalogue
from symact.explain.mpmath_values import Evaluator
from symact.language.parser import parse_term
from symact.language.unfold import Unfolder
from tests.soundness.balls import Undefined, Unknown, ball, compare, power
from tests.soundness.lists import Unreadable
from tests.soundness.reading import Reader, functions, tree
from tests.soundness.statements import read
from tests.soundness.witnesses import confirmed
from tests.support import require

POINTS = tuple(map(Fraction, "-40 -3 -2 -1 -1/2 -1/3 0 1/3 1/2 1 2 3 6 7 40".split()))
VECTORS = {"softmax", "softmin", "log_softmax", "logsoftmax"}


def value(text: str, **point: Fraction | int) -> Any:
    """The value of a term, or the name of what was raised instead."""
    env = {name: fmpq(Fraction(v).numerator, Fraction(v).denominator) for name, v in point.items()}
    with ctx.workprec(200):
        try:
            return Reader(text).compile(tree(text))(env)
        except (Undefined, Unknown) as problem:
            return type(problem).__name__


def test_the_definitions_have_the_names_of_the_catalogue() -> None:
    """No activation and no alias is missing."""
    require(set(catalogue().names()) <= set(functions()))
    require(set(functions()) >= VECTORS)


@pytest.mark.parametrize("name", sorted(set(catalogue().names()) - VECTORS))
def test_the_definitions_mean_what_the_catalogue_means(name: str) -> None:
    """Both have the same value, or none, at many points."""
    core = Unfolder(catalogue()).real(parse_term(f"{name}(x)", catalogue()), {})
    evaluator = Evaluator()
    for x in POINTS:
        theirs, ours = evaluator.value(core, {"x": x}), value(f"{name}(x)", x=x)
        if theirs is None:
            require(ours == "Undefined", f"{name}({x})")
            continue
        number = evaluator.number(theirs)
        text = mpmath.nstr(number, 45, strip_zeros=False)
        with ctx.workprec(200):
            gap = abs(ball(ours) - arb(text))
            require(gap <= (abs(arb(text)) + 1) * arb("1e-40"), f"{name}({x}): {ours} {text}")


SMOOTH: dict[str, Callable[[Any], Any]] = {
    "exp": mpmath.exp, "log": mpmath.log, "sqrt": mpmath.sqrt, "sin": mpmath.sin,
    "cos": mpmath.cos, "tan": mpmath.tan, "sinh": mpmath.sinh, "cosh": mpmath.cosh,
    "tanh": mpmath.tanh, "atan": mpmath.atan, "asin": mpmath.asin, "acos": mpmath.acos,
    "asinh": mpmath.asinh, "acosh": lambda x: mpmath.acosh(x + 1), "atanh": mpmath.atanh,
    "erf": mpmath.erf, "erfc": mpmath.erfc,
}  # fmt: skip


@pytest.mark.parametrize("name", SMOOTH)
@pytest.mark.parametrize("order", range(4))
def test_functions_and_derivatives_agree_with_mpmath(name: str, order: int) -> None:
    """Values and three derivatives at 3/7, to thirty digits."""
    argument = "x + 1" if name == "acosh" else "x"
    text = f"{name}({argument})" if order == 0 else f"diff({name}({argument}), x, {order})"
    ours = value(text, x=Fraction(3, 7))
    with mpmath.workdps(60):
        theirs = mpmath.diff(SMOOTH[name], mpmath.mpf(3) / 7, order)
        said = mpmath.nstr(theirs, 50)
    with ctx.workprec(200):
        require(abs(ball(ours) - arb(said)) < arb("1e-30"), f"{ours} {said}")


KNOWN = (
    ("diff(relu(x), x)", 0, "Undefined"), ("diff(relu(x), x)", 1, 1), ("diff(relu(x), x)", -1, 0),
    ("diff(relu(x)**2, x)", 0, 0), ("diff(relu(x)**2, x, 2)", 0, "Undefined"),
    ("diff(abs(x)*x, x)", 0, 0), ("diff(max(x, x), x)", 0, 1), ("diff(elu(x), x)", 0, 1),
    ("diff(elu(x, 2), x)", 0, "Undefined"), ("diff(elu(x), x, 2)", 0, "Undefined"),
    ("diff(step(x), x)", 0, "Undefined"), ("diff(hard_tanh(3*x), x)", Fraction(1, 3), "Undefined"),
    ("diff(floor(x), x)", 2, "Undefined"), ("diff(floor(x), x)", Fraction(1, 2), 0),
    ("floor(x)", Fraction(-1, 2), -1), ("sign(x)", 0, 0), ("1/x", 0, "Undefined"),
    ("0/x", 0, "Undefined"), ("x**0", 0, 1), ("log(x)", 0, "Undefined"), ("sqrt(x)", 0, 0),
    ("sqrt(x)", 4, 2), ("sqrt(x)", -1, "Undefined"), ("asin(x)", 2, "Undefined"),
    ("x**(1/3)", -8, "Unknown"), ("x**(1/2)", Fraction(1, 4), Fraction(1, 2)),
    ("(-x)**2 - x**2", 3, 0), ("-x**2", 3, -9), ("2**3**x", 2, 512),
    ("0.1 + 0.2", 0, Fraction(3, 10)),
    ("1e-3*x", 1, Fraction(1, 1000)), ("series(exp(x), x, 0, 4)", 1, Fraction(8, 3)),
    ("stack(3, lambda t: 2*t)(x)", 1, 8), ("(relu >> square)(x)", -2, 0),
    ("[1, 2] @ [3, x]", 4, None), ("dot([1, 2], [3, x])", 4, 11), ("[[1, x]] @ [3, 4]", 2, None),
    ("piecewise((1/x, x > 0), (5, True))", 0, 5), ("elu(x, alpha=2) - elu(x, 2)", 3, 0),
    ("diff(diff(x**3, x)*x, x)", 2, 36), ("diff((lambda t: diff(t**3, t))(2*x), x)", 1, 24),
    ("diff(sqrt(x), x)", 0, "Unknown"), ("min(x, 3, 1 - x)", 2, -1), ("norm([3, 4])", 0, 5),
)  # fmt: skip


@pytest.mark.parametrize(("text", "at", "wanted"), KNOWN)
def test_known_values(text: str, at: Any, wanted: Any) -> None:
    """Exact values, kinks, undefined points, precedence."""
    try:
        found = value(text, x=at)
    except Unreadable:
        found = "Unreadable"
    if wanted is None:
        require(found == "Unreadable" or isinstance(found, tuple), str(found))
    elif isinstance(wanted, str):
        require(found == wanted, str(found))
    else:
        number = fmpq(Fraction(wanted).numerator, Fraction(wanted).denominator)
        require(compare(found, "==", number) is not False, str(found))
        require(not isinstance(found, str))


def test_powers_of_balls_around_zero() -> None:
    """FLINT's own power of such a ball is no number."""
    with ctx.workprec(200):
        small = arb(0, 1e-50)
        require(not (small**2).is_finite())
        require(power(small, 2).contains(0) and power(small, 2) < arb("1e-90"))
        require(power(small, 3) > arb("-1e-140"))


UNREAD = ("x.y == 1", "f(x) == 1", "'x' == 1", "x = 1", "x in Reals", "A @ B == B @ A", "x ==",
          "x if x else 1 == 1", "linear()", "odd(3)", "[1, x] < [2, 3]", "x == 1 where odd(relu)",
          "x == 1 where x > 0 where x > 1", "diff(x**2, 3) == 1", "x == 0x10", "x == 1_000",
          "relu < tanh", "sum(v) == 1", "affine(dense(W, b))")  # fmt: skip


@pytest.mark.parametrize("text", UNREAD)
def test_what_is_beyond_the_reader_is_refused(text: str) -> None:
    """Neither read wrongly nor crashing."""
    with pytest.raises(Unreadable):
        read(text).broken(dict.fromkeys("xyzftvAB", fmpq(1)), 200)


WITNESSES = (
    ("relu(x) == x", {"x": "-1"}, True), ("relu(x) == x", {"x": "1"}, False),
    ("x/x == 1", {"x": "0"}, True), ("x > 0 where x > 1", {"x": "-1"}, False),
    ("sin(x) < 1", {"x": "pi/2"}, None), ("sin(x) <= 999/1000", {"x": "1/2*pi"}, True),
    ("exp(x) != 3", {"x": "log(3)"}, None),
    ("convex(silu)", {"x": "2", "y": "6", "t": "1/2"}, True),
    ("increasing(lambda t: -t)", {"x": "1", "y": "2"}, True),
    ("increasing(lambda t: -t)", {"x": "2", "y": "1"}, False),
    ("odd(lambda x: x + x0)", {"x": "1", "x0": "1"}, True),
    ("relu == tanh", {"x": "1"}, True),
    ("x**n >= 0 where n in Naturals", {"x": "-1", "n": "3"}, True),
)  # fmt: skip


@pytest.mark.parametrize(("text", "witness", "wanted"), WITNESSES)
def test_witnesses_are_evaluated_again(text: str, witness: Any, wanted: bool | None) -> None:
    """Confirmed, contradicted, or beyond the digits."""
    require(confirmed(read(text), witness) is wanted)


def test_a_witness_without_a_name_is_not_read() -> None:
    """A list of numbers for other names says nothing."""
    with pytest.raises(Unreadable):
        confirmed(read("x + y == 1"), {"x": "1"})
