"""**Integrals and roots**: correct or refused, never wrong."""

from __future__ import annotations

import mpmath
import pytest
import sympy
from flint import acb, arb, ctx, fmpq
from sympy import Rational

from verifier.enclose.integrals.quadrature import enclose_integral
from verifier.enclose.programs.compile import compile_expr
from verifier.enclose.rings import calculus
from verifier.enclose.rings.complexes import ComplexRing
from verifier.enclose.solving.roots import enclose_root
from verifier.errors import DomainError, ExactnessError, UnsupportedError
from verifier.precision import precision

X, Z = sympy.symbols("x z", real=True)
THIN = Rational(1, 10**6)


@pytest.mark.parametrize(
    ("integrand", "lower", "upper"),
    [
        (sympy.asinh(20 * Z) / 2, 0, 1),
        (sympy.asinh(-1000 * Z), -2, 1),
        (sympy.sqrt(Z**2 + THIN), -1, 1),
        (sympy.log(Z**2 + THIN), -1, 1),
        (sympy.atan(100 * Z), -1, 2),
        (sympy.tanh(50 * Z), -1, 2),
        (sympy.sqrt(Z), 0, 1),
        (sympy.cbrt(Z), 0, 1),
        (1 / (Z**2 + THIN), -1, 1),
        (sympy.Abs(Z - Rational(1, 3)), 0, 1),
        (sympy.Max(Z, 1 - Z), 0, 1),
        (sympy.Abs(sympy.sin(Z) * sympy.cos(Z)), 0, 7),
        (sympy.sqrt(2 - Z) * sympy.sqrt(1 / (2 - Z)), 0, 1),
    ],
)
def test_a_branch_point_near_the_path_never_gives_a_wrong_integral(integrand, lower, upper):
    enclosure = enclose_integral(integrand, Z, lower, upper, bits=100)
    breaks = [lower, -1e-3, 0, 1e-3, 1 / 3, 0.5, *(k * mpmath.pi / 2 for k in (1, 2, 3, 4)), upper]
    with mpmath.workdps(40):
        path = sorted({mpmath.mpf(b) for b in breaks if lower <= b <= upper})
        truth = mpmath.quad(sympy.lambdify(Z, integrand, "mpmath"), path)
    assert enclosure.is_finite()
    assert enclosure.overlaps(arb(str(truth), "1e-12"))
    assert enclosure.rad() < 1e-10


@pytest.mark.parametrize("bits", [64, 512, 4096])
@pytest.mark.parametrize("integrand", [1 / Z, 1 / (Z - Rational(1, 3)) ** 2, sympy.tan(2 * Z)])
def test_an_integral_across_a_pole_is_given_up_after_few_evaluations(monkeypatch, integrand, bits):
    asked = []
    attempt = calculus._attempt

    def counted(function, *rest):
        return attempt(lambda z, analytic: asked.append(z) or function(z, analytic), *rest)

    monkeypatch.setattr(calculus, "_attempt", counted)
    whole = compile_expr(sympy.Integral(integrand, (Z, -1, 2)), [])
    assert whole([], bits).is_nan()
    assert 0 < len(asked) < 5000


@pytest.mark.parametrize("name", ["log", "asinh", "atan", "absolute"])
def test_a_branch_cut_under_the_analytic_flag_is_not_finite(name):
    ring = ComplexRing(analytic=True)
    on_the_cut = {"asinh": acb(0, 2), "atan": acb(0, 2), "log": acb(-1), "absolute": acb(0, 1)}
    around = on_the_cut[name] + acb(arb(0, "0.1"), arb(0, "0.1"))
    assert not getattr(ring, name)(around).is_finite()
    assert not ring.root(2, acb(-1, arb(0, 1))).is_finite()
    assert not ring.root(3, acb(-1, arb(0, 1))).is_finite()


def test_an_end_that_is_no_rational_is_enclosed():
    enclosure = enclose_integral(sympy.sin(Z), Z, 0, sympy.pi, bits=120)
    assert enclosure.contains(2)
    assert enclosure.rad() < 1e-30


def test_a_free_symbol_in_an_integral_is_named():
    with pytest.raises(UnsupportedError, match="`x` has no value"):
        enclose_integral(X * Z, Z, 0, 1)


@pytest.mark.parametrize("digits", [10, 50, 300])
def test_a_root_is_enclosed_to_the_digits_asked_for(digits):
    before = ctx.prec
    root = enclose_root(X**2 - 2, X, (Rational(1), Rational(2)), digits=digits)
    assert before == ctx.prec
    with mpmath.workdps(digits + 5):
        shown = mpmath.nstr(mpmath.sqrt(2), digits - 1)
    assert root.ball.rad() < arb(10) ** -digits
    assert str(root).startswith(f"[{shown[:-1]}")


def test_a_root_is_found_from_a_wide_bracket_of_a_steep_function():
    root = enclose_root(sympy.sinh(X) - 1, X, (Rational(-30), Rational(40)), digits=30)
    assert root.ball.overlaps(arb(1).asinh())


@pytest.mark.parametrize(
    ("expr", "bracket", "message"),
    [
        (X**2 + 1, (1, 2), "no root"),
        (X**2 - 1, (-2, 2), "monotone"),
        (sympy.log(X), (-1, 2), "monotone"),
        ((X - 1) ** 3, (0, 3), "monotone"),
    ],
)
def test_a_root_that_cannot_be_proved_is_refused(expr, bracket, message):
    with pytest.raises(DomainError, match=message):
        enclose_root(expr, X, bracket, digits=20)


def test_a_root_at_an_end_of_the_bracket_counts():
    assert 0 == enclose_root(X + X**3, X, (Rational(0), Rational(1)), digits=20).ball


@pytest.mark.parametrize("digits", [5, 20, 50, 400])
@pytest.mark.parametrize(
    ("expr", "bracket", "root"),
    [
        (X**3 - 2, (1, 2), lambda: arb(2).root(3)),
        (sympy.exp(X) - 10**40, (0, 1000), lambda: arb(10).log() * 40),
        (sympy.atan(X - 1000) - 1, (-(10**6), 10**6), lambda: arb(1).tan() + 1000),
        (sympy.sinh(X), (-1, 2), lambda: arb(0)),
        ((X - 1) ** 5 + (X - 1) / 10**9, (0, 3), lambda: arb(1)),
        (sympy.Max(X, X / 2) - 7, (1, 9), lambda: arb(7)),
        (sympy.Integral(sympy.exp(Z), (Z, 0, X)) - 2, (0, 3), lambda: arb(3).log()),
    ],
)
def test_hard_roots_are_enclosed_and_the_precision_is_put_back(expr, bracket, root, digits):
    before = ctx.prec
    ball = enclose_root(expr, X, tuple(map(Rational, bracket)), digits=digits).ball
    assert before == ctx.prec
    assert ball.rad() < arb(10) ** -digits
    with precision(5 * digits + 400):
        assert ball.overlaps(root())


@pytest.mark.parametrize("digits", [20, 50, 400])
@pytest.mark.parametrize(
    ("expr", "low", "root"),
    [
        (sympy.log(X) + 30, Rational(1, 10**20), lambda: arb(-30).exp()),
        (X**2 - 2, Rational("1.41421356237309504879"), lambda: arb(2).sqrt()),
    ],
)
def test_a_root_near_an_end_is_enclosed_and_inside_the_bracket(expr, low, root, digits):
    ball = enclose_root(expr, X, (low, Rational(2)), digits=digits).ball
    with precision(5 * digits + 400):
        assert arb(fmpq(int(low.p), int(low.q))) < ball
        assert ball.overlaps(root())


def test_the_precision_is_put_back_when_a_root_is_refused():
    before = ctx.prec
    with pytest.raises(DomainError):
        enclose_root(X**2 - 2, X, (Rational("1.41421356237309504879"), Rational(2)), digits=5)
    assert before == ctx.prec


def test_a_float_is_refused_though_the_same_integer_was_compiled_before():
    bracket = (Rational(1), Rational(3))
    assert 2 == enclose_root(X - 2, X, bracket, digits=10).ball.unique_fmpz()
    with pytest.raises(ExactnessError, match="float"):
        enclose_root(X - sympy.Float(2), X, bracket, digits=10)
    with pytest.raises(ExactnessError, match="float"):
        enclose_root(X - 2, X, (1.0, Rational(3)), digits=10)
