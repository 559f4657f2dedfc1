"""**moments**: expectations over finite laws, and the moments of Markov chains.

Weights must be those of a law and everything must have a value at each outcome. The expectation,
written out, is then left to the rule `then`: by default `identity` for equations and `sign` for
the rest; `weights` is the rule for weights that are not plainly a law's, `rate` that for factors
that must be below 1. After t steps, for every t, closed forms are given: `closed={x**2: ...}`. A
chance is bounded by the mean of a function `test`, whose bounds are shown by the rule `shape`.
Where moments do not close, `drift=(c, b)` bounds one step, and `kept` says where all states are.
"""

from __future__ import annotations

from sympy import Expr

from verifier.by import Justification
from verifier.derive.chains import chance, in_the_limit, moment, not_in_the_limit
from verifier.derive.consequences import assuming_all, outside
from verifier.derive.context import Context, Discharge, Rule, all_hold, refuse
from verifier.derive.drift import kept, stays
from verifier.derive.expectations import Part, decided, decided_each, values
from verifier.derive.nonzero import attempted
from verifier.errors import UnsupportedError
from verifier.exact.laws import Law
from verifier.exact.statements import Not, Relation, Statement
from verifier.exact.statements.chances import ChanceAfter
from verifier.exact.statements.expects import Expects
from verifier.exact.statements.moments import MomentAfter, MomentTends
from verifier.verdict import FALSE, TRUE, Truth, unknown

OPTIONS = ("closed", "drift", "kept", "rate", "shape", "test", "then", "weights")
Moment = Expects | MomentAfter | MomentTends | ChanceAfter


def discharge(statement: Statement, context: Context) -> Discharge:
    odd = [name for name, _ in context.by.options if name not in OPTIONS]
    if odd:
        return refuse(f"`moments` has no option `{odd[0]}`; it has {', '.join(OPTIONS)}.")
    plain = assuming_all(context)
    match statement:
        case Expects() | MomentAfter() | MomentTends() | ChanceAfter():
            return _holds(statement, outside(plain, statement))
        case Not(statement=Expects() | MomentAfter() | MomentTends() | ChanceAfter() as denied):
            return _denied(denied, outside(plain, denied))
        case Relation(lhs=Expr()):
            return decided(statement, plain, "then")
    return refuse("`moments` reads expectations over a law, their negations, and what they imply.")


def _holds(statement: Moment, context: Context) -> Discharge:
    owed = [*_values(statement, context), *_weights(_law(statement), context)]
    before = all_hold(owed)
    return before if not before.holds else all_hold([*owed, *_asserted(statement, context)])


def _asserted(statement: Moment, context: Context) -> list[Part]:
    match statement:
        case Expects():
            return decided_each([statement.relation()], context, "then")
        case MomentAfter():
            return moment(statement, context)
        case ChanceAfter():
            return chance(statement, context)
        case MomentTends():
            return in_the_limit(statement, context)


def _denied(statement: Moment, context: Context) -> Discharge:
    """A weight is certainly negative, or their sum is not 1, or the opposite holds."""
    given = all_hold(_values(statement, context))
    if not given.holds:
        return given
    for failing in _law(statement).is_law():
        no_law = decided(failing.negated(), context, "weights")
        if no_law.holds:
            return all_hold([("values", given), (f"not {failing}", no_law)])
    opposite = [(name, attempted(part)) for name, part in _opposite(statement, context)]
    return all_hold([("values", given), *opposite])


def _opposite(statement: Moment, context: Context) -> list[Part]:
    match statement:
        case Expects():
            return decided_each([statement.relation().negated()], context, "then")
        case MomentAfter():
            return moment(statement, context, denied=True)
        case ChanceAfter():
            return chance(statement, context, denied=True)
        case MomentTends():
            return not_in_the_limit(statement, context)


def _law(statement: Moment) -> Law:
    return statement.law if isinstance(statement, Expects) else statement.chain.law


def _weights(law: Law, context: Context) -> list[Part]:
    return decided_each(law.is_law(), context, "weights")


def _values(statement: Moment, context: Context) -> list[Part]:
    match statement:
        case Expects():
            return values(statement.law, (statement.expr,), (statement.value,), context)
        case MomentTends():
            inside = (*statement.chain.step, statement.observable)
            return values(statement.chain.law, inside, (statement.value,), context)
    held = stays(statement.chain, statement.start, context)
    inside = statement.chain.step
    if isinstance(statement, MomentAfter):
        inside = (*inside, statement.observable)
    there = context.assuming(*kept(context))
    outside = (*statement.start, statement.value)
    return [*held, *values(statement.chain.law, inside, outside, there)]


def truth(statement: Moment) -> Truth:
    """The answer for a moment of numbers."""
    context = Context((), Justification("moments"), _rules)
    answer = _attempt(statement, context)
    if answer.holds:
        return TRUE
    return FALSE if _attempt(Not(statement), context).holds else unknown(answer.reason)


def _attempt(statement: Statement, context: Context) -> Discharge:
    try:
        return discharge(statement, context)
    except UnsupportedError as fault:
        return refuse(str(fault))


def _rules(name: str) -> Rule:
    from verifier.derive.side import rule_named

    return rule_named(name)


RULE = Rule(
    "moments",
    "expectations over finite laws, moments of Markov chains, and negations",
    discharge,
    (MomentAfter, MomentTends, ChanceAfter),
    truth,
)
