"""**Iterates**: many steps of a map as one scalar, held, substituted and enclosed."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from flint import arb, fmpq

from verifier import Q, cos, derivative, iterates, reals
from verifier.enclose.programs.compile import compile_expr
from verifier.errors import StatementError
from verifier.exact.iterates import Iterate
from verifier.exact.substitution import names_in, substitute
from verifier.precision import precision

a, b, x, y, rate = reals("a b x y rate")
DESCENT = {x: x - rate * (x * y - 1) * y, y: y - rate * (x * y - 1) * x}


def after(times: int) -> tuple[Any, ...]:
    return iterates(DESCENT, {x: a, y: b}, times=times)


def test_few_steps_are_written_out() -> None:
    assert after(0) == (a, b)
    assert after(1) == (a - rate * (a * b - 1) * b, b - rate * (a * b - 1) * a)


def test_many_steps_are_held_and_name_what_is_free_in_them() -> None:
    first, second = after(50)
    assert isinstance(first, Iterate)
    assert names_in(first) == {"a", "b", "rate"}
    assert names_in(substitute(second, {a: Q(1, 2), rate: 2 * b})) == {"b"}


def test_the_enclosure_holds_what_rational_steps_give() -> None:
    u, v, step = Fraction(1, 2), Fraction(1, 5), Fraction(1, 10)
    for _ in range(5):
        r = u * v - 1
        u, v = u - step * r * v, v - step * r * u
    program = compile_expr(after(5)[0], (a, b, rate))
    with precision(256):
        ball = program([arb(fmpq(1, 2)), arb(fmpq(1, 5)), arb(fmpq(1, 10))], 256)
        assert ball.contains(arb(fmpq(u.numerator, u.denominator)))
        assert ball.rad() < arb("1e-70")


def test_the_fixed_point_of_the_cosine_is_reached() -> None:
    (last,) = iterates({x: cos(x)}, {x: 1}, times=200)
    with precision(128):
        ball = compile_expr(last, ())((), 128)
        assert (ball - arb("0.73908513321516064165531208767387340")).abs_upper() < arb("1e-30")


def test_its_derivative_is_taken_along_the_steps() -> None:
    (last,) = iterates({x: x**2}, {x: a}, times=5)
    slope = compile_expr(derivative(last, a), (a,))([arb(1)], 128)
    assert (slope - 32).abs_upper() < arb("1e-30")


def test_steps_that_leave_the_domain_have_no_value() -> None:
    (last,) = iterates({x: 1 / (x - 1)}, {x: 2}, times=4)
    assert not compile_expr(last, ())((), 64).is_finite()


ILL_FORMED: dict[str, Callable[[], Any]] = {
    "another start": lambda: iterates({x: x}, {y: 1}, times=2),
    "a negative number of steps": lambda: iterates({x: x}, {x: 1}, times=-1),
    "endless steps": lambda: iterates({x: x}, {x: 1}, times=10**9),
    "no state": lambda: iterates({}, {}, times=2),
}


@pytest.mark.parametrize("vice", ILL_FORMED)
def test_what_is_no_iteration_is_refused(vice: str) -> None:
    with pytest.raises(StatementError):
        ILL_FORMED[vice]()
