"""**Rational combinations**: an element as a sum of others with rational coefficients."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

from flint import fmpq, fmpq_mat

from verifier.derive.kernel.field.element import Element, Poly


def rational_combination(target: Element, bases: Sequence[Element]) -> list[fmpq] | None:
    """c with target = sum of c_k base_k, or None when there is none."""
    if not bases:
        return None
    dens = [target.den, *(base.den for base in bases)]
    common = reduce(_lcm, dens)
    columns = [(e.num * divmod(common, e.den)[0]).to_dict() for e in (*bases, target)]
    rows = sorted({monomial for column in columns for monomial in column})
    table = [[fmpq(column.get(row, 0)) for column in columns] for row in rows]
    reduced, rank = fmpq_mat(table).rref()
    weights = [fmpq(0)] * len(bases)
    for row in range(rank):
        lead = next(k for k in range(len(columns)) if reduced[row, k] != 0)
        if lead == len(bases):
            return None
        weights[lead] = reduced[row, len(bases)]
    return weights


def _lcm(one: Poly, two: Poly) -> Poly:
    return one * divmod(two, one.gcd(two))[0]
