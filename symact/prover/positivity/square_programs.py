"""Semidefinite programs for a polynomial: which monomials to square, which facts to multiply.

Monomials are kept only if no square sticks out of the hull of the target's exponents, and are
grouped by the changes of sign that leave everything unchanged.

Above: `positivity`. Below: `exponents`, `gram`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import Any

from symact.checker import polynomials as poly
from symact.checker import signs
from symact.checker.forms import Generators
from symact.checker.polynomials import Polynomial
from symact.language.terms import num
from symact.prover.algebra.exponents import Exponents
from symact.prover.algebra.factoring import term_of_monomial
from symact.prover.builder import Factors
from symact.prover.positivity.gram import Block, Product
from symact.prover.signs.combinations import Known

MAX_ENTRIES = 900  # unknown numbers in one program
MAX_SIZE = 30  # of one matrix
MAX_PRODUCTS, MAX_FACTOR = 70, 60
ONE: Polynomial = {poly.ONE: Fraction(1)}
Program = tuple[list[Block], list[Block]]  # the blocks of the sum, and those of the multiplier


@dataclass(frozen=True)
class Level:
    """How far to go: facts multiplied at most, whether the hull grows, what p is multiplied by."""

    facts: int
    grows: bool
    multiplier: str  # "", "facts", "squares" or "all"


LEVELS = (Level(1, False, ""), Level(2, False, ""), Level(3, True, ""), Level(1, True, "all"))
# A homogeneous target needs terms of its own degree only.
HOMOGENEOUS = (
    Level(1, False, ""),
    Level(3, False, ""),
    Level(2, False, "facts"),
    Level(1, False, "squares"),
)


class Programs:
    """The programs for one target and facts about it, in order of size."""

    def __init__(
        self, target: Polynomial, facts: list[Known], table: Generators, multiply: Product
    ) -> None:
        self.target, self.table, self.multiply = target, table, multiply
        polynomials = [target, *(p for p, _, _ in facts)]
        self.exponents = Exponents(polynomials, table)
        self.facts = [fact for fact in facts if fact[2] != signs.ZERO]
        self.equations = [fact for fact in facts if fact[2] == signs.ZERO]
        self.is_homogeneous = all(self.exponents.degree(p) is not None for p in polynomials)

    def __iter__(self) -> Iterator[Program]:
        seen: list[list[Block]] = []
        for level in HOMOGENEOUS if self.is_homogeneous else LEVELS:
            found = self.program(level)
            if found is not None and found[0] not in seen:
                if not level.multiplier:
                    seen.append(found[0])
                yield found

    def program(self, level: Level) -> Program | None:
        """One program; None when there would be none, or one that is too large."""
        import numpy as np

        exponents = self.exponents
        hull = exponents.hull([self.target])
        multiplier: list[Block] = []
        if level.grows:
            facts = [p for p, _, _ in (*self.facts, *self.equations)]
            hull = np.maximum(hull, exponents.hull([ONE, *facts]))
        if level.multiplier:
            multiplier = list(self._multiplier(level.multiplier))
            if not multiplier:
                return None
            grown = [exponents.hull([b.factor]) + 2 * exponents.hull(b.basis) for b in multiplier]
            hull = hull + np.max(grown, axis=0)
            if self.is_homogeneous:
                hull = exponents.ball(hull)
        blocks: list[Block] = []
        entries = 0
        for block in self._blocks(level.facts, hull):
            blocks.append(block)
            entries += len(block.basis) * (len(block.basis) + 1) // 2
            if entries > MAX_ENTRIES or len(block.basis) > MAX_SIZE:
                return None
        return blocks, multiplier

    def _blocks(self, most: int, hull: Any) -> Iterator[Block]:
        for factor, factors in self._products(most):
            yield from self._over(factor, factors, hull)
        yield from self._equations(hull)

    def _products(self, most: int) -> Iterator[tuple[Polynomial, Factors]]:
        """1, the facts, and products of different facts."""
        yield ONE, []
        count = 0
        for size in range(1, most + 1):
            for chosen in combinations(self.facts, size):
                count += 1
                if count > MAX_PRODUCTS:
                    return
                factor = self._factor([p for p, _, _ in chosen])
                if factor is not None:
                    yield factor, [f for _, factors, _ in chosen for f in factors]

    def _factor(self, chosen: list[Polynomial]) -> Polynomial | None:
        """The product, unless it is too large."""
        factor: Polynomial = ONE
        for p in chosen:
            factor = self.multiply(factor, p)
            if len(factor) > MAX_FACTOR:
                return None
        return factor

    def _over(self, factor: Polynomial, factors: Factors, hull: Any) -> Iterator[Block]:
        """Blocks for one factor, by parity; low degrees last."""
        exponents = self.exponents
        groups: dict[tuple[int, ...], list[tuple[int, ...]]] = {}
        for vector in exponents.inside((hull - exponents.hull([factor])) / 2):
            groups.setdefault(exponents.parity(vector), []).append(vector)
        for members in groups.values():
            members.sort(key=lambda v: (-sum(map(abs, v)), v))
            basis = [{exponents.monomial(v): Fraction(1)} for v in members]
            yield Block(factor, factors, tuple(basis))

    def _equations(self, hull: Any) -> Iterator[Block]:
        """±h m for facts h = 0 and monomials m."""
        exponents = self.exponents
        for h, factors, _ in self.equations:
            for vector in exponents.inside(hull - exponents.hull([h])):
                monomial = exponents.monomial(vector)
                unit = term_of_monomial(monomial, Fraction(1), self.table)
                product = self.multiply(h, {monomial: Fraction(1)})
                with_unit = [*factors, (unit, 1)] if monomial else factors
                yield Block(product, with_unit, (ONE,))
                minus: Factors = [(num(-1), 1), *with_unit]
                yield Block(poly.scaled(product, Fraction(-1)), minus, (ONE,))

    def _multiplier(self, kind: str) -> Iterator[Block]:
        """Squares of degree one in the target's generators, and facts about them."""
        exponents = self.exponents
        used = {g for m in self.target for g, _ in m}
        if kind != "facts":
            width = len(exponents.generators)
            vectors = [
                tuple(int(k == i) for k in range(width))
                for i, g in enumerate(exponents.generators)
                if g in used
            ]
            vectors += [] if self.is_homogeneous else [(0,) * width]
            groups: dict[tuple[int, ...], list[Polynomial]] = {}
            for vector in vectors:
                member = {exponents.monomial(vector): Fraction(1)}
                groups.setdefault(exponents.parity(vector), []).append(member)
            yield from (Block(ONE, [], tuple(members)) for members in groups.values())
        if kind != "squares":
            near = [f for f in self.facts if used >= {g for m in f[0] for g, _ in m}]
            degrees = {exponents.degree(factor) or 0 for factor, _, _ in near}
            for factor, factors, _ in near:
                if not self.is_homogeneous or exponents.degree(factor) == min(degrees):
                    yield Block(factor, factors, (ONE,))
