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
from sympy import Expr, Symbol

from verifier.enclose import reals
from verifier.enclose.compile import compile_expr
from verifier.enclose.program import Instruction, Program
from verifier.enclose.tangent import tangent
from verifier.errors import UnsupportedError

Vector = list[Any]


@dataclass(frozen=True)
class Bundle:
    """Programs of one arity merged into one list of instructions, shared ones once."""

    arity: int
    code: tuple[Instruction, ...]
    results: tuple[int, ...]

    @staticmethod
    def of(programs: Sequence[Program]) -> Bundle:
        arity = programs[0].arity
        code: list[Instruction] = []
        known: dict[Instruction, int] = {}
        results = []
        for program in programs:
            place = list(range(arity))
            for step in program.code:
                moved = Instruction(step.op, step.data, tuple(place[k] for k in step.registers))
                if moved not in known:
                    known[moved] = arity + len(code)
                    code.append(moved)
                place.append(known[moved])
            results.append(place[program.result])
        return Bundle(arity, tuple(code), tuple(results))

    @cached_property
    def reaching(self) -> Program:
        """All instructions as one program; its result is of no meaning."""
        return Program(self.arity, self.code, self.results[0])

    def run(self, ring: Any, values: Sequence[Any]) -> Vector:
        """The values over `ring`, at the precision that is set; `ring.NAN` for all if one fails."""
        registers = self.reaching.registers(ring, values)
        if registers is None:
            return [ring.NAN] * len(self.results)
        return [registers[k] for k in self.results]


@dataclass(frozen=True)
class Field:
    """y' = sign * f(y) with f compiled in the order of `variables`.

    `symmetric` says that the Jacobian is, as that of a gradient.
    """

    variables: tuple[Symbol, ...]
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
        rows = []
        for i, program in enumerate(self.programs):
            for j in range(i + 1 if self.symmetric else self.size):
                rows.append(_tangent(program, j))
        return Bundle.of(rows)

    def velocity(self, ring: Any, point: Sequence[Any]) -> Vector:
        """f at a point of any ring, with its sign."""
        values = self.bundle.run(ring, point)
        return values if self.sign > 0 else [ring.neg(v) for v in values]

    def jacobian(self, box: Sequence[arb]) -> list[Vector]:
        """Enclosures of the entries over a box of balls."""
        flat = iter(self.slopes.run(reals, box))
        n = self.size
        table = [[arb(0)] * n for _ in range(n)]
        for i in range(n):
            for j in range(i + 1 if self.symmetric else n):
                entry = next(flat)
                table[i][j] = entry if self.sign > 0 else -entry
                if self.symmetric:
                    table[j][i] = table[i][j]
        return table


def field(variables: Sequence[Symbol], velocity: Sequence[Expr]) -> Field:
    """y' = velocity(y). Raises `UnsupportedError` for an expression without enclosure."""
    names = tuple(variables)
    if len(names) != len(velocity) or not names:
        raise UnsupportedError(f"{len(names)} variables cannot have {len(velocity)} velocities.")
    return Field(names, tuple(compile_expr(v, names) for v in velocity))


def gradient_flow(loss: Expr, variables: Sequence[Symbol]) -> Field:
    """y' = -grad loss(y)."""
    names = tuple(variables)
    program = compile_expr(loss, names)
    return Field(names, tuple(_tangent(program, k) for k in range(len(names))), -1, symmetric=True)


def _tangent(program: Program, index: int) -> Program:
    found = tangent(program, index)
    if found is None:
        raise UnsupportedError("A derivative or integral in a flow cannot be differentiated again.")
    return found
