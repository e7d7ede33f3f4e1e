"""Antiderivatives by undetermined coefficients: F = Σ c_j F_j with F' = f, c_j free of z.

The F_j are products that occur in f, in their derivatives and in their integrals, and logarithms
and arctangents of what f is divided by (Risch, Norman 1977; here only as a heuristic).

Nothing here is evidence: the checker differentiates F.

Above: `primitives`. Below: `primitive_candidates`, `linear_forms`.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache

from symact.checker.derivatives import depends, derivative
from symact.checker.failures import CannotJudge, Rejected
from symact.checker.forms import Form
from symact.checker.normal_form import NormalForm
from symact.language.terms import Term, add, mul, num
from symact.prover.algebra.factoring import term_of_form
from symact.prover.algebra.linear_forms import equations, solve
from symact.prover.algebra.lowest_terms import rational_roots
from symact.prover.integrals.primitive_candidates import candidates
from symact.prover.integrals.primitive_setting import Setting

MAX_CANDIDATES = 160
REMEMBERED = 256  # the same piece is met by the look and by the proof
MAX_SECONDS = 0.5  # before the last batch: what has an antiderivative takes less


def antiderivative(germ: Term, z: Term, sample: Mapping[str, Fraction]) -> Term | None:
    """An F with F' = germ near the sample point; None when none is found."""
    if not depends(germ, z):
        return mul(germ, z)
    try:
        return _search(rational_roots(germ), z, tuple(sorted(sample.items())))
    except (Rejected, CannotJudge, ZeroDivisionError):
        return None


@lru_cache(maxsize=REMEMBERED)
def _search(germ: Term, z: Term, sample: tuple[tuple[str, Fraction], ...]) -> Term | None:
    forms = NormalForm()
    setting = Setting(forms, z, dict(sample))
    right = forms.form(germ)
    if right.is_zero():
        return num(0)
    slopes: dict[Term, Form] = {}
    end = time.perf_counter() + MAX_SECONDS
    for batch in candidates(setting, germ):
        for candidate in batch:
            written = term_of_form(forms.form(candidate))
            if written not in slopes:
                slope = forms.form(rational_roots(derivative(written, z)))
                if not slope.is_zero():
                    slopes[written] = slope
        if len(slopes) > MAX_CANDIDATES or time.perf_counter() > end:
            return None
        columns = list(slopes.values())
        rows = equations(columns, right, setting.varying())
        values = solve(rows, len(columns), forms.generators)
        if values is not None:
            return _combination(forms, values, list(slopes))
    return None


def _combination(forms: NormalForm, values: list[Form], terms: list[Term]) -> Term:
    """Σ value · term."""
    one = forms.generators.number(Fraction(1))
    parts = []
    for value, term in zip(values, terms, strict=True):
        simple = forms.form(rational_roots(term_of_form(value)))
        if not simple.is_zero():
            parts.append(term if (simple - one).is_zero() else mul(term_of_form(simple), term))
    return add(*parts) if parts else num(0)
