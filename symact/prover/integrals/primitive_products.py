"""Candidates for products: from each product t of f, those whose derivative holds it.

    z t      t       t / z      erf for exp(-p z^2 + …)      sines for cosines and back

Above: `primitive_candidates`. Below: `primitive_quotients`, `primitive_setting`, `factoring`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from symact.checker import polynomials as poly
from symact.checker.derivatives import depends, derivative
from symact.checker.forms import Form
from symact.checker.polynomials import Monomial
from symact.language.terms import Term, add, call, mul, num, power
from symact.prover.algebra.factoring import term_of_form, term_of_monomial
from symact.prover.algebra.lowest_terms import rational_roots
from symact.prover.integrals.primitive_quotients import denominators
from symact.prover.integrals.primitive_setting import Setting, coefficients, root

MAX_ROUNDS = 4
HALF = Fraction(1, 2)


@dataclass(frozen=True)
class Piece:
    """z^n exp(w) Π θ^k: one product, with what is free of z left out."""

    n: Fraction
    exponent: Monomial  # in exponential generators
    rest: Monomial  # in other generators


def _piece(setting: Setting, monomial: Monomial) -> Piece:
    table, varying, z = setting.forms.generators.table, setting.varying(), setting.index_of_z()
    n = Fraction(0)
    exponent: list[tuple[int, Fraction]] = []
    rest: list[tuple[int, Fraction]] = []
    for g, e in monomial:
        if g == z:
            n = e
        elif g in varying:
            (exponent if table[g].kind == "exp" else rest).append((g, e))
    return Piece(n, tuple(exponent), tuple(rest))


def _term(setting: Setting, piece: Piece, *more: Term) -> Term:
    """The product as a term."""
    table = setting.forms.generators
    factors = [power(setting.z, num(piece.n))] if piece.n else []
    if piece.exponent or piece.rest:
        monomial = tuple(sorted((*piece.exponent, *piece.rest)))
        factors.append(term_of_monomial(monomial, Fraction(1), table))
    return mul(*factors, *more)


def closure(setting: Setting, form: Form) -> Iterator[list[Term]]:
    """Candidates for each product in f, and then for what their derivatives hold besides."""
    waiting = [_piece(setting, m) for m in form.num]
    seen: set[Piece] = set(waiting)
    for _ in range(MAX_ROUNDS):
        batch: list[Term] = []
        more: list[Piece] = []
        for piece in waiting:
            for candidate in _integrals(setting, piece):
                batch.append(candidate)
                slope = setting.forms.form(_slope(candidate, setting.z))
                if _has_denominator(setting, slope):
                    batch.extend(denominators(setting, slope))
                else:
                    more.extend(_piece(setting, monomial) for monomial in slope.num)
        yield batch
        waiting = [piece for piece in dict.fromkeys(more) if piece not in seen]
        seen.update(waiting)
        if not waiting:
            return


def _has_denominator(setting: Setting, form: Form) -> bool:
    below = Form(form.table, {poly.ONE: Fraction(1)}, form.den)
    return bool(form.den) and depends(term_of_form(below), setting.z)


def _slope(candidate: Term, z: Term) -> Term:
    return rational_roots(derivative(candidate, z))


def _integrals(setting: Setting, piece: Piece) -> Iterator[Term]:
    """Terms whose derivatives hold the product."""
    waves = [g for g, _ in piece.rest if setting.forms.generators.table[g].kind in ("sin", "cos")]
    if waves:
        yield from _waves(setting, piece)
    if not piece.exponent:
        if piece.n == -1:
            log = call("log", setting.positive(setting.z))
            yield _term(setting, Piece(Fraction(0), (), piece.rest), log)
        elif not waves:
            yield _term(setting, Piece(piece.n + 1, (), piece.rest))
        return
    yield _term(setting, piece)
    if piece.n >= 1:
        yield _term(setting, Piece(piece.n - 1, piece.exponent, piece.rest))
    bell = _bell(setting, piece.exponent)
    if bell is not None and piece.n >= 0:
        yield _term(setting, Piece(Fraction(0), (), piece.rest), bell)


def _waves(setting: Setting, piece: Piece) -> Iterator[Term]:
    """z^k sin^i cos^j with i <= 1, of at most the same degree."""
    table = setting.forms.generators
    degrees: dict[Term, int] = {}
    others = []
    for g, e in piece.rest:
        generator = table.table[g]
        if generator.kind in ("sin", "cos") and generator.argument is not None:
            of = term_of_form(generator.argument)
            degrees[of] = degrees.get(of, 0) + int(e)
        else:
            others.append((g, e))
    choices = [
        [(of, i, j) for i in (0, 1) for j in range(degree - i + 1)]
        for of, degree in degrees.items()
    ]
    for n in range(int(max(piece.n, Fraction(0))) + 2):
        for choice in product(*choices):
            factors = [
                power(call(f, of), num(k)) if k > 1 else call(f, of)
                for of, i, j in choice
                for f, k in (("sin", i), ("cos", j))
                if k
            ]
            yield _term(setting, Piece(Fraction(n), piece.exponent, tuple(others)), *factors)


def _bell(setting: Setting, exponent: Monomial) -> Term | None:
    """erf(sqrt(p) z - b / (2 sqrt(p))) for exp(-p z^2 + b z + d) with p > 0; None for others."""
    square = _quadratic(setting, exponent)
    if square is None:
        return None
    lead, linear = square
    p = mul(num(-1), lead)
    if setting.sign(p) <= 0:
        return None
    known = _known_bell(setting, lead, linear)
    if known is not None:
        return known
    side = root(setting, p)
    if setting.forms.form(linear).is_zero():
        return call("erf", mul(side, setting.z))
    shift = mul(num(HALF), linear, power(p, num(-1)), side)
    return call("erf", add(mul(side, setting.z), mul(num(-1), shift)))


def _known_bell(setting: Setting, lead: Term, linear: Term) -> Term | None:
    """An erf that is in use already, and whose derivative has this exponential."""
    forms = setting.forms
    for generator in list(forms.generators.table):
        if generator.kind != "erf" or generator.argument is None:
            continue
        found = coefficients(setting, generator.argument)
        if found is None or set(found) - {0, 1} or 1 not in found:
            continue
        slope = term_of_form(found[1])
        shift = term_of_form(found[0]) if 0 in found else num(0)
        same = forms.equal(mul(num(-1), slope, slope), lead)
        if same and forms.equal(mul(num(-2), slope, shift), linear):
            return call("erf", term_of_form(generator.argument))
    return None


def _quadratic(setting: Setting, exponent: Monomial) -> tuple[Term, Term] | None:
    """(a, b) of w = a z^2 + b z + c for the exponential exp(w), a != 0."""
    table = setting.forms.generators
    total = table.number(Fraction(0))
    for g, e in exponent:
        argument = table.table[g].argument
        if argument is not None:
            total = total + argument * table.number(e)
    found = coefficients(setting, total)
    if found is None or 2 not in found or set(found) - {0, 1, 2}:
        return None
    return term_of_form(found[2]), term_of_form(found[1]) if 1 in found else num(0)
