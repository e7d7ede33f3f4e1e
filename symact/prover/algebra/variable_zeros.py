"""Exact zeros of a term as a function of one of its names; the others are parameters.

Above: `piece_search`. Below: `irrational`, `factoring`.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from symact.checker import polynomials as poly
from symact.checker.derivatives import depends
from symact.checker.failures import CannotJudge, Rejected
from symact.checker.forms import Generators
from symact.checker.normal_form import NormalForm
from symact.checker.polynomials import Polynomial
from symact.language.terms import Term, mul, num, power
from symact.prover.algebra.factoring import factor_form, term_of_form, term_of_polynomial
from symact.prover.algebra.irrational import zeros


def zeros_in(normal_form: NormalForm, term: Term, variable: Term) -> Iterator[Term]:
    """The zeros that have a closed form; none where the search does not know any. Never fails."""
    try:
        form = normal_form.form(term)
        found = None if form.is_zero() else factor_form(form)
    except (Rejected, CannotJudge):
        return
    if found is None:
        return
    table = form.table
    if any(
        table.table[g].kind == "name" and g == _index(table, variable) for g, _ in found.monomial
    ):
        yield num(0)
    for factor, _ in found.factors:
        written = term_of_polynomial(factor, table)
        if not depends(written, variable):
            continue
        root = _of_linear(factor, table, variable)
        if root is None:
            yield from zeros(written)
        else:
            simple = normal_form.form(root)
            yield num(0) if simple.is_zero() else term_of_form(simple)


def _index(table: Generators, variable: Term) -> int | None:
    """The number of the generator that the name is."""
    found = (i for i, g in enumerate(table.table) if g.kind == "name" and g.key == variable.value)
    return next(found, None)


def _of_linear(factor: Polynomial, table: Generators, variable: Term) -> Term | None:
    """-b / a for a factor a z + b in which a and b are free of z; None for other factors."""
    index = _index(table, variable)
    slope: Polynomial = {}
    rest: Polynomial = {}
    for monomial, coefficient in factor.items():
        exponent = dict(monomial).get(index, 0) if index is not None else 0
        if exponent not in (0, 1):
            return None
        part = tuple((g, e) for g, e in monomial if g != index)
        (slope if exponent else rest)[part] = coefficient
    if not slope:
        return None
    over = term_of_polynomial(slope, table)
    under = term_of_polynomial(poly.scaled(rest, Fraction(-1)), table) if rest else num(0)
    root = mul(under, power(over, num(-1)))
    return None if depends(root, variable) else root
