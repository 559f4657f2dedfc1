"""**The exact kernel**: how long a derivation takes, certificate and replay included.

`python -m benchmarks.kernel` prints the median of warm runs against the time that is meant to be
reached, and what Z3 needs for the polynomial ones, where it is installed.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec

from sympy import Expr, lambdify

from tests.soundness.statements import Trial, trial
from verifier import (
    Coordinates,
    Q,
    Space,
    by,
    conserved,
    dot,
    ge,
    hessian_map,
    norm2,
    radial_field,
    reals,
    sqrt,
)
from verifier.derive.side import derive_claim

ROUNDS = 15
x, y, a = reals("x y a")
space = Space()
w, g = space.vectors("w g")
at = Coordinates("w")
r = at.norm
QUARTIC = 2 * x**4 + 2 * x**3 * y - x**2 * y**2 + 5 * y**4
MOTZKIN = x**4 * y**2 + x**2 * y**4 + 1 - 3 * x**2 * y**2
STEP = by.sum_of_squares(multiplier=x**2 + y**2 + 1)


@dataclass(frozen=True)
class Timed:
    """One derivation, the milliseconds to reach, and whether it should be complete."""

    what: str
    trial: Trial
    target: float
    holds: bool = True
    peer: Callable[[], object] | None = None


def timed() -> list[Timed]:
    """The derivations that have a target."""
    field = radial_field(at, 1 / sqrt(r), -1 / (4 * r**2 * sqrt(r)) * 2)
    plain = radial_field(at, 1 + r**2, 2)
    flow = {a: dot(w, g), w: a * g}
    zero = ge(QUARTIC, 0)
    return [
        Timed("Hessian map, polynomial", trial("p", "", hessian_map(plain), by.hessian_map), 15),
        Timed("Hessian map, radicals", trial("h", "", hessian_map(field), by.hessian_map), 15),
        Timed(
            "conserved, every d", trial("c", "", conserved(a**2 - norm2(w), flow), by.conserved), 50
        ),
        Timed("quartic form >= 0", trial("q", "", zero, by.sum_of_squares), 30, peer=_z3(QUARTIC)),
        Timed("Motzkin >= 0", trial("m", "", ge(MOTZKIN, 0), STEP), 500, peer=_z3(MOTZKIN)),
        Timed(
            "Motzkin >= 1/1000 (false)",
            trial("f", "", ge(MOTZKIN, Q(1, 1000)), STEP),
            500,
            holds=False,
            peer=_z3(MOTZKIN - Q(1, 1000)),
        ),
    ]


def table() -> str:
    """Milliseconds, ours and Z3's; raises `ArithmeticError` for an answer that is not expected."""
    lines = [f"{'derivation':28}{'ms':>8}{'target':>8}{'z3':>8}  rests on"]
    for row in timed():
        derive = derive_claim(row.trial.claim)
        if derive.complete != row.holds:
            raise ArithmeticError(f"{row.what}: {derive.steps[-1].reason or 'it was accepted'}")
        ours = _median(lambda claim=row.trial.claim: derive_claim(claim))
        theirs = f"{_median(row.peer):8.1f}" if row.peer else f"{'':8}"
        rests = derive.steps[-1].rests_on.value if row.holds else "a rational point"
        lines.append(f"{row.what:28}{ours:8.1f}{row.target:8.0f}{theirs}  {rests}")
    return "\n".join(lines)


def _median(run: Callable[[], object]) -> float:
    run()
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        run()
        times.append(1000 * (time.perf_counter() - began))
    return statistics.median(times)


def _z3(polynomial: Expr) -> Callable[[], object] | None:
    if find_spec("z3") is None:
        return None
    import z3

    def ask() -> object:
        names = {"x": z3.Real("x"), "y": z3.Real("y")}
        solver = z3.Solver()
        solver.add(lambdify((x, y), 1000 * polynomial)(names["x"], names["y"]) < 0)
        return solver.check()

    return ask


if __name__ == "__main__":
    print(table())
