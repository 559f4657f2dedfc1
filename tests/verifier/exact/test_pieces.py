"""**Pieces** and the functions that the field names: what they are, and what is refused."""

from __future__ import annotations

import pytest
import sympy

from verifier.errors import ExactnessError, StatementError
from verifier.exact.pieces import piecewise
from verifier.exact.scalars import (
    Q,
    absolute,
    cosh,
    exp,
    heaviside,
    log,
    logistic,
    maximum,
    normal_cdf,
    normal_pdf,
    reals,
    relu,
    softplus,
)
from verifier.exact.statements import conserved, eq, ge, gt, le, lt, within
from verifier.exact.substitution import names_in, substitute

x, y = reals("x y")
HAT = piecewise((x, within(x, 0, 1)), (2 - x, within(x, 1, 2)), otherwise=0)


def test_a_condition_is_kept_as_it_was_written() -> None:
    held = piecewise((1, gt(x**2 + 1, 0)), otherwise=2)
    assert held.has(sympy.Gt)
    assert {"x"} == names_in(eq(held, 1))


def test_replacing_symbols_decides_nothing() -> None:
    at_two = substitute(eq(HAT, y), {x: Q(3, 2)})
    assert at_two.lhs.has(sympy.Piecewise)
    assert {"y"} == names_in(at_two)
    undefined = substitute(eq(piecewise((y, gt(1 / x, 0)), otherwise=0), 0), {x: 0})
    assert undefined.lhs.has(sympy.zoo)


def test_a_float_in_a_piece_or_a_condition_is_refused() -> None:
    with pytest.raises(ExactnessError, match="is a float"):
        piecewise((0.5, gt(x, 0)), otherwise=0)
    with pytest.raises(ExactnessError, match="is a float"):
        piecewise((1, gt(x, 0.5)), otherwise=0)


@pytest.mark.parametrize(
    "condition", [x > 0, True, conserved(x, {x: 0 * x}), (gt(x, 0), x < 1)], ids=str
)
def test_what_is_no_relation_is_no_condition(condition: object) -> None:
    with pytest.raises((StatementError, TypeError)):
        piecewise((1, condition), otherwise=0)  # type: ignore[arg-type]


def test_a_condition_that_decides_by_pieces_is_refused() -> None:
    with pytest.raises(StatementError, match="nest pieces in values only"):
        piecewise((1, le(HAT, y)), otherwise=0)
    assert piecewise((HAT, lt(x, y)), otherwise=0).has(sympy.Piecewise)


def test_the_names_of_the_field_are_the_formulas_of_the_field() -> None:
    assert maximum(x, 0) == relu(x)
    assert 1 / (1 + exp(-x)) == logistic(x)
    assert log(1 + exp(x)) == softplus(x)
    assert Q(1, 2) == normal_cdf(0)
    assert 1 / sympy.sqrt(2 * sympy.pi) == normal_pdf(0)
    assert [0, Q(1, 2), 1] == [heaviside(v) for v in (-1, 0, 1)]
    assert ge(absolute(cosh(x)), 1).lhs.has(sympy.cosh)
