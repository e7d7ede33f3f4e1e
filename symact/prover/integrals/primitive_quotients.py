"""Candidates for quotients: f = N / Π D^k.

    products like those of N over Π D^(k-1), log D, atan for quadratic D, and for square roots

Above: `primitive_candidates`, `primitive_products`. Below: `primitive_setting`, `factoring`.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product

from symact.checker.derivatives import depends
from symact.checker.forms import Form
from symact.checker.polynomials import Polynomial
from symact.language.elementary import quotient
from symact.language.terms import Term, add, call, mul, num, power
from symact.prover.algebra.factoring import (
    factor_form,
    term_of_form,
    term_of_monomial,
    term_of_polynomial,
)
from symact.prover.integrals.primitive_setting import Setting, coefficients, root

MAX_GRID = 240
RISING = ("log", "erf", "atan")  # functions that an integral may hold to a higher power
HALF = Fraction(1, 2)


def denominators(setting: Setting, form: Form) -> Iterator[Term]:
    """log D and atan for what a form is divided by, and the powers of z in the quotient."""
    z = setting.index_of_z()
    top = Fraction(0)
    for monomial in form.num:
        top = max(top, dict(monomial).get(z, Fraction(0)))
    for n in range(1, int(top) + 1):
        yield power(setting.z, num(n))
    found = factor_form(form)
    for polynomial, exponent in () if found is None else found.factors:
        factor = term_of_polynomial(polynomial, setting.forms.generators)
        if exponent < 0 and depends(factor, setting.z):
            yield from logarithms(setting, factor)


def logarithms(setting: Setting, factor: Term) -> Iterator[Term]:
    """log D, and atan of what D is a quadratic in."""
    yield call("log", setting.positive(factor))
    form = setting.forms.form(factor)
    table = setting.forms.generators
    for g in sorted(setting.varying() & {g for m in form.num for g, _ in m}):
        if table.table[g].kind in ("name", "exp"):
            yield from _arctangent(setting, form, g)


def _arctangent(setting: Setting, form: Form, g: int) -> Iterator[Term]:
    """atan((2 a t + b) / sqrt(4 a c - b^2)) for a t^2 + b t + c, t a power of the generator."""
    table = setting.forms.generators
    by_degree: dict[Fraction, Polynomial] = {}
    for monomial, coefficient in form.num.items():
        e = dict(monomial).get(g, Fraction(0))
        by_degree.setdefault(e, {})[tuple((h, k) for h, k in monomial if h != g)] = coefficient
    degrees = sorted(by_degree)
    low = degrees[0]
    step = (degrees[-1] - low) / 2
    if table.table[g].kind == "name" and step != 1:
        return
    if low != 0 or not step or set(degrees) - {low, low + step, low + 2 * step}:
        return
    c, b, a = (
        term_of_polynomial(by_degree[d], table) if d in by_degree else num(0)
        for d in (low, low + step, low + 2 * step)
    )
    if any(depends(part, setting.z) for part in (a, b, c)):
        return
    gap = add(mul(num(4), a, c), mul(num(-1), b, b))
    if setting.sign(gap) <= 0:
        return
    t = term_of_monomial(((g, step),), Fraction(1), table)
    top = add(mul(num(2), a, t), b)
    yield call("atan", mul(top, power(root(setting, gap), num(-1))))


def over(setting: Setting, form: Form, below: list[tuple[Term, int]]) -> Iterator[Term]:
    """N / Π D^(k-1), N from a grid of products; N alone; logarithms and arctangents."""
    for factor, _ in below:
        yield from logarithms(setting, factor)
    for under in roots(setting):
        yield from _of_root(setting, under)
    divisors = [power(factor, num(1 - k)) for factor, k in below if k > 1]
    for piece in _grid(setting, form):
        yield piece
        if divisors:
            yield mul(piece, *divisors)


def _grid(setting: Setting, form: Form) -> Iterator[Term]:
    """Products of the varying generators of f, each up to its degree there, or one more."""
    table, z = setting.forms.generators, setting.index_of_z()
    dens = [dict(key) for key in form.den]
    monomials = [*form.num, *(m for den in dens for m in den)]
    used = sorted({g for m in monomials for g, _ in m} & setting.varying())
    ranges: list[list[tuple[int, Fraction]]] = []
    for g in used:
        exponents = {dict(m).get(g, Fraction(0)) for m in monomials}
        kind = table.table[g].kind
        if kind == "exp":
            choices = sorted({*exponents, *(-e for e in exponents)})
        elif kind in ("sqrt", "sin"):
            choices = [Fraction(0), Fraction(1)]
        else:
            top = max(exponents) + (1 if g == z or kind in RISING else 0)
            low = min([Fraction(0), *exponents])
            choices = [Fraction(k) for k in range(int(low), int(top) + 1)]
        ranges.append([(g, e) for e in choices])
    if z not in used:
        ranges.append([(z, Fraction(0)), (z, Fraction(1))])
    for g in sorted(setting.varying() - set(used)):
        if table.table[g].kind == "sqrt":
            ranges.append([(g, Fraction(0)), (g, Fraction(1))])
    for count, choice in enumerate(product(*ranges)):
        if count > MAX_GRID:
            return
        monomial = tuple(sorted((g, e) for g, e in choice if e))
        yield term_of_monomial(monomial, Fraction(1), table) if monomial else num(1)


def roots(setting: Setting) -> list[Form]:
    """What is under varying square roots."""
    table = setting.forms.generators.table
    return [
        g.argument
        for i, g in enumerate(table)
        if g.kind == "sqrt" and g.argument is not None and i in setting.varying()
    ]


def _of_root(setting: Setting, under: Form) -> Iterator[Term]:
    """log(sqrt(a) s + a z + b/2), or an arctangent, for s = sqrt(a z^2 + b z + c)."""
    found = coefficients(setting, under)
    if found is None or 2 not in found or set(found) - {0, 1, 2}:
        return
    a = term_of_form(found[2])
    b = term_of_form(found[1]) if 1 in found else num(0)
    s, middle = call("sqrt", term_of_form(under)), add(mul(a, setting.z), mul(num(HALF), b))
    if setting.sign(a) > 0:
        yield call("log", setting.positive(add(mul(root(setting, a), s), middle)))
    elif setting.sign(a) < 0:
        side = root(setting, mul(num(-1), a))
        c = term_of_form(found[0]) if 0 in found else num(0)
        disc = add(mul(num(Fraction(1, 4)), b, b), mul(num(-1), a, c))
        reach = add(root(setting, disc), mul(side, s))
        yield call("atan", quotient(mul(num(-1), middle), reach))
