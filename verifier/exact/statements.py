"""**Statements**: relations that keep both sides, limits, Hessian maps, potentials, invariants.

Nothing is decided when a statement is built: `eq(x, x)` is a statement, not True.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import sympy
from sympy import Expr, Symbol
from sympy.core.relational import Relational
from sympy.logic.boolalg import BooleanAtom, BooleanFunction

from verifier.errors import StatementError
from verifier.exact.fields import Potential, SymmetricField
from verifier.exact.scalars import Scalar, exact
from verifier.exact.vectors import Operator, Vector, operator_to_latex, vector_to_latex

Op = Literal["==", "!=", "<", "<=", ">", ">="]
_LATEX = {"==": "=", "!=": r"\neq", "<": "<", "<=": r"\leq", ">": ">", ">=": r"\geq"}
_OPPOSITE: dict[str, Op] = {"==": "!=", "!=": "==", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}


@dataclass(frozen=True)
class Relation:
    """`lhs op rhs` between scalars; == and != also between two vectors or two operators."""

    op: Op
    lhs: Any
    rhs: Any

    def __str__(self) -> str:
        return f"{self.lhs} {self.op} {self.rhs}"


@dataclass(frozen=True)
class Tends:
    """`expr` -> `value` (in difference) as `variable` -> `point` from `side` ('+' or '-')."""

    expr: Expr
    variable: Symbol
    point: Expr
    value: Expr
    side: Literal["+", "-"]

    def __str__(self) -> str:
        return f"{self.expr} -> {self.value} as {self.variable} -> {self.point}{self.side}"


@dataclass(frozen=True)
class HessianMap:
    """d_k H_ij = d_j H_ik for all i, j, k (Hessian-map condition)."""

    field: SymmetricField

    def __str__(self) -> str:
        return f"d_k H_ij = d_j H_ik for H_ij = {self.field}"


@dataclass(frozen=True)
class HessianIs:
    """The Hessian of `potential` is `field`."""

    potential: Potential
    field: SymmetricField

    def __str__(self) -> str:
        return f"Hessian of ({self.potential}) = {self.field}"


@dataclass(frozen=True)
class GradientIs:
    """The gradient of `potential` has the component `component`, in w_i and r, for every i."""

    potential: Potential
    component: Expr

    def __str__(self) -> str:
        return f"d_i ({self.potential}) = {self.component}"


@dataclass(frozen=True)
class Conserved:
    """`quantity` is constant along `flow`, which maps symbol names to velocities."""

    quantity: Expr
    flow: tuple[tuple[str, Any], ...]

    def __str__(self) -> str:
        rates = ", ".join(f"d{name}/dt = {rate}" for name, rate in self.flow)
        return f"{self.quantity} is constant along {rates}"


@dataclass(frozen=True)
class Not:
    """The negation of a statement that is no relation."""

    statement: Any

    def __str__(self) -> str:
        return f"not ({self.statement})"


Statement = Relation | Tends | HessianMap | HessianIs | GradientIs | Conserved | Not
STATEMENTS = (Relation, Tends, HessianMap, HessianIs, GradientIs, Conserved, Not)


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


def tends(
    expr: Scalar, variable: Symbol, point: Scalar, value: Scalar, *, side: Literal["+", "-"] = "+"
) -> Tends:
    """The limit statement; point and value may be `oo`."""
    return Tends(exact(expr), variable, exact(point), exact(value), side)


def hessian_map(field: SymmetricField) -> HessianMap:
    return HessianMap(field)


def hessian_is(potential: Potential, field: SymmetricField) -> HessianIs:
    return HessianIs(potential, field)


def gradient_is(potential: Potential, component: Scalar) -> GradientIs:
    return GradientIs(potential, exact(component))


def conserved(quantity: Scalar, flow: Mapping[Any, Any]) -> Conserved:
    """`flow` maps scalar symbols to expressions and vector symbols to vectors."""
    rates = []
    for key, rate in flow.items():
        vector = isinstance(key, Vector)
        if vector != isinstance(rate, Vector):
            raise StatementError(f"The velocity of {key} must be of its own kind, got {rate}.")
        rates.append((key.symbol if vector else str(key), rate if vector else exact(rate)))
    return Conserved(exact(quantity), tuple(rates))


def negation(statement: Statement) -> Statement:
    """The statement that holds exactly where `statement` fails."""
    if isinstance(statement, Relation):
        return Relation(_OPPOSITE[statement.op], statement.lhs, statement.rhs)
    if isinstance(statement, Not):
        inner: Statement = statement.statement
        return inner
    return Not(statement)


def latex(statement: Statement) -> str:
    """The statement in LaTeX."""
    if isinstance(statement, Relation):
        return f"{_tex(statement.lhs)} {_LATEX[statement.op]} {_tex(statement.rhs)}"
    if isinstance(statement, Tends):
        sign = "" if statement.point in (sympy.oo, -sympy.oo) else f"^{{{statement.side}}}"
        under = f"{_tex(statement.variable)} \\to {_tex(statement.point)}{sign}"
        return rf"\lim_{{{under}}} {_tex(statement.expr)} = {_tex(statement.value)}"
    if isinstance(statement, HessianMap):
        condition = r"\partial_k H_{ij} = \partial_j H_{ik}"
        return rf"{condition} \quad\text{{for}}\quad H_{{ij}} = {_field_tex(statement.field)}"
    if isinstance(statement, HessianIs):
        left = rf"\nabla^2 \left({_potential_tex(statement.potential)}\right)_{{ij}}"
        return f"{left} = {_field_tex(statement.field)}"
    if isinstance(statement, GradientIs):
        left = rf"\partial_i \left({_potential_tex(statement.potential)}\right)"
        return f"{left} = {_tex(statement.component)}"
    if isinstance(statement, Conserved):
        rates = r",\; ".join(rf"\dot{{{name}}} = {_tex(rate)}" for name, rate in statement.flow)
        left = rf"\frac{{d}}{{dt}} \left({_tex(statement.quantity)}\right) = 0"
        return rf"{left} \quad\text{{for}}\quad {rates}"
    return rf"\text{{not}}\left[\, {latex(statement.statement)} \,\right]"


def is_truth_value(thing: Any) -> bool:
    """Whether a relation was decided, or left to sympy, before it reached the engine."""
    kinds = (bool, BooleanAtom, BooleanFunction, Relational)
    return isinstance(thing, kinds)


def _relation(op: Op, lhs: Any, rhs: Any) -> Relation:
    for side in (lhs, rhs):
        if is_truth_value(side):
            raise StatementError(f"{side!r} is already a truth value: relate two expressions.")
    for kind in (Vector, Operator):
        if isinstance(lhs, kind) or isinstance(rhs, kind):
            if not (isinstance(lhs, kind) and isinstance(rhs, kind)):
                raise StatementError(f"{lhs} and {rhs} are not of one kind.")
            if op not in ("==", "!="):
                raise StatementError(f"`{op}` does not order {lhs} and {rhs}.")
            return Relation(op, lhs, rhs)
    return Relation(op, exact(lhs), exact(rhs))


def _tex(side: Any) -> str:
    if isinstance(side, Vector):
        return vector_to_latex(side)
    if isinstance(side, Operator):
        return operator_to_latex(side)
    return str(sympy.latex(side, symbol_names=_symbol_names(side), ln_notation=False))


def _symbol_names(expr: Expr) -> dict[Symbol, str]:
    names = {}
    for symbol in expr.free_symbols:
        if str(symbol).startswith("norm_"):
            names[symbol] = rf"\|\mathbf{{{str(symbol)[5:]}}}\|"
    return names


def _field_tex(field: SymmetricField) -> str:
    diagonal = rf"\delta_{{ij}} \left({_tex(field.diagonal)}\right)"
    return diagonal if field.pair == 0 else rf"{diagonal} + {_tex(field.pair)}"


def _potential_tex(potential: Potential) -> str:
    at = potential.at
    parts = [_tex(potential.radial)] if potential.radial != 0 else []
    if potential.separable != 0:
        parts.append(rf"\sum_i {_tex(potential.separable)}")
    if potential.linear != 0:
        parts.append(rf"\sum_i {_tex(potential.linear)}\, {_tex(at.i)}")
    return " + ".join(parts) or "0"
