"""**limit**: a one-sided limit from exact leading terms."""

from __future__ import annotations

from verifier.derive.context import Context, Discharge, Rule, conclude, refuse
from verifier.derive.kernel.limits import compare
from verifier.derive.kernel.tower import ZERO
from verifier.exact.statements import Statement, Tends


def discharge(statement: Statement, context: Context) -> Discharge:
    if not isinstance(statement, Tends):
        return refuse("`limit` reads limits only.")
    reader = context.reader()
    answer = compare(reader, statement)
    if 0 not in answer.signs:
        known = not reader.open_conditions(answer.conditions)
        return Discharge(False, f"the limit is {answer.found}.", disproof=known)
    if answer.signs != ZERO:
        return refuse(f"the limit is {answer.found}, which may be {statement.value} or not.")
    return conclude(reader, answer.conditions)


RULE = Rule("limit", "a limit in the sense of difference, from one side", discharge)
