"""**Faulhaber**: sum_(k=1)^N k^p as a polynomial in N, which also steps back from N to N - 1."""

from __future__ import annotations

from functools import cache
from math import comb

from flint import fmpq

from verifier.derive.kernel.field.element import Element


@cache
def coefficients(power: int) -> tuple[fmpq, ...]:
    """F_p(N) = sum_j c_j N^j with F_p(N) - F_p(N-1) = N^p and F_p(0) = 0, lowest degree first."""
    # N^(p+1) - (N-1)^(p+1) = sum_(j<=p) C(p+1, j) (-1)^(p-j) N^j
    total = [fmpq(0)] * (power + 1) + [fmpq(1)]
    for j in range(power):
        weight = fmpq(comb(power + 1, j) * (-1) ** (power - j))
        for degree, c in enumerate(coefficients(j)):
            total[degree] -= weight * c
    return tuple(c / (power + 1) for c in total)


def faulhaber(power: int, at: Element) -> Element:
    """F_p at an element."""
    total = at.tower.zero
    for c in reversed(coefficients(power)):
        total = total * at + at.tower.constant(c)
    return total
