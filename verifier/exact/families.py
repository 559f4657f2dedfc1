r"""**Families**: data x_1, ..., x_n of every size n, and sequences.

A relation with a free index, such as x[i] > 0, holds for every value of the index: for i = 1..n in
a family of size n, and for i = 1, 2, ... in a sequence. Two indices may be equal unless a
hypothesis such as ne(i, j) says that they are not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import sympy
from sympy import Expr, Symbol, oo

from verifier.errors import StatementError
from verifier.exact.atoms import Atom
from verifier.exact.scalars import Scalar, exact
from verifier.exact.vectors import Space, Vector


class Entry(Expr):  # type: ignore[misc]
    """The member x_index of a family of `size`, or of a sequence, whose size is oo."""

    holds_names = True
    is_commutative = True
    is_real = True
    _diff_wrt = True

    def __new__(cls, name: Any, index: Any, size: Any) -> Entry:
        index, size = exact(index), sympy.sympify(size)
        _check_member(str(name), index, size)
        made: Entry = Expr.__new__(cls, Symbol(str(name)), index, size)
        return made

    @property
    def name(self) -> str:
        return str(self.args[0])

    @property
    def index(self) -> Expr:
        return self.args[1]

    @property
    def size(self) -> Expr:
        return self.args[2]

    def _eval_derivative(self, symbol: Symbol) -> Expr:
        return sympy.Integer(0)

    def _sympystr(self, printer: Any) -> str:
        return f"{self.name}[{printer.doprint(self.index)}]"

    def _latex(self, printer: Any) -> str:
        return rf"{{{self.name}}}_{{{printer.doprint(self.index)}}}"


def _check_member(name: str, index: Expr, size: Expr) -> None:
    if not index.is_integer:
        raise StatementError(f"`{name}[{index}]` needs a whole number: make {index} with indices.")
    if size == oo:
        return
    if not (size.is_Integer and size >= 1) and not is_count(size):
        raise StatementError(f"The size of `{name}` is {size}: it is a name or a whole number.")
    inside = index == 1 or (index.is_Integer and size.is_Integer and 1 <= index <= size)
    if not inside and (not isinstance(index, Symbol) or index == size):
        raise StatementError(f"`{name}[{index}]` may lie outside of 1..{size}: use an index.")


def is_count(size: Expr) -> bool:
    return isinstance(size, Symbol) and size == Symbol(str(size), integer=True, positive=True)


class Delta(Expr):  # type: ignore[misc]
    """1 where two indices of members are equal, 0 elsewhere (Kronecker)."""

    is_commutative = True
    is_real = True

    def __new__(cls, first: Any, second: Any, size: Any) -> Any:
        if first == second:
            return sympy.Integer(1)
        if first.is_Integer and second.is_Integer:
            return sympy.Integer(0)
        return Expr.__new__(cls, *sorted((first, second), key=str), size)

    @property
    def ends(self) -> tuple[Expr, Expr]:
        return self.args[0], self.args[1]

    @property
    def size(self) -> Expr:
        return self.args[2]

    def _eval_derivative(self, symbol: Symbol) -> Expr:
        return sympy.Integer(0)

    def _sympystr(self, printer: Any) -> str:
        return f"[{self.args[0]} = {self.args[1]}]"

    def _latex(self, printer: Any) -> str:
        return rf"\delta_{{{self.args[0]}\, {self.args[1]}}}"


@dataclass(frozen=True, order=True)
class Member(Atom):
    """A vector x[i] of a family, perhaps under a power of an operator."""

    entry: Any = None

    @property
    def symbol(self) -> Expr:
        return self.entry

    @property
    def names(self) -> frozenset[str]:
        return super().names - {self.name} | {str(s) for s in self.entry.free_symbols}

    @property
    def sizes(self) -> frozenset[str]:
        return frozenset(map(str, self.entry.size.free_symbols))

    def parts(self) -> tuple[Expr, ...]:
        return self.entry.index, self.entry.size

    def rebuilt(self, *parts: Expr) -> Atom:
        entry = Entry(self.entry.name, *parts)
        return replace(self, name=str(entry), entry=entry)

    def latex(self) -> str:
        index = sympy.latex(self.entry.index)
        return self.under_operator(rf"\mathbf{{{self.entry.name}}}_{{{index}}}")


@lru_cache(maxsize=16384)
def reached(expr: Expr) -> frozenset[Any]:
    """Free symbols, and those of a member by which a derivative is taken."""
    held = {v for d in expr.atoms(sympy.Derivative) for v, _ in d.variable_count}
    outer = (v.free_symbols for v in held if isinstance(v, Entry))
    return frozenset(expr.free_symbols.union(*outer))


@dataclass(frozen=True)
class Family:
    """x_1, ..., x_size, or a sequence over all integers; `x[i]` is a scalar or a vector."""

    name: str
    size: Expr
    space: str = ""

    def __getitem__(self, index: Scalar) -> Any:
        entry = Entry(self.name, index, self.size)
        if not self.space:
            return entry
        return Vector(((Member(str(entry), entry=entry), sympy.Integer(1)),), self.space)

    def __iter__(self) -> Iterator[Any]:
        raise StatementError(f"`{self.name}` is not listed: sum over it with `total`.")


def family(name: str, size: str | int, *, space: Space | None = None) -> Family:
    """Data of an open `size`: scalars, or vectors in `space`."""
    count = Symbol(size, integer=True, positive=True) if isinstance(size, str) else exact(size)
    return Family(name, count, space.name if space is not None else "")


def sequence(name: str, *, space: Space | None = None) -> Family:
    """Scalars, or vectors in `space`, one for each integer; what is known of them is given."""
    return Family(name, oo, space.name if space is not None else "")
