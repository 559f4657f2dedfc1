"""**Ground truth**: the exact answer for a closed statement, by the kernel alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sympy import Expr, Symbol

from verifier.by import Justification
from verifier.derive.context import Context, uncertified
from verifier.derive.kernel.field.reader import SIGNS, Reader
from verifier.derive.nonzero import all_have_values
from verifier.derive.rules.hessian_map import discharge as hessian_map
from verifier.derive.rules.identity import differences
from verifier.derive.side import all_rules, rule_named
from verifier.errors import UnsupportedError
from verifier.exact.arrays import Array
from verifier.exact.scalars import exact
from verifier.exact.statements import HessianMap, Not, Relation, Statement, negation
from verifier.exact.substitution import open_scalars, scalars_in, sizes_in
from verifier.verdict import FALSE, TRUE, Truth, all_of, unknown


def decide_exactly(statement: Statement, *, dimension: int | None = None) -> Truth:
    """TRUE, FALSE, or UNKNOWN with the reason, for a statement without free parameters.

    Hessian-map statements keep their coordinates and take `dimension`. An undefined statement
    is UNKNOWN.
    """
    try:
        parts = statement.unfolded()
        if parts is not None:
            return _together(statement, parts)
        if isinstance(statement, Relation) and isinstance(statement.lhs, Array):
            return ~decide_exactly(negation(statement))
        if isinstance(statement, Relation):
            return _relation(statement)
        if isinstance(statement, HessianMap) and dimension is not None:
            return _hessian_map(statement, dimension)
        if isinstance(statement, Not):
            return ~decide_exactly(statement.statement, dimension=dimension)
        return _by_rules(statement, dimension)
    except UnsupportedError as fault:
        return unknown(str(fault))
    except ZeroDivisionError as fault:
        return unknown(f"it has no value: {fault}")


def _by_rules(statement: Statement, dimension: int | None) -> Truth:
    """The answer of the first rule that has one."""
    answer = unknown(f"`{type(statement).__name__}` is not decided at a point.")
    for rule in all_rules().values():
        if rule.truth is not None and isinstance(statement, rule.decides):
            try:
                answer = _by_rule(rule.truth, statement, dimension)
            except UnsupportedError as fault:
                answer = unknown(str(fault))
            if not answer.unknown:
                return answer
    return answer


def _together(statement: Statement, parts: Iterable[Statement]) -> Truth:
    """All parts, provided that every scalar of the statement has a value."""
    values = all_have_values(Reader(), *open_scalars(statement))
    if not values.holds:
        return unknown(values.reason)
    return all_of(decide_exactly(part) for part in parts)


def _by_rule(decide: Callable[..., Truth], statement: Statement, dimension: int | None) -> Truth:
    with uncertified():
        if not sizes_in(statement):
            return decide(statement)
        if dimension is None:
            name = type(statement).__name__
            return unknown(f"`{name}` is decided in a dimension, and none is given.")
        return decide(statement, dimension)


def _relation(statement: Relation) -> Truth:
    reader = Reader()
    answers = []
    for _, gap in differences(statement.lhs, statement.rhs):
        element, conditions = reader.fresh(gap, *scalars_in(statement))
        if reader.open_conditions(conditions):
            return unknown("it has no value there.")
        answers.append(reader.sign(element))
    allowed = SIGNS[statement.op]
    if all(signs <= allowed for signs in answers) and _tells(statement):
        return TRUE
    if not isinstance(statement.lhs, Expr):
        return unknown("vectors and operators with other coefficients may be equal all the same.")
    if any(not signs & allowed for signs in answers):
        return FALSE
    return unknown("the exact sign is not decided.")


def _tells(statement: Relation) -> bool:
    """Other coefficients do not make other vectors, which may be zero or parallel."""
    return isinstance(statement.lhs, Expr) or statement.op == "=="


def _hessian_map(statement: HessianMap, dimension: int) -> Truth:
    if dimension == 1:
        return TRUE
    context = Context((), Justification("hessian_map"), rule_named)
    yes = hessian_map(statement, context)
    if yes.holds:
        return TRUE
    d = Symbol(statement.field.at.space, integer=True, positive=True)
    size = Relation("==", d, exact(dimension))
    no = hessian_map(negation(statement), context.assuming(size))
    return FALSE if no.holds else unknown(no.reason)
