"""**Events**: known crossings are inside, in order, none is missed, and contacts are named."""

from __future__ import annotations

from functools import cache
from random import Random

import pytest
from flint import arb, fmpq
from sympy import Abs, Expr, Rational

from verifier import reals
from verifier.errors import UnsupportedError
from verifier.flow.events import Crossings, crossings, first_crossing
from verifier.flow.field import field
from verifier.flow.integrate import FlowError, Trajectory, integrate
from verifier.precision import precision

x, y, k = reals("x y k")
FINE = 300
END = 10


@cache
def rotation(bits: int = 128) -> Trajectory:
    """(cos t, sin t) up to `END`."""
    return integrate(field((x, y), (-y, x)), (1, 0), END, bits=bits)


def _true_crossings(p: int, q: int, level: fmpq) -> list[tuple[arb, int]]:
    """Times in (0, END] with p cos t + q sin t = level, and their directions, for |level| < r."""
    r = arb(p * p + q * q).sqrt()
    phase = arb.atan2(arb(q), arb(p))
    half = (arb(level) / r).acos()
    times = [
        (phase + side * half + 2 * turn * arb.pi(), -side)
        for side in (-1, 1)
        for turn in range(-3, 4)
    ]
    kept = [(t, s) for t, s in times if t > 0 and t < END]
    return sorted(kept, key=lambda pair: float(pair[0]))


@pytest.mark.parametrize("seed", range(30))
def test_crossings_of_random_lines_are_those_of_the_circle(seed: int) -> None:
    draw = Random(seed)
    for _ in range(5):
        p, q = draw.choice([(a, b) for a in range(-4, 5) for b in range(-4, 5) if a or b])
        level = fmpq(draw.randint(-700, 700), 101)
        surface = p * x + q * y - Rational(int(level.p), int(level.q))
        found = crossings(rotation(draw.choice((64, 128))), surface)
        assert ("", fmpq(END)) == (found.contact, found.until)
        with precision(FINE):
            known = _true_crossings(p, q, level) if level * level < p * p + q * q else []
        assert [s for _, s in known] == [event.direction for event in found.events]
        for event, (time, _) in zip(found.events, known, strict=True):
            assert event.time.overlaps(time)
            assert event.state[0].overlaps(time.cos())
            assert event.state[1].overlaps(time.sin())
            assert float(event.time.rad()) < 1e-14


def test_the_first_crossing_is_as_sharp_as_the_trajectory() -> None:
    event = first_crossing(rotation(), x)
    assert event is not None
    with precision(FINE):
        assert event.time.contains(arb.pi() / 2)
    assert (-1, True) == (event.direction, float(event.time.rad()) < 2e-35)


def test_where_there_is_no_crossing_none_is_certified() -> None:
    assert first_crossing(rotation(), x - 2) is None
    assert Crossings((), fmpq(END)) == crossings(rotation(), x**2 + y**2 - 4)


def test_only_as_many_crossings_as_asked_for_are_looked_for() -> None:
    found = crossings(rotation(), x, count=2)
    assert [-1, 1] == [event.direction for event in found.events]
    assert fmpq(4) < found.until < fmpq(6)
    with pytest.raises(UnsupportedError, match="at least one crossing"):
        crossings(rotation(), x, count=0)


@pytest.mark.parametrize("power", [4, 8, 12, 20])
def test_two_crossings_beside_a_near_tangency_are_told_apart(power: int) -> None:
    """y = sin t has its maximum 1 at pi/2; a level 10^-power below is crossed twice near it."""
    gap = Rational(1, 10**power)
    found = crossings(rotation(), y - 1 + gap, count=2)
    assert [1, -1] == [event.direction for event in found.events]
    up, down = (event.time for event in found.events)
    with precision(FINE):
        middle = arb.pi() / 2
    assert up < middle < down
    assert float((down - up) ** 2) == pytest.approx(8 * float(gap), rel=1e-3)
    assert first_crossing(rotation(), y - 1 - gap) is None


@pytest.mark.parametrize(("surface", "near"), [(y - 1, "1.570"), (x + 1, "3.141"), (x**2, "1.570")])
def test_a_tangency_is_named_and_not_passed_over(surface: Expr, near: str) -> None:
    found = crossings(rotation(), surface)
    assert ((), True) == (
        found.events,
        "may touch the surface without crossing it" in found.contact,
    )
    assert f"near time {near}" in found.contact
    assert 0 <= float(near) + 0.001 - float(arb(found.until)) < 0.01
    with pytest.raises(FlowError, match="A tangency, two crossings and none are not told apart"):
        first_crossing(rotation(), surface)


def test_crossings_before_a_tangency_are_given() -> None:
    """(x - 3/5)(y + 1) is crossed at acos(3/5) and only touched at 3 pi/2."""
    found = crossings(rotation(), (x - Rational(3, 5)) * (y + 1))
    assert [-1] == [event.direction for event in found.events]
    assert found.events[0].time.overlaps(arb("0.6").acos())
    assert "near time 4.712" in found.contact


def test_a_surface_that_holds_the_whole_trajectory_is_named_at_once() -> None:
    assert "near time 0" in crossings(rotation(), x**2 + y**2 - 1).contact


def test_a_start_on_the_surface_is_no_crossing() -> None:
    found = crossings(rotation(), y)
    assert [-1, 1, -1] == [event.direction for event in found.events]
    assert found.events[0].time.overlaps(arb.pi())


def test_a_start_that_may_lie_on_the_surface_is_named() -> None:
    found = integrate(field((x,), (-x,)), (arb(1, 0.25),), 1)
    with pytest.raises(FlowError, match="The start may lie on the surface"):
        first_crossing(found, x - 1)


def test_an_end_that_may_lie_on_the_surface_is_named() -> None:
    found = integrate(field((x,), (Rational(1),)), (Rational(-1),), 1)
    with pytest.raises(FlowError, match="The end 1 may lie on the surface"):
        first_crossing(found, x)


def test_a_kink_of_the_surface_is_crossed_beside_it_and_named_on_it() -> None:
    assert first_crossing(rotation(), Abs(x) - 2) is None
    assert "may touch" in crossings(rotation(), Abs(x)).contact


@pytest.mark.parametrize("seed", range(10))
def test_times_of_a_family_hold_those_of_its_members(seed: int) -> None:
    """x' = -k x from x = 2, k in a ball: x = 1 at log(2)/k."""
    draw = Random(seed)
    middle, reach = fmpq(draw.randint(8, 20), 10), fmpq(1, draw.choice((10, 100, 1000)))
    flow = field((x,), (-k * x,), parameters=(k,))
    found = first_crossing(integrate(flow, (2, arb(middle, arb(reach))), 2), x - 1)
    assert found is not None
    for share in range(-10, 11):
        rate = middle + reach * fmpq(share, 10)
        with precision(FINE):
            assert found.time.overlaps(arb(2).log() / arb(rate))
    assert float(found.time.rad()) < 3 * float(arb(reach))


def test_a_family_of_which_some_members_only_cross_is_named() -> None:
    """x = tanh(t) + c stays below 1 + c, with c around 0."""
    flow = field((x, y), (1 - y**2, 1 - y**2))
    found = integrate(flow, (arb(0, 0.125), 0), 8)
    assert crossings(found, x - Rational(1)).contact
