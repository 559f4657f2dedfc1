"""**independence**: functions are linearly independent on a domain, or they are not.

In this order, unless an option chooses: coefficients over different x^a exp(<r, x>), for every
number of functions; values at points (`points=[{x: ...}, ...]`); derivatives at a point inside
the domain (`at={x: ...}`: Wronskian, Taylor coefficients); `growth=oo` for functions of one
variable that are listed with the fastest first. Dependent are functions with a combination that is
zero: found by elimination, or given as `relation=[...]`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

import sympy
from sympy import Expr, Symbol

from verifier.by import Justification
from verifier.derive.consequences import assuming_all
from verifier.derive.context import (
    Context,
    Discharge,
    Rule,
    all_hold,
    refuse,
    relation_holds,
    vanishes,
)
from verifier.derive.domains import Domain, Values
from verifier.derive.families import family_shown
from verifier.derive.jets import jets_at, orders_upto
from verifier.derive.kernel.field.exponents import expanded
from verifier.derive.kernel.field.express import express
from verifier.derive.kernel.linear.relations import relations_of
from verifier.derive.nonzero import all_have_values, attempted, nonzero
from verifier.derive.ranks import full_row_rank, rank_at_point
from verifier.derive.rules.entrywise import holds
from verifier.derive.rules.rank import no_rules
from verifier.errors import UnsupportedError
from verifier.exact.arrays import Array
from verifier.exact.scalars import exact
from verifier.exact.statements import Not, Statement, gt, ne, tends
from verifier.exact.statements.independent import Independent, IndependentFamily
from verifier.exact.substitution import names_in, substitute
from verifier.verdict import FALSE, TRUE, Truth, unknown

OPTIONS = ("points", "at", "growth", "relation")
FROM = (0, 1, 3, 10)  # where functions of growth are looked at: x > 0, x > 1, ...


def discharge(statement: Statement, context: Context) -> Discharge:
    odd = [name for name, _ in context.by.options if name not in OPTIONS]
    if odd:
        return refuse(f"`independence` has no option `{odd[0]}`; it has {', '.join(OPTIONS)}.")
    context = assuming_all(context)
    if isinstance(statement, IndependentFamily):
        return family_shown(statement, context)
    denied = statement.statement if isinstance(statement, Not) else statement
    if not isinstance(denied, Independent):
        return refuse("`independence` reads that functions are independent, or the negation.")
    domain = Domain.of(denied, denied.variables, denied.domain, context)
    values = all_have_values(domain.inside.reader(), denied)
    if not values.holds:
        return values
    shown = _dependent(denied, domain) if isinstance(statement, Not) else _shown(denied, domain)
    if not shown.holds:
        return shown
    return replace(all_hold((("values", values), ("shown", shown))), reason=shown.reason)


def _shown(statement: Independent, domain: Domain) -> Discharge:
    by = domain.plain.by
    if by.get("growth") is not None:
        return attempted(_by_growth(statement, domain))
    if by.get("points") is not None:
        return attempted(_by_values(statement, domain, [list(by.get("points"))]))
    if by.get("at") is not None:
        return attempted(_by_derivatives(statement, domain, by.get("at")))
    reasons = []
    for attempt in (_by_coefficients, _by_some_values, _by_some_derivatives):
        try:
            answer = attempt(statement, domain)
        except UnsupportedError as fault:
            answer = refuse(str(fault))
        if answer.holds:
            return answer
        reasons.append(answer.reason)
    opposite = _dependent(statement, domain)
    if opposite.holds:
        return Discharge(False, f"they are dependent: {opposite.reason}", disproof=True)
    return refuse("; ".join(dict.fromkeys(reasons)))


def _by_coefficients(statement: Independent, domain: Domain) -> Discharge:
    reader = domain.inside.reader()
    reader.fresh(statement.functions[0], *statement.functions)
    elements = [reader.read(function) for function in statement.functions]
    full = full_row_rank(reader, expanded(reader, elements, statement.variables).rows)
    if not full.holds:
        return full
    open_set = _has_interior(domain)
    return replace(all_hold((("an open set", open_set), ("rows", full))), reason=full.reason)


def _has_interior(domain: Domain) -> Discharge:
    if not domain.relations:
        return Discharge(True, certified=True)
    for point in domain.points():
        return domain.is_around(point)
    return refuse("no point inside the domain was found.")


def _by_some_values(statement: Independent, domain: Domain) -> Discharge:
    count = len(statement.functions)
    found = list(islice(domain.points(), 3 * count))
    if len(domain.variables) == 1 and not domain.relations:
        found = [{domain.variables[0]: sympy.Integer(k)} for k in range(count)] + found
    numbers = names_in(statement) == frozenset()
    return _by_values(statement, domain, [found[:count], *([found] if numbers else [])])


def _by_values(
    statement: Independent, domain: Domain, lists: Sequence[Sequence[Mapping[Any, Any]]]
) -> Discharge:
    """Whether the matrix of values at one of the lists of points has full rank."""
    answer = refuse("no points in the domain were found: give `points`.")
    count = len(statement.functions)
    for points in lists:
        if len(points) < count:
            continue
        moved = [{v: exact(point[v]) for v in statement.variables} for point in points]
        inside = all_hold((f"at {at}", _in_domain(at, domain)) for at in moved)
        if not inside.holds:
            return inside
        table = Array(tuple(tuple(substitute(statement.functions, at)) for at in moved))
        answer = rank_at_point(table, count, domain.plain)
        if answer.holds:
            reason = f"values at {len(points)} points have rank {count}"
            return replace(all_hold((("inside", inside), ("rank", answer))), reason=reason)
    return answer


def _in_domain(point: Values, domain: Domain) -> Discharge:
    reader = domain.plain.reader()
    values = all_have_values(reader, tuple(point.values()))
    relations = (substitute(relation, point) for relation in domain.relations)
    return all_hold((("value", values), *((str(r), holds(reader, r)) for r in relations)))


def _by_some_derivatives(statement: Independent, domain: Domain) -> Discharge:
    answer = refuse("no point inside the domain was found: give one as at=.")
    for point in _some_points(domain):
        answer = _by_derivatives(statement, domain, point)
        if answer.holds:
            return answer
    return answer


def _some_points(domain: Domain) -> Iterator[Values]:
    if not domain.relations:
        yield dict.fromkeys(domain.variables, sympy.Integer(0))
    yield from islice(domain.points(), 2)


def _by_derivatives(statement: Independent, domain: Domain, at: Mapping[Symbol, Any]) -> Discharge:
    """Whether derivatives at one point inside give a matrix of full rank."""
    point = {v: exact(at[v]) for v in statement.variables}
    inside = domain.is_around(point)
    if not inside.holds:
        return inside
    count, width = len(statement.functions), len(statement.variables)
    degree = count + 1 if width == 1 else 2 if count <= (width + 1) * (width + 2) // 2 else 3
    orders = list(orders_upto(width, degree))
    if len(orders) < count:
        return refuse(f"derivatives up to the order {degree} are too few for {count} functions.")
    jets = jets_at(statement.functions, point, orders, domain.plain)
    if not jets.valued.holds:
        return jets.valued
    full = full_row_rank(jets.reader, [list(column) for column in zip(*jets.rows, strict=True)])
    shown = ", ".join(f"{variable} = {value}" for variable, value in point.items())
    parts = (("inside", inside), ("values", jets.valued), ("rank", full))
    return replace(all_hold(parts), reason=f"derivatives at {shown}: {full.reason}")


def _by_growth(statement: Independent, domain: Domain) -> Discharge:
    """f_(i+1)/f_i -> 0 at oo, where no f_i has a zero beyond some point."""
    if len(statement.variables) != 1 or statement.domain:
        return refuse("growth at infinity is for functions of one variable on the whole line.")
    if domain.plain.by.get("growth") != sympy.oo:
        return refuse("`growth` is oo.")
    (x,) = statement.variables
    parts = [(f"{f} != 0 for large {x}", _never_zero(f, x, domain)) for f in statement.functions]
    rule = domain.plain.rules("limit")
    inner = domain.plain.with_rule(Justification("limit"))
    for slower, faster in zip(statement.functions[1:], statement.functions, strict=False):
        falls = tends(slower / faster, x, sympy.oo, 0)
        parts.append((str(falls), rule.discharge(falls, inner)))
    return all_hold(parts)


def _never_zero(function: Expr, variable: Symbol, domain: Domain) -> Discharge:
    answer = refuse("")
    for start in FROM:
        beyond = domain.plain.assuming(gt(variable, start))
        answer = relation_holds(beyond.reader(), ne(function, 0))
        if answer.holds:
            return answer
    return answer


def _dependent(statement: Independent, domain: Domain) -> Discharge:
    given = domain.plain.by.get("relation")
    reader = domain.inside.reader()
    if given is not None:
        return _by_relation(statement, [exact(c) for c in given], domain)
    reader.fresh(statement.functions[0], *statement.functions)
    elements = [reader.read(function) for function in statement.functions]
    atoms = {str(s): s for f in statement.functions for s in f.free_symbols}
    for vector in relations_of(reader.tower, elements, statement.variables):
        weights = [express(weight, atoms) for weight in vector]
        answer = _by_relation(statement, weights, domain)
        if answer.holds:
            return answer
    return refuse("no combination is found to be zero: give a `relation`.")


def _by_relation(statement: Independent, weights: Sequence[Expr], domain: Domain) -> Discharge:
    """Whether sum_k c_k f_k = 0 on the domain, with c free of the variables and not zero."""
    if len(weights) != len(statement.functions):
        return refuse(f"a relation has {len(statement.functions)} coefficients.")
    if any(weight.free_symbols & set(statement.variables) for weight in weights):
        return refuse("the coefficients of a relation depend on no variable.")
    pairs = zip(weights, statement.functions, strict=True)
    total = sympy.Add(*(weight * function for weight, function in pairs))
    zero = vanishes(domain.inside.reader(), total, *weights, *statement.functions)
    size = sympy.Add(*(weight**2 for weight in weights))
    parts = (("zero", zero), ("not trivial", nonzero(domain.plain.reader(), size)))
    shown = " + ".join(f"({w})*({f})" for w, f in zip(weights, statement.functions, strict=True))
    answer = all_hold(parts)
    return replace(answer, reason=f"{shown} = 0") if answer.holds else attempted(answer)


def truth(statement: Statement) -> Truth:
    """The answer for functions without other symbols than their variables."""
    context = Context((), Justification("independence"), no_rules)
    if isinstance(statement, IndependentFamily):
        return truth(statement.members())
    answer = discharge(statement, context)
    if answer.holds:
        return TRUE
    if answer.disproof or discharge(Not(statement), context).holds:
        return FALSE
    return unknown(answer.reason)


RULE = Rule(
    "independence",
    "linear independence of functions on a domain, or the negation",
    discharge,
    (Independent, IndependentFamily),
    truth,
)
