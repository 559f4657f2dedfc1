"""**Metrics and potentials**: the Hessian-map condition, Hessians and gradients on R^d."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sympy import Expr, Symbol

from verifier.exact.compound import tex
from verifier.exact.fields import Potential, SymmetricField
from verifier.exact.scalars import Scalar, exact
from verifier.exact.statements.base import Statement


@dataclass(frozen=True)
class HessianMap(Statement):
    """d_k H_ij = d_j H_ik for all i, j, k (Hessian-map condition)."""

    field: SymmetricField

    def __str__(self) -> str:
        return f"d_k H_ij = d_j H_ik for H_ij = {self.field}"

    def parts(self) -> tuple[Any, ...]:
        return (self.field,)

    def rebuilt(self, *parts: Any) -> HessianMap:
        return HessianMap(*parts)

    def latex(self) -> str:
        condition = r"\partial_k H_{ij} = \partial_j H_{ik}"
        return rf"{condition} \quad\text{{for}}\quad H_{{ij}} = {tex(self.field)}"


@dataclass(frozen=True)
class HessianIs(Statement):
    """The Hessian of `potential` is `field`."""

    potential: Potential
    field: SymmetricField

    def __str__(self) -> str:
        return f"Hessian of ({self.potential}) = {self.field}"

    def parts(self) -> tuple[Any, ...]:
        return self.potential, self.field

    def rebuilt(self, *parts: Any) -> HessianIs:
        return HessianIs(*parts)

    def latex(self) -> str:
        return rf"\nabla^2 \left({tex(self.potential)}\right)_{{ij}} = {tex(self.field)}"


@dataclass(frozen=True)
class GradientIs(Statement):
    """The gradient of `potential` has the component `component`, in w_i and r, for every i."""

    potential: Potential
    component: Expr

    def __str__(self) -> str:
        return f"d_i ({self.potential}) = {self.component}"

    def parts(self) -> tuple[Any, ...]:
        return self.potential, self.component

    def rebuilt(self, *parts: Any) -> GradientIs:
        return GradientIs(*parts)

    def bound(self) -> frozenset[Symbol]:
        return self.potential.bound()

    def latex(self) -> str:
        return rf"\partial_i \left({tex(self.potential)}\right) = {tex(self.component)}"


def hessian_map(field: SymmetricField) -> HessianMap:
    return HessianMap(field)


def hessian_is(potential: Potential, field: SymmetricField) -> HessianIs:
    return HessianIs(potential, field)


def gradient_is(potential: Potential, component: Scalar) -> GradientIs:
    return GradientIs(potential, exact(component))
