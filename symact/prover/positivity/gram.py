"""Polynomials as sums of squares times known facts: p = Σ_k g_k Σ_ij Q_k,ij z_i z_j.

A block is a factor g of known sign with a basis z; the unknown symmetric Q are the solution of a
linear system, one row a monomial. All exact.

Above: `gram_rounding`, `positivity`. Below: the checker's polynomials, python-flint.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from flint import fmpq, fmpq_mat

from symact.checker.polynomials import Monomial, Polynomial
from symact.prover.builder import Factors

Matrix = list[list[Fraction]]
Product = Callable[[Polynomial, Polynomial], Polynomial]
Place = tuple[int, int, int]  # block, row, column


@dataclass(frozen=True)
class Block:
    """A factor >= 0, as the product of `factors`, and the polynomials that are squared."""

    factor: Polynomial
    factors: Factors
    basis: tuple[Polynomial, ...]
    role: str = "sum"  # "multiplier": its traces add up to 1

    def over(self, rows: list[list[Fraction]]) -> Block:
        """The same factor with these combinations of the basis."""
        basis = []
        for row in rows:
            total: Polynomial = {}
            for scale, member in zip(row, self.basis, strict=True):
                for m, c in member.items():
                    total[m] = total.get(m, Fraction(0)) + scale * c
            basis.append({m: c for m, c in total.items() if c})
        return replace(self, basis=tuple(basis))


class System:
    """The linear equations that make Σ_k g_k z^T Q_k z equal to the target."""

    def __init__(self, target: Polynomial, blocks: list[Block], product: Product) -> None:
        self.blocks, self.target = blocks, target
        self.columns = {
            (k, i, j): entry
            for k, block in enumerate(blocks)
            for i, j, entry in _entries(block, product)
        }
        rows = {m for entry in self.columns.values() for m in entry}
        self.is_possible = set(target) <= rows
        self.rows: list[Monomial] = sorted(rows)

    def reduced(self) -> Reduced | None:
        """The solutions, some entries as functions of the others; None when there are none."""
        places = sorted(self.columns, key=lambda p: (p[1] == p[2], p))
        index = {m: i for i, m in enumerate(self.rows)}
        table = fmpq_mat(len(self.rows), len(places) + 1)
        for column, place in enumerate(places):
            twice = 1 if place[1] == place[2] else 2
            for m, c in self.columns[place].items():
                table[index[m], column] = _flint(c * twice)
        for m, c in self.target.items():
            table[index[m], len(places)] = _flint(c)
        table, rank = table.rref()
        pivots = []
        for row in range(rank):
            pivot = next(c for c in range(len(places) + 1) if table[row, c] != 0)
            if pivot == len(places):
                return None
            pivots.append(pivot)
        return Reduced(places, pivots, table)


class Reduced:
    """A system in reduced form: pivot entries follow from the free ones."""

    def __init__(self, places: list[Place], pivots: list[int], table: fmpq_mat) -> None:
        self.places = places
        taken = set(pivots)
        self.free = [c for c in range(len(places)) if c not in taken]
        self._rows = [
            (
                pivot,
                _fraction(table[row, len(places)]),
                [(c, _fraction(table[row, c])) for c in self.free if table[row, c] != 0],
            )
            for row, pivot in enumerate(pivots)
        ]

    def completed(self, chosen: dict[int, Fraction]) -> dict[Place, Fraction]:
        """All entries, from those of the free columns."""
        values = {self.places[c]: v for c, v in chosen.items()}
        for pivot, constant, row in self._rows:
            values[self.places[pivot]] = constant - sum(
                (k * chosen[c] for c, k in row), Fraction(0)
            )
        return values


# Stands for the sum of the traces of the multiplier's matrices.
TRACE: Monomial = ((-1, Fraction(1)),)


def _entries(block: Block, product: Product) -> Iterator[tuple[int, int, Polynomial]]:
    for i, left in enumerate(block.basis):
        scaled = product(block.factor, left)
        for j in range(i, len(block.basis)):
            entry = product(scaled, block.basis[j])
            if i == j and block.role == "multiplier":
                entry = {**entry, TRACE: Fraction(1)}
            yield i, j, entry


def _flint(value: Fraction) -> fmpq:
    return fmpq(value.numerator, value.denominator)


def _fraction(value: fmpq) -> Fraction:
    return Fraction(int(value.p), int(value.q))


def squares(matrix: Matrix) -> list[tuple[Fraction, list[Fraction]]] | None:
    """[(d, l)] with matrix = Σ d l l^T and d > 0; None unless the matrix is positive semidefinite.

    The square of the last member of the basis alone comes last.
    """
    rest = [list(row) for row in matrix]
    found = []
    for i in range(len(rest)):
        pivot = rest[i][i]
        if pivot < 0 or (pivot == 0 and any(rest[i][i:])):
            return None
        if pivot == 0:
            continue
        row = [Fraction(0)] * i + [v / pivot for v in rest[i][i:]]
        found.append((pivot, row))
        for a in range(i + 1, len(rest)):
            if row[a]:
                for b in range(a, len(rest)):
                    rest[a][b] -= pivot * row[a] * row[b]
                    rest[b][a] = rest[a][b]
    return found
