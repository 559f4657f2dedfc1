"""**Level sets**: conserved quantities narrow enclosures on long times, and are shown first."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from flint import arb, arb_mat, fmpq
from sympy import Expr, Rational

from verifier import cos, ge, gt, log, lt, reals, sin, sqrt
from verifier.errors import UnsupportedError
from verifier.exact.statements import Relation
from verifier.flow.field import Field, field, gradient_flow
from verifier.flow.integrate import Path, integrate
from verifier.flow.levels import levels, narrowed
from verifier.flow.lohner import Spread

x, y, u, v, k = reals("x y u v k")
PREY = field((x, y), (x * (1 - y), y * (x - 1)))
PENDULUM = field((x, y), (y, -sin(x)))
DISTANCE = sqrt(x**2 + y**2)
PLANET = field((x, y, u, v), (u, v, -x / DISTANCE**3, -y / DISTANCE**3))
ENERGY = (u**2 + v**2) / 2 - 1 / DISTANCE
MOMENTUM = x * v - y * u
SPRING = field((x, y), (y, -k * x), parameters=(k,))
COARSE = 64

LONG = [
    (PREY, (fmpq(1, 2), fmpq(1, 5)), (x - log(x) + y - log(y),), (gt(x, 0), lt(0, y)), 30, 10),
    (PENDULUM, (1, 0), (y**2 / 2 - cos(x),), (), 60, 2),
    (PLANET, (1, 0, 0, Rational(6, 5)), (ENERGY, MOMENTUM), (gt(x**2 + y**2, 0),), 18, 3),
    (PENDULUM, (arb(1, 0.02), arb(0, 0.02)), (y**2 / 2 - cos(x),), (), 20, 1.5),
]


@pytest.mark.parametrize(("flow", "start", "kept", "where", "until", "gain"), LONG)
def test_conserved_quantities_narrow_the_enclosure_on_long_times(
    flow: Field,
    start: Sequence[object],
    kept: tuple[Expr, ...],
    where: tuple[Relation, ...],
    until: int,
    gain: float,
) -> None:
    plain = integrate(flow, start, until, bits=COARSE)
    cut = integrate(flow, start, until, conserved=kept, where=where, bits=COARSE)
    widths = [max(float(ball.rad()) for ball in found.last()) for found in (plain, cut)]
    assert widths[1] * gain < widths[0]
    for time in range(0, until, 5):
        for one, two in zip(plain.at(time), cut.at(time), strict=True):
            assert one.overlaps(two)


@pytest.mark.parametrize("share", [(-1, -1), (-1, 1), (1, -1), (1, 1), (0, 1)])
def test_members_of_a_box_stay_inside_what_is_cut(share: tuple[int, int]) -> None:
    start = (arb(1, 0.015625), arb(0, 0.015625))
    cut = integrate(PENDULUM, start, 10, conserved=(y**2 / 2 - cos(x),))
    member = integrate(
        PENDULUM, [s.mid() + fmpq(i, 64) for s, i in zip(start, share, strict=True)], 10
    )
    for time in range(11):
        for ball, value in zip(cut.at(time), member.at(time), strict=True):
            assert ball.overlaps(value)


@pytest.mark.parametrize("share", [-1, 0, 1])
def test_a_quantity_may_hold_a_parameter(share: int) -> None:
    cut = integrate(SPRING, (1, 0, arb(1, 0.125)), 6, conserved=(y**2 + k * x**2,))
    member = integrate(SPRING, (1, 0, 1 + fmpq(share, 8)), 6)
    for time in range(7):
        for ball, value in zip(cut.at(time), member.at(time), strict=True):
            assert ball.overlaps(value)


def test_a_gradient_flow_keeps_its_balance() -> None:
    flow = gradient_flow((x * y - 1) ** 2 / 2, (x, y))
    start = (fmpq(1, 2), fmpq(1, 5))
    plain, cut = integrate(flow, start, 2), integrate(flow, start, 2, conserved=(x**2 - y**2,))
    for one, two in zip(plain.last(), cut.last(), strict=True):
        assert one.overlaps(two)
        assert two.rad() < one.rad()


def test_what_is_not_conserved_is_refused() -> None:
    with pytest.raises(UnsupportedError, match="not shown that the flow keeps") as refused:
        integrate(PENDULUM, (1, 0), 1, conserved=(y**2 - cos(x),))
    assert "its derivative along the flow is" in str(refused.value)


def test_a_quantity_without_its_domain_is_refused() -> None:
    with pytest.raises(UnsupportedError, match="shows that it is positive"):
        levels(PREY, (x - log(x) + y - log(y),))


def test_a_domain_with_its_boundary_is_refused() -> None:
    with pytest.raises(UnsupportedError, match="is not strict"):
        levels(PREY, (x - log(x) + y - log(y),), (ge(x, 0), gt(y, 0)))


def test_quantities_are_dropped_where_the_flow_leaves_their_domain() -> None:
    """y is kept by x' = 1, y' = 0 and is said to be so for x < 1 only."""
    flow = field((x, y), (Rational(1), Rational(0)))
    path = Path(flow, (0, 1), kept=levels(flow, (y,), (lt(x, 1),)))
    path.reach(fmpq(1, 2))
    assert path.kept is not None
    path.reach(fmpq(3, 2))
    assert path.kept is None


@pytest.mark.parametrize("reach", [fmpq(1, 4), fmpq(1, 100)])
def test_all_points_of_the_level_set_in_a_wide_box_are_kept(reach: fmpq) -> None:
    """On the circle around 0 through (1, 0), where the gradient turns within the box."""
    circle = levels(field((x, y), (-y, x)), (x**2 + y**2,))
    box = Spread.of([arb(0, arb(reach))] * 2)
    cut = narrowed(box, circle, [arb(1)], middle=[arb(1), arb(0)], still=(False, False))
    sides = cut.box()
    for share in range(-16, 17):
        height = reach * fmpq(share, 16)
        across = (1 - arb(height) ** 2).sqrt() - 1
        inside = (cut.frame.inv() * arb_mat(2, 1, [across, height])).entries()
        assert all(s.overlaps(d) for s, d in zip(cut.rest.entries(), inside, strict=True))
    assert float(sides[0].rad()) < float(arb(reach)) / 2
