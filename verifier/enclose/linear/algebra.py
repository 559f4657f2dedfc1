"""**Linear algebra in balls**: spectra, inertia, ranks, pseudo-inverses and exponentials.

Matrices are arrays of exact scalars, whose symbols have exact values or range over intervals.
Where all entries are rational, ranks, inertia and pseudo-inverses are computed exactly.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from flint import arb, arb_mat, fmpq, fmpq_mat

from verifier.enclose.linear.eigenvalues import eigenvalues_of
from verifier.enclose.parameters import Values, enclose_all, ranges_of
from verifier.errors import DomainError, StatementError
from verifier.exact.arrays import Array, array
from verifier.exact.substitution import substitute
from verifier.precision import precision

_NOTHING: Values = MappingProxyType({})
_GUARD = 32

Matrix = Any  # an array, or its rows


def eigenvalues(matrix: Matrix, values: Values = _NOTHING, *, bits: int = 128) -> tuple[arb, ...]:
    """Balls around the eigenvalues of a symmetric matrix, in increasing order with multiplicity.

    Args:
        matrix: n x n, equal to its transpose entry by entry.
        values: a rational for each symbol, or the two ends of its range.
        bits: of mantissa.

    The k-th ball encloses the k-th smallest eigenvalue at every point of the ranges. Raises
    `StatementError` for a matrix that is not written symmetric, `DomainError` without values.
    """
    square = _symmetric(matrix)
    return tuple(eigenvalues_of(_rows(square, values, bits), bits=bits))


def inertia(matrix: Matrix, values: Values = _NOTHING, *, bits: int = 128) -> tuple[int, int, int]:
    """The numbers of positive, zero and negative eigenvalues of a symmetric matrix.

    Exact where the entries are rational. Else raises `DomainError` when the sign of an eigenvalue
    is not the same, and certain, on all of the ranges.
    """
    square = _symmetric(matrix)
    known = _rational(square, values)
    if known is not None:
        return _exact_inertia(known)
    balls = eigenvalues_of(_rows(square, values, bits), bits=bits)
    for ball in balls:
        if ball.contains(0):
            raise DomainError(f"The sign of the eigenvalue {ball.str(10)} is not certain.")
    positive = sum(bool(ball > 0) for ball in balls)
    return positive, 0, len(balls) - positive


def rank_bounds(matrix: Matrix, values: Values = _NOTHING, *, bits: int = 128) -> tuple[int, int]:
    """The rank from below and above: both are the rank where the entries are rational.

    From below it is the size of a minor that is certainly not zero on all of the ranges.
    """
    table = array(matrix)
    known = _rational(table, values)
    if known is not None:
        return known.rank(), known.rank()
    with precision(bits + _GUARD):
        return _pivots(_rows(table, values, bits)), min(table.shape)


def enclose_pseudo_inverse(
    matrix: Matrix, values: Values = _NOTHING, *, bits: int = 128
) -> arb_mat:
    """Balls around the entries of the Moore-Penrose inverse, n x m for a matrix of m x n.

    Of any rank where the entries are rational, by an exact full-rank factorisation. Else raises
    `DomainError` when full rank is not shown on all of the ranges.
    """
    table = array(matrix)
    known = _rational(table, values)
    if known is not None:
        inverse = _exact_pseudo_inverse(known)
        with precision(bits):
            return arb_mat(inverse)
    balls = arb_mat(_rows(table, values, bits))
    turned = balls.transpose()
    with precision(bits + _GUARD):
        try:
            if table.shape[0] >= table.shape[1]:
                return (turned * balls).solve(turned)
            return (balls * turned).solve(balls).transpose()
        except ZeroDivisionError as fault:
            raise DomainError(f"Full rank is not shown, of\n    {table}") from fault


def matrix_exponential(matrix: Matrix, values: Values = _NOTHING, *, bits: int = 128) -> arb_mat:
    """Balls around the entries of exp(A) = I + A + A^2/2 + ... for a square matrix."""
    table = array(matrix)
    if not table.is_square:
        raise StatementError(f"The exponential is that of a square matrix, got {table.shape}.")
    balls = arb_mat(_rows(table, values, bits))
    with precision(bits + _GUARD):
        return balls.exp()


def _symmetric(matrix: Matrix) -> Array:
    table = array(matrix)
    if not table.is_square or table != table.T:
        raise StatementError(f"Eigenvalues are enclosed of a symmetric matrix, got\n    {table}")
    return table


def _rows(table: Array, values: Values, bits: int) -> list[list[arb]]:
    known = _rational(table, values)
    if known is not None:
        with precision(bits + _GUARD):
            return arb_mat(known).tolist()
    flat = enclose_all(table.entries, values, bits=bits + _GUARD)
    width = table.shape[1]
    return [flat[k : k + width] for k in range(0, len(flat), width)]


def _rational(table: Array, values: Values) -> fmpq_mat | None:
    """The matrix over Q, if the values make every entry a rational number."""
    if any(low != high for low, high in ranges_of(values)):
        return None
    numbers = [value[0] if isinstance(value, tuple) else value for value in values.values()]
    found = substitute(table, dict(zip(values, numbers, strict=True))) if values else table
    if not all(entry.is_Rational for entry in found.entries):
        return None
    m, n = found.shape
    return fmpq_mat(m, n, [fmpq(int(entry.p), int(entry.q)) for entry in found.entries])


def _exact_inertia(matrix: fmpq_mat) -> tuple[int, int, int]:
    # all roots of the characteristic polynomial are real: Descartes' rule counts them exactly
    coefficients = matrix.charpoly().coeffs()
    zeros = next(k for k, c in enumerate(coefficients) if c != 0)
    signs = [c > 0 for c in coefficients if c != 0]
    positive = sum(a != b for a, b in pairwise(signs))
    return positive, zeros, len(coefficients) - 1 - zeros - positive


def _exact_pseudo_inverse(matrix: fmpq_mat) -> fmpq_mat:
    # A = C R of full rank: A+ = R^T (R R^T)^-1 (C^T C)^-1 C^T
    m, n = matrix.nrows(), matrix.ncols()
    reduced, rank = matrix.rref()
    if rank == 0:
        return fmpq_mat(n, m)
    leads = [next(j for j in range(n) if reduced[i, j] != 0) for i in range(rank)]
    right = fmpq_mat(rank, n, [reduced[i, j] for i in range(rank) for j in range(n)])
    left = fmpq_mat(m, rank, [matrix[i, j] for i in range(m) for j in leads])
    inner = (left.transpose() * left) * (right * right.transpose())
    return right.transpose() * inner.solve(left.transpose())


def _pivots(rows: Sequence[Sequence[arb]]) -> int:
    """How many pivots of Gauss's elimination are certainly not zero, the largest chosen first."""
    left = [list(row) for row in rows]
    count = 0
    while left and left[0]:
        size, i, j = max(
            ((row[j].abs_lower(), i, j) for i, row in enumerate(left) for j in range(len(row))),
            key=lambda entry: entry[0],
        )
        if not size > 0:
            break
        count += 1
        pivot = left.pop(i)
        others = [k for k in range(len(pivot)) if k != j]
        left = [[row[k] - row[j] / pivot[j] * pivot[k] for k in others] for row in left]
    return count
