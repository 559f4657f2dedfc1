"""**Signs**: which of -, 0, + an element can have where the hypotheses hold.

An answer is a set of possible signs, never a guess. Factors are decided one by one: known facts,
positive coefficients after a substitution that maps the hypotheses onto an orthant, the sign of
a + b*sqrt(r) through a^2 - b^2*r, quadratics through their discriminant, and Sturm sequences.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field, replace

from flint import fmpq

from verifier.derive.kernel.constants import constant_sign
from verifier.derive.kernel.element import Element, Poly
from verifier.derive.kernel.families import attempts, kinds
from verifier.derive.kernel.sturm import sign_on_interval
from verifier.derive.kernel.tower import (
    ANY,
    NEGATIVE,
    NONNEGATIVE,
    NONPOSITIVE,
    POSITIVE,
    ZERO,
    Tower,
)

Signs = frozenset[int]
DEPTH = 7
HIGH = 300  # the degree from which on polynomials are not factored
MOST_TERMS = 2000  # of a polynomial that is expanded for its sign


@dataclass
class Range:
    """What the hypotheses say about one symbol: rational ends, open or closed, or none."""

    low: fmpq | None = None
    high: fmpq | None = None
    low_open: bool = False
    high_open: bool = False

    def tighten_low(self, value: fmpq, strict: bool) -> None:
        if self.low is None or value > self.low or (value == self.low and strict):
            self.low, self.low_open = value, strict

    def tighten_high(self, value: fmpq, strict: bool) -> None:
        if self.high is None or value < self.high or (value == self.high and strict):
            self.high, self.high_open = value, strict


@dataclass
class Shift:
    """symbol = base + t with t >= 0 (or > 0), where `base` is a polynomial in other symbols."""

    slot: int
    base: Poly
    strict: bool


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
            self.facts.append((factors[0][0], _flip(signs) if flip else signs))
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
            total = _times(total, _to_power(known, exponent))
        return total & self._known(element)

    def _unfactored(self, element: Element, depth: int) -> Signs:
        """The sign by coefficients alone: factors of a high degree take long to find."""
        parts = (
            Element(self.tower, poly, self.tower.one_poly) for poly in (element.num, element.den)
        )
        above, below = (self._orthant_sign(part, depth) for part in parts)
        return _times(above, below - ZERO) & self._known(element)

    def _factor_sign(self, factor: Element, depth: int) -> Signs:
        known = self._known(factor)
        if len(known) > 1 and not depth:
            return known
        for attempt in (
            self._generator_sign,
            self._orthant_sign,
            self._quadratic_sign,
            self._sturm_sign,
            self._root_sign,
        ):
            if len(known) == 1:
                return known
            known = known & attempt(factor, depth)
        for comparison in attempts():
            if len(known) == 1:
                break
            known = known & comparison(self, factor, depth)
        return known

    def _known(self, element: Element) -> Signs:
        known = ANY
        for fact, signs in self.facts:
            ratio = _ratio(element, fact)
            if ratio is not None:
                known = known & (signs if ratio > 0 else _flip(signs))
        return known

    def _generator_sign(self, factor: Element, depth: int) -> Signs:
        """Roots are nonnegative, exponentials positive, symbols lie in their range."""
        terms = factor.num.to_dict()
        if len(terms) != 1:
            return ANY
        ((monomial, coefficient),) = terms.items()
        slots = [i for i, e in enumerate(monomial) if e]
        if len(slots) != 1 or monomial[slots[0]] != 1 or slots[0] >= self.tower.slots:
            return ANY
        known = self.slot_sign(slots[0], depth)
        return known if coefficient > 0 else _flip(known)

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
                known = known & (signs if ratio > 0 else _flip(signs))
        return known

    def _orthant_sign(self, factor: Element, depth: int) -> Signs:
        """Coefficients of one sign once every bounded symbol runs over an orthant."""
        poly = factor.num
        strict: dict[int, bool] = {}
        for shift in self.shifts:
            if poly.degrees()[shift.slot]:
                poly = self._compose(poly, shift.slot, shift.base + self.tower.gens[shift.slot])
                strict[shift.slot] = shift.strict
        pairs: list[tuple[int, int, bool, bool]] = []
        for slot, bounds in sorted(self.ranges.items()):
            if slot in strict or not poly.degrees()[slot]:
                continue
            if bounds.low is not None and bounds.high is not None:
                spare = self.tower.slots + len(pairs)
                if spare >= len(self.tower.gens):
                    return ANY
                if len(poly) * (int(poly.degrees()[slot]) + 1) > MOST_TERMS:
                    return ANY
                poly = self._projective(poly, slot, spare, bounds)
                pairs.append((slot, spare, bounds.low_open, bounds.high_open))
            elif bounds.low is not None:
                poly = self._compose(poly, slot, self.tower.gens[slot] + bounds.low)
                strict[slot] = bounds.low_open
            elif bounds.high is not None:
                poly = self._compose(poly, slot, bounds.high - self.tower.gens[slot])
                strict[slot] = bounds.high_open
        return self._by_coefficients(poly, strict, pairs, depth)

    def _by_coefficients(
        self,
        poly: Poly,
        strict: dict[int, bool],
        pairs: list[tuple[int, int, bool, bool]],
        depth: int,
    ) -> Signs:
        if poly.is_zero():
            return ZERO
        in_pairs = {slot for pair in pairs for slot in pair[:2]}
        nonnegative, nonzero = set(in_pairs), set()
        for slot in range(self.tower.slots):
            if slot in in_pairs or not poly.degrees()[slot]:
                continue
            known = self.slot_sign(slot, depth) if slot not in strict else NONNEGATIVE
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

    def _projective(self, poly: Poly, slot: int, spare: int, bounds: Range) -> Poly:
        """v = (low*t + high*u)/(t + u), times the power of t + u that clears it."""
        t, u = self.tower.gens[slot], self.tower.gens[spare]
        up, down = t * bounds.low + u * bounds.high, t + u
        degree = int(poly.degrees()[slot])
        total = self.tower.context.constant(0)
        for exponent, part in self.tower.split(poly, slot).items():
            total = total + part * up**exponent * down ** (degree - exponent)
        return total

    def _compose(self, poly: Poly, slot: int, value: Poly) -> Poly:
        total = self.tower.context.constant(0)
        for exponent, part in self.tower.split(poly, slot).items():
            total = total + part * value**exponent
        return total

    def _quadratic_sign(self, factor: Element, depth: int) -> Signs:
        """A v^2 + B v + C with B^2 < 4 A C has the sign of A."""
        if not depth:
            return ANY
        for generator in self.tower.generators:
            if generator.kind != "symbol" or int(factor.num.degrees()[generator.slot]) != 2:
                continue
            parts = self.tower.split(factor.num, generator.slot)
            a, b, c = (self._wrap(parts.get(e)) for e in (2, 1, 0))
            gap = self.sign(b * b - (a * c).scaled(fmpq(4)), depth - 2 if depth > 1 else 0)
            if gap <= NONPOSITIVE:
                lead = self.sign(a, depth - 1)
                if gap == NEGATIVE and len(lead - ZERO) == 1:
                    return lead - ZERO
                if len(lead) == 1 and lead != ZERO:
                    return lead | ZERO
        return ANY

    def _sturm_sign(self, factor: Element, depth: int) -> Signs:
        slots = [i for i, e in enumerate(factor.num.degrees()) if e]
        if len(slots) != 1 or slots[0] >= self.tower.slots:
            return ANY
        parts = self.tower.split(factor.num, slots[0])
        degree = max(parts)
        row = [
            fmpq(parts[e].leading_coefficient()) if e in parts else fmpq(0)
            for e in range(degree + 1)
        ]
        bounds = replace(self.ranges.get(slots[0], Range()))
        if self.tower.generators[slots[0]].kind != "symbol":
            known = self.slot_sign(slots[0], depth)
            if known <= NONNEGATIVE:
                bounds.tighten_low(fmpq(0), known == POSITIVE)
        ends = (bounds.low, bounds.high, bounds.low_open, bounds.high_open)
        return sign_on_interval(row, *ends)

    def _root_sign(self, factor: Element, depth: int) -> Signs:
        """a + b*g with g = sqrt(r): the sign of a^2 - b^2*r decides where a and b disagree."""
        if not depth:
            return ANY
        for generator in reversed(self.tower.generators):
            if generator.kind != "root" or generator.order != 2 or generator.inside is None:
                continue
            if int(factor.num.degrees()[generator.slot]) != 1:
                continue
            parts = self.tower.split(factor.num, generator.slot)
            a, b = self._wrap(parts.get(0)), self._wrap(parts.get(1))
            known = self._sum_sign(a, b, generator.inside, generator.slot, depth)
            if known != ANY:
                return known
        return ANY

    def _sum_sign(self, a: Element, b: Element, r: Element, slot: int, depth: int) -> Signs:
        g = self.slot_sign(slot, depth)
        sa = self.sign(a, depth - 1)
        sbg = _times(self.sign(b, depth - 1), g)
        same = _plus(sa, sbg)
        if same != ANY:
            return same
        if len(a.num) ** 2 + len(b.num) ** 2 * len(r.num) > MOST_TERMS:
            return ANY
        gap = self.sign(a * a - b * b * r, depth - 1)
        out: Signs = frozenset()
        for one, two in itertools.product(sa, sbg):
            if one == two:
                out |= {one}
            elif 0 in (one, two):  # the other is the larger one
                out |= {one + two} if (1 if two == 0 else -1) in gap else frozenset()
            else:
                out |= {one * s if s >= 0 else two for s in gap}
        return out

    def _wrap(self, poly: Poly | None) -> Element:
        if poly is None:
            return self.tower.zero
        return Element(self.tower, poly, self.tower.one_poly)


def _faces(pair: tuple[int, int, bool, bool]) -> list[set[int]]:
    """The sets of coordinates that may vanish: t = 0 is the high end, u = 0 the low end."""
    t, u, low_open, high_open = pair
    return [set(), *([] if low_open else [{u}]), *([] if high_open else [{t}])]


def _flip(signs: Signs) -> Signs:
    return frozenset(-s for s in signs)


def _times(one: Signs, two: Signs) -> Signs:
    return frozenset(a * b for a in one for b in two)


def _plus(one: Signs, two: Signs) -> Signs:
    total: set[int] = set()
    for a, b in itertools.product(one, two):
        if a * b == -1:
            return ANY
        total.add(a or b)
    return frozenset(total)


def _to_power(signs: Signs, exponent: int) -> Signs:
    return frozenset(s * s if exponent % 2 == 0 else s for s in signs)


def _ratio(one: Element, two: Element) -> fmpq | None:
    """one/two when it is a rational constant."""
    if one.den != two.den or two.num.is_zero() or one.num.is_zero():
        return None
    ratio = fmpq(one.num.leading_coefficient()) / fmpq(two.num.leading_coefficient())
    return ratio if one.num == two.num * ratio else None
