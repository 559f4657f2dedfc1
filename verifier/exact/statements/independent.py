"""**Linear independence** of functions on a domain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sympy
from sympy import Expr, Symbol

from verifier.errors import StatementError, UnsupportedError
from verifier.exact.compound import Binder, tex
from verifier.exact.families import Entry
from verifier.exact.scalars import exact
from verifier.exact.statements.base import Statement
from verifier.exact.statements.bound import bound_variables, names_shown
from verifier.exact.statements.generic import domain_of
from verifier.exact.statements.relation import Relation
from verifier.exact.sums import renamed


@dataclass(frozen=True)
class Independent(Binder, Statement):
    """No real combination of `functions` but the trivial one is zero on all of the domain.

    The functions are of `variables`, on the set where the relations in `domain` hold; without any
    this is the whole space.
    """

    functions: tuple[Expr, ...]
    variables: tuple[Symbol, ...]
    domain: tuple[Relation, ...] = ()

    def __str__(self) -> str:
        where = f" with {' and '.join(map(str, self.domain))}" if self.domain else ""
        listed = names_shown(self.functions)
        return f"{listed} are independent functions of {names_shown(self.variables)}{where}"

    def parts(self) -> tuple[Any, ...]:
        return *self.functions, *self.domain

    def rebuilt(self, *parts: Any) -> Independent:
        count = len(self.functions)
        return Independent(parts[:count], self.variables, parts[count:])

    def bound(self) -> frozenset[Symbol]:
        return frozenset(self.variables)

    def latex(self) -> str:
        names = ", ".join(map(tex, self.variables))
        where = "".join(rf",\; {tex(relation)}" for relation in self.domain)
        listed = r",\; ".join(map(tex, self.functions))
        return rf"{listed} \quad\text{{independent as functions of }} {names}{where}"


def independent(functions: Sequence[Any], *variables: Symbol, on: Any = ()) -> Independent:
    """`functions` of `variables` are linearly independent over R, on the set where `on` holds."""
    listed = tuple(exact(function) for function in functions)
    if not listed:
        raise StatementError("Independence of no functions: give at least one.")
    return Independent(listed, bound_variables(variables), domain_of(on))


@dataclass(frozen=True)
class IndependentFamily(Binder, Statement):
    """All `functions` for `index` = 1..size are independent, for every size unless it is a number.

    The functions are of `variables` on the whole space.
    """

    functions: tuple[Expr, ...]
    index: Symbol
    size: Expr
    variables: tuple[Symbol, ...]

    def __post_init__(self) -> None:
        for entry in set().union(*(function.atoms(Entry) for function in self.functions)):
            if entry.index.has(self.index) and entry.size not in (self.size, sympy.oo):
                raise StatementError(f"`{entry}` has the size {entry.size}, not {self.size}.")

    def __str__(self) -> str:
        listed, names = names_shown(self.functions), names_shown(self.variables)
        return f"{listed}, {self.index} = 1..{self.size}, are independent functions of {names}"

    def parts(self) -> tuple[Any, ...]:
        return *self.functions, self.size

    def rebuilt(self, *parts: Any) -> IndependentFamily:
        return IndependentFamily(parts[:-1], self.index, parts[-1], self.variables)

    def bound(self) -> frozenset[Symbol]:
        return frozenset({*self.variables, self.index})

    def sizes(self) -> frozenset[str]:
        return frozenset(map(str, self.size.free_symbols))

    def latex(self) -> str:
        names = ", ".join(map(tex, self.variables))
        listed = r",\; ".join(map(tex, self.functions))
        range_of_index = rf"{tex(self.index)} = 1, \dots, {tex(self.size)}"
        return rf"{listed},\; {range_of_index}, \quad\text{{independent as functions of }} {names}"

    def at(self, index: Expr) -> tuple[Expr, ...]:
        """The functions of one index."""
        return tuple(renamed(function, self.index, index) for function in self.functions)

    def members(self) -> Independent:
        """All of them, where the size is a number."""
        if not self.size.is_Integer:
            raise UnsupportedError(f"The size {self.size} is open: there are no members to list.")
        every = (f for k in range(1, int(self.size) + 1) for f in self.at(sympy.Integer(k)))
        return Independent(tuple(every), self.variables)


def independent_family(
    functions: Any, index: Symbol, *variables: Symbol, size: str | int = "n"
) -> IndependentFamily:
    """All `functions` for `index` = 1..size are independent functions of `variables`."""
    several = functions if isinstance(functions, (tuple, list)) else (functions,)
    listed = tuple(exact(function) for function in several)
    if not listed or index != Symbol(str(index), integer=True, positive=True):
        raise StatementError(f"A family has functions and an index from indices, got {index!r}.")
    count = Symbol(size, integer=True, positive=True) if isinstance(size, str) else exact(size)
    return IndependentFamily(listed, index, count, bound_variables(variables))
