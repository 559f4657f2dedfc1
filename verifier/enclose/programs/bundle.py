"""**Bundles**: several programs of the same variables as one list of instructions.

Equal instructions are run once; the tangents of one expression share most of theirs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from verifier.enclose.programs.program import Instruction, Program
from verifier.enclose.programs.tangent import tangent
from verifier.errors import UnsupportedError


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

    def run(self, ring: Any, values: Sequence[Any]) -> list[Any]:
        """The values over `ring`, at the precision that is set; `ring.NAN` for all if one fails."""
        registers = self.reaching.registers(ring, values)
        if registers is None:
            return [ring.NAN] * len(self.results)
        return [registers[k] for k in self.results]


def gradient(program: Program) -> list[Program]:
    """The derivatives of `program` in its variables, taken instruction by instruction.

    Raises `UnsupportedError` for a program that holds a derivative or an integral.
    """
    found = [tangent(program, k) for k in range(program.arity)]
    if any(entry is None for entry in found):
        raise UnsupportedError(
            "What holds a derivative, an integral, pieces or a maximum has no gradient here."
        )
    return [entry for entry in found if entry is not None]
