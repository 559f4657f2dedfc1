"""**Pieces**: a scalar defined by cases, each with the relation under which it applies."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sympy
from sympy import Expr

from verifier.errors import StatementError
from verifier.exact.scalars import Scalar, exact
from verifier.exact.statements import Relation

_SYMPY: dict[str, Any] = {
    "==": sympy.Eq,
    "!=": sympy.Ne,
    "<": sympy.Lt,
    "<=": sympy.Le,
    ">": sympy.Gt,
    ">=": sympy.Ge,
}
Condition = Relation | Iterable[Relation]


def piecewise(*pieces: tuple[Scalar, Condition], otherwise: Scalar) -> Expr:
    """The value of the first piece (value, relation) whose relation holds, or `otherwise`.

    Several relations must all hold: `piecewise((x, within(x, 0, 1)), otherwise=0)`.
    """
    pairs = [(exact(value), _condition(condition)) for value, condition in pieces]
    return sympy.Piecewise(*pairs, (exact(otherwise), sympy.true), evaluate=False)


def _condition(condition: Condition) -> Any:
    relations = [condition] if isinstance(condition, Relation) else list(condition)
    for relation in relations:
        if not isinstance(relation, Relation) or not isinstance(relation.lhs, Expr):
            raise StatementError(f"{relation!r} is no relation between scalars.")
        if relation.lhs.has(sympy.Piecewise) or relation.rhs.has(sympy.Piecewise):
            raise StatementError(f"`{relation}` decides by pieces: nest pieces in values only.")
    parts = [_SYMPY[r.op](r.lhs, r.rhs, evaluate=False) for r in relations]
    return parts[0] if len(parts) == 1 else sympy.And(*parts, evaluate=False)
