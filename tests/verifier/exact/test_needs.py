"""**Needs**: a substitution keeps divisors, radicands and arguments of functions in sight."""

from __future__ import annotations

from typing import Any

import pytest

from verifier import asinh, atanh, eq, exp, log, reals, sqrt
from verifier.errors import UnsupportedError
from verifier.exact.needs import needs, put

x, y, a, b = reals("x y a b")

KEPT = (
    (x / (y * a), {x: b}),
    (1 / (x * y), {x: 2 * a}),
    (1 / (2 * x - 2 * a), {x: 3 * a}),
    (sqrt(x), {x: 4}),
    (log(x), {x: 1}),
    (1 / x, {x: -3}),
    (exp(x) + x**3, {x: log(a)}),
    (sqrt(x + 1), {x: a}),
)
HIDDEN = (
    ((x - a) / (b - a), {x: b}, "-a \\+ b"),
    (sqrt(x) * sqrt(a), {x: a}, "cancels a"),
    ((x**2 - a) / x, {x: sqrt(a)}, "cancels a"),
    (1 / x, {x: 0}, "cancels 0"),
    (sqrt(x), {x: -4}, "cancels -4"),
    (log(x), {x: 0}, "cancels 0"),
    (log(x), {x: exp(a)}, "cancels exp"),
    (x * atanh(y), {x: 0}, "cancels atanh"),
    (a**x, {x: 2}, "cancels a"),
)


@pytest.mark.parametrize(("expr", "values"), KEPT, ids=str)
def test_what_stays_in_sight_may_be_put_in(expr: Any, values: Any) -> None:
    assert eq(expr.subs(values), 1) == put(eq(expr, 1), values)


@pytest.mark.parametrize(("expr", "values", "words"), HIDDEN, ids=str)
def test_what_cancels_is_refused(expr: Any, values: Any, words: str) -> None:
    with pytest.raises(UnsupportedError, match=words):
        put(eq(expr, 1), values)


def test_functions_that_are_defined_everywhere_need_nothing() -> None:
    assert [] == list(needs(exp(x) * x**2))
    assert {("divisor", x), ("root", a), ("logarithm", b)} == set(needs(sqrt(a) / x + log(b)))
    assert [("function", asinh(x))] == list(needs(asinh(x)))
