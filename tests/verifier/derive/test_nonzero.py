"""**Values that are not zero**: by signs, by factors, and by balls for numbers."""

from __future__ import annotations

import pytest
from flint import ctx
from sympy import Integer

from verifier import Q, acos, cos, cosh, exp, ge, gt, le, lt, ne, pi, reals, sin, sinh, sqrt
from verifier.derive.kernel.field.reader import Reader
from verifier.derive.kernel.linear.balls import ball_rank
from verifier.derive.nonzero import all_have_values, nonzero
from verifier.errors import UnsupportedError

x, y = reals("x y")


@pytest.mark.parametrize(
    ("expr", "given"),
    [
        (x**2 + y**2, ne(x, 0)),
        (x**2 * y**2 + 3 * x**4, ne(x, 0)),
        (x**2 - y**2, gt(x**2, y**2)),
        (exp(x) - exp(y), ne(x, y)),
    ],
    ids=str,
)
def test_it_is_not_zero_under_the_hypothesis_and_may_be_without(
    expr: object, given: object
) -> None:
    assert nonzero(Reader([given]), expr).holds
    assert not nonzero(Reader(), expr).holds


def test_the_roots_of_a_polynomial_in_an_exponential_are_counted_on_its_range() -> None:
    e = exp(x)
    assert nonzero(Reader(), e**4 - e**2 + 1).holds
    assert nonzero(Reader(), e**3 + e**2 - e + 1).holds
    assert not nonzero(Reader(), e**3 - 3 * e + 1).holds


def test_bounds_that_meet_or_cross_leave_zero() -> None:
    for crossing in ([ge(x, 0), le(x, 0)], [ge(x, 0), lt(x, 0)]):
        reader = Reader(crossing)
        assert reader.sign(reader.read(x)) <= frozenset({0})


def test_a_number_that_the_signs_do_not_tell_is_told_by_its_ball() -> None:
    assert nonzero(Reader(), exp(Q(1, 3)) - sqrt(2)).holds
    assert nonzero(Reader(), exp(1) - pi).holds
    assert not nonzero(Reader(), (1 + sqrt(2)) ** 2 - 3 - 2 * sqrt(2)).holds


def test_a_hidden_zero_is_found_in_the_field_or_stays_undecided() -> None:
    hidden = cosh(1) ** 2 - sinh(1) ** 2 - 1
    assert hidden != 0
    assert nonzero(Reader(), hidden).disproof
    assert ball_rank([[sqrt(2), Integer(2)], [Integer(1), sqrt(2)]]) == 1


def test_a_rank_in_balls_leaves_the_precision_as_it_was() -> None:
    before = ctx.prec
    assert ball_rank([[exp(Q(i * j, 7)) for i in range(8)] for j in range(8)]) == 8
    with pytest.raises(UnsupportedError, match="has no ball here"):
        ball_rank([[x + 1]])
    assert before == ctx.prec


def test_a_matrix_without_all_values_has_no_rank_in_balls() -> None:
    assert ball_rank([[Integer(1), sin(1) / cos(1) + acos(exp(1))]]) == 0


def test_a_scalar_without_a_value_is_named() -> None:
    answer = all_have_values(Reader(), (x, 1 / x))
    assert "the value of 1/x: it divides by" in answer.reason
    assert all_have_values(Reader([ne(x, 0)]), (x, 1 / x)).holds
