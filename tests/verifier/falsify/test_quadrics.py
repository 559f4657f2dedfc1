"""**Quadrics**: a line through one rational point of them leads to another."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

import pytest

from verifier import Space, dot, eq, le, norm2, reals
from verifier.exact.statements import Statement
from verifier.falsify.instances.quadrics import Quadrics, quadric
from verifier.falsify.instances.signature import read_signature

x, y, a = reals("x y a")
u, v = Space("d").vectors("u v")


def made(statement: Statement) -> Any:
    return quadric(statement, read_signature([statement]), {"d": 2})


def put(statement: Statement, **values: Any) -> dict[str, Any]:
    quadrics = Quadrics([statement], read_signature([statement]))
    quadrics.put(random.Random(0), values)
    return values


def numbers(*values: int) -> tuple[Fraction, ...]:
    return tuple(map(Fraction, values))


def test_a_line_meets_the_circle_in_one_more_point() -> None:
    circle = made(eq(x**2 + y**2, 1))
    assert (Fraction(-3, 5), Fraction(4, 5)) == circle.meets(numbers(1, 0), numbers(-1, 1))


def test_a_line_that_touches_leads_nowhere_else() -> None:
    circle = made(eq(x**2 + y**2, 1))
    assert numbers(1, 0) == circle.meets(numbers(1, 0), numbers(1, 5))


def test_a_line_on_the_quadric_leads_anywhere_on_it() -> None:
    axes = made(eq(x * y, 0))
    assert numbers(0, 7) == axes.meets(numbers(0, 1), numbers(0, 7))


@pytest.mark.parametrize(
    "statement",
    [eq(a**2, norm2(u)), eq(dot(u, v), 1), eq(x**2, 2 * y**2 + a * x), eq(x * y, a * x)],
)
def test_what_is_put_there_holds(statement: Statement) -> None:
    values = {"d": 2, "u": numbers(1, 2), "v": numbers(5, 3)}
    values |= {"a": Fraction(3), "x": Fraction(1), "y": Fraction(2)}
    found = put(statement, **values)
    assert found != values
    quadric_ = made(statement)
    assert 0 == quadric_.at(tuple(leaf.value(found) for leaf in quadric_.leaves))


def test_what_holds_already_stays() -> None:
    values = {"x": Fraction(3, 5), "y": Fraction(4, 5)}
    assert values == put(eq(x**2 + y**2, 1), **values)


def test_without_a_rational_point_nothing_is_moved() -> None:
    values = {"x": Fraction(1), "y": Fraction(1)}
    assert values == put(eq(x**2 + y**2, 3), **values)


@pytest.mark.parametrize(
    "statement",
    [eq(a, x**2), eq(x**3, y), eq(x + y, 1), eq(x**2, 4), le(x**2, y**2), eq(x**2 / y, y)],
)
def test_other_equations_are_none(statement: Statement) -> None:
    signature = read_signature([statement])
    values = {"x": Fraction(5), "y": Fraction(2), "a": Fraction(7)}
    before = dict(values)
    Quadrics([statement], signature).put(random.Random(0), values)
    assert before == values
