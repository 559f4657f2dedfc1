"""**Box bound**: the least and greatest value of x sin x - x^2/3 on [0, 2], to width 1e-6.

Peer: bisection with mean-value forms in `mpmath.iv`, to the same width.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from heapq import heappop, heappush

import mpmath

ROUNDS = 9
WIDTH = 1e-6
LIMIT = 20.0  # milliseconds


def table() -> str:
    """Medians of one call, and the widths that were reached."""
    ours, width = _ours()
    theirs, other = _peer()
    lines = [
        f"{'box bound':<14}  {'ms':>9}  width",
        f"{'ours':<14}  {ours:9.3f}  {width:.1e}  (target {LIMIT:.0f} ms, width {WIDTH:.0e})",
        f"{'mpmath.iv':<14}  {theirs:9.3f}  {other:.1e}  ratio {ours / theirs:.4f}",
    ]
    return "\n".join(lines)


def _ours() -> tuple[float, float]:
    from verifier import Q, bounds, real, sin

    x = real("x")
    expr = x * sin(x) - x**2 / 3
    found = bounds(expr, {x: (0, 2)}, tolerance=Q(1, 10**6))
    width = max(float(2 * ball.rad()) for ball in (found.least, found.greatest))
    if not width <= WIDTH:
        raise ArithmeticError(f"box bound: the width {width} is above {WIDTH}.")
    call = lambda: bounds(expr, {x: (0, 2)}, tolerance=Q(1, 10**6))  # noqa: E731
    return _median(call, ROUNDS), width


def _peer() -> tuple[float, float]:
    def both() -> float:
        return max(_bisected(1), _bisected(-1))

    width = both()
    return _median(both, 1), width


def _bisected(sign: int) -> float:
    """The width of the enclosure of the least value of sign * f."""
    iv = mpmath.iv
    best = float("inf")
    pending = [(-float("inf"), 0.0, 2.0)]
    while True:
        low, a, b = heappop(pending)
        if best - low <= WIDTH:
            return best - low
        middle = (a + b) / 2
        for left, right in ((a, middle), (middle, b)):
            x, c = iv.mpf([left, right]), iv.mpf((left + right) / 2)
            slope = sign * (iv.sin(x) + x * iv.cos(x) - 2 * x / 3)
            at_centre = sign * (c * iv.sin(c) - c * c / 3)
            best = min(best, float(at_centre.b))
            bound = float((at_centre + slope * (x - c)).a)
            if bound <= best:
                heappush(pending, (bound, left, right))


def _median(call: Callable[[], object], rounds: int) -> float:
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        call()
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times)
