"""**Growth**: how one expression compares with another near a point, as a ratio or an order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sympy import Expr, Symbol

from verifier.errors import StatementError
from verifier.exact.compound import tex
from verifier.exact.scalars import Scalar, exact
from verifier.exact.statements.base import Statement
from verifier.exact.statements.limit import Approach, Side, approaches, moved

Sense = Literal["ratio", "O", "o", "Theta"]
_TEXT = {"ratio": "{} ~ {}", "O": "{} = O({})", "o": "{} = o({})", "Theta": "{} = Theta({})"}
_LATEX = {
    "ratio": r"{} \sim {}",
    "O": r"{} = O\left({}\right)",
    "o": r"{} = o\left({}\right)",
    "Theta": r"{} = \Theta\left({}\right)",
}


@dataclass(frozen=True)
class Growth(Statement):
    """`expr` against `other`, which is not zero near the point, for fixed values of the rest.

    'ratio': their quotient tends to 1; 'O': it is bounded; 'o': it tends to 0; 'Theta': it and
    its reciprocal are bounded. Bounds may depend on whatever else is free.
    """

    expr: Expr
    other: Expr
    to: Approach
    sense: Sense

    def __str__(self) -> str:
        return f"{_TEXT[self.sense].format(self.expr, self.other)} as {self.to}"

    def parts(self) -> tuple[Any, ...]:
        return self.expr, self.other, self.to.point

    def rebuilt(self, *parts: Any) -> Growth:
        expr, other, point = parts
        (to,) = moved((self.to,), (point,))
        return Growth(expr, other, to, self.sense)

    def bound(self) -> frozenset[Symbol]:
        return frozenset({self.to.variable})

    def latex(self) -> str:
        shown = _LATEX[self.sense].format(tex(self.expr), tex(self.other))
        return rf"{shown} \quad\text{{as}}\quad {self.to.latex()}"


def asymptotic(
    expr: Scalar, other: Scalar, variable: Symbol, point: Scalar, *, side: Side = "+"
) -> Growth:
    """expr ~ other: the limit in the sense of a ratio."""
    return _growth(expr, other, (variable, point, side), "ratio")


def is_order(
    expr: Scalar,
    other: Scalar,
    variable: Symbol,
    point: Scalar,
    *,
    order: Literal["O", "o", "Theta"] = "O",
    side: Side = "+",
) -> Growth:
    """expr = O(other), or o or Theta."""
    if order not in ("O", "o", "Theta"):
        raise StatementError(f"An order is 'O', 'o' or 'Theta', got {order!r}.")
    return _growth(expr, other, (variable, point, side), order)


def _growth(expr: Scalar, other: Scalar, to: Sequence[Any], sense: Sense) -> Growth:
    (approach,) = approaches(to)
    return Growth(exact(expr), exact(other), approach, sense)
