"""Terms for the exact constants of tails: limits and leading coefficients to be written down.

Above: the search for limits. Below: `checker.tail_constants`.
"""

from __future__ import annotations

from fractions import Fraction

from symact.checker.enclosures import ENCLOSURES
from symact.checker.tail_numbers import Number, Numbers
from symact.language.terms import Term, add, call, const, mul, num, power


def as_term(numbers: Numbers, number: Number) -> Term:
    """A core term that denotes the number. Never fails."""
    return add(*(_product(numbers, m, c) for m, c in sorted(number.items())))


def _product(numbers: Numbers, monomial: tuple[tuple[int, Fraction], ...], scale: Fraction) -> Term:
    factors = [] if scale == 1 and monomial else [num(scale)]
    for index, exponent in monomial:
        factors.append(_power(numbers, index, exponent))
    return mul(*factors)


def _power(numbers: Numbers, index: int, exponent: Fraction) -> Term:
    """g ** exponent: by integer powers, square roots, or exp(exponent log g)."""
    kind, argument = numbers.meaning[index]
    if kind == "exp":
        inside = as_term(numbers, argument)
        return call("exp", inside if exponent == 1 else mul(num(exponent), inside))
    base = _generator(numbers, index)
    if exponent == 1:
        return base
    if exponent.denominator == 1:
        return power(base, num(exponent))
    if exponent.denominator != 2:
        return call("exp", mul(num(exponent), call("log", base)))
    root = call("sqrt", base)
    return root if exponent == Fraction(1, 2) else power(root, num(2 * exponent))


def _generator(numbers: Numbers, index: int) -> Term:
    kind, argument = numbers.meaning[index]
    if kind == "pi":
        return const("pi")
    inside = as_term(numbers, argument)
    if kind in ("integer", "sum"):
        return inside
    value = ENCLOSURES[kind](numbers.value(argument))
    return call(kind, inside) if value.sign() > 0 else mul(num(-1), call(kind, inside))
