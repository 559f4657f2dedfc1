"""**Semidefinite**: floating-point proposals of Gram matrices. They decide nothing.

Maximise t subject to C_b + sum_i y_i N_bi - t I >= 0 in every block b. Small problems follow the
central path of the log-determinant barrier (Boyd and Vandenberghe, Convex Optimization, 11.3);
larger ones go to clarabel.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from verifier.errors import UnsupportedError

Array = NDArray[np.float64]
Blocks = list[tuple[Array, Array]]  # C of shape (n, n), N of shape (m, n, n)
OWN = 250  # free parameters up to which the barrier method is quick
ENOUGH = 1e-3  # a margin that leaves room for rounding
RADIUS = 1e3
RIDGE = 1e-13  # of directions that change no block


@dataclass(frozen=True)
class Proposal:
    """The parameters y, the margin t, and the blocks at y."""

    y: Array
    margin: float
    blocks: list[Array]


def propose(blocks: Blocks, parameters: int) -> Proposal:
    """The best margin found; raises `UnsupportedError` where a solver is needed and missing."""
    largest = max((float(abs(c).max()) for c, _ in blocks if c.size), default=1.0)
    scale = largest or 1.0
    unit = [(c / scale, n) for c, n in blocks]
    y = _central(unit, parameters) if parameters <= OWN else _clarabel(unit, parameters)
    at = [c + np.tensordot(y, n, 1) for c, n in unit]
    margin = min(float(np.linalg.eigvalsh(g)[0]) for g in at)
    return Proposal(y * scale, margin, at)


def _central(blocks: Blocks, parameters: int) -> Array:
    start = _least(blocks, parameters)
    traces = [(np.trace(c), np.trace(n, axis1=1, axis2=2)) for c, n in blocks]
    trace = sum(float(c) for c, _ in traces)
    slope = sum((n for _, n in traces), np.zeros(parameters))
    room = RADIUS * (1 + abs(trace + float(slope @ start)))
    limits = [*blocks, (np.array([[room - trace]]), -slope.reshape(-1, 1, 1))]
    path = _by_size([(c, np.concatenate([n, -np.eye(len(c))[None]])) for c, n in limits])
    lowest = min(float(np.linalg.eigvalsh(c + np.tensordot(start, n, 1))[0]) for c, n in limits)
    z = np.append(start, lowest - 1)
    dimension = sum(len(c) for c, _ in limits)
    mu = 1.0
    while mu > 1e-10:
        z = _newton(path, z, mu)
        if z[-1] > ENOUGH or z[-1] + 2 * mu * dimension < -1e-7:
            break
        mu *= 0.15
    return np.asarray(z[:-1])


def _by_size(blocks: Blocks) -> Blocks:
    """Blocks of one size together: C of shape (b, n, n) and N of shape (m, b, n, n)."""
    sizes = sorted({len(c) for c, _ in blocks})
    groups = [[(c, n) for c, n in blocks if len(c) == size] for size in sizes]
    return [
        (np.stack([c for c, _ in group]), np.stack([n for _, n in group], axis=1))
        for group in groups
    ]


def _least(blocks: Blocks, parameters: int) -> Array:
    if not parameters:
        return np.zeros(0)
    columns = np.concatenate([n.reshape(parameters, -1) for _, n in blocks], axis=1).T
    right = np.concatenate([c.reshape(-1) for c, _ in blocks])
    return np.asarray(np.linalg.lstsq(columns, -right, rcond=None)[0])


def _newton(path: Blocks, z: Array, mu: float) -> Array:
    """Minimise -t/mu - sum log det S_b by Newton steps that stay inside."""
    value = _barrier(path, z, mu)
    for _ in range(30):
        gradient = np.zeros(len(z))
        hessian = np.zeros((len(z), len(z)))
        for c, n in path:
            product = np.linalg.inv(c + np.tensordot(z, n, 1)) @ n
            gradient -= np.trace(product, axis1=2, axis2=3).sum(axis=1)
            flat = product.reshape(len(z), -1)
            hessian += flat @ product.transpose(0, 1, 3, 2).reshape(len(z), -1).T
        gradient[-1] -= 1 / mu
        hessian[np.diag_indices(len(z))] += RIDGE * (1 + float(hessian.diagonal().max()))
        step = -np.linalg.solve(hessian, gradient)
        decrement = -float(gradient @ step)
        if not decrement > 1e-3:
            return z
        length = 1.0
        while length > 1e-6:
            there = z + length * step
            reached = _barrier(path, there, mu)
            if reached < value - 0.1 * length * decrement:
                break
            length /= 2
        else:
            return z
        z, value = there, reached
    return z


def _barrier(path: Blocks, z: Array, mu: float) -> float:
    total = -float(z[-1]) / mu
    for c, n in path:
        try:
            root = np.linalg.cholesky(c + np.tensordot(z, n, 1))
        except np.linalg.LinAlgError:
            return float("inf")
        total -= 2 * float(np.log(np.diagonal(root, axis1=1, axis2=2)).sum())
    return total


def _clarabel(blocks: Blocks, parameters: int) -> Array:
    try:
        clarabel: Any = importlib.import_module("clarabel")
        sparse: Any = importlib.import_module("scipy.sparse")
    except ImportError as fault:
        raise UnsupportedError(
            f"The Gram matrix has {parameters} free entries; beyond {OWN} a solver is needed.\n"
            '  Install it: pip install "theorem-verifier[solvers]".'
        ) from fault
    rows, right = [], []
    for c, n in blocks:
        where = [(i, j) for j in range(len(c)) for i in range(j + 1)]
        i, j = np.array(where).T
        weight = np.where(i == j, 1.0, np.sqrt(2.0))
        shift = np.where(i == j, 1.0, 0.0)
        rows.append(np.vstack([-n[:, i, j] * weight, shift]).T)
        right.append(c[i, j] * weight)
    count = parameters + 1
    cost = np.zeros(count)
    cost[-1] = -1.0
    settings = clarabel.DefaultSettings()
    settings.verbose = False
    solution = clarabel.DefaultSolver(
        sparse.csc_matrix((count, count)),
        cost,
        sparse.csc_matrix(np.vstack(rows)),
        np.concatenate(right),
        [clarabel.PSDTriangleConeT(len(c)) for c, _ in blocks],
        settings,
    ).solve()
    return np.nan_to_num(np.array(solution.x[:-1]))


def kernel(gram: Array, *, accuracy: float, limit: int) -> list[list[Fraction]]:
    """Rational vectors near a basis of the kernel of `gram`, in reduced echelon form.

    Eigenvalues below `accuracy` times the largest count as zero. A basis that is not near
    rationals with denominators up to `limit` is left out.
    """
    values, vectors = np.linalg.eigh(gram)
    largest = max(float(abs(values).max()), 1e-3)
    rows = vectors[:, values < accuracy * largest].T.copy()
    out: list[int] = []
    for k in range(len(rows)):
        rest = np.abs(rows[k:])
        rest[:, out] = 0
        r, c = np.unravel_index(int(rest.argmax()), rest.shape)
        rows[[k, k + int(r)]] = rows[[k + int(r), k]]
        rows[k] /= rows[k, c]
        for other in range(len(rows)):
            if other != k:
                rows[other] -= rows[other, c] * rows[k]
        out.append(int(c))
    exact = [[Fraction(float(v)).limit_denominator(limit) for v in row] for row in rows]
    near = all(
        abs(float(e) - float(v)) < 0.1 / limit
        for fractions, row in zip(exact, rows, strict=True)
        for e, v in zip(fractions, row, strict=True)
    )
    return exact if near else []
