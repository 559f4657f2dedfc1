"""**convex**: Hessians, convex sets, chords that deny, and the statement itself."""

from __future__ import annotations

from typing import Any

import pytest
import sympy

from verifier import (
    Q,
    absolute,
    by,
    convex,
    cosh,
    eq,
    exp,
    ge,
    gt,
    le,
    log,
    lt,
    ne,
    negation,
    reals,
    softplus,
    sqrt,
    within,
)
from verifier.by import Justification
from verifier.derive.context import Context, Discharge
from verifier.derive.ground import decide_exactly
from verifier.derive.side import rule_named
from verifier.errors import StatementError, UnsupportedError
from verifier.exact.substitution import names_in, substitute

x, y, z, a, b = reals("x y z a b")
UNIT = (within(x, 0, 1), within(y, 0, 1))


def tried(statement: Any, *given: Any, by: Justification = by.convex) -> Discharge:
    return rule_named("convex").discharge(statement, Context(given, by, rule_named))


@pytest.mark.parametrize(
    ("statement", "given"),
    [
        (convex(2 * x + 1, x), ()),
        (convex(x**2, x, strictly=True), ()),
        (convex(x**4, x), ()),
        (convex(x**4 + x**2 * y**2 + y**4, x, y), ()),
        (convex(x**4 + y**4 + z**4 + x**2 * y**2 + y**2 * z**2, x, y, z), ()),
        (convex((x + y) ** 2, x, y), ()),
        (convex(x**2 + x * y + y**2, x, y, strictly=True), ()),
        (convex(a * x**2 + b, x), (ge(a, 0),)),
        (convex(a * x**2 + b, x, strictly=True), (gt(a, 0),)),
        (convex(exp(a * x + b * y), x, y), ()),
        (convex(log(exp(x) + exp(y)), x, y), ()),
        (convex(softplus(a * x), x), ()),
        (convex(sqrt(1 + x**2 + y**2), x, y), ()),
        (convex(x**3, x, on=ge(x, 0)), ()),
        (convex(x**3, x, on=gt(x, a)), (ge(a, 0),)),
        (convex(-log(x) - log(y), x, y, on=(gt(x, 0), gt(y, 0)), strictly=True), ()),
        (convex(x**2 / y, x, y, on=gt(y, 0)), ()),
        (convex(x, x, y, on=le(x**2 + y**2, 1)), ()),
        (convex(x, x, y, on=(gt(x, 0), gt(y, 0), ge(log(x) + log(y), 0))), ()),
        (convex(x * y + x**2 + y**2, x, y, on=UNIT, strictly=True), ()),
        (convex(x**2, x, y, on=(ge(a * x + y, 1), eq(x + y, b))), ()),
    ],
)
def test_it_shows_convexity(statement: Any, given: Any) -> None:
    answer = tried(statement, *given)
    assert answer.holds, answer.reason


@pytest.mark.parametrize(
    ("statement", "given", "text"),
    [
        (convex(x**3, x), (), "is -6 at x = -1"),
        (convex(x**3, x), (ge(x, 0),), "is -6 at x = -1"),
        (convex(x**4, x, strictly=True), (), "is 0 at x = 0"),
        (convex(x * y, x, y), (), "is -2 at"),
        (convex((x + y) ** 2, x, y, strictly=True), (), "is 0 at"),
        (convex(a * x**2, x), (), "is -2 at a = -1"),
        (convex(a * x**2, x, strictly=True), (ge(a, 0),), "is 0 at a = 0"),
        (convex(absolute(x), x), (), "not known to be analytic"),
        (convex(-log(x), x, on=ge(x, 0)), (), "positive"),
        (convex(1 / x, x, on=ne(x, 0)), (), "the set where x != 0"),
        (convex(1 / x, x), (), "divides by"),
        (convex(x, x, y, on=ge(x**2 + y**2, 1)), (), "the set where x**2 + y**2 >= 1"),
        (convex(x, x, y, on=eq(x**2 + y**2, 1)), (), "the set where x**2 + y**2 == 1"),
        (convex(x, x, y, on=ge(x * y, 1)), (), "the set where x*y >= 1"),
        (convex(x, x, on=le(log(x), 0)), (), "the set where log(x) <= 0"),
        (convex(x, x, y, on=le(x**2 / y, 1)), (), "divides by"),
        (ge(x**2, 0), (), "that a function is convex"),
    ],
)
def test_what_is_not_shown_is_refused(statement: Any, given: Any, text: str) -> None:
    answer = tried(statement, *given)
    assert not answer.holds
    assert text in answer.reason


@pytest.mark.parametrize(
    ("statement", "given"),
    [
        (convex(x**3, x), ()),
        (convex(x * y, x, y), ()),
        (convex((x + y) ** 2, x, y, strictly=True), ()),
        (convex(2 * x, x, strictly=True), ()),
        (convex(x**2, x, on=ne(x, 0)), ()),
        (convex(x**2, x, y, on=ge(x**2 + y**2, 1)), ()),
        (convex(-absolute(x), x), ()),
    ],
)
def test_a_chord_denies_convexity(statement: Any, given: Any) -> None:
    answer = tried(negation(statement), *given)
    assert answer.holds, answer.reason
    assert "the chord between" in answer.reason
    assert not tried(statement, *given).holds


@pytest.mark.parametrize(
    ("statement", "between", "holds"),
    [
        (convex(a * x**2, x), ({x: 0}, {x: 2}), True),
        (convex(x**3, x), ({x: -1}, {x: 0}), True),
        (convex(x**3, x), ({x: 0}, {x: 1}), False),
        (convex(x**2, x, strictly=True), ({x: 1}, {x: 1}), False),
        (convex(x**3, x, on=ge(x, -1)), ({x: -2}, {x: 0}), False),
        (convex(log(x), x), ({x: 1}, {x: 0}), False),
        (convex(1 / x, x), ({x: -1}, {x: 1}), False),
    ],
)
def test_a_given_chord_counts_if_it_denies(statement: Any, between: Any, holds: bool) -> None:
    answer = tried(negation(statement), lt(a, 0), by=by.convex(between=between))
    assert holds == answer.holds


def test_two_points_are_asked_for() -> None:
    with pytest.raises(UnsupportedError, match="values of x, y"):
        tried(negation(convex(x * y, x, y)), by=by.convex(between=({x: 1}, {x: 2})))
    assert "no option `betwen`" in tried(convex(x**2, x), by=by.convex(betwen=1)).reason


@pytest.mark.parametrize(
    ("statement", "answer"),
    [
        (convex(x**2, x), "true"),
        (convex(x**3, x), "false"),
        (convex(x**3, x, on=ge(x, Q(-1, 1000))), "unknown"),
        (convex(x**4, x, strictly=True), "unknown"),
        (negation(convex(x**3, x)), "true"),
        (convex(x, x, on=(gt(x, 1), lt(x, 0))), "true"),
    ],
)
def test_closed_statements_are_decided_as_far_as_it_goes(statement: Any, answer: str) -> None:
    assert answer == decide_exactly(statement).answer.value


def test_variables_are_bound() -> None:
    statement = convex(a * x**2, x, on=ge(x, b))
    assert {"a", "b"} == names_in(statement) - {"x"}
    moved = substitute(statement, {x: y, a: Q(2)})
    assert convex(2 * x**2, x, on=ge(x, b)) == moved


def test_the_statement_reads_well() -> None:
    statement = convex(cosh(x), x, on=gt(x, a), strictly=True)
    assert "cosh(x) is strictly convex in x where x > a" == str(statement)
    assert r"\text{ is strictly convex in } x,\; x > a" in statement.latex()


@pytest.mark.parametrize("variables", [(), (x, x), (sympy.Symbol("n", integer=True),), (x**2,)])
def test_variables_are_different_real_symbols(variables: Any) -> None:
    with pytest.raises(StatementError):
        convex(x**2, *variables)
