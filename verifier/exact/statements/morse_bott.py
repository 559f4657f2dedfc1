"""**Morse-Bott**: critical manifolds along which the Hessian is degenerate only tangentially."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sympy import Expr, Symbol

from verifier.errors import StatementError
from verifier.exact.compound import tex
from verifier.exact.scalars import Scalar, exact
from verifier.exact.statements.base import Statement


@dataclass(frozen=True)
class MorseBott(Statement):
    """`function` is Morse-Bott along the image of x = `along`(p), for all p the hypotheses allow.

    The gradient vanishes there, the map has full rank k, the number of `parameters`, and the
    Hessian has rank n - k. `variables` are bound, the parameters are free.
    """

    function: Expr
    variables: tuple[Symbol, ...]
    along: tuple[Expr, ...]
    parameters: tuple[Symbol, ...]

    def __post_init__(self) -> None:
        if len(self.along) != len(self.variables) or not self.variables:
            raise StatementError(
                f"{len(self.variables)} variables cannot follow {len(self.along)} expressions."
            )
        if len(self.parameters) > len(self.variables):
            raise StatementError("There are more parameters than variables.")
        for expr in self.along:
            moved = sorted(expr.free_symbols & set(self.variables), key=str)
            if moved:
                raise StatementError(f"`{moved[0]}` is a variable: {expr} may not use it.")

    def __str__(self) -> str:
        point = ", ".join(f"{x} = {e}" for x, e in zip(self.variables, self.along, strict=True))
        free = ", ".join(map(str, self.parameters)) or "a point"
        return f"{self.function} is Morse-Bott at {point} over {free}"

    def parts(self) -> tuple[Any, ...]:
        return self.function, *self.along

    def rebuilt(self, *parts: Any) -> MorseBott:
        return MorseBott(parts[0], self.variables, tuple(parts[1:]), self.parameters)

    def bound(self) -> frozenset[Symbol]:
        return frozenset(self.variables)

    def latex(self) -> str:
        pairs = zip(self.variables, self.along, strict=True)
        point = r",\; ".join(f"{tex(x)} = {tex(e)}" for x, e in pairs)
        return rf"{tex(self.function)} \quad\text{{is Morse-Bott at}}\quad {point}"


def morse_bott(function: Scalar, along: Mapping[Symbol, Scalar], *parameters: Symbol) -> MorseBott:
    """`along` maps every variable of `function` to an expression in `parameters` and constants."""
    points = tuple(exact(value) for value in along.values())
    return MorseBott(exact(function), tuple(along), points, parameters)
