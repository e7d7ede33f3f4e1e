"""The search for sign proofs: factor, find the sign of each factor, multiply; else combine facts.

Above: `law_search`, `cases`. Below: `monotone`, `squares`, `combinations`, `factoring`, `builder`.
"""

from __future__ import annotations

from fractions import Fraction

from symact.checker import signs
from symact.checker.forms import Form
from symact.checker.polynomials import Polynomial
from symact.checker.signs import SIGNS
from symact.language.terms import Term
from symact.prover.builder import NAMES_OF_SIGNS, Builder, Factors
from symact.prover.combinations import show_by_combination, show_by_program
from symact.prover.factoring import (
    Factored,
    factor_form,
    term_of_monomial,
    term_of_polynomial,
)
from symact.prover.monotone import show_by_monotone
from symact.prover.squares import show_by_conjugate, show_by_squares

MAX_SEARCH_DEPTH = 4
ATTEMPTS = (show_by_monotone, show_by_squares, show_by_program, show_by_conjugate)


def show(builder: Builder, term: Term, relation: str, depth: int = 0) -> bool:
    """Whether `term relation 0` is known, after adding what facts it takes; False: none found."""
    if builder.region.holds(term, relation):
        return True
    form = builder.region.normal_form.form(term)
    if form.is_zero() or depth > MAX_SEARCH_DEPTH:
        return False
    found = factor_form(form)
    if found is None:
        return False
    factors = _show_factors(builder, found, form, relation, depth)
    if builder.region.holds(term, relation):
        return True
    if _multiply(builder, term, found.scale, factors, relation):
        return True
    return show_by_combination(builder, term, form, relation)


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


def _show_any(
    builder: Builder, polynomial: Polynomial, term: Term, depth: int, nonzero_is_enough: bool
) -> None:
    """Tries to learn a definite sign of an irreducible factor."""
    known = builder.region.signs(term)
    if len(known) == 1 or (nonzero_is_enough and 0 not in known):
        return
    for attempt in ATTEMPTS:
        if attempt(builder, polynomial, term, show, depth):
            return
