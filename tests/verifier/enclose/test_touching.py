"""**Touching sets**: named ones are certified on and beside the set, wrong ones are named."""

from __future__ import annotations

import pytest
import sympy
from sympy import Rational, cosh, exp, log, sqrt

from verifier.claim import Region
from verifier.enclose.regions.cover import cover
from verifier.errors import ClaimError
from verifier.exact.statements import eq, ge, gt, le, lt

X, Y = sympy.symbols("x y", real=True)
UNIT = Region(x=(0, 1), y=(0, 1))
THIRD = Rational(1, 3)
AROUND = Region(x=("1/10", 2), y=("1/10", 2))
POINT = (X - THIRD) ** 2 + (Y - Rational(1, 7)) ** 2


def run(relation, region, *given, boxes=500):
    return cover(relation, given, region, name="claim", boxes=boxes)


@pytest.mark.parametrize(
    ("relation", "region"),
    [
        (ge(X**2 + Y**2, 2 * X * Y), UNIT.touching(eq(X, Y))),
        (le(2 * X * Y, X**2 + Y**2), UNIT.touching(eq(Y, X))),
        (ge((X + Y) / 2, sqrt(X * Y)), UNIT.touching(eq(X, Y))),
        (ge(cosh(X - Y), 1), UNIT.touching(eq(X, Y))),
        (ge(X * log(X / Y) - X + Y, 0), AROUND.touching(eq(X, Y))),
        (ge((exp(X) - exp(Y)) ** 2, 0), UNIT.touching(eq(exp(X), exp(Y)))),
        (ge(POINT + (X - THIRD) * (Y - Rational(1, 7)), 0),
         UNIT.touching(eq(X, THIRD), eq(Y, Rational(1, 7)))),
        (ge((X**2 + Y**2) ** 2 + Rational(1, 4), X**2 + Y**2),
         UNIT.touching(eq(X**2 + Y**2, Rational(1, 2)))),
        (ge((X**2 - 1) ** 2, 0), Region(x=(-2, 2)).touching(eq(X, 1)).touching(eq(X, -1))),
        (ge((X - THIRD) ** 4 * exp(X), 0), Region(x=(0, 1)).touching(eq(X, THIRD))),
        (ge(X**3 - 1, 0), Region(x=(1, 2)).touching(eq(X, 1))),
        (le(log(X), X - 1), Region(x=("1/10", 8)).touching(eq(X, 1))),
    ],
)  # fmt: skip
def test_an_inequality_that_touches_on_a_named_set_is_certified(relation, region):
    evidence = run(relation, region)
    assert (1, "") == (evidence.certified, evidence.reason)


def test_without_the_name_the_set_stays_undecided():
    assert run(ge(X**2 + Y**2, 2 * X * Y), UNIT).undecided > 0


def test_a_set_where_the_sides_differ_is_named_and_certifies_nothing_more():
    evidence = run(ge(X**2 + Y**2, 2 * X * Y), UNIT.touching(eq(X, 2 * Y)))
    assert evidence.undecided > 0
    assert "not shown to be equal on `x == 2*y`" in evidence.reason


@pytest.mark.parametrize(
    ("relation", "region"),
    [
        # contact of odd order: the sign changes across the set
        (ge((X - Y) ** 3, 0), UNIT.touching(eq(X, Y))),
        (ge(X - Y, 0), UNIT.touching(eq(X, Y))),
        # a saddle at the named point
        (ge((X - THIRD) ** 2 - (Y - THIRD) ** 2, 0), UNIT.touching(eq(X, THIRD), eq(Y, THIRD))),
        # a maximum where a minimum is claimed
        (ge(-((X - Y) ** 2), 0), UNIT.touching(eq(X, Y))),
        # the factor beside the square is negative far from the origin
        (ge((X - Y) ** 2 * (1 - X - Y), 0), UNIT.touching(eq(X, Y))),
        # equal to first order at the named line, but curved the other way beside it
        (le(cosh(X - Y), 1), UNIT.touching(eq(X, Y))),
        # the square root of the numerator's name has the wrong sign for negative numbers
        (ge((X + Y) / 2, sqrt(X * Y)), Region(x=(-1, 0), y=(-1, 0)).touching(eq(X, Y))),
    ],
)
def test_a_false_inequality_is_not_certified_by_the_name_of_a_set(relation, region):
    evidence = run(relation, region)
    assert evidence.certified < 1


@pytest.mark.parametrize("relation", [gt(X**2 + Y**2, 2 * X * Y), lt(2 * X * Y, X**2 + Y**2)])
def test_a_strict_inequality_fails_on_the_set_and_is_not_certified(relation):
    assert run(relation, UNIT.touching(eq(X, Y))).certified < 1


def test_a_function_without_value_on_the_set_is_not_certified_there():
    evidence = run(ge((X * log(X)) ** 2, 0), Region(x=(0, 1)).touching(eq(X, 0)))
    assert evidence.certified < 1


def test_what_is_no_equation_is_no_touching_set():
    with pytest.raises(ClaimError, match="given by equations, got `x < y`"):
        UNIT.touching(lt(X, Y))
    with pytest.raises(ClaimError, match="needs an equation"):
        UNIT.touching()
