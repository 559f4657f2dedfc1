"""**Identities**: exact fractions of programs; what is unequal is never seen to vanish."""

from __future__ import annotations

import pytest
import sympy
from sympy import exp, log, sqrt

from verifier.enclose.programs.compile import compile_expr
from verifier.enclose.programs.identity import Ratios
from verifier.errors import UnsupportedError

X, Y = sympy.symbols("x y", real=True)


def vanishes(expr, nonnegative=()):
    program = compile_expr(expr, [X, Y], nonnegative=[(X, Y)[k] for k in nonnegative])
    ratios = Ratios.over([program], nonnegative)
    return ratios.value(program, ratios.variables).vanishes


@pytest.mark.parametrize(
    "expr",
    [
        (X + Y) ** 2 - X**2 - 2 * X * Y - Y**2,
        1 / (X - Y) - 1 / (X + Y) - 2 * Y / (X**2 - Y**2),
        exp((X + Y) ** 2) - exp(X**2 + 2 * X * Y + Y**2),
        sqrt(X**2 + 1) ** 2 - X**2 - 1,
        log((X**2 - Y**2) / (X - Y)) - log(X + Y),
    ],
)
def test_equal_fractions_vanish(expr):
    assert vanishes(expr)


@pytest.mark.parametrize(
    "expr", [X - Y, exp(X) - exp(Y), sqrt(X**2 + 1) - X, exp(X) - 1, log(X) - log(-X)]
)
def test_unequal_ones_do_not(expr):
    assert not vanishes(expr)


def test_the_root_of_a_square_is_its_base_only_when_that_is_never_negative():
    root = sqrt(X**2 * Y**2)
    assert vanishes(root - X * Y, (0, 1))
    assert not vanishes(sympy.sqrt(X**2 * Y**2 + 0) - X * Y)


def test_a_divisor_that_vanishes_is_refused():
    expr = 1 / ((X + Y) ** 2 - X**2 - 2 * X * Y - Y**2)
    with pytest.raises(UnsupportedError, match="vanishes identically"):
        vanishes(expr)
