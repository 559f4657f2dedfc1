"""**Flowpipes**: all solutions from a box are inside; wide boxes are cut a few times."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from random import Random

import pytest
from flint import arb, fmpq
from sympy import Rational

from verifier import cos, reals, sin
from verifier.flow.field import Field, field, gradient_flow
from verifier.flow.flowpipe import flowpipe
from verifier.flow.integrate import FlowError, integrate
from verifier.flow.refusal import Reason
from verifier.precision import precision

x, y, k = reals("x y k")
PREY = field((x, y), (x * (1 - y), y * (x - 1)))
PENDULUM = field((x, y), (y, -sin(x)))
BALANCE = gradient_flow((x * y - 1) ** 2 / 2, (x, y))
DECAY = field((x,), (-k * x,), parameters=(k,))
LOGISTIC = field((x,), (k * x * (1 - x),), parameters=(k,))

Box = Sequence[tuple[fmpq, fmpq]]  # centre and reach of each component


def _ball(side: tuple[fmpq, fmpq]) -> arb:
    return arb(side[0], arb(side[1]))


def _members(box: Box, seed: int) -> list[list[fmpq]]:
    """The corners, and some points between them."""
    draw = Random(seed)
    shares = list(product((-1, 1), repeat=len(box)))
    shares += [tuple(fmpq(draw.randint(-16, 16), 16) for _ in box) for _ in range(4)]
    return [[c + s * r for (c, r), s in zip(box, share, strict=True)] for share in shares]


WIDE = [
    (PREY, ((fmpq(1, 2), fmpq(1, 128)), (fmpq(1, 5), fmpq(1, 128))), 3, 1.0),
    (PENDULUM, ((fmpq(1), fmpq(1, 20)), (fmpq(0), fmpq(1, 20))), 5, 1.0),
    (BALANCE, ((fmpq(1, 2), fmpq(1, 20)), (fmpq(1, 5), fmpq(1, 20))), 2, 0.04),
]


@pytest.mark.parametrize(("flow", "box", "until", "widest"), WIDE)
def test_members_are_inside_and_the_hull_is_near_theirs(
    flow: Field, box: Box, until: int, widest: float
) -> None:
    found = flowpipe(flow, [_ball(side) for side in box], until, widest=arb(widest))
    ends = []
    for member in _members(box, 1):
        path = integrate(flow, member, until, bits=64)
        for time in range(until + 1):
            for ball, value in zip(found.at(time), path.at(time), strict=True):
                assert ball.overlaps(value)
        ends.append([float(ball.mid()) for ball in path.last()])
    for ball, values in zip(found.last(), zip(*ends, strict=True), strict=True):
        assert float(ball.rad()) < max(values) - min(values) + 0.02


@pytest.mark.parametrize("seed", range(12))
def test_known_families_are_inside(seed: int) -> None:
    """x' = -k x and x' = k x (1 - x), with start and parameter in balls."""
    draw = Random(seed)
    box = [
        (fmpq(draw.randint(1, 9), 10), fmpq(1, 40)),
        (fmpq(draw.randint(5, 15), 10), fmpq(1, 10)),
    ]
    start = [_ball(side) for side in box]
    decayed, grown = flowpipe(DECAY, start, 2), flowpipe(LOGISTIC, start, 2)
    for member in _members(box, seed):
        for time in (fmpq(0), fmpq(2, 3), fmpq(2)):
            with precision(200):
                first, rate = (arb(v) for v in member)
                growth = (rate * arb(time)).exp()
                assert decayed.at(time)[0].overlaps(first / growth)
                assert grown.at(time)[0].overlaps(first * growth / (1 + first * (growth - 1)))


def test_a_box_that_is_narrow_enough_is_not_cut() -> None:
    assert len(flowpipe(PENDULUM, (arb(1, 0.001), arb(0, 0.001)), 4).parts) == 1


def test_parts_cover_the_start_and_end_as_narrow_as_asked() -> None:
    found = flowpipe(DECAY, (1, arb(1, 0.5)), 2, widest=arb("0.51"))
    sharp = flowpipe(DECAY, (1, arb(1, 0.5)), 2, widest=arb("0.15"))
    assert len(found.parts) < len(sharp.parts) <= 16
    assert sharp.last()[0].rad() < found.last()[0].rad()
    for share in range(-16, 17):
        rate = 1 + fmpq(share, 32)
        assert any(part.start[1].contains(rate) for part in sharp.parts)
    assert all(float(part.last()[0].rad()) <= 0.15 for part in sharp.parts)


def test_parts_that_are_not_enough_are_named() -> None:
    with pytest.raises(FlowError, match="4 parts of the start are not enough: from") as refused:
        flowpipe(PREY, (arb(0.5, 0.125), arb(0.25, 0.125)), 5, parts=4)
    assert refused.value.reason == Reason.WIDE


def test_members_that_blow_up_are_not_passed_over() -> None:
    """y' = y^2 from [7/8, 9/8] has solutions that end before 1."""
    with pytest.raises(FlowError, match="8 parts of the start are not enough"):
        flowpipe(field((x,), (x**2,)), (arb(1, 0.125),), 1, parts=8)


def test_a_point_that_cannot_be_followed_is_not_cut() -> None:
    with pytest.raises(FlowError, match="blow-up"):
        flowpipe(field((x,), (x**2,)), (1,), 2)


def test_what_a_narrower_start_does_not_help_is_refused_at_once() -> None:
    stiff = field((x, y), (-(10**6) * (x - cos(y)), Rational(1)))
    with pytest.raises(FlowError, match="steps are spent") as refused:
        flowpipe(stiff, (arb(1, 0.125), 0), 10, steps=40)
    assert refused.value.reason in (Reason.STIFF, Reason.STEPS)
