"""**Race**: one workload, ours and the peers' in turn, medians and their ratio."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import flint
import mpmath

ROUNDS = 31
CALLS = 5  # in a row, after one that is not timed: each round, every runner is as warm as it gets
DIGITS_SHOWN = 60
AGREEMENT = "1e-45"


@dataclass(frozen=True)
class Race:
    """`ours` returns a ball, each peer a number of mpmath.

    `target` is the ratio of our median to the first peer's that we mean to reach, and `radius`
    the largest radius (decimal text) with which the race counts as run.
    """

    name: str
    ours: Callable[[], flint.arb]
    peers: Mapping[str, Callable[[], mpmath.mpf]]
    target: str
    radius: str


@dataclass(frozen=True)
class Row:
    """Medians in milliseconds; `radius` is that of our ball, as decimal text."""

    race: str
    peer: str
    ours: float
    theirs: float
    target: str
    radius: str

    @property
    def ratio(self) -> float:
        return self.ours / self.theirs


def run(race: Race, *, rounds: int = ROUNDS) -> list[Row]:
    """Race once for the answers, then `rounds` times in turn for the medians of one call.

    Raises:
        ArithmeticError: the answers differ, or our ball is wider than the race allows.
    """
    ball = _checked(race)
    runners = {"": race.ours, **race.peers}
    times: dict[str, list[float]] = {name: [] for name in runners}
    for _ in range(rounds):
        for name, runner in runners.items():
            times[name].append(_milliseconds(runner))
    median = {name: statistics.median(found) for name, found in times.items()}
    radius = ball.rad().str(2, radius=False)
    return [
        Row(race.name, peer, median[""], median[peer], race.target, radius) for peer in race.peers
    ]


def table(rows: list[Row]) -> str:
    """The rows as aligned text."""
    head = ("race", "peer", "ours ms", "peer ms", "ratio", "target", "radius")
    lines = [head] + [
        (r.race, r.peer, f"{r.ours:.3f}", f"{r.theirs:.3f}", f"{r.ratio:.2f}", r.target, r.radius)
        for r in rows
    ]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    padded = (
        "  ".join(cell.ljust(w) for cell, w in zip(line, widths, strict=True)) for line in lines
    )
    return "\n".join(line.rstrip() for line in padded)


def _milliseconds(runner: Callable[[], object]) -> float:
    """The time of one call, a mean of `CALLS`."""
    runner()
    start = time.perf_counter()
    for _ in range(CALLS):
        runner()
    return 1000 * (time.perf_counter() - start) / CALLS


def _checked(race: Race) -> flint.arb:
    ball = race.ours()
    if not ball.rad() <= flint.arb(race.radius):
        raise ArithmeticError(f"{race.name}: the radius {ball.rad()} is above {race.radius}.")
    before, flint.ctx.prec = flint.ctx.prec, 256
    try:
        for peer, runner in race.peers.items():
            with mpmath.workdps(DIGITS_SHOWN):
                answer = flint.arb(mpmath.nstr(runner(), DIGITS_SHOWN))
            if not abs(ball - answer) < flint.arb(AGREEMENT):
                raise ArithmeticError(f"{race.name}: ours is {ball}, {peer} says {answer}.")
    finally:
        flint.ctx.prec = before
    return ball
