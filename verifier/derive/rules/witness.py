"""**witness**: that there is a value with a property, shown for one that the author names.

`by.witness(x=a/2, then=by.sign)` shows the body for x = a/2; when the body is a conjunction, `then`
may be a tuple with one rule for each part. Nested quantifiers take a value each.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sympy import Expr

from verifier.by import Justification
from verifier.derive.context import Context, Discharge, Rule, all_hold, has_value, refuse
from verifier.errors import ExactnessError, StatementError
from verifier.exact.logic import Term
from verifier.exact.needs import put
from verifier.exact.scalars import exact
from verifier.exact.statements import Statement
from verifier.exact.statements.logic import And, Exists


def discharge(statement: Statement, context: Context) -> Discharge:
    if not isinstance(statement, Exists):
        return refuse("`witness` reads `there is` only.")
    found: list[tuple[str, Discharge]] = []
    while isinstance(statement, Exists):
        name = str(statement.variable)
        try:
            value = value_of(statement.variable, context.by.get(name))
            body = put(statement.body, {statement.variable: value})
        except (ExactnessError, StatementError) as fault:
            return refuse(f"`witness` has no value for `{name}`: {fault}")
        if isinstance(value, Expr):
            found.append((f"{name} = {value}", has_value(context.reader(), value)))
        statement = body
    return replace(all_hold((*found, *_parts(statement, context))), disproof=False)


def value_of(variable: Any, value: Any) -> Any:
    """A value of the kind of `variable`; raises `ExactnessError` or `StatementError`."""
    if not isinstance(variable, Term):
        return exact(value)
    if not isinstance(value, Term) or value.sort != variable.sort:
        raise StatementError(f"`{variable}` is in `{variable.sort}`, got {value}.")
    return value


def _parts(statement: Statement, context: Context) -> list[tuple[str, Discharge]]:
    parts = statement.statements if isinstance(statement, And) else (statement,)
    then = context.by.get("then")
    each = then if isinstance(then, tuple) else (then,) * len(parts)
    if len(each) != len(parts) or not all(isinstance(by, Justification) for by in each):
        need = f"`then` names one rule, or one for each of the {len(parts)} parts."
        return [("then", refuse(need))]
    return [
        (str(part), context.rules(by.rule).discharge(part, context.with_rule(by)))
        for part, by in zip(parts, each, strict=True)
    ]


RULE = Rule("witness", "there is a value with a property", discharge)
