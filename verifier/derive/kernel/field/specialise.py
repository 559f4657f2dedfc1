"""**Specialise**: an element with symbols replaced by elements, generator by generator."""

from __future__ import annotations

from collections.abc import Mapping

from verifier.derive.kernel.field.element import Element, composed
from verifier.derive.kernel.field.families import kinds
from verifier.derive.kernel.field.reader import Reader
from verifier.derive.kernel.field.tower import Generator, Tower


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
        return composed(element, self.reader.tower, self._image)

    def _image(self, slot: int) -> Element:
        if slot not in self.images:
            self.images[slot] = self._generator(self.source.generators[slot])
        return self.images[slot]

    def _generator(self, generator: Generator) -> Element:
        if generator.kind == "symbol":
            return self.values.get(generator.label) or self.reader.tower.symbol(generator.label)
        return kinds()[generator.kind].copy(self.reader, generator, self.element)
