"""**Chains**: what a statement on the moments of a Markov chain comes down to.

After a number of steps it is a relation of the exact moment, or of a ball around it. For every
number t of steps it is an induction: closed forms that are right after one step, and that a step
takes to those of t + 1, for moments of which each is a combination of the others before.
"""

from __future__ import annotations

import operator
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from flint import arb, fmpq
from sympy import Expr

from verifier.derive.context import Context, Discharge, refuse
from verifier.derive.drift import by_drift, kept
from verifier.derive.expectations import Part, decided, decided_each, values
from verifier.derive.nonzero import attempted
from verifier.errors import UnsupportedError
from verifier.exact.scalars import exact
from verifier.exact.statements import Relation, eq, ge, gt, le, lt
from verifier.exact.statements.chances import ChanceAfter
from verifier.exact.statements.moments import MomentAfter, MomentTends, is_whole
from verifier.exact.statements.relation import OPPOSITE
from verifier.exact.substitution import names_in, substitute
from verifier.process.after import enclosed_moment, exact_moment, is_long
from verifier.process.distribution import exact_chance
from verifier.process.stationary import forgets, limit
from verifier.process.system import moment_system
from verifier.process.transition import Exponents, Poly, Transition

_EXACTLY = {"==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le,
            ">": operator.gt, ">=": operator.ge}  # fmt: skip
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
    chain, steps = statement.chain, _steps(statement)
    start = dict(zip(chain.state, statement.start, strict=True))
    try:
        found = exact_moment(chain, statement.observable, start=start, steps=steps)
    except UnsupportedError as fault:
        return [("the moment", _by_ball(statement, denied, fault))]
    relation = Relation(statement.op, found, statement.value)
    return [_number_is(relation.negated() if denied else relation, context)]


def _number_is(relation: Relation, context: Context) -> Part:
    """What the exact number on the left is to the value, by a rule or, if it is long, at once."""
    found, value = relation.lhs, relation.rhs
    if not (found.is_Rational and is_long(found)):
        return str(relation), _uncertified(decided(relation, context, "then"))
    if not value.is_Rational:
        raise UnsupportedError("The moment is too long a number to be held against the value.")
    gap = Fraction(int(found.p), int(found.q)) - Fraction(int(value.p), int(value.q))
    holds = _EXACTLY[relation.op](gap, 0)
    reason = "" if holds else f"it is not {relation.op} {value}."
    return "the moment", Discharge(holds, reason, disproof=not holds)


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
    transition = Transition.of(statement.chain, *forms, statement.observable)
    basis = _Basis.of(transition, forms)
    asked = transition.read(statement.observable)
    if statement.op == "==" and not basis.spans(asked):
        forms[statement.observable] = statement.value
        basis = _Basis.of(transition, forms)
    time = str(statement.time)
    if time in names_in((statement.chain, statement.start, *forms)):
        raise UnsupportedError(f"`{time}` counts the steps, and stands in the chain, too.")
    last = Relation(statement.op, basis.moment(asked), statement.value)
    parts = _induction(statement, basis, _without(context, time))
    return parts if last.lhs == last.rhs else [*parts, (str(last), decided(last, context, "then"))]


def _induction(statement: MomentAfter, basis: _Basis, context: Context) -> list[Part]:
    """Each form is right after one step, and a step takes it from t to t + 1.

    What a step does is read off by polynomials, and shown by the rule all the same.
    """
    start = dict(zip(statement.chain.state, statement.start, strict=True))
    show, time = basis.transition.show, statement.time
    parts: list[Part] = []
    for member in basis.members:
        moved = basis.transition.apply(member.poly)
        first, after = substitute(show(moved), start), basis.moment(moved)
        relations = (
            eq(statement.chain.expected(show(member.poly)), show(moved)),
            eq(substitute(member.form, {time: exact(1)}), first),
            eq(substitute(member.form, {time: time + 1}), after),
        )
        parts += decided_each(relations, context, "then")
    return _attempted(parts)


def chance(statement: ChanceAfter, context: Context, *, denied: bool = False) -> list[Part]:
    """By the states that are reached, by what is kept, or by the mean of a function `test`."""
    if context.by.get("test") is not None:
        asked = replace(statement, op=OPPOSITE[statement.op]) if denied else statement
        return _by_test(asked, exact(context.by.get("test")), context)
    if kept(context):
        found, surely = exact(1), _surely(statement, context)
    else:
        start = dict(zip(statement.chain.state, statement.start, strict=True))
        steps = _steps(statement)
        found = exact_chance(statement.chain, statement.event, start=start, steps=steps)
        surely = []
    relation = Relation(statement.op, found, statement.value)
    return [*surely, _number_is(relation.negated() if denied else relation, context)]


def _surely(statement: ChanceAfter, context: Context) -> list[Part]:
    """The event holds at every state that is kept to."""
    if not is_whole(statement.time):
        _steps(statement)
    event, inside = statement.event, context.assuming(*kept(context))
    parts = values(statement.chain.law, (), (event.lhs, event.rhs), inside)
    return _attempted([*parts, (str(event), decided(event, inside, "shape"))])


def _by_test(statement: ChanceAfter, test: Expr, context: Context) -> list[Part]:
    """P(event) <= E[test] where the test is nowhere negative, and 1 or more at the event;

    P(event) >= E[test] where it is nowhere above 1, and 0 or less away from the event.
    """
    event, law = statement.event, statement.chain.law
    if names_in(test) & {str(symbol) for symbol in law.bound()}:
        raise UnsupportedError(f"{test} is to be a function of the state alone.")
    inside = context.assuming(*kept(context))
    match statement.op:
        case "<" | "<=":
            place, there, everywhere = event, ge(test, 1), ge(test, 0)
        case ">" | ">=":
            place, there, everywhere = event.negated(), le(test, 0), le(test, 1)
        case _:
            raise UnsupportedError("A test function bounds a chance from one side.")
    parts = values(law, (), (event.lhs, event.rhs, test), inside)
    parts += [(f"{there} where {place}", decided(there, inside.assuming(place), "shape"))]
    parts += decided_each([everywhere], inside, "shape")
    return _attempted([*parts, *moment(statement.mean_of(test), context)])


def moment(statement: MomentAfter, context: Context, *, denied: bool = False) -> list[Part]:
    """After a number of steps, or for every number of them."""
    if context.by.get("drift") is not None and not denied:
        return by_drift(statement, context)
    if is_whole(statement.time) and not denied:
        return for_every_time(statement, context)
    return after_steps(statement, context, denied=denied)


def _steps(statement: MomentAfter | ChanceAfter) -> int:
    if not (statement.time.is_Integer and statement.time >= 0):
        raise UnsupportedError(f"{statement.time} is no number of steps.")
    return int(statement.time)


def in_the_limit(statement: MomentTends, context: Context) -> list[Part]:
    """The limit of the moment, where each factor is below 1 in modulus."""
    found = limit(moment_system(statement.chain, statement.observable))
    bounds = [r for f in found.factors for r in (lt(f, 1), gt(f, -1))]
    relation = eq(found.value, statement.value)
    shown = (str(relation), _uncertified(decided(relation, context, "then")))
    return [*_attempted(decided_each(bounds, context, "rate")), shown]


def not_in_the_limit(statement: MomentTends, context: Context) -> list[Part]:
    """Numbers alone: the moment has no limit from every start, or another one."""
    system = moment_system(statement.chain, statement.observable)
    if not system.is_numeric:
        raise UnsupportedError("That a moment does not tend is shown for numbers alone.")
    if not forgets(system):
        return [("the moment", Discharge(True))]
    relation = eq(limit(system).value, statement.value).negated()
    return [(str(relation), _uncertified(decided(relation, context, "then")))]


@dataclass(frozen=True)
class _Member:
    """A polynomial with its mean after t steps, and its leading monomial with 1/scale before it."""

    poly: Poly
    form: Expr
    lead: Exponents
    scale: fmpq


@dataclass(frozen=True)
class _Basis:
    """Polynomials with closed forms, of different leading monomials."""

    transition: Transition
    members: tuple[_Member, ...]

    @staticmethod
    def of(transition: Transition, forms: Mapping[Expr, Expr]) -> _Basis:
        members = tuple(_member(transition, p, form) for p, form in forms.items())
        if len({member.lead for member in members}) < len(members):
            raise UnsupportedError("Two closed forms are of moments with one leading monomial.")
        return _Basis(transition, members)

    def spans(self, poly: Poly) -> bool:
        try:
            self.moment(poly)
        except UnsupportedError:
            return False
        return True

    def moment(self, poly: Poly) -> Expr:
        """The mean of `poly` after t steps, as a combination of the forms."""
        show, total = self.transition.show, exact(0)
        by_lead = {member.lead: member for member in self.members}
        while True:
            groups = self.transition.by_state(poly)
            lead = _leading(groups)
            if lead is None:
                return total + show(poly)
            if lead not in by_lead:
                shown = show(self.transition.monomial(lead))
                raise UnsupportedError(f"`closed` has no form for {shown}, which is needed.")
            member = by_lead[lead]
            weight = groups[lead] * member.scale
            total = total + show(weight) * member.form
            poly = poly - weight * member.poly


def _member(transition: Transition, observable: Expr, form: Expr) -> _Member:
    poly = transition.read(observable)
    groups = transition.by_state(poly)
    lead = _leading(groups)
    if lead is None or not groups[lead].is_constant():
        raise UnsupportedError(
            f"{observable} is to have a number before its leading monomial in the state."
        )
    return _Member(poly, form, lead, 1 / fmpq(groups[lead].leading_coefficient()))


def _uncertified(answer: Discharge) -> Discharge:
    """The relation has a certificate, but that it is the one to show rests on the engine."""
    return replace(answer, certified=False)


def _attempted(parts: list[Part]) -> list[Part]:
    """Answers that rest on what the author chose: the statement may hold where they do not."""
    return [(name, attempted(part)) for name, part in parts]


def _leading(groups: Mapping[Exponents, Any]) -> Exponents | None:
    return max((m for m in groups if any(m)), key=lambda m: (sum(m), m), default=None)


def _without(context: Context, name: str) -> Context:
    """The context without hypotheses on `name`."""
    kept = tuple(h for h in context.hypotheses if name not in names_in(h))
    known = tuple(s for s in context.known if name not in names_in(s))
    return replace(context, hypotheses=kept, known=known)
