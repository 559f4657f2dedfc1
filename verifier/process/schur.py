"""**Schur stability**: whether all roots of a rational polynomial lie in the open unit disc.

Decided exactly, by the reduction of Schur and Cohn:

    p is stable iff |p(0)| < |lead(p)| and (lead(p) p(x) - p(0) x^n p(1/x)) / x is.
"""

from __future__ import annotations

from flint import fmpq, fmpq_mat, fmpq_poly


def is_stable(poly: fmpq_poly) -> bool:
    """Whether every complex root has modulus below 1; a nonzero constant has none."""
    coefficients = [fmpq(c) for c in poly.coeffs()]
    while len(coefficients) > 1:
        low, top = coefficients[0], coefficients[-1]
        if abs(low) >= abs(top):
            return False
        pairs = zip(coefficients, reversed(coefficients), strict=True)
        coefficients = [(top * c - low * r) / top for c, r in pairs][1:]
    return bool(coefficients) and coefficients[0] != 0


def krylov(form: fmpq_mat, matrix: fmpq_mat) -> tuple[list[fmpq_mat], list[fmpq]]:
    """Rows c, cA, ..., cA^(k-1) that are independent, and c A^k in terms of them."""
    rows: list[fmpq_mat] = []
    row = form
    while True:
        combination = _combination(rows, row)
        if combination is not None:
            return rows, combination
        rows.append(row)
        row = row * matrix


def _combination(rows: list[fmpq_mat], row: fmpq_mat) -> list[fmpq] | None:
    """Numbers with which `rows` add up to `row`, if there are any; the rows are independent."""
    width = row.ncols()
    if not rows:
        return [] if all(row[0, j] == 0 for j in range(width)) else None
    columns = [[*(r[0, j] for r in rows), row[0, j]] for j in range(width)]
    reduced, rank = fmpq_mat(columns).rref()
    pivots = [next(j for j in range(len(rows) + 1) if reduced[i, j] != 0) for i in range(rank)]
    if pivots and pivots[-1] == len(rows):
        return None
    return [reduced[i, len(rows)] for i in range(rank)]
