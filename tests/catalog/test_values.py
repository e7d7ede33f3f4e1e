"""Every definition against an independent formula in floating point, written differently."""

from __future__ import annotations

import math
from collections.abc import Callable
from operator import eq, ge, gt, le, lt

import pytest

from symact.catalog import catalogue
from symact.language.functions import Value
from symact.language.parser import parse_term
from symact.language.terms import Term
from symact.language.unfold import Unfolder

POINTS = [-7.0, -3.0, -2.0, -1.25, -1.0, -0.5, -0.1, 0.0, 0.1, 0.5, 1.0, 1.5, 2.0, 3.0, 6.0, 6.5]
COMPARE = {">": gt, ">=": ge, "==": eq, "<": lt, "<=": le}
CALLS: dict[str, Callable[[float], float]] = {
    "exp": math.exp,
    "log": math.log,
    "sqrt": math.sqrt,
    "erf": math.erf,
    "atan": math.atan,
    "sin": math.sin,
    "cos": math.cos,
    "floor": math.floor,
}


def evaluate(term: Term, x: float) -> float:
    """A core term at x, in floats; branches not taken may be undefined."""
    if term.op == "ite":
        guard = evaluate(term.args[0], x)
        taken = COMPARE[term.value](guard, 0)
        return evaluate(term.args[1 if taken else 2], x)
    inner = [evaluate(arg, x) for arg in term.args]
    match term.op:
        case "num":
            return float(term.value)
        case "name":
            return x
        case "const":
            return math.pi
        case "add":
            return sum(inner)
        case "mul":
            return math.prod(inner)
        case "pow":
            return float(inner[0] ** int(inner[1]))
        case _:
            return CALLS[term.value[0]](inner[0])


def sg(x: float) -> float:
    """The logistic function through tanh."""
    return 0.5 + 0.5 * math.tanh(x / 2)


def cdf(x: float) -> float:
    """The normal distribution function through erfc."""
    return 0.5 * math.erfc(-x / math.sqrt(2))


def clip(x: float, low: float, high: float) -> float:
    """x, or the nearer bound."""
    return sorted((low, x, high))[1]


def sp(x: float) -> float:
    """softplus, stable."""
    return max(x, 0.0) + math.log1p(math.exp(-abs(x)))


REFERENCE: dict[str, Callable[[float], float]] = {
    "absolute": math.fabs,
    "arcsinh": math.asinh,
    "arctan": lambda x: math.atan2(x, 1),
    "bent_identity": lambda x: x + (math.hypot(x, 1) - 1) / 2,
    "bipolar_sigmoid": lambda x: math.tanh(x / 2),
    "bipolar_step": lambda x: -1 if x < 0 else 1,
    "bounded_relu": lambda x: clip(x, 0, 1),
    "celu": lambda x: x if x > 0 else math.expm1(x),
    "cloglog": lambda x: -math.expm1(-math.exp(x)),
    "cosine": lambda x: math.sin(x + math.pi / 2),
    "cubic": lambda x: x * x * x,
    "e_swish": lambda x: 1.375 * x * sg(x),
    "elish": lambda x: x * sg(x) if x > 0 else math.expm1(x) * sg(x),
    "elliott": lambda x: 0.5 * x / (1 + abs(x)) + 0.5,
    "elu": lambda x: x if x > 0 else math.expm1(x),
    "erf_activation": lambda x: 1 - math.erfc(x),
    "exponential": lambda x: math.e**x,
    "gaussian": lambda x: 1 / math.exp(x * x),
    "gelu": lambda x: x * cdf(x),
    "gelu_tanh": lambda x: (
        0.5 * x * (1 + math.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)))
    ),
    "gish": lambda x: x * math.log(2 - math.exp(-math.exp(x))),
    "golu": lambda x: x * math.exp(-math.exp(-x)),
    "growing_cosine": lambda x: math.cos(x) * x,
    "hard_elish": lambda x: (x if x > 0 else math.expm1(x)) * clip((x + 1) / 2, 0, 1),
    "hard_mish": lambda x: x * clip(x + 2, 0, 2) / 2,
    "hard_shrink": lambda x: x if abs(x) > 0.5 else 0,
    "hard_sigmoid": lambda x: clip(x + 3, 0, 6) / 6,
    "hard_swish": lambda x: x * clip(x + 3, 0, 6) / 6,
    "hard_tanh": lambda x: clip(x, -1, 1),
    "identity": lambda x: x,
    "isrlu": lambda x: x if x > 0 else x / math.hypot(1, x),
    "isru": lambda x: x / math.hypot(1, x),
    "leaky_relu": lambda x: max(x, x / 100),
    "lisht": lambda x: abs(x) * math.tanh(abs(x)),
    "log_cosh": lambda x: abs(x) + math.log1p(math.exp(-2 * abs(x))) - math.log(2),
    "log_log": lambda x: math.exp(-math.exp(-x)),
    "log_sigmoid": lambda x: -sp(-x),
    "logish": lambda x: x * math.log1p(sg(x)),
    "mish": lambda x: x * math.tanh(sp(x)),
    "nlrelu": lambda x: math.log1p(max(x, 0)),
    "normal_cdf": cdf,
    "pelu": lambda x: x if x > 0 else math.expm1(x),
    "penalized_tanh": lambda x: max(math.tanh(x), math.tanh(x) / 4),
    "phish": lambda x: x * math.tanh(x * cdf(x)),
    "plu": lambda x: clip(x, -1, 1) + 0.1 * (x - clip(x, -1, 1)),
    "prelu": lambda x: max(x, x / 4),
    "quadratic": lambda x: x * x,
    "quick_gelu": lambda x: x * sg(1.702 * x),
    "relu": lambda x: x if x > 0 else 0,
    "relu6": lambda x: clip(x, 0, 6),
    "s_shaped_relu": lambda x: x if x > -1 else -1 + 0.2 * (x + 1),
    "scaled_tanh": lambda x: 1.7159 * math.tanh(2 * x / 3),
    "selu": lambda x: 1.0507009873554805 * (x if x > 0 else 1.6732632423543772 * math.expm1(x)),
    "serf": lambda x: x * math.erf(sp(x)),
    "shifted_relu": lambda x: x if x > -1 else -1,
    "sigmoid": sg,
    "signum": lambda x: (x > 0) - (x < 0),
    "silu": lambda x: x * sg(x),
    "sinc": lambda x: math.sin(x) / x if x else 1,
    "sine": lambda x: math.cos(x - math.pi / 2),
    "siren": lambda x: math.sin(30 * x),
    "slu": lambda x: x if x > 0 else 2 * (sp(x) - math.log(2)),
    "smelu": lambda x: x if x > 1 else max(x + 1, 0) ** 2 / 4,
    "smish": lambda x: x * math.tanh(math.log1p(sg(x))),
    "snake": lambda x: x + (1 - math.cos(2 * x)) / 2,
    "softplus": sp,
    "softshrink": lambda x: x - clip(x, -0.5, 0.5),
    "softsign": lambda x: x / (1 + abs(x)),
    "sparse_plus": lambda x: x if x > 1 else max(x + 1, 0) ** 2 / 4,
    "sparse_sigmoid": lambda x: clip((x + 1) / 2, 0, 1),
    "sqnl": lambda x: math.copysign(1 - max(1 - abs(x) / 2, 0) ** 2, x),
    "squared_relu": lambda x: x * max(x, 0),
    "squareplus": lambda x: x / 2 + math.hypot(x / 2, 1),
    "step": lambda x: 0 if x < 0 else 1,
    "swish": lambda x: x * sg(x),
    "symlog": lambda x: math.copysign(math.log1p(abs(x)), x),
    "tanh": math.tanh,
    "tanhexp": lambda x: x * math.tanh(math.exp(x)),
    "tanhshrink": lambda x: x - math.tanh(x),
    "threshold": lambda x: x if x > 0 else 0,
    "threshold_relu": lambda x: x if x > 1 else 0,
}

GIVEN = [
    ("leaky_relu(x, 3)", lambda x: min(x, 3 * x)),
    ("prelu(x, alpha=-1)", abs),
    ("elu(x, 2)", lambda x: x if x > 0 else 2 * math.expm1(x)),
    ("celu(x, alpha=2)", lambda x: x if x > 0 else 2 * math.expm1(x / 2)),
    ("selu(x, 2, scale=3)", lambda x: 3 * (x if x > 0 else 2 * math.expm1(x))),
    ("pelu(x, 2, 4)", lambda x: x / 2 if x > 0 else 2 * math.expm1(x / 4)),
    ("softplus(x, 2)", lambda x: sp(2 * x) / 2),
    ("squareplus(x, b=0)", lambda x: max(x, 0)),
    ("smelu(x, 2)", lambda x: x if x > 2 else max(x + 2, 0) ** 2 / 8),
    ("swish(x, 2)", lambda x: x * sg(2 * x)),
    ("isru(x, 4)", lambda x: x / math.hypot(1, 2 * x)),
    ("isrlu(x, 4)", lambda x: x if x > 0 else x / math.hypot(1, 2 * x)),
    ("hard_tanh(x, 0, 6)", lambda x: clip(x, 0, 6)),
    ("softshrink(x, 2)", lambda x: x - clip(x, -2, 2)),
    ("hard_shrink(x, 2)", lambda x: x if abs(x) > 2 else 0),
    ("threshold(x, -1, 5)", lambda x: x if x > -1 else 5),
    ("threshold_relu(x, 2)", lambda x: x if x > 2 else 0),
    ("bounded_relu(x, 2)", lambda x: clip(x, 0, 2)),
    ("snake(x, 2)", lambda x: x + (1 - math.cos(4 * x)) / 4),
    ("siren(x, 2)", lambda x: math.sin(2 * x)),
    ("nlrelu(x, 3)", lambda x: math.log1p(3 * max(x, 0))),
    ("plu(x, 1/2, 2)", lambda x: (x + clip(x, -2, 2)) / 2),
    ("scaled_tanh(x, 2, b=3)", lambda x: 2 * math.tanh(3 * x)),
    ("penalized_tanh(x, 1/2)", lambda x: max(math.tanh(x), math.tanh(x) / 2)),
    ("e_swish(x, 2)", lambda x: 2 * x * sg(x)),
    (
        "s_shaped_relu(x, -2, 3, 1, 4)",
        lambda x: clip(x, -2, 1) + 3 * min(x + 2, 0) + 4 * max(x - 1, 0),
    ),
]


def core(text: str) -> Value:
    """The unfolded value of a term in claim-language text."""
    return Unfolder(catalogue()).value(parse_term(text, catalogue()), {})


def agrees(text: str, reference: Callable[[float], float]) -> None:
    """Both give the same values at the sample points, to rounding."""
    term = core(text)
    assert isinstance(term, Term)
    for x in POINTS:
        assert evaluate(term, x) == pytest.approx(reference(x), rel=1e-12, abs=1e-13), x


def test_no_scalar_entry_lacks_a_reference() -> None:
    """A new activation needs a line above."""
    names = catalogue().canonical_names()
    assert set(REFERENCE) == {n for n in names if catalogue().record(n).kind == "scalar"}


@pytest.mark.parametrize("name", sorted(REFERENCE))
def test_the_definition_is_the_known_function(name: str) -> None:
    """With default parameters."""
    agrees(f"{name}(x)", REFERENCE[name])


@pytest.mark.parametrize(("text", "reference"), GIVEN)
def test_parameters_do_what_they_should(text: str, reference: Callable[[float], float]) -> None:
    """In order and by keyword."""
    agrees(text, reference)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("softmax", [1 / 7, 4 / 7, 2 / 7]),
        ("softmin", [4 / 7, 1 / 7, 2 / 7]),
        ("log_softmax", [math.log(1 / 7), math.log(4 / 7), math.log(2 / 7)]),
    ],
)
def test_vector_entries(name: str, expected: list[float]) -> None:
    """On a list of logarithms, where the values are known."""
    found = core(f"{name}([log(1), log(4), log(2)])")
    assert isinstance(found, tuple)
    values = [evaluate(entry, 0.0) for entry in found if isinstance(entry, Term)]
    assert values == pytest.approx(expected)
