"""**Leading terms against numbers**: random expressions in exp and log scales, near their points.

The values are taken at arguments so large, or one so much smaller than the other, that they must
be near the limit, or well on their way to infinity.
"""

from __future__ import annotations

from random import Random
from typing import Any

import mpmath
import pytest
import sympy
from sympy import Expr

from verifier.derive.ground import decide_exactly
from verifier.derive.kernel.field.express import express
from verifier.derive.kernel.field.reader import Reader
from verifier.derive.kernel.limits.asymptotics import decide
from verifier.derive.kernel.limits.germs import Limit
from verifier.derive.kernel.limits.limit import limit
from verifier.errors import UnsupportedError
from verifier.exact.scalars import Q, absolute, asinh, exp, function, log, oo, reals, sqrt, tanh
from verifier.exact.statements import gt, tends
from verifier.exact.statements.growth import asymptotic, is_order
from verifier.exact.statements.limit import tends_in_turn

x, y, n, p, q, a, b = reals("x y n p q a b")
f = function("f")
PARAMETER = mpmath.mpf(3) / 7
FAR = (mpmath.mpf(10) ** 60, mpmath.mpf(10) ** 150)
WORK = 800  # digits


def value_at(expr: Expr, where: dict[str, Any]) -> Any:
    """The value by plain recursion; raises ValueError without a real one."""
    if expr.is_Rational:
        return mpmath.mpf(int(expr.p)) / int(expr.q)
    if expr == sympy.E:
        return mpmath.e()
    if isinstance(expr, sympy.Symbol):
        return where[str(expr)]
    args = [value_at(arg, where) for arg in expr.args]
    match expr:
        case sympy.Add():
            return mpmath.fsum(args)
        case sympy.Mul():
            return mpmath.fprod(args)
        case sympy.Pow():
            if args[0] == 0 or (args[0] < 0 and not expr.exp.is_Integer):
                raise ValueError("no real power")
            return args[0] ** (int(expr.exp) if expr.exp.is_Integer else args[1])
        case sympy.log():
            if args[0] <= 0:
                raise ValueError("no real logarithm")
            return mpmath.log(args[0])
        case sympy.exp():
            if abs(args[0]) > mpmath.mpf(10) ** 170:
                raise ValueError("too large to represent")
            return mpmath.exp(args[0])
    return {sympy.Abs: abs, sympy.asinh: mpmath.asinh, sympy.tanh: mpmath.tanh}[type(expr)](*args)


def random_at_infinity(random: Random, depth: int) -> Expr:
    """An expression of x and positive p in exp and log scales, which often cancels."""
    if depth == 0:
        leaves = (x, x, x + p, 1 / x, log(x), exp(-x), sqrt(x), sympy.Integer(random.randint(1, 3)))
        return random.choice(leaves)
    one, two = (random_at_infinity(random, depth - 1) for _ in range(2))
    forms = (
        one + two,
        one - two,
        one * two,
        one / two,
        log(1 + one**2),
        exp(-(one**2)),
        exp(1 / (1 + one**2)),
        sqrt(one**2 + x) - x,
        asinh(one) - log(2 * x),
        log(1 + exp(x)) - one,
        exp(one / (1 + x)) - 1,
        x * (tanh(x) - 1) * one,
        log(x + log(x)) - log(x) + one,
    )
    return random.choice(forms)


@pytest.mark.parametrize("seed", range(12))
def test_values_far_out_are_near_the_limit(seed: int) -> None:
    random, compared = Random(seed), 0
    for _ in range(25):
        expr = random_at_infinity(random, 2)
        if expr.has(sympy.nan, sympy.zoo, sympy.oo, sympy.I, sympy.E):
            continue
        try:
            found = limit(Reader((gt(p, 0),)), tends(expr, x, oo, 0))
        except (UnsupportedError, ZeroDivisionError):
            continue
        compared += _is_near(expr, found)
    assert 8 <= compared


def _is_near(expr: Expr, found: Limit) -> bool:
    with mpmath.workdps(WORK):
        try:
            near, far = (value_at(expr, {"x": at, "p": PARAMETER}) for at in FAR)
        except ValueError:
            return False
        if far == near == 0:
            return False  # all digits have cancelled
        if found.infinite:
            assert found.infinite * far > 4, (expr, str(found))
            assert found.infinite * (far - near) > 0, (expr, str(found))
            return True
        expected = value_at(express(found.value, {"p": p}), {"p": PARAMETER})
        assert abs(far - expected) < mpmath.mpf(1) / 20, (expr, str(found))
        assert abs(far - expected) <= abs(near - expected) + mpmath.mpf(10) ** -100, expr
    return True


def random_in_two(random: Random, depth: int) -> Expr:
    if depth == 0:
        return random.choice((x, y, x + y, x - 2 * y, x * y, sympy.Integer(random.randint(1, 3))))
    one, two = (random_in_two(random, depth - 1) for _ in range(2))
    forms = (
        one + two,
        one * two,
        one / two,
        sqrt(one**2 + y**2),
        exp(-one / x),
        log(1 + one**2) / x,
        absolute(one) / one,
        (one - two) / (one**2 + two**2),
    )
    return random.choice(forms)


@pytest.mark.parametrize("seed", range(8))
def test_the_last_variable_of_limits_in_turn_goes_first(seed: int) -> None:
    """With y far below every power of x, the value is near lim_x lim_y."""
    random, compared = Random(seed), 0
    for _ in range(25):
        expr = random_in_two(random, 2)
        if expr.has(sympy.nan, sympy.zoo, sympy.oo, sympy.I, sympy.E):
            continue
        try:
            found = limit(Reader(), tends_in_turn(expr, (x, 0), (y, 0), value=0))
        except (UnsupportedError, ZeroDivisionError):
            continue
        with mpmath.workdps(WORK):
            where = {"x": mpmath.mpf(10) ** -12, "y": mpmath.mpf(10) ** -200}
            try:
                value = value_at(expr, where)
            except ValueError:
                continue
            if found.infinite:
                assert found.infinite * value > 10**6, (expr, str(found))
            else:
                expected = value_at(express(found.value, {}), {})
                assert abs(value - expected) < mpmath.mpf(10) ** -6, (expr, str(found))
            compared += 1
    assert 10 <= compared


HARD = (
    (exp(x) * (exp(1 / x - exp(-x)) - exp(1 / x)), oo, -1),
    (exp(exp(x)) / exp(exp(x - exp(-exp(x)))), oo, 1),
    (log(x) * (log(log(x) + log(log(x))) - log(log(x))) / log(log(x) + log(log(log(x)))), oo, 1),
    (exp(log(log(x + exp(log(x) * log(log(x))))) / log(log(log(exp(x) + x + log(x))))), oo, exp(1)),
    (x * log(x) * log(x * exp(x) - x**2) ** 2 / log(log(x**2 + 2 * exp(exp(3 * x**3 * log(x))))),
     oo, Q(1, 3)),
    ((3**x + 5**x) ** (1 / x), oo, 5),
    (x / log(x ** (log(x) ** (log(2) / log(log(x))))) * 2 * log(x) / x, oo, 1),
    (exp(sqrt(x**2 + x) - x), oo, exp(Q(1, 2))),
    (x * (sympy.atan(x) - sympy.pi / 2), oo, -1),
    ((1 - sympy.erf(x)) * x**10, oo, 0),
    (x * sympy.sin(1 / x), oo, 1),
    (sympy.sin(x) / x, oo, 0),
    ((sympy.sin(x) - x) / x**3, 0, -Q(1, 6)),
    ((1 + x) ** (1 / x), 0, exp(1)),
    (x**x, 0, 1),
    ((x**x - 1) / (x * log(x)), 0, 1),
)  # fmt: skip


@pytest.mark.parametrize(("expr", "point", "value"), HARD, ids=str)
def test_a_limit_across_scales_is_decided(expr: Expr, point: Expr, value: Expr) -> None:
    assert decide_exactly(tends(expr, x, point, value)).certain
    for other in (7, oo, -oo):
        assert decide_exactly(tends(expr, x, point, other)).refuted


def test_exponents_with_parameters_are_compared_by_the_hypotheses() -> None:
    statement = is_order(x**a, x**b, x, 0, order="o")
    assert decide(Reader((gt(a, b),)), statement).holds
    assert decide(Reader((gt(b, a),)), statement).holds is False
    with pytest.raises(UnsupportedError, match="which decides a leading term"):
        decide(Reader(), statement)


def test_a_faster_scale_needs_no_sign_of_the_slower_one() -> None:
    assert decide(Reader((gt(a, 0),)), tends(exp(-a * x) * x**p * log(x) ** q, x, oo, 0)).holds


def test_what_may_grow_at_infinity_is_refused() -> None:
    with pytest.raises(UnsupportedError, match="growth of f"):
        decide(Reader(), tends(f(x) * exp(-x), x, oo, 0))
    assert decide(Reader(), tends(f(1 / x) * exp(-x), x, oo, 0)).holds


def test_a_function_that_keeps_oscillating_has_no_limit_here() -> None:
    with pytest.raises(UnsupportedError, match="beyond its remainder"):
        decide(Reader(), tends(sympy.sin(x + x**2), x, oo, 0))
    assert decide(Reader(), tends(sympy.sin(x), x, oo, 0)).holds is False


def test_a_closed_constant_is_told_from_a_near_one() -> None:
    near = Q(2718281828459045235360287, 10**24)
    assert decide_exactly(tends((1 + x) ** (1 / x), x, 0, near)).refuted


def test_a_condition_that_fails_near_the_point_is_found() -> None:
    with pytest.raises(UnsupportedError, match="it is not true that"):
        decide(Reader(), tends(sqrt(-x) + 1, x, 0, 1))
    assert decide(Reader(), tends(sqrt(-x) + 1, x, 0, 1, side="-")).holds


def test_a_scale_that_vanishes_compares_nothing() -> None:
    with pytest.raises(UnsupportedError, match="is zero near the point"):
        decide(Reader(), asymptotic(x - x, p - p, x, 0))


def test_two_sides_must_agree() -> None:
    jump = p + q * absolute(x) / x
    with pytest.raises(UnsupportedError, match="which may be zero"):
        decide(Reader(), tends(jump, x, 0, a, side="both"))
    answer = decide(Reader((gt(q, 0),)), tends(jump, x, 0, a, side="both"))
    assert answer.holds is False
    assert "from the two sides" in answer.found


BRANCHES = (
    (log(1 + exp(x)) - sympy.Max(x, 0), oo, 0),
    (log(1 + exp(x)) - sympy.Max(x, 0), -oo, 0),
    (sympy.Max(exp(x), x**5) / exp(x), oo, 1),
    (sympy.Max(x, x**2) / x, 0, 1),
    (sympy.sign(x - 10**6), oo, 1),
    (sympy.Heaviside(x - 1), 1, 1),
    (sympy.Piecewise((x, x < 1), (2 * x, True)), 1, 2),
)


@pytest.mark.parametrize(("expr", "point", "value"), BRANCHES, ids=str)
def test_the_branch_near_the_point_is_taken(expr: Expr, point: Expr, value: Expr) -> None:
    assert decide_exactly(tends(expr, x, point, value)).certain
    assert decide_exactly(tends(expr, x, point, 3)).refuted


def test_a_jump_has_no_limit_from_both_sides() -> None:
    answer = decide(Reader(), tends(sympy.Heaviside(x), x, 0, 1, side="both"))
    assert answer.holds is False
    assert decide(Reader(), tends(sympy.Max(x, 0), x, 0, 0, side="both")).holds


def test_a_branch_that_a_parameter_decides_is_not_chosen() -> None:
    with pytest.raises(UnsupportedError, match="decides a branch"):
        decide(Reader(), tends(sympy.sign(p) + x, x, 0, 1))
    assert decide(Reader((gt(p, 0),)), tends(sympy.sign(p) + x, x, 0, 1)).holds


def test_a_power_that_is_too_large_is_named() -> None:
    with pytest.raises(UnsupportedError, match="more than 48"):
        decide(Reader(), tends(log(1 + exp(1000 * x)), x, 0, log(2)))
