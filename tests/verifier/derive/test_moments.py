"""**moments**: one step of a chain, what a law owes, and what is refused."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
import sympy

from verifier import (
    Q,
    by,
    covariance_is,
    eq,
    expects,
    ge,
    gt,
    has_rank,
    law,
    le,
    log,
    markov_chain,
    martingale,
    moment_is,
    negation,
    product_law,
    rademacher,
    reals,
    supermartingale,
    uniform_law,
    variance_is,
)
from verifier.by import Justification
from verifier.derive.context import Context, Discharge
from verifier.derive.ground import decide_exactly
from verifier.derive.side import rule_named
from verifier.exact.statements import Relation

x, y, z, w, a, c, p = reals("x y z w a c p")
FAIR = rademacher(z)
COIN = law(z, {1: p, 0: 1 - p})
WALK = markov_chain({x: x + z}, FAIR)


def tried(statement: Any, *given: Any, by: Justification = by.moments) -> Discharge:
    relations = tuple(h for h in given if isinstance(h, Relation))
    known = tuple(h for h in given if not isinstance(h, Relation))
    return rule_named("moments").discharge(statement, Context(relations, by, rule_named, known))


def test_moments_are_those_of_all_outcomes() -> None:
    noises = product_law(uniform_law(z, [0, 1, 3]), rademacher(w, 2))
    chain = markov_chain({x: a * x + z * y + w, y: x * z - w}, noises)
    for power in itertools.product(range(3), repeat=2):
        observable = x ** power[0] * y ** power[1]
        rows = itertools.product((0, 1, 3), (2, -2))
        paths = [((a * x + s * y + t) ** power[0] * (x * s - t) ** power[1]) for s, t in rows]
        value = sympy.expand(sympy.Add(*paths) / 6)
        assert tried(moment_is(chain, observable, value)).holds
        assert not tried(moment_is(chain, observable, value + Q(1, 10**9))).holds


def test_what_is_discharged_is_certified() -> None:
    statement = supermartingale(markov_chain({x: a * x}, FAIR), x**2)
    answer = tried(statement, le(a**2, 1), by=by.moments(then=by.sum_of_squares))
    assert answer.holds is answer.certified is True


@pytest.mark.parametrize(
    ("statement", "given", "text"),
    [
        (martingale(WALK, x**2), (), "the difference 1 is never zero"),
        (expects(z, COIN, p), (), "p >= 0: the sign of"),
        (expects(z, COIN, p), (ge(p, 0),), "1 - p >= 0: the sign of"),
        (expects(z, law(z, {1: 1, 2: 1}), 3), (), "2 == 1: difference"),
        (expects(z * log(x), FAIR, 0), (), "the value of log(x)"),
        (expects(z, FAIR, 1 / c), (), "the value of 1/c"),
        (negation(martingale(WALK, x)), (), "x != x"),
        (negation(expects(z * log(x), FAIR, 1)), (), "the value of log(x)"),
        (negation(expects(z, COIN, p)), (), "p != p"),
        (negation(negation(gt(x, 0))), (), "the sign of"),
    ],
)
def test_what_is_not_shown_is_refused(statement: Any, given: Any, text: str) -> None:
    answer = tried(statement, *given)
    assert not answer.holds
    assert text in answer.reason


def test_a_disproof_is_one_only_of_a_law() -> None:
    assert tried(martingale(WALK, x**2)).disproof
    assert not tried(expects(z, COIN, p + 1)).disproof
    assert not tried(negation(martingale(WALK, x))).disproof


def test_options_are_rules() -> None:
    assert "no option `than`" in tried(martingale(WALK, x), by=by.moments(than=by.sign)).reason
    assert "`then` is a rule" in tried(martingale(WALK, x), by=by.moments(then=1)).reason
    assert "reads expectations" in tried(has_rank([[a]], 1)).reason


def test_known_expectations_are_facts() -> None:
    assert tried(eq(c, x**2 + 1), expects((x + z) ** 2, FAIR, c)).holds
    assert not tried(eq(c, x**2), expects((x + z) ** 2, FAIR, c)).holds


def test_variance_and_covariance_are_about_the_mean() -> None:
    chain = markov_chain({x: a * x + z, y: y - z}, COIN)
    given = (ge(p, 0), le(p, 1))
    assert tried(variance_is(chain, x, p * (1 - p)), *given).holds
    assert tried(covariance_is(chain, x, y, -p * (1 - p)), *given).holds
    assert not tried(covariance_is(chain, x, y, p * (1 - p)), *given).holds


@pytest.mark.parametrize(
    ("statement", "answer"),
    [
        (expects(z**2, FAIR, 1), "true"),
        (expects(z, FAIR, 1), "false"),
        (negation(expects(z, FAIR, 1)), "true"),
        (expects(z, law(z, {1: Q(1, 2)}), Q(1, 2)), "false"),
        (expects(z, law(z, {1: 2, 3: -1}), -1), "false"),
        (expects(1 / (z - 1), law(z, {2: 1}), 1, op=">="), "true"),
        (expects(z * log(-1 - z**2 + z), law(z, {0: 1}), 0), "unknown"),
    ],
)
def test_closed_statements_are_decided(statement: Any, answer: str) -> None:
    assert answer == decide_exactly(statement).answer.value
