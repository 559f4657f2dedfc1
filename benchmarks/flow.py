"""**Gradient flows**: an enclosure against `mpmath.odefun`, which gives no bound; one run of each.

`a' = -(ab - 1) b, b' = -(ab - 1) a` from (1/2, 1/5) to t = 2, a linear neuron a <w, x> with w in
the plane and two data to t = 20; then the limit at infinity of both, which no peer encloses.

Where the environment variable `PEERS` names a Python that has codac, its tube around the first flow
must contain ours; codac is no dependency, and runs in a process of its own.
"""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import mpmath
from flint import arb, fmpq
from sympy import Expr, Rational, Symbol, lambdify

from verifier import reals
from verifier.flow.integrate import integrate
from verifier.flow.limit import flow_limit
from verifier.flow.losses import LeastSquares
from verifier.precision import precision

TIMES = 16  # parts of the time at which the tubes are compared
STEP = 2.0**-9  # of codac

a, b, v, w = reals("a b v w")


@dataclass(frozen=True)
class Case:
    """A flow, its start, the time, our bits, the digits of the peer, and the radius to reach."""

    name: str
    flow: LeastSquares
    start: tuple[fmpq, ...]
    until: int
    bits: int
    digits: int
    radius: str


CASES = (
    Case(
        "2 variables, t = 2",
        LeastSquares((a * b - 1,), (a, b)),
        (fmpq(1, 2), fmpq(1, 5)),
        2,
        88,
        22,
        "1e-20",
    ),
    Case(
        "3 variables, t = 20",
        LeastSquares((a * (v + 2 * w) - 1, a * (3 * v - w) - 2), (a, v, w), Rational(1, 4)),
        (fmpq(1, 2), fmpq(1, 5), fmpq(1, 3)),
        20,
        112,
        27,
        "1e-25",
    ),
)


def main() -> None:
    print(f"{'gradient flow':24}{'ours ms':>10}{'odefun ms':>11}{'ratio':>8}  radius")
    for case in CASES:
        began = time.perf_counter()
        ends = integrate(case.flow.field, case.start, case.until, bits=case.bits).last()
        ours = 1000 * (time.perf_counter() - began)
        began = time.perf_counter()
        theirs = _odefun(case)
        peer = 1000 * (time.perf_counter() - began)
        _compare(case, ends, theirs)
        widest = max(ends, key=lambda ball: float(ball.rad())).rad().str(2, radius=False)
        print(f"{case.name:24}{ours:10.0f}{peer:11.0f}{ours / peer:8.3f}  {widest}")
    for case in CASES:
        began = time.perf_counter()
        found = flow_limit(case.flow, case.start, digits=20, bits=case.bits)
        ours = 1000 * (time.perf_counter() - began)
        shown = found.radius.str(2, radius=False)
        print(f"{'limit, ' + case.name:24}{ours:10.0f}{'':19}  {shown}; {found.because}")
    print(tube(CASES[0], os.environ.get("PEERS", "")))


def tube(case: Case, python: str) -> str:
    """A line on codac's tube; raises `ArithmeticError` where it does not contain ours."""
    if not python:
        return "codac: not raced; set PEERS to a Python that has it"
    times = [fmpq(case.until * k, TIMES) for k in range(TIMES + 1)]
    task = {
        "names": [str(name) for name in case.flow.variables],
        "velocity": [str(-case.flow.loss.diff(name)) for name in case.flow.variables],
        "start": [(int(x.p), int(x.q)) for x in case.start],
        "until": case.until,
        "step": STEP,
        "times": [int(t.p) / int(t.q) for t in times],
    }
    script = Path(__file__).with_name("tube.py")
    done = subprocess.run(
        [python, str(script)], input=json.dumps(task), capture_output=True, text=True, check=False
    )
    if done.returncode:
        why = done.stderr.strip().rpartition("\n")[2]
        return f"codac: not raced; {python} says {why or 'nothing'}"
    answer = json.loads(done.stdout)
    trajectory = integrate(case.flow.field, case.start, case.until, bits=case.bits)
    widest = 0.0
    for moment, box in zip(times, answer["boxes"], strict=True):
        for ball, ends in zip(trajectory.at(moment), box, strict=True):
            low, high = map(float.fromhex, ends)
            widest = max(widest, high - low)
            if not (ball >= arb(low) and ball <= arb(high)):
                raise ArithmeticError(f"{case.name}: codac's tube misses {ball} at {moment}.")
    seconds = answer["seconds"]
    return (
        f"{'codac, ' + case.name:24}{1000 * seconds:10.0f}{'':19}  "
        f"its tube of width {widest:.1e} contains ours at {len(times)} times"
    )


def _odefun(case: Case) -> Sequence[mpmath.mpf]:
    loss, names = case.flow.loss, case.flow.variables
    slopes = [lambdify(names, -_diff(loss, name), "mpmath") for name in names]
    with mpmath.workdps(case.digits):
        start = [mpmath.mpf(int(x.p)) / int(x.q) for x in case.start]
        path = mpmath.odefun(lambda _, y: [slope(*y) for slope in slopes], 0, start)
        return list(path(case.until))


def _diff(loss: Expr, name: Symbol) -> Expr:
    return loss.diff(name)


def _compare(case: Case, ends: Sequence[arb], theirs: Sequence[mpmath.mpf]) -> None:
    """Raises `ArithmeticError` where the answers differ or our ball is too wide."""
    with precision(200), mpmath.workdps(40):
        for ball, value in zip(ends, theirs, strict=True):
            if not ball.rad() <= arb(case.radius):
                raise ArithmeticError(f"{case.name}: the radius {ball.rad()} is too large.")
            if not abs(ball - arb(mpmath.nstr(value, 35))) < arb(10) ** (3 - case.digits):
                raise ArithmeticError(f"{case.name}: ours is {ball}, odefun says {value}.")


if __name__ == "__main__":
    main()
