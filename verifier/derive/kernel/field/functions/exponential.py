"""**Exponential and logarithm**: exp' = exp, log' = 1/u."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import sympy
from flint import arb
from sympy import Expr

from verifier.derive.kernel.field.element import Element
from verifier.derive.kernel.field.exponentials import exponential, logarithm
from verifier.derive.kernel.field.families import Family, Kind
from verifier.derive.kernel.field.signsets import ANY, POSITIVE, Signs

if TYPE_CHECKING:
    from verifier.derive.kernel.field.reader import Reader
    from verifier.derive.kernel.field.tower import Generator, Tower
    from verifier.derive.kernel.signs import SignOracle


def read_exp(reader: Reader, args: tuple[Expr, ...]) -> Element:
    return exponential(reader.tower, reader.read(args[0]))


def read_e(reader: Reader, args: tuple[Expr, ...]) -> Element:
    return exponential(reader.tower, reader.tower.one)


def read_log(reader: Reader, args: tuple[Expr, ...]) -> Element:
    return logarithm(reader.tower, reader.read(args[0]))


def _exp_slope(tower: Tower, generator: Generator) -> Element:
    return tower.element_of(generator)


def _log_slope(tower: Tower, generator: Generator) -> Element:
    return tower.one.over(generator.argument)


def _exp_copy(reader: Reader, generator: Generator, move: Callable[[Element], Element]) -> Element:
    return exponential(reader.tower, move(generator.argument))


def _log_copy(reader: Reader, generator: Generator, move: Callable[[Element], Element]) -> Element:
    return logarithm(reader.tower, move(generator.argument))


def _log_signs(oracle: SignOracle, generator: Generator, depth: int) -> Signs:
    """log(u) has the sign of u - 1."""
    return oracle.sign(generator.argument - oracle.tower.one, depth - 1) if depth else ANY


def _binomial(oracle: SignOracle, factor: Element, depth: int) -> Signs:
    """exp(u) - exp(v) has the sign of u - v."""
    terms = factor.num.to_dict()
    if len(terms) != 2 or not depth:
        return ANY
    (one, c), (two, d) = terms.items()
    tower = oracle.tower
    slots = {slot for monomial in terms for slot, e in enumerate(monomial) if e}
    if c + d != 0 or any(s >= tower.slots or tower.generators[s].kind != "exp" for s in slots):
        return ANY
    gap = tower.zero
    for slot in sorted(slots):
        times = tower.constant(c * (int(one[slot]) - int(two[slot])))
        gap = gap + tower.generators[slot].argument * times
    return oracle.sign(gap, depth - 1)


FAMILY = Family(
    reads={sympy.exp: read_exp, type(sympy.E): read_e, sympy.log: read_log},
    kinds=(
        Kind(
            "exp",
            slope=_exp_slope,
            copy=_exp_copy,
            express=lambda generator, show: sympy.exp(show(generator.argument)),
            signs=lambda oracle, generator, depth: POSITIVE,
            ball=lambda generator, u: u.exp(),
        ),
        Kind(
            "log",
            slope=_log_slope,
            copy=_log_copy,
            express=lambda generator, show: sympy.log(show(generator.argument)),
            signs=_log_signs,
            ball=lambda generator, u: u.log() if u > 0 else arb.nan(),
            increasing=True,
        ),
    ),
    attempts=(_binomial,),
)
