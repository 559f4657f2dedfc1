"""**Lohner sets**: every solution from a box is inside, and sets that turn do not wrap."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import pytest
from flint import arb, arb_poly, fmpq
from sympy import Expr, Rational

from verifier import reals, sin
from verifier.flow.field import Field, field, gradient_flow
from verifier.flow.integrate import Path, integrate
from verifier.flow.lohner import Spread, transition
from verifier.flow.step import defect, taylor
from verifier.precision import precision

x, y, z, k = reals("x y z k")
ROTATION = field((x, y), (-y, x))
SADDLE = field((x, y), (x, -y))
SHEAR = field((x, y), (y, Rational(0)))
DECAY = field((x,), (-k * x,), parameters=(k,))
BILINEAR = field((x, y), (x * y, Rational(0)))
PREY = field((x, y), (x * (1 - y), y * (x - 1)))
PENDULUM = field((x, y), (y, -sin(x)))
LORENZ = field((x, y, z), (10 * (y - x), x * (28 - z) - y, x * y - Rational(8, 3) * z))
FINE = 300


def _rotated(p: Sequence[arb], t: arb) -> list[arb]:
    return [p[0] * t.cos() - p[1] * t.sin(), p[0] * t.sin() + p[1] * t.cos()]


def _stretched(p: Sequence[arb], t: arb) -> list[arb]:
    return [p[0] * t.exp(), p[1] * (-t).exp()]


def _sheared(p: Sequence[arb], t: arb) -> list[arb]:
    return [p[0] + p[1] * t, p[1]]


def _decayed(p: Sequence[arb], t: arb) -> list[arb]:
    return [p[0] * (-p[1] * t).exp(), p[1]]


def _grown(p: Sequence[arb], t: arb) -> list[arb]:
    return [p[0] * (p[1] * t).exp(), p[1]]


KNOWN = [
    (ROTATION, _rotated),
    (SADDLE, _stretched),
    (SHEAR, _sheared),
    (DECAY, _decayed),
    (BILINEAR, _grown),
]


@pytest.mark.parametrize(("flow", "truth"), KNOWN)
@pytest.mark.parametrize("seed", range(4))
def test_solutions_from_a_box_are_inside(flow: Field, truth: object, seed: int) -> None:
    """Members are drawn from the box, its corners first; they are known in closed form."""
    draw = Random(seed)
    centre = [fmpq(draw.randint(-8, 8), 5) for _ in flow.variables]
    reach = fmpq(1, draw.choice((20, 100, 10**6)))
    found = integrate(flow, [arb(c, arb(reach)) for c in centre], 3, bits=draw.choice((64, 128)))
    corners = [(-1, -1), (-1, 1), (1, -1), (1, 1)]
    inside = [(fmpq(draw.randint(-9, 9), 9), fmpq(draw.randint(-9, 9), 9)) for _ in range(4)]
    checked = 0
    for share in [*corners, *inside]:
        member = [c + reach * s for c, s in zip(centre, share, strict=True)]
        for time in (fmpq(0), fmpq(1, 3), fmpq(7, 5), fmpq(3)):
            with precision(FINE):
                known = truth([arb(v) for v in member], arb(time))  # type: ignore[operator]
            for ball, value in zip(found.at(time), known, strict=True):
                assert ball.overlaps(value)
                checked += 1
    assert checked == 64


def _width(flow: Field, start: Sequence[object], until: int, *, sets: bool) -> list[float]:
    path = Path(flow, start)
    if not sets:
        path.spreads = ()
    path.reach(fmpq(until))
    return [float(ball.rad()) for ball in path.here()]


@pytest.mark.parametrize(
    ("flow", "start", "until", "gain"),
    [
        (SADDLE, (arb(1, 0.01), arb(1, 0.01)), 10, 1e8),
        (PENDULUM, (arb(1, 0.001), arb(0, 0.001)), 20, 10),
        (PREY, (fmpq(1, 2), fmpq(1, 5)), 20, 1e5),
        (LORENZ, (1, 1, 1), 4, 100),
    ],
)
def test_sets_that_turn_with_the_flow_are_narrower_than_the_ball(
    flow: Field, start: Sequence[object], until: int, gain: float
) -> None:
    with_sets = min(_width(flow, start, until, sets=True))
    assert with_sets * gain < min(_width(flow, start, until, sets=False))


def test_a_rotated_box_does_not_grow() -> None:
    """In whole turns the box comes back; a box that is wrapped at each step grows like 2^(t/2)."""
    start = (arb(1, 0.01), arb(0, 0.01))
    for time in (10, 20, 40):
        assert max(_width(ROTATION, start, time, sets=True)) < 0.0142


def test_a_parameter_stands_still_and_keeps_its_width() -> None:
    found = integrate(DECAY, (1, arb(1, 0.125)), 2)
    assert [False, True] == list(DECAY.still)
    assert float(found.last()[1].rad()) < 0.1251
    assert found.last()[0].contains(arb("0.135335283236612691893999494972484403408"))
    assert float(found.last()[0].rad()) < 0.06


def test_the_ball_alone_serves_a_gradient_flow_from_an_exact_start() -> None:
    flow = gradient_flow((x * y - 1) ** 2, (x, y))
    assert Path(flow, (fmpq(1, 2), fmpq(1, 5))).spreads == ()
    wide = Path(flow, (arb(0.5, 0.125), fmpq(1, 5)))
    assert len(wide.spreads) == 1


def test_a_wide_gradient_flow_is_narrower_with_sets() -> None:
    start: list[Expr | arb] = [arb(0.5, 0.01), arb(0.25, 0.01)]
    flow = gradient_flow((x * y - 1) ** 2 / 2, (x, y))
    assert max(_width(flow, start, 2, sets=True)) * 1.5 < max(_width(flow, start, 2, sets=False))


def _taylor(flow: Field, start: Sequence[object], order: int) -> list[arb_poly]:
    rows = taylor(flow, [arb(v) for v in start], order)
    return [arb_poly([c.mid() for c in row]) for row in rows]


@pytest.mark.parametrize("order", [1, 2, 4, 8])
def test_what_a_crude_polynomial_misses_is_in_the_drift(order: int) -> None:
    length = fmpq(1, 2)
    crude = _taylor(ROTATION, (1, 0), order)
    missed = defect(ROTATION, crude, length)
    found = transition(ROTATION, crude, length, delta=missed, box=[arb(0)] * 2, reach=arb.pos_inf())
    assert found is not None
    slack = found.around(Spread.of([arb(0)] * 2), arb(length))
    truth = (arb(length).cos(), arb(length).sin())
    for polynomial, deviation, value in zip(crude, slack, truth, strict=True):
        assert (polynomial(arb(length)) + deviation).contains(value)
        assert float(deviation.rad()) < 2 * float(missed)


def test_a_box_with_solutions_that_end_within_the_step_is_not_carried() -> None:
    """x' = x^2 from 1 ends at 1, from 3/2 at 2/3."""
    flow = field((x,), (x**2,))
    for length, carried in ((fmpq(1, 16), True), (fmpq(7, 10), False)):
        along = _taylor(flow, (1,), 40)
        missed = defect(flow, along, length)
        found = transition(
            flow, along, length, delta=missed, box=[arb(0, 0.5)], reach=arb.pos_inf()
        )
        assert carried == (found is not None)


@pytest.mark.parametrize("share", [-4, -3, -1, 1, 2, 4])
def test_the_derivative_of_the_flow_carries_every_member_of_a_wide_box(share: int) -> None:
    """x' = x^2 from 1 + d with |d| <= 1/2: x(t) = (1 + d)/(1 - (1 + d) t)."""
    flow = field((x,), (x**2,))
    length, along = fmpq(1, 16), _taylor(flow, (1,), 40)
    missed = defect(flow, along, length)
    found = transition(flow, along, length, delta=missed, box=[arb(0, 0.5)], reach=arb.pos_inf())
    assert found is not None
    start = 1 + fmpq(share, 8)
    for time in (fmpq(1, 64), fmpq(1, 32), length):
        (deviation,) = found.around(Spread.of([arb(0, 0.5)]), arb(time))
        (exact,) = found.around(Spread.of([arb(start - 1)]), arb(time))
        for ball in (deviation, exact):
            assert (along[0](arb(time)) + ball).overlaps(arb(start / (1 - start * time)))
