"""**squeeze**: a limit, also a joint or a uniform one, from an explicit bound that goes to zero.

Options: `bound` b, an expression with |expr - value| <= b near the point, that is `within` a
distance of it (beyond that number, where the point is infinite), and the rule `then` that shows the
two inequalities, which is `sign` unless it is given.

A uniform limit needs a bound without the parameters. A bound of a joint limit is a sum of products
of functions of one variable each: every factor has a finite limit, and in each product one of the
limits is 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import sympy
from sympy import Expr, Symbol

from verifier import by
from verifier.by import Justification
from verifier.derive.context import Context, Discharge, Rule, all_hold, conclude, refuse
from verifier.derive.kernel.field.reader import Reader
from verifier.derive.kernel.field.signsets import ZERO
from verifier.derive.kernel.limits.limit import Comparison, check_bound, compare
from verifier.errors import UnsupportedError
from verifier.exact.scalars import exact
from verifier.exact.statements import Relation, Statement, ge, gt, le, lt
from verifier.exact.statements.limit import INFINITE, Approach, Tends
from verifier.exact.statements.paths import TendsJointly, TendsUniformly
from verifier.exact.substitution import names_in, substitute

KINDS = (Tends, TendsJointly, TendsUniformly)
OPTIONS = ("bound", "then", "within")


def discharge(statement: Statement, context: Context) -> Discharge:
    if not isinstance(statement, KINDS):
        return refuse("`squeeze` reads limits in difference, joint and uniform ones only.")
    odd = sorted({name for name, _ in context.by.options} - set(OPTIONS))
    if odd or context.by.get("bound") is None:
        wrong = f"has no option `{odd[0]}`" if odd else "needs its `bound`"
        return refuse(f"`squeeze` {wrong}; the options are {', '.join(OPTIONS)}.")
    if statement.value in INFINITE:
        return refuse("`squeeze` shows finite limits only.")
    bound = exact(context.by.get("bound"))
    to = statement.to if isinstance(statement.to, tuple) else (statement.to,)
    if isinstance(statement, Tends) and len(to) > 1:
        return refuse("limits in turn are no joint limit: `squeeze` takes one variable.")
    over = statement.over if isinstance(statement, TendsUniformly) else ()
    if bound.free_symbols & set(over):
        return refuse(f"the bound {bound} depends on the parameters that it is uniform in.")
    _check_names(statement, to, over, bound)
    given = statement.given if isinstance(statement, TendsUniformly) else ()
    outside = _without(context, statement)
    near = outside.assuming(*given, *_region(to, context.by.get("within")))
    parts = (
        *_inequalities(statement.expr - statement.value, bound, near),
        *_vanishing(bound, to, outside.reader()),
    )
    # a bound that is false says nothing against the limit
    return replace(all_hold(parts), disproof=False)


def _check_names(
    statement: Statement, to: tuple[Approach, ...], over: tuple[Symbol, ...], bound: Expr
) -> None:
    expr, value, *_ = statement.parts()
    check_bound(to, inside=(expr, bound), outside=(value,))
    if any(approach.point.free_symbols & {a.variable for a in to} for approach in to):
        raise UnsupportedError("The points of a joint limit are fixed.")
    parameters = tuple(Approach(symbol, sympy.Integer(0)) for symbol in over)
    check_bound(parameters, inside=(expr, value), outside=[a.point for a in to])


def _without(context: Context, statement: Statement) -> Context:
    """A hypothesis on a name that is bound here speaks of something else."""
    bound = {str(symbol) for symbol in statement.bound()}
    kept = tuple(h for h in context.hypotheses if not names_in(h) & bound)
    return replace(context, hypotheses=kept)


def _region(to: tuple[Approach, ...], within: object) -> Iterator[Relation]:
    """Where the variables are near their points, each on its side."""
    radius = None if within is None else exact(within)
    if radius is not None and not (radius.is_Rational and radius > 0):
        raise UnsupportedError(f"`within` is a positive rational, got {radius}.")
    for approach in to:
        variable, point = approach.variable, approach.point
        if point in INFINITE:
            far = radius or sympy.Integer(1)
            yield gt(variable, far) if point == sympy.oo else lt(variable, -far)
            continue
        if approach.side != "both":
            yield gt(variable, point) if approach.side == "+" else lt(variable, point)
        if radius is not None:
            yield le(variable, point + radius)
            yield ge(variable, point - radius)
    if all(approach.side == "both" and approach.point not in INFINITE for approach in to):
        yield gt(sympy.Add(*((a.variable - a.point) ** 2 for a in to)), 0)


def _inequalities(gap: Expr, bound: Expr, near: Context) -> Iterator[tuple[str, Discharge]]:
    then: Justification = near.by.get("then", by.sign)
    rule, inner = near.rules(then.rule), near.with_rule(then)
    for relation in (le(gap, bound), le(-gap, bound)):
        yield str(relation), rule.discharge(relation, inner)


def _vanishing(
    bound: Expr, to: tuple[Approach, ...], reader: Reader
) -> Iterator[tuple[str, Discharge]]:
    """Each product of the bound goes to zero."""
    if len(to) == 1:
        answer = compare(reader, Tends(bound, sympy.Integer(0), to))
        yield f"{bound} -> 0", _concluded(bound, to[0], answer, reader)
        return
    for term in sympy.Add.make_args(sympy.expand(bound)):
        yield f"{term} -> 0", _product(term, to, reader)


def _product(term: Expr, to: tuple[Approach, ...], reader: Reader) -> Discharge:
    factors = {approach: sympy.Integer(1) for approach in to}
    for factor in sympy.Mul.make_args(term):
        met = [a for a in to if factor.has(a.variable)]
        if len(met) > 1:
            return refuse(f"the factor {factor} depends on more than one variable.")
        if met:
            factors[met[0]] *= factor
    small, parts = False, []
    for approach, factor in factors.items():
        if not factor.has(approach.variable):
            continue
        answer = compare(reader, Tends(factor, sympy.Integer(0), (approach,)))
        small = small or answer.signs == ZERO
        if answer.found.value is None:
            return refuse(f"{factor} tends to {answer.found} as {approach}.")
        parts.append((str(factor), conclude(reader, answer.conditions)))
        if approach.side == "both" and approach.point not in INFINITE:
            parts.append(
                (f"{factor} at {approach.point}", _there(factor, approach, answer, reader))
            )
    if not small:
        return refuse(f"no factor of {term} goes to zero by itself.")
    return all_hold(parts)


def _there(factor: Expr, approach: Approach, answer: Comparison, reader: Reader) -> Discharge:
    """With both sides the variable may stay at its point, where the value is the limit as well."""
    there = substitute(factor, {approach.variable: approach.point})
    element, conditions = reader.fresh(there)
    if answer.found.value is None or not (element - answer.found.value).is_zero:
        return refuse(f"it is {element} there, and not {answer.found}.")
    return conclude(reader, conditions)


def _concluded(bound: Expr, to: Approach, answer: Comparison, reader: Reader) -> Discharge:
    if answer.signs != ZERO:
        return refuse(f"{bound} tends to {answer.found} as {to}.")
    return conclude(reader, answer.conditions)


RULE = Rule("squeeze", "a limit, joint or uniform, by a bound that goes to zero", discharge)
