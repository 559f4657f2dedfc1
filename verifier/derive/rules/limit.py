"""**limit**: a one-sided limit from exact leading terms."""

from __future__ import annotations

from verifier.derive.context import Context, Discharge, Rule, conclude, refuse
from verifier.derive.kernel.limits import decide_limit
from verifier.derive.kernel.tower import ZERO
from verifier.exact.statements import Statement, Tends


def discharge(statement: Statement, context: Context) -> Discharge:
    if not isinstance(statement, Tends):
        return refuse("`limit` reads limits only.")
    reader = context.reader()
    signs, conditions = decide_limit(reader, statement)
    if 0 not in signs:
        known = not reader.open_conditions(conditions)
        return Discharge(False, "the limit is another one.", disproof=known)
    if signs != ZERO:
        return refuse(
            f"the limit minus {statement.value} may have one of the signs {sorted(signs)}."
        )
    return conclude(reader, conditions)


RULE = Rule("limit", "a limit in the sense of difference, from one side", discharge)
