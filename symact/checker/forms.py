"""Forms: quotients N / (D1^k1 … Dm^km) of polynomials in generators that stand for real functions.

The denominator stays a product, so that sums over common denominators do not swell; nothing is
divided out but equal factors. Every denominator factor is nonzero wherever the term was defined,
which the domain obligations of the term show separately.

Above: `normal_form`. Below: `polynomials`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from symact.checker import polynomials as poly
from symact.checker.failures import CannotJudge, Rejected
from symact.checker.polynomials import Key, Monomial, Polynomial

# Products of monomials in one check, all in all: some ten seconds.
MAX_WORK = 5_000_000


@dataclass(frozen=True)
class Generator:
    """An indeterminate: kind and key identify it; `argument` is the form it is a function of."""

    kind: str  # name, const, exp, log, sqrt, erf, atan, sin, cos, floor, npow
    key: Any
    argument: Form | None = field(default=None, compare=False, hash=False)


class Generators:
    """Numbers the generators of one check, and builds forms over them."""

    def __init__(self) -> None:
        self.table: list[Generator] = []
        self._index: dict[Generator, int] = {}
        self._work = 0
        self.quadratic: set[int] = set()  # sqrt and sin: their squares are rewritten

    def spend(self, products: int) -> None:
        """Counts the work of one check. Fails with CannotJudge when it is used up."""
        self._work += products
        if self._work > MAX_WORK:
            raise CannotJudge("too much work")

    def index(self, generator: Generator) -> int:
        """The number of the generator, a new one at first sight."""
        if generator not in self._index:
            self._index[generator] = len(self.table)
            if generator.kind in ("sqrt", "sin"):
                self.quadratic.add(len(self.table))
            self.table.append(generator)
        return self._index[generator]

    def number(self, value: Fraction) -> Form:
        """The form of a rational number."""
        return Form(self, poly.constant(value), {})

    def generator(self, generator: Generator, exponent: Fraction = Fraction(1)) -> Form:
        """The form generator^exponent."""
        return Form(self, {((self.index(generator), exponent),): Fraction(1)}, {})

    def total(self, terms: Sequence[Form]) -> Form:
        """The sum, pairwise so that long sums stay cheap."""
        if len(terms) <= 2:
            return terms[0] + terms[1] if len(terms) == 2 else terms[0]
        middle = len(terms) // 2
        return self.total(terms[:middle]) + self.total(terms[middle:])

    def polynomial(self, num: Polynomial) -> Form:
        """The form of a polynomial: sqrt(u)^2 becomes u and sin(u)^2 becomes 1 - cos(u)^2."""
        low: Polynomial = {}
        rewritten: list[Form] = []
        for monomial, coefficient in num.items():
            high = next(((g, e) for g, e in monomial if e >= 2 and g in self.quadratic), None)
            if high is None:
                low[monomial] = coefficient
                continue
            half = int(high[1] // 2)
            rest = poly.times(monomial, ((high[0], Fraction(-2 * half)),))
            rewritten.append(
                self.polynomial({rest: coefficient}) * self._square(high[0]).power(half)
            )
        return self.total([Form(self, low, {}), *rewritten])

    def _square(self, index: int) -> Form:
        """What the square of a sqrt or sin generator is rewritten to."""
        generator = self.table[index]
        if generator.kind == "sqrt" and generator.argument is not None:
            return generator.argument
        cosine = self.index(Generator("cos", generator.key, generator.argument))
        return Form(self, {poly.ONE: Fraction(1), ((cosine, Fraction(2)),): Fraction(-1)}, {})


class Form:
    """num / Π factor^exponent; immutable by convention. Factors are stored by their keys."""

    __slots__ = ("_key", "den", "num", "table")

    def __init__(self, table: Generators, num: Polynomial, den: dict[Key, int]) -> None:
        self.table, self.num, self.den = table, num, den if num else {}
        self._key: tuple[Key, frozenset[tuple[Key, int]]] | None = None

    def key(self) -> tuple[Key, frozenset[tuple[Key, int]]]:
        """A hashable value that determines the form."""
        if self._key is None:
            self._key = (poly.key(self.num), frozenset(self.den.items()))
        return self._key

    def is_zero(self) -> bool:
        """Whether the numerator is the polynomial 0."""
        return not self.num

    def __add__(self, other: Form) -> Form:
        if not self.num or not other.num:
            return self if self.num else other
        if self.den == other.den:
            return Form(self.table, poly.plus(self.num, other.num), self.den)
        common = {f: max(self.den.get(f, 0), other.den.get(f, 0)) for f in self.den | other.den}
        left, right = self._numerator_over(common), other._numerator_over(common)
        return (left + right).divided(common)

    def _numerator_over(self, common: dict[Key, int]) -> Form:
        """The n with self = n / Π common."""
        result = Form(self.table, self.num, {})
        for factor, exponent in common.items():
            for _ in range(exponent - self.den.get(factor, 0)):
                result = result * Form(self.table, dict(factor), {})
        return result

    def divided(self, den: dict[Key, int]) -> Form:
        """self / Π den."""
        return Form(self.table, self.num, _merged(self.den, den))

    def __neg__(self) -> Form:
        return Form(self.table, poly.scaled(self.num, Fraction(-1)), self.den)

    def __sub__(self, other: Form) -> Form:
        return self + -other

    def __mul__(self, other: Form) -> Form:
        for a, b in ((self, other), (other, self)):
            if a.den and b.num:
                scale, monomial, factor = b.normalised()
                if factor in a.den:  # equal factors above and below
                    num = poly.scaled(a.num, scale, monomial)
                    return Form(self.table, num, _merged(_merged(a.den, {factor: -1}), b.den))
        self.table.spend(len(self.num) * len(other.num))
        product = self.table.polynomial(poly.product(self.num, other.num))
        return product.divided(_merged(self.den, other.den))

    def normalised(self) -> tuple[Fraction, Monomial, Key]:
        """(c, m, p) with num = c m p, p of leading coefficient 1 and without invertible content."""
        quadratic = self.table.quadratic
        shared = tuple((g, e) for g, e in poly.content(self.num) if g not in quadratic)
        scale = poly.leading(self.num)
        rest = poly.scaled(self.num, 1 / scale, poly.raised(shared, -1))
        second = poly.leading(rest)
        return scale * second, shared, poly.key(poly.scaled(rest, 1 / second))

    def inverse(self) -> Form:
        """1 / self. Fails with Rejected for 0."""
        if not self.num:
            raise Rejected("division by zero")
        scale, monomial, factor = self.normalised()
        result = Form(self.table, {poly.raised(monomial, -1): 1 / scale}, {})
        for below, exponent in self.den.items():
            result = result * Form(self.table, dict(below), {}).power(exponent)
        return result if factor == _UNIT else result.divided({factor: 1})

    def power(self, exponent: int) -> Form:
        """self ** exponent for any integer. Fails with Rejected for a negative power of 0."""
        base = self if exponent >= 0 else self.inverse()
        result = self.table.number(Fraction(1))
        for bit in bin(abs(exponent))[2:]:
            result = result * result
            if bit == "1":
                result = result * base
        return result


_UNIT = poly.key(poly.constant(Fraction(1)))


def _merged(left: dict[Key, int], right: dict[Key, int]) -> dict[Key, int]:
    total = {f: left.get(f, 0) + right.get(f, 0) for f in left | right}
    return {f: e for f, e in total.items() if e}
