"""**Sets of signs** that an element may have: an answer of the sign oracle is one of these."""

from __future__ import annotations

import itertools

Signs = frozenset[int]

ANY: Signs = frozenset({-1, 0, 1})
POSITIVE: Signs = frozenset({1})
NEGATIVE: Signs = frozenset({-1})
ZERO: Signs = frozenset({0})
NONNEGATIVE: Signs = frozenset({0, 1})
NONPOSITIVE: Signs = frozenset({-1, 0})
NONZERO: Signs = frozenset({-1, 1})


def flipped(signs: Signs) -> Signs:
    """The signs of -a for a with these signs."""
    return frozenset(-s for s in signs)


def product_of(one: Signs, two: Signs) -> Signs:
    return frozenset(a * b for a in one for b in two)


def sum_of(one: Signs, two: Signs) -> Signs:
    total: set[int] = set()
    for a, b in itertools.product(one, two):
        if a * b == -1:
            return ANY
        total.add(a or b)
    return frozenset(total)


def power_of(signs: Signs, exponent: int) -> Signs:
    return frozenset(s * s if exponent % 2 == 0 else s for s in signs)
