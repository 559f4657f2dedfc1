"""**Feasibility**: systems of relations that have a solution, and the margin of separable data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sympy
from sympy import Expr, Symbol

from verifier.errors import StatementError
from verifier.exact.arrays import Array, array
from verifier.exact.compound import Binder, tex
from verifier.exact.scalars import Scalar, exact
from verifier.exact.statements.base import Statement
from verifier.exact.statements.bound import bound_variables, names_shown
from verifier.exact.statements.relation import Relation, ge


@dataclass(frozen=True)
class Feasible(Binder, Statement):
    """There are real values of `variables` for which all `relations` hold."""

    relations: tuple[Relation, ...]
    variables: tuple[Symbol, ...]

    def __str__(self) -> str:
        system = " and ".join(map(str, self.relations))
        return f"there are {names_shown(self.variables)} with {system}"

    def parts(self) -> tuple[Any, ...]:
        return self.relations

    def rebuilt(self, *parts: Any) -> Feasible:
        return Feasible(parts, self.variables)

    def bound(self) -> frozenset[Symbol]:
        return frozenset(self.variables)

    def latex(self) -> str:
        system = r",\; ".join(map(tex, self.relations))
        return rf"\exists\, {', '.join(map(tex, self.variables))}:\; {system}"


@dataclass(frozen=True)
class MaxMargin(Statement):
    """`normal` is the one minimiser of |w|^2 subject to y_i <w, x_i> >= 1 for every row x_i.

    The problem is strictly convex, so that a minimiser is the only one.
    """

    normal: Array
    points: Array
    labels: Array

    def __post_init__(self) -> None:
        n, d = self.points.shape
        if self.normal.shape != (d, 1) or self.labels.shape != (n, 1):
            raise StatementError(
                f"{n} points in R^{d} need {n} labels and a normal of length {d}, got "
                f"{self.labels.shape[0]} and {self.normal.shape[0]}."
            )

    def __str__(self) -> str:
        return (
            f"w = {self.normal} minimises |w|^2 subject to y_i <w, x_i> >= 1, "
            f"x = {self.points}, y = {self.labels}"
        )

    def parts(self) -> tuple[Any, ...]:
        return self.normal, self.points, self.labels

    def rebuilt(self, *parts: Any) -> MaxMargin:
        return MaxMargin(*parts)

    def latex(self) -> str:
        data = rf"\mathbf{{x}} = {tex(self.points)},\; \mathbf{{y}} = {tex(self.labels)}"
        problem = r"\|\mathbf{w}\|^2 \;\text{s.t.}\; y_i \langle \mathbf{w}, \mathbf{x}_i \rangle"
        least = r"\operatorname*{arg\,min}_{\mathbf{w}}"
        return rf"{tex(self.normal)} = {least} {problem} \geq 1 \quad\text{{for}}\quad {data}"

    @property
    def constraints(self) -> Array:
        """The rows y_i x_i."""
        pairs = zip(self.points.rows, self.labels.entries, strict=True)
        return Array(tuple(tuple(label * entry for entry in row) for row, label in pairs))

    @property
    def slack(self) -> tuple[Expr, ...]:
        """y_i <w, x_i> - 1."""
        return tuple(value - 1 for value in (self.constraints @ self.normal).entries)


def feasible(relations: Any, *variables: Symbol) -> Feasible:
    """Some real values of `variables` satisfy all `relations`."""
    system = relations if isinstance(relations, (tuple, list)) else (relations,)
    for relation in system:
        if not isinstance(relation, Relation) or not isinstance(relation.lhs, Expr):
            raise StatementError(f"{relation!r} is no relation between scalars.")
    if not system:
        raise StatementError("A system has at least one relation.")
    return Feasible(tuple(system), bound_variables(variables))


def separable(
    points: Any,
    labels: Any,
    normal: Sequence[Symbol],
    *,
    bias: Symbol | None = None,
    margin: Scalar = 1,
) -> Feasible:
    """Some `normal` w (and `bias` b) has y_i (<w, x_i> + b) >= margin for every row x_i."""
    rows, signs = array(points), array(labels)
    values = rows @ array(list(normal))
    if signs.shape != values.shape:
        raise StatementError(f"{len(rows.rows)} points need as many labels, got {signs.shape[0]}.")
    shift = sympy.Integer(0) if bias is None else bias
    relations = [
        ge(label * (value + shift), exact(margin))
        for label, value in zip(signs.entries, values.entries, strict=True)
    ]
    return feasible(relations, *normal, *([] if bias is None else [bias]))


def max_margin(normal: Any, points: Any, labels: Any) -> MaxMargin:
    """`normal` is the hard-margin solution for the rows of `points` with `labels`."""
    return MaxMargin(array(normal), array(points), array(labels))
