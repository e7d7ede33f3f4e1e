"""Terms and claims go to SymPy and come back meaning the same; what cannot is refused by name."""

from __future__ import annotations

import ast
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import sympy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sympy import And, Contains, Eq, Function, Implies, Lambda, Mul, Or, Pow, Rational, S, Symbol

from symact.catalog import catalogue
from symact.explain import sympy_bridge
from symact.explain.definitions import positional
from symact.explain.mpmath_arithmetic import OutOfRange
from symact.explain.mpmath_values import Evaluator
from symact.explain.sympy_bridge import (
    BridgeError,
    SympyClaim,
    as_claim_text,
    claim_from_sympy,
    from_sympy,
    to_sympy,
)
from symact.language.claims import Claim, Membership, RealSet, Relation
from symact.language.parser import parse_claim, parse_term
from symact.language.printer import print_claim, print_term
from symact.language.terms import Term, add, call, const, ite, mul, name, neg, num, power, term
from symact.language.unfold import Unfolder
from tests.language import strategies as gen
from tests.support import require

CATALOGUE = catalogue()
CLAIMS = Path(__file__).parents[1] / "claims"
x, y, n = Symbol("x", real=True), Symbol("y", real=True), Symbol("n", integer=True)
plain, positive = Symbol("x"), Symbol("x", positive=True)
gelu, relu, elu = Function("gelu"), Function("relu"), Function("elu")
u, v = name("x"), name("y")


def read(text: str) -> Term:
    """The term of a text."""
    return parse_term(text, CATALOGUE)


def unevaluated(kind: Any, *args: Any) -> Any:
    """A SymPy node just as it is written."""
    return kind(*args, evaluate=False)


INVERSE = unevaluated(Pow, x, -1)

TO_SYMPY = [
    ("x/x", unevaluated(Mul, x, INVERSE)),
    ("1/x", INVERSE),
    ("x - x", unevaluated(sympy.Add, x, unevaluated(Mul, -1, x))),
    ("0*x", unevaluated(Mul, 0, x)),
    ("x**0", unevaluated(Pow, x, 0)),
    ("sqrt(x)", sympy.sqrt(x)),
    ("0.1", Rational(1, 10)),
    ("E**x", unevaluated(Pow, sympy.E, x)),
    ("abs(x)", sympy.Abs(x)),
    ("max(x, y, 0)", unevaluated(sympy.Max, x, y, 0)),
    ("log(1)", unevaluated(sympy.log, 1)),
    ("tanh(x)", sympy.tanh(x)),
    ("gelu(x)", gelu(x)),
    ("elu(x, alpha=2)", elu(x, 2)),
    ("threshold(x, value=3)", Function("threshold")(x, 0, 3)),
    ("diff(y, x)", sympy.Expr.__new__(sympy.Derivative, y, sympy.Tuple(x, 1))),
    ("diff(sin(x), x, 2)", sympy.Derivative(sympy.sin(x), (x, 2))),
    ("limit(tanh(x), x, -oo)", sympy.Limit(sympy.tanh(x), x, -sympy.oo, "+-")),
    ("limit(x, x, 0)", sympy.Limit(x, x, 0, "+-")),
    ('limit(1/x, x, 0, "+")', sympy.Limit(INVERSE, x, 0, "+")),
    ("integral(x, x, 0, oo)", sympy.Integral(x, (x, 0, sympy.oo))),
    ("piecewise((x, x > 0), (0, True))", sympy.Piecewise((x, x > 0), (0, True))),
    ("[x, y]", sympy.ImmutableMatrix([x, y])),
    ("[[x, y], [y, x]]", sympy.ImmutableMatrix([[x, y], [y, x]])),
    ("lambda x: x**2", Lambda(x, x**2)),
    ("relu", Lambda(x, relu(x))),
    ("elu(alpha=2)", Lambda(x, elu(x, 2))),
]


@pytest.mark.parametrize(("text", "expected"), TO_SYMPY)
def test_terms_become_these_expressions(text: str, expected: Any) -> None:
    """A term becomes SymPy's own node for it, nothing evaluated."""
    assert to_sympy(read(text)) == expected


FROM_SYMPY = [
    (x + 2 * y / 3, "x + 2/3*y"),
    (x / y, "x/y"),
    (-x * y, "-(x*y)"),
    (1 / sympy.sqrt(x), "1/sqrt(x)"),
    (x**-2, "x**(-2)"),
    (x ** Rational(1, 3), "x**(1/3)"),
    (sympy.exp(x) + sympy.E, "E + exp(x)"),
    (sympy.GoldenRatio * x, "x*((1 + sqrt(5))/2)"),
    (unevaluated(sympy.log, x, 2), "log(x)/log(2)"),
    (sympy.sech(x), "1/cosh(x)"),
    (sympy.cot(x), "cos(x)/sin(x)"),
    (sympy.ceiling(x), "-floor(-x)"),
    (unevaluated(sympy.frac, x), "x - floor(x)"),
    (sympy.Heaviside(x), "piecewise((0, x < 0), (1/2, x == 0), (1, True))"),
    (sympy.Heaviside(x, 1), "piecewise((0, x < 0), (1, x == 0), (1, True))"),
    (sympy.Piecewise((0, x < 0), (x, x >= 0)), "piecewise((0, x < 0), (x, True))"),
    (sympy.Piecewise((0, x < 0), (x, x > 0)), "piecewise((0, x < 0), (x, x > 0), (1/0, True))"),
    (sympy.Piecewise((1, And(x > 0, x < 1)), (0, True)), "piecewise((1, 0 < x < 1), (0, True))"),
    (
        sympy.Piecewise((1, Or(x < 0, x > 1)), (0, True)),
        "piecewise((1, x > 1), (1, x < 0), (0, True))",
    ),
    (
        sympy.Piecewise((1, And(x > 0, y < 1)), (0, True)),
        "piecewise((1, x > 0 > y - 1), (0, True))",
    ),
    (sympy.Derivative(gelu(x), x, y), "diff(diff(gelu(x), x), y)"),
    (sympy.Integral(x * y, (x, 0, 1), (y, 0, x)), "integral(integral(x*y, x, 0, 1), y, 0, x)"),
    (sympy.Limit(1 / x, x, 0), 'limit(1/x, x, 0, "+")'),
    (sympy.Limit(1 / x, x, 0, "+-"), "limit(1/x, x, 0)"),
    (sympy.Limit(1 / x, x, sympy.oo), "limit(1/x, x, oo)"),
    (sympy.Subs(sympy.Derivative(gelu(x), x), x, 2), "(lambda x: diff(gelu(x), x))(2)"),
    (sympy.Matrix([x, 1]), "[x, 1]"),
    (sympy.Matrix([[x, 1], [2, y]]), "[[x, 1], [2, y]]"),
    (Lambda(x, relu(x)), "relu"),
    (Lambda(x, elu(x, 3)), "elu(alpha=3)"),
    (Lambda(x, elu(x, x)), "lambda x: elu(x, x)"),
    (Lambda((x, y), x + y), "lambda x, y: x + y"),
    (plain**2, "x**2"),
]


@pytest.mark.parametrize(("expression", "text"), FROM_SYMPY)
def test_expressions_become_these_terms(expression: Any, text: str) -> None:
    """A SymPy expression becomes the term that a person would write."""
    assert print_term(from_sympy(expression)) == print_term(read(text))  # type: ignore[arg-type]


REFUSED = [
    (lambda: from_sympy(0.1 * x), "floating-point"),
    (lambda: from_sympy(x**0.5), "Rational"),
    (lambda: from_sympy(sympy.I * x), "ImaginaryUnit"),
    (lambda: from_sympy(sympy.zoo), "divided by zero"),
    (lambda: from_sympy(sympy.nan), "NaN"),
    (lambda: from_sympy(sympy.gamma(x)), "gamma"),
    (lambda: from_sympy(sympy.Sum(x, (n, 0, 3))), "terms written out"),
    (lambda: from_sympy(Function("nosuch")(x)), "unknown function nosuch"),
    (lambda: from_sympy(gelu(x, y)), "gelu with 2 arguments"),
    (lambda: from_sympy(Function("symact.evil")(x)), "unknown marker"),
    (lambda: from_sympy(Function("symact.layer.evil")(x)), "unknown marker"),
    (lambda: from_sympy(Function("symact.num")()), "unknown marker"),
    (lambda: from_sympy(Symbol("z", imaginary=True)), "imaginary"),
    (lambda: from_sympy(Symbol("z", complex=True)), "complex"),
    (lambda: from_sympy(Symbol("z", even=True)), "even"),
    (lambda: from_sympy(Symbol("z", commutative=False)), "noncommutative"),
    (lambda: from_sympy(Symbol("sigmoid")), "'sigmoid'"),
    (lambda: from_sympy(Symbol("lambda")), "'lambda'"),
    (lambda: from_sympy(Symbol("x y")), "'x y'"),
    (lambda: from_sympy(plain + x), "two symbols"),
    (lambda: from_sympy(sympy.Integral(x, x)), "without bounds"),
    (lambda: from_sympy(sympy.Derivative(x, (x, Symbol("k", integer=True)))), "no such derivative"),
    (lambda: from_sympy(sympy.Piecewise((1, sympy.ITE(x > 0, x < 1, x < 2)), (0, True))), "ITE"),
    (
        lambda: from_sympy(Function("relu")(sympy.Piecewise((x > 0, y > 0), (x < 0, True)))),
        "condition",
    ),
    (lambda: from_sympy(sympy.MatrixSymbol("A", 2, 2)), "2 x 2"),
    (lambda: from_sympy("__import__('os')"), "no SymPy expression"),
    (lambda: from_sympy(S.EmptySet), "no such set"),
    (lambda: claim_from_sympy(Eq(x, x)), "True before"),
    (lambda: claim_from_sympy(True), "True before"),
    (lambda: claim_from_sympy(And(x > 0, sympy.false)), "False before"),
    (lambda: claim_from_sympy(x + 1), "states nothing"),
    (
        lambda: claim_from_sympy(Eq(x, 1), where=Contains(x + 1, S.Reals, evaluate=False)),
        "only a name",
    ),
    (lambda: to_sympy(read("limit(x*y, y, y)")), "contains y itself"),
    (lambda: to_sympy(term("nosuch")), "nosuch"),
]


@pytest.mark.parametrize(("convert", "words"), REFUSED)
def test_what_has_no_meaning_is_refused_by_name(convert: Callable[[], Any], words: str) -> None:
    """The message names the node or the way out, and claims no place in a text."""
    with pytest.raises(BridgeError) as caught:
        convert()
    assert words in str(caught.value)
    assert "line 1" not in str(caught.value)


TEXTS = [
    (Eq(gelu(x) + gelu(-x), x * sympy.erf(x / sympy.sqrt(2))), "gelu(x) + gelu(-x) == "),
    (relu(plain) >= 0, "relu(x) >= 0"),
    (unevaluated(sympy.Gt, 2, 1), "2 > 1"),
    (And(sympy.tanh(x) > -1, sympy.tanh(x) < 1), "-1 < tanh(x) < 1"),
    (Eq(sympy.sqrt(positive**2 + 1), 1, evaluate=False), "sqrt(1 + x**2) == 1 where x > 0"),
    (Implies(x > 3, relu(x) > 1), "relu(x) > 1 where x > 3"),
    (Eq(n**2, n), "n**2 == n where n in Integers"),
    (
        Eq(sympy.cos(sympy.pi * Symbol("k", integer=True, positive=True)), 1, evaluate=False),
        "k in Naturals",
    ),
    (
        unevaluated(Eq, Lambda(x, relu(x)), Lambda(x, sympy.Max(0, x))),
        "relu == (lambda x: max(0, x))",
    ),
    (SympyClaim((x > 0,), conditions=(x > 1,), negated=True), "not x > 0 where x > 1"),
    (SympyClaim((), "odd", (Lambda(x, sympy.tanh(x)),), S.Reals), "odd(tanh, on=Reals)"),
    ("relu(x) == x", "relu(x) == x"),
    (parse_claim("x > 0", CATALOGUE), "x > 0"),
]


@pytest.mark.parametrize(("given_claim", "text"), TEXTS)
def test_claims_are_written_in_the_language(given_claim: Any, text: str) -> None:
    """A claim of any form becomes text that the parser reads."""
    written = as_claim_text(given_claim)
    assert text in written
    parse_claim(written, CATALOGUE)


def test_where_takes_conditions_of_every_form() -> None:
    """Relations, conjunctions and memberships restrict a claim, SymPy's Naturals from 1."""
    k = Symbol("k", real=True)
    where = [x > 0, And(y > 0, y < 1), Contains(k, S.Naturals, evaluate=False)]
    text = as_claim_text(Eq(x * y * k, 1), where)
    assert text == "k*x*y == 1 where x > 0, 0 < y < 1, k in Naturals, k > 0"
    inside = Contains(x, sympy.Interval.Lopen(0, sympy.oo), evaluate=False)
    assert as_claim_text(Eq(x, 1), inside).endswith("where x in Interval.open(0, oo)")


SYMMETRIC_MATRICES = sympy.symbols("m k l", integer=True)


def test_matrices_of_symbolic_size_are_names() -> None:
    """Products, sums and transposes of matrix symbols; a column has no transpose."""
    m, k, _ = SYMMETRIC_MATRICES
    a, b = sympy.MatrixSymbol("A", m, k), sympy.MatrixSymbol("B", k, m)
    column = sympy.MatrixSymbol("c", m, 1)
    assert as_claim_text(Eq(a * b * column + 2 * column, column)) == "2*c + A @ B @ c == c"
    transposed = sympy.Transpose(a * b)
    assert as_claim_text(Eq(transposed, b.T * a.T, evaluate=False)) == (
        "transpose(A @ B) == transpose(B) @ transpose(A)"
    )
    with pytest.raises(BridgeError, match="transposed column"):
        claim_from_sympy(Eq(column.T * a, column.T, evaluate=False))


def test_a_dummy_gets_a_name_of_its_own() -> None:
    """A bound dummy called like a free symbol is renamed, not confused with it."""
    bound = sympy.Dummy("x", real=True)
    assert print_term(from_sympy(sympy.Integral(bound * x, (bound, 0, 1)))) in (  # type: ignore[arg-type]
        "integral(x_*x, x_, 0, 1)",
        "integral(x*x_, x_, 0, 1)",
    )


CORE = [
    (ite(">", u, u, neg(u)), sympy.Piecewise((x, x > 0), (-x, True))),
    (term("diff", (power(name("'1"), num(2)), name("'1"), u), 1), sympy.Derivative(x**2, x)),
    (term("npow", (u, name("n"))), Pow(x, Symbol("n", real=True))),
]


@pytest.mark.parametrize(("core", "expected"), CORE)
def test_core_terms_of_certificates_convert(core: Term, expected: Any) -> None:
    """Case splits, derivatives at a name and natural powers have SymPy's own form."""
    assert to_sympy(core) == expected


UNCHANGED = [
    "diff(diff(sin(x), x), x)",
    "diff(x, x, 0)",
    "integral(max(0, x), x, 0, 1)",
    "x + (x + x)",
]


@pytest.mark.parametrize("text", UNCHANGED)
def test_structure_that_sympy_would_merge_is_kept(text: str) -> None:
    """Nested derivatives, sums and cases come back as they were written."""
    assert from_sympy(to_sympy(read(text))) is read(text)


def test_a_core_derivative_elsewhere_is_applied() -> None:
    """A derivative at a point that is no new name becomes a function applied there."""
    inner = mul(name("'1"), u)
    there = to_sympy(term("diff", (inner, name("'1"), u), 1))
    assert print_term(from_sympy(there)) == "(lambda t1: diff(t1*x, t1))(x)"  # type: ignore[arg-type]
    given_term = to_sympy(term("given", (u, call("log", v))))
    assert from_sympy(given_term) is term("given", (u, call("log", v)))
    regular = term("regular", (u, call("log", v)))
    assert from_sympy(to_sympy(regular)) is regular


def test_conditions_keep_kinds() -> None:
    """Names of whole numbers are integer symbols, in claims and with `conditions`."""
    claim = to_sympy(parse_claim("x**n == x where n in Naturals", CATALOGUE))
    whole = Symbol("n", integer=True, nonnegative=True)
    assert claim.relations == (Eq(x**whole, x),)
    assert claim.conditions == (Contains(whole, S.Naturals0, evaluate=False),)
    members = [Membership("x", RealSet("Integers"))]
    assert to_sympy(u, conditions=members) == Symbol("x", integer=True)


def test_relations_and_sets_convert_alone() -> None:
    """A condition, a membership and a set go there and back by themselves."""
    for part in (
        Relation((num(0), u, num(1)), ("<", "<=")),
        Relation((u, u), ("==",)),
        Membership("x", RealSet("Naturals")),
        RealSet("Interval", num(1), num(0), True, False),
        RealSet("Interval", neg(const("oo")), u, True, False),
        RealSet("Reals"),
    ):
        assert from_sympy(to_sympy(part)) == part


def test_a_claim_is_a_boolean_where_it_can_be() -> None:
    """The relations of a chain join to And; a predicate has no such form."""
    chain = to_sympy(parse_claim("0 < sigmoid(x) < 1", CATALOGUE))
    assert len(chain.as_boolean().args) == 2
    with pytest.raises(BridgeError, match="odd"):
        to_sympy(parse_claim("odd(tanh)", CATALOGUE)).as_boolean()


def test_expansion_reaches_arithmetic() -> None:
    """`expand` writes activations out, parameters and nested definitions included."""
    assert to_sympy(read("leaky_relu(x, 1/4)"), expand=True) == sympy.Piecewise(
        (x, x >= 0), (x / 4, True)
    )
    for word in CATALOGUE.canonical_names():
        definition = CATALOGUE.lookup(word)
        if definition is not None and not definition.is_vector:
            expanded = to_sympy(call(word, u), expand=True)
            assert not expanded.atoms(sympy.core.function.AppliedUndef), word


def test_parameters_are_put_in_order() -> None:
    """Keywords and positions name the same parameters; what does not fit is refused."""
    definition = CATALOGUE.lookup("selu")
    assert definition is not None
    names = [parameter.name for parameter in definition.parameters]
    assert positional(definition, ["a", "b"], [names[1]]) == ["a", "b"]
    assert positional(definition, ["b"], [names[1]])[1] == "b"
    for values, keywords in ((["a", "b", "c"], []), (["a"], ["nosuch"])):
        with pytest.raises(BridgeError, match="has the parameters"):
            positional(definition, values, keywords)


# -- there and back -----------------------------------------------------------------------------
def test_definitions_come_back_as_they_are() -> None:
    """Every definition of the catalogue, but for the order of min and max."""
    changed = set()
    for word in CATALOGUE.canonical_names():
        definition = CATALOGUE.lookup(word)
        assert definition is not None
        if from_sympy(to_sympy(definition.body)) is not definition.body:
            changed.add(word)
    assert changed <= {"relu6", "bounded_relu", "plu"}


@pytest.mark.parametrize("file", ["true.txt", "false.txt"])
def test_the_claims_of_the_suite_come_back(file: str) -> None:
    """What comes back reads, goes to the same SymPy claim, and changes no more."""
    lines = (CLAIMS / file).read_text(encoding="utf-8").splitlines()
    claims = [line for line in lines if line.strip() and not line.startswith("#")][::3]
    assert len(claims) > 150
    for line in claims:
        there = to_sympy(parse_claim(line, CATALOGUE))
        back = claim_from_sympy(there)
        assert to_sympy(back) == there, line
        assert parse_claim(print_claim(back), CATALOGUE) == back, line


LIMITS = settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.filter_too_much]
)


LARGE = pytest.mark.filterwarnings("ignore:Generating overly large repr")


@LARGE
@given(gen.values)
@LIMITS
def test_any_term_comes_back_and_stays(value: Term) -> None:
    """The first return may normalise; the second changes nothing."""
    try:
        there = to_sympy(value, vocabulary=gen.VOCABULARY)
    except BridgeError as refusal:
        require("contains" in str(refusal), "SymPy refuses nothing but some limits")
        return
    back = from_sympy(there, vocabulary=gen.VOCABULARY)
    assert isinstance(back, Term)
    again = from_sympy(to_sympy(back, vocabulary=gen.VOCABULARY), vocabulary=gen.VOCABULARY)
    assert again is back


@LARGE
@given(gen.claims)
@LIMITS
def test_any_claim_comes_back_and_stays(claim: Claim) -> None:
    """Whole claims likewise, read again from their text."""
    try:
        back = claim_from_sympy(
            to_sympy(claim, vocabulary=gen.VOCABULARY), vocabulary=gen.VOCABULARY
        )
    except BridgeError as refusal:
        require("contains" in str(refusal), "SymPy refuses nothing but some limits")
        return
    again = to_sympy(back, vocabulary=gen.VOCABULARY)
    assert claim_from_sympy(again, vocabulary=gen.VOCABULARY) == back
    assert parse_claim(print_claim(back), gen.VOCABULARY) == back
    assert back.negated == claim.negated


# -- the same values ----------------------------------------------------------------------------
POINTS = [Fraction(-3), Fraction(-1, 2), Fraction(0), Fraction(1), Fraction(5, 2)]


def sympy_value(expression: Any, point: dict[str, Fraction]) -> Any:
    """SymPy's own value of the expression; None where it is undefined or not real."""
    values = {Symbol(k, real=True): Rational(v.numerator, v.denominator) for k, v in point.items()}
    found = expression.xreplace(values).evalf(40)
    return found if found.is_Float or found.is_Rational else None


def own_value(value: Term, point: dict[str, Fraction]) -> Any:
    """The value by the definitions of the language, in mpmath."""
    evaluator = Evaluator()
    found = evaluator.value(Unfolder(CATALOGUE).real(value, {}), point)
    return None if found is None else evaluator.number(found)


def agree(ours: Any, theirs: Any) -> bool:
    """Whether both are undefined, or close."""
    if ours is None or theirs is None:
        return ours is None and theirs is None
    return bool(abs(sympy.Float(str(ours), 40) - theirs) <= 1e-25 * max(1, abs(theirs)))


def test_the_catalogue_has_the_same_values_in_sympy() -> None:
    """Definition by definition: here, in SymPy written out, and back from there."""
    checked = 0
    for word in sorted(CATALOGUE.canonical_names()):
        definition = CATALOGUE.lookup(word)
        if definition is None or definition.is_vector:
            continue
        there = to_sympy(call(word, u), expand=True)
        back = from_sympy(there)
        assert isinstance(back, Term)
        for at in POINTS:
            ours = own_value(call(word, u), {"x": at})
            assert agree(ours, sympy_value(there, {"x": at})), (word, at)
            assert agree(ours, sympy.Float(str(own_value(back, {"x": at})), 40)), (word, at)
            checked += 1
    assert checked >= 300


PARTIAL = [
    "x/x",
    "log(x)",
    "sqrt(x)",
    "asin(x)",
    "acosh(x)",
    "atanh(x)",
    "piecewise((1/x, x != 0), (2, True))",
    "piecewise((1, -1 < x <= 1), (x, True))",
    "tan(x) + sign(x) + floor(x)",
    "erfc(x) - abs(x)",
    "max(x, 0, min(x**2, 1))",
]


@pytest.mark.parametrize("text", PARTIAL)
def test_partial_terms_keep_their_domains(text: str) -> None:
    """Undefined here is undefined (or not real) there, and the values agree elsewhere."""
    value = read(text)
    for at in POINTS:
        assert agree(own_value(value, {"x": at}), sympy_value(to_sympy(value), {"x": at})), at


SCALARS = st.recursive(
    st.one_of(st.sampled_from([u, v]), st.fractions(-3, 3, max_denominator=4).map(num)),
    lambda inner: st.one_of(
        st.builds(add, inner, inner),
        st.builds(mul, inner, inner),
        st.builds(lambda a, b: term("div", (a, b)), inner, inner),
        st.builds(neg, inner),
        st.builds(power, inner, st.sampled_from([num(2), num(-1), num(Fraction(1, 2))])),
        st.builds(call, st.sampled_from(["exp", "sqrt", "sin", "abs", "atan", "relu"]), inner),
        st.builds(call, st.sampled_from(["max", "min"]), inner, inner),
        st.builds(
            lambda a, b, c: term("piecewise", (a, term("cmp", (b, c), ("<",)), c, term("true"))),
            inner,
            inner,
            inner,
        ),
    ),
    max_leaves=7,
)


@given(SCALARS, st.sampled_from(POINTS), st.sampled_from(POINTS))
@settings(max_examples=100, deadline=None)
def test_random_terms_mean_the_same_when_they_come_back(
    value: Term, a: Fraction, b: Fraction
) -> None:
    """The value, or being undefined, survives the journey."""
    back = from_sympy(to_sympy(value, expand=True))
    assert isinstance(back, Term)
    point = {"x": a, "y": b}
    try:
        ours, theirs = own_value(value, point), own_value(back, point)
    except OutOfRange:
        return
    assert (ours is None) == (theirs is None)
    assert ours is None or abs(ours - theirs) <= 1e-30 * max(1, abs(ours))


@given(
    st.lists(
        st.tuples(st.sampled_from([x, y, S.Zero, S.One]), st.sampled_from("< <= > >=".split())),
        min_size=2,
        max_size=5,
    ),
    st.booleans(),
)
@settings(max_examples=40, deadline=None)
def test_conditions_mean_the_same_in_one_chain(parts: list[tuple[Any, str]], joined: bool) -> None:
    """And and Or of relations hold at the same points as the cases they become."""
    others = [y, x, S.One, x, y]
    relations = [
        {"<": sympy.Lt, "<=": sympy.Le, ">": sympy.Gt, ">=": sympy.Ge}[op](a, b)
        for (a, op), b in zip(parts, others, strict=False)
    ]
    condition = (And if joined else Or)(*relations)
    back = from_sympy(sympy.Piecewise((1, condition), (0, True)))
    assert isinstance(back, Term)
    for a in (Fraction(-1), Fraction(0), Fraction(1, 2), Fraction(1), Fraction(2)):
        for b in (Fraction(-2), Fraction(0), Fraction(1, 2), Fraction(1)):
            truth = condition.subs({x: Rational(a), y: Rational(b)})
            assert (own_value(back, {"x": a, "y": b}) == 1) == bool(truth)


# -- limits -------------------------------------------------------------------------------------
def test_deep_terms_convert_without_recursion() -> None:
    """A thousand nested operations and cases, there and back."""
    deep = u
    for _ in range(500):
        condition = term("cmp", (deep, num(0)), (">",))
        deep = term("piecewise", (add(call("sin", deep), num(1)), condition, deep, term("true")))
    assert from_sympy(to_sympy(deep)) is deep


def test_too_deep_for_sympy_is_said() -> None:
    """SymPy sorts the arguments of max by recursion: past its limit that is an error of ours."""
    deep = u
    for _ in range(3000):
        deep = call("max", call("sin", deep), u)
    with pytest.raises(BridgeError, match="nested too deeply"):
        to_sympy(deep)


def test_no_text_is_evaluated() -> None:
    """The modules of the bridge call nothing that evaluates text."""
    forbidden = {"eval", "exec", "sympify", "parse_expr", "lambdify", "__import__"}
    folder = Path(sympy_bridge.__file__).parent
    for path in [
        *folder.glob("bridge_*.py"),
        *folder.glob("*sympy*.py"),
        folder / "definitions.py",
    ]:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
        called = {getattr(f, "id", getattr(f, "attr", "")) for f in calls}
        assert not called & forbidden, path.name
