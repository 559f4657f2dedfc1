"""**Tails**: what is left of a flow from some time on, by an inequality on a ball that traps it.

A rule bounds the length that is left from y(T) as long as the flow stays within R of it. When that
length is less than R the flow never leaves, so that it converges, and its limit is that near.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flint import arb, fmpq

from verifier.enclose.rings import reals

_ROOM = (2, 8, 64)  # radii that are tried, by the length that is left where the ball is a point


@dataclass(frozen=True)
class Bound:
    """At most `length` is left; `constants` are those of the inequality, by their names."""

    length: arb
    constants: tuple[tuple[str, arb], ...]


@dataclass(frozen=True)
class Rule:
    """A name, and the bound on the ball of a radius around an enclosed point, if there is one.

    A rule that holds `everywhere` needs no ball; where a rule `isolates`, the ball has at most one
    equilibrium.
    """

    name: str
    bound: Callable[[Sequence[arb], arb], Bound | None]
    everywhere: bool = False
    isolates: bool = False


@dataclass(frozen=True)
class Tail:
    """From `time` on the flow moves by at most `length`, by the inequality of `rule`.

    It was verified on the ball of `radius` around y(time), or everywhere where that is infinite;
    a flow that rests needs no ball.
    """

    rule: str
    time: fmpq
    length: arb
    radius: arb
    constants: tuple[tuple[str, arb], ...] = ()
    isolates: bool = False

    @property
    def because(self) -> str:
        """The rule with its constants, for a report."""
        shown = ", ".join(f"{name} = {text(value)}" for name, value in self.constants)
        local = self.radius.is_finite() and not self.radius.is_zero()
        where = f"on the ball of radius {text(self.radius)}" if local else ""
        return " ".join(part for part in (self.rule, f"({shown})" if shown else "", where) if part)


def tail(rules: Sequence[Rule], time: fmpq, here: Sequence[arb]) -> Tail | None:
    """The tail from the enclosed point `here`, by the first rule that bounds it."""
    for rule in rules:
        found = _by_rule(rule, time, here)
        if found is not None:
            return found
    return None


def _by_rule(rule: Rule, time: fmpq, here: Sequence[arb]) -> Tail | None:
    least = rule.bound(here, arb(0))
    if least is None or not least.length.is_finite():
        return None
    if rule.everywhere:
        return Tail(rule.name, time, least.length, arb.pos_inf(), least.constants)
    floor = max(x.rad() for x in here) + norm(here) * arb((1, -200))
    for room in _ROOM:
        radius = (room * least.length + floor).upper()
        found = rule.bound(here, radius)
        if found is not None and found.length < radius:
            return Tail(rule.name, time, found.length, radius, found.constants, rule.isolates)
    return None


def around(here: Sequence[arb], radius: arb) -> list[arb]:
    """A box around the ball of a radius around every point of `here`."""
    return [x + arb(0, radius) for x in here]


def norm(balls: Sequence[arb]) -> arb:
    """An upper bound of the Euclidean norm."""
    total = arb(0)
    for ball in balls:
        total = total + ball.abs_upper() * ball.abs_upper()
    return total.sqrt().upper()


def positive(value: arb) -> bool:
    """Whether a bound is certainly above zero, and finite."""
    return bool(value.is_finite() and value > 0)


def gram(rows: Sequence[Sequence[arb]]) -> list[list[arb]]:
    """J J^T from the rows of J."""
    return [
        [sum((reals.mul(a, b) for a, b in zip(u, v, strict=True)), arb(0)) for v in rows]
        for u in rows
    ]


def text(value: arb) -> str:
    return str(value.str(3, radius=False))
