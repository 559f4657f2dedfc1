"""**Orthants**: coefficients of one sign once every bounded symbol runs over an orthant."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from verifier.derive.kernel.field.element import Element, Poly
from verifier.derive.kernel.field.signsets import ANY, NONNEGATIVE, ZERO, Signs
from verifier.derive.kernel.signs.bounds import Range

if TYPE_CHECKING:
    from verifier.derive.kernel.signs.oracle import SignOracle

MOST_TERMS = 2000  # of a polynomial that is expanded for its sign


def orthant_sign(oracle: SignOracle, factor: Element, depth: int) -> Signs:
    poly = factor.num
    strict: dict[int, bool] = {}
    for shift in oracle.shifts:
        if poly.degrees()[shift.slot]:
            poly = _compose(oracle, poly, shift.slot, shift.base + oracle.tower.gens[shift.slot])
            strict[shift.slot] = shift.strict
    pairs: list[tuple[int, int, bool, bool]] = []
    for slot, bounds in sorted(oracle.ranges.items()):
        if slot in strict or not poly.degrees()[slot]:
            continue
        if bounds.low is not None and bounds.high is not None:
            spare = oracle.tower.slots + len(pairs)
            if spare >= len(oracle.tower.gens):
                return ANY
            if len(poly) * (int(poly.degrees()[slot]) + 1) > MOST_TERMS:
                return ANY
            poly = _projective(oracle, poly, slot, spare, bounds)
            pairs.append((slot, spare, bounds.low_open, bounds.high_open))
        elif bounds.low is not None:
            poly = _compose(oracle, poly, slot, oracle.tower.gens[slot] + bounds.low)
            strict[slot] = bounds.low_open
        elif bounds.high is not None:
            poly = _compose(oracle, poly, slot, bounds.high - oracle.tower.gens[slot])
            strict[slot] = bounds.high_open
    return _by_coefficients(oracle, poly, strict, pairs, depth)


def _by_coefficients(
    oracle: SignOracle,
    poly: Poly,
    strict: dict[int, bool],
    pairs: list[tuple[int, int, bool, bool]],
    depth: int,
) -> Signs:
    if poly.is_zero():
        return ZERO
    in_pairs = {slot for pair in pairs for slot in pair[:2]}
    nonnegative, nonzero = set(in_pairs), set()
    for slot in range(oracle.tower.slots):
        if slot in in_pairs or not poly.degrees()[slot]:
            continue
        known = oracle.slot_sign(slot, depth) if slot not in strict else NONNEGATIVE
        if known <= NONNEGATIVE:
            nonnegative.add(slot)
        if 0 not in known or strict.get(slot):
            nonzero.add(slot)
    terms = poly.to_dict()
    sign = 0
    for monomial, coefficient in terms.items():
        if any(e % 2 and slot not in nonnegative for slot, e in enumerate(monomial)):
            return ANY
        here = 1 if coefficient > 0 else -1
        if sign and here != sign:
            return ANY
        sign = here
    faces = itertools.product(*(_faces(pair) for pair in pairs))
    certain = all(
        any(
            all(
                not e or (slot in (nonzero | in_pairs) and slot not in zeros)
                for slot, e in enumerate(monomial)
            )
            for monomial in terms
        )
        for zeros in (set().union(*face) for face in faces)
    )
    return frozenset({sign}) if certain else frozenset({0, sign})


def _projective(oracle: SignOracle, poly: Poly, slot: int, spare: int, bounds: Range) -> Poly:
    """v = (low*t + high*u)/(t + u), times the power of t + u that clears it."""
    t, u = oracle.tower.gens[slot], oracle.tower.gens[spare]
    up, down = t * bounds.low + u * bounds.high, t + u
    degree = int(poly.degrees()[slot])
    total = oracle.tower.context.constant(0)
    for exponent, part in oracle.tower.split(poly, slot).items():
        total = total + part * up**exponent * down ** (degree - exponent)
    return total


def _compose(oracle: SignOracle, poly: Poly, slot: int, value: Poly) -> Poly:
    total = oracle.tower.context.constant(0)
    for exponent, part in oracle.tower.split(poly, slot).items():
        total = total + part * value**exponent
    return total


def _faces(pair: tuple[int, int, bool, bool]) -> list[set[int]]:
    """The sets of coordinates that may vanish: t = 0 is the high end, u = 0 the low end."""
    t, u, low_open, high_open = pair
    return [set(), *([] if low_open else [{u}]), *([] if high_open else [{t}])]
