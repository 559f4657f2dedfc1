"""**Critical points**: none is denied that is there, and what is near is called what it is."""

from __future__ import annotations

import pytest
from flint import arb
from sympy import Expr, Rational, atan, cos, exp, log, sin, sqrt

from verifier import reals
from verifier.flow.critical import is_stationary, no_critical_point, unstable
from verifier.flow.field import gradient_flow

x, y = reals("x y")
NAMES = (x, y)
HERE = [arb(2), arb(1)]


def denied(loss: Expr) -> str:
    return no_critical_point(gradient_flow(loss, NAMES), loss, HERE)


@pytest.mark.parametrize(
    "loss",
    [
        exp(-x) + x + y**2,
        log(1 + exp(-x - y)) + log(1 + exp(x + y)) + y**2,
        x**3 + y**2,
        sin(x) + y**2,
        (x * y - 1) ** 2,
        x * y,
        sqrt(x**2 + 1) + y**4,
    ],
)
def test_a_critical_point_that_is_there_is_not_denied(loss: Expr) -> None:
    assert "" == denied(loss)


@pytest.mark.parametrize("loss", [exp(-x) + y**2, exp(x + y), x**3 + y, x + sqrt(1 + y**2)])
def test_a_direction_in_which_the_loss_is_monotone_leaves_none(loss: Expr) -> None:
    assert "everywhere in the direction" in denied(loss)


@pytest.mark.parametrize(
    ("point", "rests"),
    [((0, 0), True), ((3, Rational(1, 3)), True), ((3, Rational(1, 4)), False), ((1, -1), False)],
)
def test_rest_is_exact(point: tuple[Rational, Rational], rests: bool) -> None:
    assert rests == is_stationary((x * y - 1) ** 2, NAMES, [Rational(v) for v in point])


def test_rest_that_the_kernel_cannot_see_is_none() -> None:
    assert not is_stationary(atan(x) - x + cos(y), NAMES, [Rational(1), Rational(0)])


@pytest.mark.parametrize(
    ("loss", "name"),
    [
        (x**2 - y**2, "the saddle"),
        (-(x**2) - 3 * y**2, "the maximum"),
        (x**2 + y**2, ""),
        (x**2 + y**4, ""),
        ((x - 100) ** 2 - y**2, ""),
    ],
    ids=["saddle", "maximum", "minimum", "degenerate", "far"],
)
def test_what_is_near_is_called_what_it_is(loss: Expr, name: str) -> None:
    near = [arb("1e-9"), arb("2e-9")]
    found = unstable(gradient_flow(loss, NAMES), near, bits=64)
    assert found.startswith(name)
    assert bool(name) == bool(found)
