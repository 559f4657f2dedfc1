"""**Linear systems**: what solves A x = b, exactly or by least squares."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from verifier.errors import StatementError
from verifier.exact.arrays import Array, array
from verifier.exact.compound import tex
from verifier.exact.statements.base import Statement
from verifier.exact.statements.relation import Relation, entrywise, eq, ne


@dataclass(frozen=True)
class Solvable(Statement):
    """Some x satisfies matrix x = right, where `right` has one or more columns."""

    matrix: Array
    right: Array

    def __post_init__(self) -> None:
        _fits(self.matrix.shape[0] == self.right.shape[0], self.matrix, self.right)

    def __str__(self) -> str:
        return f"{self.matrix} x = {self.right} has a solution x"

    def parts(self) -> tuple[Any, ...]:
        return self.matrix, self.right

    def rebuilt(self, *parts: Any) -> Solvable:
        return Solvable(*parts)

    def latex(self) -> str:
        return rf"\exists\, \mathbf{{x}}:\; {tex(self.matrix)} \mathbf{{x}} = {tex(self.right)}"


@dataclass(frozen=True)
class LeastSquares(Statement):
    """`point` minimises |matrix x - right|^2 over all x."""

    matrix: Array
    right: Array
    point: Array

    def __post_init__(self) -> None:
        _fits_point(self.matrix, self.right, self.point)

    def __str__(self) -> str:
        return f"x = {self.point} minimises |{self.matrix} x - {self.right}|^2"

    def parts(self) -> tuple[Any, ...]:
        return self.matrix, self.right, self.point

    def rebuilt(self, *parts: Any) -> LeastSquares:
        return LeastSquares(*parts)

    def latex(self) -> str:
        squares = rf"\left\|{tex(self.matrix)} \mathbf{{x}} - {tex(self.right)}\right\|^2"
        return rf"{tex(self.point)} \in \operatorname*{{arg\,min}}_{{\mathbf{{x}}}} {squares}"

    def unfolded(self) -> tuple[Relation, ...]:
        """The normal equations A^T (A x - b) = 0: the square loss is convex."""
        residual = self.matrix @ self.point - self.right
        return entrywise(self.matrix.T @ residual)


@dataclass(frozen=True)
class LeastNorm(Statement):
    """`point` is the least-norm one among the minimisers of |matrix x - right|^2."""

    matrix: Array
    right: Array
    point: Array

    def __post_init__(self) -> None:
        _fits_point(self.matrix, self.right, self.point)

    def __str__(self) -> str:
        return f"x = {self.point} has the least norm of all that minimise {self._loss}"

    @property
    def _loss(self) -> str:
        return f"|{self.matrix} x - {self.right}|^2"

    def parts(self) -> tuple[Any, ...]:
        return self.matrix, self.right, self.point

    def rebuilt(self, *parts: Any) -> LeastNorm:
        return LeastNorm(*parts)

    def latex(self) -> str:
        return rf"{tex(self.point)} = {tex(self.matrix)}^{{+}} {tex(self.right)}"

    def halves(self) -> tuple[LeastSquares, Solvable]:
        """It is a minimiser and lies in the row space, where it is orthogonal to the kernel."""
        return (
            LeastSquares(self.matrix, self.right, self.point),
            Solvable(self.matrix.T, self.point),
        )


@dataclass(frozen=True)
class PseudoInverse(Statement):
    """`inverse` is the Moore-Penrose inverse of `matrix`."""

    matrix: Array
    inverse: Array

    def __post_init__(self) -> None:
        _fits(self.matrix.shape == self.inverse.T.shape, self.matrix, self.inverse)

    def __str__(self) -> str:
        return f"the pseudo-inverse of {self.matrix} is {self.inverse}"

    def parts(self) -> tuple[Any, ...]:
        return self.matrix, self.inverse

    def rebuilt(self, *parts: Any) -> PseudoInverse:
        return PseudoInverse(*parts)

    def latex(self) -> str:
        return rf"{tex(self.matrix)}^{{+}} = {tex(self.inverse)}"

    def unfolded(self) -> tuple[Relation, ...]:
        """A P A = A, P A P = P, and A P and P A are symmetric (Penrose 1955)."""
        a, p = self.matrix, self.inverse
        left, right = a @ p, p @ a
        gaps = (left @ a - a, right @ p - p, left - left.T, right - right.T)
        return tuple(equation for gap in gaps for equation in entrywise(gap))


def solvable(matrix: Any, right: Any) -> Solvable:
    """Some x satisfies matrix x = right."""
    return Solvable(array(matrix), array(right))


def least_squares(matrix: Any, right: Any, point: Any) -> LeastSquares:
    """`point` minimises |matrix x - right|^2."""
    return LeastSquares(array(matrix), array(right), array(point))


def least_norm(matrix: Any, right: Any, point: Any) -> LeastNorm:
    """`point` has the least norm among all minimisers of |matrix x - right|^2."""
    return LeastNorm(array(matrix), array(right), array(point))


def pseudo_inverse(matrix: Any, inverse: Any) -> PseudoInverse:
    """`inverse` is the Moore-Penrose inverse of `matrix`."""
    return PseudoInverse(array(matrix), array(inverse))


def eigenpair(matrix: Any, value: Any, vector: Any) -> tuple[Relation, Relation]:
    """matrix v = value v and v != 0."""
    a, v = array(matrix), array(vector)
    return eq(a @ v, v * value), ne(v, v * 0)


def _fits_point(matrix: Array, right: Array, point: Array) -> None:
    _fits(matrix.shape[0] == right.shape[0], matrix, right)
    _fits(point.shape == (matrix.shape[1], right.shape[1]), matrix, point)


def _fits(good: bool, matrix: Array, other: Array) -> None:
    if not good:
        raise StatementError(
            f"An array of shape {other.shape} does not fit a matrix of shape {matrix.shape}."
        )
