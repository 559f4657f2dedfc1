"""**Flows**: what stays constant along one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sympy import Expr

from verifier.errors import StatementError
from verifier.exact.compound import tex
from verifier.exact.scalars import Scalar, exact
from verifier.exact.statements.base import Statement
from verifier.exact.vectors import Vector


@dataclass(frozen=True)
class Conserved(Statement):
    """`quantity` is constant along `flow`, which maps symbol names to velocities."""

    quantity: Expr
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
        return self.own_names()

    def latex(self) -> str:
        rates = r",\; ".join(rf"\dot{{{name}}} = {tex(rate)}" for name, rate in self.flow)
        left = rf"\frac{{d}}{{dt}} \left({tex(self.quantity)}\right) = 0"
        return rf"{left} \quad\text{{for}}\quad {rates}"


def conserved(quantity: Scalar, flow: Mapping[Any, Any]) -> Conserved:
    """`flow` maps scalar symbols to expressions and vector symbols to vectors."""
    rates = []
    for key, rate in flow.items():
        vector = isinstance(key, Vector)
        if vector != isinstance(rate, Vector):
            raise StatementError(f"The velocity of {key} must be of its own kind, got {rate}.")
        rates.append((key.symbol if vector else str(key), rate if vector else exact(rate)))
    return Conserved(exact(quantity), tuple(rates))
