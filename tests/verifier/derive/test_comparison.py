"""**comparison** and **monotone**: slopes, chains of derivatives, and what they need."""

from __future__ import annotations

from typing import Any

import pytest
import sympy

from verifier import (
    absolute,
    by,
    eq,
    exp,
    function,
    ge,
    gt,
    le,
    log,
    lt,
    ne,
    reals,
    sign,
    sin,
    sqrt,
    tan,
    tends,
)
from verifier.by import Justification
from verifier.derive.between import INSIDE, Between, shown
from verifier.derive.context import Context, Discharge
from verifier.derive.side import rule_named
from verifier.errors import UnsupportedError

x, y, a, c = reals("x y a c")
f = function("f")
GROWS = by.monotone(low=x, high=y)
FROM_0 = by.comparison(variable=x)


def tried(statement: Any, *given: Any, by: Justification) -> Discharge:
    try:
        return rule_named(by.rule).discharge(statement, Context(given, by, rule_named))
    except UnsupportedError as fault:
        return Discharge(False, str(fault))


# -- monotone -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("statement", "given"),
    [
        (lt(exp(x), exp(y)), (lt(x, y),)),
        (gt(exp(y), exp(x)), (lt(x, y),)),
        (ge(exp(-x), exp(-y)), (le(x, y),)),
        (le(x**3, y**3), (le(x, y),)),
        (le(x**2, y**2), (le(x, y), ge(x, 0))),
        (ge(x**2, y**2), (le(x, y), le(y, 0))),
        (le(x / (1 + x), y / (1 + y)), (le(x, y), gt(x, -1))),
        (lt(sqrt(x), sqrt(y)), (lt(x, y), ge(x, 0))),
        (le(x - sin(x), y - sin(y)), (le(x, y),)),
        (le(a * x + c, a * y + c), (le(x, y), ge(a, 0))),
        (le(x**3 - x * a, y**3 - y * a), (le(x, y), ge(x, a), ge(a, 1))),
    ],
)
def test_a_slope_of_one_sign_orders_the_values(statement: Any, given: Any) -> None:
    answer = tried(statement, *given, by=GROWS)
    assert answer.holds, answer.reason


@pytest.mark.parametrize(
    ("statement", "given", "text"),
    [
        (le(x**2, y**2), (le(x, y),), "is -2 at"),
        (lt(x**3, y**3), (lt(x, y),), "is 0 at"),
        (lt(exp(x), exp(y)), (le(x, y),), "x < y"),
        (le(exp(x), exp(y)), (), "x <= y"),
        (ge(1 / x, 1 / y), (le(x, y), ne(x, 0), ne(y, 0)), "smooth inside"),
        (le(tan(x), tan(y)), (le(x, y), ne(sympy.cos(x), 0)), "has value|smooth|divides"),
        (le(absolute(x), absolute(y)), (le(x, y), ge(x, 0)), "not known to be analytic"),
        (le(sign(x), sign(y)), (le(x, y), ge(x, 0)), "decides a branch|analytic"),
        (le(f(x), f(y)), (le(x, y),), "not known to be analytic"),
        (le(log(x), log(y)), (le(x, y),), "positive"),
        (le(exp(x), exp(y) - 1), (le(x, y),), "never zero"),
        (le(exp(x), exp(x)), (le(x, y),), "one side must depend on x alone"),
        (le(x * y, y), (le(x, y),), "one side must depend on x alone"),
        (eq(x, y), (le(x, y),), "<, <=, > and >= only"),
        (tends(x, x, 0, 0), (), "inequalities between scalars"),
    ],
)
def test_what_does_not_grow_is_refused(statement: Any, given: Any, text: str) -> None:
    answer = tried(statement, *given, by=GROWS)
    assert not answer.holds
    assert any(part in answer.reason for part in text.split("|")), answer.reason


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({"low": x}, "needs two symbols"),
        ({"low": x, "high": x}, "needs two symbols"),
        ({"low": 0, "high": x}, "needs two symbols"),
        ({"low": x, "high": y, "order": 2}, "no option `order`"),
    ],
)
def test_the_two_points_are_symbols(options: Any, text: str) -> None:
    assert text in tried(le(exp(x), exp(y)), le(x, y), by=by.monotone(**options)).reason


# -- comparison -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("statement", "given", "options"),
    [
        (ge(exp(x), 1 + x + x**2 / 2), (ge(x, 0),), {}),
        (le(exp(x), 1 + x + x**2 / 2), (le(x, 0),), {}),
        (ge(exp(x), 1 + x), (), {}),
        (gt(exp(x), x), (), {}),
        (gt(exp(x), 1 + x), (ne(x, 0),), {}),
        (lt(log(x), x - 1), (gt(x, 1),), {"at": 1}),
        (ge(x * log(x), x - 1), (gt(x, 0),), {"at": 1}),
        (ge((1 + x) ** 5, 1 + 5 * x), (ge(x, -1),), {}),
        (ge(exp(x), exp(a) * (1 + x - a)), (), {"at": a}),
        (le(sqrt(1 + x), 1 + x / 2), (ge(x, -1),), {"order": 1}),
    ],
)
def test_a_chain_of_derivatives_compares(statement: Any, given: Any, options: Any) -> None:
    answer = tried(statement, *given, by=by.comparison(variable=x, **options))
    assert answer.holds, answer.reason


@pytest.mark.parametrize(
    ("statement", "given", "options", "text"),
    [
        (ge(exp(x), 1 + x + x**2 / 2), (le(x, 0),), {}, "always has the other sign"),
        (ge(exp(x), 1 + x + x**2 / 2), (), {}, "x <= 0: "),
        (gt(exp(x), 1 + x), (ge(x, 0),), {}, "at x = 0"),
        (ge(x, 1), (ge(x, 0),), {}, "at x = 0"),
        (le(log(1 + x), x), (ge(x, -1),), {}, "positive"),
        (ge(-1 / x, -1), (le(x, 1), ne(x, 0)), {"at": 1}, "smooth inside"),
        (ge(absolute(x), x), (ge(x, 0),), {}, "analytic"),
        (ge(exp(x), 1 + x + x**2 / 2), (ge(x, 0),), {"order": 1}, "order 1"),
        (ge(f(x), f(x)), (ge(x, 0),), {"at": x}, "may not depend on x"),
        (ge(x, 0), (ge(x, 0),), {"at": 1 / a}, "divides by"),
        (ge(x, 0), (ge(x, 0),), {"order": 0}, "at least 1"),
        (ge(x, 0), (ge(x, 0),), {"by": 0}, "no option `by`"),
        (eq(x, x), (ge(x, 0),), {}, "inequalities between scalars"),
    ],
)
def test_chains_that_break_are_refused(statement: Any, given: Any, options: Any, text: str) -> None:
    answer = tried(statement, *given, by=by.comparison(variable=x, **options))
    assert not answer.holds
    assert text in answer.reason


def test_a_variable_is_asked_for() -> None:
    assert "needs a variable" in tried(ge(x, 0), by=by.comparison(at=0)).reason


def test_derivatives_that_sympy_gets_wrong_prove_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sympy.Expr, "diff", lambda self, *symbols: sympy.Integer(1))
    answer = tried(ge(sin(x) - x, 0), ge(x, 0), by=FROM_0)
    assert not answer.holds
    assert "is not the derivative of" in answer.reason


def test_the_start_of_an_end_without_a_slope_is_refused() -> None:
    """sqrt has no slope at 0, so that no chain starts there; a slope of one sign is enough."""
    assert tried(ge(sqrt(x), 0), ge(x, 0), by=FROM_0).holds
    refused = tried(ge(sqrt(x) * (x - 2), -x), ge(x, 0), by=FROM_0)
    assert not refused.holds
    assert "at 0, " in refused.reason


# -- in between -----------------------------------------------------------------------------


def between(low: Any, high: Any, *given: Any) -> Between:
    return Between.of(low, high, Context(given, GROWS, rule_named))


@pytest.mark.parametrize(
    ("given", "inherited"),
    [
        ((ge(x, 0),), {ge(INSIDE, 0)}),
        ((lt(y, 0),), {lt(INSIDE, 0)}),
        ((ge(x, a), le(2 * y, 3)), {ge(INSIDE, a), le(2 * INSIDE, 3)}),
        ((ge(y, 0),), set()),
        ((ne(x, 0), ne(y, 0)), set()),
        ((ge(x**2, 1), ge(y**2, 1)), set()),
        ((gt(1 / x, 0), gt(1 / y, 0)), set()),
    ],
)
def test_what_is_affine_and_holds_at_both_ends_holds_in_between(given: Any, inherited: Any) -> None:
    found = set(between(x, y, le(x, y), *given).inherited)
    assert inherited == found - {ge(INSIDE, x), le(INSIDE, y), le(x, INSIDE), le(INSIDE, INSIDE)}


def test_a_relation_is_shown_by_its_sign_or_by_an_identity() -> None:
    context = Context((ge(x * y, 1), gt(x, 0)), GROWS, rule_named)
    assert shown(gt(x, 0), context).holds
    assert shown(gt(y, 0), context).holds
    assert not shown(ge(y, 1), context).holds
