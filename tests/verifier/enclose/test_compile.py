"""**The compiler**: the truth is always inside, on points and on boxes."""

from __future__ import annotations

import random

import mpmath
import pytest
import sympy
from flint import arb, ctx, fmpq
from sympy import Derivative, Integral, Rational, Subs

from verifier.enclose.decide import ball
from verifier.enclose.programs.compile import compile_expr, compile_margin
from verifier.enclose.programs.tangent import slope, tangent
from verifier.enclose.rings.calculus import taylor
from verifier.errors import ExactnessError, UnsupportedError
from verifier.exact.statements import eq
from verifier.exact.vectors import Space, dot
from verifier.precision import precision, series_length

X, Y, Z, K = sympy.symbols("x y z k", real=True)
UNARY = (
    sympy.exp,
    sympy.asinh,
    sympy.sinh,
    sympy.cosh,
    sympy.tanh,
    sympy.atan,
    sympy.sin,
    sympy.cos,
    sympy.Abs,
)
Q_K = sympy.sqrt(K) / 4 * (1 - sympy.sqrt(1 + 4 * X**2 / K)) + X / 2 * sympy.asinh(
    2 * X / sympy.sqrt(K)
)


def random_expression(rng: random.Random, depth: int) -> sympy.Expr:
    if depth == 0:
        return rng.choice([X, Y, Rational(rng.randint(-9, 9), rng.randint(1, 9))])
    left = random_expression(rng, depth - 1)
    right = random_expression(rng, depth - 1)
    match rng.randrange(8):
        case 0:
            return left + right
        case 1:
            return left - right
        case 2:
            return left * right
        case 3:
            return left / (1 + right**2)
        case 4:
            return sympy.sqrt(left**2 + rng.randint(0, 2))
        case 5:
            return sympy.log(1 + left**2) ** rng.randint(1, 3)
        case 6:
            return (2 + sympy.tanh(left)) ** Rational(rng.randint(-5, 5), 3)
    return rng.choice(UNARY)(sympy.tanh(left) * 3)


def true_value(expr: sympy.Expr, values: dict, digits: int = 120) -> mpmath.mpf:
    with mpmath.workdps(digits):
        function = sympy.lambdify(list(values), expr, "mpmath")
        point = [mpmath.mpf(int(v.p)) / int(v.q) for v in values.values()]
        return mpmath.mpf(function(*point))


def holds(enclosure: arb, truth: mpmath.mpf) -> bool:
    with precision(500):
        sign, mantissa, exponent, _ = truth._mpf_
        exact = arb((int(-mantissa if sign else mantissa), int(exponent)))
        return bool(enclosure.overlaps(exact + arb(0, arb(10) ** -80)))


@pytest.mark.parametrize("seed", range(150))
def test_the_truth_is_inside_at_points_for_random_expressions(seed):
    rng = random.Random(seed)
    expr = random_expression(rng, 4)
    values = {v: Rational(rng.randint(-40, 40), rng.randint(1, 12)) for v in (X, Y)}
    for bits in (20, 53, 200):
        enclosure = ball(expr, values, bits=bits)
        assert enclosure.is_finite()
        assert holds(enclosure, true_value(expr, values))


@pytest.mark.parametrize("seed", range(150))
def test_the_truth_is_inside_on_boxes_for_random_expressions(seed):
    rng = random.Random(1000 + seed)
    expr = random_expression(rng, 3)
    program = compile_expr(expr, [X, Y])
    lows = [fmpq(rng.randint(-20, 20), 4) for _ in "xy"]
    widths = [fmpq(rng.randint(0, 8), 4) for _ in "xy"]
    with precision(64):
        box = [arb(a).union(arb(a + w)) for a, w in zip(lows, widths, strict=True)]
    enclosure = program(box, 64)
    for _ in range(5):
        t = [fmpq(rng.randint(0, 16), 16) for _ in "xy"]
        point = [a + w * s for a, w, s in zip(lows, widths, t, strict=True)]
        values = {v: Rational(int(p.p), int(p.q)) for v, p in zip((X, Y), point, strict=True)}
        if enclosure.is_finite():
            assert holds(enclosure, true_value(expr, values))


def smooth_expression(rng: random.Random) -> sympy.Expr:
    expr = random_expression(rng, 3)
    return expr.replace(sympy.Abs, sympy.atan) + X * sympy.asinh(Y)


@pytest.mark.parametrize("seed", range(60))
def test_the_series_derivative_contains_the_symbolic_one(seed):
    rng = random.Random(seed)
    expr = smooth_expression(rng)
    orders = rng.choice([((X, 1),), ((X, 2),), ((X, 1), (Y, 1)), ((X, 2), (Y, 1)), ((Y, 3),)])
    values = {v: Rational(rng.randint(1, 20), 7) for v in (X, Y)}
    enclosure = ball(Derivative(expr, *orders, evaluate=False), values, bits=150)
    known = sympy.diff(expr, *orders)
    if enclosure.is_finite():
        assert holds(enclosure, true_value(known, values))


@pytest.mark.parametrize("seed", range(60))
def test_the_tangent_program_agrees_with_the_power_series(seed):
    rng = random.Random(500 + seed)
    program = compile_expr(random_expression(rng, 3) + X * sympy.tan(Y / 9) - sympy.log(Y), [X, Y])
    with precision(120):
        point = [arb(fmpq(rng.randint(1, 20), 7)) for _ in "xy"]
        for index in (0, 1):
            by_tangent = slope(program, point, index)
            by_series = taylor(program, point, index, 1)[1]
            assert by_tangent.overlaps(by_series) or not by_series.is_finite()


def test_what_has_no_tangent_program_falls_back_to_the_series():
    largest = compile_expr(sympy.Max(X, Y) * X, [X, Y])
    assert tangent(largest, 0) is None
    assert 6 == slope(largest, [arb(3), arb(1)], 0)


def test_a_derivative_at_a_substituted_point_is_taken_first():
    held = Subs(Derivative(X**3, X, evaluate=False), (X,), (Y**2,))
    assert ball(held, {Y: Rational(3)}) == 243


@pytest.mark.parametrize("orders", [((X, 1),), ((X, 2),), ((K, 1),), ((K, 2),), ((X, 1), (K, 1))])
def test_an_integral_is_differentiated_by_its_end_and_its_parameter(orders):
    integral = Integral(sympy.asinh(2 * Z / sympy.sqrt(K)) / 2, (Z, 0, X))
    values = {X: Rational(3), K: Rational(1, 100)}
    enclosure = ball(Derivative(integral, *orders, evaluate=False), values, bits=100)
    assert enclosure.is_finite()
    assert holds(enclosure, true_value(sympy.diff(Q_K, *orders), values))


def test_derivatives_nest():
    inner = Derivative(sympy.sin(X * Y), X, Y, evaluate=False)
    values = {X: Rational(3), Y: Rational(1, 2)}
    enclosure = ball(Derivative(X * inner, X, evaluate=False), values)
    known = sympy.diff(X * sympy.diff(sympy.sin(X * Y), X, Y), X)
    assert holds(enclosure, true_value(known, values))


@pytest.mark.parametrize(
    ("expr", "value"),
    [
        (1 / X, 0),
        (sympy.log(X), 0),
        (sympy.log(X), -1),
        (sympy.sqrt(X), -1),
        (X ** Rational(1, 3), -8),
        (sympy.sin(1 / X) + 2, 0),
        (Derivative(sympy.sqrt(X), X, evaluate=False), 0),
        (Derivative(sympy.Abs(X), X, evaluate=False), 0),
    ],
)
def test_what_is_undefined_is_nan(expr, value):
    assert ball(expr, {X: Rational(value)}).is_nan()


def test_a_root_of_a_ball_that_reaches_below_zero_is_nan_unless_the_radicand_cannot():
    around = [arb(0, 1)]
    assert compile_expr(sympy.sqrt(X), [X])(around, 64).is_nan()
    assert compile_expr(sympy.sqrt(X**2 + X**4), [X])(around, 64).is_finite()
    assert compile_expr(sympy.sqrt(X), [X], nonnegative=[X])(around, 64) >= 0
    assert compile_expr(sympy.sqrt(X), [X])([arb(0)], 64) == 0


def test_wide_balls_keep_monotone_functions_finite():
    wide = [arb(0, 10**6)]
    enclosure = compile_expr(sympy.asinh(X), [X])(wide, 64)
    assert enclosure.is_finite()
    assert enclosure.abs_upper() < 15


def test_low_precision_rounds_outward():
    third = compile_expr(sympy.Integer(1) / 3 + X, [X])([arb(0)], 8)
    with precision(200):
        assert third.contains(arb(fmpq(1, 3)))
    assert third.rad() > 0


def test_common_subexpressions_are_one_instruction():
    shared = sympy.asinh(X * Y)
    program = compile_expr(shared + sympy.exp(shared) * shared, [X, Y])
    assert 1 == sum(step.op == "asinh" for step in program.code)


def test_the_two_sides_of_a_margin_do_not_cancel():
    assert compile_margin(eq(1 / X, 1 / X), [X])([arb(0)], 64).is_nan()


@pytest.mark.parametrize(
    ("expr", "named"),
    [
        (sympy.Function("f")(X), "f"),
        (dot(*Space("d").vectors("u v")), "Inner"),
        (sympy.gamma(X), "gamma"),
        (X + Y, "`y` has no value"),
        (sympy.oo + X, "Infinity"),
    ],
)
def test_an_unsupported_node_is_named(expr, named):
    with pytest.raises(UnsupportedError, match=named):
        compile_expr(expr, [X])


def test_a_float_is_refused():
    with pytest.raises(ExactnessError, match="float"):
        compile_expr(X + sympy.Float("0.5"), [X])


def test_precision_is_restored_even_after_an_error():
    before = ctx.prec, ctx.cap
    with precision(300), series_length(3):
        assert (300, 3) == (ctx.prec, ctx.cap)
    with pytest.raises(UnsupportedError), precision(300), series_length(3):
        compile_expr(sympy.gamma(X), [X])
    ball(Derivative(sympy.asinh(X), (X, 3), evaluate=False), {X: Rational(1)}, bits=777)
    assert before == (ctx.prec, ctx.cap)
