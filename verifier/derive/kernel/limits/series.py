"""**Series**: sums of c_e w^e in one small positive w, with exact coefficients in a tower.

Coefficients grow and fall slower than every power of w. A series is a finite sum plus a remainder
that is O(w^(order - h)) for every h > 0, so that every term below the order outweighs it. Exponents
are rational, or constant elements whose differences have a known sign.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cmp_to_key

from flint import fmpq

from verifier.derive.kernel.field.element import Element
from verifier.derive.kernel.field.tower import Tower
from verifier.errors import UnsupportedError

Exponent = Fraction | Element
Term = tuple[Exponent, Element]


class ShortError(UnsupportedError):
    """More terms have to be kept."""


@dataclass(frozen=True)
class Series:
    """sum of c w^e over the terms (e, c), lowest first; `order` None means no remainder."""

    terms: tuple[Term, ...]
    order: Exponent | None = None

    @property
    def lowest(self) -> Exponent | None:
        return self.terms[0][0] if self.terms else self.order


class SeriesRing:
    """Arithmetic of series over one tower; `sign` decides exponents that are not rational."""

    def __init__(self, tower: Tower, sign: Callable[[Element], int]) -> None:
        self.tower = tower
        self.sign = sign

    def exponent(self, value: Element) -> Exponent:
        number = value.rational
        return value if number is None else Fraction(int(number.p), int(number.q))

    def element(self, exponent: Exponent) -> Element:
        if isinstance(exponent, Element):
            return exponent
        return self.tower.constant(fmpq(exponent.numerator, exponent.denominator))

    def plus(self, one: Exponent, two: Exponent) -> Exponent:
        if isinstance(one, Fraction) and isinstance(two, Fraction):
            return one + two
        return self.exponent(self.element(one) + self.element(two))

    def multiple(self, exponent: Exponent, factor: Fraction) -> Exponent:
        if isinstance(exponent, Fraction):
            return exponent * factor
        return exponent.scaled(fmpq(factor.numerator, factor.denominator))

    def compared(self, one: Exponent, two: Exponent) -> int:
        """The sign of one - two."""
        if isinstance(one, Fraction) and isinstance(two, Fraction):
            return (one > two) - (one < two)
        return self.sign(self.element(one) - self.element(two))

    def least(self, *exponents: Exponent | None) -> Exponent | None:
        found = None
        for exponent in exponents:
            if exponent is None:
                continue
            if found is None or self.compared(exponent, found) < 0:
                found = exponent
        return found

    def make(self, terms: Iterable[Term], order: Exponent | None = None) -> Series:
        """The series with equal exponents put together and what the remainder hides left out.

        Exponents of other elements may be equal by the hypotheses.
        """
        total: dict[Fraction | str, Term] = {}
        for e, c in terms:
            key = e.key if isinstance(e, Element) else e
            total[key] = (e, total[key][1] + c if key in total else c)
        kept = [
            (e, c)
            for e, c in total.values()
            if not c.is_zero and (order is None or self.compared(e, order) < 0)
        ]
        kept.sort(key=cmp_to_key(self._earlier))
        merged: list[Term] = []
        for e, c in kept:
            if merged and self.compared(e, merged[-1][0]) == 0:
                e, c = merged[-1][0], merged.pop()[1] + c
            merged += [] if c.is_zero else [(e, c)]
        return Series(tuple(merged), order)

    def split(self, series: Series) -> tuple[Element, Series]:
        """The coefficient of w^0 and the rest, in a series without negative exponents."""
        if series.terms and self.compared(series.terms[0][0], Fraction(0)) == 0:
            return series.terms[0][1], Series(series.terms[1:], series.order)
        return self.tower.zero, series

    def _earlier(self, one: Term, two: Term) -> int:
        return self.compared(one[0], two[0])

    def monomial(self, coefficient: Element, exponent: Exponent = Fraction(0)) -> Series:
        return self.make([(exponent, coefficient)])

    def add(self, one: Series, two: Series) -> Series:
        return self.make((*one.terms, *two.terms), self.least(one.order, two.order))

    def times(self, one: Series, two: Series) -> Series:
        bounds = [
            self.plus(left.order, right.lowest)
            for left, right in ((one, two), (two, one))
            if left.order is not None and right.lowest is not None
        ]
        products = [(self.plus(e, f), c * d) for e, c in one.terms for f, d in two.terms]
        return self.make(products, self.least(*bounds))

    def power(self, base: Series, exponent: int) -> Series:
        if len(base.terms) == 1 and base.order is None:
            e, c = base.terms[0]
            return self.monomial(c.power(exponent), self.multiple(e, Fraction(exponent)))
        result = self.monomial(self.tower.one)
        while exponent:
            if exponent & 1:
                result = self.times(result, base)
            exponent >>= 1
            base = self.times(base, base) if exponent else base
        return result

    def relative(self, series: Series) -> Series:
        """series/(c w^e) - 1 for its leading term c w^e, by which it divides."""
        (e, c), *rest = series.terms
        down = self.multiple(e, Fraction(-1))
        inverse = self.tower.one.over(c)
        order = None if series.order is None else self.plus(series.order, down)
        return self.make([(self.plus(f, down), d * inverse) for f, d in rest], order)

    def composed(self, unit: Series, coefficients: Iterable[Element]) -> Series:
        """sum of coefficients[n] unit^n + O(unit^N), where N are given; exact if `unit` is zero."""
        total, power = self.make([]), self.monomial(self.tower.one)
        count = 0
        for coefficient in coefficients:
            total = self.add(total, self.times(power, self.monomial(coefficient)))
            if unit.lowest is None:
                return total
            power = self.times(power, unit)
            count += 1
        if unit.lowest is None:
            return total
        bound = self.multiple(unit.lowest, Fraction(count))
        return self.make(total.terms, self.least(total.order, bound))

    def rationals(self, values: Iterable[Fraction]) -> list[Element]:
        return [self.element(value) for value in values]
