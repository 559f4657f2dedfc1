"""**Vector fields**: right-hand sides y' = f(y) as one flat list of instructions, with Jacobian.

The gradient of a loss is taken instruction by instruction, never by a symbolic rule, so that the
field is what the loss says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flint import arb
from sympy import Derivative, Expr, Integer, Symbol

from verifier.enclose.programs.bundle import Bundle, gradient
from verifier.enclose.programs.compile import compile_expr
from verifier.enclose.programs.program import Program
from verifier.enclose.rings import reals
from verifier.errors import UnsupportedError

Vector = list[Any]


@dataclass(frozen=True)
class Field:
    """y' = sign * f(y) with f compiled in the order of `variables`.

    `velocities` are the same as exact expressions, sign included. `symmetric` says that the
    Jacobian is, as that of a gradient.
    """

    variables: tuple[Symbol, ...]
    velocities: tuple[Expr, ...]
    programs: tuple[Program, ...]
    sign: int = 1
    symmetric: bool = False

    @property
    def size(self) -> int:
        return len(self.variables)

    @cached_property
    def bundle(self) -> Bundle:
        return Bundle.of(self.programs)

    @cached_property
    def slopes(self) -> Bundle:
        """The Jacobian of f by rows; only the lower triangle where it is symmetric."""
        rows = [gradient(program) for program in self.programs]
        kept = (row[: i + 1] if self.symmetric else row for i, row in enumerate(rows))
        return Bundle.of([entry for row in kept for entry in row])

    def velocity(self, ring: Any, point: Sequence[Any]) -> Vector:
        """f at a point of any ring, with its sign."""
        values = self.bundle.run(ring, point)
        return values if self.sign > 0 else [ring.neg(v) for v in values]

    def jacobian(self, box: Sequence[arb]) -> list[Vector]:
        """Enclosures of the entries over a box of balls."""
        return self.slopes_over(reals, box)

    def slopes_over(self, ring: Any, point: Sequence[Any]) -> list[Vector]:
        """The Jacobian at a point of any ring."""
        flat = iter(self.slopes.run(ring, point))
        n = self.size
        table: list[Vector] = [[None] * n for _ in range(n)]
        for i in range(n):
            for j in range(i + 1 if self.symmetric else n):
                entry = next(flat)
                table[i][j] = entry if self.sign > 0 else ring.neg(entry)
                if self.symmetric:
                    table[j][i] = table[i][j]
        return table

    @cached_property
    def still(self) -> tuple[bool, ...]:
        """Which components have the velocity zero, as parameters do."""
        return tuple(_is_zero(program) for program in self.programs)


def field(
    variables: Sequence[Symbol], velocity: Sequence[Expr], *, parameters: Sequence[Symbol] = ()
) -> Field:
    """y' = velocity(y); `parameters` are further components, after the variables, that stand still.

    Raises `UnsupportedError` for an expression without enclosure.
    """
    if len(variables) != len(velocity) or not variables:
        raise UnsupportedError(
            f"{len(variables)} variables cannot have {len(velocity)} velocities."
        )
    names = (*variables, *parameters)
    rates = (*velocity, *(Integer(0) for _ in parameters))
    return Field(names, rates, tuple(compile_expr(v, names) for v in rates))


def gradient_flow(loss: Expr, variables: Sequence[Symbol]) -> Field:
    """y' = -grad loss(y)."""
    names = tuple(variables)
    slopes = tuple(-Derivative(loss, v) for v in names)
    return Field(names, slopes, tuple(gradient(compile_expr(loss, names))), -1, symmetric=True)


def _is_zero(program: Program) -> bool:
    if program.result < program.arity:
        return False
    step = program.code[program.result - program.arity]
    return bool(step.op == "rational" and step.data[0] == 0)
