"""**Properties of matrices** of every size: what is supposed of one, or shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from verifier.errors import StatementError
from verifier.exact.matrices import Matrix, matrix
from verifier.exact.statements.base import Statement
from verifier.exact.statements.relation import Relation, eq

Property = Literal[
    "symmetric",
    "positive definite",  # and symmetric
    "positive semidefinite",  # and symmetric
    "invertible",
    "orthogonal",
    "an orthogonal projection",
    "a mask",  # diagonal, with entries 0 and 1
]
_LATEX = {"positive definite": r"\succ 0", "positive semidefinite": r"\succeq 0"}


@dataclass(frozen=True)
class Is(Statement):
    """`matrix`, which is square, has the property."""

    matrix: Matrix
    property: Property

    def __post_init__(self) -> None:
        if not self.matrix.is_square:
            raise StatementError(f"{self.matrix} is not square: it cannot be {self.property}.")

    def __str__(self) -> str:
        return f"{self.matrix} is {self.property}"

    def parts(self) -> tuple[Any, ...]:
        return (self.matrix,)

    def rebuilt(self, *parts: Any) -> Is:
        return Is(parts[0], self.property)

    def latex(self) -> str:
        words = rf"\;\text{{is {self.property}}}"
        return f"{self.matrix.latex()} {_LATEX.get(self.property, words)}"


def symmetric(of: Any) -> Is:
    """M^T = M."""
    return Is(matrix(of), "symmetric")


def invertible(of: Any) -> Is:
    """M has an inverse."""
    return Is(matrix(of), "invertible")


def orthogonal(of: Any) -> Is:
    """M^T M = M M^T = I."""
    return Is(matrix(of), "orthogonal")


def projection(of: Any) -> Is:
    """M M = M = M^T: M projects orthogonally onto its range."""
    return Is(matrix(of), "an orthogonal projection")


def penrose(of: Any, pseudo: Any) -> tuple[Relation, Relation, Relation, Relation]:
    """`pseudo` is the pseudo-inverse of `of`: four equations (Penrose 1955)."""
    a, p = matrix(of), matrix(pseudo)
    return (
        eq(a @ p @ a, a),
        eq(p @ a @ p, p),
        eq((a @ p).T, a @ p),
        eq((p @ a).T, p @ a),
    )


def mask(of: Any) -> Is:
    """M is diagonal, and its entries are 0 or 1."""
    return Is(matrix(of), "a mask")
