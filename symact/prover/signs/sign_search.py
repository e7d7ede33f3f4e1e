"""The search for sign proofs: factor, find the sign of each factor, multiply; else combine facts.

Above: `law_search`, `cases`. Below: `monotone`, `squares`, `combinations`, `factoring`, `builder`.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from symact.checker import polynomials as poly
from symact.checker import signs
from symact.checker.forms import Form
from symact.checker.polynomials import Polynomial
from symact.checker.signs import SIGNS
from symact.language.terms import Term, mul, postorder
from symact.prover.algebra.factoring import (
    Factored,
    factor_form,
    term_of_monomial,
    term_of_polynomial,
)
from symact.prover.builder import NAMES_OF_SIGNS, Builder, Factors, Show
from symact.prover.positivity.positivity import show_by_positivity
from symact.prover.signs.combinations import show_by_combination, show_by_program
from symact.prover.signs.ends import show_by_ends
from symact.prover.signs.monotone import show_by_monotone
from symact.prover.signs.one_variable import names_of
from symact.prover.signs.roots import show_by_roots
from symact.prover.signs.scaling import show_by_scaling
from symact.prover.signs.separate import show_by_parts, show_sum_by_parts
from symact.prover.signs.squares import show_as_written, show_by_conjugate, show_by_squares
from symact.prover.tables.sign_tables import changes_sign, has_other_facts, show_by_cells

MAX_SEARCH_DEPTH = 4
SHORT = 2  # monomials: of such terms the range of a function often tells the sign
Attempt = Callable[[Builder, Polynomial, Term, Show, int], bool]
ATTEMPTS: tuple[Attempt, ...] = (
    show_by_monotone,
    show_by_squares,
    show_by_program,
    show_by_parts,
    show_by_roots,
    show_by_conjugate,
    show_by_cells,
    show_by_scaling,
    show_by_ends,
    show_by_positivity,
)


# What is tried for a term with both signs between its bounds, where there are other facts.
QUICK = (show_by_monotone, show_by_program, show_by_roots, show_by_conjugate)


def show(builder: Builder, term: Term, relation: str, depth: int = 0) -> bool:
    """Whether `term relation 0` is known, after adding what facts it takes; False: none found."""
    if builder.region.holds(term, relation):
        return True
    form = builder.region.normal_form.form(term)
    if form.is_zero() or depth > MAX_SEARCH_DEPTH:
        return False
    if show_as_written(builder, term, relation):
        return True
    found = factor_form(form)
    if found is None:
        return False
    factors = _show_factors(builder, found, form, relation, depth)
    if builder.region.holds(term, relation):
        return True
    if _multiply(builder, term, found.scale, factors, relation):
        return True
    if _show_together(builder, term, found.scale, factors, (relation, depth)):
        return True
    if len(factors) > 1 and show_by_cells(builder, form.num, term, show, depth):
        return builder.region.holds(term, relation)
    if form.den and show_sum_by_parts(builder, term, show):
        return builder.region.holds(term, relation)
    return show_by_combination(builder, term, form, relation)


def show_factors_by_cells(builder: Builder, term: Term, relation: str) -> bool:
    """The sign by those of the factors, shown by cells alone: quick to fail."""
    form = builder.region.normal_form.form(term)
    found = None if form.is_zero() else factor_form(form)
    if found is None:
        return False
    factors: Factors = []
    for polynomial, exponent in found.factors:
        factor = term_of_polynomial(polynomial, form.table)
        if exponent % 2 and len(builder.region.signs(factor)) > 1:
            show_by_cells(builder, polynomial, factor, show, 0)
        factors.append((factor, exponent))
    for generator, e in found.monomial:
        factors.append((term_of_monomial(((generator, e),), Fraction(1), form.table), 1))
    return _multiply(builder, term, found.scale, factors, relation)


def _show_factors(
    builder: Builder, found: Factored, form: Form, relation: str, depth: int
) -> Factors:
    """The factors as terms, after trying to learn the sign of each one that matters."""
    table = form.table
    strict = relation in (">", "<", "!=")
    factors: Factors = []
    for polynomial, exponent in found.factors:
        factor = term_of_polynomial(polynomial, table)
        if exponent % 2 or strict:
            _show_any(builder, polynomial, factor, depth, exponent % 2 == 0)
        factors.append((factor, exponent))
    for generator, e in found.monomial:
        unit = term_of_monomial(((generator, Fraction(1)),), Fraction(1), table)
        kind = table.table[generator].kind
        if kind == "exp":
            factors.append((term_of_monomial(((generator, e),), Fraction(1), table), 1))
            continue
        if kind not in ("name", "const"):
            alone: Polynomial = {((generator, Fraction(1)),): Fraction(1)}
            _show_any(builder, alone, unit, depth, e % 2 == 0)
        factors.append((unit, int(e)))
    return factors


def _multiply(
    builder: Builder, term: Term, scale: Fraction, factors: Factors, relation: str
) -> bool:
    """The sign of scale · Π factor^k, when the signs of the factors give it."""
    if scale == 1 and len(factors) == 1 and factors[0][1] == 1:
        return False
    known = signs.of_number(scale)
    for factor, exponent in factors:
        here = builder.region.signs(factor)
        if exponent < 0 and 0 in here:
            return False
        known = signs.multiplied(known, signs.to_power(here, Fraction(exponent)))
    if known and known <= SIGNS[relation]:
        builder.learn_products(term, NAMES_OF_SIGNS[known], [(scale, factors)])
    return builder.region.holds(term, relation)


def _show_together(
    builder: Builder, term: Term, scale: Fraction, factors: Factors, goal: tuple[str, int]
) -> bool:
    """The sign by that of the product of those factors that change sign, by cells."""
    relation, depth = goal
    unknown = [u for u, k in factors if k % 2 and len(builder.region.signs(u)) > 1]
    if len(unknown) < 2:
        return False
    rest = [(u, k - (u in unknown)) for u, k in factors]
    form = builder.region.normal_form.form(mul(*unknown))
    product = term_of_polynomial(form.num, form.table)
    if form.den or not show_by_cells(builder, form.num, product, show, depth):
        return False
    return _multiply(builder, term, scale, [*rest, (product, 1)], relation)


def _show_any(
    builder: Builder, polynomial: Polynomial, term: Term, depth: int, nonzero_is_enough: bool
) -> None:
    """Tries to learn a definite sign of an irreducible factor."""
    known = builder.region.signs(term)
    if len(known) == 1 or (nonzero_is_enough and 0 not in known):
        return
    place = poly.key(polynomial)
    changes, before = builder.searched.get(place, (-1, 0))
    if changes == builder.changes and before <= depth:
        return
    for attempt in _attempts(builder, polynomial, term):
        if attempt(builder, polynomial, term, show, depth):
            break
    builder.searched[place] = builder.changes, depth


def _attempts(builder: Builder, polynomial: Polynomial, term: Term) -> tuple[Attempt, ...]:
    """Cells come early for long transcendental terms of one name, where little else decides. Where
    such a term is seen to have both signs, only facts that are not bounds could exclude one.
    """
    if len(names_of(term)) != 1:
        return ATTEMPTS
    if changes_sign(builder, term):
        return QUICK if has_other_facts(builder, term) else (show_by_program,)
    if len(polynomial) <= SHORT or all(t.op != "call" for t in postorder(term)):
        return ATTEMPTS
    return (show_by_squares, show_by_cells, *ATTEMPTS)
