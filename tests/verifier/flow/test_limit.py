"""**Limits of flows**: known limits are inside balls of the radius that is asked for."""

from __future__ import annotations

import pytest
from flint import arb, fmpq
from sympy import Rational

from verifier import reals
from verifier.errors import UnsupportedError
from verifier.flow.field import field, gradient_flow
from verifier.flow.integrate import FlowError
from verifier.flow.limit import LeastSquares, limit
from verifier.precision import precision

a, b, x, y = reals("a b x y")


@pytest.mark.parametrize("digits", [10, 20, 30])
def test_the_limit_of_a_product_solves_its_two_equations(digits: int) -> None:
    """ab = 1 and a^2 - b^2 = 21/100 at the limit."""
    found = limit(
        LeastSquares((a * b - 1,), (a, b)), (fmpq(1, 2), fmpq(1, 5)), digits=digits, bits=160
    )
    assert found.radius <= arb(10) ** -digits
    with precision(400):
        gap = arb(fmpq(21, 100))
        square = (gap + (gap**2 + 4).sqrt()) / 2
        assert found.balls[0].contains(square.sqrt())
        assert found.balls[1].contains(1 / square.sqrt())


def test_a_linear_flow_tends_to_the_nearest_solution() -> None:
    """From 0 the limit is the solution of least norm, (1, 2)/5 for x + 2 y = 1."""
    found = limit(LeastSquares((x + 2 * y - 1,), (x, y)), (0, 0))
    with precision(400):
        assert found.balls[0].contains(fmpq(1, 5))
        assert found.balls[1].contains(fmpq(2, 5))
    assert "Polyak-Lojasiewicz constant" in found.tail.because


def test_the_scale_of_the_loss_changes_the_rate_and_not_the_limit() -> None:
    half, tenth = (
        limit(LeastSquares((a * b - 1,), (a, b), scale), (fmpq(1, 2), fmpq(1, 5)))
        for scale in (Rational(1, 2), Rational(1, 20))
    )
    assert all(p.overlaps(q) for p, q in zip(half.balls, tenth.balls, strict=True))
    assert tenth.tail.time > 5 * half.tail.time


def test_a_strict_minimum_attracts_by_contraction() -> None:
    found = limit(gradient_flow((x - 2) ** 2 + (y - x) ** 2, (x, y)), (5, -1))
    assert all(ball.contains(2) for ball in found.balls)
    assert "contraction at rate" in found.tail.because


def test_a_saddle_is_no_limit_of_a_tail_bound() -> None:
    """On the line a = -b the flow of (ab - 1)^2/2 tends to the saddle at 0."""
    with pytest.raises(FlowError, match="no tail bound holds"):
        limit(LeastSquares((a * b - 1,), (a, b)), (1, -1), horizon=16)


def test_a_flat_minimum_has_no_rate() -> None:
    with pytest.raises(FlowError, match="No limit to 1e-20 up to time 64"):
        limit(gradient_flow(x**4, (x,)), (1,), horizon=64)


def test_a_flow_that_goes_on_for_ever_is_refused() -> None:
    with pytest.raises(FlowError, match="no tail bound holds"):
        limit(field((x, y), (-y, x)), (1, 0), horizon=16)


def test_least_squares_without_a_residual_are_refused() -> None:
    with pytest.raises(UnsupportedError, match="need a residual"):
        LeastSquares((), (x,))
