"""Exponents as coordinates: hulls of polynomials, and changes of sign that leave them unchanged.

Above: `square_programs`. Below: the checker's polynomials.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import reduce
from itertools import combinations, product
from math import gcd, lcm
from typing import Any

from symact.checker import polynomials as poly
from symact.checker.forms import Generator, Generators
from symact.checker.polynomials import Monomial, Polynomial

MAX_CANDIDATES = 6_000
NOISE = 1e-9
Vector = tuple[Fraction, ...]


class Exponents:
    """The generators of some polynomials as coordinates, in which monomials are vectors."""

    def __init__(self, polynomials: list[Polynomial], table: Generators) -> None:
        self.table = table
        self.generators = sorted({g for p in polynomials for m in p for g, _ in m})
        self.steps = [self._step(g, polynomials) for g in self.generators]
        self.directions = list(_directions(len(self.generators)))
        self.weights = self._weights()
        self.flips = self._flips(polynomials)

    def _step(self, g: int, polynomials: list[Polynomial]) -> Fraction:
        """The least exponent of a generator in a basis: half of what occurs for exponentials."""
        if self.table.table[g].kind != "exp":
            return Fraction(1)
        met = [e for p in polynomials for m in p for h, e in m if h == g]
        below = lcm(*(e.denominator for e in met))
        return Fraction(reduce(gcd, (int(e * below) for e in met)), 2 * below)

    def vector(self, monomial: Monomial) -> Vector:
        """The exponents, counted in steps."""
        exponents = dict(monomial)
        return tuple(
            exponents.get(g, Fraction(0)) / s
            for g, s in zip(self.generators, self.steps, strict=True)
        )

    def monomial(self, vector: Iterable[int]) -> Monomial:
        """The monomial with these exponents, counted in steps."""
        return tuple(
            (g, s * v) for g, s, v in zip(self.generators, self.steps, vector, strict=True) if v
        )

    def _weights(self) -> Any:
        """What one step of each generator counts in each direction.

        A root counts half of what stands below it, sin(u) as much as cos(u).
        """
        import numpy as np

        weights = np.array(self.directions, dtype=float)
        kinds = [self.table.table[g] for g in self.generators]
        for place, generator in enumerate(kinds):
            if generator.kind in ("sin", "cos"):
                same = [i for i, other in enumerate(kinds) if other.key == generator.key]
                weights[:, place] = np.max(weights[:, same], axis=1)
            elif generator.kind == "sqrt":
                vectors = np.array(self._below(generator) or [self.vector(poly.ONE)], dtype=float)
                weights[:, place] = np.max(weights @ vectors.T, axis=1) / 2
        return weights

    def _below(self, root: Generator) -> list[Vector]:
        """The exponents in what stands below a root, as far as its generators are among these."""
        known = set(self.generators)
        inside = root.argument.num if root.argument is not None else {}
        return [self.vector(m) for m in inside if {h for h, _ in m} <= known]

    # -- symmetries -------------------------------------------------------------------------------
    def _flips(self, polynomials: list[Polynomial]) -> list[tuple[int, ...]]:
        """Independent sets of generators whose signs may change together."""
        width = len(self.generators)
        kinds = [self.table.table[g] for g in self.generators]
        vectors = [self.vector(m) for polynomial in polynomials for m in polynomial]
        vectors += [v for root in kinds if root.kind == "sqrt" for v in self._below(root)]
        rows = {tuple(int(v) % 2 for v in vector) for vector in vectors}
        reduced: list[list[int]] = []
        pivots: list[int] = []
        for row in rows:
            current = list(row)
            for pivot, other in zip(pivots, reduced, strict=True):
                if current[pivot]:
                    current = [a ^ b for a, b in zip(current, other, strict=True)]
            if any(current):
                pivot = current.index(1)
                for i, other in enumerate(reduced):
                    if other[pivot]:
                        reduced[i] = [a ^ b for a, b in zip(other, current, strict=True)]
                reduced.append(current)
                pivots.append(pivot)
        return [
            tuple(
                reduced[pivots.index(c)][free] if c in pivots else int(c == free)
                for c in range(width)
            )
            for free in range(width)
            if free not in pivots
        ]

    def parity(self, vector: Iterable[int]) -> tuple[int, ...]:
        """How the monomial changes under the flips."""
        values = list(vector)
        return tuple(sum(a * b for a, b in zip(f, values, strict=True)) % 2 for f in self.flips)

    # -- hulls ------------------------------------------------------------------------------------
    def hull(self, polynomials: Iterable[Polynomial]) -> Any:
        """The support function in every direction."""
        import numpy as np

        vectors = np.array([self.vector(m) for p in polynomials for m in p], dtype=float)
        return np.max(self.weights @ vectors.T, axis=1)

    def ball(self, hull: Any) -> Any:
        """The support function of all monomials of the degree of a homogeneous hull."""
        import numpy as np

        degree = hull[self.directions.index((1,) * len(self.generators))]
        return degree * np.max(self.weights, axis=1)

    def inside(self, hull: Any) -> list[tuple[int, ...]]:
        """The whole vectors inside a hull; none if there are too many."""
        import numpy as np

        ranges = []
        count = 1
        bounds = dict(zip(self.directions, hull, strict=True))
        for i, g in enumerate(self.generators):
            unit = tuple(int(k == i) for k in range(len(self.generators)))
            low = int(np.ceil(-bounds[tuple(-v for v in unit)] - NOISE))
            high = int(np.floor(bounds[unit] + NOISE))
            if self.table.table[g].kind != "exp":
                low = max(low, 0)
            if g in self.table.quadratic:
                low, high = 0, 1
            ranges.append(range(low, high + 1))
            count *= max(high + 1 - low, 0)
        if not 0 < count <= MAX_CANDIDATES:
            return []
        vectors = np.array(list(product(*ranges)))
        within = np.all(vectors @ self.weights.T <= hull + NOISE, axis=1)
        return [tuple(map(int, v)) for v in vectors[within]]

    def degree(self, polynomial: Polynomial) -> Fraction | None:
        """The degree of a homogeneous polynomial; None for any other."""
        if self.table.quadratic & set(self.generators):
            return None
        degrees = {sum(self.vector(m), Fraction(0)) for m in polynomial}
        return degrees.pop() if len(degrees) == 1 else None


def _directions(width: int) -> Iterator[tuple[int, ...]]:
    """Directions in which the hull is looked at."""
    if width <= 5:
        reach = (-2, -1, 0, 1, 2) if width <= 3 else (-1, 0, 1)
        yield from product(reach, repeat=width)
        return
    yield (1,) * width
    yield (-1,) * width
    for i, j in combinations(range(width), 2):
        for a, b in product((-1, 0, 1), repeat=2):
            yield tuple(a if k == i else b if k == j else 0 for k in range(width))
