"""**Constants**: the sign of an element without free symbols, from a ball that excludes zero.

What the normal form does not show to be zero may still be zero: then no ball tells.
"""

from __future__ import annotations

from flint import arb, fmpq

from verifier.derive.kernel.field.element import Element, Poly
from verifier.derive.kernel.field.families import kinds
from verifier.derive.kernel.field.signsets import ANY, NEGATIVE, POSITIVE, Signs
from verifier.derive.kernel.field.tower import Tower
from verifier.precision import precision

BITS = (64, 256, 1024)


def constant_sign(element: Element) -> Signs:
    """The sign of a constant that a ball separates from zero; any sign for everything else."""
    if not is_constant(element):
        return ANY
    for bits in BITS:
        with precision(bits):
            value = _value(element)
        if value > 0 or value < 0:
            return POSITIVE if value > 0 else NEGATIVE
    return ANY


def is_constant(element: Element) -> bool:
    """Whether every generator in the element is a number that has a ball."""
    tower = element.tower
    used = {s for poly in (element.num, element.den) for s, e in enumerate(poly.degrees()) if e > 0}
    return all(slot < tower.slots and _is_number(tower, slot) for slot in used)


def _is_number(tower: Tower, slot: int) -> bool:
    generator = tower.generators[slot]
    kind = kinds().get(generator.kind)
    if kind is None or kind.ball is None:
        return False
    return generator.inside is None or is_constant(generator.inside)


def _value(element: Element) -> arb:
    return _poly(element.tower, element.num) / _poly(element.tower, element.den)


def _poly(tower: Tower, poly: Poly) -> arb:
    total = arb(0)
    for monomial, coefficient in poly.to_dict().items():
        term = arb(fmpq(coefficient))
        for slot, exponent in enumerate(monomial):
            if exponent:
                term *= _generator(tower, slot) ** int(exponent)
        total += term
    return total


def _generator(tower: Tower, slot: int) -> arb:
    generator = tower.generators[slot]
    ball = kinds()[generator.kind].ball
    if ball is None:
        return arb.nan()
    return ball(generator, arb(0) if generator.inside is None else _value(generator.inside))
