"""Numeric semidefinite programs: the matrices of a linear system that are as positive as can be.

    max λ   such that   Σ <A_ik, X_k> = b_i,   X_k - λ I >= 0,   λ <= 1

A primal-dual interior point method (the HKM direction with Mehrotra's corrector) in floating point:
what it finds is a hint, which `gram_rounding` turns into exact numbers or drops.

Above: `gram_rounding`. Below: numpy.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

MAX_STEPS = 60
ENOUGH = 3e-8  # the relative gap at which the method stops
EXACT = 1e-6  # a step that leaves a larger residual after a smaller one is taken back
WEIGHT = 1e-6  # of the traces beside -λ in the objective: keeps the matrices bounded
TINY = 1e-13  # of the largest eigenvalue: rows that depend on others
STEP = 0.95  # of the way to the boundary


@dataclass(frozen=True)
class Centre:
    """What was found: λ, the X_k, and the dual Z_k with X_k Z_k near λ Z_k, Σ tr Z_k near 1."""

    least: float
    matrices: list[Array]
    duals: list[Array]


def centre(blocks: list[Array], target: Array, deadline: float) -> Centre | None:
    """The most positive solution; None when the method broke down or ran out of time.

    blocks  for each X_k the array of the A_ik, of shape (rows, size, size)
    """
    sizes = sorted({block.shape[1] for block in blocks})
    places = {n: [k for k, block in enumerate(blocks) if block.shape[1] == n] for n in sizes}
    stacks = [np.stack([blocks[k] for k in places[n]], axis=1) for n in sizes]
    try:
        found = _Program(stacks, target).run(deadline)
    except np.linalg.LinAlgError:
        return None
    if found is None or not all(np.all(np.isfinite(v)) for v in (*found[1], *found[2])):
        return None
    least, first, second = found
    matrices: list[Array] = [np.zeros(0)] * len(blocks)
    duals = list(matrices)
    for i, n in enumerate(sizes):
        for place, k in enumerate(places[n]):
            matrices[k], duals[k] = first[i][place] + least * np.eye(n), second[i][place]
    return Centre(least, matrices, duals)


class _Program:
    """min s + w Σ tr Y_k  such that  Σ <A_k, Y_k> - s Σ <A_k, I> = b - Σ <A_k, I>; Y_k, s >= 0.

    With λ = 1 - s and Y_k = X_k - λ I this is the program above. Matrices of one size are stacked.
    """

    def __init__(self, stacks: list[Array], target: Array) -> None:
        traces = np.asarray(sum(np.einsum("mcii->m", stack) for stack in stacks))
        stacks = [*stacks, -np.reshape(traces, (len(target), 1, 1, 1))]
        table = np.hstack([stack.reshape(len(target), -1) for stack in stacks])
        scales = np.sqrt(np.einsum("ia,ia->i", table, table)) + TINY
        table = table / scales[:, None]
        sizes, vectors = np.linalg.eigh(_outer(table, table))
        kept = sizes > TINY * sizes[-1]
        basis = vectors[:, kept] / np.sqrt(sizes[kept])
        rows = np.einsum("ij,ia->ja", basis, table)
        self.target = np.einsum("ij,i->j", basis, (target - traces) / scales)
        ends = np.cumsum([stack[0].size for stack in stacks])[:-1]
        self.flat = np.split(rows, ends, axis=1)
        self.stacks = [f.reshape(-1, *s.shape[1:]) for f, s in zip(self.flat, stacks, strict=True)]
        self.costs = [_units(stack) * WEIGHT for stack in self.stacks]
        self.costs[-1] = _units(self.stacks[-1])
        self.size = sum(stack.shape[1] * stack.shape[2] for stack in self.stacks)
        start = 10.0 * max(1.0, float(np.max(np.abs(self.target))))
        self.x = [_units(stack) * start for stack in self.stacks]
        self.z = [_units(stack) for stack in self.stacks]
        self.y = np.zeros(len(self.target))

    def run(self, deadline: float) -> tuple[float, list[Array], list[Array]] | None:
        """(λ, Y_k, Z_k)."""
        residual = np.inf
        with np.errstate(all="ignore"):
            for _ in range(MAX_STEPS):
                before = self.x, self.z
                try:
                    going = time.perf_counter() < deadline and self._step()
                except np.linalg.LinAlgError:
                    going = False
                last, residual = residual, self._residual()
                if last < EXACT <= residual or not np.isfinite(residual):
                    (self.x, self.z), residual, going = before, last, False
                if not going:
                    break
        if residual > EXACT:
            return None
        return 1 - float(self.x[-1][0, 0, 0]), self.x[:-1], self.z[:-1]

    def _residual(self) -> float:
        return float(np.max(np.abs(self.target - self._image(self.x)), initial=0.0))

    def _image(self, x: list[Array]) -> Array:
        return np.asarray(sum(f @ v.reshape(-1) for f, v in zip(self.flat, x, strict=True)))

    def _dual(self, y: Array) -> list[Array]:
        return [(y @ f).reshape(s.shape[1:]) for f, s in zip(self.flat, self.stacks, strict=True)]

    def _step(self) -> bool:
        """One step; False when there is nothing left to improve."""
        x, z = self.x, self.z
        missing = self.target - self._image(x)
        slack = [c - w - v for c, w, v in zip(self.costs, z, self._dual(self.y), strict=True)]
        gap = _inner(x, z)
        scale = 1 + abs(_inner(self.costs, x))
        if gap <= 0 or (gap < ENOUGH * scale and np.max(np.abs(missing)) < EXACT):
            return False
        mean = gap / self.size
        inverse = [np.linalg.inv(w) for w in z]
        schur = sum(
            _outer(f, (v[None] @ s @ w[None]).reshape(f.shape))
            for f, s, v, w in zip(self.flat, self.stacks, x, inverse, strict=True)
        )
        schur = np.asarray(schur) + 1e-14 * np.trace(schur) / len(self.y) * np.eye(len(self.y))
        factor = np.linalg.inv(schur)

        def direction(aim: float, extra: list[Array]) -> tuple[list[Array], Array, list[Array]]:
            fixed = [
                aim * w - v - _symmetric(v @ r @ w) - _symmetric(e @ w)
                for v, w, r, e in zip(x, inverse, slack, extra, strict=True)
            ]
            right = missing - self._image(fixed)
            dy = factor @ right
            dy = dy + factor @ (right - schur @ dy)
            back = self._dual(dy)
            dz = [r - t for r, t in zip(slack, back, strict=True)]
            dx = [
                f + _symmetric(v @ t @ w)
                for f, v, t, w in zip(fixed, x, back, inverse, strict=True)
            ]
            return dx, dy, dz

        dx, dy, dz = direction(0.0, [np.zeros_like(v) for v in x])
        near, far = _room(x, dx), _room(z, dz)
        ahead = _inner(_moved(x, dx, near), _moved(z, dz, far)) / self.size
        aim = mean * min(1.0, (ahead / mean) ** 3 + 1e-3)
        dx, dy, dz = direction(aim, [v @ w for v, w in zip(dx, dz, strict=True)])
        near, far = _room(x, dx), _room(z, dz)
        self.x, self.z = _moved(x, dx, near), _moved(z, dz, far)
        self.y = self.y + far * dy
        return near > 1e-6 or far > 1e-6


def _outer(left: Array, right: Array) -> Array:
    """left right^T, without the threads of `@`, which cost more than they give at these sizes."""
    return np.asarray(np.einsum("ia,ja->ij", left, right))


def _units(stack: Array) -> Array:
    return np.broadcast_to(np.eye(stack.shape[2]), stack.shape[1:]).copy()


def _symmetric(stack: Array) -> Array:
    return (stack + np.swapaxes(stack, 1, 2)) / 2


def _inner(left: list[Array], right: list[Array]) -> float:
    return float(sum(np.sum(a * b) for a, b in zip(left, right, strict=True)))


def _moved(x: list[Array], dx: list[Array], length: float) -> list[Array]:
    return [v + length * d for v, d in zip(x, dx, strict=True)]


def _room(x: list[Array], dx: list[Array]) -> float:
    """How far x may move along dx and stay positive, at most 1."""
    length = 1.0
    for v, d in zip(x, dx, strict=True):
        root = np.linalg.inv(np.linalg.cholesky(v))
        least = float(np.min(np.linalg.eigvalsh(root @ d @ np.swapaxes(root, 1, 2))))
        if least < 0:
            length = min(length, -STEP / least)
    return length
