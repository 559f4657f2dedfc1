"""**Conjugates**: quotients sharpen a difference and never change where it has a value."""

from __future__ import annotations

import random

import pytest
import sympy
from flint import fmpq
from sympy import Rational, sqrt

from tests.verifier.enclose.test_compile import true_value
from tests.verifier.enclose.test_ranges import holds
from verifier.claim import Region
from verifier.enclose.programs.compile import compile_margin
from verifier.enclose.programs.conjugate import quotients_in
from verifier.enclose.regions.cover import cover
from verifier.enclose.rings import ranges
from verifier.enclose.rings.ranges import between
from verifier.exact.statements import ge, gt
from verifier.precision import precision

X, Y = sympy.symbols("x y", real=True)
DIFFERENCES = (
    sqrt(1 + X**2) - X,
    X - sqrt(X**2 - Rational(1, 2)),
    sqrt(X**2 + Y**2 / 4) - Y / 2,
    sqrt(X + 5) - sqrt(X + 4),
    2 * sqrt(X**2 + Y) - 3 * X,
)


@pytest.mark.parametrize("expr", DIFFERENCES)
def test_the_truth_is_inside_with_the_quotient(expr):
    quotients = quotients_in([expr])
    assert expr in quotients
    rng = random.Random(str(expr))
    with precision(53):
        program = compile_margin(ge(expr, 0), [X, Y], quotients=quotients)
        for _ in range(20):
            ends = [
                (a := fmpq(rng.randint(8, 40), 8), a + fmpq(rng.randint(0, 4), 8)) for _ in "xy"
            ]
            found = ranges.run(program, [between(*pair) for pair in ends])
            assert found is not None
            point = {
                s: Rational(str(pair[rng.randint(0, 1)]))
                for s, pair in zip((X, Y), ends, strict=True)
            }
            assert holds(found, true_value(expr, point))


def test_a_quotient_keeps_the_sign_on_wide_boxes():
    profile = sqrt(sqrt(X**2 + Y**2 / 4) - Y / 2)
    evidence = cover(gt(profile, 0), (), Region(x=("1/100", 10), y=(0, 10)), name="p", boxes=3)
    assert 1 == evidence.certified


def test_a_quotient_gives_no_value_where_the_difference_has_none():
    # (sqrt(1 + x^2) - 1)/x has no value at 0, its quotient x/(sqrt(1 + x^2) + 1) has
    hollow = ge((sqrt(1 + X**2) - 1) / X + 2, 0)
    assert cover(hollow, (), Region(x=(-1, 1)), name="h", boxes=200).certified < 1


def test_a_root_below_zero_stays_undefined():
    # sqrt(u) - y is not the root of a negative number where its quotient is fine
    relation = ge(sqrt(sqrt(X**2 + Y) - X), 0)
    assert cover(relation, (), Region(x=(0, 1), y=(-1, 1)), name="r", boxes=200).certified < 1
