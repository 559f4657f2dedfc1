"""**Matrices of every size**: expressions that are held as they are written.

A matrix has rows and columns in spaces whose dimensions stay open; a vector is one with a single
column, whose space is `1`. Nothing is multiplied out when an expression is built: that two of
them are equal is for a step to show. What is known of a matrix, such as its symmetry, is a
hypothesis of the claim (`symmetric(M)`), never a property of its symbol.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any, Literal, Protocol, runtime_checkable

import sympy
from sympy import Expr, Symbol

from verifier.errors import StatementError
from verifier.exact.compound import Compound
from verifier.exact.matrix_text import latex_of, text_of
from verifier.exact.scalars import Scalar, exact

Head = Literal[
    "symbol",  # name
    "power",  # name, exponent: of a symmetric positive definite operator
    "identity",
    "zero",
    "ones",  # the vector (1, ..., 1)
    "sum",
    "product",
    "scaled",  # scalar, matrix
    "transpose",
    "inverse",
    "diagonal",  # the square matrix with a vector on its diagonal
    "hadamard",  # the entrywise product of two vectors
    "map",  # a function, then the vectors whose entries it takes
    "block",  # number of blocks in a row, then the blocks row by row
]
Size = tuple[str, ...]
"""Names of spaces whose dimensions add up; ("1",) is the size of one row or column."""

ONE: Size = ("1",)
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")


@dataclass(frozen=True)
class Matrix(Compound):
    """One matrix expression: a head with its arguments, and the sizes."""

    head: Head
    args: tuple[Any, ...]
    rows: Size
    columns: Size

    def __str__(self) -> str:
        return text_of(self)

    def latex(self) -> str:
        return latex_of(self)

    def parts(self) -> tuple[Any, ...]:
        return tuple(arg for arg in self.args if isinstance(arg, (Expr, Matrix)))

    def rebuilt(self, *parts: Any) -> Matrix:
        left = iter(parts)
        args = tuple(next(left) if isinstance(a, (Expr, Matrix)) else a for a in self.args)
        return Matrix(self.head, args, self.rows, self.columns)

    def own_names(self) -> frozenset[str]:
        own = {self.args[0]} if self.head in ("symbol", "power") else set()
        return frozenset({*own, *self.sizes()})

    def sizes(self) -> frozenset[str]:
        return frozenset({*self.rows, *self.columns} - {"1"})

    @property
    def shape(self) -> tuple[Size, Size]:
        return self.rows, self.columns

    @property
    def is_square(self) -> bool:
        return self.rows == self.columns

    @property
    def is_column(self) -> bool:
        return self.columns == ONE

    @property
    def symbol(self) -> str:
        """The name, when this is one bare symbol."""
        if self.head == "symbol":
            return str(self.args[0])
        raise StatementError(f"{self} is not a matrix symbol.")

    @property
    def T(self) -> Matrix:
        """The transpose."""
        if self.head == "transpose":
            return matrix(self.args[0])
        return Matrix("transpose", (self,), self.columns, self.rows)

    def __add__(self, other: Any) -> Matrix:
        return _sum((self, matrix(other)))

    def __radd__(self, other: Any) -> Matrix:
        return _sum((matrix(other), self))

    def __neg__(self) -> Matrix:
        return self * -1

    def __sub__(self, other: Any) -> Matrix:
        return self + (-matrix(other))

    def __rsub__(self, other: Any) -> Matrix:
        return matrix(other) + (-self)

    def __mul__(self, factor: Scalar) -> Matrix:
        if isinstance(factor, Compound):
            raise StatementError(f"The product of {self} and {factor} is written with @.")
        return Matrix("scaled", (exact(factor), self), self.rows, self.columns)

    __rmul__ = __mul__

    def __truediv__(self, divisor: Scalar) -> Matrix:
        return self * (1 / exact(divisor))

    def __matmul__(self, other: Any) -> Matrix:
        return _product((self, matrix(other)))

    def __rmatmul__(self, other: Any) -> Matrix:
        return _product((matrix(other), self))


@runtime_checkable
class AsMatrix(Protocol):
    """What can be written as a matrix expression, such as a vector or an operator."""

    def as_matrix(self) -> Matrix: ...


def matrix(thing: Any) -> Matrix:
    """`thing` as a matrix expression: a vector, an operator and its power are matrices too.

    Raises `StatementError` for anything else.
    """
    if isinstance(thing, Matrix):
        return thing
    if isinstance(thing, AsMatrix):
        return thing.as_matrix()
    raise StatementError(f"{thing!r} is no matrix.")


def is_open(thing: Any) -> bool:
    """Whether `thing` is a matrix, vector or operator whose sizes stay open."""
    return isinstance(thing, (Matrix, AsMatrix))


def matrix_symbol(name: str, rows: str, columns: str) -> Matrix:
    """An arbitrary matrix of this name and these sizes."""
    if not _NAME.match(name):
        raise StatementError(f"`{name}` is no name for a matrix: use letters, digits and _.")
    return Matrix("symbol", (name,), (rows,), (columns,))


def operator_power(name: str, exponent: Fraction, space: str) -> Matrix:
    """A power of a symmetric positive definite operator on the space."""
    return Matrix("power", (name, exponent), (space,), (space,))


def identity_matrix(size: Size) -> Matrix:
    """The identity of a size."""
    return Matrix("identity", (), size, size)


def zero_matrix(rows: Size, columns: Size) -> Matrix:
    """The matrix of zeros."""
    return Matrix("zero", (), rows, columns)


def ones_vector(size: Size) -> Matrix:
    """The vector (1, ..., 1)."""
    return Matrix("ones", (), size, ONE)


def inverse(of: Any) -> Matrix:
    """The inverse of a square matrix; that it has one is for a step to show."""
    inside = matrix(of)
    if not inside.is_square:
        raise StatementError(
            f"{inside} of shape {_shape(inside)} has no inverse: it is not square."
        )
    return Matrix("inverse", (inside,), inside.rows, inside.columns)


def diag(vector: Any) -> Matrix:
    """The diagonal matrix with the entries of a vector."""
    column = matrix(vector)
    if not column.is_column or len(column.rows) != 1:
        raise StatementError(f"`diag` takes a vector, got {column} of shape {_shape(column)}.")
    return Matrix("diagonal", (column,), column.rows, column.rows)


def hadamard(one: Any, two: Any) -> Matrix:
    """The entrywise product of two vectors."""
    u, v = matrix(one), matrix(two)
    if not u.is_column or len(u.rows) != 1 or u.shape != v.shape:
        raise StatementError(
            f"`hadamard` takes two vectors of one space, got {_shape(u)} and {_shape(v)}."
        )
    return Matrix("hadamard", (u, v), u.rows, u.columns)


def map_entries(function: Callable[..., Scalar], *vectors: Any) -> Matrix:
    """The vector whose entry i is `function` of the entries i of the vectors."""
    columns = [matrix(vector) for vector in vectors]
    if not columns or any(c.shape != columns[0].shape or not c.is_column for c in columns):
        shapes = ", ".join(map(_shape, columns))
        raise StatementError(f"`map_entries` takes vectors of one space, got {shapes or 'none'}.")
    symbols = [Symbol(f"entry_{n}", real=True) for n, _ in enumerate(columns, start=1)]
    body = exact(function(*symbols))
    made = sympy.Lambda(tuple(symbols), body)
    return Matrix("map", (made, *columns), columns[0].rows, columns[0].columns)


def block(table: Sequence[Sequence[Any]]) -> Matrix:
    """A matrix made of blocks, given row by row; their sizes must fit."""
    rows = [[matrix(entry) for entry in row] for row in table]
    widths = {len(row) for row in rows}
    if len(widths) != 1 or 0 in widths:
        raise StatementError("A block matrix has rows with the same number of blocks, at least 1.")
    for row in rows:
        for entry, above in zip(row, rows[0], strict=True):
            if entry.rows != row[0].rows or entry.columns != above.columns:
                raise StatementError(f"The block {entry} of shape {_shape(entry)} does not fit.")
    heights = tuple(name for row in rows for name in row[0].rows)
    breadths = tuple(name for entry in rows[0] for name in entry.columns)
    flat = tuple(entry for row in rows for entry in row)
    return Matrix("block", (len(rows[0]), *flat), heights, breadths)


def same_kind(lhs: Any, rhs: Any) -> tuple[Any, Any]:
    """Both sides of an equation, as matrices if one of them is; raises if their shapes differ."""
    if not (isinstance(lhs, Matrix) or isinstance(rhs, Matrix)):
        return lhs, rhs
    one, two = matrix(lhs), matrix(rhs)
    if one.shape != two.shape:
        raise StatementError(
            f"{one} of shape {_shape(one)} and {two} of shape {_shape(two)} are not comparable."
        )
    return one, two


def _sum(terms: Iterable[Matrix]) -> Matrix:
    flat: list[Matrix] = []
    for term in terms:
        flat += term.args if term.head == "sum" else [term]
    for term in flat:
        if term.shape != flat[0].shape:
            raise StatementError(
                f"{flat[0]} of shape {_shape(flat[0])} and {term} of shape {_shape(term)} "
                "have no sum."
            )
    return Matrix("sum", tuple(flat), flat[0].rows, flat[0].columns)


def _product(factors: Iterable[Matrix]) -> Matrix:
    flat: list[Matrix] = []
    for factor in factors:
        flat += factor.args if factor.head == "product" else [factor]
    for left, right in pairwise(flat):
        if left.columns != right.rows:
            raise StatementError(
                f"{left} of shape {_shape(left)} and {right} of shape {_shape(right)} "
                "have no product."
            )
    return Matrix("product", tuple(flat), flat[0].rows, flat[-1].columns)


def _shape(of: Matrix) -> str:
    return f"{'+'.join(of.rows)} x {'+'.join(of.columns)}"


class Held(sympy.Basic):  # type: ignore[misc]
    """A matrix expression inside a scalar one: sympy sees the scalars in it, and no more."""

    @staticmethod
    def of(thing: Matrix) -> Held:
        sizes = [sympy.Tuple(*map(_Str, size)) for size in thing.shape]
        return Held(_Str(thing.head), *sizes, *map(_held, thing.args))

    @property
    def matrix(self) -> Matrix:
        head, rows, columns = str(self.args[0]), *(tuple(map(str, s)) for s in self.args[1:3])
        args = tuple(_released(head, n, arg) for n, arg in enumerate(self.args[3:]))
        return Matrix(head, args, rows, columns)  # type: ignore[arg-type]


_Str = sympy.core.symbol.Str


def _held(arg: Any) -> Any:
    match arg:
        case Matrix():
            return Held.of(arg)
        case str():
            return _Str(arg)
        case int() | Fraction():
            return sympy.Rational(arg)
    return arg


def _released(head: str, place: int, arg: Any) -> Any:
    if isinstance(arg, Held):
        return arg.matrix
    if isinstance(arg, _Str):
        return str(arg)
    if head == "power":
        return Fraction(int(arg.p), int(arg.q))
    return int(arg) if head == "block" and place == 0 else arg
