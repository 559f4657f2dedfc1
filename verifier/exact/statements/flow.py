"""**Flows**: what stays constant along one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sympy import Expr

from verifier.errors import StatementError
from verifier.exact.compound import tex
from verifier.exact.matrices import Matrix, is_open, matrix
from verifier.exact.matrix_text import name_latex
from verifier.exact.scalars import exact
from verifier.exact.statements.base import Statement
from verifier.exact.vectors import Vector


@dataclass(frozen=True)
class Conserved(Statement):
    """`quantity`, a scalar or a matrix, is constant along `flow`: symbol names to velocities."""

    quantity: Expr | Matrix
    flow: tuple[tuple[str, Any], ...]

    def __str__(self) -> str:
        rates = ", ".join(f"d{name}/dt = {rate}" for name, rate in self.flow)
        return f"{self.quantity} is constant along {rates}"

    def parts(self) -> tuple[Any, ...]:
        return self.quantity, *(rate for _, rate in self.flow)

    def rebuilt(self, *parts: Any) -> Conserved:
        names = (name for name, _ in self.flow)
        return Conserved(parts[0], tuple(zip(names, parts[1:], strict=True)))

    def own_names(self) -> frozenset[str]:
        return frozenset(name for name, _ in self.flow)

    def fixed(self) -> frozenset[str]:
        """Names that move, and the indices of members that do."""
        inside = {name.partition("[")[2].rstrip("]") for name, _ in self.flow} - {""}
        return self.own_names() | inside

    def latex(self) -> str:
        rates = r",\; ".join(rf"\dot{{{_tex_name(*row)}}} = {tex(row[1])}" for row in self.flow)
        left = rf"\frac{{d}}{{dt}} \left({tex(self.quantity)}\right) = 0"
        return rf"{left} \quad\text{{for}}\quad {rates}"


def conserved(quantity: Any, flow: Mapping[Any, Any]) -> Conserved:
    """`flow` maps scalar symbols to expressions, vector and matrix symbols to their likes."""
    rates: list[tuple[str, Any]] = []
    for key, rate in flow.items():
        kinds = [is_open(thing) for thing in (key, rate)]
        if kinds[0] != kinds[1] or (kinds[0] and _shape(key) != _shape(rate)):
            raise StatementError(f"The velocity of {key} must be of its own kind, got {rate}.")
        if not kinds[0]:
            rates.append((str(key), exact(rate)))
        else:
            plain = isinstance(key, Vector) and isinstance(rate, Vector)
            rates.append((key.symbol, rate if plain else matrix(rate)))
    held = matrix(quantity) if is_open(quantity) else exact(quantity)
    return Conserved(held, tuple(rates))


def _shape(thing: Any) -> Any:
    """Members of families have a space, and no matrix that is they."""
    return ((thing.space,), ("1",)) if isinstance(thing, Vector) else matrix(thing).shape


def _tex_name(name: str, rate: Any) -> str:
    if isinstance(rate, (Vector, Matrix)):
        return name_latex(name, column=not isinstance(rate, Matrix) or rate.is_column)
    return name
