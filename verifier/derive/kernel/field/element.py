"""**Elements**: fractions of polynomials over Q in the generators of a tower.

Arithmetic is exact in `fmpq_mpoly`. Dividing notes the divisor as a condition of the tower, so
that no denominator is taken to be nonzero in silence.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flint import fmpq

if TYPE_CHECKING:
    from verifier.derive.kernel.field.tower import Tower

Poly = Any  # flint.fmpq_mpoly


@dataclass(frozen=True, eq=False)
class Element:
    """numerator/denominator over the generators of `tower`, without common factors."""

    tower: Tower
    num: Poly
    den: Poly

    @staticmethod
    def make(tower: Tower, num: Poly, den: Poly) -> Element:
        if num.is_zero():
            return Element(tower, num, tower.one_poly)
        if not den.is_constant():
            common = num.gcd(den)
            if not common.is_constant():
                num, den = divmod(num, common)[0], divmod(den, common)[0]
        lead = den.leading_coefficient()
        if lead != 1:
            num, den = num * (1 / lead), den * (1 / lead)
        return Element(tower, num, den)

    def __add__(self, other: Element) -> Element:
        if self.den == other.den:
            return self.tower.reduced(self.num + other.num, self.den)
        num = self.num * other.den + other.num * self.den
        return self.tower.reduced(num, self.den * other.den)

    def __sub__(self, other: Element) -> Element:
        return self + (-other)

    def __neg__(self) -> Element:
        return Element(self.tower, -self.num, self.den)

    def __mul__(self, other: Element) -> Element:
        return self.tower.reduced(self.num * other.num, self.den * other.den)

    def scaled(self, factor: fmpq) -> Element:
        return Element.make(self.tower, self.num * factor, self.den)

    def over(self, other: Element) -> Element:
        """The quotient; `other` becomes a condition unless it is a nonzero rational."""
        if other.is_zero:
            raise ZeroDivisionError(f"division by zero: {other}")
        self.tower.require_nonzero(other)
        return self.tower.reduced(self.num * other.den, self.den * other.num)

    def power(self, exponent: int) -> Element:
        if exponent < 0:
            return self.tower.one.over(self.power(-exponent))
        result, base = self.tower.one, self
        while exponent:
            if exponent & 1:
                result = result * base
            base, exponent = base * base, exponent >> 1
        return result

    @property
    def is_zero(self) -> bool:
        """Zero in the field; a False is no proof that it is not."""
        return bool(self.num.is_zero())

    @property
    def rational(self) -> fmpq | None:
        """The value, when this is a rational number."""
        if not (self.num.is_constant() and self.den.is_constant()):
            return None
        if self.num.is_zero():
            return fmpq(0)
        return fmpq(self.num.leading_coefficient()) / fmpq(self.den.leading_coefficient())

    @property
    def key(self) -> str:
        """Equal keys mean equal elements."""
        return f"{self.num}|{self.den}"

    def __str__(self) -> str:
        return self.tower.show(self)


def composed(element: Element, tower: Tower, image: Callable[[int], Element]) -> Element:
    """`element` with the generator in each slot replaced by its image, an element of `tower`."""

    def put(poly: Poly) -> Element:
        total = tower.zero
        for monomial, coefficient in poly.to_dict().items():
            term = tower.constant(fmpq(coefficient))
            for slot, exponent in enumerate(monomial):
                if exponent:
                    term = term * image(slot).power(int(exponent))
            total = total + term
        return total

    return put(element.num).over(put(element.den))
