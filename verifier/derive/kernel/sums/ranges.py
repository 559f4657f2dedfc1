"""**Ranges**: the indices that a sum or product in the kernel runs over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sympy import Expr, Symbol

from verifier.derive.kernel.field.element import Element

if TYPE_CHECKING:
    from verifier.derive.kernel.field.reader import Reader


_FLAT = str.maketrans("{}", "()")  # a name has no braces inside of its own


@dataclass(frozen=True, eq=False)
class Index:
    """An index from `lower` to `upper`; `count` = upper - lower + 1 is how many, if not negative.

    No author can write its name, which holds its range.
    """

    symbol: Symbol
    lower: Expr
    upper: Expr
    count: Element

    @property
    def name(self) -> str:
        return str(self.symbol)

    @property
    def range(self) -> str:
        return f"{self.lower}..{self.upper}".translate(_FLAT)

    def named(self, number: int) -> Index:
        symbol = Symbol(f"{{{number}:{self.range}}}", integer=True, positive=True)
        return Index(symbol, self.lower, self.upper, self.count)


@dataclass(frozen=True, eq=False)
class Over:
    """What a generator runs over, the reader that made it, and how it is made again."""

    indices: tuple[Index, ...]
    reader: Reader
    again: Callable[[Reader, Element, tuple[Index, ...]], Element]

    @property
    def names(self) -> frozenset[str]:
        return frozenset(index.name for index in self.indices)

    @property
    def ends(self) -> frozenset[str]:
        """Names of the indices around it that its range depends on."""
        symbols = {s for i in self.indices for s in i.lower.free_symbols | i.upper.free_symbols}
        return frozenset(str(s) for s in symbols if str(s).startswith("{"))


def index_over(reader: Reader, lower: Expr, upper: Expr, number: int) -> Index:
    """The index of a range that is read, under a number."""
    count = reader.read(upper) - reader.read(lower) + reader.tower.one
    nameless = Index(Symbol("{}"), lower, upper, count)
    return nameless.named(number)


def moved_index(reader: Reader, index: Index, move: Callable[[Expr], Expr]) -> Index:
    """The index with its ends moved."""
    lower, upper = move(index.lower), move(index.upper)
    if (lower, upper) == (index.lower, index.upper):
        return index
    return index_over(reader, lower, upper, 1)
