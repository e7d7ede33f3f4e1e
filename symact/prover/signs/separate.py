"""Signs of sums of functions of one name each: every summand is at least its minimum.

    t = g(x) + h(y) + c      g >= a      h >= b      a + b + c >= 0

Above: `sign_search`. Below: `sign_tables`, `patterns`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from flint import arb

from symact.checker import signs
from symact.checker.derivatives import derivative, substitute
from symact.checker.failures import CannotJudge
from symact.checker.polynomials import Polynomial
from symact.checker.region import Region
from symact.language.elementary import difference
from symact.language.terms import Term, add, mul, num
from symact.prover.algebra.factoring import term_of_polynomial
from symact.prover.builder import NAMES_OF_SIGNS, Builder, Show, Summands
from symact.prover.numeric.ball_jets import Jets, is_jet_term
from symact.prover.numeric.evaluate import Program, precision
from symact.prover.numeric.simple_numbers import ball, middle, simplest
from symact.prover.signs.one_variable import bounds, names_of, reductions
from symact.prover.tables.patterns import Roots, pattern
from symact.prover.tables.sign_tables import ends_of, show_by_cells
from symact.prover.tables.table_search import End

BITS = 192
MAX_PARTS = 4
MAX_TERMS = 40
WIDTH = Fraction(1, 2**100)  # of enclosures of critical points
SLACK, ZERO = Fraction(1, 2**40), Fraction(1, 2**80)  # sums above are positive, below are 0
FAR = (Fraction(2**6), Fraction(2**9))  # where a limit is looked at


@dataclass(frozen=True)
class _Least:
    """About the least value of a function, and the constant that it is, if it is attained there."""

    value: Fraction
    exact: Term | None


def show_by_parts(
    builder: Builder, polynomial: Polynomial, term: Term, show: Show, _depth: int
) -> bool:
    """A sign of a sum of functions of one name each, and a constant."""
    if len(polynomial) > MAX_TERMS or not 1 < len(names_of(term)) <= MAX_PARTS:
        return False
    table = builder.region.normal_form.generators
    rows = [(c, term_of_polynomial({m: Fraction(1)}, table)) for m, c in polynomial.items()]
    return _by_parts(builder, rows, term, show)


def show_sum_by_parts(builder: Builder, term: Term, show: Show) -> bool:
    """The same for the summands as they are written, quotients included."""
    if not 1 < len(names_of(term)) <= MAX_PARTS:
        return False
    return _by_parts(builder, list(_summands(term, Fraction(1))), term, show)


def _summands(term: Term, scale: Fraction) -> Iterator[tuple[Fraction, Term]]:
    """(c, u) with term = Σ c u and no u a sum."""
    if term.op == "add":
        for arg in term.args:
            yield from _summands(arg, scale)
    elif term.op == "mul" and term.args[0].op == "num" and len(term.args) > 1:
        yield from _summands(mul(*term.args[1:]), scale * term.args[0].value)
    else:
        yield scale, term


def _by_parts(builder: Builder, rows: list[tuple[Fraction, Term]], term: Term, show: Show) -> bool:
    for side in (Fraction(1), Fraction(-1)):
        groups: dict[str, list[Term]] = {}
        for c, u in rows:
            names = names_of(u)
            if len(names) > 1:
                return False
            groups.setdefault("".join(names), []).append(mul(num(c * side), u))
        rest = add(*groups.pop("", []))
        functions = [add(*parts) for parts in groups.values()]
        if len(functions) > 1 and _learn(builder, term, (rest, functions, side), show):
            return True
    return False


def _learn(
    builder: Builder, term: Term, sum_of: tuple[Term, list[Term], Fraction], show: Show
) -> bool:
    rest, functions, side = sum_of
    least = [_least(builder.region, f) for f in functions]
    found = [low for low in least if low is not None]
    with precision(BITS):
        (value,) = Program([rest]).run({})
    if len(found) < len(functions) or not isinstance(value, arb):
        return False
    total = middle(value) + sum(low.value for low in found)
    below = _constants(found, total)
    if below is None:
        return False
    gaps = [difference(f, a) for f, a in zip(functions, below, strict=True)]
    for gap in gaps:
        if len(builder.region.signs(gap)) > 2 and not show_by_cells(builder, {}, gap, show, 0):
            return False
    left = add(rest, *below)
    summands: Summands = [(side, [(gap, 1)]) for gap in gaps]
    if not builder.region.normal_form.form(left).is_zero():
        summands.append((side, [(left, 1)]))
    known = signs.added([builder.region.signs(factors[0][0]) for _, factors in summands])
    turned = known if side > 0 else signs.negated(known)
    if turned not in NAMES_OF_SIGNS or turned == signs.ZERO:
        return False
    return builder.learn_products(term, NAMES_OF_SIGNS[turned], summands)


def _constants(least: list[_Least], total: Fraction) -> list[Term] | None:
    """A constant below each function, so that together they are not too small."""
    if total > SLACK:
        share = total / (len(least) + 1)
        return [num(simplest(low.value - share, low.value - share / 2)) for low in least]
    exact = [low.exact for low in least if low.exact is not None]
    return exact if abs(total) < ZERO and len(exact) == len(least) else None


# -- least values ---------------------------------------------------------------------------------
def _least(region: Region, function: Term) -> _Least | None:
    """The least value between the bounds of the name; None when it is unbounded, or not found."""
    reduction = next(reductions(region, function))
    ends = ends_of(bounds(region, reduction))
    x = reduction.name
    if not is_jet_term(function, x):
        return None
    try:
        values = list(_candidates(function, x, ends))
    except CannotJudge:
        return None
    found = [low for low in values if low is not None]
    return min(found, key=lambda low: low.value) if found and None not in values else None


def _candidates(
    function: Term, x: Term, ends: tuple[End | None, End | None]
) -> Iterator[_Least | None]:
    """Values at critical points and ends; None for what is not known, or falls without bound."""
    slope = derivative(function, x)
    found = pattern(slope, x, *ends)
    if found is None:
        yield None
        return
    jets, roots = Jets(function, x, BITS), Roots(slope, x, found)
    for end, side in zip(ends, (-1, 1), strict=True):
        if end is None:
            yield from _limit(jets, side)
        else:
            constant = end.constant or num(end.value)
            yield _at(jets, end.place, substitute(function, x, constant))
    for i in range(len(roots.crossings)):
        crossing = roots.narrowed(i, WIDTH)
        place = (crossing.lower + crossing.upper) / 2
        exact = None if crossing.exact is None else substitute(function, x, crossing.exact)
        yield _at(jets, place, exact)


def _at(jets: Jets, place: Fraction, exact: Term | None) -> _Least | None:
    with precision(BITS):
        value = jets.value(ball(place))
    return _Least(middle(value), exact) if value.is_finite() else None


def _limit(jets: Jets, side: int) -> Iterator[_Least | None]:
    """About the limit far out; nothing if the function rises there."""
    near, far = (_at(jets, side * place, None) for place in FAR)
    if near is None or far is None or far.value < near.value - SLACK:
        yield None
    elif far.value <= near.value:
        yield far
