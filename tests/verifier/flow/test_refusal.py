"""**Refusals**: problems that cannot be followed end soon, and the message names their vice."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field as default
from typing import Any

import pytest
from flint import arb, fmpq
from sympy import Abs, Expr, Rational, exp, sign, sqrt

from verifier import cos, reals
from verifier.flow.field import field
from verifier.flow.integrate import FlowError, Path, integrate
from verifier.flow.refusal import Reason

x, y, z = reals("x y z")
LORENZ = (10 * (y - x), x * (28 - z) - y, x * y - Rational(8, 3) * z)


@dataclass(frozen=True)
class Vice:
    """y' = velocity from `start`, which is refused before the time `until`."""

    name: str
    velocity: tuple[Expr, ...]
    start: tuple[Any, ...]
    until: int
    reason: Reason
    text: str
    options: dict[str, int] = default(default_factory=dict)


COARSE = {"bits": 48}
BRIEF = {"steps": 60}
VICES = [
    Vice("square", (x**2,), (1,), 2, Reason.BLOW_UP, "blow-up near time (1|0.9999)", COARSE),
    Vice("exponential", (exp(x),), (0,), 2, Reason.BLOW_UP, "blow-up near time 1", COARSE),
    Vice("tangent", (1 + x**2,), (0,), 9, Reason.BLOW_UP, "near time 1.57", COARSE),
    Vice("blow-up in one of two", (x * y, x), (1, 1), 9, Reason.BLOW_UP, "blow-up", COARSE),
    Vice("root of |x| from 0", (sqrt(Abs(x)),), (0,), 1, Reason.NOT_LIPSCHITZ, "at time 0, where"),
    Vice("root of |x| to 0", (-sqrt(Abs(x)),), (1,), 3, Reason.NOT_LIPSCHITZ, "time 1.9", COARSE),
    Vice("jump", (-sign(x),), (1,), 2, Reason.NOT_LIPSCHITZ, "a jump", COARSE),
    Vice("start on a jump", (1 + sign(x),), (0,), 2, Reason.NOT_LIPSCHITZ, "solutions may split"),
    Vice("kink", (1 + Abs(x),), (-1,), 2, Reason.NOT_LIPSCHITZ, "is shown there", COARSE),
    Vice("pole", (-1 / x,), (1,), 2, Reason.NO_VALUE, "at time 0.5, where", COARSE),
    Vice("edge of a root", (-sqrt(x),), (1,), 3, Reason.NO_VALUE, "may end there", COARSE),
    Vice("outside", (sqrt(x - 1),), (0,), 1, Reason.NO_VALUE, "has no value near the solution"),
    Vice(
        "stiff",
        (-(10**6) * (x - cos(y)), Rational(1)),
        (1, 0),
        10,
        Reason.STIFF,
        r"is stiff, with rates up to 1e\+06",
        BRIEF,
    ),
    Vice("stiff decay", (-1000 * x + y, -y), (1, 1), 100, Reason.STIFF, "more steps near", BRIEF),
    Vice("long", (-y, x), (1, 0), 10**6, Reason.STEPS, "60 steps are spent", BRIEF),
    Vice("chaos", LORENZ, (1, 1, 1), 30, Reason.SENSITIVE, "sensitive dependence", {"bits": 24}),
    Vice("chaos from a box", LORENZ, (arb(1, 0.01), 1, 1), 9, Reason.WIDE, "split it", COARSE),
]


@pytest.mark.parametrize("vice", VICES, ids=[vice.name for vice in VICES])
def test_each_vice_is_named(vice: Vice) -> None:
    variables = (x, y, z)[: len(vice.velocity)]
    path = Path(field(variables, vice.velocity), vice.start, **vice.options)
    with pytest.raises(FlowError, match=vice.text) as refused:
        path.reach(fmpq(vice.until))
    assert vice.reason == refused.value.reason
    assert len(path.pieces) < 1000


@pytest.mark.parametrize("velocity", [(x,), (-(x**3),), (1 / (1 + x**2),)])
def test_what_has_no_vice_is_not_refused(velocity: Sequence[Expr]) -> None:
    assert integrate(field((x,), velocity), (1,), 3, bits=48).end == 3


def test_the_chaotic_flow_is_enclosed_with_enough_bits() -> None:
    """At 24 bits the same flow is refused."""
    flow = field((x, y, z), LORENZ)
    coarse, fine = (integrate(flow, (1, 1, 1), 6, bits=bits) for bits in (64, 96))
    for low, high in zip(coarse.last(), fine.last(), strict=True):
        assert low.contains(high)
        assert float(low.rad()) < 1e-10


def test_a_flow_without_steps_is_refused() -> None:
    with pytest.raises(FlowError, match="takes one at least"):
        integrate(field((x,), (x,)), (1,), 1, steps=0)


def test_memory_stays_small() -> None:
    program = (
        "import pathlib, verifier\n"
        "x, y, z = verifier.reals('x y z')\n"
        "speed = (10*(y - x), x*(28 - z) - y, x*y - 3*z)\n"
        "path = verifier.integrate(verifier.field((x, y, z), speed), (1, 1, 1), 4)\n"
        "lines = pathlib.Path('/proc/self/status').read_text().splitlines()\n"
        "print(next(line.split()[1] for line in lines if line.startswith('VmHWM')))\n"
    )
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert int(shown.stdout) < 400 * 1024
