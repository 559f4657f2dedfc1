"""**Specialise**: an element with symbols replaced by elements, generator by generator."""

from __future__ import annotations

from collections.abc import Mapping

from flint import fmpq

from verifier.derive.kernel.element import Element, Poly
from verifier.derive.kernel.families import kinds
from verifier.derive.kernel.reader import Reader
from verifier.derive.kernel.tower import Generator, Tower


def specialise(element: Element, values: Mapping[str, Element], reader: Reader) -> Element:
    """`element` in the tower of `reader`, symbols replaced by label; its conditions are noted.

    Symbols without a value keep their label. Jets of abstract functions cannot be moved.
    """
    return _Specialiser(element.tower, values, reader).element(element)


class _Specialiser:
    def __init__(self, source: Tower, values: Mapping[str, Element], reader: Reader) -> None:
        self.source = source
        self.values = values
        self.reader = reader
        self.images: dict[int, Element] = {}

    def element(self, element: Element) -> Element:
        return self._poly(element.num).over(self._poly(element.den))

    def _poly(self, poly: Poly) -> Element:
        tower = self.reader.tower
        total = tower.zero
        for monomial, coefficient in poly.to_dict().items():
            term = tower.constant(fmpq(coefficient))
            for slot, exponent in enumerate(monomial):
                if exponent:
                    term = term * self._image(slot).power(int(exponent))
            total = total + term
        return total

    def _image(self, slot: int) -> Element:
        if slot not in self.images:
            self.images[slot] = self._generator(self.source.generators[slot])
        return self.images[slot]

    def _generator(self, generator: Generator) -> Element:
        if generator.kind == "symbol":
            return self.values.get(generator.label) or self.reader.tower.symbol(generator.label)
        return kinds()[generator.kind].copy(self.reader, generator, self.element)
