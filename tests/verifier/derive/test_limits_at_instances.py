"""**Limits with parameters**: the answer under hypotheses is the answer at their instances."""

from __future__ import annotations

from random import Random

import pytest
import sympy
from sympy import Expr, Symbol

from verifier.derive.ground import decide_exactly
from verifier.derive.kernel.field.express import express
from verifier.derive.kernel.field.reader import Reader
from verifier.derive.kernel.limits.asymptotics import decide
from verifier.derive.kernel.limits.limit import compare
from verifier.errors import UnsupportedError
from verifier.exact.scalars import asinh, exp, log, oo, reals, sqrt
from verifier.exact.statements import Relation, eq, ge, gt, le, tends
from verifier.exact.statements.growth import is_order
from verifier.exact.substitution import substitute

x, a, b, p = reals("x a b p")
HYPOTHESES: tuple[tuple[Relation, ...], ...] = (
    (gt(a, 0),),
    (gt(a, b), gt(b, 0)),
    (ge(a, 1), le(b, 0)),
    (gt(p, 0), gt(a, 0)),
    (eq(a + p, 2 * p), gt(a, 0)),
    (ge(a, 0), ge(p, 0)),
)


def random_with_parameters(random: Random, depth: int) -> Expr:
    if depth == 0:
        powers = (x**a, x**b, x**p, x ** (a - b), x**-a)
        return random.choice((x, log(x), p, a, x + p, exp(-a / x), exp(-b * x), *powers))
    one, two = (random_with_parameters(random, depth - 1) for _ in range(2))
    sums = (one + two, one - two, one * two, one / two)
    return random.choice(
        (*sums, log(1 + one**2), sqrt(one**2 + x), exp(-(one**2)), asinh(one), sums[1] / one)
    )


def instance(random: Random, given: tuple[Relation, ...]) -> dict[Symbol, Expr]:
    """Small rationals for which the hypotheses hold."""
    allowed = {"==": (0,), ">": (1,), ">=": (0, 1), "<=": (-1, 0)}
    while True:
        row = [sympy.Rational(random.randint(-4, 6), random.choice((1, 2))) for _ in range(3)]
        values = dict(zip((a, b, p), row, strict=True))
        if any(relation.op == "==" for relation in given):
            values[p] = values[a]
        gaps = (((r.lhs - r.rhs).subs(values), r.op) for r in given)
        if all(sympy.sign(gap) in allowed[op] for gap, op in gaps):
            return values


@pytest.mark.parametrize("seed", range(10))
def test_the_limit_under_hypotheses_is_that_of_each_instance(seed: int) -> None:
    random, compared = Random(seed), 0
    for _ in range(40):
        expr, given = random_with_parameters(random, 2), random.choice(HYPOTHESES)
        point, where = random.choice((0, 0, oo)), instance(random, given)
        if expr.has(sympy.zoo, sympy.nan, sympy.I):
            continue
        reader = Reader(given)
        try:
            answer = compare(reader, tends(expr, x, point, 0))
        except (UnsupportedError, ZeroDivisionError):
            continue
        if reader.open_conditions(answer.conditions):
            continue
        value = {1: oo, -1: -oo}.get(answer.found.infinite)
        if answer.found.value is not None:
            value = express(answer.found.value, {"a": a, "b": b, "p": p})
        statement = substitute(tends(expr, x, point, value), where)
        assert not decide_exactly(statement).refuted, (expr, given, where, value)
        compared += 1
    assert 10 <= compared


def test_powers_that_a_hypothesis_makes_equal_are_one() -> None:
    given = (gt(a, 0), eq(a + p, 2 * p))
    statement = tends((x**a - x**p) / x**a, x, 0, 0)
    assert decide(Reader(given), statement).holds
    assert decide(Reader(given), tends(x**p * (a - log(x)) / x**a, x, 0, oo)).holds
    assert decide(Reader(given), is_order(x**p, x**a, x, 0, order="Theta")).holds


def test_a_leading_coefficient_that_a_hypothesis_removes_leads_nothing() -> None:
    given = (eq(a * p, 1),)
    with pytest.raises(UnsupportedError, match="is zero"):
        decide(Reader(given), tends((a * p - 1) / x + 1, x, 0, oo))
