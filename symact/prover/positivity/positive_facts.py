"""What is known to be positive about the generators of a polynomial, as polynomials themselves.

    facts of the region;  signs of generators;  bounds of sin, cos, erf, atan and of constants;
    f(v) - f(u) for an increasing f where the sign of v - u is known

Above: `positivity`, `ends`, `squares`. Below: `combinations`, `builder`.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations

from symact.checker import polynomials as poly
from symact.checker import signs
from symact.checker.forms import Form, Generators
from symact.checker.polynomials import Monomial, Polynomial
from symact.checker.signs import SIGNS, Signs
from symact.language.elementary import difference
from symact.language.terms import Term, call, num
from symact.prover.algebra.factoring import term_of_form, term_of_monomial, term_of_polynomial
from symact.prover.builder import Builder, Factors, written
from symact.prover.signs.combinations import Known, atoms, known_product

MAX_TERMS, MAX_BITS, MAX_FACTS = 40, 120, 12
COMPARED = ("log", "sqrt", "erf", "atan")
# Simple numbers between which a constant is looked for.
ENDS = sorted({Fraction(n, d) for d in (1, 2, 3, 4, 5, 7) for n in range(-8 * d, 8 * d + 1)})


def used(polynomial: Polynomial) -> set[int]:
    """The generators that occur."""
    return {g for m in polynomial for g, _ in m}


def positive_facts(builder: Builder, polynomial: Polynomial) -> list[Known]:
    """Polynomials in related generators with their factors and signs (>= 0, > 0 or = 0)."""
    table = builder.region.normal_form.generators
    form = Form(table, polynomial, {})
    terms = [
        *(t for t in atoms(builder, form) if not _is_square(t)),
        *_ends(builder, polynomial),
        *_exponentials(builder, polynomial),
        *_values(builder, polynomial),
        *(t for t, _ in builder.region.restricting),
    ]
    found: dict[poly.Key, Known] = {}
    for term in terms:
        fact = known_product(builder, term)
        if fact is not None and used(fact[0]) and is_small(fact[0]):
            lead = abs(poly.leading(fact[0]))
            found.setdefault(poly.key(poly.scaled(fact[0], 1 / lead)), fact)
    return _related(list(found.values()), used(polynomial))[:MAX_FACTS]


def is_small(polynomial: Polynomial) -> bool:
    """Whether floating point can hold the coefficients, and programs the terms."""
    return len(polynomial) <= MAX_TERMS and all(
        max(c.numerator.bit_length(), c.denominator.bit_length()) <= MAX_BITS
        for c in polynomial.values()
    )


def _is_square(term: Term) -> bool:
    """Whether squares say the same: u^2, and exp(u) = exp(u/2)^2."""
    return term.op == "pow" or (term.op == "call" and term.value[0] == "exp")


def _related(facts: list[Known], generators: set[int]) -> list[Known]:
    """The facts that speak of these generators only, then those linked to them; single first."""
    near = [fact for fact in facts if used(fact[0]) <= generators]
    linked, reached = [], set(generators)
    for _ in range(2):
        linked = [f for f in facts if f not in near and used(f[0]) & reached]
        reached |= {g for f in linked for g in used(f[0])}
    return [*near, *linked]


# -- constants ------------------------------------------------------------------------------------
def _ends(builder: Builder, polynomial: Polynomial) -> Iterator[Term]:
    """c - a and b - c for every generator c that is a constant, a and b simple numbers."""
    table, constants = builder.region.normal_form.generators, builder.region.constants
    for generator in sorted(used(polynomial)):
        unit = unit_of(generator, table)
        if not constants.is_constant(unit):
            continue
        low, high = 0, len(ENDS)
        while low < high:
            middle = (low + high) // 2
            if builder.region.signs(difference(unit, num(ENDS[middle]))) <= signs.POSITIVE:
                low = middle + 1
            else:
                high = middle
        yield from (difference(unit, num(end)) for end in ENDS[max(low - 1, 0) : low])
        yield from (difference(num(end), unit) for end in ENDS[low : low + 1])


def unit_of(generator: int, table: Generators) -> Term:
    """The generator as a term."""
    return term_of_monomial(((generator, Fraction(1)),), Fraction(1), table)


# -- increasing functions -------------------------------------------------------------------------
def _exponentials(builder: Builder, polynomial: Polynomial) -> Iterator[Term]:
    """exp(v) - exp(u), where v - u is a multiple of a fact and both occur in the polynomial."""
    table = builder.region.normal_form.generators
    steps = {
        table.table[g].key: min(abs(e) for m in polynomial for h, e in m if h == g)
        for g in used(polynomial)
        if table.table[g].kind == "exp"
    }
    if not steps:
        return
    for fact, known in builder.region.restricting:
        form = builder.region.normal_form.form(fact)
        if known == signs.ANY or form.den:
            continue
        scale = min(
            (steps.get(_unit_key(m, table), Fraction(0)) / abs(c) for m, c in form.num.items()),
            default=Fraction(0),
        )
        if scale:
            greater, less = (
                {m: abs(c) * scale for m, c in form.num.items() if c * side > 0} for side in (1, -1)
            )
            yield from _compared(builder, "exp", _sum(less, table), _sum(greater, table))


def _unit_key(monomial: Monomial, table: Generators) -> object:
    return Form(table, {monomial: Fraction(1)}, {}).key()


def _sum(polynomial: Polynomial, table: Generators) -> Term:
    return term_of_polynomial(polynomial, table) if polynomial else num(0)


def _values(builder: Builder, polynomial: Polynomial) -> Iterator[Term]:
    """f(v) - f(u) for generators f(u), f(v) of the polynomial."""
    table = builder.region.normal_form.generators
    for first, second in combinations(sorted(used(polynomial)), 2):
        left, right = table.table[first], table.table[second]
        if left.kind == right.kind and left.kind in COMPARED and left.argument and right.argument:
            yield from _compared(
                builder, left.kind, term_of_form(left.argument), term_of_form(right.argument)
            )


def _compared(builder: Builder, function: str, less: Term, greater: Term) -> Iterator[Term]:
    """f(greater) - f(less), learnt to have the sign of greater - less, where that is known."""
    value = difference(call(function, greater), call(function, less))
    known = builder.region.signs(difference(greater, less))
    relation = next((r for r in (">", "<", ">=", "<=") if known <= SIGNS[r]), None)
    if relation is None:
        return
    if not builder.region.holds(value, relation):
        ends = {"less": written(less), "greater": written(greater)}
        builder.learn(value, relation, {"monotone": {"function": function, **ends}})
    yield value


def sign_of_product(builder: Builder, scale: Fraction, factors: Factors) -> Signs:
    """The signs of scale · Π u^k, from what is known of the u."""
    known = signs.of_number(scale)
    for u, k in factors:
        known = signs.multiplied(known, signs.to_power(builder.region.signs(u), Fraction(k)))
    return known
