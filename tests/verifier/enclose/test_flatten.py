"""**Flattening**: a held derivative as code has the values of the power series, and more."""

from __future__ import annotations

import random

import pytest
import sympy
from flint import arb, fmpq
from sympy import Derivative

from verifier.enclose.programs.compile import compile_expr
from verifier.enclose.programs.flatten import flattened
from verifier.enclose.regions.forms import side
from verifier.enclose.rings import reals
from verifier.precision import precision

X, Y = sympy.symbols("x y", real=True)
HELD = (
    Derivative(sympy.asinh(X) * Y, X, evaluate=False),
    Derivative(sympy.sqrt(X**2 + Y**2 + 1), X, Y, evaluate=False),
    X + Derivative(sympy.exp(X * Y) / (1 + X**2), (X, 2), evaluate=False),
    Derivative(Derivative(X**3 * sympy.sin(Y), X, evaluate=False) * Y, Y, evaluate=False),
)


@pytest.mark.parametrize("expr", HELD)
def test_code_and_series_agree_at_points(expr):
    program = compile_expr(expr, [X, Y])
    flat = flattened(program)
    assert (False, True) == (program.elementary, flat.elementary)
    rng = random.Random(3)
    for _ in range(20):
        point = [arb(fmpq(rng.randint(-20, 20), rng.randint(1, 9))) for _ in range(2)]
        one, two = program(point, 80), flat(point, 80)
        assert one.is_finite()
        assert one.overlaps(two)


def test_code_is_sharper_than_series_on_a_box():
    program = compile_expr(HELD[1], [X, Y])
    with precision(64):
        box = [side(fmpq(1), fmpq(2)), side(fmpq(1), fmpq(2))]
        assert 2 * flattened(program).run(reals, box).rad() < program.run(reals, box).rad()


def test_what_has_no_tangent_stays_held():
    kink = compile_expr(Derivative(sympy.Max(X, Y), X, evaluate=False), [X, Y])
    assert not flattened(kink).elementary
    assert 1 == flattened(kink)([arb(2), arb(1)], 64)
    assert flattened(kink)([arb(1), arb(1)], 64).is_nan()


def test_there_is_no_derivative_at_the_edge_of_a_domain():
    edge = flattened(compile_expr(Derivative(sympy.sqrt(X), X, evaluate=False), [X]))
    assert edge([arb(0)], 64).is_nan()
    corner = Derivative(sympy.Abs(X), X, evaluate=False)
    assert flattened(compile_expr(corner, [X], nonnegative=[X]))([arb(0)], 64).is_nan()
