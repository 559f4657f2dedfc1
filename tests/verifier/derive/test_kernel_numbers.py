"""**The kernel against mpmath**: elements, conditions, signs and derivatives, at random points."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

import mpmath
import pytest
import sympy
from sympy import Expr

from tests.verifier.derive.numeric import (
    DIGITS,
    SMALL,
    NoValueError,
    Point,
    TooLargeError,
    element_at,
    expr_at,
    holds,
    number,
    random_expr,
    random_point,
    readable,
    satisfied,
    x,
    y,
)
from verifier.derive.kernel.field.element import Element
from verifier.derive.kernel.field.reader import Reader
from verifier.derive.kernel.field.tower import Condition
from verifier.errors import UnsupportedError
from verifier.exact.statements import Relation, eq, ge, gt, le, lt, ne

HYPOTHESES: tuple[tuple[Relation, ...], ...] = (
    (),
    (ge(x, 0),),
    (gt(x, 0), gt(y, 0)),
    (le(x, 0), ge(y, -1), lt(y, 2)),
    (ne(x, 0), ne(y, 1)),
    (ge(x, 1), le(x, 3), gt(y, x)),
    (gt(x, y), gt(y, 0)),
    (ge(x, y**2), le(y, 0)),
    (eq(y, 2 * x), gt(x, y)),
    (eq(y, x),),
    (gt(x * y, 0),),
    (ge(x + y, 1), ge(x - y, 0)),
    (ge(x, -2), le(x, 2), ge(y, -2), le(y, 2)),
    (gt(y, x), ge(x, -1)),
    (eq(x**2, 4), ge(y, 0)),
    (le(x, y), le(y, 0), ne(x + y, -2)),
)
SEEDS = range(20)
EXPRESSIONS = 40
POINTS = 25


@dataclass(frozen=True)
class Read:
    """An expression that the kernel has read under hypotheses."""

    expr: Expr
    hypotheses: tuple[Relation, ...]
    reader: Reader
    element: Element
    conditions: list[Condition]

    def allowed(self, random: Random) -> Iterator[Point]:
        """Points that the hypotheses allow."""
        for _ in range(POINTS):
            point = random_point(random)
            if all(satisfied(h, point) for h in self.hypotheses) and not self._is_huge(point):
                yield point

    def points(self, random: Random) -> Iterator[Point]:
        """Points that the hypotheses allow and at which the conditions hold."""
        for point in self.allowed(random):
            try:
                if all(holds(c, point) for c in self.conditions):
                    yield point
            except NoValueError:
                continue

    def _is_huge(self, point: Point) -> bool:
        try:
            expr_at(self.expr, point)
        except TooLargeError:
            return True
        except NoValueError:
            return False
        return False


@pytest.fixture(autouse=True)
def _many_digits() -> Iterator[None]:
    with mpmath.workdps(DIGITS):
        yield


def reads(random: Random, depth: int) -> Iterator[Read]:
    for _ in range(EXPRESSIONS):
        expr = random_expr(random, random.randint(1, depth))
        hypotheses = random.choice(HYPOTHESES)
        reader = Reader(hypotheses)
        if not readable(expr):
            continue
        try:
            element, conditions = reader.fresh(expr)
        except (UnsupportedError, ZeroDivisionError):
            continue
        yield Read(expr, hypotheses, reader, element, conditions)


def close(one: object, two: object) -> bool:
    return bool(abs(one - two) <= mpmath.mpf(10) ** -25 * (1 + abs(one)))


@pytest.mark.parametrize("seed", SEEDS)
def test_an_element_has_the_value_of_its_expression_where_its_conditions_hold(seed: int) -> None:
    random, compared = Random(seed), 0
    for read in reads(random, 3):
        for point in read.points(random):
            expected = expr_at(read.expr, point)
            assert close(expected, element_at(read.element, point)), (read, point)
            compared += 1
    assert 60 <= compared


@pytest.mark.parametrize("seed", SEEDS)
def test_signs_contain_the_sign_of_the_value(seed: int) -> None:
    random, compared = Random(1000 + seed), 0
    for read in reads(random, 3):
        signs = read.reader.sign(read.element)
        for point in read.points(random):
            value = expr_at(read.expr, point)
            sign = 0 if abs(value) < SMALL else int(mpmath.sign(value))
            assert sign in signs, (read, point, signs)
            compared += len(signs) < 3
    assert 20 <= compared


@pytest.mark.parametrize("seed", SEEDS)
def test_conditions_that_the_hypotheses_force_hold(seed: int) -> None:
    random = Random(2000 + seed)
    for read in reads(random, 3):
        if read.reader.open_conditions(read.conditions):
            continue
        for point in read.allowed(random):
            expected = expr_at(read.expr, point)
            assert close(expected, element_at(read.element, point)), (read, point)


@pytest.mark.parametrize("seed", SEEDS)
def test_derivatives_agree_with_differences(seed: int) -> None:
    random, compared = Random(3000 + seed), 0
    for read in reads(random, 2):
        by = random.choice((x, y))
        try:
            slope, conditions = read.reader.fresh(sympy.Derivative(read.expr, by, evaluate=False))
        except (UnsupportedError, ZeroDivisionError):
            continue
        moved = Read(read.expr, read.hypotheses, read.reader, slope, conditions)
        for point in moved.points(random):
            expected = _difference(read.expr, str(by), point)
            found = element_at(slope, point)
            assert abs(expected - found) <= mpmath.mpf(10) ** -8 * (1 + abs(found)), (read, point)
            compared += 1
    assert 20 <= compared


def _difference(expr: Expr, by: str, point: Point) -> object:
    step = mpmath.mpf(10) ** -20
    middle = number(point[by])
    high = expr_at(expr, {**point, by: middle + step})
    low = expr_at(expr, {**point, by: middle - step})
    return (high - low) / (2 * step)
