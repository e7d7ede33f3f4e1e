"""Sign tables: claims that need cells, and what the search is made of."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest

from symact.catalog import catalogue
from symact.checker import signs
from symact.checker.certificate import TermReader
from symact.checker.region import Region
from symact.checker.resolve import resolve
from symact.language.terms import Term, name
from symact.prover import decide
from symact.prover.algebra.exact_roots import constants_near
from symact.prover.numeric.ball_jets import Jets, is_jet_term
from symact.prover.numeric.evaluate import precision
from symact.prover.numeric.simple_numbers import ball, simplest
from symact.prover.signs.one_variable import bounds, names_of, reductions
from symact.prover.tables.patterns import pattern
from symact.prover.tables.table_search import End, NoTable, Table, all_signs, one_sign
from symact.prover.tables.tail_search import tail

READER = TermReader(catalogue())
X = name("x")

# Claims whose proofs are made of cells.
BY_CELLS = [
    "exp(x) >= 1 + x",
    "x*tanh(x) <= x**2",
    "gelu(x) > -1/5",
    "silu(x) > -3/10",
    "mish(x) > -0.309",
    "gelu_tanh(x) > -0.171",
    "diff(silu(x), x) < 11/10",
    "diff(silu(x), x) <= 1.09984",
    "diff(mish(x), x) < 1.0886",
    "diff(gelu(x), x) < 1.13",
    "softplus(x) >= log(2) + x/2",
    "softplus(x) - relu(x) <= log(2)",
    "softplus(x) > gelu(x)",
    "softplus(x) >= mish(x)",
    "silu(silu(x)) >= -0.28",
    "exp(x) + exp(sqrt(2)*x) >= 2 + 2*x where x >= 0",
    "x*exp(x) >= -exp(-1)",
    "cos(x) >= 1 - x**2/2",
    "x**2*exp(-x) <= 4*exp(-2) where x >= 0",
    "erf(x) <= 2*x/sqrt(pi) where x >= 0",
    "gelu(x) >= silu(x) where x >= 0",
    "log(exp(x) - x) >= 0",
    "sqrt(exp(x) - x - 1) >= 0",
    "elu(x) >= x",
    "relu(x) <= silu(x) + 0.2785",
]

# At ends of intervals, where the function may not be analytic, and in other variables.
ENDS = [
    "log(1 + x) <= x where x > -1",
    "x*log(x) >= -exp(-1) where x > 0",
    "x*log(x) >= -1/2 where x > 0",
    "sqrt(x)*log(x) >= -1 where x > 0",
    "exp(1/x) > 1/x where x != 0",
    "sin(x) > 0 where 0 < x < pi",
    "sin(x) > 2*x/pi where 0 < x < pi/2",
    "tan(x) > x where 0 < x < pi/2",
    "exp(x - y) >= 1 + x - y",
    "tanh(x - y) <= x - y where x >= y",
    "b*x*sigmoid(b*x) > -3/10",
    "log(x/y) <= x/y - 1 where x > 0, y > 0",
]

# Facts and guards with irrational roots: cuts at rational numbers.
CUTS = [
    "x > 5/4 where x**3 > 2",
    "x < 2 where exp(x) + x < 3",
    "log(x) > 0.2 where x**3 > 2",
    "relu(x**3 - 2) >= x - 2",
    "relu(x**3 - 2) >= 3*(x - 2)",
    "max(exp(x) - 2, x) >= 1 - exp(-x)",
    "abs(x**3 - 2) >= x**2/100 - 1",
    "abs(exp(x) - 2) >= 0",
    "max(silu(x), x/2) >= x/2",
    "abs(bent_identity(x) - 1/3) + abs(tanh(x) + 1/5) >= 0.49",
    "abs(sin(x)) <= abs(x)",
]

# Each name in a summand of its own.
SUMS = [
    "exp(x) + exp(y) >= 2 + x + y",
    "silu(x) + gelu(y) > -0.45",
    "x*exp(x) + y*exp(y) >= -2*exp(-1)",
    "silu(x) + silu(y) + silu(z) > -0.84",
]

# What has to be defined is shown by cells too.
DOMAINS = [
    "1/(exp(x) - x) > 0",
    "log(1 + x**2 - x) >= -1/3",
    "sqrt(cosh(x) - 1 - x**2/2) >= 0",
    "log(x*exp(x) + 1/2) <= x*exp(x)",
]

REFUTED = [
    ("gelu(x) >= -0.16997120747990366", "x"),
    ("diff(silu(x), x) <= 1.0998", "x"),
    ("diff(silu(x), x) <= 1.09983932", "x"),
    ("x*log(x) >= -1/3 where x > 0", "x"),
    ("mish(x) > -0.30884", "x"),
]


@pytest.mark.parametrize("claim", [*BY_CELLS, *ENDS, *CUTS, *SUMS, *DOMAINS])
def test_claims_are_shown_by_cells(claim: str) -> None:
    """The claim is proved; most certificates hold cells, all are accepted."""
    verdict = decide(claim, 20)
    assert verdict.outcome == "proved", verdict.reason


@pytest.mark.parametrize("claim", BY_CELLS)
def test_certificates_hold_cells(claim: str) -> None:
    """What the range of a function or squares do not show is shown by cells."""
    assert '"cells"' in json.dumps(decide(claim, 20).certificate)


@pytest.mark.parametrize(("claim", "which"), REFUTED)
def test_the_table_finds_witnesses(claim: str, which: str) -> None:
    """A claim that fails on a short interval only is refuted by a simple number in it."""
    verdict = decide(claim, 20)
    assert verdict.outcome == "refuted", verdict.reason
    assert verdict.witness is not None
    assert len(verdict.witness[which]) < 20


@pytest.mark.parametrize("digits", [3, 6, 9, 12, 15, 18, 20, 25])
def test_nearly_tight_bounds_take_few_cells(digits: int) -> None:
    """The minimum of gelu rounded down at the last digit: convexity needs no more cells."""
    least = "16997120747990366169386847098243392"
    bound = f"{int(least[:digits]) + 1}/{10**digits}"
    verdict = decide(f"gelu(x) >= -{bound}", 20)
    assert verdict.outcome == "proved", verdict.reason
    assert len(json.dumps(verdict.certificate)) < 1_500


def term(text: str) -> Term:
    """The core term of a text, on all of space."""
    return resolve(READER.term(text), Region())


def end(value: str) -> End:
    """A rational end."""
    return End(Fraction(value))


@pytest.mark.parametrize(
    ("lower", "upper", "found"),
    [("1/3", "1/2", "1/2"), ("0.3", "0.33", "3/10"), ("-2.5", "-2.1", "-5/2"), ("-1", "2", "0")],
)
def test_simplest_rationals(lower: str, upper: str, found: str) -> None:
    """The least height in a closed interval."""
    assert simplest(Fraction(lower), Fraction(upper)) == Fraction(found)


@pytest.mark.parametrize("text", ["silu(x)", "gelu(x)", "x*log(2 + x)", "sin(x)/(2 + cos(x))"])
def test_shapes_enclose_values_and_slopes(text: str) -> None:
    """f, f' and f''/2 at points of a piece lie in the shape of the piece."""
    jets = Jets(term(text), X, 96)
    shape = jets.shape(Fraction(-1, 2), Fraction(3, 4), 6)
    for k in range(11):
        point = Fraction(-1, 2) + Fraction(k, 8)
        with precision(96):
            value, slope, bend = jets.at(ball(point), 2)
        assert shape.value.contains(value)
        assert shape.slope.contains(slope)
        assert shape.bend.contains(bend)


@pytest.mark.parametrize(
    ("text", "analytic"),
    [("exp(x)*atan(x)", True), ("floor(x)", False), ("x + y", False), ("x**3", True)],
)
def test_what_has_jets(text: str, analytic: bool) -> None:
    """Analytic functions of the one name."""
    assert is_jet_term(READER.term(text), X) == analytic


@pytest.mark.parametrize(
    ("text", "lower", "upper", "pattern_signs", "near"),
    [
        ("exp(x) - 1 - x", None, None, [1, 1], [0]),
        ("x**3 - 2", None, None, [-1, 1], [1.26]),
        ("x*exp(x)", None, None, [-1, 1], [0]),
        ("x**2 - 2", None, None, [1, -1, 1], [-1.414, 1.414]),
        ("diff(silu(x), x)", None, None, [-1, 1], [-1.278]),
        ("diff(gelu(x), x, 2)", None, None, [-1, 1, -1], [-1.414, 1.414]),
        ("gelu(x) + 0.16997120747990366", None, None, [1, -1, 1], [-0.7518, -0.7518]),
        ("sin(x)", "1", "10", [1, -1, 1, -1], [3.1416, 6.2832, 9.4248]),
        (
            "diff(sigmoid(x), x, 6)",
            None,
            None,
            [1, -1, 1, -1, 1, -1],
            [-3.94, -1.514, 0, 1.514, 3.94],
        ),
        ("(x**2 - 2)**2*(x - 1)", None, None, [-1, -1, 1, 1], [-1.414, 1, 1.414]),
        ("x - 1", "1", None, [None, 1], [1]),
        ("exp(-x)", "-3", None, [1], []),
    ],
)
def test_patterns(
    text: str,
    lower: str | None,
    upper: str | None,
    pattern_signs: list[int | None],
    near: list[float],
) -> None:
    """Signs between the roots, and where the roots are."""
    found = pattern(term(text), X, end(lower) if lower else None, end(upper) if upper else None)
    assert found is not None
    assert list(found.signs) == pattern_signs
    for crossing, place in zip(found.roots, near, strict=True):
        assert crossing.lower - Fraction(1, 10) <= place <= crossing.upper + Fraction(1, 10)


def test_both_signs_are_seen_at_once() -> None:
    """No cells are looked for when two points have opposite signs."""
    found = one_sign(term("silu(x)"), X, None, None)
    assert isinstance(found, NoTable)
    assert found.opposite is not None


@pytest.mark.parametrize("text", ["exp(x)*sin(x)", "sin(x) + 1/2"])
def test_oscillation_has_no_table(text: str) -> None:
    """Infinitely many roots: no table, and no hanging."""
    assert isinstance(all_signs(term(text), X, None, None), NoTable)


def test_tables_tile_their_interval() -> None:
    """Each piece begins where the one before it ends."""
    found = one_sign(term("gelu(x) + 1/5"), X, None, None)
    assert isinstance(found, Table)
    assert found.left is not None
    assert found.right is not None
    places = [-found.left.start, *(piece.upper for piece in found.pieces)]
    assert [piece.lower for piece in found.pieces] == places[:-1]
    assert places[-1] == found.right.start


@pytest.mark.parametrize(
    ("place", "constants"),
    [
        ("0.75", ["3/4"]),
        ("sqrt(2)", ["sqrt(2)", "-sqrt(2)"]),
        ("-pi/3", ["(-1/3)*pi"]),
        ("log(3)", ["log(3)"]),
        ("exp(-2)", ["exp(-2)"]),
        ("(1 + sqrt(5))/2", ["1/2 + 1/2*sqrt(5)", "1/2 + (-1/2)*sqrt(5)"]),
        ("exp(exp(1/3))", []),
    ],
)
def test_constants_are_recognised(place: str, constants: list[str]) -> None:
    """Constants of small height, from many digits."""
    with precision(300):
        value = Jets(READER.term(place), X, 300).value(ball(Fraction(0)))
        mantissa, exponent = value.mid().man_exp()
    digits = Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
    found = list(constants_near(digits))
    assert {READER.term(str(t)) for t in found} == {READER.term(c) for c in constants}


@pytest.mark.parametrize(
    ("text", "side", "sign"),
    [("exp(x) - x**9", 1, 1), ("silu(x)", -1, -1), ("log(x) - x", 1, -1), ("x + sin(x)", 1, 1)],
)
def test_tails_are_found(text: str, side: int, sign: int) -> None:
    """The sign far out, from some place on."""
    found = tail(READER.term(text), X, side, None, 64)
    assert found is not None
    assert found.sign == sign


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("exp(x) - x", "x"),
        ("exp(b*x) - b*x", "b*x"),
        ("exp(x - y) - x + y", "x - y"),
        ("log(x/y) - x/y", "x/y"),
        ("exp(x + y) - x - 2*y", None),
    ],
)
def test_terms_of_one_variable(text: str, of: str | None) -> None:
    """The term in which all names occur together."""
    region = Region()
    found = list(reductions(region, READER.term(text)))
    assert len(found) == (of is not None)
    if of is not None:
        assert region.normal_form.equal(found[0].of, READER.term(of))
        assert len(names_of(found[0].function)) == 1


@pytest.mark.parametrize(
    ("facts", "lower", "upper"),
    [
        ([("x", ">")], "0", None),
        ([("2*x - 3", ">="), ("x - 5", "<")], "3/2", "5"),
        ([("1 - x", ">")], None, "1"),
        ([("x**3 - 2", ">")], None, None),
        ([("y - 1", ">")], None, None),
    ],
)
def test_bounds_come_from_affine_facts(
    facts: list[tuple[str, str]], lower: str | None, upper: str | None
) -> None:
    """Facts c x + d of the region bound x; others do not."""
    region = Region()
    for fact, relation in facts:
        region.restrict(READER.term(fact), signs.SIGNS[relation])
    (reduction,) = reductions(region, X)
    found = [b.end.value if b else None for b in bounds(region, reduction)]
    assert found == [None if e is None else Fraction(e) for e in (lower, upper)]


def test_irrational_ends_lie_a_little_outside() -> None:
    """x < pi: cells reach as far as a rational number just above."""
    region = Region()
    region.restrict(READER.term("x - pi"), signs.NEGATIVE)
    (reduction,) = reductions(region, X)
    _, upper = bounds(region, reduction)
    assert upper is not None
    assert upper.end.constant is READER.term("pi")
    assert 0 < upper.end.value - upper.end.place < Fraction(1, 10**6)
