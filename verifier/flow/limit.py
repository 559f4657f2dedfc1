"""**Limits of flows**: a ball around y(infinity), from a tail bound on a ball that traps the flow.

Two bounds of the length that is left from y(T), on the ball of radius R around it:

    least squares  L = c |r|^2:  |grad L|^2 >= 4 c k L,  k the least eigenvalue of J J^T,
                                 length <= sqrt(L(y(T)) / (c k))      (Polyak-Lojasiewicz)
    contraction    logarithmic norm of the Jacobian <= -m < 0:
                                 length <= |f(y(T))| / m

The flow stays in the ball, and converges within it, when the length is less than R.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flint import arb, fmpq
from sympy import Add, Expr, Rational, Symbol

from verifier.enclose import reals
from verifier.enclose.bundle import Bundle, gradient
from verifier.enclose.compile import compile_expr
from verifier.enclose.spectra import smallest_eigenvalue
from verifier.errors import UnsupportedError
from verifier.flow.field import Field, gradient_flow
from verifier.flow.integrate import FlowError, Path, Trajectory
from verifier.flow.step import logarithmic_norm
from verifier.precision import precision

_RADII = (2.0**-30, 2.0**-16, 2.0**-8, 2.0**-5, 2.0**-3, 0.5)  # balls that are tried, by size


@dataclass(frozen=True)
class LeastSquares:
    """The loss c * sum of squared residuals, and its gradient flow."""

    residuals: tuple[Expr, ...]
    variables: tuple[Symbol, ...]
    scale: Rational = Rational(1, 2)

    def __post_init__(self) -> None:
        if not self.residuals or not self.scale > 0:
            raise UnsupportedError("Least squares need a residual and a positive factor.")

    @property
    def loss(self) -> Expr:
        return self.scale * Add(*(r**2 for r in self.residuals))

    @cached_property
    def field(self) -> Field:
        return gradient_flow(self.loss, self.variables)

    @cached_property
    def values(self) -> Bundle:
        return Bundle.of([compile_expr(r, self.variables) for r in self.residuals])

    @cached_property
    def slopes(self) -> Bundle:
        """The Jacobian of the residuals, by rows."""
        rows = [gradient(compile_expr(r, self.variables)) for r in self.residuals]
        return Bundle.of([entry for row in rows for entry in row])


@dataclass(frozen=True)
class Tail:
    """From `time` on the flow moves by at most `length`; `because` says by which bound."""

    time: fmpq
    length: arb
    because: str


@dataclass(frozen=True)
class FlowLimit:
    """The limit of a flow lies in `balls`; `trajectory` leads to the tail."""

    balls: tuple[arb, ...]
    tail: Tail
    trajectory: Trajectory

    @property
    def radius(self) -> arb:
        """The largest radius of a component."""
        widest = arb(0)
        for ball in self.balls:
            widest = widest.max(ball.rad())
        return widest


def limit(
    flow: Field | LeastSquares,
    start: Sequence[Any],
    *,
    digits: int = 20,
    bits: int = 128,
    horizon: int = 4096,
    steps: int = 2000,
) -> FlowLimit:
    """A ball of radius 10^-digits around the limit of the flow from `start`.

    Raises `FlowError` with the last enclosure where no tail bound holds up to the time `horizon`,
    or `steps` are spent.
    """
    field = flow if isinstance(flow, Field) else flow.field
    path = Path(field, start, bits=bits, steps=steps)
    goal = arb(10) ** (-digits)
    until = fmpq(1)
    best = ""
    while True:
        path.reach(until)
        here = path.here()
        with precision(bits):
            found = _tail(flow, path.now, here)
            if found is not None:
                balls = tuple(x + arb(0, found.length) for x in here)
                if all(ball.rad() <= goal for ball in balls):
                    return FlowLimit(balls, found, path.trajectory)
                best = f"{found.because}, which leaves {found.length.str(3, radius=False)}"
        if until >= horizon:
            shown = ", ".join(x.str(8) for x in here)
            raise FlowError(
                f"No limit to 1e-{digits} up to time {horizon}: {best or 'no tail bound holds'}.\n"
                f"  There the solution is ({shown})."
            )
        until = until * 5 / 4 if until > 8 else until + 1


def _tail(flow: Field | LeastSquares, time: fmpq, here: Sequence[arb]) -> Tail | None:
    """The best tail bound at the enclosed point `here`."""
    size = max(1.0, *(float(x.abs_upper()) for x in here))
    for share in _RADII:
        radius = arb(share * size)
        found = _tail_on(flow, time, here, radius)
        if found is not None and found.length < radius:
            return found
    return None


def _tail_on(
    flow: Field | LeastSquares, time: fmpq, here: Sequence[arb], radius: arb
) -> Tail | None:
    ball = [x + arb(0, radius) for x in here]
    if isinstance(flow, LeastSquares):
        return _polyak(flow, time, here, ball, radius)
    rate = -logarithmic_norm(flow.jacobian(ball))
    if not (rate > 0 and rate.is_finite()):
        return None
    length = (_norm(flow.velocity(reals, here)) / rate).upper()
    shown = f"contraction at rate {_text(rate)} on the ball of radius {_text(radius)}"
    return Tail(time, length, shown)


def _polyak(
    flow: LeastSquares, time: fmpq, here: Sequence[arb], ball: Sequence[arb], radius: arb
) -> Tail | None:
    n = len(flow.variables)
    flat = flow.slopes.run(reals, ball)
    rows = [flat[k : k + n] for k in range(0, len(flat), n)]
    gram = [[sum((a * b for a, b in zip(u, v, strict=True)), arb(0)) for v in rows] for u in rows]
    least = smallest_eigenvalue(gram)
    if not (least > 0 and least.is_finite()):
        return None
    length = (_norm(flow.values.run(reals, here)) / least.sqrt()).upper()
    constant = 2 * arb(int(flow.scale.p)) / int(flow.scale.q) * least
    shown = f"Polyak-Lojasiewicz constant {_text(constant)} on the ball of radius {_text(radius)}"
    return Tail(time, length, shown)


def _norm(balls: Sequence[arb]) -> arb:
    total = arb(0)
    for ball in balls:
        total = total + ball.abs_upper() * ball.abs_upper()
    return total.sqrt()


def _text(value: arb) -> str:
    return str(value.str(3, radius=False))
