"""**operator**: equal vectors or operators of R^d for every d, by coefficients of words."""

from __future__ import annotations

from verifier.derive.context import Context, Discharge, Rule, refuse
from verifier.derive.rules.identity import RULE as IDENTITY
from verifier.exact.statements import Relation, Statement
from verifier.exact.vectors import Operator, Vector


def discharge(statement: Statement, context: Context) -> Discharge:
    if not (isinstance(statement, Relation) and isinstance(statement.lhs, (Vector, Operator))):
        return refuse("`operator` reads equations of vectors or operators only.")
    return IDENTITY.discharge(statement, context)


RULE = Rule("operator", "an equation of vectors or rank-one operators", discharge)
