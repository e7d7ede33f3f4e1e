"""Small helpers on arguments of functions: their forms, in lowest terms, their pieces.

Above: `power_laws`, `angle_laws`, `law_search`. Below: `builder`, `factoring`.
"""

from __future__ import annotations

from fractions import Fraction

from symact.checker.forms import Form
from symact.language.terms import Term, call, fold, mul, num, power, rebuild
from symact.prover.algebra.factoring import (
    Factored,
    factor_form,
    term_of_monomial,
    term_of_polynomial,
)
from symact.prover.builder import Builder, written


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
    simple = reduced(builder, node.args[0])
    if simple is not None:
        builder.law("congruence", node, to=written(simple))


def reduced(builder: Builder, term: Term) -> Term | None:
    """The term in lowest terms, without roots below; None if its form stays the same."""
    form = form_of(builder, term)
    found = factor_form(form) if form.den and not form.is_zero() else None
    if found is None:
        return None
    table = form.table
    factors = [power(term_of_polynomial(p, table), num(k)) for p, k in found.factors]
    simple = rational_roots(mul(term_of_monomial(found.monomial, found.scale, table), *factors))
    return simple if form_of(builder, simple).key() != form.key() else None


def rational_roots(root: Term) -> Term:
    """The term with 1 / sqrt(u) written as sqrt(u) / u."""
    return fold(root, _rational)


def _rational(node: Term, below: list[Term]) -> Term:
    if node.op in ("given", "regular"):
        return below[0]
    if node.op == "pow" and node.args[1].value < 0:
        base, exponent = below
        if base.op == "call" and base.value[0] == "sqrt":
            k = int(-exponent.value)
            under = power(base.args[0], num(-((k + 1) // 2)))
            return mul(under, call("sqrt", base.args[0])) if k % 2 else under
        if base.op == "mul":
            return mul(*(_rational(power(f, exponent), [f, exponent]) for f in base.args))
    return rebuild(node, below)
