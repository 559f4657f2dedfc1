"""**Functions with kinks and jumps**: |u|, sign, maximum, minimum, step functions, pieces.

Where the hypotheses fix the sign that decides, one branch is read. Otherwise |u| is a root of u^2,
maxima are (a + b + |a - b|)/2, and what jumps has no value in the field.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import sympy
from flint import fmpq
from sympy import Expr
from sympy.core.relational import Relational

from verifier.derive.kernel.field.circle import HALF
from verifier.derive.kernel.field.element import Element
from verifier.derive.kernel.field.families import Family
from verifier.derive.kernel.field.roots import absolute
from verifier.derive.kernel.field.signsets import (
    NEGATIVE,
    NONNEGATIVE,
    NONPOSITIVE,
    NONZERO,
    POSITIVE,
    ZERO,
    Signs,
)
from verifier.errors import UnsupportedError

if TYPE_CHECKING:
    from verifier.derive.kernel.field.reader import Reader


class OpenKinkError(UnsupportedError):
    """The branch is not known: the sign of `lhs` - `rhs` is not fixed by the hypotheses."""

    def __init__(self, lhs: Expr, rhs: Expr) -> None:
        super().__init__(f"The sign of\n    {lhs - rhs}\n  decides a branch and is not known.")
        self.lhs = lhs
        self.rhs = rhs


ALLOWED: dict[type, Signs] = {
    sympy.Eq: ZERO,
    sympy.Ne: NONZERO,
    sympy.Lt: NEGATIVE,
    sympy.Le: NONPOSITIVE,
    sympy.Gt: POSITIVE,
    sympy.Ge: NONNEGATIVE,
}


def read_absolute(reader: Reader, args: tuple[Expr, ...]) -> Element:
    return absolute(reader.tower, reader.read(args[0]))


def read_sign(reader: Reader, args: tuple[Expr, ...]) -> Element:
    return _signum(reader, args[0])


def read_heaviside(reader: Reader, args: tuple[Expr, ...]) -> Element:
    """1 for u > 0, 0 for u < 0, and the second argument, or 1/2, for u = 0."""
    u = reader.read(args[0])
    if reader.tower.settled_sign(u) == ZERO:
        return reader.read(args[1] if len(args) > 1 else sympy.Rational(1, 2))
    return (reader.tower.one + _signum(reader, args[0])).scaled(HALF)


def read_maximum(reader: Reader, args: tuple[Expr, ...]) -> Element:
    return _largest(reader, args, fmpq(1))


def read_minimum(reader: Reader, args: tuple[Expr, ...]) -> Element:
    return _largest(reader, args, fmpq(-1))


def read_piecewise(reader: Reader, args: tuple[Expr, ...]) -> Element:
    """The first piece whose condition holds, when those before it certainly do not."""
    for piece in args:
        value, condition = piece.args
        holds = _decided(reader, condition)
        if holds is None:
            raise OpenKinkError(*_first_open(reader, condition))
        if holds:
            return reader.read(value)
    raise UnsupportedError("No piece has a value here.")


def _signum(reader: Reader, arg: Expr) -> Element:
    tower, u = reader.tower, reader.read(arg)
    known = tower.settled_sign(u)
    if len(known) == 1:
        return tower.constant(fmpq(next(iter(known))))
    if 0 in known:
        raise OpenKinkError(arg, sympy.Integer(0))
    return u.over(absolute(tower, u))


def _largest(reader: Reader, args: tuple[Expr, ...], turn: fmpq) -> Element:
    """The largest for turn 1, the smallest for -1; at most one comparison may stay open."""
    best, value = args[0], reader.read(args[0])
    for place, arg in enumerate(args[1:], start=2):
        other = reader.read(arg)
        gap = (value - other).scaled(turn)
        known = reader.tower.settled_sign(gap)
        if known <= NONNEGATIVE:
            continue
        if not known <= NONPOSITIVE:
            if place < len(args):
                raise OpenKinkError(best, arg)
            return (value + other + absolute(reader.tower, gap).scaled(turn)).scaled(HALF)
        best, value = arg, other
    return value


def _first_open(reader: Reader, condition: sympy.Basic) -> tuple[Expr, Expr]:
    """The sides of the first relation in a condition that is not decided."""
    if isinstance(condition, Relational):
        return condition.lhs, condition.rhs
    open_parts = (part for part in condition.args if _decided(reader, part) is None)
    return _first_open(reader, next(open_parts))


def _decided(reader: Reader, condition: sympy.Basic) -> bool | None:
    """Whether a condition holds, nearby too for what moves; None when that is not known."""
    if condition in (sympy.true, sympy.false):
        return bool(condition)
    if isinstance(condition, Relational):
        known = reader.tower.settled_sign(reader.read(condition.lhs - condition.rhs))
        allowed = ALLOWED[type(condition)]
        return True if known <= allowed else None if known & allowed else False
    answers = [_decided(reader, part) for part in condition.args]
    if isinstance(condition, sympy.Not):
        return None if answers[0] is None else not answers[0]
    if isinstance(condition, (sympy.And, sympy.Or)):
        decisive = isinstance(condition, sympy.Or)
        if decisive in answers:
            return decisive
        return None if None in answers else not decisive
    raise UnsupportedError(f"`{condition}` is no condition on scalars.")


READS: dict[type, Callable[[Reader, tuple[Expr, ...]], Element]] = {
    sympy.Abs: read_absolute,
    sympy.sign: read_sign,
    sympy.Heaviside: read_heaviside,
    sympy.Max: read_maximum,
    sympy.Min: read_minimum,
    sympy.Piecewise: read_piecewise,
}
FAMILY = Family(reads=READS)
