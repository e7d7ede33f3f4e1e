"""Small helpers on arguments of functions: their forms, in lowest terms, their pieces.

Above: `power_laws`, `angle_laws`, `law_search`. Below: `builder`, `factoring`.
"""

from __future__ import annotations

from fractions import Fraction

from symact.checker.forms import Form
from symact.language.terms import Term, mul, num, power
from symact.prover.builder import Builder, written
from symact.prover.factoring import (
    Factored,
    factor_form,
    term_of_monomial,
    term_of_polynomial,
)


def form_of(builder: Builder, term: Term) -> Form:
    """The checker's form of the term, with the laws taken so far."""
    return builder.region.normal_form.form(term)


def pieces(builder: Builder, found: Factored) -> list[tuple[Term, Fraction]]:
    """The generators and factors of a factorisation as terms, with their exponents."""
    table = builder.region.normal_form.generators
    units = [
        (term_of_monomial(((g, Fraction(1)),), Fraction(1), table), e) for g, e in found.monomial
    ]
    return units + [(term_of_polynomial(p, table), Fraction(k)) for p, k in found.factors]


def add_congruence(builder: Builder, node: Term) -> None:
    """f(u) with u in lowest terms, if that changes its form."""
    form = form_of(builder, node.args[0])
    found = factor_form(form) if form.den and not form.is_zero() else None
    if found is None:
        return
    table = form.table
    factors = [power(term_of_polynomial(p, table), num(k)) for p, k in found.factors]
    reduced = mul(term_of_monomial(found.monomial, found.scale, table), *factors)
    if form_of(builder, reduced).key() != form.key():
        builder.law("congruence", node, to=written(reduced))
