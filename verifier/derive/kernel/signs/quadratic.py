"""**Quadratics**: A v^2 + B v + C with B^2 < 4 A C has the sign of A."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flint import fmpq

from verifier.derive.kernel.field.element import Element
from verifier.derive.kernel.field.signsets import ANY, NEGATIVE, NONPOSITIVE, ZERO, Signs

if TYPE_CHECKING:
    from verifier.derive.kernel.signs.oracle import SignOracle


def quadratic_sign(oracle: SignOracle, factor: Element, depth: int) -> Signs:
    if not depth:
        return ANY
    for generator in oracle.tower.generators:
        if generator.kind != "symbol" or int(factor.num.degrees()[generator.slot]) != 2:
            continue
        parts = oracle.tower.split(factor.num, generator.slot)
        a, b, c = (oracle.element(parts.get(e)) for e in (2, 1, 0))
        gap = oracle.sign(b * b - (a * c).scaled(fmpq(4)), depth - 2 if depth > 1 else 0)
        if gap <= NONPOSITIVE:
            lead = oracle.sign(a, depth - 1)
            if gap == NEGATIVE and len(lead - ZERO) == 1:
                return lead - ZERO
            if len(lead) == 1 and lead != ZERO:
                return lead | ZERO
    return ANY
