"""**monotone**: f(x) <= f(y) for x <= y, by the sign of the slope in between.

Options: `low` and `high`, the symbols of the two points. One side of the statement is the other
with `low` replaced by `high`. The hypotheses must give low <= high, and low < high for a strict
statement. By the mean value theorem it is enough that f is continuous between the points, ends
included, analytic inside, and that f' >= 0 inside; for a strict statement f' > 0, so that the
strict growth of x^3 through 0 is not shown. Other symbols are fixed.
"""

from __future__ import annotations

from sympy import Expr, Symbol

from verifier.derive.between import INSIDE, Between, shown
from verifier.derive.context import (
    Context,
    Discharge,
    Rule,
    all_hold,
    is_scalar,
    refuse,
    relation_holds,
    vanishes,
)
from verifier.exact.scalars import derivative, exact
from verifier.exact.statements import Relation, Statement, ge, gt, le, lt

OPTIONS = ("high", "low")
FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


def discharge(statement: Statement, context: Context) -> Discharge:
    if not isinstance(statement, Relation) or not is_scalar(statement.lhs):
        return refuse("`monotone` reads inequalities between scalars only.")
    if statement.op not in FLIPPED:
        return refuse("`monotone` reads <, <=, > and >= only.")
    unknown = sorted({name for name, _ in context.by.options} - set(OPTIONS))
    if unknown:
        return refuse(f"`monotone` has no option `{unknown[0]}`; it has {', '.join(OPTIONS)}.")
    low, high = (context.by.get(name) for name in ("low", "high"))
    if not (isinstance(low, Symbol) and isinstance(high, Symbol)) or low == high:
        return refuse("`monotone` needs two symbols: by.monotone(low=x, high=y).")
    for left, right, op in (
        (statement.lhs, statement.rhs, statement.op),
        (statement.rhs, statement.lhs, FLIPPED[statement.op]),
    ):
        if left.has(low) and not left.has(high) and right.has(high) and not right.has(low):
            return _between(left, right, op, low, high, context)
    return refuse(f"one side must depend on {low} alone, and the other on {high} alone.")


def _between(
    left: Expr, right: Expr, op: str, low: Symbol, high: Symbol, context: Context
) -> Discharge:
    """left = f(low), right = f(high) and f(low) op f(high)."""
    strict = op in ("<", ">")
    order = lt(low, high) if strict else le(low, high)
    f = left.xreplace({low: INSIDE})
    moved = exact(left.xreplace({low: high}))
    between = Between.of(low, high, context)
    same = (f"{moved} = {right}", lambda: vanishes(context.reader(), moved - right, moved, right))
    ordered = (str(order), lambda: relation_holds(context.reader(), order))
    smooth = ("smooth inside", lambda: between.is_analytic(f, left=False, right=False))
    ends = ("continuous at the ends", lambda: between.is_continuous(f))
    up = gt if strict else ge
    down = lt if strict else le
    slope = (up if op in ("<", "<=") else down)(derivative(f, INSIDE), 0)
    inside = between.running(left=False, right=False)
    return all_hold(
        (name, check())
        for name, check in (same, ordered, smooth, ends, (str(slope), lambda: shown(slope, inside)))
    )


RULE = Rule("monotone", "an inequality between two values of one function", discharge)
