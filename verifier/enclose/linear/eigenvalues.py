r"""**Eigenvalues** of symmetric matrices of balls, each enclosed with its place in the order.

Nearly orthogonal X, found without a bound, make B = X^T A X nearly diagonal. With
|| X^T X - I || <= e and || B - D || <= r, Weyl and Ostrowski give for the k-th in order

    lambda_k(A) in (d_k + [-r, r]) / (1 + [-e, e]),

and a disc of Gershgorin that no other one meets is as good for the one in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
from flint import arb, arb_mat

from verifier.precision import precision

_GUARD = 24  # bits beyond those asked for
_REFINED = 12  # steps of refinement, each of which doubles the correct bits
_SMALL = 2**8  # ratio of a gap and the entry that mixes its eigenvectors, for it to be refined
_SWEEPS = 40  # of rotations, for eigenvalues that are too close to be refined

Rows = list[list[arb]]


def eigenvalues_of(matrix: Sequence[Sequence[arb]], *, bits: int) -> list[arb]:
    """The k-th ball encloses the k-th smallest eigenvalue of every symmetric matrix in `matrix`.

    The lower triangle is read, all of it finite. A ball without bounds where nothing is shown.
    """
    n = len(matrix)
    whole = arb_mat([[matrix[max(i, j)][min(i, j)] for j in range(n)] for i in range(n)])
    turned = _diagonalising(whole.mid(), bits)
    with precision(bits + _GUARD):
        balls = _enclosed(whole.mid(), turned)
        spread = _norm([[entry.rad() for entry in row] for row in whole.tolist()])
        if spread == 0:
            return balls
        # |lambda_k(A) - lambda_k(mid A)| <= || A - mid A ||
        around = [ball + arb(0, spread) for ball in balls]
        return [x.intersection(y) for x, y in zip(around, _enclosed(whole, turned), strict=True)]


def _enclosed(whole: arb_mat, turned: arb_mat) -> list[arb]:
    """The eigenvalues of every symmetric matrix in `whole` by its form in the columns `turned`."""
    n = whole.nrows()
    gram = (turned.transpose() * turned).tolist()
    inside = (turned.transpose() * whole * turned).tolist()
    middles = [inside[k][k].mid() for k in range(n)]
    for k in range(n):
        gram[k][k] -= 1
        inside[k][k] -= middles[k]
    away, reach = _norm(gram), _norm(inside)
    if not (away < 1 and reach.is_finite()):
        return [arb(0, "inf")] * n
    order = sorted(range(n), key=lambda k: middles[k])
    discs = [arb(middles[k], _row_sum(inside[k])) for k in order]
    found = []
    for place, k in enumerate(order):
        ball, disc = arb(middles[k], reach), discs[place]
        if not any(disc.overlaps(other) for other in discs[:place] + discs[place + 1 :]):
            ball = ball.intersection(disc)
        found.append(ball / arb(1, away))
    return found


def _row_sum(row: Sequence[arb]) -> arb:
    return sum((abs(entry) for entry in row), start=arb(0)).upper()


def _norm(rows: Sequence[Sequence[arb]]) -> arb:
    """The greatest row sum, which bounds the spectral norm of a symmetric matrix."""
    greatest = arb(0)
    for row in rows:
        greatest = greatest.max(_row_sum(row)).upper()
    return greatest


def _diagonalising(middle: arb_mat, bits: int) -> arb_mat:
    """Nearly orthogonal columns near the eigenvectors; nothing is proved about them."""
    x = _eigenvectors_in_doubles(middle)
    with precision(bits + _GUARD):
        for _ in range(_REFINED):
            x, move = _refined(middle, x)
            if not move < 1:
                return _rotated(middle, _identity(x.nrows()), bits)
            if move < arb(2) ** (-bits // 2 - 4):
                break
        inside = (x.transpose() * middle * x).mid().tolist()
        rest = [[y for j, y in enumerate(row) if j != i] for i, row in enumerate(inside)]
        close = _norm(rest) <= _norm(inside) * arb(2) ** -bits
        return x if close else _rotated(middle, x, bits)


def _identity(n: int) -> arb_mat:
    return arb_mat(n, n, [int(i == j) for i in range(n) for j in range(n)])


def _eigenvectors_in_doubles(middle: arb_mat) -> arb_mat:
    n = middle.nrows()
    try:
        rows = np.array([[float(entry) for entry in row] for row in middle.tolist()])
        size = float(np.abs(rows).max()) or 1.0
        if not np.isfinite(size):
            return _identity(n)
        columns = np.linalg.eigh(rows / size).eigenvectors
    except (ArithmeticError, np.linalg.LinAlgError):
        return _identity(n)
    return arb_mat([[arb(float(entry)) for entry in row] for row in columns])


def _refined(middle: arb_mat, x: arb_mat) -> tuple[arb_mat, arb]:
    """The columns with about twice as many correct bits, and how far they moved."""
    # Ogita and Aishima (2018): X + X E with R = I - X^T X, S = X^T A X,
    #   E_ij = (S_ij + l_j R_ij)/(l_j - l_i), or R_ij/2 where l_i and l_j are close
    n = x.nrows()
    missing = (_identity(n) - x.transpose() * x).mid().tolist()
    inside = (x.transpose() * middle * x).mid().tolist()
    rates = [(inside[k][k] / (1 - missing[k][k])).mid() for k in range(n)]
    rest = [[y for j, y in enumerate(row) if j != i] for i, row in enumerate(inside)]
    close = 2 * (_norm(rest) + _norm(middle.tolist()) * _norm(missing))
    change = [[missing[i][j] / 2 for j in range(n)] for i in range(n)]
    for i, j in combinations(range(n), 2):
        gap = rates[j] - rates[i]
        first = inside[i][j] + rates[j] * missing[i][j]
        if abs(gap) > close.max(_SMALL * abs(first)):
            change[i][j] = first / gap
            change[j][i] = -(inside[j][i] + rates[i] * missing[j][i]) / gap
    turned = arb_mat(change)
    return (x + x * turned).mid(), _norm(change)


def _rotated(middle: arb_mat, x: arb_mat, bits: int) -> arb_mat:
    """Jacobi's rotations of X^T A X until it is diagonal to `bits`."""
    n = x.nrows()
    inside: Rows = (x.transpose() * middle * x).mid().tolist()
    columns: Rows = x.transpose().tolist()
    small = _norm(inside) * arb(2) ** -(bits + 8)
    for _ in range(_SWEEPS):
        rotated = False
        for p, q in combinations(range(n), 2):
            if abs(inside[p][q]) > small:
                _rotate(inside, columns, p, q)
                rotated = True
        if not rotated:
            break
    return arb_mat(columns).transpose()


def _rotate(inside: Rows, columns: Rows, p: int, q: int) -> None:
    # t = tan of the angle that makes entry (p, q) zero
    ratio = ((inside[q][q] - inside[p][p]) / (2 * inside[p][q])).mid()
    t = (1 / (abs(ratio) + (1 + ratio * ratio).sqrt())).mid()
    t = -t if ratio < 0 else t
    c = (1 / (1 + t * t).sqrt()).mid()
    s = (t * c).mid()
    for rows in (inside, columns):
        rows[p], rows[q] = _turned(rows[p], rows[q], c, s)
    for row in inside:
        (row[p],), (row[q],) = _turned([row[p]], [row[q]], c, s)


def _turned(first: list[arb], second: list[arb], c: arb, s: arb) -> tuple[list[arb], list[arb]]:
    pairs = list(zip(first, second, strict=True))
    return [(c * a - s * b).mid() for a, b in pairs], [(s * a + c * b).mid() for a, b in pairs]
