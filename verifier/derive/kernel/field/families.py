"""**Families** of functions: how each is read, and what is known of the generators it makes.

A family is a file in `functions/` that exports `FAMILY`; a new file there is a new family. The
tower, the sign oracle and everything that moves elements ask here and know no function by name.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from flint import arb, fmpq
from sympy import Expr

from verifier.derive.kernel.field import functions
from verifier.derive.kernel.field.element import Element
from verifier.derive.kernel.field.signsets import ANY, Signs
from verifier.errors import UnsupportedError

if TYPE_CHECKING:
    from verifier.derive.kernel.field.reader import Reader
    from verifier.derive.kernel.field.tower import Generator, Tower
    from verifier.derive.kernel.signs import SignOracle

Read = Callable[["Reader", tuple[Expr, ...]], Element]
Attempt = Callable[["SignOracle", Element, int], Signs]


def _any_sign(oracle: SignOracle, generator: Generator, depth: int) -> Signs:
    return ANY


def _no_copy(reader: Reader, generator: Generator, move: Callable[[Element], Element]) -> Element:
    raise UnsupportedError(f"`{generator.label}` cannot be evaluated at a point.")


def _no_expression(generator: Generator, show: Callable[[Element], Expr]) -> Expr:
    raise UnsupportedError(f"`{generator.label}` has no expression of its own.")


@dataclass(frozen=True)
class Kind:
    """What is known of a generator g = f(u) of one kind.

    `slope` is df/du; `copy` makes f anew where everything inside is moved; `express` is f in sympy
    over what is inside; `signs` are its possible signs; `low` < g < `high` hold always, or
    `low` <= g <= `high` where the ends are `closed`; `rate` is dg from du where it is no multiple
    of it, as for a sum; `increasing` means strictly so in u; `ball` is f at a ball around u.
    """

    name: str
    slope: Callable[[Tower, Generator], Element]
    copy: Callable[[Reader, Generator, Callable[[Element], Element]], Element] = _no_copy
    express: Callable[[Generator, Callable[[Element], Expr]], Expr] = _no_expression
    signs: Callable[[SignOracle, Generator, int], Signs] = _any_sign
    low: fmpq | None = None
    high: fmpq | None = None
    closed: bool = False
    rate: Callable[[Generator, Callable[[Element], Element]], Element] | None = None
    increasing: bool = False
    ball: Callable[[Generator, arb], arb] | None = None


@dataclass(frozen=True)
class Family:
    """Functions by their sympy class, the kinds of generators, and signs of what they are in."""

    reads: Mapping[type, Read] = field(default_factory=dict)
    kinds: tuple[Kind, ...] = ()
    attempts: tuple[Attempt, ...] = ()


@cache
def all_families() -> tuple[Family, ...]:
    """Every family, from the files of `verifier/derive/kernel/functions`."""
    names = sorted(module.name for module in pkgutil.iter_modules(functions.__path__))
    return tuple(importlib.import_module(f"{functions.__name__}.{name}").FAMILY for name in names)


@cache
def readers() -> Mapping[type, Read]:
    """How each function is read, by its sympy class."""
    return {kind: read for family in all_families() for kind, read in family.reads.items()}


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind of generator by its name, but for symbols, of which nothing is known."""
    return {kind.name: kind for family in all_families() for kind in family.kinds}


@cache
def attempts() -> tuple[Attempt, ...]:
    """Ways to narrow the sign of an irreducible element in which functions of a family occur."""
    return tuple(attempt for family in all_families() for attempt in family.attempts)
