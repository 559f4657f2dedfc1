"""**Rank**: how many rows of a matrix are linearly independent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from verifier.errors import StatementError
from verifier.exact.arrays import Array, array
from verifier.exact.compound import tex
from verifier.exact.statements.base import Not, Statement
from verifier.exact.statements.relation import Relation, eq

RankOp = Literal["==", "<=", ">="]
_SHOWN = {"==": "=", "<=": r"\leq", ">=": r"\geq"}


@dataclass(frozen=True)
class Rank(Statement):
    """rank(matrix) `op` rank."""

    op: RankOp
    matrix: Array
    rank: int

    def __post_init__(self) -> None:
        if isinstance(self.rank, bool) or not isinstance(self.rank, int) or self.rank < 0:
            raise StatementError(f"A rank is an integer that is at least 0, got {self.rank!r}.")

    def __str__(self) -> str:
        return f"rank {self.matrix} {self.op} {self.rank}"

    def parts(self) -> tuple[Any, ...]:
        return (self.matrix,)

    def rebuilt(self, *parts: Any) -> Rank:
        return Rank(self.op, parts[0], self.rank)

    def negated(self) -> Statement:
        if self.op == "<=":
            return Rank(">=", self.matrix, self.rank + 1)
        if self.op == ">=" and self.rank > 0:
            return Rank("<=", self.matrix, self.rank - 1)
        return Not(self)

    def latex(self) -> str:
        return rf"\operatorname{{rank}} {tex(self.matrix)} {_SHOWN[self.op]} {self.rank}"


def has_rank(matrix: Any, rank: int) -> Rank:
    """rank(matrix) = rank."""
    return Rank("==", array(matrix), rank)


def rank_at_least(matrix: Any, rank: int) -> Rank:
    """rank(matrix) >= rank."""
    return Rank(">=", array(matrix), rank)


def rank_at_most(matrix: Any, rank: int) -> Rank:
    """rank(matrix) <= rank."""
    return Rank("<=", array(matrix), rank)


def null_space(matrix: Any, basis: Any) -> tuple[Relation, Rank, Rank]:
    """The columns of `basis` are a basis of { x : matrix x = 0 }, in three statements."""
    m, n = array(matrix), array(basis)
    image = m @ n
    size, count = n.shape
    if count > size:
        raise StatementError(f"{count} vectors of length {size} are no basis of anything.")
    return eq(image, image * 0), has_rank(n, count), has_rank(m, size - count)
