"""**Local dimension** of the set where equations hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sympy import Expr, Symbol

from verifier.errors import StatementError
from verifier.exact.compound import Binder, tex
from verifier.exact.scalars import Scalar, exact
from verifier.exact.statements.base import Statement
from verifier.exact.statements.bound import bound_variables, names_shown
from verifier.exact.statements.rank import RankOp

_SHOWN = {"==": "=", "<=": r"\leq", ">=": r"\geq"}


@dataclass(frozen=True)
class LocalDimension(Binder, Statement):
    """The real set where all `equations` vanish has dimension `op` `dimension` near `point`.

    `point` gives a value of each of `variables` and must lie on the set.
    """

    op: RankOp
    equations: tuple[Expr, ...]
    variables: tuple[Symbol, ...]
    point: tuple[Expr, ...]
    dimension: int

    def __post_init__(self) -> None:
        names = set(map(str, self.variables))
        for value in self.point:
            met = names & set(map(str, value.free_symbols))
            if met:
                raise StatementError(
                    f"`{min(met)}` is a variable of the equations: {value} is no point."
                )

    def __str__(self) -> str:
        system = " and ".join(f"{equation} = 0" for equation in self.equations)
        names = names_shown(self.variables)
        place = f"({names}) = ({names_shown(self.point)})"
        return f"dim {{{system}}} {self.op} {self.dimension} at {place}"

    def parts(self) -> tuple[Any, ...]:
        return *self.equations, *self.point

    def rebuilt(self, *parts: Any) -> LocalDimension:
        k = len(self.equations)
        return LocalDimension(self.op, parts[:k], self.variables, parts[k:], self.dimension)

    def bound(self) -> frozenset[Symbol]:
        return frozenset(self.variables)

    def latex(self) -> str:
        system = r",\; ".join(f"{tex(equation)} = 0" for equation in self.equations)
        names, point = (", ".join(map(tex, row)) for row in (self.variables, self.point))
        relation = f"{_SHOWN[self.op]} {self.dimension}"
        return rf"\dim_{{({names}) = ({point})}} \left\{{ {system} \right\}} {relation}"


def local_dimension(
    equations: Sequence[Any],
    at: Mapping[Symbol, Scalar],
    *,
    equals: int | None = None,
    at_most: int | None = None,
    at_least: int | None = None,
) -> LocalDimension:
    """The dimension of { equations = 0 } near the point `at`, which has a value of each variable.

    Give one of `equals`, `at_most` and `at_least`.
    """
    given: tuple[tuple[RankOp, int | None], ...] = (
        ("==", equals),
        ("<=", at_most),
        (">=", at_least),
    )
    bounds = [(op, value) for op, value in given if value is not None]
    if len(bounds) != 1 or bounds[0][1] < 0:
        raise StatementError("Give one of equals, at_most and at_least, a number from 0 on.")
    listed = tuple(exact(equation) for equation in equations)
    if not listed:
        raise StatementError("A set needs at least one equation.")
    ((op, dimension),) = bounds
    point = tuple(exact(value) for value in at.values())
    return LocalDimension(op, listed, bound_variables(at), point, dimension)
