"""**cases**: a statement by the sign of on - at, each case by another rule.

A case that the hypotheses exclude is left out; the three signs are exhaustive.
"""

from __future__ import annotations

from dataclasses import replace

from verifier.derive.context import Context, Discharge, Rule, all_hold, conclude, refuse
from verifier.derive.kinks import covered
from verifier.exact.scalars import exact
from verifier.exact.statements import Relation, Statement


def discharge(statement: Statement, context: Context) -> Discharge:
    on, at, then = (context.by.get(name) for name in ("on", "at", "then"))
    on, at = exact(on), exact(at)
    reader = context.reader()
    gap, conditions = reader.fresh(on - at, on, at)
    split = conclude(reader, conditions)
    if not split.holds:
        return refuse(f"the cases do not cover all: {split.reason}")
    possible = reader.sign(gap)
    parts = [("the split", covered(reader, on, at))]
    for op, sign in (("<", -1), ("==", 0), (">", 1)):
        if sign not in possible:
            continue
        case = Relation(op, on, at)  # type: ignore[arg-type]
        inner = context.assuming(case).with_rule(then)
        answer = context.rules(then.rule).discharge(statement, inner)
        parts.append((f"case {case}", answer))
    return replace(all_hold(parts), disproof=False)


RULE = Rule("cases", "any statement, split by the sign of a difference", discharge)
