"""**Between two points**: a symbol that runs from one point to another, and what holds for it.

A hypothesis that is affine in an end and holds at both ends holds in between: it is taken over.
Functions that are analytic inside and have a value at the ends are continuous there, since each
elementary function is continuous where it has a value; the mean value theorem applies to them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import sympy
from sympy import Expr, Symbol

from verifier.by import Justification
from verifier.derive.analytic import is_analytic
from verifier.derive.context import Context, Discharge, all_hold, has_value, refuse, relation_holds
from verifier.derive.kernel.linear.affine import is_affine
from verifier.errors import UnsupportedError
from verifier.exact.statements import Relation, ge, gt, le, lt
from verifier.exact.substitution import names_in, substitute

INSIDE = Symbol("{s}", real=True)


@dataclass(frozen=True)
class Between:
    """`INSIDE` runs from `low` to `high`, which the hypotheses of `context` put in this order.

    `inherited` are what the hypotheses on the ends say in between.
    """

    low: Expr
    high: Expr
    context: Context
    inherited: tuple[Relation, ...]

    @classmethod
    def of(cls, low: Expr, high: Expr, context: Context) -> Between:
        return cls(low, high, context, tuple(_inherited(low, high, context)))

    def running(self, *, left: bool, right: bool) -> Context:
        """With the left end, or the right end, or both, and what holds in between."""
        ends = (
            ge(INSIDE, self.low) if left else gt(INSIDE, self.low),
            le(INSIDE, self.high) if right else lt(INSIDE, self.high),
        )
        return self.context.assuming(*ends, *self.inherited)

    def is_analytic(self, expr: Expr, *, left: bool, right: bool) -> Discharge:
        """Whether `expr`, in `INSIDE`, is analytic inside and at the ends that are asked for."""
        return is_analytic(self.running(left=left, right=right).reader(), expr, [INSIDE])

    def is_continuous(self, expr: Expr) -> Discharge:
        """Whether `expr`, analytic inside, is continuous on the interval with both ends."""
        reader = self.running(left=True, right=True).reader()
        powers = (p for p in expr.atoms(sympy.Pow) if p.has(INSIDE) and p.base != sympy.E)
        bases = [gt(p.base, 0) for p in powers if not p.exp.is_Rational]
        parts = [("value", has_value(reader, expr))]
        return all_hold([*parts, *((str(base), relation_holds(reader, base)) for base in bases)])


def _inherited(low: Expr, high: Expr, context: Context) -> Iterator[Relation]:
    """Hypotheses that are affine in one end and hold at the other too."""
    reader = context.reader()
    for end, other in ((low, high), (high, low)):
        if not isinstance(end, Symbol):
            continue
        for relation in context.hypotheses:
            if relation.op == "!=" or str(end) not in names_in(relation):
                continue
            try:
                there = substitute(relation, {end: other})
                if is_affine(reader, relation, [end]) and _follows(there, context):
                    yield substitute(relation, {end: INSIDE})
            except (UnsupportedError, ZeroDivisionError):
                continue


def _follows(relation: Relation, context: Context) -> bool:
    """By the sign oracle, or as an affine consequence of the hypotheses."""
    by = Justification("linear")
    if relation_holds(context.reader(), relation).holds:
        return True
    return context.rules(by.rule).discharge(relation, context.with_rule(by)).holds


def by_oracle(relation: Relation, context: Context) -> Discharge:
    """A relation by the sign oracle."""
    try:
        return relation_holds(context.reader(), relation)
    except UnsupportedError as fault:
        return refuse(str(fault))


def shown(relation: Relation, context: Context) -> Discharge:
    """A relation by the sign oracle, or else by an identity with the hypotheses."""
    answer = by_oracle(relation, context)
    if answer.holds or answer.disproof:
        return answer
    by = Justification("positivstellensatz")
    try:
        other = context.rules(by.rule).discharge(relation, context.with_rule(by))
    except UnsupportedError:
        return answer
    return other if other.holds else replace(answer, reason=f"{answer.reason}\n  {other.reason}")
