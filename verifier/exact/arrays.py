"""**Arrays**: matrices of a concrete size whose entries are exact scalars."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sympy
from flint import fmpq, fmpq_mat
from sympy import Expr, Integer, Rational, Symbol

from verifier.errors import StatementError
from verifier.exact.compound import Compound, tex
from verifier.exact.scalars import Scalar, exact

LARGEST_DETERMINANT = 7


@dataclass(frozen=True)
class Array(Compound):
    """An m x n matrix, m and n at least 1, by rows. `A[i, j]` counts from 0."""

    rows: tuple[tuple[Expr, ...], ...]

    def __post_init__(self) -> None:
        widths = {len(row) for row in self.rows}
        if len(widths) != 1 or 0 in widths:
            raise StatementError(
                f"An array has rows of one length that is not 0, got lengths {sorted(widths)}."
            )

    def __str__(self) -> str:
        return "[" + "; ".join(", ".join(map(str, row)) for row in self.rows) + "]"

    def parts(self) -> tuple[Any, ...]:
        return self.entries

    def rebuilt(self, *parts: Any) -> Array:
        n = self.shape[1]
        return Array(tuple(parts[k : k + n] for k in range(0, len(parts), n)))

    def latex(self) -> str:
        body = r" \\ ".join(" & ".join(map(tex, row)) for row in self.rows)
        return rf"\begin{{pmatrix}} {body} \end{{pmatrix}}"

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.rows), len(self.rows[0])

    @property
    def is_square(self) -> bool:
        return self.shape[0] == self.shape[1]

    @property
    def entries(self) -> tuple[Expr, ...]:
        """All entries, row by row."""
        return tuple(entry for row in self.rows for entry in row)

    @property
    def T(self) -> Array:
        return Array(tuple(zip(*self.rows, strict=True)))

    @property
    def columns(self) -> tuple[Array, ...]:
        return tuple(array(list(column)) for column in self.T.rows)

    def __getitem__(self, place: tuple[int, int]) -> Expr:
        return self.rows[place[0]][place[1]]

    def __add__(self, other: Array) -> Array:
        _need(self.shape == other.shape, "+", self, other)
        pairs = zip(self.rows, other.rows, strict=True)
        return Array(tuple(tuple(a + b for a, b in zip(*pair, strict=True)) for pair in pairs))

    def __neg__(self) -> Array:
        return self * -1

    def __sub__(self, other: Array) -> Array:
        return self + (-other)

    def __mul__(self, factor: Scalar) -> Array:
        if isinstance(factor, Array):
            raise StatementError("The product of two arrays is written A @ B.")
        scale = exact(factor)
        return Array(tuple(tuple(scale * entry for entry in row) for row in self.rows))

    __rmul__ = __mul__

    def __matmul__(self, other: Array) -> Array:
        _need(isinstance(other, Array) and self.shape[1] == other.shape[0], "@", self, other)
        columns = other.T.rows
        return Array(
            tuple(
                tuple(sympy.Add(*map(_product, row, column)) for column in columns)
                for row in self.rows
            )
        )

    def chosen(self, rows: Iterable[int], columns: Iterable[int]) -> Array:
        """The block of these rows and columns, in their order."""
        wanted = tuple(columns)
        return Array(tuple(tuple(self.rows[i][j] for j in wanted) for i in rows))

    def beside(self, other: Array) -> Array:
        """The block matrix (self, other)."""
        _need(self.shape[0] == other.shape[0], "beside", self, other)
        return Array(tuple(a + b for a, b in zip(self.rows, other.rows, strict=True)))


def array(rows: Sequence[Any]) -> Array:
    """An array from its rows; a flat list is a column. Entries are exact scalars."""
    if isinstance(rows, Array):
        return rows
    table = [list(row) if isinstance(row, (list, tuple)) else [row] for row in rows]
    return Array(tuple(tuple(exact(entry) for entry in row) for row in table))


def diagonal_array(entries: Sequence[Scalar]) -> Array:
    """The square array with these on its diagonal and 0 elsewhere."""
    n = len(entries)
    return array([[entries[i] if i == j else 0 for j in range(n)] for i in range(n)])


def determinant(matrix: Array) -> Expr:
    """The determinant, by minors of the first k columns (Laplace), each built once.

    Raises `StatementError` if it is not square, or larger than 7 x 7 with symbols in it.
    """
    _square(matrix, "determinant")
    n = len(matrix.rows)
    if all(entry.is_Rational for entry in matrix.entries):
        return _constant_determinant(matrix)
    if n > LARGEST_DETERMINANT:
        raise StatementError(f"The determinant of a {n} x {n} array with symbols is too large.")
    minors: dict[int, Expr] = {0: Integer(1)}
    for column in range(n):
        grown: dict[int, list[Expr]] = {}
        for used, minor in minors.items():
            for row in range(n):
                entry = matrix.rows[row][column]
                if not used >> row & 1 and entry != 0:
                    sign = (-1) ** (used >> row).bit_count()
                    grown.setdefault(used | 1 << row, []).append(sign * entry * minor)
        minors = {used: sympy.Add(*terms) for used, terms in grown.items()}
    return minors.get((1 << n) - 1, Integer(0))


def characteristic_polynomial(matrix: Array, variable: Symbol) -> Expr:
    """det(variable I - matrix)."""
    _square(matrix, "characteristic polynomial")
    return determinant(diagonal_array([variable] * len(matrix.rows)) - matrix)


def _constant_determinant(matrix: Array) -> Rational:
    value = fmpq_mat([[fmpq(int(e.p), int(e.q)) for e in row] for row in matrix.rows]).det()
    return Rational(int(value.p), int(value.q))


def _product(a: Expr, b: Expr) -> Expr:
    return a * b


def _square(matrix: Array, what: str) -> None:
    if not matrix.is_square:
        m, n = matrix.shape
        raise StatementError(f"A {m} x {n} array has no {what}: it is not square.")


def _need(fits: bool, what: str, one: Any, two: Any) -> None:
    if not fits:
        shapes = [x.shape if isinstance(x, Array) else type(x).__name__ for x in (one, two)]
        raise StatementError(f"`{what}` does not fit arrays of shapes {shapes[0]} and {shapes[1]}.")
