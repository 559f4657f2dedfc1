"""**Charts**: each variable's range as a bounded one, so that boxes may reach to infinity.

    [a, oo):    x = a + t/(1 - t),    0 <= t <= 1
    (-oo, b]:   x = b + t/(1 + t),   -1 <= t <= 0
    (-oo, oo):  x = t/(1 - |t|),     -1 <= t <= 1

A bounded range is its own chart. Infinity itself is no value of x.
"""

from __future__ import annotations

from dataclasses import dataclass

from flint import fmpq

Ends = tuple[fmpq | None, fmpq | None]
Box = tuple[tuple[fmpq, fmpq], ...]  # in charts
Place = tuple[Ends, ...]  # in x; None is infinite

_ONE = fmpq(1)


@dataclass(frozen=True)
class Chart:
    """The chart of one variable between `low` and `high`, of which None is infinite."""

    low: fmpq | None
    high: fmpq | None

    @property
    def bounded(self) -> bool:
        return self.low is not None and self.high is not None

    @property
    def sides(self) -> tuple[fmpq, fmpq]:
        """The range of t."""
        if self.low is not None and self.high is not None:
            return self.low, self.high
        return (
            fmpq(0) if self.low is not None else -_ONE,
            fmpq(0) if self.high is not None else _ONE,
        )

    @property
    def _origin(self) -> fmpq:
        return self.low if self.low is not None else self.high or fmpq(0)

    def value(self, t: fmpq) -> fmpq | None:
        """x at t; None at an infinite end."""
        if self.bounded:
            return t
        size = abs(t)
        return None if size == 1 else self._origin + t / (1 - size)

    def coordinate(self, x: fmpq) -> fmpq:
        """t at x."""
        if self.bounded:
            return x
        away = x - self._origin
        return away / (1 + abs(away))

    def within(self, other: Chart, ends: tuple[fmpq, fmpq]) -> tuple[float, float]:
        """A side of this chart in the coordinates of another, rounded; for pictures."""
        found = []
        for t, infinite in zip(ends, other.sides, strict=True):
            x = self.value(t)
            moved = infinite if x is None else other.coordinate(x)
            found.append(int(moved.p) / int(moved.q))
        return found[0], found[1]


def place(charts: tuple[Chart, ...], box: Box) -> Place:
    """The box in x."""
    return tuple((c.value(a), c.value(b)) for c, (a, b) in zip(charts, box, strict=True))


def simplest(low: fmpq | None, high: fmpq | None) -> fmpq:
    """The rational of least denominator, then of least size, in [low, high]."""
    if low is None:
        return fmpq(0) if high is None or high >= 0 else -simplest(-high, None)
    if low <= 0 and (high is None or high >= 0):
        return fmpq(0)
    if high is not None and high < 0:
        return -simplest(-high, -low)
    whole = fmpq(low.ceil())
    if high is None or whole <= high:
        return whole
    floor = fmpq(low.floor())
    # low and high lie strictly between two neighbouring integers
    return floor + 1 / simplest(1 / (high - floor), 1 / (low - floor))
