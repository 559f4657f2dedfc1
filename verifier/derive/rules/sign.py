"""**sign**: an inequality from the sign of its difference under the hypotheses."""

from __future__ import annotations

from verifier.derive.context import Context, Discharge, Rule, is_scalar, refuse, relation_holds
from verifier.derive.kinks import by_kinks
from verifier.exact.statements import Relation, Statement


def discharge(statement: Statement, context: Context) -> Discharge:
    if not isinstance(statement, Relation) or statement.op == "==" or not is_scalar(statement.lhs):
        return refuse("`sign` reads inequalities between scalars only.")
    return relation_holds(context.reader(), statement)


RULE = Rule("sign", "an inequality between scalars", by_kinks(discharge))
