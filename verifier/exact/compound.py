"""**Compounds**: whatever is made of scalars, such as a vector, a matrix, a field or a statement.

A compound lists its parts and can be rebuilt from others. Substituting into it and listing what
is free in it need no more than that, so that a new kind is a file of its own.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, Self

import sympy
from sympy import Symbol


class Compound(ABC):
    """A frozen value with `parts`: scalars and other compounds."""

    @abstractmethod
    def parts(self) -> tuple[Any, ...]:
        """The scalars and compounds that this is made of, in a fixed order."""

    @abstractmethod
    def rebuilt(self, *parts: Any) -> Self:
        """The same thing with other `parts`, in the order in which they are listed."""

    @abstractmethod
    def latex(self) -> str:
        """The thing in LaTeX."""

    def own_names(self) -> frozenset[str]:
        """Free names that stand in no part, such as that of a vector."""
        return frozenset()

    def bound(self) -> frozenset[Symbol]:
        """Scalar symbols that stand for nothing outside, such as the variable of a limit."""
        return frozenset()

    def fixed(self) -> frozenset[str]:
        """Names that a substitution may neither move nor bring in."""
        return frozenset(map(str, self.bound()))

    def counted(self) -> frozenset[Symbol]:
        """Whole numbers for each of which it is said, such as that of the steps of a chain."""
        return frozenset()

    def sizes(self) -> frozenset[str]:
        """Names of the dimensions that stay open."""
        return frozenset()


class Binder(Compound):
    """A compound whose bound names mean the variable in every part of it."""


def parts_of(thing: Any) -> tuple[Any, ...]:
    """The parts of a compound or of a tuple; a scalar has none."""
    if isinstance(thing, tuple):
        return thing
    return thing.parts() if isinstance(thing, Compound) else ()


def tex(thing: Any) -> str:
    """A scalar or a compound in LaTeX."""
    if isinstance(thing, Compound):
        return thing.latex()
    return str(sympy.latex(thing, symbol_names=_norm_names(thing), ln_notation=False))


def _norm_names(expr: sympy.Expr) -> dict[Symbol, str]:
    norms = (s for s in expr.free_symbols if str(s).startswith("norm_"))
    return {s: rf"\|\mathbf{{{str(s)[5:]}}}\|" for s in norms}
