"""**Gaussian functions**: erf' = 2/sqrt(pi) exp(-u^2)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import sympy
from flint import fmpq
from sympy import Expr

from verifier.derive.kernel.field.circle import pi
from verifier.derive.kernel.field.element import Element
from verifier.derive.kernel.field.exponentials import exponential
from verifier.derive.kernel.field.families import Family, Kind
from verifier.derive.kernel.field.signsets import ANY, Signs

if TYPE_CHECKING:
    from verifier.derive.kernel.field.reader import Reader
    from verifier.derive.kernel.field.tower import Generator, Tower
    from verifier.derive.kernel.signs import SignOracle

ONE = fmpq(1)


def read_erf(reader: Reader, args: tuple[Expr, ...]) -> Element:
    return error_function(reader.tower, reader.read(args[0]))


def read_erfc(reader: Reader, args: tuple[Expr, ...]) -> Element:
    return reader.tower.one - read_erf(reader, args)


def error_function(tower: Tower, u: Element) -> Element:
    """erf(u), which is odd."""
    if u.is_zero:
        return u
    if u.num.leading_coefficient() < 0:
        return -error_function(tower, -u)
    return tower.generator("erf", f"erf({u})", 0, u)


def _slope(tower: Tower, generator: Generator) -> Element:
    u = generator.argument
    front = tower.constant(fmpq(2)).over(tower.root(pi(tower), 2))
    return front * exponential(tower, -(u * u))


def _copy(reader: Reader, generator: Generator, move: Callable[[Element], Element]) -> Element:
    return error_function(reader.tower, move(generator.argument))


def _signs(oracle: SignOracle, generator: Generator, depth: int) -> Signs:
    return oracle.sign(generator.argument, depth - 1) if depth else ANY


FAMILY = Family(
    reads={sympy.erf: read_erf, sympy.erfc: read_erfc},
    kinds=(
        Kind(
            "erf",
            slope=_slope,
            copy=_copy,
            express=lambda generator, show: sympy.erf(show(generator.argument)),
            signs=_signs,
            ball=lambda generator, u: u.erf(),
            low=-ONE,
            high=ONE,
            increasing=True,
        ),
    ),
)
