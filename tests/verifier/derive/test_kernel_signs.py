"""**Signs under random hypotheses**: never another one than the exact value has."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from fractions import Fraction
from random import Random

import mpmath
import numpy
import pytest
import sympy
from flint import fmpq, fmpq_poly
from sympy import Expr

from tests.verifier.derive.numeric import (
    DIGITS,
    SMALL,
    NoValueError,
    Point,
    expr_at,
    random_point,
    satisfied,
    x,
    y,
)
from verifier.derive.kernel.field.reader import Reader
from verifier.derive.kernel.signs.sturm import count_roots, sign_on_interval
from verifier.errors import UnsupportedError
from verifier.exact.statements import Relation, eq, ge, gt, le, lt, ne

RELATIONS = (ge, gt, le, lt, ge, gt, ne, eq)


@pytest.fixture(autouse=True)
def _many_digits() -> Iterator[None]:
    with mpmath.workdps(DIGITS):
        yield


def random_polynomial(random: Random) -> Expr:
    """A sum of few monomials, sometimes shifted squares, with small coefficients."""
    parts = []
    for _ in range(random.randint(1, 4)):
        weight = random.choice((-3, -2, -1, -1, 1, 1, 2, 3))
        body = random.choice((1, x, y, x * y, x**2, y**2, x**2 * y, (x - y) ** 2, (x + y - 1) ** 2))
        parts.append(weight * body)
    return sympy.Add(*parts)


def random_hypothesis(random: Random) -> Relation:
    side = random.choice((x, y, x, y, x + y, x * y, x - y, y - x**2))
    other = random.choice((sympy.Integer(random.randint(-2, 2)), y, x, x**2, y + 1, 2 * x))
    return random.choice(RELATIONS)(side, other)


def random_scalar(random: Random) -> Expr:
    """A polynomial, or one with a square root, an absolute value or a quotient."""
    one, two = random_polynomial(random), random_polynomial(random)
    return random.choice(
        (
            one,
            one,
            one * two,
            one + sympy.sqrt(two),
            one + two * sympy.sqrt(1 + x**2),
            sympy.Abs(one) + two,
            one / two if two != 0 else one,
            sympy.exp(x) + one,
            sympy.log(two) + one if two.free_symbols else one,
        )
    )


def allowed_points(hypotheses: list[Relation], random: Random) -> list[Point]:
    points = (random_point(random) for _ in range(40))
    return [p for p in points if all(satisfied(h, p) for h in hypotheses)]


@pytest.mark.parametrize("seed", range(30))
def test_the_sign_of_the_value_is_among_the_signs(seed: int) -> None:
    random, decided = Random(seed), 0
    for _ in range(40):
        hypotheses = [random_hypothesis(random) for _ in range(random.randint(0, 3))]
        expr = random_scalar(random)
        reader = Reader(hypotheses)
        try:
            element, conditions = reader.fresh(expr)
        except (UnsupportedError, ZeroDivisionError):
            continue
        signs = reader.sign(element)
        forced = not reader.open_conditions(conditions)
        for point in allowed_points(hypotheses, random):
            try:
                value = expr_at(expr, point)
            except NoValueError:
                assert not forced, (expr, hypotheses, point)
                continue
            sign = 0 if abs(value) < SMALL else int(mpmath.sign(value))
            assert sign in signs, (expr, hypotheses, point, signs)
            decided += len(signs) < 3
    assert 10 <= decided


def values_on(roots: list[int], pairs: list[int], low: Fraction, high: Fraction) -> set[int]:
    """Signs of prod (v - root) * prod (v^2 + pair) on the closed interval, by its pieces."""
    inside = sorted({Fraction(r) for r in roots if low <= r <= high})
    ends = sorted({low, *inside, high})
    middles = [(a + b) / 2 for a, b in itertools.pairwise(ends)]
    signs = set()
    for v in (*ends, *middles):
        product = 1
        for root in roots:
            product *= v - root
        signs.add((product > 0) - (product < 0))
    return signs


@pytest.mark.parametrize("seed", range(200))
def test_sturm_finds_the_signs_of_a_product_of_known_roots(seed: int) -> None:
    random = Random(seed)
    roots = [random.randint(-4, 4) for _ in range(random.randint(0, 4))]
    pairs = [random.randint(1, 3) for _ in range(random.randint(0, 2))]
    v = sympy.Symbol("v")
    poly = sympy.Poly(sympy.prod([v - r for r in roots]) * sympy.prod([v**2 + q for q in pairs]), v)
    row = [fmpq(int(c)) for c in reversed(poly.all_coeffs())]
    low, high = sorted(Fraction(random.randint(-10, 10), 2) for _ in range(2))
    found = sign_on_interval(row, _fmpq(low), _fmpq(high), False, False)
    expected = values_on(roots, pairs, low, high)
    assert expected <= found
    if not any(low < r < high for r in roots):
        assert expected == found or 0 in expected
    opened = sign_on_interval(row, _fmpq(low), _fmpq(high), True, True)
    assert low == high or {s for s in expected if s} <= opened | {0}


@pytest.mark.parametrize("seed", range(100))
def test_root_counts_agree_with_numpy(seed: int) -> None:
    random = Random(seed)
    row = [random.randint(-9, 9) for _ in range(random.randint(2, 7))] + [random.randint(1, 5)]
    v = sympy.Symbol("v")
    if sympy.discriminant(sympy.Poly(list(reversed(row)), v)) == 0:
        row[0] += 1
    numbers = numpy.roots(list(reversed(row)))
    real = [z.real for z in numbers if abs(z.imag) < 1e-7]
    low, high = Fraction(-7, 3), Fraction(11, 5)
    expected = sum(float(low) < z < float(high) for z in real)
    assert expected == count_roots(fmpq_poly([fmpq(c) for c in row]), _fmpq(low), _fmpq(high))
    assert len(real) == count_roots(fmpq_poly([fmpq(c) for c in row]), None, None)


def _fmpq(value: Fraction) -> fmpq:
    return fmpq(value.numerator, value.denominator)
