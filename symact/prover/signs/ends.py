"""Signs of polynomials of low degree in one generator, from signs of others without it.

    p = A g + B,  l <= g <= u:   p = p(l) + A (g - l) = p(u) - A (u - g)
                                   = ((g - l) p(u) + (u - g) p(l)) / (u - l)
    p = a g^2 + b g + c:         p = ((2 a g + b)^2 + 4 a c - b^2) / (4 a)

What is left is shown by all means, so it may be transcendental.

Above: `sign_search`. Below: `positive_facts`, `relaxed_points`, `builder`.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from symact.checker import polynomials as poly
from symact.checker import signs
from symact.checker.polynomials import Monomial, Polynomial
from symact.checker.signs import SIGNS, Signs
from symact.language.terms import Term, num
from symact.prover.algebra.factoring import term_of_polynomial
from symact.prover.builder import NAMES_OF_SIGNS, Builder, Factors, Show, Summands
from symact.prover.positivity.positive_facts import is_small, positive_facts, sign_of_product, used
from symact.prover.positivity.relaxed_points import signs_seen
from symact.prover.signs.combinations import Known

MAX_TRIED, MAX_DEPTH = 2, 3
QUARTER = Fraction(1, 4)


def show_by_ends(
    builder: Builder, polynomial: Polynomial, term: Term, show: Show, depth: int
) -> bool:
    """The sign of p by the ends of the range of a generator, or by the vertex of a parabola.

    False also for p >= 0, which is learnt: other attempts may show more.
    """
    if not is_small(polynomial) or len(used(polynomial)) < 2 or depth > MAX_DEPTH:
        return False
    facts = positive_facts(builder, polynomial)
    table = builder.region.normal_form.generators
    if len(signs_seen(polynomial, [(p, known) for p, _, known in facts], table)) > 1:
        return False
    search = _Search(builder, polynomial, term, (show, depth))
    tried = 0
    for generator in sorted(used(polynomial) - table.quadratic):
        powers = set(_parts(polynomial, generator))
        if powers == {0, 1}:
            low, high = (_end(facts, generator, side) for side in (1, -1))
            if low is None and high is None:
                continue
            done = search.by_ends(generator, low, high)
        elif powers <= {0, 1, 2}:
            done = search.by_vertex(generator)
        else:
            continue
        tried += 1
        if done or tried == MAX_TRIED:
            break
    return len(builder.region.signs(term)) == 1


def _parts(polynomial: Polynomial, generator: int) -> dict[Fraction, Polynomial]:
    """The coefficients of the powers of a generator."""
    parts: dict[Fraction, Polynomial] = {}
    for monomial, c in polynomial.items():
        exponents = dict(monomial)
        power = exponents.pop(generator, Fraction(0))
        parts.setdefault(power, {})[tuple(sorted(exponents.items()))] = c
    return parts


@dataclass(frozen=True)
class _End:
    """An end e of the range of g: |g - e| = scale · Π factors, with what is known of its sign."""

    value: Polynomial
    scale: Fraction
    factors: Factors


def _end(facts: list[Known], generator: int, side: int) -> _End | None:
    """The lower (side 1) or upper (side -1) end that a fact names."""
    unit: Monomial = ((generator, Fraction(1)),)
    for polynomial, factors, known in facts:
        c = polynomial.get(unit, Fraction(0))
        value = {m: -k / c for m, k in polynomial.items() if m != unit} if c else {}
        if c * side > 0 and known <= SIGNS[">="] and generator not in used(value):
            return _End(value, 1 / abs(c), factors)
    return None


class _Search:
    """The polynomial p whose sign is looked for, and how to look for others."""

    def __init__(
        self, builder: Builder, polynomial: Polynomial, term: Term, search: tuple[Show, int]
    ) -> None:
        self.builder, self.polynomial, self.term = builder, polynomial, term
        self.show, self.depth = search

    def by_ends(self, generator: int, low: _End | None, high: _End | None) -> bool:
        """p affine in a generator between known ends."""
        parts = _parts(self.polynomial, generator)
        slope, rest = parts[Fraction(1)], parts[Fraction(0)]
        at = {
            side: poly.plus(rest, poly.product(slope, end.value))
            for side, end in ((1, low), (-1, high))
            if end is not None
        }
        for side, end in ((1, low), (-1, high)):
            if end is None or not self._agree(at[side], poly.scaled(slope, Fraction(side))):
                continue
            step = (side * end.scale, [(self._term(slope), 1), *end.factors])
            if self._learn([(Fraction(1), [(self._term(at[side]), 1)]), step]):
                return True
        if low is None or high is None or not self._agree(at[1], at[-1]):
            return False
        width = poly.plus(high.value, low.value, Fraction(-1))
        if not width or not self._sign(width) <= signs.POSITIVE:
            return False
        below = (self._term(width), -1)
        return self._learn(
            [
                (low.scale, [*low.factors, (self._term(at[-1]), 1), below]),
                (high.scale, [*high.factors, (self._term(at[1]), 1), below]),
            ]
        )

    def by_vertex(self, generator: int) -> bool:
        """p = a g^2 + b g + c, by the signs of a and of 4 a c - b^2."""
        parts = _parts(self.polynomial, generator)
        a, b, c = (parts.get(Fraction(k), {}) for k in (2, 1, 0))
        if 0 in self._sign(a):
            return False
        product = poly.scaled(poly.product(a, c), Fraction(4)) if c else {}
        discriminant = poly.plus(product, poly.product(b, b), Fraction(-1)) if b else product
        if not self._sign(discriminant) <= SIGNS[">="]:
            return False
        slope = poly.plus(poly.scaled(a, Fraction(2), ((generator, Fraction(1)),)), b)
        below = (self._term(a), -1)
        return self._learn(
            [
                (QUARTER, [(self._term(slope), 2), below]),
                (QUARTER, [(self._term(discriminant), 1), below]),
            ]
        )

    def _agree(self, first: Polynomial, second: Polynomial) -> bool:
        """Whether both are known to be >= 0, or both <= 0."""
        return signs.added([self._sign(first), self._sign(second)]) in NAMES_OF_SIGNS

    def _sign(self, polynomial: Polynomial) -> Signs:
        """What is known of the sign, after looking for it."""
        if not polynomial:
            return signs.ZERO
        term = self._term(polynomial)
        for relation in (">=", "<="):
            if len(self.builder.region.signs(term)) > 1:
                self.show(self.builder, term, relation, self.depth + 1)
        return self.builder.region.signs(term)

    def _term(self, polynomial: Polynomial) -> Term:
        table = self.builder.region.normal_form.generators
        return term_of_polynomial(polynomial, table) if polynomial else num(0)

    def _learn(self, summands: Summands) -> bool:
        known = signs.added(sign_of_product(self.builder, c, factors) for c, factors in summands)
        if known not in NAMES_OF_SIGNS:
            return False
        return self.builder.learn_products(self.term, NAMES_OF_SIGNS[known], summands)
