"""**Radicals**: g = u^(1/n) for u >= 0, with g^n = u and g' = u'/(n g^(n-1))."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import sympy
from flint import arb, fmpq
from sympy import Expr

from verifier.derive.kernel.field.element import Element
from verifier.derive.kernel.field.families import Family, Kind
from verifier.derive.kernel.field.signsets import ANY, NONNEGATIVE, POSITIVE, Signs

if TYPE_CHECKING:
    from verifier.derive.kernel.field.reader import Reader
    from verifier.derive.kernel.field.tower import Generator, Tower
    from verifier.derive.kernel.signs import SignOracle


def _slope(tower: Tower, generator: Generator) -> Element:
    below = tower.element_of(generator).power(generator.order - 1)
    return tower.one.over(below.scaled(fmpq(generator.order)))


def _copy(reader: Reader, generator: Generator, move: Callable[[Element], Element]) -> Element:
    return reader.tower.root(move(generator.argument), generator.order)


def _express(generator: Generator, show: Callable[[Element], Expr]) -> Expr:
    return show(generator.argument) ** sympy.Rational(1, generator.order)


def _ball(generator: Generator, u: arb) -> arb:
    return u.root(generator.order) if u > 0 else arb.nan()


def _signs(oracle: SignOracle, generator: Generator, depth: int) -> Signs:
    inside = oracle.sign(generator.argument, depth - 1) if depth else ANY
    return POSITIVE if 0 not in inside else NONNEGATIVE


FAMILY = Family(
    kinds=(Kind("root", slope=_slope, copy=_copy, express=_express, signs=_signs, ball=_ball),)
)
