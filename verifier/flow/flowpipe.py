"""**Flowpipes**: enclosures of all solutions from a box, which is cut where it is too wide.

A box that cannot be followed, or ends wider than is asked for, is halved along the component that
spreads it most. The number of parts is bounded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

from flint import arb, fmpq
from sympy import Expr

from verifier.exact.statements import Relation
from verifier.flow.field import Field
from verifier.flow.integrate import FlowError, Path, Trajectory
from verifier.flow.levels import levels
from verifier.flow.refusal import Reason, short
from verifier.precision import precision

EXCESS = 1.5  # times that a set may exceed what its start has added to first order so far
HOPELESS = (Reason.STIFF, Reason.STEPS)  # a narrower start does not help
Box = tuple[arb, ...]


@dataclass(frozen=True)
class Flowpipe:
    """Trajectories of boxes that cover the start: each solution from it is in one of `parts`."""

    parts: tuple[Trajectory, ...]

    @property
    def end(self) -> fmpq:
        return self.parts[0].end

    def at(self, time: Any) -> list[arb]:
        """Enclosures of the components of all solutions at an exact time in [0, end]."""
        states = [part.at(time) for part in self.parts]
        with precision(self.parts[0].bits):
            return [reduce(arb.union, sides) for sides in zip(*states, strict=True)]

    def last(self) -> list[arb]:
        """Enclosures of the components at the end."""
        return self.at(self.end)


def flowpipe(
    field: Field,
    start: Sequence[Any],
    until: Any,
    *,
    widest: arb | None = None,
    parts: int = 64,
    conserved: Sequence[Expr] = (),
    where: Sequence[Relation] = (),
    bits: int = 64,
    steps: int = 2000,
) -> Flowpipe:
    """Enclose all solutions from the box `start` on [0, until], in at most `parts` parts.

    No component of a part ends with a radius above `widest`, if that is given. `conserved` and
    `where` are as for `integrate`. Raises `FlowError` where `parts` are not enough.
    """
    kept = levels(field, conserved, where) if conserved else None
    first = Path(field, start, kept=kept, bits=bits, steps=steps)
    waiting: list[Box] = [first.start]
    done: list[Trajectory] = []
    while waiting:
        box = waiting.pop()
        path = Path(field, box, kept=kept, bits=bits, steps=steps)
        if not _is_wide(box, bits):
            path.reach(fmpq(until))
            done.append(path.trajectory)
            continue
        why = _followed(path, fmpq(until), widest)
        if why is None:
            done.append(path.trajectory)
            continue
        if len(done) + len(waiting) + 2 > parts:
            raise FlowError(
                f"{parts} parts of the start are not enough: from ({_shown(box)}), {why}",
                why.reason,
            ) from why
        waiting += _halves(path, box)
    return Flowpipe(tuple(done))


def _followed(path: Path, until: fmpq, widest: arb | None) -> FlowError | None:
    """Why the box is to be cut, if it is; an error where cutting it does not help."""
    most = arb(2) ** (-path.bits // 2)
    try:
        while path.now < until:
            path.advance(until)
            most = most.max(sum(path.influences(), arb(0)))
            if path.error > EXCESS * most:
                size = path.error.str(3, radius=False)
                return FlowError(
                    f"the set spreads to {size} at time {short(path.now)}.", Reason.WIDE
                )
    except FlowError as fault:
        if fault.reason in HOPELESS:
            raise
        return fault
    radius = reduce(arb.max, [ball.rad() for ball in path.here()])
    if widest is not None and radius > widest:
        return FlowError(f"it ends with radius {radius.str(3, radius=False)}.", Reason.WIDE)
    return None


def _halves(path: Path, box: Box) -> list[Box]:
    """The box cut along the component that adds most to the last set that was reached."""
    sizes = path.influences()
    k = max(range(len(box)), key=lambda j: float(sizes[j]))
    with precision(path.bits):
        middle = box[k].mid()
        low, high = box[k].lower().union(middle), box[k].upper().union(middle)
    return [(*box[:k], half, *box[k + 1 :]) for half in (high, low)]


def _is_wide(box: Box, bits: int) -> bool:
    return any(ball.rad() > arb(2) ** (-bits // 2) * (1 + ball.abs_upper()) for ball in box)


def _shown(box: Box) -> str:
    return ", ".join(ball.str(4) for ball in box)
