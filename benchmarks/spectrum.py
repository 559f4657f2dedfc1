"""**Spectrum**: the eigenvalues of a symmetric 6 x 6 matrix of rationals, 50 digits.

Peer: `mpmath.eigsy`, which gives no bound. The answers are compared by the smallest eigenvalue.
"""

from __future__ import annotations

import flint
import mpmath

from benchmarks.race import Race

SIZE = 6
DIGITS = 50
BITS = 176


def race() -> Race:
    from verifier import Q, array
    from verifier.enclose.linear.algebra import eigenvalues

    matrix = array([[Q(_numerator(i, j), 7) for j in range(SIZE)] for i in range(SIZE)])

    def ours() -> flint.arb:
        return eigenvalues(matrix, bits=BITS)[0]

    return Race("spectrum", ours, {"mpmath.eigsy": _eigsy}, target="1.00", radius="1e-48")


def _numerator(i: int, j: int) -> int:
    return (13 * i * j + 29 * (i + j)) % 61 - 30


def _eigsy() -> mpmath.mpf:
    with mpmath.workdps(DIGITS):
        rows = [[mpmath.mpf(_numerator(i, j)) / 7 for j in range(SIZE)] for i in range(SIZE)]
        return min(mpmath.eigsy(mpmath.matrix(rows), eigvals_only=True))
