"""**Flattening**: derivatives inside a program, written out as instructions of their own.

A derivative on a wide box is sharper as code than as a power series, and what is written out has
tangents again. Where an instruction has no tangent the derivative stays as it is.
"""

from __future__ import annotations

from functools import lru_cache

from verifier.enclose.programs.compile import Writer
from verifier.enclose.programs.program import Program
from verifier.enclose.programs.tangent import tangent


@lru_cache(maxsize=256)
def flattened(program: Program) -> Program:
    """`program` with every derivative that has a tangent written out."""
    if program.elementary:
        return program
    writer = Writer(range(program.arity))
    place = list(range(program.arity))
    for step in program.code:
        inputs = [place[k] for k in step.registers]
        body = _derived(*step.data) if step.op == "derivative" else None
        if body is None:
            place.append(writer.emit(step.op, step.data, *inputs))
        else:
            place.append(_inlined(writer, body, inputs))
    return Program(program.arity, writer.code, place[program.result])


def _derived(program: Program, orders: tuple[tuple[int, int], ...]) -> Program | None:
    found: Program | None = flattened(program)
    for index, order in orders:
        for _ in range(order):
            found = None if found is None else tangent(found, index)
    return found


def _inlined(writer: Writer, body: Program, inputs: list[int]) -> int:
    place = list(inputs)
    for step in body.code:
        place.append(writer.emit(step.op, step.data, *(place[k] for k in step.registers)))
    return place[body.result]
