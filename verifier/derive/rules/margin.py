"""**margin**: a vector is the hard-margin solution of separable data, or it is not.

By the Karush-Kuhn-Tucker conditions, which are necessary and sufficient here: every y_i <w, x_i>
is at least 1, and w = sum_i a_i y_i x_i with a_i >= 0 and a_i (y_i <w, x_i> - 1) = 0. The a_i are
found over Q, or given as `multipliers=[...]`. The negation: a violated constraint, or a direction
that keeps the active constraints and shortens w, found or given as `direction=[...]`.
"""

from __future__ import annotations

from collections.abc import Sequence

import sympy
from flint import fmpq
from sympy import Expr

from verifier.by import Justification
from verifier.derive.consequences import assuming_all
from verifier.derive.context import Context, Discharge, Rule, all_hold, refuse, relation_holds
from verifier.derive.kernel.linear.linalg import rational_rows
from verifier.derive.kernel.linear.simplex import Separation, Solution, nonnegative_solution
from verifier.derive.nonzero import all_have_values, attempted
from verifier.derive.ranks import Ranked
from verifier.derive.rules.entrywise import every
from verifier.derive.rules.rank import no_rules
from verifier.exact.arrays import array
from verifier.exact.scalars import exact
from verifier.exact.statements import Not, Relation, Statement, eq, ge, gt, lt
from verifier.exact.statements.feasible import MaxMargin
from verifier.exact.statements.relation import entrywise
from verifier.verdict import FALSE, TRUE, Truth, unknown

OPTIONS = ("multipliers", "direction")


def discharge(statement: Statement, context: Context) -> Discharge:
    odd = [name for name, _ in context.by.options if name not in OPTIONS]
    if odd:
        return refuse(f"`margin` has no option `{odd[0]}`; it has {', '.join(OPTIONS)}.")
    context = assuming_all(context)
    if isinstance(statement, MaxMargin):
        return _holds(statement, context)
    if isinstance(statement, Not) and isinstance(statement.statement, MaxMargin):
        return _fails(statement.statement, context)
    return refuse("`margin` reads that a vector is the hard-margin solution, or the negation.")


def _holds(statement: MaxMargin, context: Context) -> Discharge:
    reader = context.reader()
    inside = [ge(slack, 0) for slack in statement.slack]
    admissible = every(reader, statement, inside)
    if not admissible.holds:
        return admissible
    given = context.by.get("multipliers")
    if given is None:
        found = _dual(statement, context)
        if isinstance(found, Separation):
            return Discharge(False, "a shorter vector is admissible.", disproof=True)
        if found is None:
            return refuse("the data or the vector are no rationals: give `multipliers`.")
        given = found
    multipliers = [exact(a) for a in given]
    if len(multipliers) != len(inside):
        return refuse(f"give {len(inside)} multipliers, one for each point.")
    gap = statement.normal - statement.constraints.T @ array(multipliers)
    relations: list[Relation] = [*entrywise(gap), *(ge(a, 0) for a in multipliers)]
    relations += [eq(a * s, 0) for a, s in zip(multipliers, statement.slack, strict=True)]
    values = all_have_values(reader, tuple(multipliers))
    parts = [("admissible", admissible), ("values", values)]
    return attempted(all_hold([*parts, ("multipliers", every(reader, statement, relations))]))


def _dual(statement: MaxMargin, context: Context) -> list[Expr] | Separation | None:
    """Multipliers of the active constraints, or the proof that there are none, over Q."""
    rows = rational_rows(Ranked.read(statement.constraints, context).rows)
    normal = rational_rows(Ranked.read(statement.normal, context).rows)
    if rows is None or normal is None:
        return None
    target = [row[0] for row in normal]
    pairs = [sum((c * w for c, w in zip(row, target, strict=True)), fmpq(0)) for row in rows]
    active = [i for i, value in enumerate(pairs) if value == 1]
    signs = [-1 if value < 0 else 1 for value in target]
    columns = [[c * s for c, s in zip(rows[i], signs, strict=True)] for i in active]
    found = nonnegative_solution(columns, [w * s for w, s in zip(target, signs, strict=True)])
    if isinstance(found, Solution):
        values = dict(zip(active, found.x, strict=True))
        return [_rational(values.get(i, fmpq(0))) for i in range(len(rows))]
    return Separation(tuple(y * s for y, s in zip(found.y, signs, strict=True)))


def _fails(statement: MaxMargin, context: Context) -> Discharge:
    reader = context.reader()
    values = all_have_values(reader, statement)
    for slack in statement.slack:
        broken = relation_holds(reader, lt(slack, 0))
        if broken.holds:
            return all_hold((("values", values), ("a violated constraint", broken)))
    given = context.by.get("direction")
    if given is None:
        found = _dual(statement, context)
        if not isinstance(found, Separation):
            text = "it satisfies the KKT conditions." if found else "no direction is given."
            return Discharge(False, text, disproof=bool(found) and _holds(statement, context).holds)
        given = [_rational(-y) for y in found.y]
    return all_hold((("values", values), ("shorter", _shorter(statement, given, context))))


def _shorter(statement: MaxMargin, given: Sequence[object], context: Context) -> Discharge:
    """<w, v> < 0, and each constraint has <c, v> >= 0 or is not active: w + t v is shorter."""
    v = array(list(given))
    if v.shape != statement.normal.shape:
        return refuse(f"a direction of shape {v.shape} does not fit.")
    reader = context.reader()
    shrinks = lt((statement.normal.T @ v)[0, 0], 0)
    parts = [("values", all_have_values(reader, v)), ("shrinks", relation_holds(reader, shrinks))]
    for slope, slack in zip((statement.constraints @ v).entries, statement.slack, strict=True):
        keeps = relation_holds(reader, ge(slope, 0))
        free = keeps if keeps.holds else relation_holds(reader, gt(slack, 0))
        parts.append((f"the constraint with slack {slack}", free))
    return attempted(all_hold(parts))


def _rational(value: fmpq) -> Expr:
    return sympy.Rational(int(value.p), int(value.q))


def truth(statement: Statement) -> Truth:
    """The answer for data of numbers."""
    context = Context((), Justification("margin"), no_rules)
    if discharge(statement, context).holds:
        return TRUE
    answer = discharge(Not(statement), context)
    return FALSE if answer.holds else unknown(answer.reason)


RULE = Rule("margin", "the hard-margin solution of separable data", discharge, (MaxMargin,), truth)
