"""**taylor**: an inequality from derivatives at a point and one derivative beyond it.

With D the larger side minus the smaller one, and m_k = D^(k)(p) for k < n,

    D(t) = sum of m_k (t - p)^k/k! + (integral from p to t of (t - s)^(n-1)/(n-1)! D^(n)(s) ds)

is not negative for t >= p if every m_k >= 0 and D^(n) >= 0 from p to t; below p, even and odd
orders change their signs. |A| <= B is A <= B and -A <= B. So an explicit bound of a remainder,
|f(t) - P(t)| <= C t^n for 0 <= t <= t_0, is shown by its n-th derivative on the whole interval.

Options: `variable` t, which may be left out where only one symbol is free, the point `at`, which
is 0 unless it is given, and the `order` n; without one, the first that is enough is taken. A
derivative whose own sign is not known is followed from an end of the interval by its slope.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sympy
from sympy import Expr, Symbol

from verifier.derive.context import Context, Discharge, Rule, all_hold, conclude, is_scalar, refuse
from verifier.derive.kernel.field.element import Element
from verifier.derive.kernel.field.reader import Reader
from verifier.derive.kernel.field.signsets import ANY, NONNEGATIVE, POSITIVE, Signs
from verifier.derive.kernel.field.specialise import specialise
from verifier.errors import UnsupportedError
from verifier.exact.scalars import exact
from verifier.exact.statements import Relation, Statement
from verifier.exact.statements.relation import Op

OPTIONS = ("at", "order", "variable")
HIGHEST = 8
LAST = 4  # order that is tried when none is asked for
SLOPES = 3
BETWEEN = Symbol("_{between}", real=True)
FLIPPED: dict[str, Op] = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


@dataclass(frozen=True)
class Side:
    """One way from the point: `beyond` knows what is between it and the `end`, if there is one.

    `apart` says that the variable is certainly not at the point.
    """

    direction: int
    beyond: Reader
    here: Reader
    point: Element
    end: Element | None
    apart: bool


def discharge(statement: Statement, context: Context) -> Discharge:
    if (
        not isinstance(statement, Relation)
        or statement.op in ("==", "!=")
        or not is_scalar(statement.lhs)
    ):
        return refuse("`taylor` reads inequalities between scalars only.")
    odd = sorted({name for name, _ in context.by.options} - set(OPTIONS))
    if odd:
        return refuse(f"`taylor` has no option `{odd[0]}`; it has {', '.join(OPTIONS)}.")
    variable = _variable(statement, context.by.get("variable"))
    at = exact(context.by.get("at", 0))
    if at.has(variable):
        return refuse(f"the point {at} moves with `{variable}`.")
    order = context.by.get("order")
    if order is not None and (isinstance(order, bool) or order not in range(1, HIGHEST + 1)):
        return refuse(f"`order` is a whole number from 1 to {HIGHEST}, got {order!r}.")
    orders = range(1, LAST + 1) if order is None else (order,)
    strict = statement.op in ("<", ">")
    return all_hold(
        (f"{gap} from {at}", _holds(gap, variable, context, at=at, orders=orders, strict=strict))
        for gap in _gaps(statement)
    )


def _variable(statement: Relation, given: Symbol | None) -> Symbol:
    free = statement.lhs.free_symbols | statement.rhs.free_symbols
    if given is None and len(free) != 1:
        raise UnsupportedError(f"`taylor` needs its `variable`: {len(free)} symbols are free.")
    variable = next(iter(free)) if given is None else given
    if not isinstance(variable, Symbol):
        raise UnsupportedError(f"`variable` is a symbol, got {variable!r}.")
    return variable


def _gaps(statement: Relation) -> list[Expr]:
    """What must not be negative; an absolute value on the smaller side gives two."""
    large, small = statement.lhs, statement.rhs
    if statement.op in ("<", "<="):
        large, small = small, large
    if isinstance(small, sympy.Abs):
        return [large - small.args[0], large + small.args[0]]
    return [large - small]


def _holds(
    gap: Expr,
    variable: Symbol,
    context: Context,
    *,
    at: Expr,
    orders: Sequence[int],
    strict: bool,
) -> Discharge:
    """Whether the gap is not negative (or positive) on each side of the point that is allowed."""
    reader = context.reader()
    possible = reader.sign(reader.read(variable - at))
    moving = gap.xreplace({variable: BETWEEN})
    parts = []
    for direction in [d for d in (1, -1) if d in possible] or [1]:
        relation = Relation(">=", variable, at) if direction > 0 else Relation("<=", variable, at)
        apart = 0 not in possible
        side = _side(context.assuming(relation), variable, at, direction=direction, apart=apart)
        parts.append((str(relation), _first(moving, side, orders=orders, strict=strict)))
    return all_hold(parts)


def _side(context: Context, variable: Symbol, at: Expr, *, direction: int, apart: bool) -> Side:
    """A bound of the variable is one of everything between it and the point."""
    up = direction > 0
    bounds = [b for h in context.hypotheses if (b := _bound(h, variable, up=up)) is not None]
    bound = next((b for b in bounds if b.rhs.is_Rational), bounds[0] if bounds else None)
    if bound is None:
        bound = Relation("<=" if up else ">=", variable, variable)
    start = Relation(">=" if up else "<=", BETWEEN, at)
    beyond = context.reader((start, Relation(bound.op, BETWEEN, bound.rhs)))
    here = context.reader()
    end = here.read(bound.rhs) if bounds else None
    return Side(direction, beyond, here, here.read(at), end, apart)


def _bound(relation: Relation, variable: Symbol, *, up: bool) -> Relation | None:
    """`variable` <= or < something fixed (>= or > where the way is down)."""
    if relation.lhs != variable:
        if relation.rhs != variable or relation.op not in FLIPPED:
            return None
        relation = Relation(FLIPPED[relation.op], relation.rhs, relation.lhs)
    ops = ("<", "<=") if up else (">", ">=")
    fixed = relation.op in ops and not relation.rhs.has(variable)
    return relation if fixed else None


def _first(gap: Expr, side: Side, *, orders: Sequence[int], strict: bool) -> Discharge:
    """The first order that is enough, or why the lowest is not."""
    answers = []
    for order in orders:
        answers.append(_by_order(gap, side, order=order, strict=strict))
        if answers[-1].holds:
            return answers[-1]
    return answers[0]


def _by_order(gap: Expr, side: Side, *, order: int, strict: bool) -> Discharge:
    positive = False
    conditions: list[str] = []
    for k in range(order + 1):
        turned = _derivative(gap, k) if k else gap
        smooth = _derivative(gap, max(k, 1))
        _, needed = side.beyond.fresh(smooth)
        element, more = side.beyond.fresh(turned)
        values = conclude(side.beyond, [*needed, *more])
        if not values.holds:
            return refuse(f"derivative {k}: {values.reason}")
        conditions += values.conditions
        element = element if side.direction > 0 or k % 2 == 0 else -element
        if k == order:
            signs = _signs(element, side, SLOPES)
        else:
            signs = _signs_at(side, element, side.point)
        if not signs <= NONNEGATIVE:
            where = "at the point" if k < order else "beyond it"
            return refuse(f"derivative {k} may have the wrong sign {where}:\n    {element}")
        positive = positive or (signs == POSITIVE and (k == 0 or side.apart))
    if strict and not positive:
        return refuse("it is shown not to be negative, but it may be zero.")
    return Discharge(True, f"by the derivatives up to order {order}", tuple(conditions))


def _derivative(gap: Expr, order: int) -> Expr:
    return sympy.Derivative(gap, (BETWEEN, order), evaluate=False)


def _signs(element: Element, side: Side, depth: int) -> Signs:
    """Possible signs between the point and the end, by slopes where the oracle does not know.

    An element that grows has its least value at the nearer end, one that falls at the other, and
    a concave one at one of the two.
    """
    signs = side.beyond.sign(element)
    if signs <= NONNEGATIVE or not depth:
        return signs
    slope = _slope(element, side)
    bend = None if slope is None else _slope(slope, side)
    near, far = (_signs_at(side, element, at) for at in (side.point, side.end))
    ways = (
        (near, slope),
        (far, None if slope is None else -slope),
        (near | far, None if bend is None else -bend),
    )
    for least, way in ways:
        if way is None or not least <= NONNEGATIVE:
            continue
        if _signs(way, side, depth - 1) <= NONNEGATIVE:
            return POSITIVE if least == POSITIVE else NONNEGATIVE
    return signs


def _slope(element: Element, side: Side) -> Element | None:
    """The derivative away from the point; None where it may have no value."""
    tower = side.beyond.tower
    before, tower.conditions = tower.conditions, {}
    slope = tower.derivative(element, BETWEEN.name)
    needed, tower.conditions = tower.conditions, before
    if side.beyond.open_conditions(needed.values()):
        return None
    return slope if side.direction > 0 else -slope


def _signs_at(side: Side, element: Element, point: Element | None) -> Signs:
    """Possible signs at a point; all of them where the element may have no value."""
    if point is None:
        return ANY
    here = side.here
    before, here.tower.conditions = here.tower.conditions, {}
    try:
        value = specialise(element, {BETWEEN.name: point}, here)
        needed = list(here.tower.conditions.values())
    except ZeroDivisionError:
        return ANY
    finally:
        here.tower.conditions = before
    return ANY if here.open_conditions(needed) else here.sign(value)


RULE = Rule("taylor", "an inequality between scalars, by derivatives at a point", discharge)
