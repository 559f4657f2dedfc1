"""**Global bounds**: known extreme values are inside, to the width asked for, at real points."""

from __future__ import annotations

import random

import mpmath
import pytest
import sympy
from flint import arb, ctx, fmpq
from sympy import Rational

from tests.verifier.enclose.test_compile import holds
from verifier.enclose.decide import ball
from verifier.enclose.regions.bounds import bounds
from verifier.errors import DomainError, ExactnessError, ResourceError

NAMES = sympy.symbols("x0:6", real=True)
X, Y = NAMES[:2]
MILLI = Rational(1, 1000)
CAMEL = (4 - Rational(21, 10) * X**2 + X**4 / 3) * X**2 + X * Y + (4 * Y**2 - 4) * Y**2


def checked(expr, box, *, tolerance=Rational(1, 10**6), **options):
    found = bounds(expr, box, tolerance=tolerance, **options)
    for extreme, place in ((found.least, found.least_at), (found.greatest, found.greatest_at)):
        assert 2 * extreme.rad() <= arb(fmpq(int(tolerance.p), int(tolerance.q)))
        assert all(low <= place[s] <= high for s, (low, high) in box.items())
        gap = abs(ball(expr, place) - extreme).abs_lower()
        assert gap <= arb(fmpq(int(tolerance.p), int(tolerance.q)))
    return found


@pytest.mark.parametrize(
    ("expr", "box", "least", "greatest"),
    [
        (X**2, {X: (-1, 2)}, 0, 4),
        (X**3 - 3 * X, {X: (-2, 3)}, -2, 18),
        (sympy.sin(X), {X: (0, 7)}, -1, 1),
        (X * sympy.exp(-(X**2) - Y**2), {X: (-2, 2), Y: (-1, 1)},
         None, sympy.exp(-Rational(1, 2)) / sympy.sqrt(2)),
        ((X + 2 * Y - 7) ** 2 + (2 * X + Y - 5) ** 2, {X: (-10, 10), Y: (-10, 10)}, 0, 2594),
        (100 * (Y - X**2) ** 2 + (1 - X) ** 2, {X: (-2, 2), Y: (-2, 2)}, 0, 3609),
        (sympy.Abs(X - Rational(1, 3)) + Y**2, {X: (-1, 1), Y: (-1, 1)}, 0, Rational(7, 3)),
        (sympy.Max(X, 1 - X), {X: (0, 1)}, Rational(1, 2), 1),
        (sympy.asin(X), {X: (-1, 1)}, -sympy.pi / 2, sympy.pi / 2),
        (sympy.sqrt(X) * (1 - X), {X: (0, 1)}, 0, 2 / sympy.sqrt(27)),
        (1 / (1 + sympy.exp(-X)), {X: (-2, 2)}, 1 / (1 + sympy.exp(2)), None),
        (X**2, {X: (2, 2)}, 4, 4),
        (X - X + 3, {X: (0, 1)}, 3, 3),
        (sympy.Derivative(X**3 - X, X, evaluate=False), {X: (-1, 1)}, -1, 2),
    ],
)  # fmt: skip
def test_known_extreme_values_are_enclosed(expr, box, least, greatest):
    found = checked(sympy.sympify(expr), box)
    for extreme, known in ((found.least, least), (found.greatest, greatest)):
        if known is not None:
            with mpmath.workdps(60):
                assert holds(extreme, mpmath.mpf(sympy.N(sympy.sympify(known), 60)))


@pytest.mark.parametrize("n", [3, 4, 6])
def test_a_valley_in_several_variables_is_followed(n):
    v = NAMES[:n]
    valley = sum(100 * (v[k + 1] - v[k] ** 2) ** 2 + (1 - v[k]) ** 2 for k in range(n - 1))
    found = checked(valley, {s: (-1, Rational(3, 2)) for s in v}, tolerance=MILLI)
    assert found.least.contains(0)


def test_many_local_minima_do_not_mislead():
    found = checked(CAMEL, {X: (-3, 3), Y: (-2, 2)})
    assert found.least.overlaps(arb("-1.0316284534898774", "1e-15"))
    assert found.greatest.overlaps(arb("162.9"))


@pytest.mark.parametrize("seed", range(40))
def test_no_sampled_value_lies_outside_at_any_precision(seed):
    rng = random.Random(seed)
    names = NAMES[: rng.randint(1, 2)]
    wave = sum(rng.randint(-3, 3) * sympy.sin(rng.randint(1, 3) * s) for s in names)
    expr = wave + rng.randint(-3, 3) * names[0] * names[-1] + sympy.exp(-(names[-1] ** 2))
    box = {s: (rng.randint(-3, 0), rng.randint(1, 3)) for s in names}
    found = bounds(expr, box, tolerance=MILLI, bits=rng.choice((30, 40, 64)))
    function = sympy.lambdify(names, expr, "mpmath")
    with mpmath.workdps(30):
        for _ in range(25):
            point = [mpmath.mpf(rng.randint(64 * a, 64 * b)) / 64 for a, b in box.values()]
            value = arb(mpmath.nstr(function(*point), 25))
            assert found.least.lower() <= value + arb("1e-20")
            assert value - arb("1e-20") <= found.greatest.upper()


def test_what_has_no_value_on_a_part_is_named():
    with pytest.raises(DomainError, match=r"log\(x0\)\n  is found for x0 in"):
        bounds(sympy.log(X), {X: (-1, 1)}, boxes=100)


def test_too_few_boxes_are_said_with_what_was_reached():
    with pytest.raises(ResourceError, match="After 3 boxes"):
        bounds(CAMEL, {X: (-3, 3), Y: (-2, 2)}, boxes=3)


def test_ends_that_are_no_rationals_are_refused():
    with pytest.raises(ExactnessError, match="no rational"):
        bounds(X, {X: (0, sympy.pi)})


def test_the_precision_is_left_alone():
    before = ctx.prec
    bounds(X**2, {X: (0, 1)}, bits=40)
    assert before == ctx.prec
