"""Sign proofs: how a new fact follows on a region.

    t = Σ c_i Π u_ij^k_ij   (normal forms)      the signs of the u_ij are known on Γ
    --------------------------------------------------------------------------------- products
    Γ ⊢ t ρ 0                                   where the signs of the sum allow only ρ

    t = 1 - s·f(u)  for f in sin, cos, erf;  t = pi/2 - s·atan(u);      s = ±1
    --------------------------------------------------------------------------------- range
    Γ ⊢ t >= 0   (> 0 for erf and atan)

    t = f(v) - f(u)  for f in exp, log, sqrt, erf, atan                 Γ ⊢ v - u ρ 0
    --------------------------------------------------------------------------------- monotone
    Γ ⊢ t ρ 0                                   (t = 0 too for f = floor)

    t = g[z := u], and pieces of the line that show the sign of g          (see `cells`)

Above: `tree`. Below: `cells`, `region`, `certificate`.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from symact.checker import certificate as c
from symact.checker import signs
from symact.checker.cells import cells
from symact.checker.failures import Rejected
from symact.checker.region import Region
from symact.checker.signs import SIGNS, Signs
from symact.language.elementary import difference
from symact.language.terms import Term, add, call, const, mul, num, power

INCREASING = ("exp", "log", "sqrt", "erf", "atan")
NOT_DECREASING = ("floor",)  # f(v) = f(u) is possible for u != v
RANGES = {
    "sin": (num(1), SIGNS[">="]),
    "cos": (num(1), SIGNS[">="]),
    "erf": (num(1), SIGNS[">"]),
    "atan": (mul(num(Fraction(1, 2)), const("pi")), SIGNS[">"]),
}
MAX_EXPONENT = 100


def derive(region: Region, entry: Any, reader: c.TermReader) -> None:
    """Checks one entry {term, sign, by} and adds its fact to the region. Fails with Rejected."""
    given = c.fields(entry, ("term", "sign", "by"))
    claimed = SIGNS[c.member(given["sign"], tuple(SIGNS))]
    term = reader.term(given["term"])
    region.require_defined(term)
    proof = c.fields(given["by"], (), ("products", "range", "monotone", "cells"))
    if len(proof) != 1:
        raise Rejected("one sign rule is needed")
    ((rule, body),) = proof.items()
    if not _RULES[rule](region, term, body, reader) <= claimed:
        raise Rejected("the sign does not follow")
    region.learn(term, claimed)


def _products(region: Region, term: Term, body: Any, reader: c.TermReader) -> Signs:
    summands: list[Term] = []
    known: list[Signs] = []
    for entry in c.entries(body):
        row = c.entries(entry)
        if len(row) != 2:
            raise Rejected("a coefficient and factors are needed")
        coefficient = reader.rational(row[0])
        product, sign = _product(region, c.entries(row[1]), reader)
        summands.append(mul(num(coefficient), product))
        known.append(signs.multiplied(signs.of_number(coefficient), sign))
    if not region.normal_form.equal(term, add(*summands)):
        raise Rejected("the sum of products is not the term")
    return signs.added(known)


def _product(region: Region, factors: list[Any], reader: c.TermReader) -> tuple[Term, Signs]:
    """The product of the listed [term, exponent], and its signs."""
    product: list[Term] = []
    sign = signs.POSITIVE
    for factor in factors:
        pair = c.entries(factor)
        if len(pair) != 2:
            raise Rejected("a term and an exponent are needed")
        base = reader.term(pair[0])
        exponent = c.integer(pair[1], -MAX_EXPONENT, MAX_EXPONENT)
        raised = power(base, num(exponent))
        region.require_defined(raised)
        product.append(raised)
        sign = signs.multiplied(sign, signs.to_power(region.signs(base), Fraction(exponent)))
    return mul(*product), sign


def _range(region: Region, term: Term, body: Any, reader: c.TermReader) -> Signs:
    given = c.fields(body, ("function", "of", "side"))
    function = c.member(given["function"], tuple(RANGES))
    side = c.integer(given["side"], -1, 1)
    argument = reader.term(given["of"])
    region.require_defined(argument)
    bound, known = RANGES[function]
    if not side or not region.normal_form.equal(
        term, add(bound, mul(num(-side), call(function, argument)))
    ):
        raise Rejected("the term is not a bound minus the function")
    return known


def _monotone(region: Region, term: Term, body: Any, reader: c.TermReader) -> Signs:
    given = c.fields(body, ("function", "less", "greater"))
    function = c.member(given["function"], INCREASING + NOT_DECREASING)
    u, v = (call(function, reader.term(given[end])) for end in ("less", "greater"))
    gap = difference(v, u)
    region.require_defined(gap)
    if not region.normal_form.equal(term, gap):
        raise Rejected("the term is not a difference of the function")
    known = region.signs(difference(v.args[0], u.args[0]))
    return known | signs.ZERO if function in NOT_DECREASING else known


_RULES = {"products": _products, "range": _range, "monotone": _monotone, "cells": cells}
