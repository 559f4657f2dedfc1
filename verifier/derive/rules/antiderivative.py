"""**antiderivative**: an integral with a moving upper end equals a closed form.

The closed form has the integrand as derivative, vanishes at the lower end, and both are defined
and smooth at every point between the ends, for which the moving end stands.
"""

from __future__ import annotations

from dataclasses import replace

import sympy
from sympy import Expr, Symbol

from verifier.derive.context import Context, Discharge, Rule, all_hold, has_value, refuse, vanishes
from verifier.derive.kernel.field.tower import NONNEGATIVE
from verifier.exact.scalars import derivative
from verifier.exact.statements import Relation, Statement, ge
from verifier.exact.substitution import substitute


def discharge(statement: Statement, context: Context) -> Discharge:
    if not isinstance(statement, Relation) or statement.op != "==":
        return refuse("`antiderivative` reads equations only.")
    integral, closed = _sides(statement)
    if integral is None or closed.has(sympy.Integral):
        return refuse(
            "`antiderivative` reads an integral on one side and a closed form on the other."
        )
    if [3] != [len(ends) for ends in integral.limits]:
        return refuse("`antiderivative` reads one definite integral over one variable.")
    variable, lower, upper = integral.limits[0]
    if not isinstance(upper, Symbol) or lower.has(upper) or integral.function.has(upper):
        return refuse("the upper end must be a symbol that occurs nowhere else in the integral.")
    between = _between(context, lower, upper)
    reader = between.reader()
    integrand = substitute(integral.function, {variable: upper})
    gap = derivative(closed, upper) - integrand
    base = substitute(closed, {upper: lower})
    return all_hold(
        (
            ("integrand", has_value(reader, integrand)),
            ("closed form", has_value(reader, closed)),
            ("derivative", vanishes(reader, gap)),
            (f"value at {lower}", vanishes(context.reader(), base)),
        )
    )


def _sides(statement: Relation) -> tuple[sympy.Integral | None, Expr]:
    for one, two in ((statement.lhs, statement.rhs), (statement.rhs, statement.lhs)):
        if isinstance(one, sympy.Integral):
            return one, two
    return None, statement.rhs


def _between(context: Context, lower: Expr, upper: Symbol) -> Context:
    """Hypotheses for a point between the ends: what is assumed of the upper end is dropped,
    unless it keeps the upper end above the lower one, when the point is above it too."""
    kept = tuple(h for h in context.hypotheses if not (h.lhs.has(upper) or h.rhs.has(upper)))
    moved = replace(context, hypotheses=kept)
    reader = context.reader()
    above = reader.sign(reader.read(upper - lower)) <= NONNEGATIVE
    return moved.assuming(ge(upper, lower)) if above else moved


RULE = Rule(
    "antiderivative", "an integral from a fixed to a moving end, and its closed form", discharge
)
