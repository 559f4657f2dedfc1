"""**Limits of flows**: a ball around y(infinity), from a tail bound on a ball that traps the flow.

The solution is enclosed up to a time from which one of the rules in `tails` bounds the length that
is left. Where none does, the flow is refused, and what it is near to is named.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flint import arb, fmpq
from sympy import Rational

from verifier.enclose.solving.krawczyk import System, solve
from verifier.errors import DomainError
from verifier.flow.critical import is_stationary, no_critical_point, unstable
from verifier.flow.field import Field
from verifier.flow.integrate import FlowError, Path, Trajectory
from verifier.flow.losses import Descent
from verifier.flow.refusal import Reason, short
from verifier.flow.tails.contraction import contraction
from verifier.flow.tails.tail import Rule, Tail, around, norm, tail
from verifier.precision import precision


class NoLimitError(FlowError):
    """A flow that certainly has no limit."""


@dataclass(frozen=True)
class FlowLimit:
    """The limit of a flow lies in `balls`; `trajectory` leads to the tail."""

    balls: tuple[arb, ...]
    tail: Tail
    trajectory: Trajectory
    equilibrium: bool = (
        False  # the balls are those of the one equilibrium where the flow is trapped
    )

    @property
    def because(self) -> str:
        """The rule of the tail with its constants, for a report."""
        pinned = "; Krawczyk's test encloses the one equilibrium there" if self.equilibrium else ""
        return self.tail.because + pinned

    @property
    def radius(self) -> arb:
        """The largest radius of a component."""
        widest = arb(0)
        for ball in self.balls:
            widest = widest.max(ball.rad())
        return widest


def flow_limit(
    flow: Field | Descent,
    start: Sequence[Any],
    *,
    digits: int = 20,
    bits: int = 128,
    horizon: int = 4096,
    steps: int = 2000,
) -> FlowLimit:
    """A ball of radius 10^-digits around the limit of the flow from `start`.

    Raises `NoLimitError` where there certainly is none, and `FlowError` with the last enclosure
    where no tail bound holds up to the time `horizon`, or `steps` are spent.
    """
    field = flow if isinstance(flow, Field) else flow.field
    rules = (contraction(field),) if isinstance(flow, Field) else flow.rules
    path = Path(field, start, bits=bits, steps=steps)
    if _rests(flow, start):
        path.advance(fmpq(1))
        return FlowLimit(
            tuple(path.here()), Tail("equilibrium", fmpq(0), arb(0), arb(0)), path.trajectory
        )
    best = ""
    while path.now < horizon:
        try:
            path.advance(fmpq(horizon))
        except FlowError as fault:
            failure = str(fault).rstrip(".")
            raise _refused(flow, path, failure, best, reason=fault.reason) from fault
        found = _tail(rules, path)
        if found is not None:
            reached = _near(field, path, found, digits)
            if reached.radius <= arb(10) ** (-digits):
                return reached
            best = f"{found.because} leaves {found.length.str(3, radius=False)}"
    raise _refused(flow, path, f"No limit to 1e-{digits} up to time {horizon}", best)


def _tail(rules: Sequence[Rule], path: Path) -> Tail | None:
    here = path.here()
    with precision(path.bits):
        return tail(rules, path.now, here)


def _near(field: Field, path: Path, found: Tail, digits: int) -> FlowLimit:
    """What the tail leaves around the point that was reached, or the one equilibrium there."""
    here = path.here()
    with precision(path.bits):
        balls = tuple(around(here, found.length))
    if found.isolates and not all(ball.rad() <= arb(10) ** (-digits) for ball in balls):
        root = _equilibrium(field, path, found)
        if root is not None:
            return FlowLimit(root, found, path.trajectory, equilibrium=True)
    return FlowLimit(balls, found, path.trajectory)


def _equilibrium(field: Field, path: Path, found: Tail) -> tuple[arb, ...] | None:
    """The root of the field that Krawczyk's test finds in the ball of the tail, if it does."""
    here = path.here()
    try:
        root = solve(System(field.programs), here, bits=path.bits)
    except DomainError:
        return None
    with precision(path.bits):
        away = norm([x - y for x, y in zip(root.balls, here, strict=True)])
    return root.balls if away < found.radius else None


def _rests(flow: Field | Descent, start: Sequence[Any]) -> bool:
    """Whether the start is exact, and exactly stationary."""
    if isinstance(flow, Field) or any(isinstance(x, arb) for x in start):
        return False
    exact = [Rational(int(fmpq(x).p), int(fmpq(x).q)) for x in start]
    return is_stationary(flow.loss, flow.variables, exact)


def _refused(
    flow: Field | Descent, path: Path, failure: str, best: str, *, reason: Reason = Reason.NO_TAIL
) -> FlowError:
    """The refusal, with what is known of the point that was reached."""
    here = path.here()
    shown = ", ".join(x.str(8) for x in here)
    last = f"\n  At time {short(path.now)} the solution is ({shown})."
    field = flow if isinstance(flow, Field) else flow.field
    never = "" if isinstance(flow, Field) else no_critical_point(field, flow.loss, here)
    if never:
        return NoLimitError(f"The flow has no limit: {never}.{last}", Reason.NO_LIMIT)
    point = unstable(field, [x.mid() for x in here], bits=path.bits) if field.symmetric else ""
    if point:
        doubt = "whether it tends to it or leaves it is not decided"
        return FlowError(f"{failure}: it is near {point}; {doubt}.{last}", Reason.UNSTABLE)
    return FlowError(f"{failure}: {best or 'no tail bound holds'}.{last}", reason)
