"""**Goals in words**: whether a combination of words is zero, and the steps that show it.

What the rules do not rewrite to zero is multiplied by a matrix M that has an inverse P: M g = 0
gives g = P M g - (P M - I) g = 0. Then overlaps of rules are added, up to a bound.
"""

from __future__ import annotations

from collections.abc import Iterator

from verifier.derive.kernel.element import Element
from verifier.derive.kernel.expansion import Grid
from verifier.derive.kernel.matrices import Inverse, Matrices

DEPTH = 2


class Goals:
    """Shows that combinations of words are zero under what `matrices` knows."""

    def __init__(self, matrices: Matrices) -> None:
        self.matrices = matrices
        self.rewriter = matrices.rewriter
        self.expander = matrices.expander

    def rest(self, gap: Grid) -> Grid | None:
        """None if every block of `gap` is shown to be zero, and otherwise what is left of it."""
        rest = self._reduced(gap)
        if self._vanishes(rest, DEPTH):
            return None
        self._add_inverses()
        self.rewriter.complete()
        rest = self._reduced(gap)
        return None if self._vanishes(rest, DEPTH) else rest

    def rest_of_scalar(self, element: Element) -> Element:
        """What is left of a scalar."""
        rest, _ = self.rewriter.settled(element)
        if not rest.is_zero:
            self._add_inverses()
            self.rewriter.complete()
            rest, _ = self.rewriter.settled(element)
            rest, _ = self.rewriter.divided(rest)
        return rest

    def _add_inverses(self) -> None:
        """Of everything that has one by hypothesis, though nobody speaks of it."""
        for of in self.matrices.invertible:
            self.matrices.inverse(of, self.expander.grid(of))

    def _reduced(self, gap: Grid) -> Grid:
        return tuple(tuple(self.rewriter.reduced(entry)[0] for entry in row) for row in gap)

    def _vanishes(self, gap: Grid, depth: int) -> bool:
        if all(entry.is_zero for row in gap for entry in row):
            return True
        if depth == 0:
            return False
        return any(
            self._vanishes(self._reduced(product), depth - 1) for product in self._products(gap)
        )

    def _products(self, gap: Grid) -> Iterator[Grid]:
        """M gap and gap M for every M that has an inverse."""
        rows = [row[0].rows for row in gap]
        columns = [entry.columns for entry in gap[0]]
        for known in self.matrices.inverses.values():
            sizes = _sizes(known)
            if sizes == rows:
                yield self.expander.product(known.inside, gap)
            if sizes == columns:
                yield self.expander.product(gap, known.inside)


def _sizes(known: Inverse) -> list[str]:
    return [row[0].rows for row in known.inside]
