"""**Chains**: what a statement on the moments of a Markov chain comes down to.

After a number of steps it is a relation of the exact moment, or of a ball around it. For every
number t of steps it is an induction: closed forms that are right after one step, and that a step
takes to those of t + 1, for moments of which each is a combination of the others before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from flint import arb, fmpq
from sympy import Expr

from verifier.derive.context import Context, Discharge, refuse
from verifier.derive.expectations import Part, decided, decided_each
from verifier.errors import UnsupportedError
from verifier.exact.scalars import exact
from verifier.exact.statements import Relation, eq, gt, lt
from verifier.exact.statements.moments import MomentAfter, MomentTends
from verifier.exact.substitution import names_in, substitute
from verifier.process.after import enclosed_moment, exact_moment
from verifier.process.stationary import forgets, limit
from verifier.process.system import moment_system
from verifier.process.transition import Exponents, Poly, Transition

_COMPARE = {
    "==": lambda gap: None if gap.contains(0) else False,
    "!=": lambda gap: None if gap.contains(0) else True,
    "<": lambda gap: True if gap < 0 else False if gap >= 0 else None,
    "<=": lambda gap: True if gap <= 0 else False if gap > 0 else None,
    ">": lambda gap: True if gap > 0 else False if gap <= 0 else None,
    ">=": lambda gap: True if gap >= 0 else False if gap < 0 else None,
}


def after_steps(statement: MomentAfter, context: Context, *, denied: bool = False) -> list[Part]:
    """The moment after a number of steps, or that it is not as the statement says."""
    if not (statement.time.is_Integer and statement.time >= 0):
        raise UnsupportedError(f"{statement.time} is no number of steps.")
    chain, steps = statement.chain, int(statement.time)
    start = dict(zip(chain.state, statement.start, strict=True))
    try:
        moment = exact_moment(chain, statement.observable, start=start, steps=steps)
    except UnsupportedError as fault:
        return [("the moment", _by_ball(statement, denied, fault))]
    relation = Relation(statement.op, moment, statement.value)
    asked = relation.negated() if denied else relation
    return [(str(asked), decided(asked, context, "then"))]


def _by_ball(statement: MomentAfter, denied: bool, fault: UnsupportedError) -> Discharge:
    """By a ball that is apart from the value, where the moment is too long to write."""
    value, start = statement.value, dict(zip(statement.chain.state, statement.start, strict=True))
    if not value.is_Rational:
        raise fault
    chain, steps = statement.chain, int(statement.time)
    try:
        ball = enclosed_moment(chain, statement.observable, start=start, steps=steps)
    except UnsupportedError:
        raise fault from None
    answer = _COMPARE[statement.op](ball - arb(fmpq(int(value.p), int(value.q))))
    if answer is None:
        return refuse(f"the moment is {ball.str(20)}, which does not tell: {fault}")
    return Discharge(True) if answer is not denied else refuse(f"the moment is {ball.str(20)}.")


def for_every_time(statement: MomentAfter, context: Context) -> list[Part]:
    """By induction with the closed forms that the option `closed` gives.

    What the hypotheses say of the number of steps is used for the last relation alone.
    """
    forms = {exact(p): exact(v) for p, v in dict(context.by.get("closed", {})).items()}
    if statement.observable not in forms and statement.op == "==":
        forms[statement.observable] = statement.value
    elif statement.observable not in forms:
        raise UnsupportedError(f"`closed` is to give {statement.observable} after t steps.")
    time = statement.time
    if str(time) in names_in((statement.chain, statement.start, *forms)):
        raise UnsupportedError(f"`{time}` counts the steps, and stands in the chain, too.")
    free = _without(context, str(time))
    transition = Transition.of(statement.chain, *forms)
    basis = [_Member(transition, p) for p in forms]
    start = dict(zip(statement.chain.state, statement.start, strict=True))
    parts: list[Part] = []
    for member, form in zip(basis, forms.values(), strict=True):
        moved = transition.apply(member.poly)
        first = substitute(transition.show(moved), start)
        weights, rest = _combination(transition, moved, basis)
        fed = (transition.show(w) * f for w, f in zip(weights, forms.values(), strict=True))
        after = sum(fed, transition.show(rest))
        relations = (
            eq(substitute(form, {time: exact(1)}), first),
            eq(substitute(form, {time: time + 1}), after),
        )
        parts += decided_each(relations, free, "then")
    last = Relation(statement.op, forms[statement.observable], statement.value)
    return parts if last.lhs == last.rhs else [*parts, (str(last), decided(last, context, "then"))]


def in_the_limit(statement: MomentTends, context: Context) -> list[Part]:
    """The limit of the moment, where each factor is below 1 in modulus."""
    found = limit(moment_system(statement.chain, statement.observable))
    bounds = [r for f in found.factors for r in (lt(f, 1), gt(f, -1))]
    relation = eq(found.value, statement.value)
    shown = (str(relation), decided(relation, context, "then"))
    return [*decided_each(bounds, context, "rate"), shown]


def not_in_the_limit(statement: MomentTends, context: Context) -> list[Part]:
    """Numbers alone: the moment has no limit from every start, or another one."""
    system = moment_system(statement.chain, statement.observable)
    if not system.is_numeric:
        raise UnsupportedError("That a moment does not tend is shown for numbers alone.")
    if not forgets(system):
        return [("the moment", Discharge(True))]
    relation = eq(limit(system).value, statement.value).negated()
    return [(str(relation), decided(relation, context, "then"))]


class _Member:
    """A polynomial with a closed form, and its leading monomial with a number before it."""

    def __init__(self, transition: Transition, observable: Expr) -> None:
        self.poly = transition.read(observable)
        groups = transition.by_state(self.poly)
        self.lead = _leading(groups)
        if self.lead is None or not groups[self.lead].is_constant():
            raise UnsupportedError(
                f"{observable} is to have a number before its leading monomial in the state."
            )
        self.scale = fmpq(1) / fmpq(groups[self.lead].leading_coefficient())


def _combination(
    transition: Transition, poly: Poly, basis: Sequence[_Member]
) -> tuple[list[Poly], Poly]:
    """Weights of the members, and a rest without state, that add up to `poly`."""
    by_lead = {member.lead: n for n, member in enumerate(basis)}
    if len(by_lead) < len(basis):
        raise UnsupportedError("Two closed forms are of moments with one leading monomial.")
    weights = [transition.ring.constant(0) for _ in basis]
    while True:
        groups = transition.by_state(poly)
        lead = _leading(groups)
        if lead is None:
            return weights, poly
        if lead not in by_lead:
            shown = transition.show(transition.monomial(lead))
            raise UnsupportedError(f"After a step there is {shown}: `closed` has no form for it.")
        n = by_lead[lead]
        weight = groups[lead] * basis[n].scale
        weights[n] = weights[n] + weight
        poly = poly - weight * basis[n].poly


def _leading(groups: Mapping[Exponents, Any]) -> Exponents | None:
    return max((m for m in groups if any(m)), key=lambda m: (sum(m), m), default=None)


def _without(context: Context, name: str) -> Context:
    """The context without hypotheses on `name`."""
    kept = tuple(h for h in context.hypotheses if name not in names_in(h))
    known = tuple(s for s in context.known if name not in names_in(s))
    return replace(context, hypotheses=kept, known=known)
