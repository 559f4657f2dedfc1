"""**Expansions of germs**: an element as a series in one small quantity, generator by generator.

With a leading term c w^e and a small u, each step is one equation:

    (c w^e (1 + u))^a = c^a w^(a e) (1 + a u + ...),
    log(c w^e (1 + u)) = -e rate + log c + (u - u^2/2 + ...)   for w = exp(-rate),
    f(c + u) = f(c) + f'(c) u + ...                            for smooth f.
"""

from __future__ import annotations

from fractions import Fraction
from math import factorial
from typing import TYPE_CHECKING

import sympy
from flint import fmpq

from verifier.derive.kernel.field.element import Element, Poly
from verifier.derive.kernel.field.families import kinds
from verifier.derive.kernel.field.renaming import indices_of
from verifier.derive.kernel.field.signsets import NEGATIVE, ZERO
from verifier.derive.kernel.field.specialise import specialise
from verifier.derive.kernel.limits.series import Exponent, Series, ShortError
from verifier.errors import UnsupportedError

if TYPE_CHECKING:
    from verifier.derive.kernel.field.tower import Generator
    from verifier.derive.kernel.limits.germs import Germs, Scale

ARGUMENT = "_{argument}"


class Expansion:
    """Series of elements in the small quantity of one scale, with `width` terms of each."""

    def __init__(self, germs: Germs, scale: Scale, width: int) -> None:
        self.germs = germs
        self.scale = scale
        self.width = width
        self.ring = germs.ring
        self.tower = germs.tower
        self.slots = frozenset(scale.exact)
        if scale.rung is not None:
            self.slots |= self.germs.reach(self.germs.rung(scale.layer, scale.rung))
        self._made: dict[int, Series] = {}

    def of(self, element: Element) -> Series:
        """The series of `element`, exact where it is a finite sum."""
        if self.germs.reach(element).isdisjoint(self.slots):
            return self.ring.monomial(element)
        above = self._polynomial(element.num)
        if element.den.is_constant():
            scale = Element.make(self.tower, self.tower.one_poly, element.den)
            return self.ring.times(above, self.ring.monomial(scale))
        return self.ring.times(above, self._reciprocal(self._polynomial(element.den), element))

    @property
    def rate(self) -> Element:
        """log(1/w)."""
        if self.scale.rate is not None:
            return self.scale.rate
        return self.germs.rung(self.scale.layer, (self.scale.rung or 0) + 1)

    def _polynomial(self, poly: Poly) -> Series:
        """Terms are put together by their powers of what moves; the rest is a coefficient."""
        groups: dict[tuple[tuple[int, int], ...], dict[tuple[int, ...], fmpq]] = {}
        for monomial, coefficient in poly.to_dict().items():
            moving, rest = [], list(monomial)
            for slot, exponent in enumerate(monomial):
                if exponent and not self.germs.inside(slot).isdisjoint(self.slots):
                    moving.append((slot, int(exponent)))
                    rest[slot] = 0
            groups.setdefault(tuple(moving), {})[tuple(rest)] = coefficient
        total = self.ring.make([])
        for powers, terms in groups.items():
            polynomial = self.tower.context.from_dict(terms)
            part = self.ring.monomial(Element(self.tower, polynomial, self.tower.one_poly))
            for slot, exponent in powers:
                part = self.ring.times(part, self.ring.power(self._generator(slot), exponent))
            total = self.ring.add(total, part)
        return total

    def _generator(self, slot: int) -> Series:
        if slot not in self._made:
            self._made[slot] = self._expanded(self.tower.generators[slot])
        return self._made[slot]

    def _expanded(self, generator: Generator) -> Series:
        if generator.slot in self.scale.exact:
            exponent, rest = self.scale.exact[generator.slot]
            return self.ring.monomial(self._exponential(rest), exponent)
        match generator.kind:
            case "symbol":
                return self._variable()
            case "root":
                return self._root(self.of(generator.argument), generator)
            case "exp" | "power":
                return self._exp(self.of(self.germs.argument(generator)), generator)
            case "log":
                return self._log(self.of(generator.argument), generator)
        if kinds()[generator.kind].rate is not None:
            return self._linear(self.of(generator.argument), generator)
        return self._smooth(self.of(generator.argument), generator)

    def _linear(self, series: Series, generator: Generator) -> Series:
        """What is linear in its argument, as a sum over indices, is taken term by term."""
        rate = kinds()[generator.kind].rate
        numbers = all(isinstance(e, Fraction) for e, _ in series.terms)
        if generator.exponent is not None and not self.germs.is_constant(generator.exponent):
            raise UnsupportedError(f"The range of {generator.label} moves.")
        if rate is None or not numbers or isinstance(series.order, Element) or self._scale_moves():
            raise UnsupportedError(f"{generator.label} has no expansion here.")
        terms: list[tuple[Exponent, Element]] = []
        for exponent, coefficient in series.terms:

            def instead(inside: Element, coefficient: Element = coefficient) -> Element:
                return coefficient

            terms.append((exponent, rate(generator, instead)))
        return self.ring.make(terms, series.order)

    def _scale_moves(self) -> bool:
        """Whether the small quantity is another one for every index of a sum."""
        return self.scale.rate is not None and bool(indices_of(self.scale.rate))

    def _variable(self) -> Series:
        """x = p + w, p - w, 1/w or -1/w; a logarithm on the ladder is 1/w."""
        layer = self.germs.layers[self.scale.layer]
        one = self.tower.one
        if self.scale.rung:
            return self.ring.monomial(one, Fraction(-1))
        signed = one if layer.direction > 0 else -one
        if layer.point is None:
            return self.ring.monomial(signed, Fraction(-1))
        return self.ring.make([(Fraction(0), layer.point), (Fraction(1), signed)])

    def _leading(self, series: Series, what: object) -> tuple[Exponent, Element]:
        """The leading term, whose coefficient is not zero unless a condition says so."""
        if not series.terms:
            if series.order is None:
                raise UnsupportedError(f"{what} is zero near the point.")
            raise ShortError(f"{what} vanishes to the order that was kept.")
        exponent, coefficient = series.terms[0]
        if self.germs.is_constant(coefficient):
            if self.germs.reader.sign(coefficient) == ZERO:
                raise UnsupportedError(f"{coefficient}, the leading coefficient, is zero.")
            self.tower.require_nonzero(coefficient)
        elif not self.germs.sign(coefficient):
            raise UnsupportedError(f"{coefficient}, the leading coefficient, is zero.")
        return exponent, coefficient

    def _positive(self, coefficient: Element, what: object) -> None:
        """Without a real value where a coefficient is negative; a condition if nothing is known."""
        if self.germs.is_constant(coefficient):
            negative = self.germs.reader.sign(coefficient) == NEGATIVE
            self.tower.require("positive", coefficient)
        else:
            negative = self.germs.sign(coefficient) < 0
        if negative:
            raise UnsupportedError(f"{what} has no real value near the point.")

    def _small(self, unit: Series, what: object) -> Series:
        if unit.lowest is not None and self.ring.compared(unit.lowest, Fraction(0)) <= 0:
            raise ShortError(f"Too few terms of {what} are kept.")
        return unit

    def _reciprocal(self, series: Series, what: object) -> Series:
        exponent, coefficient = self._leading(series, what)
        unit = self._small(self.ring.relative(series), what)
        weights = [Fraction((-1) ** n) for n in range(self.width)]
        inverse = self.tower.one.over(coefficient)
        front = self.ring.monomial(inverse, self.ring.multiple(exponent, Fraction(-1)))
        return self.ring.times(front, self.ring.composed(unit, self.ring.rationals(weights)))

    def _root(self, series: Series, generator: Generator) -> Series:
        exponent, coefficient = self._leading(series, generator.label)
        self._positive(coefficient, generator.label)
        unit = self._small(self.ring.relative(series), generator.label)
        power = Fraction(1, generator.order)
        weights = [Fraction(1)]
        for n in range(1, self.width):
            weights.append(weights[-1] * (power - n + 1) / n)
        root = self.tower.root(coefficient, generator.order)
        front = self.ring.monomial(root, self.ring.multiple(exponent, power))
        return self.ring.times(front, self.ring.composed(unit, self.ring.rationals(weights)))

    def _log(self, series: Series, generator: Generator) -> Series:
        exponent, coefficient = self._leading(series, generator.label)
        self._positive(coefficient, generator.label)
        unit = self._small(self.ring.relative(series), generator.label)
        weights = [Fraction(0), *(Fraction((-1) ** (n + 1), n) for n in range(1, self.width))]
        front = self.germs.reader.logarithm(coefficient)
        if exponent != 0:
            front = front - self.ring.element(exponent) * self.rate
        total = self.ring.composed(unit, self.ring.rationals(weights))
        return self.ring.add(self.ring.monomial(front), total)

    def _exp(self, series: Series, generator: Generator) -> Series:
        constant, unit = self._split(series, generator)
        weights = [Fraction(1, factorial(n)) for n in range(self.width)]
        front = self.ring.monomial(self._exponential(constant))
        return self.ring.times(front, self.ring.composed(unit, self.ring.rationals(weights)))

    def _exponential(self, argument: Element) -> Element:
        """exp of a slower argument; a sum that moves is kept whole, as its terms may be faster."""
        if self.germs.is_constant(argument) or len(argument.num.to_dict()) == 1:
            return self.germs.reader.exponential(argument)
        return self.tower.generator("exp", f"exp({argument})", 0, argument)

    def _split(self, series: Series, generator: Generator) -> tuple[Element, Series]:
        """The coefficient of w^0 and the small rest."""
        if self._is_large(series):
            raise UnsupportedError(f"{generator.label} has no expansion at infinity here.")
        constant, rest = self.ring.split(series)
        return constant, self._small(rest, generator.label)

    def _is_large(self, series: Series) -> bool:
        lowest = series.lowest
        return lowest is not None and self.ring.compared(lowest, Fraction(0)) < 0

    def _smooth(self, series: Series, generator: Generator) -> Series:
        """A Taylor series where the argument is bounded; at infinity what is known there."""
        if self._is_large(series):
            return self._at_infinity(series, generator)
        constant, unit = self._split(series, generator)
        if not self.germs.is_constant(constant):
            bounded = self.germs.limit(constant, self.scale.layer)
            if bounded.infinite:
                raise UnsupportedError(f"{generator.label} has no expansion at infinity here.")
        return self.ring.composed(unit, self._taylor(generator, constant))

    def _taylor(self, generator: Generator, at: Element) -> list[Element]:
        """f^(n)(at)/n! for n below the width."""
        if generator.kind == "jet":
            return [self._jet(generator, at, n) for n in range(self.width)]
        reader = self.germs.reader
        variable = self.tower.symbol(ARGUMENT)
        outside, self.tower.conditions = self.tower.conditions, {}
        value = kinds()[generator.kind].copy(reader, generator, lambda inside: variable)
        found = []
        for n in range(self.width):
            there = specialise(value, {ARGUMENT: at}, reader)
            found.append(there.scaled(fmpq(1, factorial(n))))
            value = self.tower.derivative(value, ARGUMENT)
        noted, self.tower.conditions = self.tower.conditions, outside
        argument = self.tower.by_label[ARGUMENT].slot
        at_point = [c for c in noted.values() if argument not in self.germs.reach(c.element)]
        self.germs.settle(at_point)
        for condition in at_point:
            self.tower.require(condition.kind, condition.element)
        return found

    def _jet(self, generator: Generator, at: Element, n: int) -> Element:
        name, _, _ = generator.label.partition("(")
        label, order = f"{name}{n * chr(39)}({at})", generator.order + n
        return self.tower.generator("jet", label, order, at).scaled(fmpq(1, factorial(n)))

    def _at_infinity(self, series: Series, generator: Generator) -> Series:
        """For u -> oo: atan u = pi/2 - 1/u + ..., erf u = 1 - O(exp(-u^2)); sin, cos = O(1)."""
        if generator.kind in ("sin", "cos"):
            return Series((), Fraction(0))
        if generator.kind not in ("atan", "erf"):
            raise UnsupportedError(f"{generator.label} has no expansion at infinity here.")
        side = Fraction(self.germs.sign(self._leading(series, generator.label)[1]))
        if generator.kind == "erf":
            return self.ring.make([(Fraction(0), self.ring.element(side))], Fraction(self.width))
        quarter = self.germs.reader.read(sympy.pi) * self.ring.element(side / 2)
        weights = [Fraction(0)] + [
            Fraction(-(n % 2) * (-1) ** (n // 2), n) for n in range(1, self.width)
        ]
        small = self._reciprocal(series, generator.label)
        rest = self.ring.composed(small, self.ring.rationals(weights))
        return self.ring.add(self.ring.monomial(quarter), rest)
