"""Signs by scaling: a term of several names that is a product of powers and of a term of one u.

    t = c y^m exp(v) g(u)      u = x/y, x y, x - y, or the argument of a function, or its difference

Above: `sign_search`. Below: `sign_tables`, `one_variable`, `factoring`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations, islice

from symact.checker import signs
from symact.checker.derivatives import depends, derivative, substitute
from symact.checker.failures import CannotJudge, Rejected
from symact.checker.polynomials import Polynomial
from symact.language.elementary import difference
from symact.language.terms import Term, mul, name, num, postorder, power
from symact.prover.algebra.factoring import (
    Factored,
    factor_form,
    term_of_monomial,
    term_of_polynomial,
)
from symact.prover.builder import NAMES_OF_SIGNS, Builder, Factors, Show
from symact.prover.signs.one_variable import (
    Reduction,
    candidates,
    fresh_variable,
    names_of,
    transferred,
)
from symact.prover.tables.sign_tables import show_as

MAX_NAMES = 4
MAX_CANDIDATES = 10


@dataclass(frozen=True)
class _Product:
    """scale · Π factor^exponent, with the factors that are functions of the one variable."""

    scale: Fraction
    factors: Factors
    views: tuple[tuple[Term, Reduction], ...]


def show_by_scaling(
    builder: Builder, _polynomial: Polynomial, term: Term, show: Show, depth: int
) -> bool:
    """The sign of a product of simple factors and a function of one variable."""
    names = names_of(term)
    if not 1 < len(names) <= MAX_NAMES or all(t.op != "call" for t in postorder(term)):
        return False
    z = fresh_variable(names)
    for of, x, back in islice(_variables(term, names, z), MAX_CANDIDATES):
        product = _product(builder, term, Reduction(term, z, of, x, back))
        if product is not None and _learn(builder, term, product, show, depth):
            return True
    return False


def _variables(term: Term, names: list[str], z: Term) -> Iterator[tuple[Term, Term, Term]]:
    """(u, x, the x with u = z)."""
    yield from candidates(term, names, z)
    calls = [t for t in postorder(term) if t.op == "call"]
    for node in calls:
        if node.args[0].op != "name" and len(names_of(node.args[0])) > 1:
            yield from _solved(node.args[0], names, z)
    exponents = [node.args[0] for node in calls if node.value[0] == "exp"]
    for left, right in combinations(exponents, 2):
        yield from _solved(difference(left, right), names, z)


def _solved(of: Term, names: list[str], z: Term) -> Iterator[tuple[Term, Term, Term]]:
    """The names x with u = c x + d, c and d free of x."""
    for which in reversed(names):
        x = name(which)
        try:
            slope = derivative(of, x)
        except CannotJudge:
            continue
        if depends(of, x) and not depends(slope, x):
            rest = substitute(of, x, num(0))
            yield of, x, mul(difference(z, rest), power(slope, num(-1)))


def _product(builder: Builder, term: Term, view: Reduction) -> _Product | None:
    """The factors, those of z taken at u; None when a factor mixes z with other names."""
    try:
        moved = transferred(builder.region, term, view)
        form = None if moved is None else builder.region.normal_form.form(moved)
        found = None if form is None or form.is_zero() else factor_form(form)
    except (Rejected, CannotJudge):
        return None
    factors: Factors = []
    views: list[tuple[Term, Reduction]] = []
    for factor, exponent in () if found is None else _parts(builder, found):
        names = names_of(factor)
        here = substitute(factor, view.variable, view.of)
        if view.variable.value in names:
            if len(names) > 1:
                return None
            views.append((here, replace(view, function=factor)))
        factors.append((here, exponent))
    simpler = any(t.op == "call" for _, v in views for t in postorder(v.function))
    return _Product(found.scale, factors, tuple(views)) if found is not None and simpler else None


def _parts(builder: Builder, found: Factored) -> Iterator[tuple[Term, int]]:
    table = builder.region.normal_form.generators
    for generator, e in found.monomial:
        if table.table[generator].kind == "exp":
            yield term_of_monomial(((generator, e),), Fraction(1), table), 1
        else:
            yield term_of_monomial(((generator, Fraction(1)),), Fraction(1), table), int(e)
    for polynomial, exponent in found.factors:
        yield term_of_polynomial(polynomial, table), exponent


def _learn(builder: Builder, term: Term, product: _Product, show: Show, depth: int) -> bool:
    _show_any(builder, product.views[0][1].of, show, depth)
    known = signs.of_number(product.scale)
    seen = dict(product.views)
    for factor, exponent in product.factors:
        if factor in seen and len(builder.region.signs(factor)) > 1:
            show_as(builder, factor, seen[factor], show)
        elif factor not in seen:
            _show_any(builder, factor, show, depth)
        here = builder.region.signs(factor)
        if exponent < 0 and 0 in here:
            return False
        known = signs.multiplied(known, signs.to_power(here, Fraction(exponent)))
    if known == signs.ANY or known not in NAMES_OF_SIGNS:
        return False
    builder.learn_products(term, NAMES_OF_SIGNS[known], [(product.scale, product.factors)])
    return builder.region.signs(term) <= known


def _show_any(builder: Builder, term: Term, show: Show, depth: int) -> None:
    """Learns a sign of the term, if one is found."""
    if len(builder.region.signs(term)) > 1:
        _ = any(show(builder, term, r, depth + 1) for r in (">", "<", ">=", "<="))
