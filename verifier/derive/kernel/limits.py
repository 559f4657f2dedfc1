"""**Limits**: the exact limit of an expression at a point from one side, from leading terms."""

from __future__ import annotations

from dataclasses import dataclass

import sympy
from sympy import Expr, Symbol

from verifier.derive.kernel.element import Element
from verifier.derive.kernel.reader import Reader
from verifier.derive.kernel.series import Expander
from verifier.derive.kernel.tower import NEGATIVE, POSITIVE, Condition
from verifier.errors import UnsupportedError
from verifier.exact.statements import Tends
from verifier.exact.substitution import substitute

WIDTHS = (4, 8, 16)


@dataclass(frozen=True)
class Limit:
    """A finite limit `value`, or `infinite` +1 or -1."""

    value: Element | None
    infinite: int = 0

    def __str__(self) -> str:
        return {1: "oo", -1: "-oo"}.get(self.infinite, str(self.value))


@dataclass(frozen=True)
class Comparison:
    """A limit against a claimed value: possible signs of the difference, and what it needs.

    Signs {0} prove the claim, and signs without 0 refute it, where the conditions hold.
    """

    found: Limit
    signs: frozenset[int]
    conditions: tuple[Condition, ...]


def limit(reader: Reader, statement: Tends) -> Limit:
    """The limit of `statement.expr`; raises `UnsupportedError` with the reason if undecided.

    `reader` must know the sign of every parameter that decides a leading term; the moving
    variable is read as a small positive parameter of its own.
    """
    _check_bound(statement)
    moving = sympy.Dummy("t", real=True)
    expr = substitute(statement.expr, {statement.variable: _towards(statement, moving)})
    fault = UnsupportedError("no width")
    for width in WIDTHS:
        try:
            return _leading_limit(Expander(reader, moving, width), expr)
        except UnsupportedError as found:
            fault = found
    raise fault


def compare(reader: Reader, statement: Tends) -> Comparison:
    """The limit and how it stands to the claimed value.

    An infinite limit against a finite value counts as nonzero, and the other way round.
    """
    before, reader.tower.conditions = reader.tower.conditions, {}
    reader.known.clear()
    try:
        found = limit(reader, statement)
        signs = _signs(reader, found, statement)
        return Comparison(found, signs, tuple(reader.tower.conditions.values()))
    finally:
        reader.tower.conditions = {**before, **reader.tower.conditions}


def _signs(reader: Reader, found: Limit, statement: Tends) -> frozenset[int]:
    claimed = {sympy.oo: 1, -sympy.oo: -1}.get(statement.value, 0)
    if found.infinite or claimed:
        return frozenset({0}) if found.infinite == claimed else frozenset({-1, 1})
    if found.value is None:
        raise UnsupportedError("The limit has no value.")
    return reader.sign(found.value - reader.read(statement.value))


def _check_bound(statement: Tends) -> None:
    """The variable is bound: its name may stand for nothing else, in the point or the value."""
    inside = statement.expr.free_symbols - {statement.variable}
    outside = statement.point.free_symbols | statement.value.free_symbols
    if str(statement.variable) in {str(symbol) for symbol in inside | outside}:
        raise UnsupportedError(f"`{statement.variable}` is bound by the limit and free beside it.")


def _towards(statement: Tends, moving: Symbol) -> Expr:
    if statement.point == sympy.oo:
        return 1 / moving
    if statement.point == -sympy.oo:
        return -1 / moving
    return statement.point + (moving if statement.side == "+" else -moving)


def _leading_limit(expander: Expander, expr: Expr) -> Limit:
    series = expander.expand(expr)
    zero = expander.reader.tower.zero
    if not series.terms:
        if series.order is None or series.order > 0:
            return Limit(zero)
        raise UnsupportedError(f"{expr} vanishes to the order {series.order} that was kept.")
    exponent, coefficient = series.terms[0]
    if series.order is not None and series.order <= 0 <= exponent:
        raise UnsupportedError("The remainder hides the limit.")
    if exponent > 0:
        return Limit(zero)
    if exponent == 0:
        return Limit(coefficient)
    sign = expander.reader.sign(coefficient)
    if sign == POSITIVE:
        return Limit(None, 1)
    if sign == NEGATIVE:
        return Limit(None, -1)
    raise UnsupportedError(f"The sign of the leading coefficient {coefficient} is not known.")
