"""**induction**: a statement for every whole number from a first one on.

`by.induction(on=n, start=1, base=..., step=...)` shows the statement at n = start by `base`, and at
n + 1 by `step`, which may use the statement at n and n >= start. With `increment` in its place, the
sides of a relation are compared by what they grow from n to n + 1. `also` are statements that are
shown along with it. A hypothesis about n must be a lower bound, for which start is no later.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sympy import Integer, Symbol

from verifier.by import Justification
from verifier.derive.context import Context, Discharge, Rule, all_hold, is_scalar, refuse
from verifier.derive.quantified import renewed, split
from verifier.errors import StatementError
from verifier.exact.families import is_count
from verifier.exact.scalars import exact
from verifier.exact.statements import Relation, Statement, ge
from verifier.exact.substitution import bound_names, names_in, substitute

OPTIONS = {"on", "start", "base", "step", "increment", "also"}
WEAK = {"<": "<=", ">": ">=", "<=": "<=", ">=": ">=", "==": "=="}


def discharge(statement: Statement, context: Context) -> Discharge:
    given = dict(context.by.options)
    n, start = given.get("on"), exact(given.get("start", 1))
    base, step, increment = (given.get(name) for name in ("base", "step", "increment"))
    also = tuple(given.get("also", ()))
    unknown = sorted(given.keys() - OPTIONS)
    if unknown:
        return refuse(f"`induction` has no option `{unknown[0]}`.")
    if not isinstance(n, Symbol) or not is_count(n):
        return refuse(f"`induction` is on a whole number, made with indices; `on` is {n!r}.")
    if not start.is_Integer or start < 1:
        return refuse(f"`start` is a whole number of at least 1, got {start}.")
    then = [by for by in (step, increment) if isinstance(by, Justification)]
    if not isinstance(base, Justification) or len(then) != 1:
        return refuse("`induction` needs `base`, and `step` or `increment`, as justifications.")
    together = tuple(dict.fromkeys((statement, *also)))
    if increment is not None and not all(map(_may_grow, together)):
        return refuse("`increment` compares the sides of <, <=, >, >= or == between scalars.")
    trouble = _trouble(n, start, together, context)
    if trouble:
        return refuse(trouble)
    try:
        first = [substitute(part, {n: start}) for part in together]
        later = [substitute(part, {n: n + 1}) for part in together]
        if increment is not None:
            later = [_growth(*pair) for pair in zip(together, later, strict=True)]
    except StatementError as fault:
        return refuse(f"{n} is the size of a family, which has no larger one: {fault}")
    at_start = _context(context, n, (), (start,), first)
    known = [ge(n, start), *(part for part in together if isinstance(part, Relation))]
    onward = _context(context, n, known, (n, n + 1), later)
    others = tuple(part for part in together if not isinstance(part, Relation))
    onward = replace(onward, known=(*onward.known, *others))
    return all_hold(
        (
            *((f"{n} = {start}", _by(base, part, at_start)) for part in first),
            *((f"{n} + 1", _by(then[0], part, onward)) for part in later),
        )
    )


def _may_grow(part: Statement) -> bool:
    return isinstance(part, Relation) and part.op in WEAK and is_scalar(part.lhs)


def _growth(before: Statement, after: Statement) -> Statement:
    """The sides of `before` grow in its sense, until they are those of `after`."""
    if not (isinstance(before, Relation) and isinstance(after, Relation)):
        return after
    op: Any = WEAK[before.op]
    return Relation(op, after.lhs - before.lhs, after.rhs - before.rhs)


def _by(then: Justification, part: Statement, context: Context) -> Discharge:
    return context.rules(then.rule).discharge(part, context.with_rule(then))


def _trouble(n: Symbol, start: Integer, together: Sequence[Statement], context: Context) -> str:
    """Why there can be no induction, or nothing."""
    for part in together:
        if str(n) not in names_in(part) or str(n) in bound_names(part):
            return f"{part} says nothing of `{n}`, or binds it."
    for thing in context.known:
        if str(n) in names_in(thing):
            return f"{thing} is about `{n}`, and need not hold for {n} + 1."
    plain, laws = split(context.hypotheses)
    about = [relation for relation in plain if str(n) in names_in(relation)]
    bounds = {relation: _lower_bound(relation, n) for relation in about}
    low = max((bound for bound in bounds.values() if bound is not None), default=Integer(1))
    called = {(law.op, law.lhs, law.rhs) for law in laws}
    for relation, bound in bounds.items():
        if bound is None and (relation.op, relation.lhs, relation.rhs) not in called:
            return f"{relation} is about `{n}`, and need not hold for {n} + 1."
    if start > low:
        return f"it starts at {n} = {start}, and {n} = {low} is allowed."
    return ""


def _lower_bound(relation: Relation, n: Symbol) -> Integer | None:
    """The least n that `relation` allows, when it says that and nothing else."""
    lhs, rhs, op = relation.lhs, relation.rhs, str(relation.op)
    if rhs == n:
        lhs, rhs, op = rhs, lhs, {"<": ">", "<=": ">="}.get(op, "")
    if lhs != n or op not in (">", ">=") or not rhs.is_Rational:
        return None
    whole = rhs.ceiling()
    return Integer(whole + 1 if op == ">" and whole == rhs else whole)


def _context(
    context: Context, n: Symbol, known: Sequence[Relation], places: Sequence[Any], things: Any
) -> Context:
    plain, laws = split(context.hypotheses)
    kept = [relation for relation in plain if str(n) not in names_in(relation)]
    return replace(context, hypotheses=renewed((*kept, *known), laws, things, places=places))


RULE = Rule(
    "induction", "a statement about a whole number n, for every n from a first one", discharge
)
