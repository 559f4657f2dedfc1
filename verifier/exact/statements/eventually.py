"""**Eventually**: a relation that holds for all values of a variable near enough to a point."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sympy import Symbol

from verifier.errors import StatementError
from verifier.exact.scalars import Scalar
from verifier.exact.statements.base import Statement
from verifier.exact.statements.limit import INFINITE, Approach, Side, approaches, moved
from verifier.exact.statements.relation import Relation


@dataclass(frozen=True)
class Eventually(Statement):
    """`relation` holds for all values of the variable near enough to its point, on its side.

    How near may depend on whatever else is free: for eta -> 0+ there is eta_0 > 0 such that the
    relation holds for 0 < eta < eta_0.
    """

    relation: Relation
    to: Approach

    def __str__(self) -> str:
        return f"{self.relation} for all {self._near()}"

    def parts(self) -> tuple[Any, ...]:
        return self.relation, self.to.point

    def rebuilt(self, *parts: Any) -> Eventually:
        relation, point = parts
        (to,) = moved((self.to,), (point,))
        return Eventually(relation, to)

    def bound(self) -> frozenset[Symbol]:
        return frozenset({self.to.variable})

    def latex(self) -> str:
        return rf"{self.relation.latex()} \quad\text{{eventually as}}\quad {self.to.latex()}"

    def _near(self) -> str:
        if self.to.point in INFINITE:
            return f"large enough {self.to.variable}"
        if self.to.point == 0 and self.to.side == "+":
            return f"small enough {self.to.variable} > 0"
        return f"{self.to.variable} near enough to {self.to}"


def eventually(
    relation: Relation, variable: Symbol, point: Scalar = 0, *, side: Side = "+"
) -> Eventually:
    """The relation near the point; `oo` for all large enough values."""
    if not isinstance(relation, Relation):
        raise StatementError(f"{relation!r} is no relation: write it with eq, le, gt, ...")
    (approach,) = approaches((variable, point, side))
    return Eventually(relation, approach)
