"""**Definiteness** of symmetric matrices."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any

from verifier.errors import StatementError
from verifier.exact.arrays import Array, array, determinant
from verifier.exact.compound import tex
from verifier.exact.matrices import is_open
from verifier.exact.matrices import matrix as as_open
from verifier.exact.statements.base import Statement
from verifier.exact.statements.properties import Is
from verifier.exact.statements.relation import Relation, entrywise, ge, gt


@dataclass(frozen=True)
class Definite(Statement):
    """`matrix` is symmetric, and v^T matrix v > 0 for v != 0; >= 0 where not `strictly`."""

    matrix: Array
    strictly: bool

    def __post_init__(self) -> None:
        if not self.matrix.is_square:
            raise StatementError(f"An array of shape {self.matrix.shape} is not symmetric.")

    def __str__(self) -> str:
        return f"{self.matrix} is positive {'' if self.strictly else 'semi'}definite"

    def parts(self) -> tuple[Any, ...]:
        return (self.matrix,)

    def rebuilt(self, *parts: Any) -> Definite:
        return Definite(parts[0], self.strictly)

    def latex(self) -> str:
        relation = r"\succ" if self.strictly else r"\succeq"
        return f"{tex(self.matrix)} {relation} 0"

    def unfolded(self) -> tuple[Relation, ...]:
        """Leading minors > 0 (Sylvester), or all principal minors >= 0, and the symmetry."""
        n = len(self.matrix.rows)
        symmetric = [
            equation
            for i, j in itertools.combinations(range(n), 2)
            if self.matrix[i, j] != self.matrix[j, i]
            for equation in entrywise(array([self.matrix[i, j] - self.matrix[j, i]]))
        ]
        if self.strictly:
            chosen = [range(k) for k in range(1, n + 1)]
            return *symmetric, *(gt(self._minor(tuple(c)), 0) for c in chosen)
        sizes = range(1, n + 1)
        subsets = (c for k in sizes for c in itertools.combinations(range(n), k))
        return *symmetric, *(ge(self._minor(c), 0) for c in subsets)

    def _minor(self, chosen: tuple[int, ...]) -> Any:
        return determinant(self.matrix.chosen(chosen, chosen))


def positive_definite(matrix: Any) -> Definite | Is:
    """`matrix`, of concrete or of open size, is symmetric positive definite."""
    if is_open(matrix):
        return Is(as_open(matrix), "positive definite")
    return Definite(array(matrix), strictly=True)


def positive_semidefinite(matrix: Any) -> Definite | Is:
    """`matrix`, of concrete or of open size, is symmetric positive semidefinite."""
    if is_open(matrix):
        return Is(as_open(matrix), "positive semidefinite")
    return Definite(array(matrix), strictly=False)
