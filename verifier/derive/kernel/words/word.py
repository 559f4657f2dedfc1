"""**Words**: products of matrices whose sizes stay open, with commutative coefficients.

A letter is a matrix symbol or its transpose; a word is a product of letters that fit. Where a
word passes through a space of dimension 1 it is cut, and what lies between two cuts is a scalar:
u (v^T A x) y^T is the scalar <v, A x> times the word u y^T. A scalar is the same as its
transpose, and a trace is the same when its factors are rotated. Coefficients are whatever the
ring gives: sympy expressions or elements of a tower.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NamedTuple, Protocol

Coefficient = Any  # what a Ring computes with: it has +, * and unary -


class Letter(NamedTuple):
    """A matrix symbol, or its transpose; or a power of a symmetric operator."""

    name: str
    flipped: bool
    rows: str
    columns: str
    power: Fraction | None = None

    @property
    def text(self) -> str:
        if self.power is not None:
            return self.name if self.power == 1 else f"{self.name}^{self.power}"
        return f"{self.name}^T" if self.flipped else self.name

    @property
    def transposed(self) -> Letter:
        if self.power is not None:
            return self
        return Letter(self.name, not self.flipped, self.columns, self.rows)


Word = tuple[Letter, ...]


class Loop(NamedTuple):
    """A scalar: a word with one row and one column, or the trace of a word without a cut."""

    word: Word
    cyclic: bool

    @property
    def text(self) -> str:
        if self.cyclic:
            return f"tr({text(self.word)})"
        left, right = self.word[0].transposed.text, text(self.word[1:])
        return f"<{left}, {right}>" if right else left


class Ring(Protocol):
    """Where coefficients live: what a scalar made of a word is, and a size as a number."""

    @property
    def one(self) -> Coefficient: ...

    def is_zero(self, value: Coefficient) -> bool: ...

    def loop(self, loop: Loop) -> Coefficient: ...

    def size(self, space: str) -> Coefficient: ...


@dataclass(frozen=True)
class WordSum:
    """A combination of words of one shape; the empty word is the identity."""

    rows: str
    columns: str
    terms: Mapping[Word, Coefficient]

    @property
    def is_zero(self) -> bool:
        return not self.terms

    def __str__(self) -> str:
        if self.rows == self.columns == "1":
            return str(self.terms.get((), 0))
        shown = [f"({c})*{text(word) or 'I'}" for word, c in sorted(self.terms.items())]
        return " + ".join(shown) or "0"


@dataclass(frozen=True)
class Algebra:
    """Arithmetic of word sums over a ring."""

    ring: Ring

    def total(self, rows: str, columns: str, pairs: Iterable[tuple[Word, Coefficient]]) -> WordSum:
        """The sum of coefficient * word, collected."""
        terms: dict[Word, Coefficient] = {}
        for word, c in pairs:
            terms[word] = terms[word] + c if word in terms else c
        return WordSum(rows, columns, {w: c for w, c in terms.items() if not self.ring.is_zero(c)})

    def zero(self, rows: str, columns: str) -> WordSum:
        return WordSum(rows, columns, {})

    def identity(self, size: str) -> WordSum:
        return WordSum(size, size, {(): self.ring.one})

    def letter(self, letter: Letter) -> WordSum:
        return self.of_word(letter.rows, letter.columns, (letter,))

    def of_word(self, rows: str, columns: str, word: Word) -> WordSum:
        """A product of letters, with the scalars in it taken out."""
        return self.total(rows, columns, [self.cut(word)])

    def add(self, one: WordSum, two: WordSum) -> WordSum:
        return self.total(one.rows, one.columns, [*one.terms.items(), *two.terms.items()])

    def scaled(self, factor: Coefficient, of: WordSum) -> WordSum:
        return self.total(of.rows, of.columns, ((w, factor * c) for w, c in of.terms.items()))

    def subtract(self, one: WordSum, two: WordSum) -> WordSum:
        return self.add(one, self.scaled(-self.ring.one, two))

    def multiply(self, one: WordSum, two: WordSum) -> WordSum:
        return self.total(one.rows, two.columns, self._products(one, two))

    def _products(self, one: WordSum, two: WordSum) -> Iterator[tuple[Word, Coefficient]]:
        for left, a in one.terms.items():
            for right, b in two.terms.items():
                word, c = self.cut(left + right)
                yield word, a * b * c

    def transpose(self, of: WordSum) -> WordSum:
        return self.total(of.columns, of.rows, ((transposed(w), c) for w, c in of.terms.items()))

    def trace(self, of: WordSum) -> Coefficient:
        """The trace of a square sum; for one row and one column, its value."""
        total = None
        for word, c in of.terms.items():
            value = c * self._trace_of_word(word, of.rows)
            total = value if total is None else total + value
        return self.ring.one + -self.ring.one if total is None else total

    def _trace_of_word(self, word: Word, size: str) -> Coefficient:
        if not word:
            return self.ring.one if size == "1" else self.ring.size(size)
        pieces = cuts(word)
        if len(pieces) == 1:
            return self.ring.loop(rotated(word))
        return self.ring.loop(straight(merged(pieces[1] + pieces[0])))

    def cut(self, word: Word) -> tuple[Word, Coefficient]:
        """The word without its scalar pieces, and the product of these."""
        value = self.ring.one
        kept: list[Letter] = []
        for piece in cuts(merged(word)):
            if piece and piece[0].rows == piece[-1].columns == "1":
                value = value * self.ring.loop(straight(piece))
            else:
                kept += piece
        return tuple(kept), value


def text(word: Word) -> str:
    """The letters of a word, in print."""
    return " ".join(letter.text for letter in word)


def transposed(word: Word) -> Word:
    """The transpose of a product."""
    return tuple(letter.transposed for letter in reversed(word))


def merged(word: Word) -> Word:
    """Neighbouring powers of one operator as one power: A^p A^q = A^(p+q)."""
    out: list[Letter] = []
    for letter in word:
        last = out[-1] if out else None
        if letter.power is None or last is None or last.power is None or last.name != letter.name:
            out.append(letter)
            continue
        out.pop()
        if last.power + letter.power != 0:
            out.append(letter._replace(power=last.power + letter.power))
    return tuple(out)


def cuts(word: Word) -> list[Word]:
    """The pieces between the spaces of dimension 1 that a word passes through."""
    pieces: list[list[Letter]] = [[]]
    for letter in word:
        if pieces[-1] and letter.rows == "1":
            pieces.append([])
        pieces[-1].append(letter)
    return [tuple(piece) for piece in pieces]


def straight(word: Word) -> Loop:
    """The scalar of a word with one row and one column."""
    return Loop(min(word, transposed(word)), cyclic=False)


def is_square(loop: Loop, semidefinite: Container[str] = ()) -> bool:
    """Whether it is x^T x or x^T K x, K semidefinite, for a product x; or a trace of such."""
    word, places = loop.word, range(len(loop.word) if loop.cyclic else 1)
    half, odd = divmod(len(word), 2)
    for turn in (word[k:] + word[:k] for k in places):
        middle = turn[half]
        positive = not odd or middle.power is not None or middle.name in semidefinite
        if positive and transposed(turn[:half]) == turn[half + odd :]:
            return True
    return False


def rotated(word: Word) -> Loop:
    """The trace of a word, in the first of its equal forms."""
    while len(word) > 1 and word[0].power is not None and word[0].name == word[-1].name:
        word = merged((word[-1], *word[:-1]))
    turns = [turn[k:] + turn[:k] for turn in (word, transposed(word)) for k in range(len(word))]
    return Loop(min(turns, default=()), cyclic=True)
