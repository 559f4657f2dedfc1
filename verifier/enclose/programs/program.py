"""**Programs**: flat lists of instructions, run over reals, complex balls or power series.

A ring is anything with one operation per instruction name: the module `reals`, a `ComplexRing`
or a `SeriesRing`. Every intermediate result must be finite: one undefined step makes the whole
program undefined.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from flint import arb

from verifier.enclose.rings import calculus, pieces, reals
from verifier.precision import precision


def _improper(ring: Any, *data: Any) -> Any:
    # the integrator of improper integrals compiles what it integrates
    from verifier.enclose.integrals.quadrature import improper

    return improper(ring, *data)


_CALCULUS: dict[str, Callable[..., Any]] = {
    "derivative": calculus.derivative,
    "integral": calculus.integral,
    "improper": _improper,
    "iterate": calculus.iterate,
    "pieces": pieces.pieces,
}
Bound = tuple[Callable[..., Any], tuple[int, ...]]


@dataclass(frozen=True)
class Instruction:
    """`op(*data, *registers)`; its result is the next register."""

    op: str
    data: tuple[Any, ...]
    registers: tuple[int, ...]


class Program:
    """A compiled expression in `arity` variables.

    `program(values, bits)` encloses its value at balls `values`, computed with `bits` of mantissa;
    a NaN ball where it is not certainly defined. `elementary` programs hold no derivative, no
    integral, no iterate and no pieces.
    """

    def __init__(self, arity: int, code: Sequence[Instruction], result: int) -> None:
        self.arity = arity
        self.code = tuple(code)
        self.result = result
        self.elementary = not any(step.op in _CALCULUS for step in self.code)
        self._real = self._bind(reals)

    def __call__(self, values: Sequence[arb], bits: int) -> arb:
        with precision(bits):
            value: arb = self._run(self._real, values, reals.NAN)
            return value

    def run(self, ring: Any, values: Sequence[Any]) -> Any:
        """The value over another ring, at the precision that is set; its `NAN` when undefined."""
        code = self._real if ring is reals else self._bind(ring)
        return self._run(code, values, ring.NAN)

    def _bind(self, ring: Any) -> tuple[Bound, ...]:
        return tuple((_function(ring, step), step.registers) for step in self.code)

    def registers(self, ring: Any, values: Sequence[Any]) -> list[Any] | None:
        """The variables and every intermediate result; None when one is undefined."""
        registers = list(values)
        for function, arguments in self._real if ring is reals else self._bind(ring):
            value = function(*[registers[k] for k in arguments])
            if not calculus.is_finite(value):
                return None
            registers.append(value)
        return registers

    def _run(self, code: tuple[Bound, ...], values: Sequence[Any], undefined: Any) -> Any:
        registers = list(values)
        for function, arguments in code:
            value = function(*[registers[k] for k in arguments])
            if not calculus.is_finite(value):
                return undefined
            registers.append(value)
        outcome = registers[self.result]
        return outcome if calculus.is_finite(outcome) else undefined


def _function(ring: Any, step: Instruction) -> Callable[..., Any]:
    if step.op in _CALCULUS:
        return partial(_CALCULUS[step.op], ring, *step.data)
    function: Callable[..., Any] = getattr(ring, step.op)
    return partial(function, *step.data) if step.data else function
