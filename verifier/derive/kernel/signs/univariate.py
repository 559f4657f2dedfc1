"""**Univariate polynomials**: the sign on the range of the one generator, by Sturm sequences."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flint import fmpq

from verifier.derive.kernel.field.element import Element
from verifier.derive.kernel.field.signsets import ANY, NONNEGATIVE, POSITIVE, Signs
from verifier.derive.kernel.signs.bounds import Range
from verifier.derive.kernel.signs.sturm import sign_on_interval

if TYPE_CHECKING:
    from verifier.derive.kernel.signs.oracle import SignOracle


def univariate_sign(oracle: SignOracle, factor: Element, depth: int) -> Signs:
    slots = [i for i, e in enumerate(factor.num.degrees()) if e]
    if len(slots) != 1 or slots[0] >= oracle.tower.slots:
        return ANY
    parts = oracle.tower.split(factor.num, slots[0])
    degree = max(parts)
    row = [
        fmpq(parts[e].leading_coefficient()) if e in parts else fmpq(0) for e in range(degree + 1)
    ]
    bounds = replace(oracle.ranges.get(slots[0], Range()))
    if oracle.tower.generators[slots[0]].kind != "symbol":
        known = oracle.slot_sign(slots[0], depth)
        if known <= NONNEGATIVE:
            bounds.tighten_low(fmpq(0), known == POSITIVE)
    ends = (bounds.low, bounds.high, bounds.low_open, bounds.high_open)
    return sign_on_interval(row, *ends)
