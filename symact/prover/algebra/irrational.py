"""Irrational candidates for witnesses: zeros of what could not be shown, and parts of pi.

Above: `decide`. Below: `factoring`, `monotone`.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from symact.checker import polynomials as poly
from symact.checker.failures import CannotJudge, Rejected
from symact.checker.forms import Generators
from symact.checker.normal_form import NormalForm
from symact.checker.polynomials import Polynomial
from symact.language.elementary import sqrt
from symact.language.predicates import Goal
from symact.language.terms import Term, add, call, const, mul, num, postorder
from symact.prover.algebra.factoring import factor_form, prime_factors, term_of_polynomial

TWELFTHS = (6, -6, 3, -3, 12, -12, 9, -9, 4, -4, 2, -2)  # multiples of pi/12 that are tried


def candidates(goal: Goal, missing: list[Term]) -> Iterator[Term]:
    """Constants at which a claim about one name may fail, simple ones first.

    missing  terms whose sign a proof would have needed
    """
    for term in missing:
        yield from zeros(term)
    sides = [side for a, _, b in goal.relations for side in (a, b)]
    if any(t.op == "call" and t.value[0] in ("sin", "cos") for s in sides for t in postorder(s)):
        for k in TWELFTHS:
            yield scaled(Fraction(k, 12), const("pi"))


def zeros(term: Term) -> Iterator[Term]:
    """Zeros of a term in one name: of factors linear or quadratic in x or in exp(c x)."""
    try:
        form = NormalForm().form(term)
        found = None if form.is_zero() else factor_form(form)
    except (Rejected, CannotJudge):
        return
    for factor, _ in found.factors if found is not None else ():
        yield from _zeros_of_factor(factor, form.table)


def _zeros_of_factor(factor: Polynomial, table: Generators) -> Iterator[Term]:
    generators = {g for m in factor for g, _ in m}
    if len(generators) != 1:
        return
    generator = table.table[next(iter(generators))]
    exponents = sorted({e for m in factor for _, e in m})
    step = Fraction(1) if generator.kind == "name" else exponents[0]
    by_degree = {(m[0][1] / step if m else Fraction(0)): c for m, c in factor.items()}
    if set(by_degree) <= {0, 1, 2}:
        for root in quadratic_roots(*(by_degree.get(Fraction(k), Fraction(0)) for k in (2, 1, 0))):
            yield from _unfolded(generator.kind, root, step, generator.argument, table)


def quadratic_roots(a: Fraction, b: Fraction, c: Fraction) -> list[Term]:
    """Real roots of a t^2 + b t + c."""
    if not a:
        return [num(-c / b)]
    discriminant = b * b - 4 * a * c
    if discriminant < 0:
        return []
    square, rest = _square_part(discriminant)
    shift = scaled(square / (2 * a), sqrt(num(rest)) if rest != 1 else num(1))
    centre = -b / (2 * a)
    both = [shift, scaled(Fraction(-1), shift)]
    return [add(num(centre), s) for s in both] if centre else both


def _square_part(value: Fraction) -> tuple[Fraction, Fraction]:
    """(s, r) with value = s^2 r and r a square-free integer, 0 for 0."""
    square, rest = Fraction(1), Fraction(value > 0)
    for number, sign in ((value.numerator, 1), (value.denominator, -1)):
        for prime, k in prime_factors(number):
            square *= Fraction(prime) ** (sign * (k // 2))
            if k % 2:
                rest, square = (
                    rest * prime,
                    square * (Fraction(1) if sign > 0 else Fraction(1, prime)),
                )
    return square, rest


def scaled(scale: Fraction, term: Term) -> Term:
    """scale · term, written without a needless factor."""
    if term.op == "num":
        return num(scale * term.value)
    if term.op == "mul" and term.args[0].op == "num":
        return scaled(scale * term.args[0].value, mul(*term.args[1:]))
    return term if scale == 1 else mul(num(scale), term)


def _unfolded(
    kind: str, root: Term, step: Fraction, argument: object, table: Generators
) -> Iterator[Term]:
    """The x with generator(x)^step = root: x itself, or log(root) / c for exp(c x)."""
    if kind == "name" and step == 1:
        yield root
    num_ = getattr(argument, "num", None)
    if kind == "exp" and num_ is not None and len(num_) == 1:
        ((monomial, c),) = num_.items()
        inner = term_of_polynomial({monomial: Fraction(1)}, table)
        if inner.op == "name" and monomial != poly.ONE:
            yield scaled(1 / (c * step), call("log", root))
