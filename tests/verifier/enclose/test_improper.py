"""**Improper integrals and expectations**: known values are inside, divergence is named."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import mpmath
import pytest
import sympy
from flint import arb, ctx, fmpq
from sympy import Expr, Rational, cosh, erf, erfc, exp, log, sin, sqrt, tanh

from tests.verifier.run.plugins.healthy import CLAIMS
from verifier import Claim, Q, Region, eq, gt, lt, oo, reals
from verifier.check import check
from verifier.enclose.decide import decide
from verifier.enclose.integrals.expectation import expectation
from verifier.enclose.integrals.growth import Growth
from verifier.enclose.integrals.infinity import growth_of
from verifier.enclose.integrals.quadrature import enclose_integral
from verifier.enclose.parameters import balls_of
from verifier.enclose.rings.reals import hull
from verifier.errors import DomainError, ExactnessError, UnsupportedError
from verifier.judgement import judge
from verifier.precision import precision
from verifier.verdict import Verdict

A, X, Y, Z = reals("a x y z")


def near(ball: arb, truth: mpmath.mpf, digits: int = 40) -> bool:
    """Whether a value known to so many digits may be in the ball."""
    with precision(400):
        known = arb(mpmath.nstr(truth, digits + 5))
        return bool(ball.overlaps(known + arb(0, arb(10) ** -digits * (1 + abs(known)))))


def to_mp(value: Any) -> mpmath.mpf:
    return mpmath.mpf(int(Rational(value).p)) / int(Rational(value).q)


KNOWN: list[tuple[Expr, Any, Any, Callable[[], mpmath.mpf]]] = [
    (exp(-Z), 0, oo, lambda: mpmath.mpf(1)),
    (Z * exp(Z), -oo, 0, lambda: mpmath.mpf(-1)),
    (exp(-(Z**2)), -oo, oo, lambda: mpmath.sqrt(mpmath.pi)),
    (exp(-(Z**2)) * exp(Z), -oo, oo, lambda: mpmath.sqrt(mpmath.pi) * mpmath.exp(0.25)),
    (1 / (1 + Z**2), -oo, oo, lambda: mpmath.pi),
    (1 / (1 + Z**3), 0, oo, lambda: 2 * mpmath.pi / (3 * mpmath.sqrt(3))),
    (1 / (Z**2 - 3), 2, oo, lambda: mpmath.acoth(2 / mpmath.sqrt(3)) / mpmath.sqrt(3)),
    (Z ** Rational(-101, 100), 1, oo, lambda: mpmath.mpf(100)),
    (1 / sqrt(Z), 0, 1, lambda: mpmath.mpf(2)),
    (1 / sqrt(1 - Z), 0, 1, lambda: mpmath.mpf(2)),
    (1 / sqrt(1 - Z**2), -1, 1, lambda: mpmath.pi),
    (Z ** Rational(-2, 3), 0, 8, lambda: mpmath.mpf(6)),
    (log(Z), 0, 1, lambda: mpmath.mpf(-1)),
    (log(Z) ** 2, 0, 1, lambda: mpmath.mpf(2)),
    (log(Z) / (1 - Z), 0, 1, lambda: -(mpmath.pi**2) / 6),
    (exp(-Z) / sqrt(Z), 0, oo, lambda: mpmath.sqrt(mpmath.pi)),
    (Z**3 / (exp(Z) - 1), 0, oo, lambda: mpmath.pi**4 / 15),
    (1 / cosh(Z), -oo, oo, lambda: mpmath.pi),
    (exp(-Z) * tanh(Z), 0, oo, lambda: mpmath.pi / 2 - 1),
    (log(1 + exp(-Z)), 0, oo, lambda: mpmath.pi**2 / 12),
    (erfc(Z), 0, oo, lambda: 1 / mpmath.sqrt(mpmath.pi)),
    (sin(Z) / Z, 0, 1, lambda: mpmath.si(1)),
    (sympy.Max(Z, 0) * exp(-(Z**2) / 2), -oo, oo, lambda: mpmath.mpf(1)),
    (sympy.Piecewise((Z, Z < 2), (exp(-Z), True)), 0, oo, lambda: 2 + mpmath.exp(-2)),
    (sqrt(Z), 1, 0, lambda: -mpmath.mpf(2) / 3),
]


@pytest.mark.parametrize("bits", [30, 64, 128])
@pytest.mark.parametrize(("integrand", "lower", "upper", "truth"), KNOWN)
def test_a_known_improper_integral_is_enclosed(
    integrand: Expr, lower: Any, upper: Any, truth: Callable[[], mpmath.mpf], bits: int
) -> None:
    before = ctx.prec
    ball = enclose_integral(integrand, Z, lower, upper, bits=bits)
    assert before == ctx.prec
    with mpmath.workdps(60):
        assert near(ball, truth())
    assert ball.rad() < arb(2) ** (12 - bits) * (1 + abs(ball))


@pytest.mark.parametrize(
    ("integrand", "lower", "upper", "message"),
    [
        (1 / Z, 1, oo, "diverges at infinity"),
        (Q(1), 0, oo, "diverges at infinity"),
        (exp(Z), -3, oo, "diverges at infinity"),
        (1 / Z, 0, 1, "diverges at `z` = 0"),
        (1 / (1 - Z) ** 2, 0, 1, "diverges at `z` = 1"),
        (1 / Z, -1, 2, "as across a pole"),
        (1 / (Z - Rational(1, 3)) ** 2, 0, 1, "as across a pole"),
        (sqrt(Z), -1, 1, "No bound was found at `z` = -1"),
        (1 / (Z * log(Z) ** 2), 2, oo, "No bound was found at infinity"),
        (sin(Z), 0, oo, "No bound was found at infinity"),
    ],
)
def test_what_diverges_or_is_not_bounded_is_refused_by_name(
    integrand: Expr, lower: Any, upper: Any, message: str
) -> None:
    before = ctx.prec
    with pytest.raises(DomainError, match=message) as refusal:
        enclose_integral(integrand, Z, lower, upper, bits=64)
    assert before == ctx.prec
    assert f"over `z` from {lower} to {upper}" in str(refusal.value)


def test_powers_on_both_sides_of_the_border_of_convergence() -> None:
    chance = random.Random(1)
    for _ in range(60):
        power = Rational(chance.randint(1, 40), chance.randint(1, 20))
        start = Rational(chance.randint(1, 9), chance.randint(1, 9))
        if power <= 1:
            with pytest.raises(DomainError, match="diverges"):
                enclose_integral(Z**-power, Z, start, oo, bits=40)
        elif power >= Rational(11, 10):
            truth = to_mp(start) ** (1 - to_mp(power)) / (to_mp(power) - 1)
            assert near(enclose_integral(Z**-power, Z, start, oo, bits=40), truth, 12)
        if power < Rational(9, 10):
            truth = to_mp(start) ** (1 - to_mp(power)) / (1 - to_mp(power))
            assert near(enclose_integral(Z**-power, Z, 0, start, bits=40), truth, 12)


def test_gamma_integrals_at_random_rationals_are_enclosed() -> None:
    chance = random.Random(2)
    for _ in range(60):
        s, k = Rational(chance.randint(1, 16), 4), Rational(chance.randint(1, 20), 5)
        bits = chance.choice([24, 40, 64])
        ball = enclose_integral(Z ** (s - 1) * exp(-k * Z), Z, 0, oo, bits=bits)
        with mpmath.workdps(40):
            assert near(ball, mpmath.gamma(to_mp(s)) / to_mp(k) ** to_mp(s), 30)
        assert ball.rad() < arb(2) ** (12 - bits) * (1 + abs(ball))


def test_parameters_range_over_all_of_their_values() -> None:
    chance = random.Random(3)
    for _ in range(40):
        low = Rational(chance.randint(1, 20), 4)
        high = low + Rational(chance.randint(1, 8), 16)
        ball = enclose_integral(exp(-A * Z) + A / (1 + Z) ** 3, Z, 0, oo, {A: (low, high)}, bits=64)
        for value in (low, (low + high) / 2, high):
            assert near(ball, 1 / to_mp(value) + to_mp(value) / 2, 14)
    with pytest.raises(UnsupportedError, match="`a` has no value"):
        enclose_integral(exp(-A * Z), Z, 0, oo)
    with pytest.raises(ExactnessError, match="float"):
        enclose_integral(exp(-A * Z), Z, 0, oo, {A: 0.5})
    with pytest.raises(DomainError, match="No bound was found at infinity"):
        enclose_integral(exp(-A * Z), Z, 0, oo, {A: (-1, 1)})


def test_an_end_may_be_a_parameter() -> None:
    ball = enclose_integral(exp(-Z), Z, A, oo, {A: (0, Q(1, 100))}, bits=64)
    assert all(near(ball, mpmath.exp(-mpmath.mpf(v)), 14) for v in (0, 0.01))
    assert ball.rad() < 0.02
    assert near(
        enclose_integral(1 / sqrt(Z - A), Z, A, 4, {A: Q(1, 3)}), 2 * mpmath.sqrt(11 / 3.0), 14
    )


GROWING = [
    3 * Z**2 - 5 * Z + 1,
    sqrt(1 + Z**2) - Z / 2,
    exp(-Z) * (Z**2 + 1),
    exp(-(Z**2) / 2 + 3 * Z),
    (exp(Z) - exp(-Z)) / (exp(Z) + 2),
    log(1 + exp(Z)) / Z,
    log(Z**2 + 3),
    tanh(Z / 3) * erf(Z),
    sympy.asinh(Z**2),
    sympy.Abs(Z - 3 * Z**2) / (1 + Z),
    sympy.Max(Z, 5 - Z, A * Z),
    sin(1 / Z) * Z + (exp(1 / Z) - 1) * Z,
    1 / (1 + A**2 * Z**2),
    log(1 + exp(A * Z)),
    cosh(Z) * exp(-2 * Z),
    erfc(Z) * exp(Z**2),
    Z ** Rational(3, 2) / (Z ** Rational(1, 3) + 1),
    sympy.atan(Z) + sympy.sign(Z - 1),
]


@pytest.mark.parametrize("expr", GROWING)
def test_bounds_at_infinity_hold_at_random_points(expr: Expr) -> None:
    chance, checks = random.Random(str(expr)), 0
    value = sympy.lambdify((Z, A), expr, "mpmath")
    with precision(80), mpmath.workdps(40):
        for start in (2, 8, 64):
            ends = (Rational(-1), Rational(1, 2))
            found: Growth = growth_of(expr, Z, arb(start), (A,), balls_of({A: ends}))
            for _ in range(12):
                z = mpmath.mpf(start) * mpmath.mpf(chance.randint(100, 900)) / 100
                a = mpmath.mpf(chance.randint(-100, 50)) / 100
                place = arb(mpmath.nstr(z, 40))
                bound = found.coefficient * found.scale_at(place)
                assert near(bound, value(z, a), 20), (start, z, a)
                low, high = found.ends()
                assert (
                    low - arb("1e-20") <= arb(mpmath.nstr(value(z, a), 30)) <= high + arb("1e-20")
                )
                checks += 1
    assert 36 == checks


def test_a_tail_holds_the_integral_from_there_on() -> None:
    for expr in (exp(-Z) * Z**2, exp(-(Z**2) / 2), Z ** Rational(-5, 2) + 1 / Z**4):
        for start in (1, 3, 10):
            with precision(80):
                tail = growth_of(expr, Z, arb(start), (), ()).tail()
            with mpmath.workdps(30):
                truth = mpmath.quad(
                    sympy.lambdify(Z, expr, "mpmath"), [start, start + 9, mpmath.inf]
                )
            assert near(tail, truth, 12)


def moment(n: int) -> int:
    return 0 if n % 2 else sympy.factorial2(n - 1) if n else 1


def test_gaussian_moments_are_enclosed() -> None:
    chance = random.Random(4)
    for _ in range(40):
        m, v = Rational(chance.randint(-8, 8), 4), Rational(chance.randint(0, 12), 4)
        n, bits = chance.randint(0, 5), chance.choice([24, 40, 64])
        truth = sum(
            sympy.binomial(n, k) * m ** (n - k) * v ** (k // 2) * moment(k)
            for k in range(0, n + 1, 2)
        )
        before = ctx.prec
        ball = expectation(X**n, {X: (m, v)}, bits=bits)
        assert before == ctx.prec
        exact = Rational(truth)
        with precision(200):
            assert ball.overlaps(arb(fmpq(int(exact.p), int(exact.q))))
        assert ball.rad() < arb(2) ** (14 - bits) * (1 + abs(ball))


@pytest.mark.parametrize(
    ("expr", "truth"),
    [
        (sympy.Max(X, 0), lambda: 1 / mpmath.sqrt(2 * mpmath.pi)),
        (sympy.Abs(X), lambda: mpmath.sqrt(2 / mpmath.pi)),
        (exp(X**2 / 4), lambda: mpmath.sqrt(2)),
        (sympy.cos(X), lambda: mpmath.exp(-0.5)),
        (
            1 / (1 + X**2),
            lambda: mpmath.sqrt(mpmath.pi / 2) * mpmath.exp(0.5) * mpmath.erfc(mpmath.sqrt(0.5)),
        ),
        (erf(X) ** 2, lambda: 2 / mpmath.pi * mpmath.asin(mpmath.mpf(2) / 3)),
    ],
)
def test_known_expectations_of_one_variable_are_enclosed(
    expr: Expr, truth: Callable[[], mpmath.mpf]
) -> None:
    with mpmath.workdps(40):
        ball = expectation(expr, {X: (0, 1)}, bits=80)
        assert near(ball, truth(), 30)
    assert ball.rad() < arb(2) ** -64


@pytest.mark.parametrize(
    ("expr", "rho", "truth"),
    [
        (X * Y, Q(1, 2), lambda: mpmath.mpf(1) / 2),
        (X**2 * Y**2, Q(-1, 2), lambda: mpmath.mpf(3) / 2),
        (exp(X + Y), Q(0), lambda: mpmath.e),
        (erf(X) * erf(Y), Q(1, 2), lambda: 2 / mpmath.pi * mpmath.asin(mpmath.mpf(1) / 3)),
    ],
)
def test_known_expectations_of_two_variables_are_enclosed(
    expr: Expr, rho: Any, truth: Callable[[], mpmath.mpf]
) -> None:
    with mpmath.workdps(30):
        ball = expectation(expr, {X: (0, 1), Y: (0, 1)}, correlation=rho, bits=20)
        assert near(ball, truth(), 25)
    assert ball.rad() < 1e-4


def arc_cosine(rho: mpmath.mpf) -> mpmath.mpf:
    # E relu(x) relu(y) of Cho and Saul (2009), order 1
    return (mpmath.sqrt(1 - rho**2) + rho * (mpmath.pi - mpmath.acos(rho))) / (2 * mpmath.pi)


@pytest.mark.parametrize("rho", [Q(0), Q(1, 2), Q(-1, 3), Q(9, 10)])
def test_the_arc_cosine_kernel_is_enclosed_across_its_kinks(rho: Any) -> None:
    relus = sympy.Max(X, 0) * sympy.Max(Y, 0)
    steps = sympy.Heaviside(X) * sympy.sign(Y)
    law = {X: (0, 1), Y: (0, 1)}
    kernel = expectation(relus, law, correlation=rho, bits=24)
    arc = expectation(steps, law, correlation=rho, bits=24)
    with mpmath.workdps(30):
        assert near(kernel, arc_cosine(to_mp(rho)), 25)
        assert near(arc, mpmath.asin(to_mp(rho)) / mpmath.pi, 25)
    assert kernel.rad() < 1e-5


def test_a_maximum_and_a_distance_of_two_variables_are_enclosed() -> None:
    law = {X: (1, 2), Y: (1, 2)}
    with mpmath.workdps(30):
        assert near(expectation(sympy.Max(X, Y), law), 1 + mpmath.sqrt(2 / mpmath.pi), 25)
        assert near(expectation(sympy.Abs(X - Y), law), 2 * mpmath.sqrt(2 / mpmath.pi), 25)
        assert near(expectation(sympy.Min(X - 1, Y - 1, 0), law), -minimum_of_three(), 20)


def minimum_of_three() -> mpmath.mpf:
    # E max(u, v, 0) for standard u, v is (1 + sqrt(2))/(2 sqrt(pi)); the variance is 2
    return mpmath.sqrt(2) * (1 + mpmath.sqrt(2)) / (2 * mpmath.sqrt(mpmath.pi))


def test_an_expectation_with_a_parameter_holds_all_of_its_values() -> None:
    ball = expectation(exp(X), {X: (0, A)}, {A: (1, Q(11, 10))})
    assert all(near(ball, mpmath.exp(v / 2), 14) for v in (1, 1.05, 1.1))
    assert near(expectation(X + A, {X: (A, 0)}, {A: 3}), mpmath.mpf(6), 9)


@pytest.mark.parametrize(
    ("expr", "law", "more", "message"),
    [
        (exp(X**2), {X: (0, 1)}, {}, "diverges at infinity, in the expectation of"),
        (1 / X, {X: (0, 1)}, {}, "diverges at"),
        (X, {X: (0, -1)}, {}, "not negative"),
        (X * Y, {X: (0, 1), Y: (0, 1)}, {"correlation": 2}, "not negative"),
        (exp(X**2 + Y**2), {X: (0, 1), Y: (0, 1)}, {}, "in the expectation of"),
        (sympy.Max(X, 1) * Y, {X: (0, 1), Y: (0, 1)}, {}, "no known line through the mean"),
        (sympy.Abs(X * Y), {X: (0, 1), Y: (0, 1)}, {}, "no known line through the mean"),
        (
            sympy.Piecewise((X, X > Y), (Y, True)),
            {X: (0, 1), Y: (0, 1)},
            {},
            "not decided at infinity|not taken apart",
        ),
    ],
)
def test_an_expectation_that_does_not_exist_is_refused(
    expr: Expr, law: Any, more: Any, message: str
) -> None:
    with pytest.raises(DomainError, match=message):
        expectation(expr, law, **more)


def test_expectations_of_three_variables_are_refused() -> None:
    with pytest.raises(UnsupportedError, match="one or two variables, got 3"):
        expectation(X, {X: (0, 1), Y: (0, 1), Z: (0, 1)})


def test_a_sum_of_what_is_not_negative_is_not_negative() -> None:
    unit = hull(arb(0), arb(1))
    total = Growth(arb(7), unit, fmpq(2)) + Growth(arb(7), unit, fmpq(2)) + Growth(arb(7), arb(1))
    assert total.coefficient >= 0


def test_statements_hold_improper_integrals() -> None:
    laplace = sympy.Integral(exp(-A * Z), (Z, 0, oo))
    whole = sympy.Integral(exp(-(Z**2) / 2 + A * Z), (Z, -oo, oo))
    at = {A: Rational(3, 2)}
    assert decide(gt(laplace, Rational(2, 3) - Rational(1, 10**30)), at).certain
    assert decide(eq(laplace, Rational(2, 3) + Rational(1, 10**30)), at).refuted
    assert decide(eq(laplace, 1 / A), at).unknown
    assert decide(lt(whole, sqrt(2 * sympy.pi) * exp(A**2 / 2) + Rational(1, 10**30)), at).certain


def test_a_divergent_integral_in_a_statement_has_no_value() -> None:
    truth = decide(gt(sympy.Integral(1 / Z, (Z, A, oo)), 0), {A: Rational(1)})
    assert "has no value" in truth.reason


def test_an_improper_integral_over_a_range_certifies_a_claim() -> None:
    bound = gt(sympy.Integral(exp(-A * Z), (Z, 0, oo)), Q(1, 3))
    claim = Claim(
        "healthy/lem-1",
        "t",
        CLAIMS[0].source,
        then={"bound": bound},
        given={"a": gt(A, 0)},
        regions=[Region(a=(1, 2))],
    )
    assert Verdict.CERTIFIED is judge(check(claim, sides=["enclose"])).verdict
