"""**Events**: when a trajectory crosses a surface g(y) = 0, first and next, with what lies between.

On parts of the time axis that are cut as needed, either g has a certain sign, or its rate along
the flow has one, so that between two times of certain sign there is no crossing or exactly one.
Where neither can be shown the flow may only touch the surface: it is named and nothing is said of
later times.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flint import arb, fmpq
from sympy import Expr

from verifier.enclose.programs.bundle import Bundle, gradient
from verifier.enclose.programs.compile import compile_expr
from verifier.enclose.programs.program import Program
from verifier.enclose.rings import reals
from verifier.errors import UnsupportedError
from verifier.flow.field import Field
from verifier.flow.integrate import FlowError, Trajectory
from verifier.precision import precision

NEWTON = 40  # steps that narrow the time of one crossing


@dataclass(frozen=True)
class Crossing:
    """g = 0 at exactly one time in the ball `time`, with the components in `state` then.

    `direction` is the sign of the rate of g along the flow.
    """

    time: arb
    direction: int
    state: tuple[arb, ...]


@dataclass(frozen=True)
class Crossings:
    """All crossings on (0, until), in order; `contact` says why nothing is shown from there on."""

    events: tuple[Crossing, ...]
    until: fmpq
    contact: str = ""


@dataclass(frozen=True)
class _Surface:
    """g and its rate along a field."""

    field: Field
    program: Program
    slopes: Bundle

    def values(self, state: Sequence[arb]) -> tuple[arb, arb]:
        value = self.program.run(reals, state)
        slopes = self.slopes.run(reals, state)
        velocity = self.field.velocity(reals, state)
        return value, sum((s * v for s, v in zip(slopes, velocity, strict=True)), arb(0))


@dataclass(frozen=True)
class _Part:
    """Times [low, high] on which g has the sign `sign`, or else its rate has the sign `slope`.

    With neither, the part is too short to be cut.
    """

    low: fmpq
    high: fmpq
    sign: int
    slope: int


def first_crossing(trajectory: Trajectory, surface: Expr) -> Crossing | None:
    """The first time in (0, end] at which the trajectory crosses `surface` = 0; None if never.

    Raises `FlowError` where it may touch the surface before it is shown to cross it.
    """
    found = crossings(trajectory, surface, count=1)
    if found.events:
        return found.events[0]
    if found.contact:
        raise FlowError(found.contact)
    return None


def crossings(trajectory: Trajectory, surface: Expr, *, count: int | None = None) -> Crossings:
    """The crossings of `surface` = 0 on (0, end] in order, the first `count` of them.

    A start that lies on the surface exactly is no crossing. Raises `UnsupportedError` for a surface
    without a gradient.
    """
    if count is not None and count < 1:
        raise UnsupportedError(f"`count` is {count}; at least one crossing is looked for.")
    program = compile_expr(surface, trajectory.field.variables)
    followed = _Surface(trajectory.field, program, Bundle.of(gradient(program)))
    with precision(trajectory.bits):
        return _followed(trajectory, followed, count)


def _followed(trajectory: Trajectory, surface: _Surface, count: int | None) -> Crossings:
    events: list[Crossing] = []
    begin, before = fmpq(0), _sign_at(trajectory, surface, fmpq(0))
    on_surface = surface.values(trajectory.at(fmpq(0)))[0].is_zero()
    if not (before or on_surface):
        return Crossings((), begin, _uncertain_start(trajectory, surface))
    for part in _parts(trajectory, surface):
        if not part.sign:
            if not part.slope:
                return Crossings(tuple(events), begin, _contact(trajectory, surface, part))
            before = before or part.slope
        high = part.low if part.sign else part.high
        after = part.sign or _sign_at(trajectory, surface, high)
        if not after:
            continue
        if after != before:
            events.append(_refined(trajectory, surface, begin, high, after))
            if len(events) == count:
                return Crossings(tuple(events), high)
        begin, before = part.high, after
    contact = "" if begin == trajectory.end else _unfinished(begin, trajectory.end)
    return Crossings(tuple(events), begin, contact)


def _parts(trajectory: Trajectory, surface: _Surface) -> Iterator[_Part]:
    """The time axis in order, cut until something is certain on each part."""
    shortest = fmpq(1, 2 ** (trajectory.bits // 2 + 8))
    for index, piece in enumerate(trajectory.pieces):
        waiting = [(piece.start, piece.end)]
        while waiting:
            low, high = waiting.pop()
            value, rate = _over(trajectory, surface, index, low, high)
            part = _Part(low, high, _sign(value), _sign(rate))
            middle = (low + high) / 2
            if part.sign or part.slope or high - low < shortest * piece.length:
                yield part
            else:
                waiting += [(middle, high), (low, middle)]


def _over(
    trajectory: Trajectory, surface: _Surface, index: int, low: fmpq, high: fmpq
) -> tuple[arb, arb]:
    """g and its rate on [low, high], g also by the mean value."""
    value, rate = surface.values(trajectory.around(index, low, high))
    middle = (low + high) / 2
    centre, _ = surface.values(trajectory.around(index, middle, middle))
    steep = centre + rate * arb(0, arb((high - low) / 2).upper())
    if steep.is_finite() and value.is_finite() and value.overlaps(steep):
        return value.intersection(steep), rate
    return value, rate


def _refined(
    trajectory: Trajectory, surface: _Surface, low: fmpq, high: fmpq, direction: int
) -> Crossing:
    """The one crossing on [low, high], where g has a rate of one sign, by interval Newton steps."""
    for _ in range(NEWTON):
        middle = (low + high) / 2
        _, rate = surface.values(trajectory.over(low, high))
        if not _sign(rate):
            low, high = _halved(trajectory, surface, (low, high), direction)
            if middle not in (low, high):
                break
            continue
        value, _ = surface.values(trajectory.over(middle, middle))
        newton = arb(middle) - value / rate
        left, right = max(low, newton.lower().fmpq()), min(high, newton.upper().fmpq())
        stuck = 2 * (right - left) > high - low
        low, high = left, right
        if stuck:
            break
    return Crossing(_hull(low, high), direction, tuple(trajectory.over(low, high)))


def _halved(
    trajectory: Trajectory, surface: _Surface, times: tuple[fmpq, fmpq], direction: int
) -> tuple[fmpq, fmpq]:
    low, high = times
    middle = (low + high) / 2
    sign = _sign_at(trajectory, surface, middle)
    if not sign:
        return low, high
    return (low, middle) if sign == direction else (middle, high)


def _sign_at(trajectory: Trajectory, surface: _Surface, time: fmpq) -> int:
    return _sign(surface.values(trajectory.over(time, time))[0])


def _sign(ball: arb) -> int:
    return 1 if ball > 0 else -1 if ball < 0 else 0


def _hull(low: fmpq, high: fmpq) -> arb:
    return arb(low).union(arb(high))


def _contact(trajectory: Trajectory, surface: _Surface, part: _Part) -> str:
    value, rate = surface.values(trajectory.over(part.low, part.high))
    return (
        f"The flow may touch the surface without crossing it near time {float(arb(part.low)):.6g}: "
        f"g is in {value.str(5)} and its rate in {rate.str(5)}.\n"
        "  A tangency, two crossings and none are not told apart; more bits may do it, or a "
        "narrower start."
    )


def _uncertain_start(trajectory: Trajectory, surface: _Surface) -> str:
    value, _ = surface.values(trajectory.at(fmpq(0)))
    return f"The start may lie on the surface: g is in {value.str(5)} there."


def _unfinished(begin: fmpq, end: fmpq) -> str:
    return (
        f"The end {float(arb(end)):.6g} may lie on the surface, whose side is certain up to "
        f"{float(arb(begin)):.6g}: integrate further."
    )
