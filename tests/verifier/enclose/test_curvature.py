"""**Curvature**: bounds from the Hessian hold everywhere, and are sharp for convex functions."""

from __future__ import annotations

import random

import pytest
import sympy
from flint import arb, fmpq

from verifier.claim import Region
from verifier.enclose.programs.compile import compile_expr
from verifier.enclose.regions.cover import cover
from verifier.enclose.regions.curvature import Curvature
from verifier.enclose.regions.forms import side
from verifier.enclose.rings import reals
from verifier.exact.statements import ge, le
from verifier.precision import precision

NAMES = sympy.symbols("x0:6", real=True)
X, Y = NAMES[:2]
CONVEX = (
    X**2 + X * Y + Y**2 - X,
    sympy.exp(X + Y) + sympy.exp(-X) + Y**2,
    sympy.cosh(X - 2 * Y) + X**2 / 2,
)


def curvature(expr, *ends):
    box = tuple((fmpq(a), fmpq(b)) for a, b in ends)
    program = compile_expr(expr, NAMES[: len(ends)])
    return Curvature(program, box, tuple(side(*pair) for pair in box), tuple(range(len(box))))


@pytest.mark.parametrize("seed", range(40))
def test_no_value_is_outside_of_the_bounds(seed):
    rng = random.Random(seed)
    expr = rng.choice(CONVEX) * rng.choice((1, -1)) + rng.randint(-2, 2) * sympy.sin(X * Y)
    with precision(rng.choice((30, 64))):
        ends = [(a := fmpq(rng.randint(-8, 4), 4), a + fmpq(rng.randint(1, 8), 8)) for _ in "xy"]
        found = curvature(expr, *ends)
        low, high = found.least(), found.greatest()
        _, ball = found.taylor([arb(0, 10**9)] * 2)
        for _ in range(25):
            point = [arb(a + (b - a) * fmpq(rng.randint(0, 16), 16)) for a, b in ends]
            value = found.program.run(reals, point)
            assert low <= value.upper()
            assert high >= value.lower()
            assert ball.overlaps(value)


@pytest.mark.parametrize(
    ("expr", "reach"), list(zip(CONVEX, (fmpq(1), fmpq(1, 8), fmpq(1, 16)), strict=True))
)
def test_the_least_value_of_a_convex_function_is_found(expr, reach):
    with precision(64):
        found = curvature(expr, (-reach, reach), (-reach, reach))
        values = [
            found.program.run(reals, [arb(reach * i / 40), arb(reach * j / 40)])
            for i in range(-40, 41)
            for j in range(-40, 41)
        ]
        least = min(value.lower() for value in values)
        assert least - arb("1e-2") < found.least() <= least


def test_the_form_of_order_two_is_of_third_order():
    with precision(64):
        widths = []
        for size in (fmpq(1, 4), fmpq(1, 8), fmpq(1, 16)):
            _, ball = curvature(sympy.sin(X) * sympy.exp(X), (1 - size, 1 + size)).taylor(
                [arb(0, 100)]
            )
            exact = compile_expr(sympy.sin(X) * sympy.exp(X), [X])
            ends = [exact.run(reals, [arb(1 + sign * size)]) for sign in (-1, 1)]
            widths.append(float(2 * ball.rad() - (ends[1] - ends[0])))
    assert widths[0] / widths[1] > 3.5
    assert widths[1] / widths[2] > 3.5


def test_a_convex_inequality_in_six_variables_takes_one_box():
    region = Region(**{str(name): (0, 1) for name in NAMES})
    squares, total = sum(name**2 for name in NAMES), sum(NAMES)
    hundredth = sympy.Rational(1, 100)
    evidence = cover(ge(squares + hundredth, total**2 / 6), (), region, name="c", boxes=3)
    assert (1, 1) == (evidence.certified, evidence.boxes)
    upper = cover(le(total**2 / 6, squares + hundredth), (), region, name="c", boxes=3)
    assert 1 == upper.certified
    assert cover(ge(squares, total**2 / 6 + hundredth), (), region, name="c", boxes=9).certified < 1
