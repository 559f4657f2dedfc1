"""**Limits against tiny arguments**: leading terms, remainders and signs, on random expressions."""

from __future__ import annotations

from random import Random

import mpmath
import pytest
import sympy
from sympy import Expr

from tests.verifier.derive.numeric import NoValueError, TooLargeError, expr_at, readable
from verifier import tends
from verifier.derive.ground import decide_exactly
from verifier.derive.kernel.field.reader import Reader
from verifier.derive.kernel.limits.limit import compare, limit
from verifier.errors import UnsupportedError
from verifier.exact.scalars import Q, exp, oo, reals, sqrt
from verifier.exact.statements import gt, ne

x, p = reals("x p")
DIGITS = 900
TINY = mpmath.mpf(10) ** -100


def random_near_zero(random: Random, depth: int) -> Expr:
    """An expression of x and positive p that often cancels at x = 0."""
    if depth == 0:
        return random.choice((x, x, x**2, p, sympy.Integer(random.randint(-2, 2)), x + 1, x - p))
    one, two = (random_near_zero(random, depth - 1) for _ in range(2))
    return random.choice(
        (
            one + two,
            one - two,
            one * two,
            one / two if two != 0 else one,
            sqrt(1 + x) - 1,
            exp(x) - 1 - x,
            sympy.log(1 + x * p) * one,
            sympy.asinh(x) - x,
            sqrt(p**2 + one**2) - p,
            sympy.Abs(one),
            one**2,
        )
    )


@pytest.mark.parametrize("seed", range(25))
def test_the_limit_is_where_the_values_go(seed: int) -> None:
    random, compared = Random(seed), 0
    for _ in range(25):
        expr = random_near_zero(random, 2)
        if not readable(expr):
            continue
        side, sign = random.choice((("+", 1), ("-", -1)))
        reader = Reader((gt(p, 0), ne(p, 1)))
        try:
            found = limit(reader, tends(expr, x, 0, 0, side=side))
        except (UnsupportedError, ZeroDivisionError):
            continue
        with mpmath.workdps(DIGITS):
            compared += _agrees(expr, reader, found, sign * TINY)
    assert 5 <= compared


def _agrees(expr: Expr, reader: Reader, found: object, tiny: object) -> bool:
    where = {"x": tiny, "p": mpmath.mpf(3) / 7}
    try:
        value = expr_at(expr, where)
    except (NoValueError, TooLargeError):
        return False
    if found.infinite:
        assert found.infinite * value > 10**6, (expr, found.infinite)
        return True
    expected = _value(found.value, where)
    assert abs(value - expected) < mpmath.mpf(10) ** -6, (expr, str(found.value))
    return True


def _value(element: object, where: object) -> object:
    """The limit's value, with `p` as a number of mpmath."""
    tower = element.tower

    def generator(slot: int) -> object:
        made = tower.generators[slot]
        if made.inside is None:
            return where[made.label]
        inside = _value(made.inside, where)
        if made.kind == "root":
            return mpmath.root(inside, made.order)
        return {"exp": mpmath.exp, "log": mpmath.log}[made.kind](inside)

    def poly(terms: object) -> object:
        total = mpmath.mpf(0)
        for monomial, coefficient in terms.to_dict().items():
            term = mpmath.mpf(int(coefficient.p)) / int(coefficient.q)
            for slot, exponent in enumerate(monomial):
                if exponent:
                    term *= generator(slot) ** int(exponent)
            total += term
        return total

    return poly(element.num) / poly(element.den)


CLOSED = (
    ((exp(x) - 1) / x, 0, 1, "+"),
    ((exp(x) - 1 - x) / x**2, 0, Q(1, 2), "-"),
    ((sympy.asinh(x) - x) / x**3, 0, -Q(1, 6), "+"),
    ((sqrt(1 + x) - 1 - x / 2 + x**2 / 8) / x**3, 0, Q(1, 16), "+"),
    (sqrt(x**2 + x) - x, oo, Q(1, 2), "+"),
    (sqrt(x**2 - x) + x, -oo, Q(1, 2), "+"),
    (sympy.Abs(x - 2) / (x - 2), 2, -1, "-"),
    (1 / (x - 2), 2, -oo, "-"),
    ((x - sympy.log(1 + x)) / x**2, 0, Q(1, 2), "+"),
    (x ** Q(1, 3) / x, 0, oo, "+"),
)


@pytest.mark.parametrize(("expr", "point", "value", "side"), CLOSED, ids=str)
def test_a_known_limit_is_decided(expr: Expr, point: Expr, value: Expr, side: str) -> None:
    assert decide_exactly(tends(expr, x, point, value, side=side)).certain
    for other in (3, oo if value != oo else -oo, -7):
        assert decide_exactly(tends(expr, x, point, other, side=side)).refuted


def test_a_remainder_of_order_zero_hides_a_limit() -> None:
    deep = (exp(x) - sum(x**n / sympy.factorial(n) for n in range(25))) / x**25
    assert decide_exactly(tends(deep, x, 0, 1)).unknown


def test_a_comparison_says_what_it_needs() -> None:
    answer = compare(Reader(), tends(x / p, x, 0, 0))
    assert ["p != 0"] == [str(condition) for condition in answer.conditions]
