"""Signs by monotone functions: f(v) - f(u) has the sign of v - u for f in exp, log, sqrt, erf,
atan.

Above: `sign_search`, `cases`. Below: `builder`, `factoring`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from symact.checker import polynomials as poly
from symact.checker import signs
from symact.checker.forms import Form, Generator, Generators
from symact.checker.polynomials import Monomial, Polynomial
from symact.checker.signs import SIGNS
from symact.language.elementary import difference
from symact.language.terms import Term, add, call, num
from symact.prover.algebra.factoring import term_of_form, term_of_polynomial
from symact.prover.builder import NAMES_OF_SIGNS, Builder, Show, written

# f with the u at which f(u) = 0.
ZEROS = {"log": num(1), "erf": num(0), "atan": num(0)}
COMPARED = ("log", "erf", "atan", "sqrt", "floor")
WEAK = {">": ">=", "<": "<="}  # what is known of floor(v) - floor(u)


@dataclass(frozen=True)
class Difference:
    """scale · (function(greater) - function(less))."""

    function: str
    less: Term
    greater: Term
    scale: Fraction


def show_by_monotone(
    builder: Builder, polynomial: Polynomial, term: Term, show: Show, depth: int
) -> bool:
    """c (f(v) - f(u)): the sign of v - u."""
    for found in differences(builder, polynomial):
        _open_exponential(builder, found.less)
        gap = difference(found.greater, found.less)
        for relation in (">", "<", "==", ">=", "<="):
            if not SIGNS[relation] <= builder.region.signs(gap):
                continue  # what has been shown meanwhile excludes it
            if show(builder, gap, relation, depth + 1) and _learn(builder, term, found, relation):
                return True
    return False


def _learn(builder: Builder, term: Term, found: Difference, relation: str) -> bool:
    for argument in (found.less, found.greater):
        _add_plain_value(builder, found.function, argument)
    if found.function == "floor":
        relation = WEAK.get(relation, relation)
    core = difference(call(found.function, found.greater), call(found.function, found.less))
    ends = {"less": written(found.less), "greater": written(found.greater)}
    if not builder.learn(core, relation, {"monotone": {"function": found.function, **ends}}):
        return False
    known = SIGNS[relation] if found.scale > 0 else signs.negated(SIGNS[relation])
    return builder.learn_products(term, NAMES_OF_SIGNS[known], [(found.scale, [(core, 1)])])


# -- values in plain form -------------------------------------------------------------------------
def _open_exponential(builder: Builder, argument: Term) -> None:
    if argument.op == "call" and argument.value[0] == "exp":
        add_exponential_law(builder, argument)


def _add_plain_value(builder: Builder, function: str, argument: Term) -> None:
    """Laws for exp(w + log q), log(1), log(exp w), erf(0) and atan(0)."""
    value = call(function, argument)
    form = builder.region.normal_form.form(argument)
    if function in ("erf", "atan") and form.is_zero():
        builder.law("value", value, multiple=0)
    elif function == "log" and argument is num(1):
        builder.law("log", value, exp="0", factors=[])
    elif function == "log" and argument.op == "call" and argument.value[0] == "exp":
        rest, factors = _split_logarithms(builder, argument.args[0])
        builder.law("log", value, exp=written(rest), factors=factors)
    elif function == "exp":
        add_exponential_law(builder, value)


def add_exponential_law(builder: Builder, value: Term) -> None:
    """exp(w + Σ k/2 log q) = exp(w) Π q^(k/2), when there is such a logarithm."""
    rest, factors = _split_logarithms(builder, value.args[0])
    if factors:
        builder.law("exp", value, exp=written(rest), factors=factors)


def _split_logarithms(builder: Builder, exponent: Term) -> tuple[Term, list[list[Any]]]:
    """(w, [[q, k]]) with exponent = w + Σ k/2 log q, as the laws write it."""
    form = builder.region.normal_form.form(exponent)
    rest: Polynomial = {}
    factors: list[list[Any]] = []
    for monomial, c in form.num.items():
        generator = _alone(form.table, monomial)
        if generator is None or generator.kind != "log" or form.den or (2 * c).denominator != 1:
            rest[monomial] = c
        elif generator.argument is not None:
            factors.append([written(term_of_form(generator.argument)), int(2 * c)])
    return term_of_form(Form(form.table, rest, form.den)), factors


def _alone(table: Generators, monomial: Monomial) -> Generator | None:
    """The generator that the monomial is, if it is one to the power 1."""
    single = len(monomial) == 1 and monomial[0][1] == 1
    return table.table[monomial[0][0]] if single else None


# -- recognising differences ----------------------------------------------------------------------
def differences(builder: Builder, polynomial: Polynomial) -> Iterator[Difference]:
    """The ways in which the polynomial is c (f(v) - f(u)) for an increasing f."""
    table = builder.region.normal_form.generators
    rows = list(polynomial.items())
    for monomial, scale in rows:
        generator = _alone(table, monomial)
        if generator is None or generator.argument is None:
            continue
        rest = {m: -c / scale for m, c in rows if m != monomial}
        if not rest and generator.kind in ZEROS:
            yield Difference(
                generator.kind, ZEROS[generator.kind], term_of_form(generator.argument), scale
            )
        elif rest and generator.kind == "log" and not _is_number(generator.argument):
            bound = call("exp", term_of_polynomial(rest, table))
            yield Difference("log", bound, term_of_form(generator.argument), scale)
    if len(rows) == 2:
        yield from _two_values(table, rows)
        yield from _two_exponentials(table, rows)


def _two_values(table: Generators, rows: list[tuple[Monomial, Fraction]]) -> Iterator[Difference]:
    """c f(v) - c f(u)."""
    (m1, c1), (m2, c2) = rows
    first, second = _alone(table, m1), _alone(table, m2)
    if first is None or second is None or first.kind != second.kind or c1 != -c2:
        return
    if first.kind in COMPARED and first.argument is not None and second.argument is not None:
        yield Difference(
            first.kind, term_of_form(second.argument), term_of_form(first.argument), c1
        )


def _two_exponentials(
    table: Generators, rows: list[tuple[Monomial, Fraction]]
) -> Iterator[Difference]:
    """c exp(v) - d exp(u), with u or v moved by log(d/c) when the other is a number."""
    (m1, c1), (m2, c2) = rows
    kinds = {table.table[g].kind for m, _ in rows for g, _ in m}
    if kinds != {"exp"} or c1 * c2 > 0:
        return
    if c1 == -c2:
        yield Difference("exp", _exponent(table, m2), _exponent(table, m1), c1)
    elif poly.ONE in (m1, m2):
        (monomial, c), other = ((m1, c1), c2) if m2 == poly.ONE else ((m2, c2), c1)
        yield Difference("exp", call("log", num(-other / c)), _exponent(table, monomial), c)


def _is_number(form: Form) -> bool:
    return not form.den and all(m == poly.ONE for m in form.num)


def _exponent(table: Generators, monomial: Monomial) -> Term:
    """The u with monomial = exp(u), for a product of powers of exponentials."""
    summands = [
        term_of_form(Form(table, poly.scaled(argument.num, e), argument.den))
        for g, e in monomial
        if (argument := table.table[g].argument) is not None
    ]
    return add(*summands)
