"""**entrywise**: equations of arrays, and what says the same as relations of entries.

These are least squares by the normal equations, a pseudo-inverse by the four Penrose equations,
and so on, and relations of scalars under hypotheses on arrays. Two arrays differ where one of their
entries certainly does, or where the squares of all gaps have a positive sum.
"""

from __future__ import annotations

from collections.abc import Iterable

import sympy
from sympy import Expr

from verifier.derive.consequences import assuming_all
from verifier.derive.context import (
    Context,
    Discharge,
    Rule,
    all_hold,
    refuse,
    relation_holds,
    vanishes,
)
from verifier.derive.kernel.field.reader import Reader
from verifier.derive.nonzero import all_have_values
from verifier.exact.statements import Not, Relation, Statement, gt, negation


def discharge(statement: Statement, context: Context) -> Discharge:
    if context.by.options:
        return refuse("`entrywise` has no options.")
    reader = assuming_all(context).reader()
    parts = relations_of(statement)
    if parts is not None:
        return every(reader, statement, parts)
    opposite = negation(statement)
    parts = relations_of(opposite)
    if parts is not None:
        return some_fails(reader, opposite, parts)
    return refuse("`entrywise` reads what says the same as relations of entries, or its negation.")


def relations_of(statement: Statement) -> tuple[Relation, ...] | None:
    """The relations of scalars that the statement unfolds into; None where it does not."""
    if isinstance(statement, Not):
        return None
    if isinstance(statement, Relation) and isinstance(statement.lhs, Expr):
        return (statement,)
    parts = statement.unfolded()
    if parts is None or not all(isinstance(part, Relation) for part in parts):
        return None
    return tuple(part for part in parts if isinstance(part, Relation))


def every(reader: Reader, statement: Statement, parts: Iterable[Relation]) -> Discharge:
    """Whether every relation holds and every scalar of the statement has a value."""
    values = all_have_values(reader, statement)
    if not values.holds:
        return values
    return all_hold((("values", values), *((str(p), holds(reader, p)) for p in parts)))


def some_fails(reader: Reader, statement: Statement, parts: tuple[Relation, ...]) -> Discharge:
    """Whether one of the relations certainly fails, by itself or as one of several equations."""
    values = all_have_values(reader, statement)
    if not values.holds:
        return values
    for part in parts:
        answer = relation_holds(reader, part.negated())
        if answer.holds:
            return all_hold((("values", values), (f"not {part}", answer)))
    gaps = [part.lhs - part.rhs for part in parts if part.op == "=="]
    squares = relation_holds(reader, gt(sympy.Add(*(gap**2 for gap in gaps)), 0))
    if squares.holds:
        return all_hold((("values", values), ("the sum of squares", squares)))
    if len(gaps) == len(parts) and all(holds(reader, part).holds for part in parts):
        return Discharge(False, "every entry agrees.", disproof=True)
    return refuse("no entry is shown to differ wherever the hypotheses hold.")


def holds(reader: Reader, relation: Relation) -> Discharge:
    if relation.op == "==":
        return vanishes(reader, relation.lhs - relation.rhs, relation.lhs, relation.rhs)
    return relation_holds(reader, relation)


RULE = Rule(
    "entrywise", "equations of arrays and what unfolds into relations of entries", discharge
)
