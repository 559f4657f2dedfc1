"""**Limits**: what an expression tends to as a variable goes to a point."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import sympy
from sympy import Expr, Symbol

from verifier.exact.compound import tex
from verifier.exact.scalars import Scalar, exact
from verifier.exact.statements.base import Statement


@dataclass(frozen=True)
class Tends(Statement):
    """`expr` -> `value` (in difference) as `variable` -> `point` from `side` ('+' or '-')."""

    expr: Expr
    variable: Symbol
    point: Expr
    value: Expr
    side: Literal["+", "-"]

    def __str__(self) -> str:
        return f"{self.expr} -> {self.value} as {self.variable} -> {self.point}{self.side}"

    def parts(self) -> tuple[Any, ...]:
        return self.expr, self.point, self.value

    def rebuilt(self, *parts: Any) -> Tends:
        expr, point, value = parts
        return Tends(expr, self.variable, point, value, self.side)

    def bound(self) -> frozenset[Symbol]:
        return frozenset({self.variable})

    def latex(self) -> str:
        sign = "" if self.point in (sympy.oo, -sympy.oo) else f"^{{{self.side}}}"
        under = f"{tex(self.variable)} \\to {tex(self.point)}{sign}"
        return rf"\lim_{{{under}}} {tex(self.expr)} = {tex(self.value)}"


def tends(
    expr: Scalar, variable: Symbol, point: Scalar, value: Scalar, *, side: Literal["+", "-"] = "+"
) -> Tends:
    """The limit statement; point and value may be `oo`."""
    return Tends(exact(expr), variable, exact(point), exact(value), side)
