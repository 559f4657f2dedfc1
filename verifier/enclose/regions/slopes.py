"""**Slopes** of a program on a box: its first derivatives as balls, and their signs alone.

At the edge of a domain a slope may grow without bound, as that of acos x at x = 1; its sign inside
still makes a continuous function monotone up to the edge.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flint import arb, fmpq

from verifier.enclose.programs.program import Program
from verifier.enclose.programs.tangent import slope, tangent
from verifier.enclose.regions.charts import Ends
from verifier.enclose.rings import ranges, reals
from verifier.enclose.rings.ranges import Range

_JUMPS = frozenset({"sign", "signum"})


@dataclass(frozen=True)
class Slopes:
    """One slope per variable, NaN where it is not bounded; a sign of 0 is not known."""

    balls: tuple[arb, ...]
    signs: tuple[int, ...]

    @property
    def finite(self) -> bool:
        return all(rate.is_finite() for rate in self.balls)


def slopes(
    program: Program, box: Sequence[Ends], whole: Sequence[arb], moving: Sequence[int]
) -> Slopes:
    """The slopes on `box`, which the balls `whole` contain; 0 in variables that do not occur."""
    balls, signs = [arb(0)] * len(box), [0] * len(box)
    inside: list[Range] = []
    for k in moving:
        balls[k] = slope(program, whole, k)
        signs[k] = _sign(balls[k] >= 0, balls[k] <= 0)
        if not balls[k].is_finite():
            inside = inside or interior(program, box)
            found = range_of_slope(program, inside, k)
            balls[k] = reals.NAN if found is None else found.ball()
            signs[k] = 0 if found is None else sign_of(found)
    return Slopes(tuple(balls), tuple(signs))


def interior(program: Program, box: Sequence[Ends]) -> list[Range]:
    """The box without its faces, if the program is continuous up to them; flat sides stay."""
    jumps = any(step.op in _JUMPS for step in program.code)
    return [
        ranges.between(low, high) if jumps or low == high else _open(low, high) for low, high in box
    ]


def _open(low: fmpq | None, high: fmpq | None) -> Range:
    closed = ranges.between(low, high)
    return Range(closed.low, closed.high, True, True)


def range_of_slope(program: Program, inside: Sequence[Range], k: int) -> Range | None:
    """The range of the derivative in variable `k`; None when it has none."""
    rates = tangent(program, k)
    return None if rates is None else ranges.run(rates, inside)


def sign_of(rate: Range) -> int:
    return _sign(rate.low >= 0, rate.high <= 0)


def _sign(rises: bool, falls: bool) -> int:
    return 1 if rises else -1 if falls else 0
