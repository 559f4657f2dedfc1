"""**Sums with a root**: a + b*g with g = sqrt(r), by the sign of a^2 - b^2*r."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from verifier.derive.kernel.field.element import Element
from verifier.derive.kernel.field.signsets import ANY, Signs, product_of, sum_of

if TYPE_CHECKING:
    from verifier.derive.kernel.signs.oracle import SignOracle

MOST_TERMS = 2000  # of a polynomial that is expanded for its sign


def root_sum_sign(oracle: SignOracle, factor: Element, depth: int) -> Signs:
    if not depth:
        return ANY
    for generator in reversed(oracle.tower.generators):
        if generator.kind != "root" or generator.order != 2 or generator.inside is None:
            continue
        if int(factor.num.degrees()[generator.slot]) != 1:
            continue
        parts = oracle.tower.split(factor.num, generator.slot)
        a, b = oracle.element(parts.get(0)), oracle.element(parts.get(1))
        known = _sum_sign(oracle, a, b, generator.inside, generator.slot, depth)
        if known != ANY:
            return known
    return ANY


def _sum_sign(
    oracle: SignOracle, a: Element, b: Element, r: Element, slot: int, depth: int
) -> Signs:
    g = oracle.slot_sign(slot, depth)
    sa = oracle.sign(a, depth - 1)
    sbg = product_of(oracle.sign(b, depth - 1), g)
    same = sum_of(sa, sbg)
    if same != ANY:
        return same
    if len(a.num) ** 2 + len(b.num) ** 2 * len(r.num) > MOST_TERMS:
        return ANY
    gap = oracle.sign(a * a - b * b * r, depth - 1)
    out: Signs = frozenset()
    for one, two in itertools.product(sa, sbg):
        if one == two:
            out |= {one}
        elif 0 in (one, two):  # the other is the larger one
            out |= {one + two} if (1 if two == 0 else -1) in gap else frozenset()
        else:
            out |= {one * s if s >= 0 else two for s in gap}
    return out
