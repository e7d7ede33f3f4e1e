"""What an antiderivative may be made of.

Above: `antiderivatives`. Below: `primitive_products`, `primitive_quotients`.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from symact.checker.derivatives import depends
from symact.language.terms import Term
from symact.prover.algebra.factoring import (
    factor_form,
    term_of_form,
    term_of_monomial,
    term_of_polynomial,
)
from symact.prover.integrals.primitive_products import closure
from symact.prover.integrals.primitive_quotients import over, roots
from symact.prover.integrals.primitive_setting import Setting


def candidates(setting: Setting, germ: Term) -> Iterator[list[Term]]:
    """Terms of which an antiderivative may be a combination, in batches, likely ones first."""
    form = setting.forms.form(germ)
    found = factor_form(form)
    if found is None:
        return
    table, varying = setting.forms.generators, setting.varying()
    below: list[tuple[Term, int]] = []
    for polynomial, exponent in found.factors:
        factor = term_of_polynomial(polynomial, table)
        if exponent < 0 and depends(factor, setting.z):
            below.append((factor, -exponent))
    under = [setting.forms.form(term_of_form(form)) for form in roots(setting)]
    for g in sorted({g for m in form.num for g, _ in m} & varying):
        lowest = min(dict(m).get(g, Fraction(0)) for m in form.num)
        if lowest < 0 and table.table[g].kind != "exp":
            below.append((term_of_monomial(((g, Fraction(1)),), Fraction(1), table), int(-lowest)))
    if [setting.z] == [factor for factor, _ in below] and not under:
        below = []
    if below or under:
        yield list(over(setting, form, below))
    else:
        yield from closure(setting, form)
