"""**Exact values** of what has branches and whole powers, at rational points."""

from __future__ import annotations

from fractions import Fraction

import pytest
import sympy

from verifier.errors import DomainError
from verifier.exact.pieces import piecewise
from verifier.exact.scalars import erf, heaviside, indices, log, reals, sign, sqrt
from verifier.exact.statements import gt, lt, within
from verifier.falsify.instances.rational import Irrational, rational_evaluator

x, y = reals("x y")
(n,) = indices("n")
THIRD = Fraction(1, 3)
HAT = piecewise((x, within(x, 0, 1)), (2 - x, within(x, 1, 2)), otherwise=0)


def value(expr: sympy.Expr, *point: Fraction) -> Fraction:
    evaluate = rational_evaluator(expr, (x, y, n)[: len(point)])
    assert evaluate is not None
    return evaluate([Fraction(p) for p in point])


@pytest.mark.parametrize(("at", "expected"), [(-1, 0), (0, 0), (THIRD, THIRD), (1, 1), (3, 0)])
def test_the_first_piece_that_applies_gives_the_value(at: Fraction, expected: Fraction) -> None:
    assert expected == value(HAT, at)


def test_jumps_have_their_value_at_the_jump() -> None:
    assert [-1, 0, 1] == [value(sign(x - THIRD), THIRD + step) for step in (-1, 0, 1)]
    assert [0, Fraction(1, 2), 1] == [value(heaviside(x), step) for step in (-1, 0, 1)]
    assert 1 == value(heaviside(x, 1), 0)


def test_a_whole_power_takes_its_exponent_from_the_point() -> None:
    assert -8 == value(x**n, -2, 0, 3)
    assert 9 == value(x**y, THIRD, -2)


def test_what_is_not_rational_there_is_not_given() -> None:
    for expr, point in ((x**y, (2, THIRD)), (erf(x), (1,)), (x**y, (2, 10**9))):
        with pytest.raises(Irrational):
            value(expr, *point)
    assert 0 == value(erf(x), 0)


def test_only_the_piece_that_applies_is_looked_at() -> None:
    held = piecewise((1 / x, gt(x, 0)), (x, lt(x, -1)), otherwise=sqrt(x))
    assert [2, -4, 0] == [value(held, at) for at in (Fraction(1, 2), -4, 0)]
    with pytest.raises(DomainError):
        value(held, Fraction(-1, 2))


def test_a_piece_without_rational_values_has_no_evaluator() -> None:
    assert rational_evaluator(piecewise((sympy.pi, gt(x, 0)), otherwise=0), (x,)) is None
    assert rational_evaluator(piecewise((1, gt(sympy.pi * x, 0)), otherwise=0), (x,)) is None
    assert 0 == value(piecewise((log(x), gt(x, 0)), otherwise=1), 1)
