"""**Expansion**: a held matrix expression multiplied out into words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sympy import Expr, Integer, Rational, Symbol

from verifier.derive.kernel.words.word import (
    Algebra,
    Coefficient,
    Letter,
    Loop,
    Word,
    WordSum,
    rotated,
    straight,
    text,
)
from verifier.errors import UnsupportedError
from verifier.exact.matrices import Matrix, matrix_symbol, ones_vector, operator_power
from verifier.exact.matrix_text import blocks
from verifier.exact.traces import Trace
from verifier.exact.vectors import Inner

Grid = tuple[tuple[WordSum, ...], ...]
"""Blocks of a matrix, by rows; one that is not divided has one block."""


@dataclass
class Expander:
    """Multiplies out over one algebra; `scalar` reads coefficients, `opaque` all that is no word.

    Raises `UnsupportedError` when one name stands for two matrices.
    """

    algebra: Algebra
    scalar: Callable[[Expr], Coefficient]
    opaque: Callable[[Matrix], Grid]
    named: dict[str, tuple[Any, ...]] = field(default_factory=dict)

    def grid(self, of: Matrix) -> Grid:
        """The blocks of `of`, each as a combination of words."""
        algebra, args = self.algebra, of.args
        match of.head:
            case "symbol" | "power" | "ones":
                return ((algebra.letter(self.letter(of)),),)
            case "identity":
                return tuple(
                    tuple(
                        algebra.identity(r) if i == j else algebra.zero(r, c)
                        for j, c in enumerate(of.columns)
                    )
                    for i, r in enumerate(of.rows)
                )
            case "zero":
                return tuple(tuple(algebra.zero(r, c) for c in of.columns) for r in of.rows)
            case "sum":
                total = self.grid(args[0])
                for part in args[1:]:
                    total = self._each(algebra.add, total, self.grid(part))
                return total
            case "product":
                total = self.grid(args[0])
                for part in args[1:]:
                    total = self.product(total, self.grid(part))
                return total
            case "scaled":
                factor = self.scalar(args[0])
                return self._map(lambda s: algebra.scaled(factor, s), self.grid(args[1]))
            case "transpose":
                return self.transpose(self.grid(args[0]))
            case "block":
                return self._blocks(of)
        return self.opaque(of)

    def plain(self, of: Matrix) -> WordSum:
        """The combination of words of a matrix that is not divided into blocks."""
        grid = self.grid(of)
        if len(grid) != 1 or len(grid[0]) != 1:
            raise UnsupportedError(f"{of} is divided into blocks: write it block by block.")
        return grid[0][0]

    def product(self, one: Grid, two: Grid) -> Grid:
        """The product of matrices that are divided alike where they meet."""
        algebra, columns = self.algebra, list(zip(*two, strict=True))
        rows = []
        for row in one:
            entries = []
            for column in columns:
                total = algebra.zero(row[0].rows, column[0].columns)
                for left, right in zip(row, column, strict=True):
                    total = algebra.add(total, algebra.multiply(left, right))
                entries.append(total)
            rows.append(tuple(entries))
        return tuple(rows)

    def subtract(self, one: Grid, two: Grid) -> Grid:
        return self._each(self.algebra.subtract, one, two)

    def transpose(self, of: Grid) -> Grid:
        columns = zip(*of, strict=True)
        return tuple(tuple(map(self.algebra.transpose, column)) for column in columns)

    def trace(self, of: Matrix) -> Coefficient:
        """The trace, as a coefficient."""
        grid = self.grid(of)
        values = [self.algebra.trace(grid[n][n]) for n in range(len(grid))]
        total = values[0]
        for value in values[1:]:
            total = total + value
        return total

    def _blocks(self, of: Matrix) -> Grid:
        """A block may be divided itself: its rows are joined with those beside it."""
        rows: list[tuple[WordSum, ...]] = []
        for row in blocks(of):
            grids = [self.grid(entry) for entry in row]
            for parts in zip(*grids, strict=True):
                rows.append(tuple(entry for part in parts for entry in part))
        return tuple(rows)

    def _each(self, change: Callable[[WordSum, WordSum], WordSum], one: Grid, two: Grid) -> Grid:
        pairs = zip(one, two, strict=True)
        return tuple(tuple(map(change, a, b)) for a, b in pairs)

    def _map(self, change: Callable[[WordSum], WordSum], of: Grid) -> Grid:
        return tuple(tuple(map(change, row)) for row in of)

    def letter(self, of: Matrix) -> Letter:
        """The letter of a symbol, of the vector of ones or of the power of an operator."""
        ((rows,), (columns,)) = of.shape
        if of.head == "ones":
            return Letter(ones_name(rows), False, rows, columns)
        name, *exponent = of.args
        kind = (of.head, rows, columns)
        if self.named.setdefault(name, kind) != kind:
            raise UnsupportedError(f"Two matrices are called `{name}`: rename one of them.")
        return Letter(name, False, rows, columns, *exponent)


def ones_name(space: str) -> str:
    """The name of the vector of ones, which no symbol has."""
    return f"1_{space}"


class Expressions:
    """The ring of sympy expressions."""

    one: Expr = Integer(1)

    def is_zero(self, value: Expr) -> bool:
        return bool(value == 0)

    def loop(self, loop: Loop) -> Expr:
        inner = inner_product(loop)
        return Trace.of(matrix_of(loop.word)) if inner is None else inner

    def size(self, space: str) -> Expr:
        return Symbol(space, integer=True, positive=True)


def inner_product(loop: Loop) -> Inner | None:
    """The scalar as <u, v> or <u, A^p v> between vector symbols, when it is one."""
    if loop.cyclic or len(loop.word) not in (2, 3):
        return None
    left, *between, right = loop.word
    if not left.flipped or right.flipped or any(b.power is None for b in between):
        return None
    if any(not letter.name.isidentifier() for letter in loop.word):
        return None
    operator, power = (between[0].name, between[0].power) if between else ("_", 0)
    exponent = Rational(power)
    one, two = (Symbol(name) for name in sorted((left.name, right.name)))
    return Inner(one, two, Symbol(operator), exponent, Symbol(right.rows))


def matrix_of(word: Word) -> Matrix:
    """A word as a held product of symbols."""
    factors = []
    for letter in word:
        upright = letter.transposed if letter.flipped else letter
        if letter.power is not None:
            one = operator_power(letter.name, letter.power, letter.rows)
        elif letter.name == ones_name(upright.rows):
            one = ones_vector((upright.rows,))
        else:
            one = matrix_symbol(letter.name, upright.rows, upright.columns)
        factors.append(one.T if letter.flipped else one)
    total: Matrix = factors[0]
    for factor in factors[1:]:
        total = total @ factor
    return total


def expander() -> Expander:
    """Multiplies out over sympy expressions, where no hypothesis is needed for it."""
    return Expander(Algebra(Expressions()), multiplied_out, _no_word)


def multiplied_out(expr: Expr) -> Expr:
    """`expr` with every trace and inner product in it expanded over products of symbols."""
    traces = expr.atoms(Trace)
    if not traces:
        return expr
    made = expander()
    return expr.xreplace({one: made.trace(one.matrix) for one in traces})


def loop_of(trace: Trace) -> Loop:
    """The scalar that a trace of one product of symbols is."""
    made, whole = expander(), trace.matrix
    factors = whole.args if whole.head == "product" else (whole,)
    word = tuple(
        made.letter(f.args[0]).transposed if f.head == "transpose" else made.letter(f)
        for f in factors
    )
    return straight(word) if word[0].rows == "1" else rotated(word)


def multiplied_differences(lhs: Matrix, rhs: Matrix) -> list[tuple[str, Expr]]:
    """The coefficients of the words of lhs - rhs; where all vanish, the matrices are equal."""
    made = expander()
    gap = made.subtract(made.grid(lhs), made.grid(rhs))
    found = [
        (f"coefficient of {text(word) or 'I'}", c)
        for row in gap
        for entry in row
        for word, c in sorted(entry.terms.items(), key=lambda term: text(term[0]))
    ]
    return found or [("difference", Integer(0))]


def _no_word(of: Matrix) -> Grid:
    raise UnsupportedError(
        f"{of} is no product of symbols: whether it has a value, and what it equals,\n"
        "  is for `by.matrix` to show."
    )
