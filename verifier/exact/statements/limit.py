"""**Limits**: what an expression tends to as variables go to their points, one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import sympy
from sympy import Expr, Symbol

from verifier.errors import StatementError
from verifier.exact.compound import tex
from verifier.exact.scalars import Scalar, exact
from verifier.exact.statements.base import Statement

Side = Literal["+", "-", "both"]
INFINITE = (sympy.oo, -sympy.oo)


@dataclass(frozen=True)
class Approach:
    """`variable` -> `point` from above ('+'), below ('-') or both sides; `oo` has one side."""

    variable: Symbol
    point: Expr
    side: Side = "+"

    def __post_init__(self) -> None:
        if not isinstance(self.variable, Symbol):
            raise StatementError(f"{self.variable!r} is no variable: a symbol moves to a point.")
        if self.side not in ("+", "-", "both"):
            raise StatementError(f"A side is '+', '-' or 'both', got {self.side!r}.")

    def __str__(self) -> str:
        return f"{self.variable} -> {self.point}{self._sign}"

    @property
    def _sign(self) -> str:
        return "" if self.point in INFINITE or self.side == "both" else self.side

    @property
    def sides(self) -> tuple[Approach, ...]:
        """The one-sided approaches that this one stands for."""
        if self.side != "both":
            return (self,)
        one, two = (replace(self, side=side) for side in ("+", "-"))
        return (one,) if self.point in INFINITE else (one, two)

    def latex(self) -> str:
        sign = f"^{{{self._sign}}}" if self._sign else ""
        return f"{tex(self.variable)} \\to {tex(self.point)}{sign}"


@dataclass(frozen=True)
class Tends(Statement):
    """`expr` -> `value` in difference, for each fixed value of whatever else is free in it.

    `to` is in the order in which limits are written: the last variable goes to its point first,
    while those before it are fixed. Limits are in the extended reals; without one it is false.
    """

    expr: Expr
    value: Expr
    to: tuple[Approach, ...]

    def __str__(self) -> str:
        turns = ", then ".join(map(str, reversed(self.to)))
        return f"{self.expr} -> {self.value} as {turns}"

    def parts(self) -> tuple[Any, ...]:
        return self.expr, self.value, *(approach.point for approach in self.to)

    def rebuilt(self, *parts: Any) -> Tends:
        expr, value, *points = parts
        return Tends(expr, value, moved(self.to, points))

    def bound(self) -> frozenset[Symbol]:
        return frozenset(approach.variable for approach in self.to)

    def latex(self) -> str:
        turns = " ".join(rf"\lim_{{{approach.latex()}}}" for approach in self.to)
        return rf"{turns} {tex(self.expr)} = {tex(self.value)}"


def moved(to: Sequence[Approach], points: Sequence[Expr]) -> tuple[Approach, ...]:
    """The approaches with other points."""
    return tuple(replace(a, point=point) for a, point in zip(to, points, strict=True))


def approaches(*given: Sequence[Any]) -> tuple[Approach, ...]:
    """From (variable, point) or (variable, point, side), each variable once."""
    found = tuple(Approach(row[0], exact(row[1]), *row[2:]) for row in given)
    names = [str(approach.variable) for approach in found]
    if len(set(names)) < len(names) or not found:
        raise StatementError(f"Each variable goes to one point, got {', '.join(names) or 'none'}.")
    return found


def tends(
    expr: Scalar, variable: Symbol, point: Scalar, value: Scalar, *, side: Side = "+"
) -> Tends:
    """The limit statement; point and value may be `oo`, and a `side` of 'both' asks for two."""
    return Tends(exact(expr), exact(value), approaches((variable, point, side)))


def tends_in_turn(expr: Scalar, *to: Sequence[Any], value: Scalar) -> Tends:
    """An iterated limit, lim_x lim_y f = value, from (x, point), (y, point, side) as written.

    The innermost limit is the last one, and is taken first: the order is part of the statement.
    """
    return Tends(exact(expr), exact(value), approaches(*to))
