"""Signs of polynomials in several generators: sums of squares times products of known facts.

    σ p = Σ_k d_k h_k^2 Π g      d_k > 0, every g of known sign, σ = 1 or itself such a sum > 0

The g are facts of the region and signs that the generators bring along (exp > 0, sin <= 1, …); the
squares come from a numeric semidefinite program and are made exact.

Above: `sign_search`. Below: `positive_facts`, `square_programs`, `gram_rounding`, `relaxed_points`.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from weakref import WeakKeyDictionary

from symact.checker import polynomials as poly
from symact.checker import signs
from symact.checker.failures import CannotJudge
from symact.checker.polynomials import Polynomial
from symact.language.terms import Term, add, mul, num, power
from symact.prover.algebra.factoring import term_of_polynomial
from symact.prover.builder import NAMES_OF_SIGNS, Builder, Factors, Show, Summands
from symact.prover.positivity.gram import TRACE, Block, Product
from symact.prover.positivity.gram_rounding import Squares, sum_of_squares
from symact.prover.positivity.positive_facts import (
    is_small,
    positive_facts,
    sign_of_product,
    unit_of,
    used,
)
from symact.prover.positivity.relaxed_points import signs_seen
from symact.prover.positivity.square_programs import Programs
from symact.prover.signs.combinations import Known

MAX_GENERATORS = 9
VALUES = ("log", "erf", "atan")  # functions whose signs come from those of their arguments
SECONDS = 1.5  # for one polynomial

_TRIED: WeakKeyDictionary[Builder, set[poly.Key]] = WeakKeyDictionary()


def show_by_positivity(
    builder: Builder, polynomial: Polynomial, term: Term, show: Show, depth: int
) -> bool:
    """A sign of p as a sum of squares times known facts, over a positive multiplier if need be."""
    if not is_small(polynomial) or len(used(polynomial)) > MAX_GENERATORS:
        return False
    tried = _TRIED.setdefault(builder, set())
    if poly.key(polynomial) in tried:
        return False
    tried.add(poly.key(polynomial))
    try:
        _show_values(builder, polynomial, show, depth)
        return len(builder.region.signs(term)) == 1 or _search(builder, polynomial, term)
    except CannotJudge:
        return False


def _show_values(builder: Builder, polynomial: Polynomial, show: Show, depth: int) -> None:
    """Signs of the functions that occur, where the other facts do not bring them."""
    table = builder.region.normal_form.generators
    for generator in sorted(used(polynomial)):
        if table.table[generator].kind in VALUES:
            show(builder, unit_of(generator, table), ">", depth + 1)


def _search(builder: Builder, polynomial: Polynomial, term: Term) -> bool:
    table = builder.region.normal_form.generators
    facts = positive_facts(builder, polynomial)
    seen = signs_seen(polynomial, [(p, known) for p, _, known in facts], table)
    if len(seen) > 1:
        return False
    deadline = min(builder.deadline, time.perf_counter() + SECONDS)
    for side in sorted(seen, reverse=True) or (1, -1):
        turned = poly.scaled(polynomial, Fraction(side))
        for attempt in _attempts(turned, facts, builder):
            if attempt.learn(builder, term, side, deadline):
                return True
            if time.perf_counter() > deadline:
                return False
    return False


def _attempts(target: Polynomial, facts: list[Known], builder: Builder) -> Iterator[_Attempt]:
    """Programs of growing size."""
    table = builder.region.normal_form.generators

    def product(left: Polynomial, right: Polynomial) -> Polynomial:
        plain = poly.product(left, right)
        return table.polynomial(plain).num if table.quadratic & used(plain) else plain

    for blocks, multiplier in Programs(target, facts, table, product):
        yield _Attempt(target, blocks, multiplier, product)


class _Attempt:
    """One program: the blocks whose sum is to be the target, and perhaps those of a multiplier."""

    def __init__(
        self, target: Polynomial, blocks: list[Block], multiplier: list[Block], product: Product
    ) -> None:
        self.target, self.blocks, self.product = target, blocks, product
        against = poly.scaled(target, Fraction(-1))
        self.multiplier = [
            replace(b, factor=product(b.factor, against), role="multiplier") for b in multiplier
        ]

    def learn(self, builder: Builder, term: Term, side: int, deadline: float) -> bool:
        """Solves the program and adds the fact; says whether that worked."""
        target = {TRACE: Fraction(1)} if self.multiplier else self.target
        blocks = [*self.multiplier, *self.blocks]
        found = sum_of_squares(target, blocks, self.product, deadline)
        if found is None:
            return False
        below: Factors = []
        if self.multiplier:
            weights = [row for row in found if row[1].role == "multiplier"]
            multiplier = _learnt_multiplier(builder, weights)
            if multiplier is None:
                return False
            below = [(multiplier, -1)]
        rest = [row for row in found if row[1].role == "sum"]
        return _learn(builder, term, side, _summands(builder, rest, below))


def _learnt_multiplier(builder: Builder, weights: Squares) -> Term | None:
    """Σ d l^2 Π g, learnt to be positive; None when that does not show."""
    summands = _summands(builder, weights, [])
    total = add(*(mul(num(c), *(power(u, num(k)) for u, k in f)) for c, f in summands))
    form = builder.region.normal_form.form(total)
    term = term_of_polynomial(form.num, form.table)
    _learn(builder, term, 1, summands)
    return term if builder.region.holds(term, ">") else None


def _summands(builder: Builder, found: Squares, below: Factors) -> Summands:
    table = builder.region.normal_form.generators
    summands: Summands = []
    for d, block, root in found:
        if set(root) == {poly.ONE}:
            summands.append((d * root[poly.ONE] ** 2, [*block.factors, *below]))
        else:
            square = term_of_polynomial(root, table)
            summands.append((d, [(square, 2), *block.factors, *below]))
    return summands


def _learn(builder: Builder, term: Term, side: int, summands: Summands) -> bool:
    known = signs.added(sign_of_product(builder, c, factors) for c, factors in summands)
    turned = known if side > 0 else signs.negated(known)
    if turned not in NAMES_OF_SIGNS:
        return False
    return builder.learn_products(
        term, NAMES_OF_SIGNS[turned], [(side * c, factors) for c, factors in summands]
    )
