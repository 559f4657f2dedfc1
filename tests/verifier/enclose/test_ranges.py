"""**Ranges**: the truth is inside, ends may be infinite, left out, or at the edge of a domain."""

from __future__ import annotations

import random

import pytest
import sympy
from flint import arb, fmpq
from sympy import Rational

from tests.verifier.enclose.test_compile import random_expression, true_value
from verifier.enclose.programs.compile import compile_expr
from verifier.enclose.rings import ranges
from verifier.enclose.rings.ranges import INFINITY, Range, between
from verifier.precision import precision

X, Y = sympy.symbols("x y", real=True)
ALL = (None, None)


def run(expr, *ends, bits=64):
    with precision(bits):
        sides = [between(*(None if e is None else fmpq(e) for e in pair)) for pair in ends]
        return ranges.run(compile_expr(expr, (X, Y)[: len(ends)]), sides)


def holds(found: Range, truth) -> bool:
    sign, mantissa, exponent, _ = truth._mpf_
    with precision(500):
        exact = arb((int(-mantissa if sign else mantissa), int(exponent)))
        slack = abs(exact) * arb(2) ** -300
        return bool(found.low <= exact + slack and exact - slack <= found.high)


@pytest.mark.parametrize("seed", range(120))
def test_the_truth_is_inside_on_boxes_for_random_expressions(seed):
    rng = random.Random(seed)
    expr = random_expression(rng, 3)
    ends = []
    for _ in range(2):
        low = Rational(rng.randint(-30, 30), rng.randint(1, 9))
        ends.append((low, low + Rational(rng.randint(0, 20), rng.randint(1, 9))))
    with precision(rng.choice((24, 30, 53, 64))):
        sides = [between(*(fmpq(int(e.p), int(e.q)) for e in pair)) for pair in ends]
        found = ranges.run(compile_expr(expr, [X, Y]), sides)
    assert found is not None
    for _ in range(6):
        t = [Rational(rng.randint(0, 8), 8) for _ in range(2)]
        point = {
            s: low + (high - low) * part
            for s, (low, high), part in zip((X, Y), ends, t, strict=True)
        }
        assert holds(found, true_value(expr, point))


@pytest.mark.parametrize(
    ("expr", "ends", "low", "high"),
    [
        (sympy.tanh(X), ALL, -1, 1),
        (sympy.erf(X), ALL, -1, 1),
        (sympy.erfc(X), (0, None), 0, 1),
        (sympy.exp(X), ALL, 0, None),
        (1 / (1 + X**2), ALL, 0, 1),
        (1 / (1 + sympy.exp(-X)), ALL, 0, 1),
        (sympy.log(X), (1, None), 0, None),
        (X**3, ALL, None, None),
        (X**2, ALL, 0, None),
        (sympy.cosh(X), ALL, 1, None),
        (sympy.sqrt(X), (4, None), 2, None),
        (sympy.Abs(X), (-3, 2), 0, 3),
        (sympy.cos(X), (-1, 4), -1, 1),
        (sympy.sin(X), ALL, -1, 1),
        (sympy.acosh(X), (1, None), 0, None),
        (sympy.Max(X, 1), (None, 5), 1, 5),
    ],
)
def test_a_function_of_one_place_has_its_image(expr, ends, low, high):
    found = run(expr, ends)
    assert (-INFINITY if low is None else arb(low)) == found.low
    assert (INFINITY if high is None else arb(high)) == found.high


def test_a_limit_is_not_a_value():
    assert run(sympy.tanh(X), (0, None)).open_high
    assert run(1 / (1 + X**2), ALL).open_low
    assert not run(sympy.tanh(X), (0, 3)).open_high
    assert not run(X * 1 / (1 + X), (0, None)).open_low
    product = run(sympy.exp(X) * Y, ALL, (0, 1))
    assert not product.open_low


@pytest.mark.parametrize(
    "expr", [sympy.asin(X), sympy.acos(X), sympy.sqrt(1 - X**2), sympy.acosh(X + 1)]
)
def test_a_range_ends_exactly_at_the_edge_of_a_domain(expr):
    assert run(expr, (fmpq(3, 10), 1)) is not None


@pytest.mark.parametrize(
    ("expr", "ends"),
    [
        (sympy.log(X), (0, 1)),
        (sympy.sqrt(X), (-1, 1)),
        (1 / X, (0, 1)),
        (1 / X, (-1, 1)),
        (sympy.tan(X), (1, 2)),
        (sympy.atanh(X), (0, 1)),
        (sympy.acosh(X), (0, 2)),
        (sympy.asin(X), (0, 2)),
        (X**sympy.pi, (-1, 1)),
        (sympy.Derivative(sympy.exp(X), X, evaluate=False), (0, 1)),
    ],
)
def test_what_is_not_defined_throughout_has_no_range(expr, ends):
    assert run(expr, ends) is None


def test_ranges_that_share_no_point_do_not_meet():
    one, two = Range(arb(0), arb(1), False, True), Range(arb(1), arb(2))
    assert one.meet(two) is None
    assert Range(arb(1), arb(1)) == Range(arb(0), arb(1)).meet(two)
