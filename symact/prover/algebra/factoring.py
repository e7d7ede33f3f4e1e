"""Factoring normal forms with FLINT, and writing polynomials back as core terms.

Above: `sign_search`, `law_search`. Below: the checker's forms, python-flint.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import gcd, lcm

from flint import fmpz, fmpz_mpoly, fmpz_mpoly_ctx

from symact.checker import polynomials as poly
from symact.checker.forms import Form, Generator, Generators
from symact.checker.polynomials import Monomial, Polynomial
from symact.language.terms import Term, add, call, const, mul, name, num, power, term

# Beyond these sizes factoring is not tried: it is only ever a help.
MAX_TERMS = 400
MAX_DEGREE = 60


@dataclass(frozen=True)
class Factored:
    """scale · Π generator^exponent · Π factor^exponent; factors are irreducible, not monomials."""

    scale: Fraction
    monomial: Monomial
    factors: tuple[tuple[Polynomial, int], ...]


def factor_form(form: Form) -> Factored | None:
    """The factorisation of a nonzero form, its denominator with negative exponents; None if too
    large.
    """
    parts: list[tuple[Polynomial, int]] = [(form.num, 1)]
    parts += [(dict(key), -exponent) for key, exponent in form.den.items()]
    scale, monomial = Fraction(1), poly.ONE
    factors: dict[poly.Key, int] = {}
    for polynomial, exponent in parts:
        found = factor_polynomial(polynomial)
        if found is None:
            return None
        scale *= found.scale**exponent
        monomial = poly.times(monomial, poly.raised(found.monomial, exponent))
        for factor, multiplicity in found.factors:
            key = poly.key(factor)
            factors[key] = factors.get(key, 0) + multiplicity * exponent
    kept = tuple((dict(key), e) for key, e in factors.items() if e)
    return Factored(scale, monomial, kept)


def factor_polynomial(polynomial: Polynomial) -> Factored | None:
    """The factorisation of one nonzero Laurent polynomial over the rationals; None if too large."""
    if len(polynomial) > MAX_TERMS:
        return None
    shared = _lowest(polynomial)
    shifted = poly.scaled(polynomial, Fraction(1), poly.raised(shared, -1))
    generators = sorted({g for m in shifted for g, _ in m})
    if not generators:
        return Factored(poly.leading(shifted), shared, ())
    units = {g: _unit([e for m in shifted for h, e in m if h == g]) for g in generators}
    if any(e / units[g] > MAX_DEGREE for m in shifted for g, e in m):
        return None
    common = lcm(*(c.denominator for c in shifted.values()))
    context = _context(len(generators))
    rows = {
        tuple(int(dict(m).get(g, 0) / units[g]) for g in generators): int(c * common)
        for m, c in shifted.items()
    }
    try:
        content, factors = fmpz_mpoly_ctx.from_dict(context, rows).factor()
    except OverflowError:  # coefficients of more than a word make FLINT give up
        return None
    scale = Fraction(int(content), common)
    result = []
    for factor, exponent in factors:
        back, lead = _monic(_from_flint(factor, generators, units))
        scale *= lead ** int(exponent)
        result.append((back, int(exponent)))
    return Factored(scale, shared, tuple(result))


def _monic(polynomial: Polynomial) -> tuple[Polynomial, Fraction]:
    """The multiple with leading coefficient 1, and that coefficient."""
    lead = poly.leading(polynomial)
    return poly.scaled(polynomial, 1 / lead), lead


def _unit(exponents: list[Fraction]) -> Fraction:
    """What all exponents are multiples of: 1/n, or more if the degree would be too large."""
    unit = Fraction(1, lcm(*(e.denominator for e in exponents)))
    whole = [int(e / unit) for e in exponents]
    return unit if max(whole) <= MAX_DEGREE else unit * gcd(*whole)


def _from_flint(
    factor: fmpz_mpoly, generators: list[int], units: dict[int, Fraction]
) -> Polynomial:
    return {
        tuple((g, int(e) * units[g]) for g, e in zip(generators, row, strict=True) if e): (
            Fraction(int(c))
        )
        for row, c in factor.to_dict().items()
    }


def _lowest(polynomial: Polynomial) -> Monomial:
    """The monomial that divides every term, negative exponents included."""
    return poly.content(polynomial)


@lru_cache
def _context(count: int) -> fmpz_mpoly_ctx:
    return fmpz_mpoly_ctx.get([f"g{i}" for i in range(count)], "lex")


def prime_factors(number: int) -> list[tuple[int, int]]:
    """The prime factorisation of a positive integer; numbers beyond 200 bits stay whole."""
    if number.bit_length() > 200:
        return [(number, 1)]
    return [(int(p), int(e)) for p, e in fmpz(number).factor()] if number > 1 else []


# -- back to terms --------------------------------------------------------------------------------
def term_of_form(form: Form) -> Term:
    """A core term with this form."""
    top = term_of_polynomial(form.num, form.table)
    below = [
        power(term_of_polynomial(dict(key), form.table), num(-exponent))
        for key, exponent in form.den.items()
    ]
    return mul(top, *below)


def term_of_polynomial(polynomial: Polynomial, table: Generators) -> Term:
    """A core term that is this polynomial in the generators' functions."""
    rows = sorted(polynomial.items(), key=lambda row: (-len(row[0]), row[0]))
    return add(*(term_of_monomial(m, c, table) for m, c in rows))


def term_of_monomial(monomial: Monomial, scale: Fraction, table: Generators) -> Term:
    """scale · Π generator^exponent as a core term."""
    factors = [num(scale)] if scale != 1 or not monomial else []
    return mul(*factors, *(_generator_power(g, e, table) for g, e in monomial))


def _generator_power(index: int, exponent: Fraction, table: Generators) -> Term:
    generator = table.table[index]
    argument = generator.argument
    if generator.kind == "exp" and argument is not None:
        return call(
            "exp", term_of_form(Form(table, poly.scaled(argument.num, exponent), argument.den))
        )
    base = _generator_term(generator, argument, table)
    return base if exponent == 1 else power(base, num(exponent))


def _generator_term(generator: Generator, argument: Form | None, table: Generators) -> Term:
    if argument is None:
        return name(generator.key) if generator.kind == "name" else const(generator.key)
    if generator.kind == "npow":
        return term("npow", (term_of_form(argument), _natural_exponent(generator.key, table)))
    return call(generator.kind, term_of_form(argument))


def _natural_exponent(key: tuple[object, tuple[poly.Key, object]], table: Generators) -> Term:
    """The natural-valued monomial that an npow generator has as its exponent."""
    return term_of_polynomial(dict(key[1][0]), table)
