"""**Bounds of ranks** wherever the hypotheses hold, and what they rest on.

From below: a minor that is never zero, or minors whose squares have a positive sum. From above: the
bordered minors of a minor that is never zero vanish (Kronecker), or all larger minors vanish, or
the author gives vectors of the kernel or a factorisation.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import islice

import sympy
from sympy import Expr

from verifier.derive.context import (
    Context,
    Discharge,
    all_hold,
    refuse,
    relation_holds,
    vanishes,
)
from verifier.derive.kernel.field.element import Element
from verifier.derive.kernel.field.reader import Reader
from verifier.derive.kernel.field.tower import ZERO
from verifier.derive.kernel.linear import linalg
from verifier.derive.kernel.linear.balls import ball_rank
from verifier.derive.kernel.linear.linalg import Choice
from verifier.derive.nonzero import all_have_values, nonzero
from verifier.derive.vandermonde import vandermonde
from verifier.errors import UnsupportedError
from verifier.exact.arrays import Array, determinant
from verifier.exact.statements import gt

TRIED = 60
TERMS = 80  # of minors that are squared
SQUARES = 40
VANISHING = 600
DEGREE = 200  # of a minor whose sign is asked for
LENGTH = 6000  # of the same, in monomials
SHOWN = 5  # the largest minor that is written as an expression


@dataclass(frozen=True)
class Ranked:
    """A matrix read under the hypotheses of `context`, with an optional choice of a minor."""

    matrix: Array
    reader: Reader
    rows: tuple[tuple[Element, ...], ...]
    valued: Discharge
    minor: Choice | None = None

    @staticmethod
    def read(matrix: Array, context: Context, minor: Choice | None = None) -> Ranked:
        reader = context.reader()
        reader.fresh(*matrix.entries)
        rows = tuple(tuple(reader.read(entry) for entry in row) for row in matrix.rows)
        return Ranked(matrix, reader, rows, all_have_values(reader, matrix), minor)

    def at_least(self, rank: int) -> Discharge:
        """Whether the rank is `rank` or more at every point that the hypotheses allow."""
        if rank > min(self.matrix.shape):
            m, n = self.matrix.shape
            text = f"an {m} x {n} matrix has no rank {rank}."
            return Discharge(False, text, disproof=self.valued.holds)
        if rank == 0 or not self.valued.holds:
            return self.valued
        if is_closed(self.matrix) and not _is_rational(self.matrix):
            return _by_balls(self.matrix, rank)
        if self.matrix.shape == (rank, rank) and rank > 2:
            product = vandermonde(self.reader, self.matrix, self.rows)
            if product.holds:
                answer = self._with_values(("Vandermonde", product))
                return replace(answer, reason="a Vandermonde matrix with different nodes")
        first = refuse("no minor was tried.")
        minors: list[tuple[Choice, Element]] = []
        for choice in self._choices(rank):
            answer, minor = self._nonzero(choice)
            if answer.holds:
                return replace(self._with_values((_name(choice), answer)), reason=_name(choice))
            first = answer if not minors else first
            minors.append((choice, minor))
        together = self._squares(minors)
        if together.holds:
            return self._with_values((f"squares of {len(minors)} minors", together))
        return refuse(f"no minor of size {rank} is shown to be nonzero: {first.reason}")

    def _squares(self, minors: list[tuple[Choice, Element]]) -> Discharge:
        """Whether the squares of all minors that were tried have a positive sum."""
        terms = sum(len(minor.num) for _, minor in minors)
        if not 0 < terms <= TERMS:
            return refuse("the minors are not squared.")
        total = self.reader.tower.zero
        for _, minor in minors:
            total = total + minor * minor
        if 0 in self.reader.sign(total):
            return refuse(f"the squares of the minors add up to\n    {total}\n  which may be zero.")
        if len(minors[0][0][0]) > SHOWN:
            return Discharge(True)
        expression = sympy.Add(*(self._expression(choice) ** 2 for choice, _ in minors))
        return relation_holds(self.reader, gt(expression, 0))

    def at_most(self, rank: int) -> Discharge:
        """Whether the rank is `rank` or less at every point that the hypotheses allow."""
        if rank < 0:
            return Discharge(False, "no rank is negative.", disproof=self.valued.holds)
        if rank >= min(self.matrix.shape) or not self.valued.holds:
            return self.valued
        if linalg.free_rank(self.rows) <= rank:
            return self._with_values(*self._shown_to_vanish(rank))
        for choice in self._choices(rank) if rank else ():
            if self._all_vanish(linalg.bordered(choice, self.matrix.shape)):
                pivot, _ = self._nonzero(choice)
                if pivot.holds:
                    name = f"minors that border {_name(choice)}"
                    return replace(self._with_values((name, pivot)), certified=False)
        larger = rank + 1
        count = math.comb(self.matrix.shape[0], larger) * math.comb(self.matrix.shape[1], larger)
        if count > VANISHING:
            return refuse(f"there are {count} minors of size {larger}: give a kernel.")
        if self._all_vanish(linalg.choices(self.rows, larger, most=count)):
            return replace(self.valued, certified=False)
        return refuse(f"a minor of size {larger} is not shown to vanish.")

    def _choices(self, size: int) -> Iterable[Choice]:
        if self.minor is not None and len(self.minor[0]) == size:
            return (self.minor,)
        return linalg.choices(self.rows, size, most=TRIED)

    def _nonzero(self, choice: Choice) -> tuple[Discharge, Element]:
        """Whether the minor is never zero, as an expression if it is small, and the minor."""
        minor = linalg.determinant(linalg.block(self.rows, choice))
        block = self.matrix.chosen(*choice)
        sure = _is_moderate(minor) and 0 not in self.reader.sign(minor)
        if _is_rational(block) or (sure and len(choice[0]) <= SHOWN):
            return nonzero(self.reader, self._expression(choice)), minor
        if not sure:
            return refuse(f"the minor\n    {minor}\n  may vanish."), minor
        return Discharge(True), minor

    def _all_vanish(self, every: Iterable[Choice]) -> bool:
        numbers = is_closed(self.matrix)
        minors = (linalg.determinant(linalg.block(self.rows, choice)) for choice in every)
        return all(m.is_zero or (not numbers and self.reader.sign(m) == ZERO) for m in minors)

    def _shown_to_vanish(self, rank: int) -> tuple[tuple[str, Discharge], ...]:
        """All minors of the next size as identities, where there are few and they are small."""
        size = rank + 1
        m, n = self.matrix.shape
        if size > SHOWN or math.comb(m, size) * math.comb(n, size) > SQUARES:
            return (("elimination", Discharge(True)),)
        every = linalg.choices(self.rows, size, most=SQUARES)
        return tuple((_name(c), vanishes(self.reader, self._expression(c))) for c in every)

    def _expression(self, choice: Choice) -> Expr:
        return determinant(self.matrix.chosen(*choice))

    def _with_values(self, *parts: tuple[str, Discharge]) -> Discharge:
        return all_hold((("values", self.valued), *parts))


def full_row_rank(reader: Reader, rows: list[list[Element]]) -> Discharge:
    """Whether the rows of elements are independent wherever the hypotheses hold."""
    size = len(rows)
    if size > len(rows[0]):
        return refuse(f"{size} rows of length {len(rows[0])} are dependent.")
    squares, terms = reader.tower.zero, 0
    for choice in linalg.choices(rows, size, most=TRIED):
        minor = linalg.determinant(linalg.block(rows, choice))
        if 0 not in reader.sign(minor):
            return Discharge(True, _name(choice))
        terms += len(minor.num)
        squares = squares + minor * minor if terms <= TERMS else squares
    if 0 not in reader.sign(squares):
        return Discharge(True, "the squares of the minors")
    return refuse(f"the squares of the minors add up to\n    {squares}\n  which may be zero.")


def rank_at_point(matrix: Array, rank: int, context: Context) -> Discharge:
    """Whether the rank is `rank` or more, where a matrix of numbers may take balls."""
    if is_closed(matrix) and not _is_rational(matrix):
        return _by_balls(matrix, rank)
    return Ranked.read(matrix, context).at_least(rank)


def _is_moderate(element: Element) -> bool:
    """Whether the sign of the element is worth a try: factors of high degree take long."""
    return int(element.num.total_degree()) <= DEGREE and len(element.num) <= LENGTH


def is_closed(matrix: Array) -> bool:
    """Whether every entry is a number."""
    return not any(entry.free_symbols for entry in matrix.entries)


def _is_rational(matrix: Array) -> bool:
    return all(entry.is_Rational for entry in matrix.entries)


def _by_balls(matrix: Array, rank: int) -> Discharge:
    try:
        if ball_rank(matrix.rows) >= rank:
            return Discharge(True, f"elimination in balls finds {rank} pivots")
    except UnsupportedError as fault:
        return refuse(str(fault))
    return refuse(f"elimination in balls finds no {rank} pivots.")


def bound_by_kernel(matrix: Array, vectors: Array, context: Context) -> tuple[int, Discharge]:
    """An upper bound of the rank from independent columns of `vectors` that the matrix kills."""
    image = matrix @ vectors
    reader = context.reader()
    count = vectors.shape[1]
    parts = [(f"({matrix}) v", vanishes(reader, e, *matrix.entries)) for e in image.entries]
    independent = Ranked.read(vectors, context).at_least(count)
    return matrix.shape[1] - count, all_hold([*parts, ("independent vectors", independent)])


def bound_by_factors(matrix: Array, left: Array, right: Array, context: Context) -> Discharge:
    """Whether the matrix is left @ right."""
    reader = context.reader()
    sides = (*matrix.entries, *left.entries, *right.entries)
    gap = matrix - left @ right
    return all_hold(("factorisation", vanishes(reader, e, *sides)) for e in gap.entries)


def chosen_minor(minor: tuple[Iterable[int], Iterable[int]]) -> Choice:
    """The rows and columns of a minor, counted from 0, as the author gives them."""
    rows, columns = (tuple(part) for part in minor)
    if len(rows) != len(columns) or not rows:
        raise UnsupportedError("A minor has as many rows as columns, at least one.")
    return rows, columns


def _name(choice: Choice) -> str:
    rows, columns = (", ".join(str(k + 1) for k in islice(part, 20)) for part in choice)
    return f"the minor of rows {rows} and columns {columns}"
