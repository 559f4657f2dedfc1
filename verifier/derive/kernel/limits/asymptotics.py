"""**Asymptotics**: statements about limits and growth, decided from exact leading terms.

A statement about every way to a point, or about all parameters at once, can only be refuted here:
by a family along which the limit is another one.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import sympy
from sympy import Expr, Symbol

from verifier.derive.kernel.field.reader import SIGNS, Reader
from verifier.derive.kernel.field.signsets import ZERO, Signs
from verifier.derive.kernel.field.tower import Condition
from verifier.derive.kernel.limits.germs import Germs, Limit
from verifier.derive.kernel.limits.limit import (
    agreed,
    check_bound,
    compare,
    one_sided,
    signs_against,
    with_conditions,
)
from verifier.derive.kernel.limits.oscillation import TURNS, along_periods
from verifier.derive.kernel.limits.speeds import (
    STEP,
    Path,
    balanced,
    parameters_at,
    plain,
    ways,
)
from verifier.errors import UnsupportedError
from verifier.exact.statements import Relation, Statement
from verifier.exact.statements.eventually import Eventually
from verifier.exact.statements.growth import Growth
from verifier.exact.statements.limit import Approach, Tends
from verifier.exact.statements.paths import TendsAlong, TendsJointly, TendsUniformly
from verifier.exact.substitution import substitute

FAMILIES = 24


@dataclass(frozen=True)
class Decision:
    """Whether a statement holds where the conditions do, None if that is open; `found` says why."""

    holds: bool | None
    found: str
    conditions: tuple[Condition, ...] = ()


def decide(reader: Reader, statement: Statement) -> Decision:
    """The decision on a limit, on growth, or on a joint or uniform limit.

    Raises `UnsupportedError` if the kernel finds no leading term that decides.
    """
    match statement:
        case Tends() | Growth():
            return _at_once(reader, statement)
        case Eventually():
            return _eventually(reader, statement)
        case TendsAlong():
            return _along(reader, statement)
        case TendsJointly():
            return _jointly(reader, statement)
        case TendsUniformly():
            return _uniformly(reader, statement)
    raise UnsupportedError(f"`{type(statement).__name__}` is no statement about limits.")


def _at_once(reader: Reader, statement: Tends | Growth) -> Decision:
    """By the leading term, or else along a sequence at which what oscillates stands still."""
    if isinstance(statement, Growth):
        decided: Callable[[Any], Decision] = partial(_growth, reader)
    else:
        decided = partial(_limit, reader)
    try:
        return decided(statement)
    except UnsupportedError:
        for follows, place in along_periods(statement):
            found = _attempted(decided, follows)
            if found is not None and found.holds is False:
                return replace(found, found=f"along {place}, n = 1, 2, ..., {found.found}")
        raise


def _attempted(decide: Callable[[Any], Decision], about: Any) -> Decision | None:
    try:
        return decide(about)
    except (UnsupportedError, ZeroDivisionError):
        return None


def _limit(reader: Reader, statement: Tends) -> Decision:
    answer = compare(reader, statement)
    return Decision(_of(answer.signs), f"the limit is {answer.found}", answer.conditions)


def _of(signs: Signs) -> bool | None:
    return True if signs == ZERO else False if 0 not in signs else None


def _growth(reader: Reader, statement: Growth) -> Decision:
    """From the limit of the quotient."""
    check_bound((statement.to,), inside=(statement.expr, statement.other))
    conditions: list[Condition] = []
    found: list[Limit] = []
    for approach in statement.to.sides:
        limit, needed = with_conditions(reader, partial(_quotient, reader, statement, approach))
        found.append(limit)
        conditions += needed
    answers = {_compares(reader, limit, statement.sense) for limit in found}
    holds = False if False in answers else None if None in answers else True
    shown = " and ".join(dict.fromkeys(map(str, found)))
    return Decision(holds, f"the ratio tends to {shown}", tuple(conditions))


def _quotient(reader: Reader, statement: Growth, to: Approach) -> Limit:
    germs, sides = one_sided(reader, to, (), statement.expr, statement.other)
    above, below = sides
    if not germs.sign(below):
        raise UnsupportedError(f"{statement.other} is zero near the point.")
    return germs.limit(above.over(below), 0)


def _compares(reader: Reader, limit: Limit, sense: str) -> bool | None:
    if limit.value is None:
        return False
    if sense == "O":
        return True
    wanted = {"ratio": sympy.Integer(1)}.get(sense, sympy.Integer(0))
    signs = signs_against(reader, limit, wanted)
    if sense == "Theta":
        return None if _of(signs) is None else not _of(signs)
    return _of(signs)


def _eventually(reader: Reader, statement: Eventually) -> Decision:
    """By the sign of the difference near the point, or along a sequence that goes there."""
    relation, to = statement.relation, statement.to
    if not (isinstance(relation.lhs, Expr) and isinstance(relation.rhs, Expr)):
        raise UnsupportedError(f"{relation} is not between numbers.")
    check_bound((to,), inside=(relation.lhs, relation.rhs))
    gap = relation.lhs - relation.rhs
    try:
        return _signs_near(reader, relation, to, (relation.lhs, relation.rhs))
    except UnsupportedError:
        at_infinity = Approach(TURNS, sympy.oo)
        for follows, place in along_periods(Tends(gap, sympy.Integer(0), (to,))):
            sides = follows.expr, sympy.Integer(0)
            found = _attempted(partial(_signs_near, reader, relation, at_infinity), sides)
            if found is not None and found.holds is False:
                return replace(found, found=f"along {place}, n = 1, 2, ..., {found.found}")
        raise


def _signs_near(
    reader: Reader, relation: Relation, to: Approach, sides: tuple[Expr, Expr]
) -> Decision:
    conditions: list[Condition] = []
    signs: list[int] = []
    for approach in to.sides:

        def sign(approach: Approach = approach) -> int:
            germs, (left, right) = one_sided(reader, approach, (), *sides)
            return germs.sign(left - right)

        found, needed = with_conditions(reader, sign)
        signs.append(found)
        conditions += needed
    holds = all(sign in SIGNS[relation.op] for sign in signs)
    words = {1: "larger", 0: "equal", -1: "smaller"}
    shown = " and ".join(dict.fromkeys(words[sign] for sign in signs))
    return Decision(holds, f"the left side is {shown} near the point", tuple(conditions))


def _along(reader: Reader, statement: TendsAlong) -> Decision:
    variables = tuple(Approach(v, sympy.Integer(0)) for v, _ in statement.path)
    outside = (statement.value, statement.to.point, *(at for _, at in statement.path))
    check_bound(variables, inside=(statement.expr,), outside=outside)
    check_bound((statement.to,), inside=(statement.expr,), outside=(statement.value,))
    if statement.expr.has(statement.to.variable):
        raise UnsupportedError(f"`{statement.to.variable}` moves along the path only.")
    expr = substitute(statement.expr, dict(statement.path))
    return _limit(reader, Tends(expr, statement.value, (statement.to,)))


def _jointly(reader: Reader, statement: TendsJointly) -> Decision:
    check_bound(statement.to, inside=(statement.expr,), outside=(statement.value,))
    if any(approach.point.free_symbols & statement.bound() for approach in statement.to):
        raise UnsupportedError("The points of a joint limit are fixed.")
    paths = itertools.chain(
        itertools.islice(plain(statement.to), FAMILIES),
        itertools.islice(balanced(statement.expr, statement.to), FAMILIES),
    )
    return _refuted(reader, statement.expr, statement.value, paths)


def _uniformly(reader: Reader, statement: TendsUniformly) -> Decision:
    over = tuple(Approach(v, sympy.Integer(0)) for v in statement.over)
    outside = (statement.value, statement.to.point)
    check_bound((statement.to,), inside=(statement.expr, statement.value))
    check_bound(over, inside=(statement.expr, statement.value), outside=outside[1:])
    for relation in statement.given:
        if relation.lhs.has(statement.to.variable) or relation.rhs.has(statement.to.variable):
            raise UnsupportedError(f"`{relation}` restricts the variable, no parameter.")
    paths = (
        {statement.to.variable: at, **parameter}
        for at in ways(statement.to)
        if at.has(STEP)
        for parameter in parameters_at(statement.over, statement.given)
    )
    allowed = (path for path in paths if _is_allowed(statement.given, path))
    gap = statement.expr - statement.value
    return _refuted(reader, gap, sympy.Integer(0), itertools.islice(allowed, FAMILIES))


def _is_allowed(given: tuple[Relation, ...], path: Mapping[Symbol, Expr]) -> bool:
    """Whether the relations certainly hold near the end of the path."""
    reader, step = Reader(), Approach(STEP, sympy.Integer(0))
    for relation in given:
        gap = substitute(relation.lhs - relation.rhs, path)
        try:
            germs, (element,) = one_sided(reader, step, (), gap)
            if germs.sign(element) not in SIGNS[relation.op]:
                return False
        except (UnsupportedError, ZeroDivisionError):
            return False
    return True


def _refuted(reader: Reader, expr: Expr, value: Expr, paths: Iterator[Path]) -> Decision:
    """Another limit along one of the paths, or two different ones along two of them."""
    first: tuple[str, Limit] | None = None
    germs = Germs(reader)
    for path in paths:
        statement = Tends(substitute(expr, path), value, (Approach(STEP, sympy.Integer(0)),))
        shown = ", ".join(f"{variable} = {at}" for variable, at in path.items())
        shown = shown.replace(STEP.name, "h")
        try:
            answer = compare(reader, statement)
        except (UnsupportedError, ZeroDivisionError):
            wave = _attempted(partial(_at_once, reader), statement)
            if wave is not None and wave.holds is False and not wave.conditions:
                return replace(wave, found=f"on {shown}, {wave.found}".replace(STEP.name, "h"))
            continue
        if reader.open_conditions(answer.conditions):
            continue
        found = f"along {shown} as h -> 0+ the limit is {answer.found}"
        if 0 not in answer.signs:
            return Decision(False, found)
        if first is None:
            first = (found, answer.found)
        elif _differ(first[1], answer.found, germs):
            return Decision(False, f"{first[0]}, and {found}")
    return Decision(None, "every family that was tried has that limit: give a bound to `squeeze`")


def _differ(one: Limit, two: Limit, germs: Germs) -> bool:
    try:
        return not agreed((one, two), germs)
    except UnsupportedError:
        return False
