"""**expanded**: both sides in normal form, derivatives taken, and then another rule.

The rules for polynomials do not differentiate: they read what the kernel has made of the sides.
"""

from __future__ import annotations

from dataclasses import replace

from sympy import Expr

from verifier.by import Justification
from verifier.derive.context import Context, Discharge, Rule, all_hold, is_scalar, refuse, vanishes
from verifier.derive.kernel.field.express import express
from verifier.derive.kernel.field.reader import Reader
from verifier.exact.statements import Relation, Statement


def discharge(statement: Statement, context: Context) -> Discharge:
    then = context.by.get("then")
    if not isinstance(then, Justification):
        return refuse("say what comes next: by.expanded(then=by.sum_of_squares).")
    if not isinstance(statement, Relation) or not is_scalar(statement.lhs):
        return refuse("`expanded` reads relations between scalars.")
    reader = context.reader()
    sides = [_normal(reader, side) for side in (statement.lhs, statement.rhs)]
    equal = [
        (f"the normal form of {side}", vanishes(reader, side - normal, side))
        for side, normal in zip((statement.lhs, statement.rhs), sides, strict=True)
    ]
    moved = replace(statement, lhs=sides[0], rhs=sides[1])
    inner = context.rules(then.rule).discharge(moved, context.with_rule(then))
    together = all_hold([*equal, (str(moved), inner)])
    return replace(together, reason=together.reason or inner.reason)


def _normal(reader: Reader, side: Expr) -> Expr:
    element = reader.read(side)
    return express(element, reader.names)


RULE = Rule("expanded", "a relation in normal form, by another rule", discharge)
