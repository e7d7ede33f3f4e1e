"""Exact sums of squares from numeric ones: kernels are recognised and split off, then rounded.

    numeric Q_k  →  rational kernel vectors  →  smaller bases  →  …  →  rational Q_k, L D L^T

Where p vanishes at a point, every Q has the basis' values there in its kernel; these vectors show
in the dual matrices and are rational when the points are, or come with their conjugates.

Above: `positivity`. Below: `semidefinite`, `gram`.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from symact.prover.positivity.gram import Block, Matrix, Product, Reduced, System, squares

if TYPE_CHECKING:
    from symact.checker.polynomials import Polynomial
    from symact.prover.positivity.semidefinite import Centre

ROUNDS = 6  # of splitting off kernels
POSITIVE, HOPELESS = 1e-6, -1e-3  # values of λ
SINGULAR = 1e-9  # a pivot below this means dependent kernel vectors
DENOMINATORS = (1, 2, 12, 60, 2520, 2**16, 2**24, 2**34)
# Largest denominator and error of entries of kernel vectors, tried in turn.
KERNEL = ((36, 1e-4), (12, 1e-3), (4, 1e-2))

# (d, factors, l): d · l^2 times the factors of its block
Squares = list[tuple[Fraction, "Block", "Polynomial"]]


def sum_of_squares(
    target: Polynomial, blocks: list[Block], product: Product, deadline: float
) -> Squares | None:
    """Squares with target = Σ_k g_k Σ d l^2 exactly; None when none were found."""
    for _ in range(ROUNDS):
        system = System(target, blocks, product)
        reduced = system.reduced() if system.is_possible else None
        if reduced is None:
            return None
        found = _solved(system, deadline)
        if found is None or found.least < HOPELESS:
            return None
        if found.least > POSITIVE:
            exact = _rounded(system, reduced, found)
            if exact is not None:
                return exact
        smaller = _without_kernels(blocks, found)
        if smaller is None:
            return None
        blocks = smaller
    return None


def _solved(system: System, deadline: float) -> Centre | None:
    import numpy as np

    from symact.prover.positivity.semidefinite import centre

    index = {m: i for i, m in enumerate(system.rows)}
    arrays = [
        np.zeros((len(system.rows), len(block.basis), len(block.basis))) for block in system.blocks
    ]
    for (k, i, j), entry in system.columns.items():
        for m, c in entry.items():
            arrays[k][index[m], i, j] = arrays[k][index[m], j, i] = float(c)
    target = np.zeros(len(system.rows))
    for m, c in system.target.items():
        target[index[m]] = float(c)
    return centre(arrays, target, deadline)


# -- rounding -------------------------------------------------------------------------------------
def _rounded(system: System, reduced: Reduced, found: Centre) -> Squares | None:
    for denominator in DENOMINATORS:
        chosen = {}
        for column in reduced.free:
            k, i, j = reduced.places[column]
            value = float(found.matrices[k][i, j])
            chosen[column] = Fraction(round(value * denominator), denominator)
        entries = reduced.completed(chosen)
        exact = _factored(system, entries)
        if exact is not None:
            return exact
    return None


def _factored(system: System, entries: dict[Any, Fraction]) -> Squares | None:
    result: Squares = []
    for k, block in enumerate(system.blocks):
        size = len(block.basis)
        matrix: Matrix = [
            [entries[k, min(i, j), max(i, j)] for j in range(size)] for i in range(size)
        ]
        rows = squares(matrix)
        if rows is None:
            return None
        result += [(d, block, block.over([row]).basis[0]) for d, row in rows]
    return result


# -- kernels --------------------------------------------------------------------------------------
def _without_kernels(blocks: list[Block], found: Centre) -> list[Block] | None:
    """The blocks over the orthogonal complements of the kernels; None when there are none.

    A block whose kernel is not recognised as rational is left out.
    """
    import numpy as np

    spectra = [np.linalg.eigh(dual) for dual in found.duals]
    largest = max(float(values[-1]) for values, _ in spectra)
    smaller, changed = [], False
    for block, (values, vectors), matrix in zip(blocks, spectra, found.matrices, strict=True):
        kernel = [
            vectors[:, i]
            for i, value in enumerate(values)
            if value > 1e-3 * largest
            and float(vectors[:, i] @ matrix @ vectors[:, i]) < 1e-2 * value
        ]
        if not kernel:
            smaller.append(block)
            continue
        rows = _complement(np.array(kernel))
        changed = True
        if rows:
            smaller.append(block.over(rows))
    return smaller if changed else None


def _complement(kernel: Any) -> Matrix | None:
    """A rational basis of what is orthogonal to the rows, rounded in reduced form."""
    import numpy as np

    rows, width = kernel.shape
    pivots: list[int] = []
    for i in range(rows):
        below = np.abs(kernel[i:])
        below[:, pivots] = 0
        place, pivot = divmod(int(np.argmax(below)), width)
        if below[place, pivot] < SINGULAR:
            return None
        kernel[[i, i + place]] = kernel[[i + place, i]]
        kernel[i] /= kernel[i, pivot]
        for other in range(rows):
            if other != i:
                kernel[other] -= kernel[other, pivot] * kernel[i]
        pivots.append(pivot)
    exact = _recognised(kernel)
    if exact is None:
        return None
    result = []
    for free in (c for c in range(width) if c not in pivots):
        member = [Fraction(c == free) for c in range(width)]
        for pivot, row in zip(pivots, exact, strict=True):
            member[pivot] = -row[free]
        result.append(member)
    return result


def _recognised(kernel: Any) -> Matrix | None:
    """The entries as simple rationals near them."""
    for denominator, error in KERNEL:
        exact = [[Fraction(float(v)).limit_denominator(denominator) for v in row] for row in kernel]
        if all(
            abs(float(q) - v) <= error
            for rounded, row in zip(exact, kernel, strict=True)
            for q, v in zip(rounded, row, strict=True)
        ):
            return exact
    return None
