"""**Bounds of symmetric matrices**: eigenvalues from above and below, by a shifted Cholesky test.

Doubles propose the shift; that the shifted matrix of balls is positive definite is then proved.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from flint import arb

Matrix = Sequence[Sequence[arb]]
_HUGE = 2.0**400  # entries above have no norm in doubles
_SLACK = (2.0**-40, 2.0**-20, 2.0**-10, 2.0**-4, 1.0)


def is_positive_definite(matrix: Matrix) -> bool:
    """Whether every symmetric matrix in the balls certainly is; the lower triangle is read."""
    rows = [list(row) for row in matrix]
    n = len(rows)
    for k in range(n):
        pivot = rows[k][k]
        if not pivot > 0:
            return False
        for i in range(k + 1, n):
            factor = rows[i][k] / pivot
            for j in range(k + 1, i + 1):
                rows[i][j] = rows[i][j] - factor * rows[j][k]
    return True


def largest_eigenvalue(matrix: Matrix) -> arb:
    """A number that no eigenvalue of a symmetric matrix in the balls exceeds; may be infinite."""
    return -smallest_eigenvalue([[-entry for entry in row] for row in matrix])


def smallest_eigenvalue(matrix: Matrix) -> arb:
    """A number below every eigenvalue of every symmetric matrix in the balls."""
    if len(matrix) == 1:
        return matrix[0][0].lower()
    if not all(entry.is_finite() for row in matrix for entry in row):
        return arb.neg_inf()
    middle = np.array([[float(entry.mid()) for entry in row] for row in matrix])
    spread = np.array([[float(entry.rad()) for entry in row] for row in matrix])
    if not (np.abs(middle).max() < _HUGE and spread.max() < _HUGE):
        return arb.neg_inf()
    middle = (middle + middle.T) / 2
    guess = float(np.linalg.eigvalsh(middle)[0]) - float(np.linalg.norm(spread))
    size = float(np.abs(middle).max()) + float(spread.max()) + 2.0**-300
    for slack in _SLACK:
        shift = arb(guess - slack * size)
        if is_positive_definite(_shifted(matrix, shift)):
            return shift
    return arb.neg_inf()


def _shifted(matrix: Matrix, shift: arb) -> list[list[arb]]:
    return [
        [entry - shift if i == j else entry for j, entry in enumerate(row)]
        for i, row in enumerate(matrix)
    ]
