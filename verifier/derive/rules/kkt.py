"""**kkt**: a point is the minimiser of a convex function on a convex set, by multipliers.

With the set written as c_k = 0, affine, and c_k <= 0, convex, and m_k >= 0 for the latter,

    grad f + sum_k m_k grad c_k = 0  and  m_k c_k = 0  at the point, which is in the set,

give f(x) >= f(p) - sum_k m_k (c_k(x) - c_k(p)) >= f(p) on it. For the only minimiser f is
strictly convex. Option `multipliers`: one for each relation of the set, in order; 0 if left
out. A fact that the function is convex is used; otherwise the rule `convex` shows it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, product

from sympy import Expr, Integer, Matrix, Rational

from verifier.by import Justification
from verifier.derive.along import moved_to
from verifier.derive.consequences import assuming_all, outside
from verifier.derive.context import (
    Context,
    Discharge,
    Rule,
    all_hold,
    conclude,
    refuse,
    relation_holds,
    vanishes,
)
from verifier.derive.kernel.field.reader import Reader
from verifier.derive.kernel.linear.affine import is_affine
from verifier.exact.scalars import exact
from verifier.exact.statements import Relation, Statement, eq, ge, le, lt
from verifier.exact.statements.convex import Convex
from verifier.exact.statements.minimiser import Minimiser
from verifier.exact.substitution import substitute
from verifier.verdict import FALSE, TRUE, Answer, Truth, unknown

TRIED = 27


def discharge(statement: Statement, context: Context) -> Discharge:
    if not isinstance(statement, Minimiser):
        return refuse("`kkt` reads that a point is a minimiser.")
    odd = [name for name, _ in context.by.options if name != "multipliers"]
    if odd:
        return refuse(f"`kkt` has no option `{odd[0]}`; it has multipliers.")
    strict = [r for r in statement.domain if r.op in ("<", ">", "!=")]
    if strict:
        return refuse(f"`kkt` reads sets of ==, <= and >=; {strict[0]} is none.")
    given = tuple(exact(m) for m in context.by.get("multipliers") or ())
    if given and len(given) != len(statement.domain):
        return refuse(f"{len(statement.domain)} relations need as many multipliers.")
    multipliers = given or (Integer(0),) * len(statement.domain)
    plain = outside(assuming_all(context), statement)
    return all_hold(
        (
            *_convex_problem(statement, context, plain),
            *_at_the_point(statement, multipliers, plain),
            ("stationary", _stationary(statement, multipliers, plain)),
        )
    )


def gap(relation: Relation) -> Expr:
    """c with c = 0 or c <= 0 for the relation."""
    difference: Expr = relation.lhs - relation.rhs
    return -difference if relation.op == ">=" else difference


def _convex_problem(
    statement: Minimiser, context: Context, plain: Context
) -> list[tuple[str, Discharge]]:
    rule, by = context.rules("convex"), Justification("convex")
    reader = plain.reader()
    parts = []
    for relation in statement.domain:
        if is_affine(reader, relation, statement.variables):
            continue
        if relation.op == "==":
            parts.append((str(relation), refuse("an equation that is not affine.")))
            continue
        level = Convex(gap(relation), statement.variables)
        parts.append((str(relation), rule.discharge(level, plain.with_rule(by))))
    variants = [
        Convex(statement.objective, statement.variables, domain, strictly)
        for domain in ((), statement.domain)
        for strictly in ((True,) if statement.unique else (False, True))
    ]
    if not any(fact in context.known for fact in variants):
        shown = [rule.discharge(fact, plain.with_rule(by)) for fact in variants[:1]]
        if not shown[0].holds and statement.domain:
            within = Convex(
                statement.objective, statement.variables, statement.domain, statement.unique
            )
            shown.append(rule.discharge(within, plain.with_rule(by)))
        parts.append(("the objective", shown[-1]))
    return parts


def _at_the_point(
    statement: Minimiser, multipliers: Sequence[Expr], plain: Context
) -> list[tuple[str, Discharge]]:
    here = dict(zip(statement.variables, statement.point, strict=True))
    reader = plain.reader()
    parts: list[tuple[str, Discharge]] = []
    for relation, multiplier in zip(statement.domain, multipliers, strict=True):
        at = substitute(relation, here)
        difference = at.lhs - at.rhs
        if relation.op == "==":
            parts.append((str(at), vanishes(reader, difference, at.lhs, at.rhs)))
            continue
        parts.append((str(at), relation_holds(reader, at)))
        sign = ge(multiplier, 0)
        parts.append((str(sign), relation_holds(reader, sign)))
        product = multiplier * difference
        name = str(eq(product, 0))
        parts.append((name, vanishes(reader, product, multiplier, difference)))
    return parts


def _stationary(statement: Minimiser, multipliers: Sequence[Expr], plain: Context) -> Discharge:
    """The kernel differentiates the Lagrangian; the multipliers are constants of it."""
    terms = (m * gap(r) for m, r in zip(multipliers, statement.domain, strict=True))
    lagrangian = statement.objective + sum(terms, Integer(0))
    moved = {s for m in multipliers for s in m.free_symbols} & set(statement.variables)
    if moved:
        return refuse(f"a multiplier may not use the variable `{min(map(str, moved))}`.")
    reader = plain.reader()
    points = dict(zip(statement.variables, statement.point, strict=True))
    found = moved_to(lagrangian, points, reader, second=False)
    for variable, slope in zip(statement.variables, found.gradient, strict=True):
        if not slope.is_zero:
            return refuse(f"the derivative of the Lagrangian by {variable} is\n    {slope}")
    return conclude(reader, found.conditions)


def truth(statement: Statement) -> Truth:
    """FALSE where the point is outside the set, or another one of the set is found to be better.

    TRUE where multipliers that solve the equations for a stationary point discharge the rule.
    """
    if not isinstance(statement, Minimiser):
        return unknown("only minimisers are decided.")
    reader = Context((), Justification("kkt"), _rules).reader()
    here = dict(zip(statement.variables, statement.point, strict=True))
    for relation in statement.domain:
        answer = relation_holds(reader, substitute(relation, here))
        if not answer.holds:
            return FALSE if answer.disproof else unknown(answer.reason)
    least = substitute(statement.objective, here)
    for there in (*_neighbours(statement.point), *_along(statement)):
        moved = dict(zip(statement.variables, there, strict=True))
        value = substitute(statement.objective, moved)
        better = le(value, least) if statement.unique else lt(value, least)
        asked = [substitute(relation, moved) for relation in statement.domain]
        if all(_holds(reader, relation) for relation in (*asked, better)):
            shown = ", ".join(f"{x} = {v}" for x, v in moved.items())
            return Truth(Answer.FALSE, f"at {shown} it is {value}, not above {least}")
    by = Justification("kkt")(multipliers=_multipliers(statement))
    if discharge(statement, Context((), by, _rules)).holds:
        return TRUE
    return unknown("no better point was found.")


def _along(statement: Minimiser) -> Iterator[tuple[Expr, ...]]:
    """Points that keep the equations to first order."""
    rows = [_gradient(statement, gap(r)) for r in statement.domain if r.op == "=="]
    if not rows or not all(value.is_Rational for row in rows for value in row):
        return
    for way in Matrix(rows).nullspace():
        for size in (Integer(1), Rational(1, 8), Rational(1, 64)):
            for step in (size, -size):
                pairs = zip(statement.point, way, strict=True)
                yield tuple(value + step * slope for value, slope in pairs)


def _multipliers(statement: Minimiser) -> tuple[Expr, ...]:
    """A solution of grad f + sum_k m_k grad c_k = 0 with 0 where c_k < 0; zeros if it has none."""
    here = dict(zip(statement.variables, statement.point, strict=True))
    none = (Integer(0),) * len(statement.domain)
    gaps = [gap(relation) for relation in statement.domain]
    active = [n for n, c in enumerate(gaps) if substitute(c, here) == 0]
    rows = [_gradient(statement, gaps[n]) for n in active]
    slope = _gradient(statement, statement.objective)
    if not rows or not all(value.is_Rational for row in (*rows, slope) for value in row):
        return none
    try:
        found, free = Matrix(rows).T.gauss_jordan_solve(-Matrix(slope))
    except ValueError:
        return none
    solved = dict(zip(active, found.subs(dict.fromkeys(free, 0)), strict=True))
    return tuple(solved.get(n, Integer(0)) for n in range(len(gaps)))


def _gradient(statement: Minimiser, expr: Expr) -> list[Expr]:
    here = dict(zip(statement.variables, statement.point, strict=True))
    return [expr.diff(variable).subs(here) for variable in statement.variables]


def _neighbours(point: Sequence[Expr]) -> Iterator[tuple[Expr, ...]]:
    """Other points to try: the mirror image, and steps of each size along few directions."""
    if any(value != 0 for value in point):
        yield tuple(-value for value in point)
    for size in (Integer(1), Rational(1, 8), Rational(1, 64)):
        for way in islice(product((0, 1, -1), repeat=len(point)), 1, TRIED):
            yield tuple(value + size * step for value, step in zip(point, way, strict=True))


def _holds(reader: Reader, relation: Relation) -> bool:
    if relation.op == "==":
        return vanishes(reader, relation.lhs - relation.rhs, relation.lhs, relation.rhs).holds
    return relation_holds(reader, relation).holds


def _rules(name: str) -> Rule:
    from verifier.derive.side import rule_named

    return rule_named(name)


RULE = Rule("kkt", "a minimiser of a convex problem", discharge, (Minimiser,), truth)
