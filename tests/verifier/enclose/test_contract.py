"""**Contraction**: nothing that satisfies a relation is lost, and what cannot is taken away."""

from __future__ import annotations

import operator
import random

import pytest
import sympy
from flint import arb, fmpq
from sympy import Rational

from tests.verifier.enclose.test_compile import random_expression, true_value
from verifier.enclose.programs.compile import compile_expr
from verifier.enclose.regions.contract import contract
from verifier.enclose.rings.ranges import between
from verifier.precision import precision

X, Y = sympy.symbols("x y", real=True)
COMPARE = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
ONE_PLACE = (
    (sympy.exp(X) - 2, sympy.log(2)),
    (sympy.log(X + 4) - 1, sympy.E - 4),
    (sympy.sqrt(X + 4) - 2, 0),
    (sympy.sinh(X), 0),
    (sympy.asinh(X) - 1, sympy.sinh(1)),
    (sympy.tanh(X) - Rational(1, 2), sympy.atanh(Rational(1, 2))),
    (sympy.atan(X) - 1, sympy.tan(1)),
    (X**3 - 1, 1),
    (3 * X - 2, Rational(2, 3)),
)


def narrowed(expr, op, *ends, bits=64):
    with precision(bits):
        program = compile_expr(expr, (X, Y)[: len(ends)])
        return contract(program, op, [between(fmpq(a), fmpq(b)) for a, b in ends])


@pytest.mark.parametrize("seed", range(150))
def test_no_point_of_the_relation_is_lost(seed):
    rng = random.Random(seed)
    expr = random_expression(rng, 3)
    op = rng.choice(list(COMPARE))
    box = [(rng.randint(-6, 0), rng.randint(1, 6)) for _ in range(2)]
    found = narrowed(expr, op, *box, bits=rng.choice((24, 40, 64)))
    for _ in range(12):
        point = [Rational(rng.randint(8 * a, 8 * b), 8) for a, b in box]
        if COMPARE[op](true_value(expr, dict(zip((X, Y), point, strict=True))), 0):
            assert found is not None
            for side, x in zip(found, point, strict=True):
                assert side.low <= arb(fmpq(int(x.p), int(x.q))) <= side.high


@pytest.mark.parametrize(("expr", "high"), ONE_PLACE)
def test_an_increasing_function_of_one_place_is_inverted(expr, high):
    (side,) = narrowed(expr, "<=", (-3, 3))
    assert -3 == side.low
    assert float(high) == pytest.approx(float(side.high), abs=1e-12)


def test_a_disk_shrinks_its_box():
    found = narrowed(X**2 + Y**2 - 1, "<=", (-2, 2), (-2, 2))
    assert [(-1, 1), (-1, 1)] == [(float(side.low), float(side.high)) for side in found]


def test_a_relation_that_holds_nowhere_leaves_nothing():
    assert narrowed(X**2 + 1, "<", (-2, 2)) is None
    assert narrowed(X**2, "<", (-2, 2)) is None
    assert narrowed(X**2, "<=", (-2, 2)) is not None


def test_the_box_of_an_undefined_program_stays():
    (side,) = narrowed(sympy.log(X) + 100, "<", (-1, 1))
    assert (-1, 1) == (float(side.low), float(side.high))
