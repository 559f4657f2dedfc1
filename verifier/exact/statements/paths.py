"""**Joint limits**: several variables that move together, along one family or in any way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sympy import Expr, Symbol

from verifier.errors import StatementError
from verifier.exact.compound import tex
from verifier.exact.scalars import Scalar, exact
from verifier.exact.statements.base import Statement
from verifier.exact.statements.growth import Growth
from verifier.exact.statements.limit import Approach, Side, Tends, approaches, moved
from verifier.exact.statements.relation import Relation
from verifier.exact.substitution import compounds_in, names_in


@dataclass(frozen=True)
class TendsAlong(Statement):
    """`expr` -> `value` along a family: each variable of `path` is an expression of one that moves.

    It says nothing of other ways to the same point, nor of limits taken in turn.
    """

    expr: Expr
    value: Expr
    path: tuple[tuple[Symbol, Expr], ...]
    to: Approach

    def __str__(self) -> str:
        path = ", ".join(f"{variable} = {at}" for variable, at in self.path)
        return f"{self.expr} -> {self.value} along {path} as {self.to}"

    def parts(self) -> tuple[Any, ...]:
        return self.expr, self.value, self.to.point, *(at for _, at in self.path)

    def rebuilt(self, *parts: Any) -> TendsAlong:
        expr, value, point, *path = parts
        (to,) = moved((self.to,), (point,))
        variables = (variable for variable, _ in self.path)
        return TendsAlong(expr, value, tuple(zip(variables, path, strict=True)), to)

    def bound(self) -> frozenset[Symbol]:
        return frozenset({self.to.variable, *(variable for variable, _ in self.path)})

    def latex(self) -> str:
        path = r",\; ".join(f"{tex(variable)} = {tex(at)}" for variable, at in self.path)
        limit = rf"\lim_{{{self.to.latex()}}} {tex(self.expr)} = {tex(self.value)}"
        return rf"{limit} \quad\text{{along}}\quad {path}"


@dataclass(frozen=True)
class TendsJointly(Statement):
    """`expr` -> `value` as all variables of `to` go to their points, in whatever way they do.

    A variable with a side stays on it and off its point; one with 'both' may stay at its point,
    as long as not all of them do.
    """

    expr: Expr
    value: Expr
    to: tuple[Approach, ...]

    def __str__(self) -> str:
        return f"{self.expr} -> {self.value} as jointly {', '.join(map(str, self.to))}"

    def parts(self) -> tuple[Any, ...]:
        return self.expr, self.value, *(approach.point for approach in self.to)

    def rebuilt(self, *parts: Any) -> TendsJointly:
        expr, value, *points = parts
        return TendsJointly(expr, value, moved(self.to, points))

    def bound(self) -> frozenset[Symbol]:
        return frozenset(approach.variable for approach in self.to)

    def latex(self) -> str:
        under = r",\, ".join(approach.latex() for approach in self.to)
        return rf"\lim_{{({under})}} {tex(self.expr)} = {tex(self.value)}"


@dataclass(frozen=True)
class TendsUniformly(Statement):
    """The largest |expr - value| over all `over` that `given` allows goes to 0 with `to`.

    The parameters `over` are bound: hypotheses on them stand in `given`.
    """

    expr: Expr
    value: Expr
    to: Approach
    over: tuple[Symbol, ...]
    given: tuple[Relation, ...]

    def __str__(self) -> str:
        among = f" with {', '.join(map(str, self.given))}" if self.given else ""
        over = ", ".join(map(str, self.over))
        return f"{self.expr} -> {self.value} as {self.to}, uniformly in {over}{among}"

    def parts(self) -> tuple[Any, ...]:
        return self.expr, self.value, self.to.point, *self.given

    def rebuilt(self, *parts: Any) -> TendsUniformly:
        expr, value, point, *given = parts
        (to,) = moved((self.to,), (point,))
        return TendsUniformly(expr, value, to, self.over, tuple(given))

    def bound(self) -> frozenset[Symbol]:
        return frozenset({self.to.variable, *self.over})

    def latex(self) -> str:
        given = r",\, ".join(relation.latex() for relation in self.given)
        under = given or r",\, ".join(map(tex, self.over))
        gap = rf"\left| {tex(self.expr)} - {tex(self.value)} \right|"
        return rf"\lim_{{{self.to.latex()}}} \sup_{{{under}}} {gap} = 0"


def pointwise_in(statements: Iterable[Any]) -> frozenset[str]:
    """Names that stay fixed while something tends to a limit: it may not do so uniformly."""
    kinds = (Tends, Growth, TendsAlong, TendsJointly, TendsUniformly)
    found = (c for thing in statements for c in compounds_in(thing) if isinstance(c, kinds))
    return frozenset().union(*map(names_in, found))


def tends_along(
    expr: Scalar,
    path: Mapping[Symbol, Scalar],
    variable: Symbol,
    point: Scalar,
    value: Scalar,
    *,
    side: Side = "+",
) -> TendsAlong:
    """The limit along the family `path`, which maps variables of `expr` to expressions."""
    (to,) = approaches((variable, point, side))
    for moving, at in path.items():
        if not isinstance(moving, Symbol) or moving == variable:
            raise StatementError(f"A path moves other variables than {variable}, got {moving!r}.")
        if exact(at).free_symbols & set(path):
            raise StatementError(f"{moving} = {at} is no expression of `{variable}` alone.")
    along = tuple((moving, exact(at)) for moving, at in path.items())
    return TendsAlong(exact(expr), exact(value), along, to)


def tends_jointly(expr: Scalar, *to: Sequence[Any], value: Scalar) -> TendsJointly:
    """The joint limit in all of (x, point), (y, point, side)."""
    return TendsJointly(exact(expr), exact(value), approaches(*to))


def tends_uniformly(
    expr: Scalar,
    variable: Symbol,
    point: Scalar,
    value: Scalar,
    *,
    over: Iterable[Symbol],
    given: Iterable[Relation | tuple[Relation, ...]] = (),
    side: Side = "+",
) -> TendsUniformly:
    """The uniform limit over the parameters `over` that the relations `given` allow."""
    (to,) = approaches((variable, point, side))
    parameters = tuple(over)
    if not parameters or variable in parameters:
        raise StatementError(f"It is uniform over parameters other than {variable}: name them.")
    flat = [r for row in given for r in (row if isinstance(row, tuple) else (row,))]
    if any(not isinstance(r, Relation) for r in flat):
        raise StatementError("What restricts the parameters are relations.")
    return TendsUniformly(exact(expr), exact(value), to, parameters, tuple(flat))
