"""Cross-checks see what is there, in both arithmetics, and never raise."""

from __future__ import annotations

import json
import math
import statistics
import subprocess
import sys
import time
from fractions import Fraction
from pathlib import Path
from typing import Any

import mpmath
import numpy as np
import pytest

from symact.catalog import catalogue
from symact.explain import float_values
from symact.explain.crosscheck import LABEL, cross_check, cross_check_relations
from symact.explain.mpmath_arithmetic import OutOfRange
from symact.explain.mpmath_values import Evaluator
from symact.explain.sample_points import compare, sample_points
from symact.language.parser import parse_claim, parse_term
from symact.language.predicates import Goal, goal_of
from symact.language.terms import Term, add, call, ite, mul, name, num, power, term
from symact.language.unfold import Unfolder
from symact.verdicts import Outcome, Verdict

CATALOGUE = catalogue()
CLAIMS = Path(__file__).parents[1] / "claims"
x = name("x")


def core(text: str) -> Term:
    """The core term of a text."""
    return Unfolder(CATALOGUE).real(parse_term(text, CATALOGUE), {})


def value(text: str, at: str = "0") -> Any:
    """The value in mpmath where x is `at`: an mpf, or None."""
    evaluator = Evaluator()
    found = evaluator.value(core(text), {"x": Fraction(at)})
    return None if found is None else evaluator.number(found)


def checked(text: str, outcome: Outcome = "proved", witness: dict[str, str] | None = None) -> Any:
    """The cross-check of a claim with this verdict; its JSON form is valid."""
    verdict = Verdict(text, outcome, witness=witness)
    found = cross_check(parse_claim(text, CATALOGUE), verdict, CATALOGUE)
    return json.loads(json.dumps(found, allow_nan=False))


def goal(text: str) -> Goal:
    """What a claim means."""
    return goal_of(parse_claim(text, CATALOGUE), CATALOGUE)


# -- values -------------------------------------------------------------------------------------
VALUES = [
    ("exp(1)", "0", "2.7182818284590452353602874713526624977572470936999595749669676"),
    ("4*atan(1)", "0", "3.1415926535897932384626433832795028841971693993751058209749445"),
    ("pi", "0", "3.1415926535897932384626433832795028841971693993751058209749445"),
    ("sqrt(x)", "2", "1.4142135623730950488016887242096980785696718753769480731766797"),
    ("log(x)", "2", "0.6931471805599453094172321214581765680755001343602552541206800"),
    ("erf(x)", "1", "0.8427007929497148693412206350826092592960669979663029084599378"),
    ("sin(x)", "1", "0.8414709848078965066525023216302989996225630607983710656727517"),
    ("cos(x)", "1", "0.5403023058681397174009366074429766037323104206179222276700972"),
    ("floor(x)", "-7/2", "-4"),
    ("floor(exp(x))", "3", "20"),
    ("x**3 - x/4", "5/2", "15"),
    ("x**(-2)", "1/2", "4"),
    ("piecewise((1/x, x != 0), (7, True))", "0", "7"),
    ("max(x, 1 - x)", "1/4", "0.75"),
    ("exp(-1000)", "0", "5.0759588975494567652918094795743369193055992828928373618323e-435"),
]


@pytest.mark.parametrize(("text", "at", "expected"), VALUES)
def test_values_have_fifty_digits(text: str, at: str, expected: str) -> None:
    """Known constants, to a relative error of 1e-49."""
    with mpmath.workdps(70):
        known = mpmath.mpf(expected)
        assert abs(mpmath.mpf(value(text, at)) - known) <= abs(known) * mpmath.mpf("1e-49")


UNDEFINED = [
    ("1/x", "0"),
    ("x/x", "0"),
    ("0*log(x)", "0"),
    ("log(x)", "-1"),
    ("exp(log(x))", "0"),
    ("sqrt(x)", "-1/4"),
    ("piecewise((1, 1/x > 0), (2, True))", "0"),
    ("tan(x)/x", "0"),
    ("diff(relu(x), x)", "0"),
    ("diff(abs(x - 1/3), x)", "1/3"),
    ("diff(step(x), x)", "0"),
    ("diff(relu(x), x, 2)", "0"),
    ("diff(relu(x)**2, x, 2)", "0"),
    ("diff(log(x), x)", "-1"),
    ("diff(sqrt(x), x)", "0"),
]


@pytest.mark.parametrize(("text", "at"), UNDEFINED)
def test_undefined_is_none(text: str, at: str) -> None:
    """Outside its domain a term has no value; at a kink a derivative has none, at any order."""
    assert value(text, at) is None


DERIVATIVES = [
    ("diff(x**5, x)", "5*x**4"),
    ("diff(x**5, x, 3)", "60*x**2"),
    ("diff(tanh(x), x)", "1 - tanh(x)**2"),
    ("diff(sigmoid(x), x, 2)", "sigmoid(x)*(1 - sigmoid(x))*(1 - 2*sigmoid(x))"),
    ("diff(erf(x), x)", "2*exp(-x**2)/sqrt(pi)"),
    ("diff(diff(sin(x)*x, x), x)", "2*cos(x) - x*sin(x)"),
    ("diff(relu(x)**2, x)", "2*relu(x)"),
    ("diff(elu(x), x)", "piecewise((1, x > 0), (exp(x), True))"),
]


@pytest.mark.parametrize(("text", "closed"), DERIVATIVES)
@pytest.mark.parametrize("at", ["-7/2", "0", "1/3", "2"])
def test_derivatives_have_forty_digits(text: str, closed: str, at: str) -> None:
    """mpmath's differences against the closed form."""
    expected = value(closed, at)
    assert abs(value(text, at) - expected) <= 1e-40 * max(1, abs(expected))


CANCELLING = [
    ("1 - sigmoid(x)", "exp(-x)/(1 + exp(-x))", "100"),
    ("(1 - sigmoid(x))*exp(x)", "1/(1 + exp(-x))", "300"),
    ("cosh(x)**2 - sinh(x)**2", "1", "100"),
    ("asinh(sinh(x))", "x", "-40"),
    ("log(sigmoid(x)/(1 - sigmoid(x)))", "x", "100"),
    ("log(-log(log_log(x)))", "-x", "800"),
    ("log(1 + exp(-x))*exp(x)", "1 - exp(-x)/2", "100"),
    ("sin(x + 2*pi)", "sin(x)", "100"),
    ("diff(1 - sigmoid(x), x)", "-sigmoid(x)*sigmoid(-x)", "60"),
]


@pytest.mark.parametrize(("text", "closed", "at"), CANCELLING)
def test_cancellation_is_met_with_more_digits(text: str, closed: str, at: str) -> None:
    """The digits that summands cancel are replaced: thirty are right all the same."""
    expected = value(closed, at)
    assert abs(value(text, at) - expected) <= abs(expected) * 1e-30


TOO_EXPENSIVE = [
    ("exp(exp(exp(x)))", "9"),
    ("x**(1/3)", "-8"),
    ("cosh(x)**2 - sinh(x)**2", "800"),
    ("1/(1 - tanh(x))", "800"),
    ("sin(exp(exp(x)))", "9"),
]


@pytest.mark.parametrize(("text", "at"), TOO_EXPENSIVE)
def test_what_is_too_expensive_is_no_value(text: str, at: str) -> None:
    """Neither a wrong value nor "undefined" comes of too few digits."""
    with pytest.raises(OutOfRange):
        value(text, at)


def test_no_credit_no_digits() -> None:
    """Without credit a cancelling point is given up; others are not touched by that."""
    evaluator = Evaluator(credit=0)
    assert evaluator.value(core("1 - sigmoid(x)"), {"x": Fraction(1)}) is not None
    with pytest.raises(OutOfRange):
        evaluator.value(core("1 - sigmoid(x)"), {"x": Fraction(100)})


def test_rational_values_stay_exact() -> None:
    """Rational arithmetic yields fractions, and so do functions at the obvious points."""
    at = {"x": Fraction(1, 3)}
    assert Evaluator().value(core("relu(x - 1/3) + exp(x*0) + x**2"), at) == Fraction(10, 9)
    assert isinstance(Evaluator().value(core("x**(-3)"), at), Fraction)


def test_given_needs_its_premises() -> None:
    """A value that is given some terms is undefined where one of them is."""
    both = term("given", (x, call("log", x)))
    assert Evaluator().value(both, {"x": Fraction(2)}) == 2
    assert Evaluator().value(both, {"x": Fraction(-2)}) is None
    assert np.isnan(float_values.values(both, {"x": np.array([-2.0])}, 1)[0])


def test_regular_is_known_only_with_its_premises() -> None:
    """Where a premise is undefined nothing is known: no number, and not that there is none."""
    power_of_0 = term("regular", (x, call("log", x)))
    assert Evaluator().value(power_of_0, {"x": Fraction(2)}) == 2
    with pytest.raises(OutOfRange):
        Evaluator().value(power_of_0, {"x": Fraction(0)})


def test_the_global_precision_is_left_alone() -> None:
    """The evaluator has a context of its own."""
    before = mpmath.mp.prec
    checked("tanh(x) == 2*sigmoid(2*x) - 1")
    assert mpmath.mp.prec == before


def test_deep_terms_take_no_recursion() -> None:
    """Sums and case splits three thousand deep, in both arithmetics."""
    deep = x
    for i in range(1500):
        deep = ite(
            ">", add(deep, num(-i)), add(deep, num(1)), mul(num(-1), deep) if i % 2 else deep
        )
    found = Evaluator().value(deep, {"x": Fraction(2)})
    assert float_values.values(deep, {"x": np.array([2.0])}, 1)[0] == float(found)


# -- float64 ------------------------------------------------------------------------------------
def test_float_values_are_those_of_numpy() -> None:
    """Functions and arithmetic, at several points at once."""
    at = np.array([0.25, 1.0, 3.5])
    text = "erf(x) + atan(x)*log(x) - floor(x)/sqrt(x) + exp(-x)*sin(x)*cos(x) + x**3"
    expected = [
        math.erf(p)
        + math.atan(p) * math.log(p)
        - math.floor(p) / math.sqrt(p)
        + math.exp(-p) * math.sin(p) * math.cos(p)
        + p**3
        for p in at
    ]
    assert float_values.values(core(text), {"x": at}, 3) == pytest.approx(expected, rel=1e-14)


@pytest.mark.parametrize(("text", "at"), [(t, a) for t, a in UNDEFINED if "diff" not in t])
def test_float_values_are_nan_where_undefined(text: str, at: str) -> None:
    """The domain is the language's: log(0) is nan, not -inf."""
    point = {"x": np.array([float(Fraction(at))])}
    assert np.isnan(float_values.values(core(text), point, 1)[0])


@pytest.mark.parametrize(("text", "closed"), DERIVATIVES)
def test_float_derivatives_are_rough(text: str, closed: str) -> None:
    """Central differences: a few digits."""
    at = {"x": np.array([-1.5, 0.75, 2.0])}
    expected = float_values.values(core(closed), at, 3)
    assert float_values.values(core(text), at, 3) == pytest.approx(expected, rel=1e-3, abs=1e-4)


def test_numbers_beyond_float64_are_infinite() -> None:
    """A huge rational rounds to inf; nothing raises."""
    assert float_values.rounded(Fraction(10) ** 400) == math.inf
    assert float_values.rounded(-(Fraction(10) ** 400)) == -math.inf
    assert checked("x + 1e400 > x")["relations"][0]["float64"]["not_finite"] > 0


def test_the_catalogue_agrees_in_both_arithmetics() -> None:
    """Every activation of a real number, at moderate points, to nine digits."""
    points = [Fraction(p, 4) for p in (-12, -5, -2, 0, 1, 3, 10)]
    columns = {"x": np.array([float(p) for p in points])}
    evaluator, count = Evaluator(), 0
    for word in sorted(CATALOGUE.canonical_names()):
        definition = CATALOGUE.lookup(word)
        if definition is None or definition.is_vector:
            continue
        body = core(f"{word}(x)")
        floats = float_values.values(body, columns, len(points))
        for at, rounded in zip(points, floats, strict=True):
            exact = evaluator.value(body, {"x": at})
            if exact is None:
                assert np.isnan(rounded), (word, at)
            else:
                assert float(exact) == pytest.approx(rounded, rel=1e-9, abs=1e-12), (word, at)
            count += 1
    assert count > 400


# -- sample points ------------------------------------------------------------------------------
CONDITIONS = [
    ("x == x where 0 < x < 1", 8),
    ("x == x where x in Interval(2, 3)", 8),
    ("x == x where x > 100", 3),
    ("x + n == n + x where n in Naturals", 40),
    ("x*n == n*x where n in Integers, x > 0, n < 0", 20),
    ("x*y == y*x where x < y", 40),
    ("x*y == y*x where x == 3, y == 1/7", 1),
    ("x*y == y*x where x + y == 1", 1),
    ("x == x where exp(x) > 2", 8),
    ("increasing(sigmoid)", 40),
]


@pytest.mark.parametrize(("text", "least"), CONDITIONS)
def test_points_satisfy_the_conditions(text: str, least: int) -> None:
    """Checked in floats here, and there are enough of them, all different, the same every time."""
    meaning = goal(text)
    points = sample_points(meaning, 40, Evaluator())
    assert least <= len(points) <= 40
    assert len({tuple(p.items()) for p in points}) == len(points)
    assert points == sample_points(meaning, 40, Evaluator())
    whole = dict(meaning.integral)
    for point in points:
        assert all(point[n].denominator == 1 for n in whole)
        columns = {n: np.array([float(p)]) for n, p in point.items()}
        for left, op, right in meaning.conditions:
            a, b = (float(float_values.values(s, columns, 1)[0]) for s in (left, right))
            equal = math.isclose(a, b)
            holds = {"<": a < b, "<=": a <= b or equal, ">": a > b, ">=": a >= b or equal}
            assert equal if op == "==" else holds[op]


def test_points_are_of_both_signs_and_reach_the_tails() -> None:
    """Without conditions: zero, small and large, negative and positive, few repeated by chance."""
    points = [p["x"] for p in sample_points(goal("relu(x) == x"), 40, Evaluator())]
    assert min(points) <= -800
    assert max(points) >= 800
    assert 0 in points
    assert any(0 < p < Fraction(1, 100) for p in points)
    pairs = sample_points(goal("x*y == y*x"), 40, Evaluator())
    assert {(p["x"] > 0, p["y"] > 0) for p in pairs} == {(a, b) for a in (0, 1) for b in (0, 1)}


def test_whole_names_get_whole_values() -> None:
    """Naturals from 0, integers of both signs, without any condition."""
    for kind, sign in (("Naturals", 1), ("Integers", -1)):
        meaning = Goal(((name("n"), "==", num(0)),), (), (("n", kind),))
        points = [p["n"] for p in sample_points(meaning, 20, Evaluator())]
        assert all(p.denominator == 1 for p in points)
        assert (min(points) < 0) == (sign < 0)


def test_no_point_no_check() -> None:
    """Conditions that no sample point satisfies are said so."""
    for where in ("x**2 == 2, x > 0", "x**2 == 1/4 + 1e-12"):
        assert "no sample point" in checked(f"x == 1 where {where}")["skipped"]


COMPARED = [
    ("<", Fraction(1), Fraction(2), True),
    ("<", Fraction(1), Fraction(1), False),
    ("==", Fraction(1), Fraction(1), True),
    ("!=", Fraction(1), Fraction(1), False),
    (">=", Fraction(1), Fraction(2), False),
    ("==", "1.5", "1.5", None),
    ("<", "1.5", "1.5000000001", True),
    ("==", "1.5", "1.5000000001", False),
    (">", "1.5", "1.5000000001", False),
    ("!=", "1e-200", "0", None),
]


@pytest.mark.parametrize(("op", "left", "right", "expected"), COMPARED)
def test_comparisons_know_their_limits(op: str, left: Any, right: Any, expected: Any) -> None:
    """Fractions compare exactly; rounded numbers that nearly agree are not told apart."""
    evaluator = Evaluator()
    a, b = (v if isinstance(v, Fraction) else evaluator.context.mpf(v) for v in (left, right))
    assert compare(op, a, b, evaluator) is expected


# -- whole cross-checks -------------------------------------------------------------------------
def test_a_proof_shows_the_largest_discrepancy() -> None:
    """Where, how large, in which arithmetic; and that it is no evidence."""
    found = checked("tanh(x) == 2*sigmoid(2*x) - 1")
    (relation,) = found["relations"]
    assert found["label"] == LABEL == "floating point, not evidence"
    assert found["points"] == relation["defined"] >= 20
    assert 0 < relation["float64"]["absolute"] < 1e-14
    assert float(relation["mpmath"]["absolute"]) < 1e-48
    assert relation["mpmath"]["fails"] == 0
    assert set(relation["float64"]["at"]) == {"x"}
    assert relation["float64"]["not_finite"] > 0  # exp(1600) overflows


def test_a_false_claim_is_seen() -> None:
    """The discrepancy of a wrong identity is its true size."""
    (relation,) = checked("relu(x) == x", "undecided")["relations"]
    assert relation["float64"]["absolute"] == 800.0
    assert relation["float64"]["at"] == {"x": "-800"}
    assert relation["mpmath"]["fails"] > 5


def test_undefined_points_are_counted() -> None:
    """x/x has one sample point less than there are, and derivatives are labelled."""
    assert checked("x/x == 1")["relations"][0]["undefined"] == 1
    found = checked("diff(relu(x), x) == step(x)")
    assert found["relations"][0]["undefined"] == 1
    assert found["derivatives"] == {
        "float64": "central differences",
        "mpmath": "mpmath.diff from both sides",
    }


def test_inequalities_show_their_violation() -> None:
    """0 where they hold; the excess where they do not; equality counts where it is exact."""
    (below, above) = checked("0 < sigmoid(x) < 1")["relations"]
    assert below["measure"] == above["measure"] == "largest violation"
    assert below["float64"]["absolute"] == above["float64"]["absolute"] == 0
    (relation,) = checked("x**2 <= 100", "undecided")["relations"]
    assert relation["float64"]["absolute"] == 800.0**2 - 100
    assert checked("x**2 > 0", "undecided")["relations"][0]["mpmath"]["fails"] == 1


def test_unequal_shows_the_closest_approach() -> None:
    """For != the smallest gap is what matters."""
    (relation,) = checked("x**2 + 1 != x")["relations"]
    assert relation["measure"] == "closest approach"
    assert relation["float64"]["absolute"] == 0.75
    assert relation["float64"]["at"] == {"x": "1/2"}


WITNESSES = [
    ("relu(x) == x", {"x": "-1"}, ("0.0", "-1.0", False), ("0.0", "-1.0", False)),
    ("x/x == 1", {"x": "0"}, ("nan", "1.0", False), ("undefined", "1.0", False)),
    ("sin(x) == x", {"x": "pi/2"}, ("1.0", "1.5707963267948966", False), ("1.0", "1.57079", False)),
    (
        "x < 1/3",
        {"x": "1/3"},
        ("0.3333333333333333",) * 2 + (False,),
        ("0.33333", "0.33333", False),
    ),
    ("exp(x) < x", {"x": "1000"}, ("inf", "1000.0", False), ("1.97007", "1000.0", False)),
    ("x**2 == 2", {"x": "sqrt(2)"}, ("2.0000000000000004", "2.0", False), ("2.0", "2.0", None)),
]


@pytest.mark.parametrize(("text", "witness", "floats", "exact"), WITNESSES)
def test_a_witness_shows_both_sides(
    text: str,
    witness: dict[str, str],
    floats: tuple[str, str, bool],
    exact: tuple[str, str, bool | None],
) -> None:
    """Both sides in both arithmetics; None where fifty digits do not tell."""
    found = checked(text, "refuted", witness)
    (relation,) = found["relations"]
    assert found["witness"] is True
    assert tuple(relation["float64"].values()) == floats
    assert relation["mpmath"]["left"].startswith(exact[0])
    assert relation["mpmath"]["right"].startswith(exact[1])
    assert relation["mpmath"]["holds"] is exact[2]


def test_a_negation_is_checked_at_its_witness() -> None:
    """`not S` is proved by a point: it is shown like that of a refutation."""
    found = checked("not even(relu)", "proved", {"x": "1"})
    assert found["witness"] is True
    assert found["relations"][0]["mpmath"]["holds"] is False


SKIPPED = [
    ("x == x", "error", None, "no claim was judged"),
    ("A @ B == B @ A", "proved", None, ""),
    ("limit(tanh(x), x, oo) == 1", "undecided", None, "limit"),
    ("x == 1", "refuted", {}, "witness"),
    ("log(x) == x", "refuted", {"x": "log(-1)"}, "witness"),
    ("x == 1", "refuted", {"x": "[1, 2]"}, "real number"),
    ("x == 1", "refuted", {"x": "1 +"}, "expected"),
]


@pytest.mark.parametrize(("text", "outcome", "witness", "words"), SKIPPED)
def test_what_cannot_be_evaluated_is_said(
    text: str, outcome: Outcome, witness: dict[str, str] | None, words: str
) -> None:
    """The reason stands in the place of the values; nothing raises."""
    found = checked(text, outcome, witness)
    assert words in found["skipped"]
    assert found["label"] == LABEL


def test_unknown_operators_and_large_terms_are_skipped() -> None:
    """A term that is not of the core, a function that is not, and one too large."""
    strange = [(term("nosuch", (x,)), "==", x)]
    assert "nosuch" in cross_check_relations(strange, [], "proved")["skipped"]
    assert "gamma" in cross_check_relations([(call("gamma", x), "==", x)], [], "proved")["skipped"]
    large = x
    for _ in range(5000):
        large = call("exp", mul(num(-1), call("sin", large)))
    found = cross_check_relations([(large, "==", x)], [], "proved")
    assert "too large" in found["skipped"]


def test_core_relations_can_be_checked_alone() -> None:
    """Relations, conditions and whole numbers given as core terms."""
    relation = (term("npow", (num(-1), name("n"))), "==", num(1))
    found = cross_check_relations(
        [relation], [(name("n"), ">=", num(0))], "undecided", None, {"n": "Naturals"}
    )
    assert found["relations"][0]["mpmath"]["fails"] > 2
    found = cross_check_relations([(power(x, num(2)), ">=", num(0))], [], "proved", {"x": num(-3)})
    assert found["relations"][0]["mpmath"] == {"left": "9.0", "right": "0.0", "holds": True}


def test_a_thousand_layers_are_checked() -> None:
    """Depth costs time, not recursion."""
    (relation,) = checked("stack(1000, relu)(x) == relu(x)")["relations"]
    assert relation["mpmath"]["fails"] == 0
    assert relation["defined"] >= 3


def _claims(file: str, step: int) -> list[str]:
    lines = (CLAIMS / file).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")][::step]


def _seen(found: Any) -> bool:
    """Whether a cross-check shows that the claim fails."""
    return any(
        r["mpmath"]["fails"] or r["undefined"] or float(r["mpmath"]["relative"] or 0) > 1e-30
        for r in found["relations"]
        if r["relation"] != "!="
    )


def test_true_claims_show_no_discrepancy() -> None:
    """A slice of the suite's true claims: no failure, nothing undefined, thirty digits agree."""
    checks = [
        (text, checked(text)) for text in _claims("true.txt", 9) if not text.startswith("not")
    ]
    sampled = [(text, found) for text, found in checks if "relations" in found]
    assert len(sampled) > 50
    assert [text for text, found in sampled if _seen(found)] == []


def test_most_false_claims_show_one() -> None:
    """A slice of the false ones: sampling sees nearly all (it proves nothing)."""
    checks = [
        checked(text, "undecided") for text in _claims("false.txt", 9) if not text.startswith("not")
    ]
    sampled = [found for found in checks if "relations" in found]
    assert len(sampled) > 60
    assert sum(map(_seen, sampled)) >= 0.95 * len(sampled)


def test_typical_claims_take_milliseconds() -> None:
    """The median of a slice is far below the bound for a busy machine."""
    times = []
    for text in _claims("true.txt", 20):
        claim = parse_claim(text, CATALOGUE)
        begun = time.process_time()
        cross_check(claim, Verdict(text, "proved"), CATALOGUE)
        times.append(time.process_time() - begun)
    assert statistics.median(times) < 0.06


def test_libraries_load_on_first_use() -> None:
    """Importing the module loads neither numpy nor mpmath nor sympy."""
    code = (
        "import sys, symact.explain.crosscheck;"
        "print(sorted({'numpy', 'mpmath', 'sympy'} & set(sys.modules)))"
    )
    root = Path(__file__).parents[2]
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=root, check=False
    )
    assert run.stdout.strip() == "[]", run.stderr
