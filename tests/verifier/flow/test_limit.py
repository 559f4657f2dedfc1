"""**Limits of flows**: known limits are inside balls of the radius that is asked for."""

from __future__ import annotations

import random

import pytest
from flint import arb, fmpq
from sympy import Abs, Expr, Rational, cos, cosh, exp, log, sqrt

from verifier import ge, reals
from verifier.errors import UnsupportedError
from verifier.flow.field import field, gradient_flow
from verifier.flow.integrate import FlowError
from verifier.flow.limit import NoLimitError, flow_limit
from verifier.flow.losses import Composite, LeastSquares, Loss
from verifier.flow.refusal import Reason
from verifier.flow.tails.lojasiewicz import LojasiewiczConstants
from verifier.precision import precision

a, b, x, y, r, s = reals("a b x y r s")
ONE = fmpq(1)
START = (fmpq(1, 2), fmpq(1, 5))


def on_the_hyperbola(balls: tuple[arb, ...], gap: fmpq, product: fmpq = ONE) -> bool:
    """Whether the balls hold the point with ab = product and a^2 - b^2 = gap, where a, b > 0."""
    with precision(400):
        square = (arb(gap) + (arb(gap) ** 2 + 4 * arb(product) ** 2).sqrt()) / 2
        return bool(
            balls[0].contains(square.sqrt()) and balls[1].contains(arb(product) / square.sqrt())
        )


@pytest.mark.parametrize("digits", [10, 20, 30])
def test_the_limit_of_a_product_solves_its_two_equations(digits: int) -> None:
    """ab = 1 and a^2 - b^2 = 21/100 at the limit."""
    found = flow_limit(LeastSquares((a * b - 1,), (a, b)), START, digits=digits, bits=160)
    assert found.radius <= arb(10) ** -digits
    assert on_the_hyperbola(found.balls, fmpq(21, 100))


VALLEYS = {
    "a minimum that is not zero": Loss((a * b - 1) ** 2 / 2 + 3, (a, b)),
    "a fourth power": Loss((a * b - 1) ** 4 - 1, (a, b)),
    "log cosh": Composite(log(cosh(r)) + 2, (r,), (a * b - 1,), (a, b)),
    "square root": Composite(sqrt(1 + r**2), (r,), (a * b - 1,), (a, b)),
    "an inequality that is given": Loss(
        (a * b - 1) ** 2 / 2,
        (a, b),
        LojasiewiczConstants(Rational(1, 2), sqrt(2), given=(ge(a**2 + b**2, 1),)),
    ),
}


@pytest.mark.parametrize("loss", VALLEYS.values(), ids=VALLEYS)
def test_the_limit_depends_on_the_valley_and_not_on_the_loss(loss: Loss | Composite) -> None:
    digits, horizon = (5, 10**14) if "**4" in str(loss.loss) else (20, 4096)
    found = flow_limit(loss, START, digits=digits, horizon=horizon)
    assert found.radius <= arb(10) ** -digits
    assert on_the_hyperbola(found.balls, fmpq(21, 100))


@pytest.mark.parametrize("case", range(40))
def test_a_tail_holds_the_limit_from_every_start(case: int) -> None:
    """With few digits the tail is most of the ball, so that a wrong bound of it would show."""
    draw = random.Random(case)
    start = [fmpq(draw.randint(1, 30), draw.randint(3, 12)) for _ in range(2)]
    aim = fmpq(draw.randint(1, 20), draw.randint(3, 9))
    target = Rational(int(aim.p), int(aim.q))
    power = draw.choice((1, 1, 2))
    loss = Loss((a * b - target) ** (2 * power) / draw.randint(1, 9) - draw.randint(0, 4), (a, b))
    found = flow_limit(loss, start, digits=draw.choice((0, 1, 2)), bits=64, horizon=10**9)
    assert on_the_hyperbola(found.balls, start[0] ** 2 - start[1] ** 2, aim)
    assert found.tail.length > 0


def test_a_linear_flow_tends_to_the_nearest_solution() -> None:
    """From 0 the limit is the solution of least norm, (1, 2)/5 for x + 2 y = 1."""
    found = flow_limit(LeastSquares((x + 2 * y - 1,), (x, y)), (0, 0))
    with precision(400):
        assert found.balls[0].contains(fmpq(1, 5))
        assert found.balls[1].contains(fmpq(2, 5))
    assert "Polyak-Lojasiewicz (mu = 5.00, k = 5.00) on the ball" in found.because


def test_the_scale_of_the_loss_changes_the_rate_and_not_the_limit() -> None:
    half, tenth = (
        flow_limit(LeastSquares((a * b - 1,), (a, b), scale), START)
        for scale in (Rational(1, 2), Rational(1, 20))
    )
    assert all(p.overlaps(q) for p, q in zip(half.balls, tenth.balls, strict=True))
    assert tenth.tail.time > 5 * half.tail.time


def test_a_strict_minimum_is_reached_by_the_one_equilibrium_around_it() -> None:
    found = flow_limit(gradient_flow((x - 2) ** 2 + (y - x) ** 2, (x, y)), (5, -1), digits=30)
    assert all(ball.contains(2) for ball in found.balls)
    assert found.radius <= arb(10) ** -30
    assert found.tail.time < 4
    assert "strong convexity (m = 0.764)" in found.because
    assert "Krawczyk's test encloses the one equilibrium there" in found.because


def test_a_strict_minimum_may_have_any_value() -> None:
    """exp(x) - x + y^2 + cos(y)/4 is least at 0, where it is 5/4."""
    found = flow_limit(Loss(exp(x) - x + y**2 + cos(y) / 4, (x, y)), (2, 1))
    assert all(ball.contains(0) for ball in found.balls)
    assert found.radius <= arb(10) ** -20


def test_more_equations_than_unknowns_have_a_strict_minimum() -> None:
    found = flow_limit(LeastSquares((x - 1, x + y - 3, x - y), (x, y)), (2, 1))
    with precision(400):
        assert found.balls[0].contains(fmpq(4, 3))
        assert found.balls[1].contains(fmpq(3, 2))


@pytest.mark.parametrize(
    ("velocity", "start"),
    [((y, -x - y), (1, 0)), ((-x + 10 * y, -y), (1, 1)), ((y, -x / 4 - y / 10), (1, 0))],
    ids=["damped", "shear", "weakly damped"],
)
def test_a_field_contracts_in_the_norm_of_its_eigenvectors(
    velocity: tuple[Expr, ...], start: tuple[int, ...]
) -> None:
    """None of these contracts in the Euclidean norm."""
    found = flow_limit(field((x, y), velocity), start)
    assert all(ball.contains(0) for ball in found.balls)
    assert found.radius <= arb(10) ** -20
    assert ", |S| = " in found.because


@pytest.mark.parametrize("digits", [3, 12])
def test_a_fourth_power_is_flat_at_its_minimum(digits: int) -> None:
    found = flow_limit(Loss(x**4, (x,)), (1,), digits=digits, horizon=10**40)
    assert found.balls[0].contains(0)
    assert found.radius <= arb(10) ** -digits
    assert "Lojasiewicz (c = 4.00, theta = 0.750)" in found.because


def test_a_crossing_of_valleys_needs_an_inequality() -> None:
    """x^2 y^2 from x = y tends to the crossing, from elsewhere to one of the valleys."""
    crossing = Loss(x**2 * y**2, (x, y), LojasiewiczConstants(Rational(3, 4), sqrt(8)))
    found = flow_limit(crossing, (1, 1), digits=3, horizon=10**12)
    assert all(ball.contains(0) for ball in found.balls)
    assert "Lojasiewicz (c = 2.83, theta = 0.750)" == found.because
    aside = flow_limit(Loss(x**2 * y**2, (x, y)), (2, 1))
    with precision(400):
        assert aside.balls[0].contains(arb(3).sqrt())
    assert aside.balls[1].contains(0)
    with pytest.raises(FlowError, match="no tail bound holds"):
        flow_limit(Loss(x**2 * y**2, (x, y)), (1, 1), horizon=64)


@pytest.mark.parametrize("start", [(0, 0), (3, fmpq(1, 3))], ids=["saddle", "minimum"])
def test_a_flow_that_rests_has_its_start_as_limit(start: tuple[fmpq, fmpq]) -> None:
    found = flow_limit(LeastSquares((a * b - 1,), (a, b)), start)
    with precision(400):
        assert all(ball.contains(value) for ball, value in zip(found.balls, start, strict=True))
    assert "equilibrium" == found.because


def test_a_saddle_is_named() -> None:
    """On the line a = -b the flow of (ab - 1)^2/2 tends to the saddle at 0."""
    with pytest.raises(FlowError, match="it is near the saddle") as caught:
        flow_limit(LeastSquares((a * b - 1,), (a, b)), (1, -1), horizon=64)
    assert "curvatures are -1.00 and 1.00" in str(caught.value)
    assert "At time 64 the solution is (" in str(caught.value)
    assert Reason.UNSTABLE == caught.value.reason


def test_a_maximum_that_is_hardly_left_is_named() -> None:
    with pytest.raises(FlowError, match="it is near the maximum"):
        flow_limit(Loss(cos(x), (x,)), (fmpq(1, 2**60),), horizon=8)


@pytest.mark.parametrize(
    ("loss", "names"),
    [
        (exp(-x), (x,)),
        (log(1 + exp(-x - y)) + log(1 + exp(-2 * x + y)), (x, y)),
        (log(1 + exp(-x - 3 * y)) + log(1 + exp(x - y)), (x, y)),
        (x, (x,)),
    ],
    ids=["exp", "separable", "separable aslant", "linear"],
)
def test_a_loss_without_critical_points_has_no_limit(loss: Expr, names: tuple[Expr, ...]) -> None:
    with pytest.raises(NoLimitError, match=r"the loss (falls|rises) everywhere in the direction"):
        flow_limit(Loss(loss, names), (0,) * len(names), horizon=64)


def test_a_gradient_that_jumps_may_have_a_limit_where_it_does() -> None:
    """The slope of this loss is positive everywhere; from x > 0 its flow tends to 0."""
    loss = (x + Abs(x)) ** 2 / 8 + (x - Abs(x)) / 2
    with pytest.raises(FlowError) as caught:
        flow_limit(Loss(loss, (x,)), (1,), horizon=16)
    assert not isinstance(caught.value, NoLimitError)
    with pytest.raises(FlowError) as caught:
        flow_limit(Loss(Abs(x) * 2 + x, (x,)), (1,), horizon=16)
    assert not isinstance(caught.value, NoLimitError)


def test_a_flat_minimum_has_no_rate() -> None:
    with pytest.raises(FlowError, match="No limit to 1e-20 up to time 64"):
        flow_limit(gradient_flow(x**4, (x,)), (1,), horizon=64)


def test_a_flow_that_goes_on_for_ever_is_refused() -> None:
    with pytest.raises(FlowError, match="no tail bound holds") as caught:
        flow_limit(field((x, y), (-y, x)), (1, 0), horizon=16)
    assert Reason.NO_TAIL == caught.value.reason


def test_spent_steps_are_named_with_the_last_enclosure() -> None:
    with pytest.raises(FlowError, match=r"5 steps are spent at time [^\n]*: no tail bound holds"):
        flow_limit(Loss(x**4 * y**2 + x, (x, y)), (1, 1), steps=5)


def test_least_squares_without_a_residual_are_refused() -> None:
    with pytest.raises(UnsupportedError, match="need a residual"):
        LeastSquares((), (x,))


def test_a_composite_needs_a_residual_for_each_slot() -> None:
    with pytest.raises(UnsupportedError, match="2 slots and 1 residuals"):
        Composite(r**2 + s**2, (r, s), (x,), (x,))
