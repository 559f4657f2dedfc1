"""**moments**: expectations over finite laws, one step of a Markov chain ahead or many.

Weights must be those of a law and everything must have a value at each outcome; then the
expectation, written out, is left to the rule `then`: by default `identity` for equations and
`sign` for the rest. `weights` is the rule for weights that are not plainly a law's.
"""

from __future__ import annotations

from collections.abc import Iterable

from sympy import Expr

from verifier import by
from verifier.by import Justification
from verifier.derive.consequences import assuming_all
from verifier.derive.context import Context, Discharge, Rule, all_hold, has_value, refuse
from verifier.derive.nonzero import attempted
from verifier.exact.statements import Not, Relation, Statement
from verifier.exact.statements.expects import Expects

OPTIONS = ("then", "weights")


def discharge(statement: Statement, context: Context) -> Discharge:
    odd = [name for name, _ in context.by.options if name not in OPTIONS]
    if odd:
        return refuse(f"`moments` has no option `{odd[0]}`; it has {', '.join(OPTIONS)}.")
    plain = assuming_all(context)
    match statement:
        case Expects():
            return _expects(statement, plain)
        case Not(statement=Expects() as denied):
            return _denied(denied, plain)
        case Relation(lhs=Expr()):
            return decided(statement, plain, "then")
    return refuse("`moments` reads expectations over a law, their negations, and what they imply.")


def _expects(statement: Expects, context: Context) -> Discharge:
    law, relation = statement.law, statement.relation()
    parts = [*_values(statement, context), *_each(law.is_law(), context, "weights")]
    return all_hold([*parts, (str(relation), decided(relation, context, "then"))])


def _denied(statement: Expects, context: Context) -> Discharge:
    """The opposite relation holds, or a weight is certainly negative, or their sum is not 1."""
    values = all_hold(_values(statement, context))
    if not values.holds:
        return values
    relation = statement.relation()
    opposite = attempted(decided(relation.negated(), context, "then"))
    for failing in statement.law.is_law():
        if opposite.holds:
            break
        no_law = decided(failing.negated(), context, "weights")
        opposite = no_law if no_law.holds else opposite
    return all_hold([("values", values), (f"not {relation}", opposite)])


def _values(statement: Expects, context: Context) -> list[tuple[str, Discharge]]:
    reader = context.reader()
    needed = (*statement.law.needs(statement.expr), statement.value)
    return [(f"the value of {expr}", has_value(reader, expr)) for expr in needed]


def _each(
    relations: Iterable[Relation], context: Context, option: str
) -> list[tuple[str, Discharge]]:
    return [(str(relation), decided(relation, context, option)) for relation in relations]


def decided(relation: Relation, context: Context, option: str) -> Discharge:
    """The answer of the rule that the option names to a relation of scalars."""
    default = by.identity if relation.op == "==" else by.sign
    then = context.by.get(option, default)
    if not isinstance(then, Justification):
        return refuse(f"`{option}` is a rule, such as {option}=by.sum_of_squares.")
    if relation.op == "==" and option == "weights":
        then = by.identity
    return context.rules(then.rule).discharge(relation, context.with_rule(then))


RULE = Rule("moments", "expectations over finite laws, or the negation", discharge)
