"""**Derivatives along a flow**: the product rule on words, for every size.

Each letter of a word moves by its velocity in turn. The inverse P of M moves by -P M' P, and
diag(w) by diag(w'). Scalars made of words move like the words, everything else by its slopes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from verifier.derive.kernel.field.element import Element
from verifier.derive.kernel.words.expansion import Grid, ones_name
from verifier.derive.kernel.words.matrices import Matrices
from verifier.derive.kernel.words.word import Letter, Loop, Word, WordSum
from verifier.errors import UnsupportedError
from verifier.exact.matrices import matrix


class Flow:
    """Velocities by name, read over the matrices of a step."""

    def __init__(self, matrices: Matrices, rates: Mapping[str, Any], fixed: frozenset[str]) -> None:
        self.matrices = matrices
        self.algebra = matrices.algebra
        self.tower = matrices.reader.tower
        self.rates = rates
        self.fixed = fixed  # dimensions, which do not move

    def of_grid(self, grid: Grid) -> Grid:
        return tuple(tuple(self.of_sum(entry) for entry in row) for row in grid)

    def of_sum(self, of: WordSum) -> WordSum:
        """The derivative of a combination of words."""
        total = self.algebra.zero(of.rows, of.columns)
        for word, c in of.terms.items():
            alone = self.algebra.of_word(of.rows, of.columns, word)
            total = self.algebra.add(total, self.algebra.scaled(self.of_element(c), alone))
            moved = self._of_word(of.rows, of.columns, word)
            total = self.algebra.add(total, self.algebra.scaled(c, moved))
        return total

    def of_element(self, element: Element) -> Element:
        """The derivative of a scalar."""
        total = self.tower.zero
        loops = dict(self.matrices.rewriter.ring.loops())
        for generator in list(self.tower.generators):
            if generator.kind != "symbol":
                continue
            slope = self.tower.derivative(element, generator.label)
            if slope.is_zero:
                continue
            if generator.slot in loops:
                total = total + slope * self._of_loop(loops[generator.slot])
            elif generator.label in self.rates:
                total = total + slope * self.matrices.reader.read(self.rates[generator.label])
            elif generator.label not in self.fixed:
                raise UnsupportedError(
                    f"the flow says nothing of `{generator.label}`, which may move."
                )
        return total

    def _of_loop(self, loop: Loop) -> Element:
        size = loop.word[0].rows
        value: Element = self.algebra.trace(self._of_word(size, size, loop.word))
        return value

    def _of_word(self, rows: str, columns: str, word: Word) -> WordSum:
        total = self.algebra.zero(rows, columns)
        for n, letter in enumerate(word):
            left = self.algebra.of_word(rows, letter.rows, word[:n])
            right = self.algebra.of_word(letter.columns, columns, word[n + 1 :])
            moved = self.algebra.multiply(self.algebra.multiply(left, self._of(letter)), right)
            total = self.algebra.add(total, moved)
        return total

    def _of(self, letter: Letter) -> WordSum:
        if letter.flipped:
            return self.algebra.transpose(self._of(letter.transposed))
        if letter.name in self.rates:
            return self.matrices.expander.plain(matrix(self.rates[letter.name]))
        if letter.power is not None or letter.name == ones_name(letter.rows):
            return self.algebra.zero(letter.rows, letter.columns)
        if letter.name in self.matrices.held:
            column = self._of_word(letter.rows, "1", self.matrices.held[letter.name])
            return self.matrices.diagonal(column)
        for known in self.matrices.inverses.values():
            if known.letters == ((letter,),):
                inverse = self.algebra.letter(letter)
                inner = self.algebra.multiply(self.of_sum(known.inside[0][0]), inverse)
                product = self.algebra.multiply(inverse, inner)
                return self.algebra.scaled(-self.tower.one, product)
        raise UnsupportedError(f"the flow says nothing of `{letter.name}`, which may move.")
