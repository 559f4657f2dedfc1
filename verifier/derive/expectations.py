"""**What an expectation owes**: weights of a law, values at each outcome, relations by rules."""

from __future__ import annotations

from collections.abc import Iterable

from sympy import Expr

from verifier import by
from verifier.by import Justification
from verifier.derive.context import Context, Discharge, has_value, refuse
from verifier.exact.laws import Law
from verifier.exact.statements import Relation

Part = tuple[str, Discharge]


def decided(relation: Relation, context: Context, option: str) -> Discharge:
    """The answer of the rule that the option names to a relation of scalars.

    By default `identity` answers to equations and `sign` to the rest.
    """
    default = by.identity if relation.op == "==" else by.sign
    then = context.by.get(option, default)
    if not isinstance(then, Justification):
        return refuse(f"`{option}` is a rule, such as {option}=by.sum_of_squares.")
    if relation.op == "==" and option == "weights":
        then = by.identity
    return context.rules(then.rule).discharge(relation, context.with_rule(then))


def decided_each(relations: Iterable[Relation], context: Context, option: str) -> list[Part]:
    return [(str(relation), decided(relation, context, option)) for relation in relations]


def values(
    law: Law, inside: Iterable[Expr], outside: Iterable[Expr], context: Context
) -> list[Part]:
    """What is `inside` the expectation has a value at each outcome, and the rest has one."""
    reader = context.reader()
    needed = dict.fromkeys((*law.needs(*inside), *outside))
    return [(f"the value of {expr}", has_value(reader, expr)) for expr in needed]
