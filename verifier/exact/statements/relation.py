"""**Relations**: two sides, which are kept, and how they compare."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from sympy.core.relational import Relational
from sympy.logic.boolalg import BooleanAtom, BooleanFunction

from verifier.errors import StatementError
from verifier.exact.compound import Compound, tex
from verifier.exact.scalars import Scalar, exact
from verifier.exact.statements.base import Statement

Op = Literal["==", "!=", "<", "<=", ">", ">="]
_LATEX = {"==": "=", "!=": r"\neq", "<": "<", "<=": r"\leq", ">": ">", ">=": r"\geq"}
_OPPOSITE: dict[str, Op] = {"==": "!=", "!=": "==", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}


@dataclass(frozen=True)
class Relation(Statement):
    """`lhs op rhs` between scalars; == and != also between two compounds of one kind."""

    op: Op
    lhs: Any
    rhs: Any

    def __str__(self) -> str:
        return f"{self.lhs} {self.op} {self.rhs}"

    def parts(self) -> tuple[Any, ...]:
        return self.lhs, self.rhs

    def rebuilt(self, *parts: Any) -> Relation:
        return Relation(self.op, *parts)

    def latex(self) -> str:
        return f"{tex(self.lhs)} {_LATEX[self.op]} {tex(self.rhs)}"

    def negated(self) -> Relation:
        return Relation(_OPPOSITE[self.op], self.lhs, self.rhs)


def eq(lhs: Any, rhs: Any) -> Relation:
    """lhs = rhs."""
    return _relation("==", lhs, rhs)


def ne(lhs: Any, rhs: Any) -> Relation:
    """lhs != rhs."""
    return _relation("!=", lhs, rhs)


def lt(lhs: Scalar, rhs: Scalar) -> Relation:
    """lhs < rhs."""
    return _relation("<", lhs, rhs)


def le(lhs: Scalar, rhs: Scalar) -> Relation:
    """lhs <= rhs."""
    return _relation("<=", lhs, rhs)


def gt(lhs: Scalar, rhs: Scalar) -> Relation:
    """lhs > rhs."""
    return _relation(">", lhs, rhs)


def ge(lhs: Scalar, rhs: Scalar) -> Relation:
    """lhs >= rhs."""
    return _relation(">=", lhs, rhs)


def within(
    expr: Scalar,
    lower: Scalar,
    upper: Scalar,
    *,
    left: Literal["open", "closed"] = "closed",
    right: Literal["open", "closed"] = "closed",
) -> tuple[Relation, Relation]:
    """lower <= expr <= upper, each end open or closed, as two relations."""
    low = ge(expr, lower) if left == "closed" else gt(expr, lower)
    high = le(expr, upper) if right == "closed" else lt(expr, upper)
    return low, high


def is_truth_value(thing: Any) -> bool:
    """Whether a relation was decided, or left to sympy, before it reached the engine."""
    kinds = (bool, BooleanAtom, BooleanFunction, Relational)
    return isinstance(thing, kinds)


def _relation(op: Op, lhs: Any, rhs: Any) -> Relation:
    for side in (lhs, rhs):
        if is_truth_value(side):
            raise StatementError(f"{side!r} is already a truth value: relate two expressions.")
    if isinstance(lhs, Compound) or isinstance(rhs, Compound):
        if type(lhs) is not type(rhs) or isinstance(lhs, Statement):
            raise StatementError(f"{lhs} and {rhs} are not of one kind.")
        if op not in ("==", "!="):
            raise StatementError(f"`{op}` does not order {lhs} and {rhs}.")
        return Relation(op, lhs, rhs)
    return Relation(op, exact(lhs), exact(rhs))
