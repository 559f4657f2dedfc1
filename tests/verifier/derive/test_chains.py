"""**Chains**: moments after t steps by induction, in balls, and in the limit; what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from verifier import (
    Claim,
    Paper,
    Q,
    Step,
    by,
    chance_after,
    ge,
    gt,
    indices,
    law,
    le,
    log,
    lt,
    markov_chain,
    moment_after,
    moment_tends,
    negation,
    rademacher,
    reals,
    sqrt,
)
from verifier.by import Justification
from verifier.derive.context import Context, Discharge
from verifier.derive.ground import decide_exactly
from verifier.derive.side import derive_claim, rule_named
from verifier.errors import StatementError, UnsupportedError
from verifier.exact.substitution import names_in, substitute

x, y, z, a, c, p, s = reals("x y z a c p s")
(t,) = indices("t")
FAIR = rademacher(z)
WALK = markov_chain({x: x + z}, FAIR)
AR = markov_chain({x: a * x + s * z}, FAIR)
SLOW = markov_chain({x: Q(999, 1000) * x + z / 10}, FAIR)
LOGISTIC = markov_chain({x: x / (1 + x**2) + z}, FAIR)
UNLAWFUL = markov_chain({x: x / 2 + z}, law(z, {1: 2}))
FROM_ZERO: dict[str, Any] = {"start": {x: 0}, "time": t}


def tried(statement: Any, *given: Any, by: Justification = by.moments) -> Discharge:
    return rule_named("moments").discharge(statement, Context(given, by, rule_named))


def reason(statement: Any, *given: Any, by: Justification = by.moments) -> str:
    try:
        answer = tried(statement, *given, by=by)
    except UnsupportedError as fault:
        return str(fault)
    assert not answer.holds
    return answer.reason


@pytest.mark.parametrize(
    ("statement", "options", "text"),
    [
        (moment_after(WALK, x**2, 2 * t, **FROM_ZERO), {}, "never zero"),
        (moment_after(WALK, x**4, t, **FROM_ZERO), {}, "`closed` has no form for x**2"),
        (moment_after(WALK, x, 1, op="<=", **FROM_ZERO), {}, "`closed` has no form for x,"),
        (moment_after(WALK, x**2 + t, 2 * t, **FROM_ZERO), {}, "`t` counts the steps"),
        (
            moment_after(markov_chain({x: x + z / t}, FAIR), x, 0, **FROM_ZERO),
            {},
            "`t` counts the steps, and stands in the chain",
        ),
        (
            moment_after(WALK, x**2, t, **FROM_ZERO),
            {"closed": {x**2 + x: t}},
            "one leading monomial",
        ),
        (moment_after(WALK, a * x**2, a * t, **FROM_ZERO), {}, "a number before its leading"),
        (moment_after(WALK, 3, 2, **FROM_ZERO), {}, "never zero"),
        (moment_after(AR, x, 0, start={x: 0}, time=10**4), {}, "more than are followed"),
        (
            moment_after(SLOW, x**2, 5, start={x: 0}, time=10**9, op="<"),
            {},
            "the moment is [5.0025",
        ),
        (moment_after(SLOW, x**2, sqrt(5), start={x: 0}, time=10**9), {}, "too long a number"),
        (moment_after(SLOW, x, 0, start={x: 0}, time=10**9), {}, "which does not tell"),
        (moment_tends(WALK, x**2, 0), {}, "keeps what it began with"),
        (moment_tends(AR, x, 0), {}, "a < 1: the sign of"),
        (negation(moment_tends(AR, x, 0)), {}, "shown for numbers alone"),
        (negation(moment_after(WALK, x**2, 3, start={x: 0}, time=3)), {}, "3 != 3"),
        (moment_tends(markov_chain({x: a * y, y: x}, FAIR), x, 0), {}, "feed each other"),
        (moment_tends(markov_chain({x: x**2}, FAIR), x, 0), {}, "do not close"),
        (chance_after(AR, ge(x, 1), 1, start={x: 0}, time=3), {}, "give numbers for a, s"),
        (chance_after(WALK, ge(x, c), 1, start={x: 0}, time=3), {}, "give numbers for c"),
        (chance_after(WALK, ge(x, 1), 1, start={x: 0}, time=10**4), {}, "not followed one by one"),
        (chance_after(WALK, ge(x, 1), 1, **FROM_ZERO), {}, "t is no number of steps"),
        (
            chance_after(WALK, ge(log(x), 1), 1, start={x: 0}, time=2),
            {"test": x**2},
            "the value of log(x)",
        ),
        (chance_after(WALK, ge(x, 1), 1, start={x: 0}, time=2), {"test": x * z}, "the state alone"),
    ],
)
def test_what_is_not_shown_is_refused(statement: Any, options: Any, text: str) -> None:
    assert text in reason(statement, by=by.moments(**options))


def test_a_hypothesis_on_the_time_is_used_at_the_end_alone() -> None:
    late = moment_after(WALK, x**2, 4, op=">=", **FROM_ZERO)
    closed = by.moments(closed={x**2: t})
    assert tried(late, ge(t, 4), by=closed).holds
    assert "the sign of" in reason(late, by=closed)
    assert "never zero" in reason(moment_after(WALK, x**2, t + 1, **FROM_ZERO), ge(t, 3))


def test_a_hypothesis_on_the_state_is_about_another() -> None:
    drifting = markov_chain({x: x + a + z}, FAIR)
    assert not tried(moment_tends(markov_chain({x: x * a}, FAIR), x, 0), lt(x, 0)).holds
    assert "the difference" in reason(moment_after(drifting, x, 0, start={x: 0}, time=1), gt(x, 0))


@pytest.mark.parametrize(
    ("statement", "given", "options"),
    [
        (chance_after(WALK, ge(x**2, 4), Q(1, 3), start={x: 0}, time=2), (), {"test": x**2}),
        (chance_after(WALK, ge(x**2, 4), Q(1, 2), start={x: 0}, time=2), (), {"test": -(x**2)}),
        (moment_after(WALK, x**2, t, **FROM_ZERO), (), {"closed": {x: t, x**2: t}}),
        (moment_after(WALK, x**2, t * (t - 1), **FROM_ZERO), (ge(t, 2), le(t, 2)), {}),
        (moment_tends(markov_chain({x: 2 * x + y, y: y / 2}, FAIR), x * 0 + y, 0), (), {}),
    ],
)
def test_a_choice_that_fails_is_no_disproof(statement: Any, given: Any, options: Any) -> None:
    assert not tried(statement, *given, by=by.moments(**options)).disproof


def test_a_moment_that_differs_is_a_disproof() -> None:
    assert tried(moment_after(WALK, x**2, 4, start={x: 0}, time=3)).disproof
    assert tried(chance_after(WALK, ge(x, 3), 0, start={x: 0}, time=3)).disproof
    closed = by.moments(closed={x**2: t})
    assert tried(moment_after(WALK, x**2, t + 1, **FROM_ZERO), by=closed).disproof


def test_closed_forms_may_be_of_polynomials() -> None:
    chain = markov_chain({x: x / 2 + y, y: y / 2 + z}, FAIR)
    start = {x: 1, y: 0}
    halved = moment_after(chain, x, 2 ** (-t), start=start, time=t)
    assert "no form for y" in reason(halved)
    by_mean = by.moments(closed={y: 0})
    assert tried(halved, by=by_mean).holds
    assert tried(moment_after(chain, x + y, 2 ** (-t), start=start, time=t), by=by_mean).holds


def test_the_scope_says_for_how_many_steps() -> None:
    claim = Claim(
        id="trial/walk",
        title="A walk",
        source=Paper("trial", "Walks", "Nobody", 2024, "").at("Trial", section="1"),
        given={},
        then={"square": moment_after(WALK, x**2, t, **FROM_ZERO)},
        derivation=[Step("square", ..., by.moments)],
    )
    evidence = derive_claim(claim)
    assert ("every whole number t", True) == (evidence.scope, evidence.complete)


@pytest.mark.parametrize(
    ("statement", "answer"),
    [
        (moment_after(WALK, x**2, 7, start={x: 0}, time=7), "true"),
        (moment_after(WALK, x**2, 8, start={x: 0}, time=7), "false"),
        (moment_after(SLOW, x**2, 5, start={x: 0}, time=10**9), "false"),
        (moment_after(SLOW, x**2, 5, start={x: 0}, time=10**9, op="!="), "true"),
        (moment_after(UNLAWFUL, x, 0, start={x: 0}, time=0), "false"),
        (moment_after(SLOW, x**2, 5, start={x: 0}, time=2000, op="<"), "true"),
        (moment_after(SLOW, x**2, 5, start={x: 0}, time=2000, op=">="), "false"),
        (moment_after(SLOW, x**2, 5, start={x: 0}, time=2000), "false"),
        (moment_after(LOGISTIC, x, 5, start={x: Q(1, 3)}, time=40), "unknown"),
        (moment_tends(markov_chain({x: 2 * x + z}, FAIR), x**2, Q(-1, 3)), "false"),
        (moment_tends(markov_chain({x: x / 2 + z}, FAIR), x**2, Q(4, 3)), "true"),
        (moment_tends(markov_chain({x: x / 2 + z}, FAIR), x**2, sqrt(2)), "false"),
        (moment_tends(markov_chain({x: x**2 / 2 + z}, FAIR), x, 1), "unknown"),
        (moment_after(WALK, x, 0, start={x: 0}, time=t), "unknown"),
        (chance_after(WALK, ge(x, 3), Q(1, 8), start={x: 0}, time=3), "true"),
        (chance_after(WALK, ge(x, 3), Q(1, 9), start={x: 0}, time=3), "false"),
        (chance_after(UNLAWFUL, ge(x, 3), 9, start={x: 0}, time=3), "false"),
        (chance_after(AR, ge(x, 3), 1, start={x: 0}, time=3), "unknown"),
    ],
)
def test_moments_of_numbers_are_decided(statement: Any, answer: str) -> None:
    if "t" in names_in(statement):
        statement = substitute(statement, {t: Q(1, 2)})
    assert answer == decide_exactly(statement).answer.value


@pytest.mark.parametrize(
    ("without_meaning", "text"),
    [
        (lambda: moment_after(WALK, x, 0, start={x: 0}, time=-1), "a number of steps"),
        (lambda: moment_after(WALK, x, 0, start={x: 0}, time=a), "a number of steps"),
        (lambda: moment_after(WALK, x, 0, start={y: 0}, time=1), "a value for each of x"),
        (lambda: moment_after(WALK, x, 0, start={x: x}, time=1), "`x` moves or is drawn"),
        (lambda: moment_after(WALK, x, z, start={x: 0}, time=1), "`z` moves or is drawn"),
        (lambda: moment_after(WALK, x * z, 0, start={x: 0}, time=1), "`z` is drawn, and stands"),
        (lambda: chance_after(WALK, ge(x, z), 1, start={x: 0}, time=1), "`z` is drawn, and stands"),
        (lambda: chance_after(WALK, x, 1, start={x: 0}, time=1), "An event is a relation"),
        (lambda: chance_after(WALK, ge(x, 1), x, start={x: 0}, time=1), "`x` moves or is drawn"),
        (lambda: moment_tends(WALK, x, x), "`x` moves or is drawn"),
        (lambda: moment_tends(WALK, z, 0), "`z` is drawn, and stands"),
    ],
)
def test_what_means_nothing_cannot_be_written(without_meaning: Any, text: str) -> None:
    with pytest.raises(StatementError, match=text):
        without_meaning()


def test_the_state_is_bound_and_the_rest_is_replaced() -> None:
    statement = moment_after(AR, x**2, c, start={x: p}, time=t)
    assert {"a", "s", "c", "p", "t"} == names_in(statement)
    moved = substitute(statement, {a: 2, x: 5, t: 3})
    chain = markov_chain({x: 2 * x + s * z}, FAIR)
    assert moment_after(chain, x**2, c, start={x: p}, time=3) == moved
    with pytest.raises(StatementError, match="bound"):
        substitute(statement, {p: x})


def test_the_statements_read_well() -> None:
    after = moment_after(WALK, x**2, t, **FROM_ZERO)
    assert (
        "E[x**2] == t after t steps of x' = x + z with z = 1 with weight 1/2, "
        "z = -1 with weight 1/2 from x = 0" == str(after)
    )
    assert r"\mathbb{E}_{t}\left[x^{2}\right] = t" in after.latex()
    assert "E[x] -> 0 from every start of x' = x + z" in str(moment_tends(WALK, x, 0))
    assert r"\xrightarrow[t \to \infty]{} 0" in moment_tends(WALK, x, 0).latex()
