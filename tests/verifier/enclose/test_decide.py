"""**Decisions at a point**: three answers, and never TRUE for what balls only fail to separate."""

from __future__ import annotations

import pytest
import sympy
from sympy import Rational

from verifier.enclose.decide import agreement, decide, margin
from verifier.errors import ExactnessError, UnsupportedError
from verifier.exact.statements import eq, ge, gt, le, lt, ne
from verifier.exact.vectors import Space

X = sympy.Symbol("x", real=True)
TWO = {X: Rational(2)}
LOG_FORM = sympy.log(X + sympy.sqrt(1 + X**2))


@pytest.mark.parametrize(
    ("relation", "expected"),
    [
        (lt(sympy.asinh(X), X), "true"),
        (gt(sympy.asinh(X), X), "false"),
        (ne(sympy.asinh(X), X), "true"),
        (eq(sympy.asinh(X), X), "false"),
        (eq(sympy.asinh(X), LOG_FORM), "unknown"),
        (ne(sympy.asinh(X), LOG_FORM), "unknown"),
        (le(sympy.asinh(X), LOG_FORM), "unknown"),
        (eq(X + 1, 3), "true"),
        (ne(X + 1, 3), "false"),
        (le(X, 2), "true"),
        (lt(X, 2), "false"),
        (ge(X**2 / 3, Rational(4, 3)), "true"),
        (lt(sympy.sqrt(X) ** 2 + sympy.pi, sympy.pi + 2 + Rational(1, 10**900)), "true"),
    ],
)
def test_each_relation_gets_its_answer(relation, expected):
    assert expected == decide(relation, TWO).answer.value


def test_agreement_is_reported_as_a_power_of_ten():
    truth = decide(eq(sympy.asinh(X), LOG_FORM), TWO, bits=128, max_bits=128)
    assert "agrees to 1e-3" in truth.reason


@pytest.mark.parametrize("relation", [eq(1 / X, 1 / X), le(sympy.log(X), 0), ne(1 / X, 5)])
def test_an_undefined_statement_is_unknown_and_says_so(relation):
    truth = decide(relation, {X: Rational(0)})
    assert truth.unknown
    assert "has no value at x = 0" in truth.reason


def test_a_margin_at_more_bits_is_narrower():
    wide, narrow = (margin(eq(sympy.exp(X), 7), TWO, bits=bits) for bits in (64, 256))
    assert narrow.rad() < wide.rad()
    assert wide.overlaps(narrow)


def test_agreement_bounds_the_ball_from_above():
    gap = margin(eq(sympy.asinh(X), LOG_FORM), TWO, bits=100)
    exponent = int(agreement(gap).removeprefix("1e"))
    assert gap.abs_upper() < 10.0**exponent


def test_values_must_be_exact_and_complete():
    with pytest.raises(ExactnessError, match="float"):
        decide(le(X, 2), {X: 0.5})
    with pytest.raises(ExactnessError, match="no rational"):
        decide(le(X, 2), {X: sympy.sqrt(2)})
    with pytest.raises(UnsupportedError, match="`x` has no value"):
        decide(le(X, 2))


def test_a_relation_of_vectors_is_unsupported():
    u, v = Space("d").vectors("u v")
    with pytest.raises(UnsupportedError, match="Vector"):
        decide(eq(u, v))
