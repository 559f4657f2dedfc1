"""**Drift**: bounds of moments from one step, sets that are kept, and what neither shows."""

from __future__ import annotations

from typing import Any

import pytest

from verifier import (
    Q,
    by,
    chance_after,
    exp,
    family,
    ge,
    gt,
    indices,
    law,
    le,
    log,
    lt,
    markov_chain,
    moment_after,
    negation,
    product_law,
    rademacher,
    reals,
    sqrt,
    tanh,
    total,
    uniform_index,
    within,
)
from verifier.derive.context import Context, Discharge
from verifier.derive.side import rule_named
from verifier.errors import UnsupportedError

x, y, z, a, b, c, eta = reals("x y z a b c eta")
(x0,) = reals("x_0")
t, i = indices("t i")
X = family("X", "n")
FAIR = rademacher(z)
WALK = markov_chain({x: x + z}, FAIR)
SQUARED = markov_chain({x: x**2 / 2 + z / 4}, FAIR)
FROM_ZERO: dict[str, Any] = {"start": {x: 0}, "time": t}
BOX = within(x, -1, 1)


def tried(statement: Any, *given: Any, **options: Any) -> Discharge:
    context = Context(given, by.moments(**options), rule_named)
    return rule_named("moments").discharge(statement, context)


def reason(statement: Any, *given: Any, **options: Any) -> str:
    try:
        answer = tried(statement, *given, **options)
    except UnsupportedError as fault:
        return str(fault)
    assert not answer.holds
    assert not answer.disproof
    return answer.reason


def test_a_bound_of_one_step_is_one_of_all() -> None:
    shrinking = markov_chain({x: a * tanh(x) * x + z}, FAIR)
    bounded = moment_after(shrinking, x**2, 4, op="<=", **FROM_ZERO)
    assert "one step" in reason(bounded, drift=(Q(3, 4), 1))
    halved = markov_chain({x: x / 2 + z * tanh(x)}, FAIR)
    assert tried(moment_after(halved, x, 0, **FROM_ZERO), drift=(Q(1, 2), 0)).holds


def test_an_equation_of_one_step_is_one_of_all_even_without_closure() -> None:
    grown = (exp(a) + exp(-a)) / 2
    statement = moment_after(WALK, exp(a * x), grown**t * exp(a * x0), start={x: x0}, time=t)
    assert tried(statement, drift=(grown, 0)).holds
    assert "no polynomial" in reason(statement)


def test_all_data_and_all_times_at_once() -> None:
    draws = product_law(FAIR, uniform_index(i, "n"))
    chain = markov_chain({x: x - 2 * eta * (X[i] * x - z) * X[i]}, draws)
    factor = 1 - 2 * eta * total(X[i] ** 2, i) / X.size
    statement = moment_after(chain, x, factor**t * x0, start={x: x0}, time=t)
    assert tried(statement, drift=(factor, 0)).holds
    assert "one step" in reason(statement, drift=(1 - eta, 0))


def test_a_set_that_is_kept_is_where_all_states_are() -> None:
    surely = chance_after(SQUARED, le(x, 1), 1, op="==", **FROM_ZERO)
    assert tried(surely, kept=BOX, shape=by.positivstellensatz).holds
    confined = moment_after(SQUARED, x**2, Q(5, 12), op="<=", **FROM_ZERO)
    options = {"drift": (Q(1, 4), Q(5, 16)), "shape": by.positivstellensatz}
    assert tried(confined, kept=BOX, **options).holds
    assert "one step" in reason(confined, **options)


def test_values_are_asked_where_the_states_are() -> None:
    rooted = markov_chain({x: sqrt(x) / 2 + 1 + z / 2}, FAIR)
    statement = moment_after(rooted, x, Q(5, 2), op="<=", start={x: 1}, time=t)
    options = {"drift": (Q(1, 2), Q(5, 4)), "shape": by.positivstellensatz}
    assert tried(statement, kept=ge(x, Q(1, 4)), **options).holds
    assert "the value of sqrt(x)" in reason(statement, **options)


@pytest.mark.parametrize(
    ("statement", "given", "options", "text"),
    [
        (moment_after(WALK, x, 0, op="<", **FROM_ZERO), (), {"drift": (1, 0)}, "and no `<`"),
        (moment_after(WALK, x, 0, **FROM_ZERO), (), {"drift": 1}, "is a pair (c, b)"),
        (moment_after(WALK, x, 0, **FROM_ZERO), (), {"drift": (1, x)}, "`x` moves"),
        (moment_after(WALK, x, 0, **FROM_ZERO), (), {"drift": (1, z)}, "`z` moves"),
        (moment_after(WALK, x, 0, **FROM_ZERO), (), {"drift": (1, t)}, "`t` counts the steps"),
        (
            moment_after(WALK, x**2, t + 1, **FROM_ZERO),
            (ge(t, 2),),
            {"drift": (1, 1)},
            "1 == 2",
        ),
        (
            moment_after(WALK, x, 0, op="<=", start={x: 1}, time=2),
            (gt(x, 0),),
            {"drift": (0, 0)},
            "one step",
        ),
        (moment_after(WALK, x, 0, start={x: 0}, time=999), (), {"drift": (1, 0)}, "up to 200"),
        (chance_after(WALK, le(x, 1), 1, **FROM_ZERO), (), {"kept": 1}, "lists relations"),
        (chance_after(WALK, le(x, 1), 1, **FROM_ZERO), (), {"kept": le(z, 1)}, "the state alone"),
        (chance_after(WALK, le(x, 1), 1, **FROM_ZERO), (), {"kept": BOX}, "x - 1 >= -1"),
        (
            chance_after(WALK, le(x, 1), 1, start={x: 2}, time=t),
            (),
            {"kept": BOX},
            "x <= 1 at the start",
        ),
        (
            chance_after(markov_chain({x: z}, FAIR), lt(x, 1), 1, op=">=", **FROM_ZERO),
            (),
            {"kept": BOX},
            "x < 1",
        ),
        (
            chance_after(markov_chain({x: i}, uniform_index(i, "n")), ge(x, 0), 1, **FROM_ZERO),
            (),
            {"kept": ge(x, 0)},
            "a drawn index",
        ),
        (
            chance_after(markov_chain({x: x}, FAIR), ge(log(x), 0), 1, **FROM_ZERO),
            (),
            {"kept": ge(x, 0)},
            "log(x)",
        ),
        (
            negation(chance_after(markov_chain({x: z}, FAIR), le(x, 1), 1, op=">=", **FROM_ZERO)),
            (),
            {"kept": BOX},
            "1 < 1",
        ),
        (
            moment_after(markov_chain({x: x + z}, law(z, {1: 1, 0: b})), x, 0, **FROM_ZERO),
            (),
            {"drift": (1, 1)},
            "b + 1 == 1",
        ),
    ],
)
def test_what_is_not_shown_is_refused(statement: Any, given: Any, options: Any, text: str) -> None:
    shape = {"shape": by.linear} if "kept" in options else {}
    assert text in reason(statement, *given, **options, **shape)
