"""**Invariants**: all polynomials up to a degree that a flow keeps, whatever drives it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sympy import Expr, Symbol

from verifier.errors import StatementError
from verifier.exact.compound import tex
from verifier.exact.scalars import Scalar, exact
from verifier.exact.statements.base import Statement
from verifier.exact.statements.flow import Conserved, conserved
from verifier.exact.substitution import names_in, sizes_in


@dataclass(frozen=True)
class Invariants(Statement):
    """The polynomials of degree <= `degree` that `flow` keeps are the span of `basis` and 1.

    They are polynomials over Q in the moving scalars and the inner products of the moving vectors.
    What does not move drives the flow: the polynomials are constant whatever it is, so that all
    names are bound. The inner product of two vectors has degree 2.
    """

    flow: tuple[tuple[str, Any], ...]
    degree: int
    basis: tuple[Expr, ...]

    def __post_init__(self) -> None:
        if self.degree < 1:
            raise StatementError(f"The degree {self.degree} is below 1: only constants have it.")

    def __str__(self) -> str:
        rates = ", ".join(f"d{name}/dt = {rate}" for name, rate in self.flow)
        span = ", ".join(map(str, (1, *self.basis)))
        return f"the invariants of degree <= {self.degree} along {rates} are spanned by {span}"

    @property
    def each(self) -> tuple[Conserved, ...]:
        """What the statement says of the members of the basis."""
        return tuple(Conserved(quantity, self.flow) for quantity in self.basis)

    def parts(self) -> tuple[Any, ...]:
        return *self.basis, *(rate for _, rate in self.flow)

    def rebuilt(self, *parts: Any) -> Invariants:
        size = len(self.basis)
        names = (name for name, _ in self.flow)
        return Invariants(tuple(zip(names, parts[size:], strict=True)), self.degree, parts[:size])

    def own_names(self) -> frozenset[str]:
        return frozenset(name for name, _ in self.flow)

    def bound(self) -> frozenset[Symbol]:
        names = frozenset().union(self.own_names(), *map(names_in, self.parts()))
        return frozenset(Symbol(name, real=True) for name in names - sizes_in(self.parts()))

    def latex(self) -> str:
        rates = r",\; ".join(rf"\dot{{{name}}} = {tex(rate)}" for name, rate in self.flow)
        span = ", ".join(tex(exact(part)) for part in (1, *self.basis))
        left = rf"\left\{{ p : \deg p \leq {self.degree},\; \dot p = 0 \right\}}"
        return rf"{left} = \operatorname{{span}}({span}) \quad\text{{for}}\quad {rates}"


def invariants(flow: Mapping[Any, Any], degree: int, *basis: Scalar) -> Invariants:
    """`flow` maps scalar symbols to expressions and vector symbols to vectors."""
    rates = conserved(0, flow).flow
    return Invariants(rates, degree, tuple(exact(quantity) for quantity in basis))
