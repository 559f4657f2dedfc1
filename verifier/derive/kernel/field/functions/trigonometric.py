"""**Sine, cosine, tangent**: cos' = -sin, sin' = cos, and pi."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import sympy
from flint import arb, fmpq
from sympy import Expr

from verifier.derive.kernel.field.circle import HALF, Pair, cos_sin, partner, pi
from verifier.derive.kernel.field.element import Element
from verifier.derive.kernel.field.families import Family, Kind
from verifier.derive.kernel.field.signsets import ANY, NONNEGATIVE, POSITIVE, Signs

if TYPE_CHECKING:
    from verifier.derive.kernel.field.reader import Reader
    from verifier.derive.kernel.field.tower import Generator, Tower
    from verifier.derive.kernel.signs import SignOracle

ONE = fmpq(1)
BELOW_PI, ABOVE_PI = fmpq(103993, 33102), fmpq(104348, 33215)  # two convergents


def _pair(reader: Reader, args: tuple[Expr, ...]) -> Pair:
    return cos_sin(reader.tower, reader.read(args[0]))


def read_pi(reader: Reader, args: tuple[Expr, ...]) -> Element:
    return pi(reader.tower)


def read_cos(reader: Reader, args: tuple[Expr, ...]) -> Element:
    return _pair(reader, args)[0]


def read_sin(reader: Reader, args: tuple[Expr, ...]) -> Element:
    return _pair(reader, args)[1]


def read_tan(reader: Reader, args: tuple[Expr, ...]) -> Element:
    cosine, sine = _pair(reader, args)
    return sine.over(cosine)


def read_cot(reader: Reader, args: tuple[Expr, ...]) -> Element:
    cosine, sine = _pair(reader, args)
    return cosine.over(sine)


def read_sec(reader: Reader, args: tuple[Expr, ...]) -> Element:
    return reader.tower.one.over(read_cos(reader, args))


def read_csc(reader: Reader, args: tuple[Expr, ...]) -> Element:
    return reader.tower.one.over(read_sin(reader, args))


def _cos_slope(tower: Tower, generator: Generator) -> Element:
    return -partner(tower, generator)


def _sin_slope(tower: Tower, generator: Generator) -> Element:
    return partner(tower, generator)


def _pi_slope(tower: Tower, generator: Generator) -> Element:
    return tower.zero


def _cos_copy(reader: Reader, generator: Generator, move: Callable[[Element], Element]) -> Element:
    return cos_sin(reader.tower, move(generator.argument))[0]


def _sin_copy(reader: Reader, generator: Generator, move: Callable[[Element], Element]) -> Element:
    return cos_sin(reader.tower, move(generator.argument))[1]


def _pi_copy(reader: Reader, generator: Generator, move: Callable[[Element], Element]) -> Element:
    return pi(reader.tower)


def _cos_signs(oracle: SignOracle, generator: Generator, depth: int) -> Signs:
    """cos v > 0 for -pi/2 < v < pi/2, and cos v < 0 for pi/2 < v < 3 pi/2."""
    quarter = pi(oracle.tower).scaled(HALF)
    return _by_arc(oracle, generator.argument + quarter, depth)


def _sin_signs(oracle: SignOracle, generator: Generator, depth: int) -> Signs:
    """sin v > 0 for 0 < v < pi, and sin v < 0 for -pi < v < 0."""
    return _by_arc(oracle, generator.argument, depth)


def _by_arc(oracle: SignOracle, angle: Element, depth: int) -> Signs:
    """The sign of the sine of an angle that lies between -pi and 2 pi."""
    if not depth:
        return ANY
    half = pi(oracle.tower)
    for start, flip in ((oracle.tower.zero, False), (half, True), (-half, True)):
        low = oracle.sign(angle - start, depth - 1)
        if not low <= NONNEGATIVE:
            continue
        high = oracle.sign(start + half - angle, depth - 1)
        if high <= NONNEGATIVE:
            known = POSITIVE if low == high == POSITIVE else NONNEGATIVE
            return frozenset(-s for s in known) if flip else known
    return ANY


FAMILY = Family(
    reads={
        type(sympy.pi): read_pi,
        sympy.cos: read_cos,
        sympy.sin: read_sin,
        sympy.tan: read_tan,
        sympy.cot: read_cot,
        sympy.sec: read_sec,
        sympy.csc: read_csc,
    },
    kinds=(
        Kind(
            "pi",
            slope=_pi_slope,
            copy=_pi_copy,
            express=lambda generator, show: sympy.pi,
            signs=lambda oracle, generator, depth: POSITIVE,
            low=BELOW_PI,
            high=ABOVE_PI,
            ball=lambda generator, u: arb.pi(),
        ),
        Kind(
            "cos",
            slope=_cos_slope,
            copy=_cos_copy,
            express=lambda generator, show: sympy.cos(show(generator.argument)),
            signs=_cos_signs,
            ball=lambda generator, u: u.cos(),
            low=-ONE,
            high=ONE,
            closed=True,
        ),
        Kind(
            "sin",
            slope=_sin_slope,
            copy=_sin_copy,
            express=lambda generator, show: sympy.sin(show(generator.argument)),
            signs=_sin_signs,
            ball=lambda generator, u: u.sin(),
            low=-ONE,
            high=ONE,
            closed=True,
        ),
    ),
)
