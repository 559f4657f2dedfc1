"""**Trust**: steps that rest on another claim, a citation, or the paper's word.

A step by another claim must say what that claim concludes, and the hypotheses of that claim must
follow here. Citations and paper steps are named and cap the verdict.
"""

from __future__ import annotations

from collections.abc import Mapping

from verifier.by import Justification
from verifier.claim import Claim
from verifier.derive.context import Context, Discharge, all_hold, refuse, relation_holds, vanishes
from verifier.exact.scalars import exact
from verifier.exact.statements import Relation, Statement
from verifier.exact.substitution import substitute

Library = Mapping[str, Claim]


def by_claim(statement: Statement, context: Context, library: Library | None) -> Discharge:
    """Whether `statement` is a conclusion of the used claim, whose hypotheses follow here."""
    key = str(context.by.get("key"))
    if library is None or key not in library:
        return refuse(f"the claim `{key}` is not loaded.")
    used = library[key]
    at = {symbol: exact(value) for symbol, value in (context.by.get("at") or ())}
    wanted = context.by.get("conclusion")
    offered = [
        part
        for name, conclusion in used.conclusions
        if wanted in (None, name)
        for part in (conclusion if isinstance(conclusion, tuple) else (conclusion,))
    ]
    if str(statement) not in {str(substitute(part, at)) for part in offered}:
        return refuse(
            f"`{key}` does not conclude this; it concludes {', '.join(map(str, offered))}."
        )
    return all_hold(
        (f"hypothesis `{name}` of `{key}`", _follows(substitute(part, at), context))
        for name, part in used.hypotheses
    )


def _follows(hypothesis: Statement, context: Context) -> Discharge:
    if str(hypothesis) in {str(known) for known in context.hypotheses}:
        return Discharge(True)
    if not isinstance(hypothesis, Relation):
        return refuse(f"{hypothesis} is not a hypothesis here.")
    if hypothesis.op == "==":
        return vanishes(context.reader(), hypothesis.lhs - hypothesis.rhs)
    return relation_holds(context.reader(), hypothesis)


def trusted(by: Justification) -> str:
    """What a citation or paper step trusts, as it is printed."""
    if by.rule == "citation":
        return f"{by.get('key')}, {by.get('label')} (cited)"
    return f"paper step: {by.get('reason')}"
