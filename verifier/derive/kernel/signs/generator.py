"""**Generators**: roots are nonnegative, exponentials positive, symbols lie in their range."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verifier.derive.kernel.field.element import Element
from verifier.derive.kernel.field.signsets import ANY, Signs, flipped

if TYPE_CHECKING:
    from verifier.derive.kernel.signs.oracle import SignOracle


def generator_sign(oracle: SignOracle, factor: Element, depth: int) -> Signs:
    terms = factor.num.to_dict()
    if len(terms) != 1:
        return ANY
    ((monomial, coefficient),) = terms.items()
    slots = [i for i, e in enumerate(monomial) if e]
    if len(slots) != 1 or monomial[slots[0]] != 1 or slots[0] >= oracle.tower.slots:
        return ANY
    known = oracle.slot_sign(slots[0], depth)
    return known if coefficient > 0 else flipped(known)
