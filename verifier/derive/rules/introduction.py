"""**introduction**: connectives and universal quantifiers by what is to be shown of their parts.

A variable that no hypothesis mentions is arbitrary, a premise is assumed, and every part of a
conjunction is shown; what is left is shown by the rule in `then`. That there is no x with a
property is shown as the opposite for every x.
"""

from __future__ import annotations

from dataclasses import replace

from verifier.by import Justification
from verifier.derive.closed import truth_of
from verifier.derive.context import Context, Discharge, Rule, all_hold, refuse
from verifier.exact.statements import Not, Relation, Statement, negation
from verifier.exact.statements.logic import And, Exists, ForAll, Implies, Or
from verifier.exact.substitution import names_in
from verifier.verdict import Truth


def discharge(statement: Statement, context: Context) -> Discharge:
    then = context.by.get("then")
    if not isinstance(then, Justification):
        return refuse("`introduction` needs the rule for what is left: introduction(then=by.sign).")
    if not isinstance(statement, (And, ForAll, Implies)) and not _is_never(statement):
        return refuse("`introduction` reads `for every`, `implies`, `and` and `there is no`.")
    return replace(_shown(statement, context, then), disproof=False)


def _shown(statement: Statement, context: Context, then: Justification) -> Discharge:
    match statement:
        case ForAll():
            return _for_every(statement, context, then)
        case Implies():
            return _shown(statement.conclusion, assuming(context, statement.premise), then)
        case And():
            parts = statement.statements
            return all_hold((str(part), _shown(part, context, then)) for part in parts)
        case Not(statement=Exists() as some):
            opposite = ForAll(some.variable, negation(some.body))
            return _for_every(opposite, context, then)
    return context.rules(then.rule).discharge(statement, context.with_rule(then))


def _for_every(statement: ForAll, context: Context, then: Justification) -> Discharge:
    name = str(statement.variable)
    for given in (*context.hypotheses, *context.known):
        if name in names_in(given):
            return refuse(f"`{name}` is not arbitrary: rename it, as it is free in\n    {given}")
    return _shown(statement.body, context, then)


def assuming(context: Context, premise: Statement) -> Context:
    """The context with a premise among the hypotheses, a conjunction by its parts."""
    if isinstance(premise, And):
        for part in premise.statements:
            context = assuming(context, part)
        return context
    if isinstance(premise, Relation):
        return context.assuming(premise)
    return replace(context, known=(*context.known, premise))


def _is_never(statement: Statement) -> bool:
    return isinstance(statement, Not) and isinstance(statement.statement, Exists)


def truth(statement: Statement) -> Truth:
    """The answer for a connective or quantifier without free parameters."""
    from verifier.derive.ground import decide_exactly
    from verifier.derive.side import rule_named

    return truth_of(statement, decide_exactly, rule_named)


RULE = Rule(
    "introduction",
    "for every, implies, and, there is no: by their parts",
    discharge,
    decides=(And, Or, Implies, ForAll, Exists),
    truth=truth,
)
