"""Jets against power series of balls at 600 bits: sound, narrow, and loud in refusing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from math import factorial
from time import perf_counter
from typing import Any

import pytest
from flint import arb, arb_series, ctx, fmpq
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from symact.catalog import catalogue
from symact.checker.certificate import TermReader
from symact.checker.derivatives import derivative
from symact.checker.derivatives import given as given_that
from symact.checker.failures import CannotJudge
from symact.checker.intervals import EnclosureError, Interval
from symact.checker.jets import Jets, _sum_of_powers, jet, taylor
from symact.language.terms import Term, add, call, const, fold, ite, mul, name, num, power
from tests.support import require

Q = Fraction
X = name("x")
FUNCTIONS = ("exp", "log", "sqrt", "erf", "atan", "sin", "cos")
TRUE_BITS = 600
FAR = 1 << 17  # bits of the largest numbers that are looked at
PRECISIONS = (24, 32, 64, 128)
quick = settings(max_examples=200, deadline=None)
READER = TermReader(catalogue())


# -- the truth ------------------------------------------------------------------------------------
@contextmanager
def _series(order: int) -> Iterator[None]:
    bits, cap = ctx.prec, ctx.cap
    ctx.prec, ctx.cap = TRUE_BITS, order + 1
    try:
        yield
    finally:
        ctx.prec, ctx.cap = bits, cap


def _ball(value: Q) -> Any:
    return arb(fmpq(value.numerator, value.denominator))


def _operation(node: Term, below: list[Any], variable: Any) -> Any:
    if node is X:
        return variable
    if node.op == "num":
        return arb_series([_ball(node.value)])
    if node.op == "const":
        return arb_series([arb.pi()])
    if node.op in ("add", "mul"):
        result = below[0]
        for other in below[1:]:
            result = result + other if node.op == "add" else result * other
        return result
    if node.op == "pow":
        raised = arb_series([1])
        for _ in range(abs(int(node.args[1].value))):
            raised = raised * below[0]
        return raised if node.args[1].value >= 0 else 1 / raised
    return getattr(below[0], node.value[0])()


def _exact(ball: Any) -> Q:
    man, exponent = ball.man_exp()
    return Q(int(man)) * Q(2) ** max(int(exponent), -FAR)  # |man| < 2**TRUE_BITS: 0, or nearly


def true_coefficients(root: Term, point: Q, order: int) -> list[tuple[Q, Q]] | None:
    """Ends of a narrow ball around each a_k at the point; None where they are not known."""
    with _series(order):
        try:
            found = fold(root, lambda n, b: _operation(n, b, arb_series([_ball(point), 1])))
        except (ValueError, ZeroDivisionError):
            return None
        balls = list(found.coeffs())
        balls += [arb(0)] * (order + 1 - len(balls))
        if not all(ball.is_finite() and abs(ball) < arb(2) ** FAR for ball in balls):
            return None
        parts = [(_exact(ball.mid()), _exact(ball.rad())) for ball in balls]
        return [(mid - rad, mid + rad) for mid, rad in parts]


def holds(enclosure: Interval, truth: tuple[Q, Q], scale: int = 1) -> bool:
    """Whether an enclosure can contain `scale` times the number that is known so well."""
    return enclosure.lower <= scale * truth[1] and scale * truth[0] <= enclosure.upper


# -- random terms and places ----------------------------------------------------------------------
fractions = st.builds(Q, st.integers(-24, 24), st.integers(1, 8))
leaves = st.one_of(st.just(X), st.just(X), fractions.map(num), st.just(const("pi")))


def _larger(smaller: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    return st.one_of(
        st.builds(add, smaller, smaller),
        st.builds(mul, smaller, smaller),
        st.builds(mul, smaller, smaller, smaller),
        st.builds(lambda base, n: power(base, num(n)), smaller, st.integers(-3, 5)),
        st.builds(call, st.sampled_from(FUNCTIONS), smaller),
        st.builds(call, st.sampled_from(FUNCTIONS), smaller),
    )


random_terms = st.recursive(leaves, _larger, max_leaves=7)


@quick
@given(random_terms, fractions, st.integers(0, 9), st.sampled_from(PRECISIONS))
def test_random_terms_at_points(root: Term, point: Q, order: int, bits: int) -> None:
    """Every coefficient lies in its enclosure."""
    truth = true_coefficients(root, point, order)
    assume(truth is not None)
    try:
        found = jet(root, X, Interval.of(point, bits), order)
    except EnclosureError:
        return
    require(len(found) == order + 1)
    for enclosure, true in zip(found, truth or [], strict=True):
        require(holds(enclosure, true), f"{root} at {point} with {bits} bits")


random_pieces = st.builds(lambda a, width: (a, a + abs(width) / 4), fractions, fractions)
parts = st.integers(0, 16)


def _inside(piece: tuple[Q, Q], part: int) -> Q:
    return piece[0] + (piece[1] - piece[0]) * part / 16


@quick
@given(
    random_terms,
    random_pieces,
    st.tuples(st.integers(0, 8), st.integers(0, 3), st.sampled_from(PRECISIONS)),
    st.lists(parts, min_size=1, max_size=3),
)
def test_random_terms_on_pieces(
    root: Term, piece: tuple[Q, Q], options: tuple[int, int, int], places: list[int]
) -> None:
    """Jets and Taylor forms over a piece hold at its points, and f is defined at all of them."""
    (lower, upper), (order, shown, bits) = piece, options
    try:
        wide = jet(root, X, Interval.between(lower, upper, bits), order)
        form = taylor(root, X, lower, upper, order, bits, shown)
    except EnclosureError:
        return
    for place in places:
        point = _inside(piece, place)
        truth = true_coefficients(root, point, max(order, shown))
        require(truth is not None, f"{root} is analytic at {point}")
        for enclosure, true in zip(wide, truth or [], strict=False):
            require(holds(enclosure, true), f"{root} at {point} with {bits} bits")
        require(holds(form, (truth or [])[shown]), f"{root} at {point} with {bits} bits")


@quick
@given(
    random_terms,
    random_pieces,
    st.tuples(parts, parts),
    st.tuples(st.integers(1, 4), st.integers(0, 8), st.sampled_from(PRECISIONS)),
)
def test_quotients_at_a_zero(
    factor: Term, piece: tuple[Q, Q], places: tuple[int, int], options: tuple[int, int, int]
) -> None:
    """f = (x - r)^k q on a piece with r: the enclosure of f / (x - r)^k holds q."""
    root, point = (_inside(piece, part) for part in places)
    zeros, order, bits = options
    product = mul(power(add(X, num(-root)), num(zeros)), factor)
    try:
        source = Jets(product, X, bits)
        found = source.quotient(*piece, Interval.of(root, bits), zeros, order)
    except EnclosureError:
        return
    truth = true_coefficients(factor, point, 0)
    require(truth is not None and holds(found, truth[0]), f"{product} at {point} with {bits} bits")


ACTIVATIONS = (
    "x/(1 + exp(-x))", "x*(1 + erf(x/sqrt(2)))/2", "x*tanh(softplus(x))", "tanh(x)", "softplus(x)",
    "x/sqrt(1 + x**2)", "atan(x/3 - 1)**3", "exp(-x**2)*sin(2*x)", "log(1 + exp(x)*cosh(x))",
    "cos(x)/(2 + sin(x))", "erf(sqrt(4 + x))/x**2", "asinh(x)", "sigmoid(sigmoid(x))**(-4)",
)  # fmt: skip
PIECES = ((Q(1, 2), Q(1, 2)), (Q(-3), Q(-29, 10)), (Q(1, 10), Q(1, 3)), (Q(1), Q(3)))


@pytest.mark.parametrize("piece", PIECES, ids=str)
@pytest.mark.parametrize("text", ACTIVATIONS)
def test_activations_on_pieces(text: str, piece: tuple[Q, Q]) -> None:
    """Jets, Taylor forms and derivatives contain the truth at 16 bits, where rounding shows."""
    root = READER.term(text)
    truths = [true_coefficients(root, _inside(piece, part), 8) or [] for part in (0, 5, 16)]
    for bits in (16, 20, 64):
        wide = jet(root, X, Interval.between(*piece, bits), 8)
        forms = [taylor(root, X, *piece, order, bits, s) for s in (0, 1, 2) for order in (1, 6)]
        for truth in truths:
            require(all(map(holds, wide, truth)), f"{text} with {bits} bits")
            for position, form in enumerate(forms):
                require(holds(form, truth[position // 2]), f"{text}: form {position}")


# -- what a reader learns -------------------------------------------------------------------------
COEFFICIENTS: tuple[tuple[str, str, Callable[[int], Q]], ...] = (
    ("exp(x)", "0", lambda k: Q(1, factorial(k))),
    ("log(1 + x)", "0", lambda k: Q((-1) ** (k + 1), k) if k else Q(0)),
    ("1/(1 - x)", "0", lambda _: Q(1)),
    ("1/x", "2", lambda k: Q((-1) ** k, 2 ** (k + 1))),
    ("sin(x)", "0", lambda k: Q((-1) ** (k // 2), factorial(k)) if k % 2 else Q(0)),
    ("cos(x)", "0", lambda k: Q(0) if k % 2 else Q((-1) ** (k // 2), factorial(k))),
    ("atan(x)", "0", lambda k: Q((-1) ** (k // 2), k) if k % 2 else Q(0)),
    ("sqrt(1 + 4*x)", "0", lambda k: Q([1, 2, -2, 4, -10, 28, -84, 264, -858][k])),
    ("(1 + x)**3", "0", lambda k: Q([1, 3, 3, 1, 0, 0, 0, 0, 0][k])),
    ("(1 + x)**(-2)", "0", lambda k: Q((-1) ** k * (k + 1))),
    ("erf(x)*sqrt(pi)", "0", lambda k: Q([0, 2, 0, Q(-2, 3), 0, Q(1, 5), 0, Q(-1, 21), 0][k])),
)


@pytest.mark.parametrize(("text", "point", "truth"), COEFFICIENTS)
def test_known_coefficients(text: str, point: str, truth: Callable[[int], Q]) -> None:
    """Contained at 100 bits, and known to 90 of them."""
    found = jet(READER.term(text), X, Interval.of(Q(point), 100), 8)
    for k, enclosure in enumerate(found):
        require(enclosure.contains(truth(k)), f"{text}: a_{k} in {enclosure}")
        require(enclosure.hi - enclosure.lo <= 1 << 10, f"{text}: a_{k} is {enclosure}")


def test_over_an_interval() -> None:
    """x^2 on [-1, 1]: values in [0, 1], slopes in [-2, 2], second coefficient 1, then zeros."""
    found = jet(READER.term("x*x"), X, Interval.between(-1, 1, 64), 4)
    ends = [(a.lower, a.upper) for a in found]
    require(ends == [(0, 1), (-2, 2), (1, 1), (0, 0), (0, 0)], str(ends))
    cube = jet(READER.term("x**3"), X, Interval.between(-1, 2, 64), 0)[0]
    require((cube.lower, cube.upper) == (-1, 8), str(cube))


def test_a_taylor_form_is_narrow() -> None:
    """exp(x) - 1 - x - x^2/2 on [-1/8, 1/8] is within 1/3000 of 0; a plain jet is not."""
    root = READER.term("exp(x) - 1 - x - x**2/2")
    form = taylor(root, X, Q(-1, 8), Q(1, 8), 8, 64)
    plain = jet(root, X, Interval.between(Q(-1, 8), Q(1, 8), 64), 0)[0]
    require(-Q(1, 3000) < form.lower < 0 < form.upper < Q(1, 2800), str(form))
    require(plain.upper - plain.lower > Q(1, 4), str(plain))


@pytest.mark.parametrize("shown", [0, 1, 2, 3])
def test_a_taylor_form_shows_a_derivative(shown: int) -> None:
    """f^(s)/s! of the jet of f is what the jet of the derivative says, for every order asked."""
    root = READER.term("x/(1 + exp(-x))")
    slope = root
    for _ in range(shown):
        slope = derivative(slope, X)
    exact = jet(slope, X, Interval.of(Q(1, 2), 128), 0)[0]
    for order in range(9):
        form = taylor(root, X, Q(1, 2) - Q(1, 100), Q(1, 2) + Q(1, 100), order, 128, shown)
        scaled = Interval(factorial(shown) * form.lo, factorial(shown) * form.hi, 128)
        require(exact.within(scaled), f"{exact} {scaled}")


@pytest.mark.parametrize("exponent", range(6))
def test_powers_of_a_step(exponent: int) -> None:
    """c h^i lies in its enclosure at both ends, at 3 bits, where nothing is exact."""
    terms = [Interval.of(0, 3)] * exponent + [Interval.of(1024, 3)]
    for left in range(20):
        for right in range(20):
            found = _sum_of_powers(terms, Interval(-left, right, 3))
            for h in (-Q(left, 8), Q(right, 8)):
                require(found.contains(1024 * h**exponent), f"({h})^{exponent} in {found}")


# -- refusals -------------------------------------------------------------------------------------
REFUSED = (
    ("log(x)", 0, 1), ("log(x)", -1, 1), ("log(x)", -2, -1), ("sqrt(x)", 0, 1),
    ("sqrt(x)", -1, 1), ("1/x", 0, 1), ("1/x", -1, 1), ("x**(-2)", -1, 1), ("x**(-3)", -1, 0),
    ("0*log(x)", -1, 1), ("log(x)**0", -1, 1), ("x/x", -1, 1), ("exp(1/x)", 0, 1),
    ("1/(sin(x) - 2*cos(x))", 1, 2), ("log(log(-1))", 0, 1), ("x**(1/3)", -1, 1),
    ("exp(exp(exp(x)))", 100, 101), ("((x**1000)**1000)**100", 2, 3),
)  # fmt: skip


@pytest.mark.parametrize("order", [0, 1, 5])
@pytest.mark.parametrize(("text", "lower", "upper"), REFUSED)
def test_what_is_not_analytic_is_refused(text: str, lower: int, upper: int, order: int) -> None:
    """A part without a derivative, or without a value, counts even where nothing rests on it."""
    begun = perf_counter()
    with pytest.raises(EnclosureError):
        jet(READER.term(text), X, Interval.between(lower, upper, 64), order)
    require(perf_counter() - begun < 60)


UNKNOWN = (
    ite(">", X, num(1), num(0)),
    call("floor", X),
    name("y"),
    add(X, name("y")),
    power(X, X),
    power(X, num(Q(1, 2))),
    power(X, num(10**9)),
    const("oo"),
)


@pytest.mark.parametrize("root", UNKNOWN, ids=repr)
def test_other_terms_are_not_judged(root: Term) -> None:
    """Kinks, steps, other names, and exponents that are no integers of moderate size."""
    with pytest.raises(CannotJudge):
        jet(root, X, Interval.of(1, 64), 2)


def test_what_a_value_needs_is_looked_at() -> None:
    """`given(x, log(x))` is x where log(x) is defined."""
    root = given_that(X, call("log", X))
    found = jet(root, X, Interval.between(1, 2, 64), 1)
    require([(a.lower, a.upper) for a in found] == [(1, 2), (1, 1)], str(found))
    with pytest.raises(EnclosureError):
        jet(root, X, Interval.between(-1, 2, 64), 1)


def test_an_inverted_piece_is_refused() -> None:
    """Of an empty set everything could be shown."""
    with pytest.raises(EnclosureError):
        taylor(X, X, Q(1), Q(0), 4, 64)
    with pytest.raises(EnclosureError):
        Jets(X, X, 64).quotient(Q(1), Q(0), Interval.of(0, 64), 1, 4)
    with pytest.raises(EnclosureError):
        Jets(X, X, 64).jet(Interval.of(0, 65), 1)
