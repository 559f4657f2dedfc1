"""**Refusals**: why a flow could not be enclosed further, from what is known where it stopped.

A reason names what the enclosures show; it never says that a solution does not exist.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import reduce

from flint import arb, fmpq

from verifier.enclose.rings import reals
from verifier.flow.field import Field
from verifier.flow.step import Piece

GROWN = 1000.0  # times that |y| has grown, or steps have shrunk, where a solution seems to end
STIFF = 100.0  # times that the fastest rate is above the rate at which the solution changes
NEAR = 64  # widths of the enclosure within which the field is looked at
LOST = 0.25  # share of the bits that are left of an enclosure that has grown too wide


class Reason(Enum):
    """Why a flow was refused."""

    NO_VALUE = "the field has no value"
    NOT_LIPSCHITZ = "no Lipschitz bound"
    BLOW_UP = "blow-up"
    STIFF = "stiff"
    SENSITIVE = "sensitive dependence"
    WIDE = "the start is too wide"
    STEPS = "steps are spent"
    NO_TAIL = "no tail bound holds"
    UNSTABLE = "near a saddle or a maximum"
    NO_LIMIT = "there is no limit"
    OTHER = "refused"


@dataclass(frozen=True)
class Stop:
    """Where a flow stopped: at `now` within `error` of `middle`, on the way to `until`.

    `start` holds the components at time 0.
    """

    field: Field
    bits: int
    start: Sequence[arb]
    pieces: Sequence[Piece]
    now: fmpq
    until: fmpq
    middle: Sequence[arb]
    error: arb

    @property
    def size(self) -> float:
        return max(float(x.abs_upper()) for x in self.middle)


def undefined(stop: Stop) -> tuple[Reason, str]:
    """Where the field has no Taylor series at the solution."""
    when = short(stop.now)
    if _is_finite(stop.field.velocity(reals, stop.middle)):
        return Reason.NOT_LIPSCHITZ, (
            f"No Lipschitz bound is shown at the solution at time {when}, where the field has a "
            "value and no derivative (a kink, a jump or a root): solutions may split there."
        )
    return Reason.NO_VALUE, f"The field has no value near the solution at time {when}."


def invalid(stop: Stop) -> tuple[Reason, str]:
    """Where no step could be validated."""
    reason, because = _because(stop)
    return reason, (
        f"No step could be validated at time {short(stop.now)}, where |y| is near {stop.size:.3g}, "
        f"known to {stop.error.str(3, radius=False)}: {because}."
    )


def spent(stop: Stop) -> tuple[Reason, str]:
    """Where the steps that are allowed were taken."""
    count = len(stop.pieces)
    front = f"{count} steps are spent at time {short(stop.now)}"
    rate = _fastest(stop)
    change = _norm(stop.field.velocity(reals, stop.middle)) / (_norm(stop.middle) + 1)
    pace = float(arb(stop.now)) / count
    left = (float(arb(stop.until - stop.now))) / pace
    if _ends(stop):
        return Reason.BLOW_UP, f"{front}: {_blow_up(stop)}."
    if rate.is_finite() and rate > STIFF * change and float(rate) * pace > 1 / GROWN:
        return Reason.STIFF, (
            f"{front}: the flow is stiff, with rates up to {float(rate):.3g} while the solution "
            f"changes at rate {float(change):.3g}; {left:.3g} more steps near {pace:.3g} lead to "
            f"{short(stop.until)}."
        )
    return Reason.STEPS, f"{front}; at their pace {left:.3g} more lead to {short(stop.until)}."


def _because(stop: Stop) -> tuple[Reason, str]:
    if not all(_is_finite(row) for row in stop.field.jacobian(_around(stop))):
        if _is_finite(stop.field.velocity(reals, _around(stop))):
            return Reason.NOT_LIPSCHITZ, (
                "no Lipschitz bound is shown there (the field has a kink, a jump or a root), so "
                "that solutions may split"
            )
        return Reason.NO_VALUE, "the field has no value nearby, so that the solution may end there"
    if _ends(stop):
        return Reason.BLOW_UP, _blow_up(stop)
    scale = arb(max(stop.size, 1.0))
    if stop.error > scale * arb(2) ** int(-stop.bits * LOST):
        return _lost(stop, scale)
    return Reason.OTHER, "it may end there, or need more bits"


def _lost(stop: Stop, scale: arb) -> tuple[Reason, str]:
    began = _norm([arb(x.rad()) for x in stop.start])
    grown = stop.error / (began + scale * arb(2) ** -stop.bits)
    rate = float(grown.log()) / max(float(arb(stop.now)), 1e-300)
    shown = f"it has grown like exp({rate:.3g} t) (sensitive dependence on the start)"
    if began > scale * arb(2) ** int(-stop.bits * LOST):
        return Reason.WIDE, f"the start is too wide to be followed at once, {shown}; split it"
    bits = int(float(grown.log()) / 0.69) + stop.bits // 2
    return Reason.SENSITIVE, f"{shown}; {bits} bits may do it so far"


def _ends(stop: Stop) -> bool:
    """Whether |y| has grown, and the steps have shrunk, as before a blow-up."""
    if not stop.pieces or not stop.size > 1:
        return False
    longest = max(float(arb(piece.length)) for piece in stop.pieces)
    last = float(arb(stop.pieces[-1].length))
    return longest > GROWN * last and bool(_speed(stop) > GROWN)


def _speed(stop: Stop) -> arb:
    """How fast the solution moves, against its speed at the start."""
    first = _norm(stop.field.velocity(reals, [x.mid() for x in stop.start]))
    return _norm(stop.field.velocity(reals, stop.middle)) / (first + 1)


def _blow_up(stop: Stop) -> str:
    last = float(arb(stop.pieces[-1].length))
    return (
        f"its speed has grown {float(_speed(stop)):.3g} times while steps shrank to {last:.3g}: "
        f"the solution may end in a blow-up near time {short(stop.now)}"
    )


def _around(stop: Stop) -> list[arb]:
    """A ball that the next steps do not leave, if they are as long as the last one."""
    reach = NEAR * stop.error
    if stop.pieces:
        last = arb(stop.pieces[-1].length)
        reach = reach + 4 * last * _norm(stop.field.velocity(reals, stop.middle))
    return [x + arb(0, reach) for x in stop.middle]


def _fastest(stop: Stop) -> arb:
    """A bound of the rates of the Jacobian at the solution."""
    rows = stop.field.jacobian(stop.middle)
    return reduce(arb.max, [sum((e.abs_upper() for e in row), arb(0)) for row in rows])


def _is_finite(values: Sequence[arb]) -> bool:
    return all(v.is_finite() for v in values)


def _norm(values: Sequence[arb]) -> arb:
    total = arb(0)
    for value in values:
        total = total + value.abs_upper() ** 2
    return total.sqrt().upper()


def short(time: fmpq) -> str:
    return f"{float(int(time.p)) / float(int(time.q)):.6g}"
