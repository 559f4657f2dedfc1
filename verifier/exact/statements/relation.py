"""**Relations**: two sides, which are kept, and how they compare."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from sympy.core.relational import Relational
from sympy.logic.boolalg import BooleanAtom, BooleanFunction

from verifier.errors import StatementError
from verifier.exact.arrays import Array
from verifier.exact.compound import Compound, tex
from verifier.exact.logic import Term
from verifier.exact.matrices import same_kind
from verifier.exact.scalars import Scalar, exact
from verifier.exact.statements.base import Statement
from verifier.exact.substitution import open_scalars

Op = Literal["==", "!=", "<", "<=", ">", ">="]
OP_LATEX = {"==": "=", "!=": r"\neq", "<": "<", "<=": r"\leq", ">": ">", ">=": r"\geq"}
OPPOSITE: dict[str, Op] = {"==": "!=", "!=": "==", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}


@dataclass(frozen=True)
class Relation(Statement):
    """`lhs op rhs` between scalars; == and != also between two compounds of one kind.

    Terms of an ordered sort are compared like scalars.
    """

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
        return f"{tex(self.lhs)} {OP_LATEX[self.op]} {tex(self.rhs)}"

    def negated(self) -> Relation:
        return Relation(OPPOSITE[self.op], self.lhs, self.rhs)

    def unfolded(self) -> tuple[Relation, ...] | None:
        if self.op != "==" or not isinstance(self.lhs, Array):
            return None
        return tuple(map(eq, self.lhs.entries, self.rhs.entries))


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


def entrywise(matrix: Array) -> tuple[Relation, ...]:
    """Every entry is zero."""
    return tuple(eq(entry, 0) for entry in matrix.entries)


def is_defined(expr: Scalar) -> Relation:
    """A relation that holds exactly where `expr` has a value: expr < expr + 1."""
    return lt(expr, exact(expr) + 1)


def simpler(statement: Statement) -> tuple[Statement, ...] | None:
    """What the statement unfolds into, after relations that say that its scalars have values."""
    parts = statement.unfolded()
    if parts is None:
        return None
    holes = (expr for expr in open_scalars(statement) if not expr.is_polynomial())
    return *map(is_defined, holes), *parts


def is_truth_value(thing: Any) -> bool:
    """Whether a relation was decided, or left to sympy, before it reached the engine."""
    kinds = (bool, BooleanAtom, BooleanFunction, Relational)
    return isinstance(thing, kinds)


def _relation(op: Op, lhs: Any, rhs: Any) -> Relation:
    for side in (lhs, rhs):
        if is_truth_value(side):
            raise StatementError(f"{side!r} is already a truth value: relate two expressions.")
    lhs, rhs = same_kind(lhs, rhs)
    if isinstance(lhs, Compound) or isinstance(rhs, Compound):
        if type(lhs) is not type(rhs) or isinstance(lhs, Statement):
            raise StatementError(f"{lhs} and {rhs} are not of one kind.")
        if isinstance(lhs, Array) and lhs.shape != rhs.shape:
            raise StatementError(f"Arrays of shapes {lhs.shape} and {rhs.shape} are not related.")
        ordered = isinstance(lhs, Term) and lhs.sort.ordered
        if isinstance(lhs, Term) and lhs.sort != rhs.sort:
            raise StatementError(f"{lhs} is in `{lhs.sort}` and {rhs} in `{rhs.sort}`.")
        if op not in ("==", "!=") and not ordered:
            raise StatementError(f"`{op}` does not order {lhs} and {rhs}.")
        return Relation(op, lhs, rhs)
    return Relation(op, exact(lhs), exact(rhs))
