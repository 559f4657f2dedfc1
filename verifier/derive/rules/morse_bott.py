"""**morse_bott**: a function is Morse-Bott along a parametrised manifold of critical points.

The gradient vanishes on it, the parametrisation has full rank k and the Hessian rank n - k: the
kernel of the Hessian holds the tangent space, and by the ranks nothing else. Options: `hessian` and
`tangent` are justifications by the rule `rank`, when its defaults do not find the ranks.
"""

from __future__ import annotations

from verifier.by import Justification
from verifier.derive.along import jacobian, moved_to
from verifier.derive.context import Context, Discharge, Rule, all_hold, conclude, refuse
from verifier.exact.statements import Statement
from verifier.exact.statements.morse_bott import MorseBott
from verifier.exact.statements.rank import has_rank
from verifier.verdict import FALSE, TRUE, Truth, unknown

RANK = Justification("rank")


def discharge(statement: Statement, context: Context) -> Discharge:
    if not isinstance(statement, MorseBott):
        return refuse("`morse_bott` reads Morse-Bott statements only.")
    reader = context.reader()
    points = dict(zip(statement.variables, statement.along, strict=True))
    moved = moved_to(statement.function, points, reader)
    valued = conclude(reader, moved.conditions)
    if not valued.holds:
        return valued
    for variable, slope in zip(statement.variables, moved.gradient, strict=True):
        if not slope.is_zero:
            return refuse(f"the derivative by {variable} there is\n    {slope}\n  and not zero.")
    size, count = len(statement.variables), len(statement.parameters)
    bends = _rank(moved.hessian, size - count, "hessian", context)
    parts = [("the gradient", valued), ("the Hessian", bends)]
    if count:
        tangent = jacobian(statement.along, statement.parameters, context.reader())
        parts.append(("the tangent map", _rank(tangent, count, "tangent", context)))
    return all_hold(parts)


def _rank(rows: object, rank: int, option: str, context: Context) -> Discharge:
    by = context.by.get(option, RANK)
    return context.rules(by.rule).discharge(has_rank(rows, rank), context.with_rule(by))


def truth(statement: Statement) -> Truth:
    """The answer at parameters that are numbers: at them alone, so that only a refutation counts.

    A manifold cannot be seen at one point, but a gradient that is not zero there can.
    """
    if not isinstance(statement, MorseBott):
        return unknown("only Morse-Bott statements are decided.")
    context = Context((), Justification("morse_bott"), _rules)
    if not statement.parameters and discharge(statement, context).holds:
        return TRUE
    reader = context.reader()
    points = dict(zip(statement.variables, statement.along, strict=True))
    moved = moved_to(statement.function, points, reader)
    if reader.open_conditions(moved.conditions):
        return unknown("it has no value there.")
    if any(0 not in reader.sign(slope) for slope in moved.gradient):
        return FALSE
    size, count = len(statement.variables), len(statement.parameters)
    fits = _rank(moved.hessian, size - count, "hessian", context)
    if fits.holds:
        return unknown("the rank fits at this point.")
    return FALSE if fits.disproof else unknown(fits.reason)


def _rules(name: str) -> Rule:
    from verifier.derive.side import rule_named

    return rule_named(name)


RULE = Rule("morse_bott", "Morse-Bott along a manifold", discharge, (MorseBott,), truth)
