"""**Vandermonde matrices** of any size, by the product formula instead of an expanded determinant.

Rows c_i (1, s_i, s_i^2, ...) have the determinant prod_i c_i prod_(i<j) (s_j - s_i).
"""

from __future__ import annotations

import itertools

from verifier.derive.context import Discharge, all_hold, refuse, vanishes
from verifier.derive.kernel.field.reader import Reader
from verifier.derive.kernel.linear.linalg import Rows
from verifier.derive.nonzero import nonzero
from verifier.exact.arrays import Array


def vandermonde(reader: Reader, matrix: Array, elements: Rows) -> Discharge:
    """Whether the square matrix is one, with factors c_i that are not zero and different nodes."""
    for row in elements:
        for k in range(2, len(row)):
            if not (row[k] * row[0] - row[k - 1] * row[1]).is_zero:
                return refuse("it is no Vandermonde matrix.")
    parts = []
    for row in matrix.rows:
        parts.append((f"{row[0]} != 0", nonzero(reader, row[0])))
        for k in range(2, len(row)):
            gap = row[k] * row[0] - row[k - 1] * row[1]
            parts.append((f"{row[k]} is the next power", vanishes(reader, gap, *row)))
    for one, two in itertools.combinations(matrix.rows, 2):
        gap = two[1] * one[0] - one[1] * two[0]
        parts.append((f"{gap} != 0", nonzero(reader, gap)))
        if not parts[-1][1].holds:
            break
    return all_hold(parts)
