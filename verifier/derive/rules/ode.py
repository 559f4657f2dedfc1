"""**ode**: a proposed solution satisfies a differential equation, and its initial values if given.

Options: `initial`, a sequence of equations without derivatives (such as q(0) = 0).
"""

from __future__ import annotations

from verifier.derive.context import Context, Discharge, Rule, all_hold
from verifier.derive.rules.derivative import RULE as DERIVATIVE
from verifier.derive.rules.identity import RULE as IDENTITY
from verifier.exact.statements import Statement


def discharge(statement: Statement, context: Context) -> Discharge:
    initial = context.by.get("initial", ())
    parts = [("equation", DERIVATIVE.discharge(statement, context))]
    parts += [(str(value), IDENTITY.discharge(value, context)) for value in initial]
    return all_hold(parts)


RULE = Rule("ode", "a differential equation at a proposed solution", discharge)
