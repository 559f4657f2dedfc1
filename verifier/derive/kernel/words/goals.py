"""**Goals in words**: whether a combination of words is zero, and the steps that show it.

What the rules do not rewrite to zero is multiplied by a matrix M that has an inverse P: M g = 0
gives g = P M g - (P M - I) g = 0. Where tr(g^T g) = 0, or tr(g^T K g) = 0 with a definite K, g is
zero as well. Then overlaps of rules are added, up to a bound.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from verifier.derive.kernel.field.element import Element
from verifier.derive.kernel.words.expansion import Grid
from verifier.derive.kernel.words.matrices import Inverse, Matrices
from verifier.derive.kernel.words.rules import Step
from verifier.derive.kernel.words.word import WordSum

DEPTH = 2
Steps = tuple[Step, ...]
StepGrid = tuple[tuple[Steps, ...], ...]
Side = Literal["left", "right"]


@dataclass(frozen=True)
class Answer:
    """What is left of a goal, and the steps that add up to what is gone, block by block.

    `by_length`: what was left is zero because its length is, which no steps add up to.
    """

    rest: Grid
    steps: StepGrid
    by_length: bool = False

    @property
    def vanishes(self) -> bool:
        return all(entry.is_zero for entry in _entries(self.rest))

    def __str__(self) -> str:
        return "; ".join(str(e) for e in _entries(self.rest) if not e.is_zero) or "0"


class Goals:
    """Shows that combinations of words are zero under what `matrices` knows."""

    def __init__(self, matrices: Matrices) -> None:
        self.matrices = matrices
        self.rewriter = matrices.rewriter
        self.expander = matrices.expander

    def decide(self, gap: Grid) -> Answer:
        """Whether every block of `gap` is zero."""
        answer = self._without_length(gap)
        if not answer.vanishes:
            self._add_inverses()
            self.rewriter.complete()
            answer = self._without_length(gap)
        return answer

    def _without_length(self, gap: Grid) -> Answer:
        answer = self._vanishing(self._reduced(gap), DEPTH)
        if not answer.vanishes and all(map(self._has_no_length, _entries(answer.rest))):
            empty = tuple(tuple(replace(e, terms={}) for e in row) for row in answer.rest)
            return Answer(empty, answer.steps, by_length=True)
        return answer

    def _has_no_length(self, of: WordSum) -> bool:
        algebra = self.matrices.algebra
        flipped = algebra.transpose(of)
        kernels = [k for k in self.matrices.definite if k.rows == of.rows]
        products = (of, *(algebra.multiply(kernel, of) for kernel in kernels))
        lengths = (algebra.trace(algebra.multiply(flipped, one)) for one in products)
        return any(self.rewriter.divided(self.rewriter.settled(s)[0])[0].is_zero for s in lengths)

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

    def _reduced(self, gap: Grid) -> Answer:
        found = [[self.rewriter.reduced(entry) for entry in row] for row in gap]
        return Answer(
            tuple(tuple(rest for rest, _ in row) for row in found),
            tuple(tuple(steps for _, steps in row) for row in found),
        )

    def _vanishing(self, answer: Answer, depth: int) -> Answer:
        """The answer, or one in which a product with an invertible matrix shows the rest zero."""
        if answer.vanishes or depth == 0:
            return answer
        for known, side in self._partners(answer.rest):
            pair = (known.inside, answer.rest)
            product = self.expander.product(*(pair if side == "left" else reversed(pair)))
            inner = self._vanishing(self._reduced(product), depth - 1)
            if inner.vanishes:
                return self._cancelled(answer, inner, known, side)
        return answer

    def _partners(self, gap: Grid) -> Iterator[tuple[Inverse, Side]]:
        """Every M that has an inverse, on the sides where it fits."""
        rows = [row[0].rows for row in gap]
        columns = [entry.columns for entry in gap[0]]
        for known in list(self.matrices.inverses.values()):
            sizes = [row[0].rows for row in known.inside]
            if sizes == rows:
                yield known, "left"
            if sizes == columns:
                yield known, "right"

    def _cancelled(self, answer: Answer, inner: Answer, known: Inverse, side: Side) -> Answer:
        """g = P (M g) - (P M - I) g, or (g M) P - g (M P - I), for what is left of a goal."""
        out, rest = [], []
        size = range(len(known.letters))
        for i, row in enumerate(answer.rest):
            steps_row, rest_row = [], []
            for j, entry in enumerate(row):
                steps = [*answer.steps[i][j]]
                for k in size:
                    if side == "left":
                        p, of, g = known.letters[i][k], inner.steps[k][j], answer.rest[k][j]
                        steps += [self.rewriter.inside(step, (p,), ()) for step in of]
                        steps += [
                            Step(-c, known.left[i][k], right=word) for word, c in g.terms.items()
                        ]
                    else:
                        p, of, g = known.letters[k][j], inner.steps[i][k], answer.rest[i][k]
                        steps += [self.rewriter.inside(step, (), (p,)) for step in of]
                        steps += [
                            Step(-c, known.right[k][j], left=word) for word, c in g.terms.items()
                        ]
                steps_row.append(tuple(steps))
                rest_row.append(replace(entry, terms={}))
            out.append(tuple(steps_row))
            rest.append(tuple(rest_row))
        return Answer(tuple(rest), tuple(out))


def _entries(grid: Grid) -> list[WordSum]:
    return [entry for row in grid for entry in row]
