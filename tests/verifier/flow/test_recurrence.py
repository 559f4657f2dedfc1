"""**Recurrences**: the proposed coefficients are those that series give, at every scale of time."""

from __future__ import annotations

import pytest
from flint import arb, fmpq
from sympy import E, Expr, cbrt, cos, cosh, erf, exp, log, pi, sin, sinh, sqrt, tanh

from verifier import reals
from verifier.flow.field import field, gradient_flow
from verifier.flow.recurrence import propose
from verifier.flow.step import along
from verifier.precision import precision

x, y, a, b = reals("x y a b")
ORDER = 20
BITS = 100

FIELDS = {
    "sums and products": (x * y - 3 * x + y, 2 - x**2 * y),
    "powers": (x**5 - y**-3, (x + y) ** 3),
    "quotients": (x / (1 + y**2), 1 / x - 3 / y),
    "roots": (cbrt(2 + x), sqrt(x + y**2) ** 3),
    "exponentials": (exp(-x * y), log(y + 3) * E),
    "circles": (sin(x) * y + pi, cos(x * y)),
    "hyperbolas": (sinh(y) / 9, cosh(x) - tanh(x + y)),
    "constants": (x - x + sqrt(2), log(2) * y),
}


def by_picard(velocity: tuple[Expr, ...], start: list[arb]) -> list[list[arb]]:
    """The coefficients from one evaluation of the field on series for each."""
    rows = [[value] for value in start]
    for k in range(ORDER):
        moved = along(field((x, y), velocity), rows)
        rows = [[*row, value[k] / (k + 1)] for row, value in zip(rows, moved, strict=True)]
    return rows


@pytest.mark.parametrize("velocity", FIELDS.values(), ids=FIELDS)
@pytest.mark.parametrize("size", [fmpq(1), fmpq(1, 2**40)])
def test_the_recurrence_of_every_instruction_agrees_with_series(
    velocity: tuple[Expr, ...], size: fmpq
) -> None:
    with precision(BITS):
        start = [arb(fmpq(5, 7) * size), arb(fmpq(4, 3) * size)]
        if size < 1:
            start[1] = start[1] + 1
        scale, rows = propose(field((x, y), velocity).bundle, 1, start, ORDER, bits=BITS) or (0, [])
        known = by_picard(velocity, start)
        widest = max(abs(float(c)) * 2.0 ** (scale * k) for r in known for k, c in enumerate(r))
        for row, other in zip(rows, known, strict=True):
            for k, (one, two) in enumerate(zip(row, other, strict=True)):
                assert abs(one - two) * arb((1, scale * k)) < widest * arb(2) ** (12 - BITS)


def test_the_sign_of_a_gradient_flow_is_kept() -> None:
    flow = gradient_flow((a * b - 1) ** 2 / 2, (a, b))
    with precision(BITS):
        found = propose(flow.bundle, flow.sign, [arb(2), arb(3)], ORDER, bits=BITS)
        assert found is not None
        assert [found[1][0][1], found[1][1][1]] == [-15, -10]


def test_an_instruction_without_a_recurrence_is_left_to_series() -> None:
    with precision(BITS):
        assert propose(field((x,), (erf(x),)).bundle, 1, [arb(1)], ORDER, bits=BITS) is None


@pytest.mark.parametrize("velocity", [1 / x, sqrt(x), log(x)])
def test_a_point_without_a_value_has_no_proposal(velocity: Expr) -> None:
    with precision(BITS):
        assert propose(field((x,), (velocity,)).bundle, 1, [arb(0)], ORDER, bits=BITS) is None
