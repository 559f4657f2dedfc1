"""**operator**: equal vectors or matrices of every size, multiplied out and compared by words.

No hypothesis on a matrix is used, and no inverse is read: `matrix` does that.
"""

from __future__ import annotations

from verifier.derive.context import Context, Discharge, Rule, refuse
from verifier.derive.rules.identity import RULE as IDENTITY
from verifier.exact.matrices import Matrix
from verifier.exact.statements import Relation, Statement
from verifier.exact.vectors import Vector


def discharge(statement: Statement, context: Context) -> Discharge:
    if not (isinstance(statement, Relation) and isinstance(statement.lhs, (Vector, Matrix))):
        return refuse("`operator` reads equations of vectors or matrices only.")
    return IDENTITY.discharge(statement, context)


RULE = Rule("operator", "an equation of vectors or matrices", discharge)
