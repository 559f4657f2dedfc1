"""**limit**: limits in difference, as a ratio and as an order, and signs near a point.

All from exact leading terms.
"""

from __future__ import annotations

from verifier.derive.context import Context, Discharge, Rule, conclude, refuse
from verifier.derive.kernel.field.reader import Reader
from verifier.derive.kernel.limits.asymptotics import decide
from verifier.derive.kernel.limits.germs import readable
from verifier.errors import UnsupportedError
from verifier.exact.statements import Not, Statement
from verifier.exact.statements.eventually import Eventually
from verifier.exact.statements.growth import Growth
from verifier.exact.statements.limit import Tends
from verifier.exact.statements.paths import TendsAlong, TendsJointly, TendsUniformly
from verifier.verdict import TRUE, Answer, Truth, unknown

KINDS = (Tends, Growth, Eventually, TendsAlong, TendsJointly, TendsUniformly)


def discharge(statement: Statement, context: Context) -> Discharge:
    denied = isinstance(statement, Not)
    inner = statement.statement if isinstance(statement, Not) else statement
    if not isinstance(inner, KINDS):
        return refuse("`limit` reads limits, growth, `eventually`, and their negations only.")
    reader = context.reader()
    try:
        answer = decide(reader, inner)
    except UnsupportedError as fault:
        return refuse(readable(str(fault)))
    if answer.holds is None:
        return refuse(f"{readable(answer.found)}, which does not decide it.")
    if answer.holds is not denied:
        return conclude(reader, answer.conditions)
    known = not reader.open_conditions(answer.conditions)
    return Discharge(False, f"{readable(answer.found)}.", disproof=known)


def truth(statement: Statement) -> Truth:
    """The exact answer where nothing is free."""
    reader = Reader()
    answer = decide(reader, statement)
    if reader.open_conditions(answer.conditions):
        return unknown("it has no value there.")
    if answer.holds is None:
        return unknown(f"{readable(answer.found)}.")
    return TRUE if answer.holds else Truth(Answer.FALSE, readable(answer.found))


RULE = Rule(
    "limit",
    "a limit, also in turn or along a family, a ratio, an order, `eventually`, or a negation",
    discharge,
    decides=KINDS,
    truth=truth,
)
