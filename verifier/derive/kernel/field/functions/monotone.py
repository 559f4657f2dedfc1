"""**Increasing functions**: f(u) - f(v) has the sign of u - v."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verifier.derive.kernel.field.element import Element
from verifier.derive.kernel.field.families import Family, kinds
from verifier.derive.kernel.field.signsets import ANY, Signs

if TYPE_CHECKING:
    from verifier.derive.kernel.signs import SignOracle


def _difference(oracle: SignOracle, factor: Element, depth: int) -> Signs:
    tower, terms = oracle.tower, factor.num.to_dict()
    slots = [slot for slot, degree in enumerate(factor.num.degrees()) if degree]
    if not depth or len(slots) != 2 or len(terms) != 2 or factor.num.total_degree() != 1:
        return ANY
    if max(slots) >= tower.slots:
        return ANY
    one, two = (tower.generators[slot] for slot in slots)
    kind = kinds().get(one.kind)
    if kind is None or not kind.increasing or one.kind != two.kind:
        return ANY
    if sum(terms.values()) != 0:
        return ANY
    known = oracle.sign(one.argument - two.argument, depth - 1)
    return known if factor.num.leading_coefficient() > 0 else frozenset(-s for s in known)


FAMILY = Family(attempts=(_difference,))
