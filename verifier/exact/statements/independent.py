"""**Linear independence** of functions on a domain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sympy import Expr, Symbol

from verifier.errors import StatementError
from verifier.exact.compound import Binder, tex
from verifier.exact.scalars import exact
from verifier.exact.statements.base import Statement
from verifier.exact.statements.bound import bound_variables, names_shown
from verifier.exact.statements.generic import domain_of
from verifier.exact.statements.relation import Relation


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
