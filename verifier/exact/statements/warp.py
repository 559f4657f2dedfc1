"""**Warps**: whether a scalar factor turns a metric into a Hessian map (warped mirror descent)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from verifier.exact.compound import tex
from verifier.exact.fields import SymmetricField
from verifier.exact.statements.base import Statement


@dataclass(frozen=True)
class Warps(Statement):
    """Some differentiable scalar g(w) > 0 off the origin makes g H a Hessian map."""

    field: SymmetricField

    def __str__(self) -> str:
        return f"some g > 0 makes g*H a Hessian map, for H_ij = {self.field}"

    def parts(self) -> tuple[Any, ...]:
        return (self.field,)

    def rebuilt(self, *parts: Any) -> Warps:
        return Warps(*parts)

    def latex(self) -> str:
        condition = r"\partial_k (g H_{ij}) = \partial_j (g H_{ik})"
        field = tex(self.field)
        return rf"\exists\, g > 0:\; {condition} \quad\text{{for}}\quad H_{{ij}} = {field}"


def warps(field: SymmetricField) -> Warps:
    """The statement that a scalar warp of `field` exists."""
    return Warps(field)
