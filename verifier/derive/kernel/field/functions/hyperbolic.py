"""**Hyperbolic functions** by exponentials, and their inverses by logarithms.

asinh u = log(u + sqrt(u^2 + 1)), acosh u = log(u + sqrt(u^2 - 1)) for u >= 1,
atanh u = log((1 + u)/(1 - u))/2 for -1 < u < 1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import sympy
from flint import fmpq
from sympy import Expr

from verifier.derive.kernel.field.element import Element
from verifier.derive.kernel.field.exponentials import exponential, logarithm
from verifier.derive.kernel.field.families import Family

if TYPE_CHECKING:
    from verifier.derive.kernel.field.reader import Reader

HALF = fmpq(1, 2)


def _exp(reader: Reader, args: tuple[Expr, ...]) -> tuple[Element, Element]:
    """(exp(u), exp(-u))."""
    u = reader.read(args[0])
    return exponential(reader.tower, u), exponential(reader.tower, -u)


def read_sinh(reader: Reader, args: tuple[Expr, ...]) -> Element:
    up, down = _exp(reader, args)
    return (up - down).scaled(HALF)


def read_cosh(reader: Reader, args: tuple[Expr, ...]) -> Element:
    up, down = _exp(reader, args)
    return (up + down).scaled(HALF)


def read_tanh(reader: Reader, args: tuple[Expr, ...]) -> Element:
    up, down = _exp(reader, args)
    return (up - down).over(up + down)


def read_coth(reader: Reader, args: tuple[Expr, ...]) -> Element:
    up, down = _exp(reader, args)
    return (up + down).over(up - down)


def read_sech(reader: Reader, args: tuple[Expr, ...]) -> Element:
    up, down = _exp(reader, args)
    return reader.tower.constant(fmpq(2)).over(up + down)


def read_csch(reader: Reader, args: tuple[Expr, ...]) -> Element:
    up, down = _exp(reader, args)
    return reader.tower.constant(fmpq(2)).over(up - down)


def read_asinh(reader: Reader, args: tuple[Expr, ...]) -> Element:
    tower, u = reader.tower, reader.read(args[0])
    return logarithm(tower, u + tower.root(u * u + tower.one, 2))


def read_acosh(reader: Reader, args: tuple[Expr, ...]) -> Element:
    tower, u = reader.tower, reader.read(args[0])
    above = u - tower.one
    tower.require("positive" if tower.moves(u) else "nonnegative", above)
    with tower.follows():
        return logarithm(tower, u + tower.root(u * u - tower.one, 2))


def read_atanh(reader: Reader, args: tuple[Expr, ...]) -> Element:
    tower, u = reader.tower, reader.read(args[0])
    up, down = tower.one + u, tower.one - u
    tower.require("positive", up)
    tower.require("positive", down)
    with tower.follows():
        return logarithm(tower, up.over(down)).scaled(HALF)


FAMILY = Family(
    reads={
        sympy.sinh: read_sinh,
        sympy.cosh: read_cosh,
        sympy.tanh: read_tanh,
        sympy.coth: read_coth,
        sympy.sech: read_sech,
        sympy.csch: read_csch,
        sympy.asinh: read_asinh,
        sympy.acosh: read_acosh,
        sympy.atanh: read_atanh,
    }
)
