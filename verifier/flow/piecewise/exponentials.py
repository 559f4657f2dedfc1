"""**Exponential sums**: g(t) = sum_k c_k exp(-r_k t) with certified first zeros for t > 0.

The recursion is Rolle's: with the slowest term divided out, the derivative has one term less, and
between its zeros the sum is monotone. It ends, and it reaches t = infinity.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flint import arb

_BISECTIONS = 4000


class Unclear(Exception):
    """A sign that the balls do not show: more bits, or a tangency."""


@dataclass(frozen=True)
class ExponentialSum:
    """Pairs (rate, coefficient), rates distinct, in increasing order; `start` is the sign just
    after t = 0, where the value itself may be exactly zero."""

    terms: tuple[tuple[arb, arb], ...]
    start: int

    def at(self, t: arb) -> arb:
        total = arb(0)
        for rate, c in self.terms:
            total = total + c * (-rate * t).exp()
        return total

    def slope(self) -> ExponentialSum:
        """The derivative; its sign after t = 0 is not known here."""
        return ExponentialSum(tuple((r, -r * c) for r, c in self.terms if not r.is_zero()), 0)


def first_zero(g: ExponentialSum, *, bits: int) -> arb | None:
    """The first t > 0 at which g changes its sign, None if it never does.

    Raises `Unclear` where the balls cannot tell.
    """
    for low, high in _monotone(g.terms):
        if _sign_after(g, low) * _sign_before(g, high) < 0:
            return _locate(g, low, high, bits)
    return None


def _monotone(terms: Sequence[tuple[arb, arb]]) -> list[tuple[arb, arb | None]]:
    """Intervals (low, high) that cover t > 0 up to small balls, g exp(r t) monotone on each.

    `high` is None for infinity.
    """
    kept = [(rate, c) for rate, c in terms if not c.is_zero()]
    if len(kept) <= 1:
        return [(arb(0), None)]
    slowest = kept[0][0]
    below = [(rate - slowest, -(rate - slowest) * c) for rate, c in kept[1:]]
    ends: list[arb] = []
    inner = ExponentialSum(tuple(below), 0)
    for low, high in _monotone(below):
        left = _sign_of(inner.at(low))
        right = _sign_before(inner, high)
        if left * right < 0:
            ends.append(_locate(inner, low, high, 0))
    points = [arb(0), *ends]
    return [*zip(points, ends, strict=False), (points[-1], None)]


def _sign_after(g: ExponentialSum, low: arb) -> int:
    return g.start if low.is_zero() and g.start else _sign_of(g.at(low))


def _sign_before(g: ExponentialSum, high: arb | None) -> int:
    """The sign at `high`, or that of the slowest term for large t."""
    if high is not None:
        return _sign_of(g.at(high))
    kept = [c for _, c in g.terms if not c.is_zero()]
    return _sign_of(kept[0]) if kept else 0


def _sign_of(value: arb) -> int:
    if value > 0:
        return 1
    if value < 0:
        return -1
    if value.is_zero():
        return 0
    raise Unclear(f"the sign of {value.str(5)}")


def _locate(g: ExponentialSum, low: arb, high: arb | None, bits: int) -> arb:
    """The zero between `low` and `high`, where g changes its sign once; a rough ball for bits 0."""
    left = _sign_after(g, low)
    a = low.mid()
    if high is None:
        b = (a + 1) if a > 0 else arb(1)
        while _trial(g, b) != -left:
            b = b * 2
            if b > arb(2) ** 200:
                raise Unclear("a zero beyond all times")
    else:
        b = high.mid()
    wanted = arb(2) ** (-bits if bits else -60)
    for _ in range(_BISECTIONS):
        middle = ((a + b) / 2).mid()
        if b - a < wanted * middle:
            break
        value = g.at(middle)
        if value.contains(0):
            return _around(g, a, b, left)
        if _sign_of(value) == left:
            a = middle
        else:
            b = middle
    return a.union(b)


def _around(g: ExponentialSum, a: arb, b: arb, left: int) -> arb:
    """The sharpest bracket whose ends have certain signs."""
    for _ in range(_BISECTIONS):
        quarter = (b - a) / 4
        near, far = (a + quarter).mid(), (b - quarter).mid()
        one, two = g.at(near), g.at(far)
        moved = False
        if not one.contains(0) and _sign_of(one) == left:
            a, moved = near, True
        if not two.contains(0) and _sign_of(two) == -left:
            b, moved = far, True
        if not moved:
            return a.union(b)
    return a.union(b)


def _trial(g: ExponentialSum, t: arb) -> int:
    value = g.at(t)
    return 0 if value.contains(0) else _sign_of(value)
