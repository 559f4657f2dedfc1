"""**Renaming**: indices in an element replaced by others, generator by generator."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from sympy import Expr, Symbol

from verifier.derive.kernel.field.element import Element, composed
from verifier.derive.kernel.field.families import kinds
from verifier.derive.kernel.sums.ranges import Over, moved_index
from verifier.errors import UnsupportedError
from verifier.exact.sums import renamed

if TYPE_CHECKING:
    from verifier.derive.kernel.field.reader import Reader
    from verifier.derive.kernel.field.tower import Generator

Names = frozenset[str]
NONE: Names = frozenset()


def indices_of(element: Element) -> Names:
    """Names of the indices of sums around it that occur in the element."""
    slots = {s for poly in (element.num, element.den) for s, d in enumerate(poly.degrees()) if d}
    generators = element.tower.generators
    return NONE.union(*(indices_in(generators[s]) for s in slots if s < len(generators)))


def indices_in(generator: Generator) -> Names:
    """Names of the indices that occur free in one generator."""
    if "{" not in generator.label:
        return NONE
    if generator.inside is None:
        return frozenset(_braced(generator.label))
    names = indices_of(generator.inside)
    if generator.exponent is not None:
        names |= indices_of(generator.exponent)
    if isinstance(generator.about, Over):
        names = (names - generator.about.names) | generator.about.ends
    return names


def _braced(text: str) -> Iterator[str]:
    """Every name of an index, `{1:1..n}`, in a label, with the braces inside it."""
    depth, start = 0, 0
    for place, letter in enumerate(text):
        if letter == "{":
            start, depth = (place if depth == 0 else start), depth + 1
        elif letter == "}":
            depth -= 1
            name = text[start : place + 1]
            if depth == 0 and name[1:].partition(":")[0].isdigit():
                yield name


def moved(reader: Reader, element: Element, table: Mapping[Symbol, Expr]) -> Element:
    """`element` with free indices replaced at once; nothing is noted, as it holds for every one."""
    table = {old: new for old, new in table.items() if old != new}
    with reader.tower.follows():
        return _Move(reader, table).element(element)


class _Move:
    def __init__(self, reader: Reader, table: Mapping[Symbol, Expr]) -> None:
        self.reader = reader
        self.table = table
        self.names = frozenset(map(str, table))
        self.images: dict[int, Element] = {}

    def element(self, element: Element) -> Element:
        if not indices_of(element) & self.names:
            return element
        return composed(element, self.reader.tower, self._image)

    def _image(self, slot: int) -> Element:
        if slot not in self.images:
            generator = self.reader.tower.generators[slot]
            if indices_in(generator) & self.names:
                self.images[slot] = self._generator(generator)
            else:
                self.images[slot] = self.reader.tower.element_of(generator)
        return self.images[slot]

    def _generator(self, generator: Generator) -> Element:
        if isinstance(generator.about, Over):
            return self._under_index(generator, generator.about)
        if generator.kind == "jet":
            name, inside = generator.label.partition("(")[0], self.element(generator.argument)
            label = f"{name}({inside})"
            return self.reader.tower.generator("jet", label, generator.order, inside)
        if generator.kind != "symbol":
            return kinds()[generator.kind].copy(self.reader, generator, self.element)
        if generator.label not in self.reader.names:
            raise UnsupportedError(f"`{generator.label}` has no index to rename.")
        return self.reader.read(_at_once(self.reader.names[generator.label], self.table))

    def _under_index(self, generator: Generator, over: Over) -> Element:
        """Own indices get names that are new, so that none is taken for what is brought in."""
        taken = {str(s) for new in self.table.values() for s in new.free_symbols}
        taken |= self.names | indices_of(generator.argument)
        own = []
        for index in over.indices:
            ends = moved_index(self.reader, index, lambda e: _at_once(e, self.table))
            number = next(n for n in itertools.count(1) if ends.named(n).name not in taken)
            own.append(ends.named(number))
            taken.add(own[-1].name)
        table = dict(self.table)
        table |= {old.symbol: new.symbol for old, new in zip(over.indices, own, strict=True)}
        inside = moved(self.reader, generator.argument, table)
        return over.again(self.reader, inside, tuple(own))


def _at_once(expr: Expr, table: Mapping[Symbol, Expr]) -> Expr:
    marks = {old: Symbol(f"{{renamed {n}}}", **_WHOLE) for n, old in enumerate(table)}
    for old, mark in marks.items():
        expr = renamed(expr, old, mark)
    for old, mark in marks.items():
        expr = renamed(expr, mark, table[old])
    return expr


_WHOLE = {"integer": True, "positive": True}
