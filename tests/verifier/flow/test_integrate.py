"""**Validated integration**: the truth is inside, the ball is small, failures are named."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flint import arb, ctx, fmpq
from sympy import Expr, Rational, exp, sqrt, tanh

from verifier import reals
from verifier.flow.field import field, gradient_flow
from verifier.flow.integrate import FlowError, integrate
from verifier.precision import precision

x, y, a, b = reals("x y a b")
FINE = 400  # bits of the known solution


def _exp(t: arb) -> list[arb]:
    return [(-t).exp()]


def _logistic(t: arb) -> list[arb]:
    return [1 / (1 + 3 * (-t).exp())]


def _rotation(t: arb) -> list[arb]:
    return [t.cos(), t.sin()]


def _root(t: arb) -> list[arb]:
    return [(1 + t).sqrt()]


def _tanh(t: arb) -> list[arb]:
    # y' = 1/cosh(y)... y = asinh(t) solves y' = sqrt(1 - tanh(y)^2)
    return [t.asinh()]


KNOWN = [
    ((x,), (-x,), (1,), _exp),
    ((x,), (x * (1 - x),), (fmpq(1, 4),), _logistic),
    ((x, y), (-y, x), (1, 0), _rotation),
    ((x,), (1 / (2 * x),), (1,), _root),
    ((x,), (sqrt(1 - tanh(x) ** 2),), (0,), _tanh),
]


@pytest.mark.parametrize(("variables", "velocity", "start", "truth"), KNOWN)
@pytest.mark.parametrize("bits", [64, 128, 256])
def test_the_known_solution_is_inside_and_the_ball_is_small(
    variables: tuple[Expr, ...],
    velocity: tuple[Expr, ...],
    start: tuple[fmpq, ...],
    truth: Callable[[arb], list[arb]],
    bits: int,
) -> None:
    found = integrate(field(variables, velocity), start, 3, bits=bits)
    for time in (fmpq(0), fmpq(1, 3), fmpq(1), fmpq(5, 2), fmpq(3)):
        with precision(FINE):
            known = truth(arb(time))
        for ball, value in zip(found.at(time), known, strict=True):
            assert ball.contains(value)
            assert ball.rad() < arb(2) ** (bits // 4 - bits)


def test_a_start_with_a_radius_holds_the_solutions_from_all_of_it() -> None:
    wide = [arb("0.5", "0.001"), arb("0.2", "0.001")]
    flow = gradient_flow((a * b - 1) ** 2 / 2, (a, b))
    ends = integrate(flow, wide, 2).last()
    for start in ((fmpq(501, 1000), fmpq(199, 1000)), (fmpq(4995, 10000), fmpq(2005, 10000))):
        for ball, point in zip(ends, integrate(flow, start, 2).last(), strict=True):
            assert ball.contains(point)
    assert max(float(ball.rad()) for ball in ends) < 0.01


def test_a_gradient_flow_keeps_its_invariant_inside_the_enclosure() -> None:
    flow = gradient_flow((a * b - 1) ** 2 / 2, (a, b))
    found = integrate(flow, (fmpq(1, 2), fmpq(1, 5)), 2)
    for k in range(9):
        one, two = found.at(fmpq(k, 4))
        with precision(FINE):
            assert (one**2 - two**2).contains(fmpq(21, 100))


def test_a_solution_that_ends_is_named_with_its_time() -> None:
    with pytest.raises(FlowError, match=r"No step could be validated at time (1|0\.9+\d*), where"):
        integrate(field((x,), (x**2,)), (1,), 2)


def test_a_field_without_a_value_is_named() -> None:
    with pytest.raises(FlowError, match="has no value near the solution at time 0"):
        integrate(field((x,), (sqrt(x - 1),)), (0,), 1)


def test_spent_steps_are_named() -> None:
    with pytest.raises(FlowError, match="3 steps are spent at time"):
        integrate(field((x, y), (-y, x)), (1, 0), 1000, steps=3)


def test_a_time_outside_is_refused() -> None:
    found = integrate(field((x,), (-x,)), (1,), 1)
    with pytest.raises(FlowError, match=r"The time 3/2 is outside \[0, 1\]"):
        found.at(fmpq(3, 2))


def test_the_precision_of_the_process_is_left_as_it_was() -> None:
    before = ctx.prec, ctx.cap
    integrate(field((x,), (-x,)), (1,), 1, bits=200)
    assert before == (ctx.prec, ctx.cap)


def test_more_bits_shrink_the_ball_as_they_should() -> None:
    flow = gradient_flow((a * b - 1) ** 2 / 2, (a, b))
    start = (Rational(1, 2), Rational(1, 5))
    radii = {}
    for bits in (64, 128, 192):
        exact = [fmpq(int(v.p), int(v.q)) for v in start]
        radii[bits] = max(
            float(c.rad().log() / arb(2).log()) for c in integrate(flow, exact, 2, bits=bits).last()
        )
    assert radii[128] < radii[64] - 56
    assert radii[192] < radii[128] - 56


def test_the_gradient_of_a_loss_is_the_derivative_of_it() -> None:
    loss = exp(a) * b**2 + tanh(a * b)
    by_hand = field((a, b), (-loss.diff(a), -loss.diff(b)))
    one = integrate(gradient_flow(loss, (a, b)), (fmpq(1, 2), fmpq(1, 3)), 1).last()
    two = integrate(by_hand, (fmpq(1, 2), fmpq(1, 3)), 1).last()
    assert all(p.overlaps(q) for p, q in zip(one, two, strict=True))
    assert all(float(p.rad()) < 1e-30 for p in one)
