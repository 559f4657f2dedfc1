"""**Vectors of every dimension**: linear combinations, inner products and traces.

A vector is a combination of symbols, an inner product of symbols is an atom. What is equal here
is equal in every dimension. Powers of a `SymmetricOperator` act on vectors; that they move across
the inner product, <A^p u, A^q v> = <u, A^(p+q) v>, is for a step to show, not for the notation.
The inner product of what is no such combination, such as M v, is held as it is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import sympy
from sympy import Expr, Rational, Symbol

from verifier.errors import StatementError
from verifier.exact.atoms import Atom as Atom
from verifier.exact.atoms import symbol_latex
from verifier.exact.atoms import vector_latex as vector_latex
from verifier.exact.compound import Compound
from verifier.exact.matrices import (
    ONE,
    Matrix,
    identity_matrix,
    map_entries,
    matrix,
    matrix_symbol,
    ones_vector,
    operator_power,
    zero_matrix,
)
from verifier.exact.scalars import Scalar, exact
from verifier.exact.traces import Trace


@dataclass(frozen=True, order=True)
class SymmetricOperator:
    """A symmetric positive definite operator on R^d, the same power algebra for every d."""

    name: str
    space: str

    def power(self, exponent: Scalar) -> OperatorPower:
        return OperatorPower(self, Rational(exact(exponent)))

    def __call__(self, vector: Vector) -> Vector:
        return self.power(1)(vector)

    def as_matrix(self) -> Matrix:
        return self.power(1).as_matrix()

    def __matmul__(self, other: Any) -> Matrix:
        return self.as_matrix() @ other


@dataclass(frozen=True)
class OperatorPower:
    """A rational power of a symmetric positive definite operator; call it on a vector."""

    operator: SymmetricOperator
    exponent: Rational

    def __call__(self, vector: Vector) -> Vector:
        moved = {atom.times(self.operator.name, self.exponent): c for atom, c in vector.terms}
        return Vector.of(moved, vector.space)

    def as_matrix(self) -> Matrix:
        return operator_power(self.operator.name, _fraction(self.exponent), self.operator.space)

    def __matmul__(self, other: Any) -> Matrix:
        return self.as_matrix() @ other


@dataclass(frozen=True)
class Space:
    """R^d for a dimension `d` that stays open; `space.vectors("u v")` makes symbols in it.

    `space.matrices("W", other)` makes matrices with rows in this space and columns in another.
    """

    name: str = "d"

    @property
    def dimension(self) -> Symbol:
        return Symbol(self.name, integer=True, positive=True)

    def vectors(self, names: str) -> tuple[Vector, ...]:
        return tuple(self.vector(name) for name in names.split())

    def vector(self, name: str) -> Vector:
        return Vector(((Atom(name), sympy.Integer(1)),), self.name)

    def positive_definite(self, name: str) -> SymmetricOperator:
        return SymmetricOperator(name, self.name)

    def matrices(self, names: str, columns: Space | None = None) -> tuple[Matrix, ...]:
        """Matrix symbols from space-separated names, square unless `columns` is given."""
        width = self.name if columns is None else columns.name
        return tuple(matrix_symbol(name, self.name, width) for name in names.split())

    def zero(self, columns: Space | None = None) -> Matrix:
        """The zero vector, or the zero matrix with columns in another space."""
        return zero_matrix((self.name,), ONE if columns is None else (columns.name,))

    @property
    def ones(self) -> Matrix:
        """The vector (1, ..., 1)."""
        return ones_vector((self.name,))


@dataclass(frozen=True)
class Vector(Compound):
    """A linear combination of atoms with scalar coefficients."""

    terms: tuple[tuple[Atom, Expr], ...]
    space: str

    @staticmethod
    def of(terms: Mapping[Atom, Expr], space: str) -> Vector:
        kept = [(atom, exact(c)) for atom, c in terms.items() if c != 0]
        return Vector(tuple(sorted(kept, key=lambda term: _key(term[0]))), space)

    def parts(self) -> tuple[Any, ...]:
        return tuple(part for atom, c in self.terms for part in (c, *atom.parts()))

    def rebuilt(self, *parts: Any) -> Vector:
        left = list(parts)
        total: dict[Atom, Expr] = {}
        for old, _ in self.terms:
            c, own, left = left[0], left[1 : 1 + len(old.parts())], left[1 + len(old.parts()) :]
            atom = old.rebuilt(*own)
            total[atom] = total.get(atom, sympy.Integer(0)) + c
        return Vector.of(total, self.space)

    def own_names(self) -> frozenset[str]:
        return _names_of((atom for atom, _ in self.terms), self.space)

    def bound(self) -> frozenset[Symbol]:
        return frozenset().union(*(atom.bound for atom, _ in self.terms))

    def sizes(self) -> frozenset[str]:
        return frozenset({self.space}).union(*(atom.sizes for atom, _ in self.terms))

    def latex(self) -> str:
        return " + ".join(atom.latex_with(c) for atom, c in self.terms) or r"\mathbf{0}"

    @property
    def symbol(self) -> str:
        """The name, when this is one bare symbol."""
        if len(self.terms) == 1 and self.terms[0][1] == 1 and not self.terms[0][0].operator:
            atom, _ = self.terms[0]
            if not atom.bound:
                return atom.name
        raise StatementError(f"{self} is not a vector symbol.")

    def as_matrix(self) -> Matrix:
        """The held sum of its terms."""
        if not self.terms:
            return zero_matrix((self.space,), ONE)
        first, *rest = (_column(atom, c, self.space) for atom, c in self.terms)
        return sum(rest, start=first)

    @property
    def T(self) -> Matrix:
        """The row that is its transpose."""
        return self.as_matrix().T

    def __add__(self, other: Vector) -> Vector:
        if isinstance(other, Matrix):
            return NotImplemented
        _same_space(self, other)
        total: dict[Atom, Expr] = dict(self.terms)
        for atom, c in other.terms:
            total[atom] = total.get(atom, sympy.Integer(0)) + c
        return Vector.of(total, self.space)

    def __neg__(self) -> Vector:
        return self * -1

    def __sub__(self, other: Vector) -> Vector:
        if isinstance(other, Matrix):
            return NotImplemented
        return self + (-other)

    def __mul__(self, factor: Scalar) -> Vector:
        return Vector.of({atom: c * exact(factor) for atom, c in self.terms}, self.space)

    __rmul__ = __mul__

    def __truediv__(self, divisor: Scalar) -> Vector:
        inverse: Expr = 1 / exact(divisor)
        return Vector.of({atom: c * inverse for atom, c in self.terms}, self.space)

    def __str__(self) -> str:
        return " + ".join(atom.text_with(c) for atom, c in self.terms) or "0"


class Inner(Expr):  # type: ignore[misc]
    """The inner product <A^p u, A^q v> of two vector symbols, as an atom; built by `dot`.

    `exponent` is p + q and `on_left` is p. Atoms with one `exponent` are equal numbers (`merged`),
    but they are kept apart until a step says so.
    """

    holds_names = True  # its free symbols are names of vectors, functions and indices
    is_commutative = True
    is_real = True

    def __new__(
        cls, left: Any, right: Any, operator: Any, exponent: Any, space: Any, on_left: Any = 0
    ) -> Inner:
        on_left = sympy.Rational(on_left)
        if str(left) > str(right):
            left, right, on_left = right, left, exponent - on_left
        made: Inner = Expr.__new__(cls, left, right, operator, exponent, space, on_left)
        return made

    @property
    def names(self) -> tuple[str, str]:
        return str(self.args[0]), str(self.args[1])

    @property
    def operator(self) -> str:
        name = str(self.args[2])
        return "" if name == "_" else name

    @property
    def exponent(self) -> Rational:
        return self.args[3]

    @property
    def space(self) -> str:
        return str(self.args[4])

    @property
    def on_left(self) -> Rational:
        return self.args[5]

    @property
    def merged(self) -> Inner:
        """The one atom for all that are equal to this: <u, A^(p+q) v>."""
        left, right, operator, exponent, space, _ = self.args
        return Inner(left, right, operator if exponent != 0 else Symbol("_"), exponent, space)

    def _eval_derivative(self, symbol: Symbol) -> Expr:
        return sympy.Integer(0)

    def _sympystr(self, printer: Any) -> str:
        left, right = self.names
        if not self.operator:
            return f"<{left}, {right}>"
        first, second = (
            f"{self.operator}^{e} " if e != 0 else "" for e in (self.on_left, self._on_right)
        )
        return f"<{first}{left}, {second}{right}>"

    @property
    def _on_right(self) -> Rational:
        return self.exponent - self.on_left

    def _latex(self, printer: Any) -> str:
        left, right = (symbol_latex(arg) for arg in self.args[:2])
        if self.operator:
            first, second = (self._power_latex(e) for e in (self.on_left, self._on_right))
            return rf"\langle {first}{left}, {second}{right} \rangle"
        if left == right:
            return rf"\|{left}\|^2"
        return rf"\langle {left}, {right} \rangle"

    def _power_latex(self, exponent: Rational) -> str:
        if exponent == 0:
            return ""
        power = "" if exponent == 1 else f"^{{{sympy.latex(exponent)}}}"
        return rf"{{{self.operator}}}{power} "


def dot(u: Any, v: Any) -> Expr:
    """The inner product of two vectors; expanded over atoms if both are combinations of symbols."""
    if isinstance(u, Vector) and isinstance(v, Vector):
        _same_space(u, v)
        return sympy.Add(*(_product(x, a, y, b, u.space) for x, a in u.terms for y, b in v.terms))
    one, two = matrix(u), matrix(v)
    if not one.is_column or one.shape != two.shape:
        raise StatementError(f"{u} and {v} do not live in the same space.")
    return Trace.of(one.T @ two)


def norm2(u: Any) -> Expr:
    """The squared Euclidean norm of a vector, the squared Frobenius norm of a matrix."""
    if isinstance(u, Vector):
        return dot(u, u)
    return Trace.of(matrix(u).T @ matrix(u))


def norm(u: Any) -> Expr:
    """The Euclidean norm of a vector, the Frobenius norm of a matrix."""
    return sympy.sqrt(norm2(u))


def trace(of: Any) -> Expr:
    """The trace of a square matrix, and the value of one with a single row and column."""
    square = matrix(of)
    if not square.is_square:
        raise StatementError(f"{square} has no trace: it is not square.")
    return Trace.of(square)


def entry_sum(function: Callable[..., Scalar], *vectors: Any) -> Expr:
    """sum_i function(u_i, v_i, ...) over the entries of vectors of one space."""
    column = map_entries(function, *vectors)
    return dot(ones_vector(column.rows), column)


def identity_operator(space: Space) -> Matrix:
    """The identity on R^d."""
    return identity_matrix((space.name,))


def outer(u: Any, v: Any) -> Matrix:
    """The rank-one matrix u v^T."""
    one, two = matrix(u), matrix(v)
    for side in (one, two):
        if not side.is_column:
            raise StatementError(f"`outer` takes two vectors, got {side}.")
    return one @ two.T


def _product(x: Atom, a: Expr, y: Atom, b: Expr, space: str) -> Expr:
    """<a x, b y>."""
    left, one = x.opened(a, "left")
    right, two = y.opened(b, "right")
    return x.closed(y.closed(one * two * _inner(left, right, space), "right"), "left")


def _inner(x: Atom, y: Atom, space: str) -> Expr:
    names = {name for name in (x.operator, y.operator) if name}
    if len(names) > 1:
        raise StatementError(f"Operators {sorted(names)} meet in one inner product.")
    left, right = sorted((x, y), key=_key)
    operator = Symbol(names.pop() if names else "_")
    exponent = left.exponent + right.exponent
    pair = left.symbol, right.symbol
    return Inner(*pair, operator, exponent, Symbol(space), left.exponent)


def _names_of(atoms: Iterable[Atom], space: str) -> frozenset[str]:
    return frozenset({space}).union(*(atom.names for atom in atoms))


def _same_space(u: Vector, v: Vector) -> None:
    if not isinstance(v, Vector) or u.space != v.space:
        raise StatementError(f"{u} and {v} do not live in the same space.")


def _column(atom: Atom, factor: Expr, space: str) -> Matrix:
    if type(atom) is not Atom:
        raise StatementError(f"{atom.text_with(factor)} has an index: it is no matrix here.")
    symbol = matrix_symbol(atom.name, space, "1")
    moved = symbol
    if atom.operator:
        moved = operator_power(atom.operator, _fraction(atom.exponent), space) @ symbol
    return moved if factor == 1 else moved * factor


def _fraction(exponent: Any) -> Fraction:
    return Fraction(int(exponent.p), int(exponent.q))


def _key(atom: Atom) -> tuple[str, str, str]:
    return atom.name, atom.operator, str(atom.exponent)
