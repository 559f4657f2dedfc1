"""**Validated integration**: an enclosure of the solution of y' = f(y) from a start, over time.

Steps are as long as the Taylor coefficients allow at the precision that is set, and shorter where
one could not be validated. Work is counted in steps, never in seconds.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flint import arb, fmpq

from verifier.errors import VerifierError
from verifier.flow.field import Field
from verifier.flow.step import Piece, step, taylor
from verifier.precision import precision

HALVINGS = 12  # times that one step is halved before the flow is given up
SLACK = 6  # a step may lose this share of the bits without being halved
SHORTEST = fmpq(1, 2**40)


class FlowError(VerifierError):
    """A flow that could not be enclosed: the reason names where and why."""


@dataclass(frozen=True)
class Trajectory:
    """The enclosed solution on [0, end], as validated pieces in order of time."""

    field: Field
    pieces: tuple[Piece, ...]
    bits: int

    @property
    def end(self) -> fmpq:
        return self.pieces[-1].end

    def at(self, time: Any) -> list[arb]:
        """Enclosures of the components at an exact time in [0, end]."""
        moment = fmpq(time) if not isinstance(time, fmpq) else time
        if not 0 <= moment <= self.end:
            raise FlowError(f"The time {moment} is outside [0, {self.end}].")
        starts = [piece.start for piece in self.pieces]
        piece = self.pieces[bisect_right(starts, moment) - 1]
        with precision(self.bits):
            if moment == piece.end:
                return piece.last()
            return piece.around(arb(moment - piece.start))

    def last(self) -> list[arb]:
        """Enclosures of the components at the end."""
        with precision(self.bits):
            return self.pieces[-1].last()


def integrate(
    field: Field,
    start: Sequence[Any],
    until: Any,
    *,
    bits: int = 128,
    order: int | None = None,
    steps: int = 2000,
) -> Trajectory:
    """Enclose the solution through `start` (rationals or balls) on [0, until].

    Raises `FlowError` where the solution may not exist so long, the field has no value, or `steps`
    are spent.
    """
    path = Path(field, start, bits=bits, order=order, steps=steps)
    path.reach(fmpq(until))
    return path.trajectory


class Path:
    """A trajectory in the making: `reach` goes on from where it ended."""

    def __init__(
        self,
        field: Field,
        start: Sequence[Any],
        *,
        bits: int = 128,
        order: int | None = None,
        steps: int = 2000,
    ) -> None:
        if len(start) != field.size:
            raise FlowError(f"The flow has {field.size} components, its start {len(start)}.")
        self.field, self.bits, self.steps = field, bits, steps
        self.order = order or max(8, bits * 3 // 8)
        self.now = fmpq(0)
        self.pieces: list[Piece] = []
        with precision(bits):
            self._go_to([arb(x) for x in start], arb(0))

    @property
    def trajectory(self) -> Trajectory:
        return Trajectory(self.field, tuple(self.pieces), self.bits)

    def here(self) -> list[arb]:
        """Enclosures of the components at the time that was reached."""
        with precision(self.bits):
            return [x + arb(0, self.error) for x in self.middle]

    def reach(self, until: fmpq) -> None:
        """Go on to the time `until`; what was enclosed before an error stays."""
        with precision(self.bits):
            while self.now < until:
                if len(self.pieces) == self.steps:
                    raise FlowError(f"{self.steps} steps are spent at time {_short(self.now)}.")
                piece = self._step(until)
                self.pieces.append(piece)
                self.now = piece.end
                self._go_to([p(arb(piece.length)) for p in piece.polynomials], piece.error)

    def _go_to(self, balls: Sequence[arb], error: arb) -> None:
        self.middle = [x.mid() for x in balls]
        self.error = (error + _radius(balls)).upper()

    def _step(self, until: fmpq) -> Piece:
        rows = taylor(self.field, self.middle, self.order)
        if not all(c.is_finite() for row in rows for c in row):
            raise FlowError(f"The field has no value near the solution at time {_short(self.now)}.")
        length = min(_length(rows, self.bits), until - self.now)
        size = max(float(x.abs_upper()) for x in self.middle)
        sharp = arb(size) * arb(2) ** (self.bits // SLACK - self.bits) + self.error / 2
        for tries in range(HALVINGS):
            gained = sharp if tries < HALVINGS // 2 else arb.pos_inf()
            piece = step(self.field, self.now, length, rows, self.error, gained=gained)
            if piece is not None:
                return piece
            length = length / 2
            if length < SHORTEST:
                break
        raise FlowError(
            f"No step could be validated at time {_short(self.now)}, where |y| is near {size:.3g}, "
            f"known to {self.error.str(3, radius=False)}: it may end there, or need more bits."
        )


def _length(rows: Sequence[Sequence[arb]], bits: int) -> fmpq:
    """A step h with |c_k| h^k near 2^-bits of the solution's size for the last coefficients."""
    scale = max(float(row[0].abs_upper()) for row in rows) or 1.0
    best = 1.0e6
    for k in (len(rows[0]) - 2, len(rows[0]) - 1):
        size = arb(0)
        for row in rows:
            size = size.max(row[k].abs_upper())
        if size > 0:
            log_size = float(size.log())
            goal = -bits * 0.6931471805599453 + float(arb(scale).log())
            best = min(best, 2.718281828459045 ** min(13.0, (goal - log_size) / k))
    return _dyadic(best)


def _dyadic(value: float) -> fmpq:
    """A rational with a short numerator just below `value`."""
    mantissa, exponent = value.hex().split("p")
    top = int(float.fromhex(mantissa) * 16)
    shift = int(exponent) - 4
    return fmpq(top * 2**shift) if shift >= 0 else fmpq(top, 2**-shift)


def _radius(balls: Sequence[arb]) -> arb:
    total = arb(0)
    for ball in balls:
        total = total + ball.rad() * ball.rad()
    return total.sqrt().upper()


def _short(time: fmpq) -> str:
    return f"{float(int(time.p)) / float(int(time.q)):.6g}"
