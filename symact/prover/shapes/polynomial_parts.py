"""Polynomials hidden in a function: the function itself, or what it follows towards ±oo.

Above: `property_search`. Below: the checker's normal forms and tails.
"""

from __future__ import annotations

from fractions import Fraction

from symact.checker.derivatives import depends
from symact.checker.failures import CannotJudge, Rejected
from symact.checker.intervals import EnclosureError
from symact.checker.normal_form import NormalForm
from symact.checker.polynomials import Polynomial
from symact.checker.tail_numbers import as_rational
from symact.checker.tail_scales import X
from symact.checker.tails import Tail
from symact.language.terms import Term, num
from symact.prover.algebra.factoring import term_of_polynomial

START, ORDER, BITS = Fraction(8), 3, 128
MAX_DEGREE = 60


def coefficients(normal_form: NormalForm, term: Term, variable: Term) -> list[Term] | None:
    """[c0, c1, …] when the normal form is a polynomial in the variable, else None."""
    form = normal_form.form(term)
    if form.den:
        return None
    table = form.table
    parts: dict[int, Polynomial] = {}
    for monomial, c in form.num.items():
        degree, rest = Fraction(0), []
        for generator, exponent in monomial:
            meaning = table.table[generator]
            if meaning.kind == "name" and meaning.key == variable.value:
                degree = exponent
            else:
                rest.append((generator, exponent))
        if degree.denominator != 1 or not 0 <= degree <= MAX_DEGREE:
            return None
        parts.setdefault(int(degree), {})[tuple(rest)] = c
    found = [
        term_of_polynomial(parts[k], table) if k in parts else num(0)
        for k in range(max(parts, default=0) + 1)
    ]
    return None if any(depends(c, variable) for c in found) else found


def followed(term: Term, variable: Term, side: int) -> list[Term] | None:
    """The polynomial whose distance from the term stays bounded towards side·oo, if tails tell."""
    try:
        tail = Tail(variable, START, side, ORDER, BITS)
        values = tail.expansion(term)
    except (Rejected, CannotJudge, EnclosureError):
        return None
    found: dict[int, Fraction] = {}
    for scale, coefficient in values.items():
        powers = dict(scale)
        degree = powers.pop(X[0][0], Fraction(0))
        if powers or degree.denominator != 1 or degree < 1:
            continue
        exact = as_rational(coefficient.exact)
        if exact is None or coefficient.error is not None or degree > MAX_DEGREE:
            return None
        found[int(degree)] = exact * side ** int(degree)
    return [num(found.get(k, Fraction(0))) for k in range(max(found, default=0) + 1)]
