"""**derivative**: an equation with derivatives, each taken exactly in the differential field."""

from __future__ import annotations

import sympy

from verifier.derive.context import Context, Discharge, Rule, refuse
from verifier.derive.rules.identity import RULE as IDENTITY
from verifier.exact.statements import Statement
from verifier.exact.substitution import scalars_in


def discharge(statement: Statement, context: Context) -> Discharge:
    if not any(part.has(sympy.Derivative) for part in scalars_in(statement)):
        return refuse("`derivative` reads equations with a derivative in them.")
    return IDENTITY.discharge(statement, context)


RULE = Rule("derivative", "an equation with a derivative on either side", discharge)
