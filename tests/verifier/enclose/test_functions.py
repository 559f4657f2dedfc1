"""**Functions** of every family in balls: values, boxes, derivatives, pieces and what has none."""

from __future__ import annotations

import random

import pytest
import sympy
from flint import acb, arb, fmpq
from sympy import Derivative, Integral, Rational

from tests.verifier.enclose.test_compile import holds, true_value
from verifier.enclose.decide import ball
from verifier.enclose.programs.compile import compile_expr
from verifier.enclose.programs.straight import complex_code, float_code, real_code
from verifier.enclose.programs.tangent import slope, tangent
from verifier.enclose.regions.forms import side
from verifier.enclose.rings import reals
from verifier.enclose.rings.calculus import taylor
from verifier.enclose.rings.complexes import RINGS
from verifier.errors import UnsupportedError
from verifier.exact.scalars import logistic, normal_cdf, softplus
from verifier.precision import precision

X, Y = sympy.symbols("x y", real=True)
N = sympy.Symbol("n", integer=True, positive=True)
# Functions with rational points inside their domains.
INSIDE = {
    sympy.asin: (Rational(-1, 3), Rational(9, 10)),
    sympy.acos: (Rational(-4, 5), Rational(1, 7)),
    sympy.acosh: (Rational(5, 4), Rational(30)),
    sympy.atanh: (Rational(-2, 3), Rational(7, 8)),
    sympy.erf: (Rational(-5, 2), Rational(1, 3)),
    sympy.erfc: (Rational(-1, 2), Rational(4)),
    sympy.sec: (Rational(1, 2), Rational(-5, 2)),
    sympy.csc: (Rational(1, 2), Rational(-2)),
    sympy.cot: (Rational(1, 3), Rational(4)),
    sympy.acot: (Rational(-2), Rational(1, 2)),
    sympy.sech: (Rational(-1), Rational(3)),
    sympy.csch: (Rational(-1), Rational(3)),
    sympy.coth: (Rational(-1), Rational(3)),
}
OUTSIDE = {sympy.asin: 2, sympy.acos: -2, sympy.acosh: 0, sympy.atanh: 1}
each = pytest.mark.parametrize("function", INSIDE, ids=lambda function: function.__name__)
ABSOLUTE = sympy.Piecewise((X, X > 0), (-X, True))
CUT = sympy.Piecewise((sympy.log(X), sympy.And(X > 1, X < 3)), (X**2, True))


@each
def test_the_value_is_inside(function):
    for value in INSIDE[function]:
        for bits in (30, 150):
            enclosure = ball(function(X), {X: value}, bits=bits)
            assert enclosure.is_finite()
            assert holds(enclosure, true_value(function(X), {X: value}))


@each
def test_values_on_an_interval_are_inside(function):
    for value in INSIDE[function]:
        width = Rational(1, 20)
        with precision(80):
            low, high = (fmpq(int(v.p), int(v.q)) for v in (value - width, value + width))
            enclosure = compile_expr(function(X), [X])([arb(low).union(arb(high))], 80)
        assert enclosure.is_finite()
        for t in range(-4, 5):
            moved = value + width * Rational(t, 4)
            assert holds(enclosure, true_value(function(X), {X: moved}))


@each
def test_derivatives_by_series_and_by_tangent_contain_the_symbolic_one(function):
    expr = function(X) * X
    program = compile_expr(expr, [X])
    for value in INSIDE[function]:
        known = true_value(sympy.diff(expr, X), {X: value})
        assert holds(ball(Derivative(expr, X, evaluate=False), {X: value}, bits=120), known)
        with precision(120):
            point = [arb(fmpq(int(value.p), int(value.q)))]
            assert holds(slope(program, point, 0), known)


@each
def test_straight_code_gives_the_ball_of_the_interpreter(function):
    program = compile_expr(function(X) + X / 3, [X])
    for value in INSIDE[function]:
        with precision(70):
            point = arb(fmpq(int(value.p), int(value.q)))
            straight = real_code(program, (program.result,))(point)[0]
            assert straight.overlaps(program.run(reals, [point]))
            for ring in RINGS:
                lifted = acb(point, "1e-4")
                expected = program.run(ring, [lifted])
                assert expected.is_finite()
                assert expected.overlaps(complex_code(program, ring)(lifted)[0])
        near = float_code(program, (program.result,))(int(value.p) / int(value.q))[0]
        assert abs(near - float(true_value(function(X) + X / 3, {X: value}))) < 1e-9


@each
def test_the_complex_value_on_the_real_line_is_the_real_one(function):
    program = compile_expr(function(X), [X])
    for value in INSIDE[function]:
        with precision(100):
            point = fmpq(int(value.p), int(value.q))
            outcome = program.run(RINGS[1], [acb(point)])
            assert holds(outcome.real, true_value(function(X), {X: value}))


@pytest.mark.parametrize("function", OUTSIDE, ids=lambda function: function.__name__)
def test_outside_of_its_domain_a_function_has_no_value(function):
    assert ball(function(X), {X: Rational(OUTSIDE[function])}).is_nan()


@pytest.mark.parametrize("function", [sympy.asin, sympy.acos, sympy.acosh])
def test_at_the_end_of_its_domain_a_function_has_no_derivative(function):
    assert ball(function(X), {X: Rational(1)}).is_finite()
    assert ball(Derivative(function(X), X, evaluate=False), {X: Rational(1)}).is_nan()


def test_the_sign_is_exact_at_zero_and_a_range_around_it():
    assert [-1, 0, 1] == [ball(sympy.sign(X), {X: Rational(v)}) for v in (-2, 0, 5)]
    wide = compile_expr(sympy.sign(X), [X])([arb(0, 1)], 64)
    assert wide.contains(-1)
    assert wide.contains(1)
    assert not wide.contains(2)
    assert ball(sympy.Heaviside(X), {X: Rational(0)}) == fmpq(1, 2)
    assert ball(sympy.Heaviside(X, 1), {X: Rational(0)}) == 1


@pytest.mark.parametrize("expr", [sympy.sign(X), sympy.Heaviside(X), ABSOLUTE, sympy.Max(X, 0)])
def test_a_kink_has_no_derivative_and_its_sides_have(expr):
    held = Derivative(expr, X, evaluate=False)
    assert ball(held, {X: Rational(0)}).is_nan()
    assert ball(held, {X: Rational(3)}).is_finite()
    assert ball(held, {X: Rational(-3)}).is_finite()
    program = compile_expr(expr, [X])
    assert not slope(program, [arb(0, 1)], 0).is_finite()


def test_the_derivative_of_a_minimum_is_that_of_the_smaller_one():
    for function, rate in ((sympy.Min, 2), (sympy.Max, 5)):
        held = Derivative(function(2 * X, 5 * X), X, evaluate=False)
        assert rate == ball(held, {X: Rational(3)})
        assert 7 - rate == ball(held, {X: Rational(-3)})
        assert ball(held, {X: Rational(0)}).is_nan()


def test_no_integral_is_taken_across_a_jump_as_if_it_were_smooth():
    across = ball(Integral(sympy.sign(X), (X, -1, 2)), bits=60)
    assert across.is_nan() or across.contains(1)
    beside = ball(Integral(sympy.sign(X) * X, (X, 1, 3)), bits=60)
    assert beside.contains(4)
    pieces = ball(Integral(CUT, (X, 4, 5)), bits=60)
    assert pieces.overlaps(arb(fmpq(61, 3)))


def test_pieces_have_the_value_of_the_first_that_applies():
    assert ball(CUT, {X: Rational(1)}) == 1
    assert ball(CUT, {X: Rational(-3)}) == 9
    assert holds(ball(CUT, {X: Rational(2)}), true_value(sympy.log(X), {X: Rational(2)}))
    assert ball(ABSOLUTE, {X: Rational(-7, 3)}, bits=80).overlaps(arb(fmpq(7, 3)))


def test_pieces_on_a_ball_that_reaches_into_two_contain_both():
    enclosure = compile_expr(CUT, [X])([arb(3, "1/2")], 64)
    assert enclosure.contains(arb(2.6).log())
    assert enclosure.contains(12)


def test_pieces_without_a_last_one_have_no_value_where_none_applies():
    only = sympy.Piecewise((X, X > 0), (2 * X, X < -1))
    assert ball(only, {X: Rational(-1, 2)}).is_nan()
    assert ball(only, {X: Rational(-2)}) == -4


def test_a_condition_without_a_value_leaves_the_pieces_without_one():
    held = sympy.Piecewise((1, sympy.log(X) > 0), (2, True))
    assert ball(held, {X: Rational(-1)}).is_nan()
    assert ball(held, {X: Rational(3)}) == 1


def test_a_condition_of_another_kind_is_named():
    with pytest.raises(UnsupportedError, match="no condition of a piece"):
        compile_expr(sympy.Piecewise((1, sympy.Contains(X, sympy.S.Integers)), (2, True)), [X])


def test_whole_powers_have_values_for_every_base():
    for base, exponent in ((-2, 3), (-2, 4), (0, 5), (3, 2)):
        values = {X: Rational(base), N: Rational(exponent)}
        assert ball(X**N, values) == base**exponent
    assert ball(X**N, {X: Rational(-2), N: Rational(1, 2)}).is_nan()
    assert ball(X**Y, {X: Rational(0), Y: Rational(-1)}).is_nan()
    wide = compile_expr(X**Y, [X, Y])([arb(2, "1/4"), arb(3, "1/4")], 64)
    assert wide.contains(arb(2.2) ** arb(3.2))


@pytest.mark.parametrize("seed", range(30))
def test_powers_and_their_derivatives_contain_the_truth(seed):
    rng = random.Random(seed)
    values = {X: Rational(rng.randint(1, 30), 7), Y: Rational(rng.randint(-20, 20), 6)}
    assert holds(ball(X**Y, values, bits=90), true_value(X**Y, values))
    for symbol in (X, Y):
        held = ball(Derivative(X**Y, symbol, evaluate=False), values, bits=90)
        assert holds(held, true_value(sympy.diff(X**Y, symbol), values))
    with precision(90):
        point = [arb(fmpq(int(v.p), int(v.q))) for v in values.values()]
        curve = taylor(compile_expr(X**Y, [X, Y]), point, 0, 2)[2]
    assert holds(curve, true_value(sympy.diff(X**Y, X, 2) / 2, values))


WIDE = (
    (logistic(X), -3, 3),
    (logistic(X), -20, 20),
    (logistic(2 * X - 1), -3, 3),
    (sympy.exp(X) / (1 + sympy.exp(X)), -3, 3),
    (softplus(X), -3, 3),
    (softplus(-X), -20, 20),
    (normal_cdf(X), -3, 3),
    (sympy.erf(X), -2, 1),
    (sympy.atanh(X), Rational(-9, 10), Rational(1, 2)),
    (sympy.tan(X), -1, Rational(3, 2)),
    (sympy.sin(X), 1, 4),
)


@pytest.mark.parametrize(("expr", "low", "high"), WIDE)
def test_a_wide_ball_gives_no_more_than_a_third_too_much(expr, low, high):
    """Values and slopes: each has its variable once, or is monotone in it."""
    grid = [{X: low + (high - low) * Rational(k, 60)} for k in range(61)]
    program = compile_expr(expr, [X])
    for found, truth in ((program, expr), (tangent(program, 0), sympy.diff(expr, X))):
        values = [float(true_value(truth, point, 30)) for point in grid]
        with precision(64):
            whole = side(*(fmpq(int(end.p), int(end.q)) for end in map(Rational, (low, high))))
            enclosure = found.run(reals, [whole])
        assert float(2 * enclosure.rad()) <= 1.34 * (max(values) - min(values))
        assert float(enclosure.lower()) <= min(values)
        assert max(values) <= float(enclosure.upper())


def test_ends_far_apart_keep_their_sign():
    for low, high in ((arb("1e-9"), arb("1e9")), (arb("1e-300"), arb("1e300"))):
        assert reals.hull(low, high) >= 0
        assert reals.hull(-high, -low) <= 0
        assert reals.hull(low, high).contains(high)
        assert reals.hull(low, high).contains(low)
