"""**Growth, two opinions**: `limit` and `exponents` decide it by different means and must agree."""

from __future__ import annotations

from random import Random

import pytest
import sympy
from sympy import Expr

from verifier.derive.rules import exponents, limit
from verifier.errors import UnsupportedError
from verifier.exact.scalars import exp, log, oo, real
from verifier.exact.statements.growth import Growth, asymptotic, is_order
from verifier.verdict import Truth, unknown

x = real("x")


def random_size(random: Random, at: Expr) -> Expr:
    """A sum of products of powers, logarithms and exponentials."""
    small = 1 / x if at == oo else x
    factors = (
        x ** sympy.Rational(random.randint(-6, 6), random.choice((1, 2, 3))),
        log(small) ** random.randint(0, 2),
        exp(-random.randint(0, 2) / small),
        sympy.Integer(random.choice((-2, 1, 3))),
    )
    product = sympy.Mul(*random.sample(factors, random.randint(1, 3)))
    return product + random_size(random, at) if random.random() < 0.3 else product


def opinion(rule: object, statement: Growth) -> Truth:
    try:
        return rule.RULE.truth(statement)
    except (UnsupportedError, ZeroDivisionError) as fault:
        return unknown(str(fault) or "no value")


@pytest.mark.parametrize("seed", range(6))
def test_they_never_contradict_each_other(seed: int) -> None:
    random, decided = Random(seed), 0
    for _ in range(60):
        at = random.choice((sympy.Integer(0), oo))
        one, two = random_size(random, at), random_size(random, at)
        sense = random.choice(("O", "o", "Theta", "ratio"))
        if sense == "ratio":
            statement = asymptotic(one, two, x, at)
        else:
            statement = is_order(one, two, x, at, order=sense)
        answers = [opinion(rule, statement) for rule in (limit, exponents)]
        if any(answer.unknown for answer in answers):
            continue
        assert answers[0].answer == answers[1].answer, (statement, answers)
        decided += 1
    assert 30 <= decided
