"""**The sign oracle** of one tower: what is known, and the attempts in their order."""

from __future__ import annotations

from dataclasses import dataclass, field

from flint import fmpq

from verifier.derive.kernel.field.constants import constant_sign
from verifier.derive.kernel.field.element import Element, Poly
from verifier.derive.kernel.field.families import attempts, kinds
from verifier.derive.kernel.field.signsets import (
    ANY,
    NEGATIVE,
    NONNEGATIVE,
    NONPOSITIVE,
    POSITIVE,
    ZERO,
    Signs,
    flipped,
    power_of,
    product_of,
)
from verifier.derive.kernel.field.tower import Tower
from verifier.derive.kernel.signs.bounds import Range, Shift
from verifier.derive.kernel.signs.generator import generator_sign
from verifier.derive.kernel.signs.orthant import orthant_sign
from verifier.derive.kernel.signs.quadratic import quadratic_sign
from verifier.derive.kernel.signs.root_sum import root_sum_sign
from verifier.derive.kernel.signs.univariate import univariate_sign

DEPTH = 7
HIGH = 300  # the degree from which on polynomials are not factored
ATTEMPTS = (generator_sign, orthant_sign, quadratic_sign, univariate_sign, root_sum_sign)


@dataclass
class SignOracle:
    """Signs of elements of one tower under ranges, shifts and known facts."""

    tower: Tower
    ranges: dict[int, Range] = field(default_factory=dict)
    shifts: list[Shift] = field(default_factory=list)
    facts: list[tuple[Element, Signs]] = field(default_factory=list)
    cache: dict[tuple[str, int], Signs] = field(default_factory=dict)

    def learn(self, element: Element, signs: Signs) -> None:
        """Take it as known that `element` has one of `signs`."""
        constant, factors = self.tower.factors(element)
        flip = constant < 0
        self.facts.append((element, signs))
        if len(factors) == 1 and factors[0][1] == 1:
            self.facts.append((factors[0][0], flipped(signs) if flip else signs))
        elif 0 not in signs:
            self.facts += [(f, frozenset({-1, 1})) for f, e in factors if e > 0]
        self.cache.clear()

    def sign(self, element: Element, depth: int = DEPTH) -> Signs:
        """The signs that `element` can have where it is defined."""
        if element.is_zero:
            return ZERO
        value = element.rational
        if value is not None:
            return frozenset({1 if value > 0 else -1})
        key = (element.key, depth)
        if key not in self.cache:
            self.cache[key] = ANY
            self.cache[key] = self._sign(element, depth)
        return self.cache[key]

    def _sign(self, element: Element, depth: int) -> Signs:
        number = constant_sign(element)
        if number != ANY:
            return number
        if max(int(p.total_degree()) for p in (element.num, element.den)) > HIGH:
            return self._unfactored(element, depth)
        constant, factors = self.tower.factors(element)
        total: Signs = frozenset({1 if constant > 0 else -1})
        for factor, exponent in factors:
            known = self._factor_sign(factor, depth)
            if exponent < 0:
                known = known - ZERO
            total = product_of(total, power_of(known, exponent))
        return total & self._known(element)

    def _unfactored(self, element: Element, depth: int) -> Signs:
        """The sign by coefficients alone: factors of a high degree take long to find."""
        parts = (
            Element(self.tower, poly, self.tower.one_poly) for poly in (element.num, element.den)
        )
        above, below = (orthant_sign(self, part, depth) for part in parts)
        return product_of(above, below - ZERO) & self._known(element)

    def _factor_sign(self, factor: Element, depth: int) -> Signs:
        known = self._known(factor)
        if len(known) > 1 and not depth:
            return known
        for attempt in (*ATTEMPTS, *attempts()):
            if len(known) == 1:
                break
            known = known & attempt(self, factor, depth)
        return known

    def _known(self, element: Element) -> Signs:
        known = ANY
        for fact, signs in self.facts:
            ratio = _ratio(element, fact)
            if ratio is not None:
                known = known & (signs if ratio > 0 else flipped(signs))
        return known

    def slot_sign(self, slot: int, depth: int) -> Signs:
        """The sign of one generator."""
        generator = self.tower.generators[slot]
        kind = kinds().get(generator.kind)
        known = kind.signs(self, generator, depth) if kind is not None else ANY
        if len(known) == 1:
            return known
        bounds = self.ranges.get(slot, Range())
        if bounds.low is not None and bounds.low >= 0:
            known = known & (POSITIVE if bounds.low > 0 or bounds.low_open else NONNEGATIVE)
        if bounds.high is not None and bounds.high <= 0:
            known = known & (NEGATIVE if bounds.high < 0 or bounds.high_open else NONPOSITIVE)
        for fact, signs in self.facts:
            ratio = _ratio(Element(self.tower, self.tower.gens[slot], self.tower.one_poly), fact)
            if ratio is not None:
                known = known & (signs if ratio > 0 else flipped(signs))
        return known

    def element(self, poly: Poly | None) -> Element:
        """A polynomial as an element; none is zero."""
        if poly is None:
            return self.tower.zero
        return Element(self.tower, poly, self.tower.one_poly)


def _ratio(one: Element, two: Element) -> fmpq | None:
    """one/two when it is a rational constant."""
    if one.den != two.den or two.num.is_zero() or one.num.is_zero():
        return None
    ratio = fmpq(one.num.leading_coefficient()) / fmpq(two.num.leading_coefficient())
    return ratio if one.num == two.num * ratio else None
