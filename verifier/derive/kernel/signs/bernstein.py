"""**Bernstein**: a univariate polynomial that is positive on an interval, as products of bounds.

On an interval from l to h, with w = h - l, a polynomial p of degree d is

    w^d p(v) = sum_k c_k (h - v)^(d - k) (v - l)^k,

and on a ray from l it is sum_k c_k (v - l)^k. Where p has no zero, halving the interval leads to
pieces on which every c_k is positive (Bernstein; Vincent on rays).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from flint import fmpq, fmpq_poly

DEEPEST = 60


@dataclass(frozen=True)
class Leaf:
    """scale * p(v) = sum of c (high - v)^i (v - low)^j over `terms` (c, i, j), all c > 0."""

    low: fmpq | None
    high: fmpq | None
    scale: fmpq
    terms: tuple[tuple[fmpq, int, int], ...]


@dataclass(frozen=True)
class Halves:
    """The same below `at` and above it."""

    at: fmpq
    left: Leaf | Halves
    right: Leaf | Halves


def positive(
    poly: fmpq_poly, low: fmpq | None, high: fmpq | None, depth: int = 0
) -> Leaf | Halves | None:
    """Pieces that show `poly` > 0 from `low` to `high` (None is infinite), the ends included."""
    leaf = _leaf(poly, low, high)
    if leaf is not None or depth > DEEPEST:
        return leaf
    at = _between(low, high, depth)
    left = positive(poly, low, at, depth + 1)
    right = None if left is None else positive(poly, at, high, depth + 1)
    return None if left is None or right is None else Halves(at, left, right)


def _between(low: fmpq | None, high: fmpq | None, depth: int) -> fmpq:
    if low is not None and high is not None:
        return (low + high) / 2
    if low is not None:
        return low + 2**depth
    return high - 2**depth if high is not None else fmpq(0)


def _leaf(poly: fmpq_poly, low: fmpq | None, high: fmpq | None) -> Leaf | None:
    if low is not None and high is not None:
        return _segment(poly, low, high)
    if low is not None:
        shifted = poly(fmpq_poly([low, 1])).coeffs()
        terms = tuple((c, 0, k) for k, c in enumerate(shifted) if c != 0)
    elif high is not None:
        shifted = poly(fmpq_poly([high, -1])).coeffs()
        terms = tuple((c, k, 0) for k, c in enumerate(shifted) if c != 0)
    else:
        return None
    certain = shifted[0] > 0 and all(c > 0 for c, _, _ in terms)
    return Leaf(low, high, fmpq(1), terms) if certain else None


def _segment(poly: fmpq_poly, low: fmpq, high: fmpq) -> Leaf | None:
    """A positive constant is taken out, so that the sum is positive at both ends."""
    degree, width = poly.degree(), high - low
    if width == 0:
        return None
    shifted = poly(fmpq_poly([low, width])).coeffs()
    weights = []
    for k in range(degree + 1):
        parts = (fmpq(math.comb(k, i), math.comb(degree, i)) * shifted[i] for i in range(k + 1))
        weights.append(sum(parts, fmpq(0)))
    least = min(weights)
    if least <= 0:
        return None
    scale = width**degree
    terms = [(least * scale, 0, 0)]
    for k, weight in enumerate(weights):
        if weight > least:
            terms.append(((weight - least) * math.comb(degree, k), degree - k, k))
    return Leaf(low, high, scale, tuple(terms))
