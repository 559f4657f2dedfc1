"""**Limits**: the exact limit of an expression at points, and how two expressions compare there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import sympy
from sympy import Expr, Symbol

from verifier.derive.kernel.field.element import Element
from verifier.derive.kernel.field.reader import Reader
from verifier.derive.kernel.field.signsets import NONZERO, ZERO, Signs
from verifier.derive.kernel.field.tower import Condition
from verifier.derive.kernel.limits.germs import ALLOWED, MOVING, Germs, Layer, Limit, moves
from verifier.errors import UnsupportedError
from verifier.exact.statements import Relation, Tends
from verifier.exact.statements.limit import INFINITE, Approach

LARGEST = 48
KINKS = (sympy.Max, sympy.Min, sympy.sign, sympy.Heaviside, sympy.Piecewise)
Found = TypeVar("Found")


@dataclass(frozen=True)
class Comparison:
    """A limit against a claimed value: possible signs of the difference, and what it needs.

    Signs {0} prove the claim, and signs without 0 refute it, where the conditions hold.
    """

    found: Limit
    signs: Signs
    conditions: tuple[Condition, ...]


def compare(reader: Reader, statement: Tends) -> Comparison:
    """The limit and how it stands to the claimed value.

    An infinite limit against a finite value counts as nonzero, and so does a missing one.
    Raises `UnsupportedError` if nothing is decided.
    """
    _check_bound(statement)

    def decided() -> tuple[Limit, Signs]:
        found = _in_turn(reader, statement.expr, statement.to)
        return found, signs_against(reader, found, statement.value)

    (found, signs), conditions = with_conditions(reader, decided)
    return Comparison(found, signs, conditions)


def limit(reader: Reader, statement: Tends) -> Limit:
    """The limit of `statement.expr`, whatever value is claimed."""
    return compare(reader, statement).found


def with_conditions(
    reader: Reader, decide: Callable[[], Found]
) -> tuple[Found, tuple[Condition, ...]]:
    """The decision, and the conditions on constants that it rests on."""
    tower = reader.tower
    before, tower.conditions = tower.conditions, {}
    reader.known.clear()
    try:
        found = decide()
        return found, tuple(c for c in tower.conditions.values() if _is_open(c, reader))
    finally:
        tower.conditions = {**before, **tower.conditions}


def _is_open(condition: Condition, reader: Reader) -> bool:
    """Whether it is left to the hypotheses: what moves was seen to hold near the points."""
    if moves(condition.element):
        return False
    return not reader.sign(condition.element) <= ALLOWED[condition.kind]


def signs_against(reader: Reader, found: Limit, value: Expr) -> Signs:
    """Possible signs of the limit minus the claimed value."""
    claimed = {sympy.oo: 1, -sympy.oo: -1}.get(value, 0)
    if found.none:
        return NONZERO
    if found.infinite or claimed:
        return ZERO if found.infinite == claimed else NONZERO
    if found.value is None:
        raise UnsupportedError("The limit has no value.")
    return reader.sign(found.value - reader.read(value))


def one_sided(
    reader: Reader, approach: Approach, layers: tuple[Layer, ...], *exprs: Expr
) -> tuple[Germs, tuple[Element, ...]]:
    """Elements of the expressions, which have values near the point, with their germs there."""
    for expr in exprs:
        _check_size(expr)
    layer, moving = _layer(reader, approach)
    germs = Germs(reader, (*layers, layer))
    tower = reader.tower
    outside, tower.conditions = tower.conditions, {}
    known, tower.sign_of = tower.sign_of, germs.signs if _has_kinks(exprs) else tower.sign_of
    try:
        elements = tuple(reader.read(expr.xreplace({approach.variable: moving})) for expr in exprs)
    finally:
        tower.sign_of = known
    noted, tower.conditions = tower.conditions, outside
    germs.settle(noted.values())
    for key, condition in noted.items():
        if germs.is_constant(condition.element):
            tower.conditions.setdefault(key, condition)
    return germs, elements


def _has_kinks(exprs: Iterable[Expr]) -> bool:
    """Whether a branch has to be chosen, which is the one near the point."""
    return any(expr.has(*KINKS) for expr in exprs)


def _check_size(expr: Expr) -> None:
    """Large whole powers of sums and of exponentials are polynomials of that degree."""
    for part in expr.atoms(sympy.Pow, sympy.exp):
        base, exponent = part.as_base_exp()
        if isinstance(part, sympy.exp):
            factors = [term.as_coeff_Mul()[0] for term in sympy.Add.make_args(part.args[0])]
        else:
            factors = [exponent] if base.is_Add else []
        for factor in factors:
            if factor.is_Rational and max(abs(factor.p), factor.q) > LARGEST:
                raise UnsupportedError(
                    f"{part} has the power {factor}, which is more than {LARGEST}."
                )


def _in_turn(
    reader: Reader,
    expr: Expr,
    to: tuple[Approach, ...],
    layers: tuple[Layer, ...] = (),
) -> Limit:
    """The innermost limit first, which is the last one, as a function of the variables outside."""
    first, *rest = to
    found = []
    for approach in first.sides:
        layer, moving = _layer(reader, approach)
        germs = Germs(reader, (*layers, layer))
        if rest:
            inside = tuple(_renamed(a, approach.variable, moving) for a in rest)
            inner = expr.xreplace({approach.variable: moving})
            value = _in_turn(reader, inner, inside, germs.layers)
        else:
            _, (element,) = one_sided(reader, approach, layers, expr)
            value = Limit(element)
        if value.value is not None:
            value = germs.limit(value.value, len(layers))
        found.append(value)
    outside = Germs(reader, layers)
    for other in found[1:]:
        if not agreed((found[0], other), outside):
            return Limit(None, none=f"none, but {found[0]} and {other} from the two sides")
    return found[0]


def agreed(found: Sequence[Limit], germs: Germs) -> bool:
    """Whether two limits are one and the same, whatever constants are in them."""
    one, two = found
    if one.value is None or two.value is None:
        return (one.infinite, one.none) == (two.infinite, two.none)
    gap = one.value - two.value
    signs = germs.reader.sign(gap) if germs.is_constant(gap) else {germs.sign(gap)}
    if 0 in signs and len(signs) > 1:
        raise UnsupportedError(f"Two limits differ by {gap}, which may be zero.")
    return 0 in signs


def _renamed(approach: Approach, variable: Symbol, moving: Symbol) -> Approach:
    point = approach.point.xreplace({variable: moving})
    return Approach(approach.variable, point, approach.side)


def _layer(reader: Reader, approach: Approach) -> tuple[Layer, Symbol]:
    """A symbol that no author can write moves in place of the variable."""
    point = approach.point
    side = "" if point in INFINITE else approach.side
    moving = Symbol(f"{MOVING}{approach.variable} -> {point}{side}}}", real=True)
    infinite = {sympy.oo: 1, -sympy.oo: -1}.get(point)
    direction = infinite or (1 if approach.side == "+" else -1)
    bound = sympy.Integer(0) if infinite else point
    relation = Relation(">" if direction > 0 else "<", moving, bound)
    if relation not in reader.learned:
        reader.assume([relation])
    reader.tower.symbol(reader.label(moving))
    variable = reader.tower.by_label[reader.label(moving)]
    return Layer(variable, None if infinite else reader.read(point), direction), moving


def _check_bound(statement: Tends) -> None:
    """The variables are bound: their names may stand for nothing else around the limit."""
    check_bound(statement.to, inside=(statement.expr,), outside=(statement.value,))


def check_bound(
    to: tuple[Approach, ...], *, inside: Iterable[Expr], outside: Iterable[Expr] = ()
) -> None:
    """Raise `UnsupportedError` if a variable that moves is free in `outside` or in its point."""
    variables = [approach.variable for approach in to]
    names = {str(variable) for variable in variables}
    free = {symbol for expr in outside for symbol in expr.free_symbols}
    free |= {symbol for expr in inside for symbol in expr.free_symbols - set(variables)}
    for n, approach in enumerate(to):
        free |= approach.point.free_symbols - set(variables[:n])
    for symbol in free:
        if str(symbol) in names:
            raise UnsupportedError(f"`{symbol}` is bound by the limit and free beside it.")
