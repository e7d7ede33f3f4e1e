"""Sets of possible signs: what is known of a real number's sign, as a subset of {-1, 0, 1}.

Above: `region`. Below: `forms`, `polynomials`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from types import MappingProxyType

from symact.checker.forms import Form
from symact.checker.polynomials import Polynomial

Signs = frozenset[int]

ANY: Signs = frozenset((-1, 0, 1))
ZERO: Signs = frozenset((0,))
POSITIVE: Signs = frozenset((1,))
NEGATIVE: Signs = frozenset((-1,))

SIGNS = MappingProxyType(
    {
        ">": POSITIVE,
        ">=": frozenset((0, 1)),
        "<": NEGATIVE,
        "<=": frozenset((-1, 0)),
        "==": ZERO,
        "!=": frozenset((-1, 1)),
    }
)

# Generators whose values have one sign wherever they are defined.
INTRINSIC = MappingProxyType({"exp": POSITIVE, "const": POSITIVE, "sqrt": SIGNS[">="]})


def of_number(value: Fraction) -> Signs:
    """The sign of a rational number."""
    return frozenset(((value > 0) - (value < 0),))


def negated(signs: Signs) -> Signs:
    """The signs of -u."""
    return frozenset(-s for s in signs)


def multiplied(left: Signs, right: Signs) -> Signs:
    """The signs of u v."""
    return frozenset(a * b for a in left for b in right)


def to_power(signs: Signs, exponent: Fraction) -> Signs:
    """The signs of u^exponent (u != 0 for a negative exponent, u > 0 for a fraction)."""
    if exponent < 0:
        signs = signs - ZERO
    if exponent.denominator != 1 or exponent == 0:
        return POSITIVE
    return signs if exponent.numerator % 2 else frozenset(s * s for s in signs)


def added(summands: Iterable[Signs]) -> Signs:
    """The signs of a sum: known when no two summands can pull in opposite directions."""
    sets = [signs for signs in summands if signs != ZERO]
    if not all(sets):
        return frozenset()
    if len(sets) <= 1:
        return sets[0] if sets else ZERO
    union = frozenset().union(*sets)
    if {-1, 1} <= union:
        return ANY
    return union - ZERO if any(0 not in signs for signs in sets) else union


def of_polynomial(polynomial: Polynomial, of_generator: Callable[[int], Signs]) -> Signs:
    """The signs of a polynomial, from those of its monomials."""
    if not polynomial:
        return ZERO
    summands = []
    for monomial, coefficient in polynomial.items():
        signs = of_number(coefficient)
        for generator, exponent in monomial:
            signs = multiplied(signs, to_power(of_generator(generator), exponent))
        summands.append(signs)
    return added(summands)


def of_form(
    form: Form, of_generator: Callable[[int], Signs], of_factor: Callable[[Polynomial], Signs]
) -> Signs:
    """The signs of a form where it is defined (its denominator factors are nonzero there)."""
    signs = of_polynomial(form.num, of_generator)
    for factor, exponent in form.den.items():
        if exponent % 2:
            signs = multiplied(signs, of_factor(dict(factor)) - ZERO)
    return signs
