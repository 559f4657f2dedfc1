"""**instance**: what a hypothesis or used fact says for every value, at one value.

`by.instance(x=2*a)` takes x = 2*a in a fact `for every x: premise implies conclusion`; premises
must be among the hypotheses and used facts, or follow by the signs of their differences.
"""

from __future__ import annotations

from dataclasses import replace

from sympy import Expr

from verifier.derive.context import (
    Context,
    Discharge,
    Rule,
    all_hold,
    has_value,
    refuse,
    relation_holds,
    vanishes,
)
from verifier.derive.rules.witness import value_of
from verifier.errors import ExactnessError, StatementError
from verifier.exact.statements import Relation, Statement
from verifier.exact.statements.logic import And, ForAll, Implies
from verifier.exact.substitution import substitute


def discharge(statement: Statement, context: Context) -> Discharge:
    general = [fact for fact in context.known if isinstance(fact, ForAll)]
    if not general:
        return refuse("no hypothesis or used fact says something `for every` value.")
    answer = refuse("no fact says this at these values.")
    for fact in general:
        found = _from(fact, statement, context)
        if found.holds:
            return found
        answer = found if found.reason else answer
    return answer


def _from(fact: Statement, statement: Statement, context: Context) -> Discharge:
    """Whether the statement is what `fact` says at the values; no reason if it says others."""
    premises: list[Statement] = []
    values: list[tuple[str, Discharge]] = []
    while isinstance(fact, (ForAll, Implies)):
        if isinstance(fact, Implies):
            premises += _conjuncts(fact.premise)
            fact = fact.conclusion
            continue
        name = str(fact.variable)
        try:
            value = value_of(fact.variable, context.by.get(name))
            body = substitute(fact.body, {fact.variable: value})
        except (ExactnessError, StatementError) as fault:
            return refuse(f"`instance` has no value for `{name}`: {fault}")
        if isinstance(value, Expr):
            values.append((f"{name} = {value}", has_value(context.reader(), value)))
        fact = body
    if not any(_same(statement, part, context) for part in (fact, *_conjuncts(fact))):
        return refuse("")
    shown = all_hold((*values, *((str(p), _premise(p, context)) for p in premises)))
    return replace(shown, disproof=False)


def _same(statement: Statement, fact: Statement, context: Context) -> bool:
    """Whether they are one statement, or one relation between sides with the same difference."""
    if statement == fact:
        return True
    if not (isinstance(statement, Relation) and isinstance(fact, Relation)):
        return False
    sides = (statement.lhs, statement.rhs, fact.lhs, fact.rhs)
    if statement.op != fact.op or not all(isinstance(side, Expr) for side in sides):
        return False
    gap = (statement.lhs - statement.rhs) - (fact.lhs - fact.rhs)
    return vanishes(context.reader(), gap, *sides).holds


def _conjuncts(statement: Statement) -> tuple[Statement, ...]:
    return statement.statements if isinstance(statement, And) else (statement,)


def _premise(premise: Statement, context: Context) -> Discharge:
    if premise in (*context.hypotheses, *context.known):
        return Discharge(True)
    if isinstance(premise, Relation) and isinstance(premise.lhs, Expr):
        return relation_holds(context.reader(), premise)
    return refuse("it is no hypothesis here.")


RULE = Rule("instance", "what a fact says for every value, at one", discharge)
