"""**Rules for words**: what is rewritten into what, why, and the ring of scalars made of words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from verifier.derive.kernel.field.element import Element
from verifier.derive.kernel.field.tower import Tower
from verifier.derive.kernel.words.word import Loop, Word, WordSum


@dataclass(frozen=True)
class Step:
    """coefficient * left relation right, or its transpose where it is `flipped`.

    With `times` it is a scalar, the trace of that product, times the word `times`.
    """

    coefficient: Element
    relation: int
    left: Word = ()
    right: Word = ()
    flipped: bool = False
    times: Word | None = None

    def scaled(self, factor: Element) -> Step:
        return replace(self, coefficient=self.coefficient * factor)


@dataclass(frozen=True)
class Rule:
    """`lead` is rewritten into `rest`; lead - rest is the sum of the steps."""

    lead: Word
    rest: WordSum
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Scalar:
    """A scalar made of a word that equals `value`: their difference is the sum of the steps."""

    value: Element
    steps: tuple[Step, ...]


class Loops:
    """The ring of elements of a tower, in which every scalar made of a word is a generator.

    `label` names a loop and `loop_of` reads a name; `size_of` is the element of a dimension.
    """

    def __init__(
        self,
        tower: Tower,
        *,
        label: Callable[[Loop], str],
        loop_of: Callable[[str], Loop | None],
        size_of: Callable[[str], Element],
    ) -> None:
        self.tower = tower
        self.label = label
        self.loop_of = loop_of
        self.size_of = size_of
        self.by_slot: dict[int, Loop] = {}
        self.seen = 0

    @property
    def one(self) -> Element:
        return self.tower.one

    def is_zero(self, value: Element) -> bool:
        return value.is_zero

    def loop(self, loop: Loop) -> Element:
        label = self.label(loop)
        made = self.tower.symbol(label)
        self.by_slot[self.tower.by_label[label].slot] = loop
        return made

    def size(self, space: str) -> Element:
        return self.size_of(space)

    def loops(self) -> Mapping[int, Loop]:
        """Every generator of the tower that is a scalar made of a word, by its slot."""
        for generator in self.tower.generators[self.seen :]:
            loop = self.loop_of(generator.label) if generator.kind == "symbol" else None
            if loop is not None:
                self.by_slot.setdefault(generator.slot, loop)
        self.seen = len(self.tower.generators)
        return self.by_slot
