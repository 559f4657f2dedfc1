"""**hessian_map**: the Hessian-map condition of a field for every d, by component cases.

The cases i, j, k distinct and i = j different from k are all there are. The negation is shown
where the second case cannot vanish, for d >= 2.
"""

from __future__ import annotations

from verifier.derive.calculus import distinct_case, off_origin, repeated_case
from verifier.derive.context import Context, Discharge, Rule, all_hold, refuse, vanishes
from verifier.derive.witness import nonzero_somewhere
from verifier.exact.fields import SymmetricField
from verifier.exact.statements import HessianMap, Not, Statement


def discharge(statement: Statement, context: Context) -> Discharge:
    if isinstance(statement, HessianMap):
        return _condition(statement.field, context)
    if isinstance(statement, Not) and isinstance(statement.statement, HessianMap):
        return _negation(statement.statement.field, context)
    return refuse("`hessian_map` reads the Hessian-map condition or its negation.")


def _condition(field: SymmetricField, context: Context) -> Discharge:
    reader = context.assuming(off_origin(field.at)).reader()
    return all_hold(
        (
            ("i, j, k distinct", vanishes(reader, distinct_case(field))),
            ("i = j, k different", vanishes(reader, repeated_case(field))),
        )
    )


def _negation(field: SymmetricField, context: Context) -> Discharge:
    name = "the defect d_k H_ii - d_i H_ik"
    return nonzero_somewhere(name, repeated_case(field), field, context)


RULE = Rule("hessian_map", "the Hessian-map condition, or its negation for d >= 2", discharge)
