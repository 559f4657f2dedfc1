"""**Spectra over Q**: distinct eigenvalues of a symmetric rational matrix, and projections.

The eigenvalues are the roots of the squarefree characteristic polynomial, isolated by Arb; the
projection on an eigenspace is a polynomial in the matrix, so that multiplicities do no harm.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flint import arb, arb_mat, fmpq_mat, fmpq_poly

from verifier.flow.piecewise.neuron import Point, inner, matrix
from verifier.precision import precision


@dataclass(frozen=True)
class Spectrum:
    """Distinct eigenvalues in increasing order with their orthogonal projections, in balls."""

    values: tuple[arb, ...]
    projections: tuple[arb_mat, ...]


@lru_cache(maxsize=4096)
def spectrum(rows: tuple[Point, ...], bits: int) -> Spectrum:
    """The spectrum of a symmetric positive semidefinite matrix; zero is exact if it is there."""
    with precision(bits + 32):
        exact = matrix(rows)
        values = _eigenvalues(exact)
        whole = arb_mat(exact)
        n = len(rows)
        identity = arb_mat(n, n, [int(i == j) for i in range(n) for j in range(n)])
        projections = []
        for k, value in enumerate(values):
            part = identity
            for j, other in enumerate(values):
                if j != k:
                    # P_k = prod over j != k of (H - v_j)/(v_k - v_j)
                    part = part * (whole - identity * other) * (1 / (value - other))
            projections.append(part)
        return Spectrum(values, tuple(projections))


def _eigenvalues(exact: fmpq_mat) -> tuple[arb, ...]:
    polynomial = fmpq_poly(exact.charpoly())
    common = polynomial.gcd(polynomial.derivative())
    squarefree, _ = divmod(polynomial, common)
    singular = bool(squarefree[0] == 0)
    isolated: Any = squarefree.numer().complex_roots()
    roots = [root.real for root, _ in isolated]
    found = [arb(0) if singular and root.contains(0) else root for root in roots]
    return tuple(sorted(found, key=lambda ball: float(ball.mid())))


@lru_cache(maxsize=4096)
def present(rows: tuple[Point, ...], vector: Point, bits: int) -> tuple[bool, ...]:
    """For each distinct eigenvalue, whether `vector` has a part in its eigenspace. Exact.

    The squarefree characteristic polynomial is m q, with m the least polynomial for which
    m(H) vector = 0; an eigenvalue is a root of m or of q, and not of both.
    """
    least = _least_polynomial(rows, vector)
    with precision(bits + 32):
        return tuple(not _certainly_nonzero(least, value) for value in spectrum(rows, bits).values)


def _certainly_nonzero(polynomial: fmpq_poly, at: arb) -> bool:
    total = arb(0)
    for c in reversed(polynomial.coeffs()):
        total = total * at + arb(c)
    return not total.contains(0)


def _least_polynomial(rows: tuple[Point, ...], vector: Point) -> fmpq_poly:
    if not any(vector):
        return fmpq_poly([1])
    powers = [vector]
    while True:
        powers.append(_image(rows, powers[-1]))
        reduced, rank = matrix([list(column) for column in zip(*powers, strict=True)]).rref()
        if rank < len(powers):
            return fmpq_poly([*(-reduced[i, rank] for i in range(rank)), 1])


def _image(rows: tuple[Point, ...], v: Point) -> Point:
    return tuple(inner(row, v) for row in rows)


def apply(projection: arb_mat, vector: Sequence[arb]) -> list[arb]:
    column = projection * arb_mat(len(vector), 1, list(vector))
    return [column[i, 0] for i in range(len(vector))]
