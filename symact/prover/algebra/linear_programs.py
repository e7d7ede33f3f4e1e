"""Exact linear programs over the rationals: small, dense, Bland's rule (so it ends).

Above: `sign_search`. Below: the standard library.
"""

from __future__ import annotations

from fractions import Fraction

Vector = list[Fraction]
MAX_PIVOTS = 400


def solve(columns: list[Vector], target: Vector, reward: list[int]) -> Vector | None:
    """λ >= 0 with Σ λ_k columns_k = target and, if possible, a positive Σ of rewarded λ_k.

    columns  one vector per unknown, all as long as `target`
    reward   indices of the unknowns that are preferred to be positive
    Returns None when there is no solution or the search grew too long.
    """
    usable = _usable(columns, target)
    if usable is None:
        return None
    solution = [Fraction(0)] * len(columns)
    kept = [i for i, t in enumerate(target) if t or any(columns[k][i] for k in usable)]
    smaller = [[columns[k][i] for i in kept] for k in usable]
    wanted = [j for j, k in enumerate(usable) if k in reward]
    found = _solve(smaller, [target[i] for i in kept], wanted)
    for k, value in zip(usable, found or (), strict=False):
        solution[k] = value
    return None if found is None else solution


def _usable(columns: list[Vector], target: Vector) -> list[int] | None:
    """The unknowns that may be positive, None when no solution can be: where the target is 0, all
    coefficients of one sign make their unknowns 0.
    """
    usable = set(range(len(columns)))
    rows = [{k: c[i] for k, c in enumerate(columns) if c[i]} for i in range(len(target))]
    while True:
        before = len(usable)
        for row, value in zip(rows, target, strict=True):
            live = [(k, c) for k, c in row.items() if k in usable]
            if value and not any((c > 0) == (value > 0) for _, c in live):
                return None
            if not value and (all(c > 0 for _, c in live) or all(c < 0 for _, c in live)):
                usable -= {k for k, _ in live}
        if len(usable) == before:
            return sorted(usable)


def _solve(columns: list[Vector], target: Vector, reward: list[int]) -> Vector | None:
    height, width = len(target), len(columns)
    rows = [[column[i] for column in columns] for i in range(height)]
    right = list(target)
    for i in range(height):
        if right[i] < 0:
            rows[i], right[i] = [-v for v in rows[i]], -right[i]
        rows[i] = rows[i] + [Fraction(i == j) for j in range(height)]
    basis = [width + i for i in range(height)]
    first = [Fraction(0)] * width + [Fraction(-1)] * height
    if not _maximise(rows, right, basis, first, width + height):
        return None
    if any(right[i] != 0 and b >= width for i, b in enumerate(basis)):
        return None
    _drive_out(rows, right, basis, width)
    second = [Fraction(k in reward) for k in range(width)] + [Fraction(0)] * height
    _maximise(rows, right, basis, second, width, until_positive=True)
    solution = [Fraction(0)] * width
    for i, b in enumerate(basis):
        if b < width:
            solution[b] = right[i]
    return solution


def _maximise(
    rows: list[Vector],
    right: Vector,
    basis: list[int],
    objective: Vector,
    usable: int,
    until_positive: bool = False,
) -> bool:
    """Pivots until no entering column improves the objective; False when it took too long."""
    for _ in range(MAX_PIVOTS):
        if until_positive and any(objective[b] and right[i] > 0 for i, b in enumerate(basis)):
            return True
        entering = next(
            (k for k in range(usable) if k not in basis and _gain(rows, basis, objective, k) > 0),
            None,
        )
        if entering is None:
            return True
        ratios = [
            (right[i] / row[entering], basis[i], i)
            for i, row in enumerate(rows)
            if row[entering] > 0
        ]
        if not ratios:
            # unbounded: any positive amount of the entering column is a solution
            for i, row in enumerate(rows):
                right[i] -= row[entering]
            rows.append([Fraction(k == entering) for k in range(len(objective))])
            right.append(Fraction(1))
            basis.append(entering)
            return True
        _pivot(rows, right, basis, min(ratios)[2], entering)
    return False


def _gain(rows: list[Vector], basis: list[int], objective: Vector, column: int) -> Fraction:
    return objective[column] - sum(
        (objective[b] * rows[i][column] for i, b in enumerate(basis) if objective[b]), Fraction(0)
    )


def _pivot(rows: list[Vector], right: Vector, basis: list[int], row: int, column: int) -> None:
    scale = rows[row][column]
    rows[row] = [v / scale for v in rows[row]]
    right[row] /= scale
    for i, other in enumerate(rows):
        if i != row and other[column]:
            by = other[column]
            rows[i] = [v - by * w for v, w in zip(other, rows[row], strict=True)]
            right[i] -= by * right[row]
    basis[row] = column


def _drive_out(rows: list[Vector], right: Vector, basis: list[int], width: int) -> None:
    """Replaces artificial unknowns that stayed in the basis at value 0; drops redundant rows."""
    for i in reversed(range(len(rows))):
        if basis[i] >= width:
            column = next((k for k in range(width) if rows[i][k]), None)
            if column is None:
                del rows[i], right[i], basis[i]
            else:
                _pivot(rows, right, basis, i, column)
