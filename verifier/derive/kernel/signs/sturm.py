"""**Sturm**: the sign of a univariate polynomial over Q on an interval, by exact root counts."""

from __future__ import annotations

import itertools

from flint import fmpq, fmpq_poly


def sign_on_interval(
    coefficients: list[fmpq],
    low: fmpq | None,
    high: fmpq | None,
    low_open: bool,
    high_open: bool,
) -> frozenset[int]:
    """Signs of sum c_e v^e for v between `low` and `high` (None is infinite)."""
    poly = fmpq_poly(coefficients)
    squarefree = poly / poly.gcd(poly.derivative()) if poly.degree() > 0 else poly
    signs = set()
    for end, is_open in ((low, low_open), (high, high_open)):
        if end is not None and poly(end) == 0 and not is_open:
            signs.add(0)
    for end in (low, high):
        if end is not None and squarefree(end) == 0:
            squarefree = squarefree // fmpq_poly([-end, 1])
    if squarefree.degree() > 0 and count_roots(squarefree, low, high):
        return frozenset({-1, 0, 1})
    value = poly(_inside(low, high))
    if value == 0:
        return frozenset({-1, 0, 1})
    signs.add(1 if value > 0 else -1)
    return frozenset(signs)


def count_roots(poly: fmpq_poly, low: fmpq | None, high: fmpq | None) -> int:
    """Distinct real roots of a squarefree polynomial between ends that are no roots."""
    chain = [poly, poly.derivative()]
    while chain[-1].degree() > 0:
        rest = -(chain[-2] % chain[-1])
        if rest.degree() < 0:
            break
        chain.append(rest)
    return _changes(chain, low, -1) - _changes(chain, high, 1)


def _changes(chain: list[fmpq_poly], at: fmpq | None, infinity: int) -> int:
    signs = []
    for poly in chain:
        value = (
            poly(at) if at is not None else poly[poly.degree()] * infinity ** (poly.degree() % 2)
        )
        if value != 0:
            signs.append(value > 0)
    return sum(a != b for a, b in itertools.pairwise(signs))


def _inside(low: fmpq | None, high: fmpq | None) -> fmpq:
    if low is not None and high is not None:
        return (low + high) / 2
    if low is not None:
        return low + 1
    return high - 1 if high is not None else fmpq(0)
