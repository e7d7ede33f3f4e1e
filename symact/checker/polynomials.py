"""Laurent polynomials over the rationals in generators numbered 0, 1, 2, …

A monomial is a tuple of (generator, exponent), sorted by generator, no exponent 0; exponents are
integers, or fractions for generators that are positive everywhere. A polynomial maps monomials to
nonzero fractions; {} is 0.

Above: `normal_form`. Below: the standard library.
"""

from __future__ import annotations

from fractions import Fraction

from symact.checker.failures import CannotJudge

Monomial = tuple[tuple[int, Fraction], ...]
Polynomial = dict[Monomial, Fraction]
Key = frozenset[tuple[Monomial, Fraction]]

ONE: Monomial = ()
# Largest number of monomials in one polynomial: beyond it a check takes longer than a person waits.
MAX_MONOMIALS = 20_000
# Largest number of products formed in one multiplication, for the same reason.
MAX_PRODUCTS = 500_000
# Largest coefficient, in bits: about 30,000 decimal digits.
MAX_BITS = 100_000


def constant(value: Fraction) -> Polynomial:
    """The polynomial `value`."""
    return {ONE: value} if value else {}


def times(left: Monomial, right: Monomial) -> Monomial:
    """The product of two monomials."""
    if not left:
        return right
    if not right:
        return left
    exponents = dict(left)
    for generator, exponent in right:
        exponents[generator] = exponents.get(generator, Fraction(0)) + exponent
    return tuple(sorted((g, e) for g, e in exponents.items() if e))


def raised(monomial: Monomial, exponent: int) -> Monomial:
    """The monomial to an integer power."""
    return tuple((g, e * exponent) for g, e in monomial) if exponent else ONE


def plus(left: Polynomial, right: Polynomial, scale: Fraction = Fraction(1)) -> Polynomial:
    """left + scale * right."""
    result = dict(left)
    for monomial, coefficient in right.items():
        total = result.get(monomial, Fraction(0)) + scale * coefficient
        if total:
            result[monomial] = total
        else:
            result.pop(monomial, None)
    return _bounded(result)


def scaled(polynomial: Polynomial, scale: Fraction, by: Monomial = ONE) -> Polynomial:
    """scale * by * polynomial, for scale != 0."""
    return {times(m, by): c * scale for m, c in polynomial.items()}


def product(left: Polynomial, right: Polynomial) -> Polynomial:
    """left * right. Fails with CannotJudge when it would be too large."""
    if len(left) * len(right) > MAX_PRODUCTS:
        raise CannotJudge("polynomial product too large")
    if len(left) == 1 or len(right) == 1:
        ((single, scale),), other = (
            (left.items(), right) if len(left) == 1 else (right.items(), left)
        )
        return _bounded(scaled(other, scale, single))
    result: Polynomial = {}
    for a, c in left.items():
        for b, d in right.items():
            monomial = times(a, b)
            result[monomial] = result.get(monomial, Fraction(0)) + c * d
    return _bounded({m: c for m, c in result.items() if c})


def key(polynomial: Polynomial) -> Key:
    """A hashable value that determines the polynomial."""
    return frozenset(polynomial.items())


def leading(polynomial: Polynomial) -> Fraction:
    """The coefficient of the largest monomial, in the order of tuples: one fixed choice."""
    return polynomial[max(polynomial)]


def content(polynomial: Polynomial) -> Monomial:
    """The largest monomial that divides every term."""
    common: dict[int, Fraction] | None = None
    for monomial in polynomial:
        here = dict(monomial)
        if common is None:
            common = here
            continue
        common = {
            g: min(common.get(g, Fraction(0)), here.get(g, Fraction(0)))
            for g in common.keys() | here.keys()
        }
    return tuple(sorted((g, e) for g, e in (common or {}).items() if e))


def _bounded(polynomial: Polynomial) -> Polynomial:
    if len(polynomial) > MAX_MONOMIALS:
        raise CannotJudge("polynomial too large")
    for coefficient in polynomial.values():
        if coefficient.numerator.bit_length() + coefficient.denominator.bit_length() > MAX_BITS:
            raise CannotJudge("coefficient too large")
    return polynomial
