"""**Simulation**: intervals that hold what they claim as often as they claim, and no more."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy
import pytest
from scipy.stats import beta

from verifier import (
    Q,
    Verdict,
    exact_moment,
    exp,
    ge,
    indices,
    law,
    markov_chain,
    rademacher,
    reals,
    simulate,
    uniform_index,
)
from verifier.errors import DomainError, UnsupportedError
from verifier.process.simulation import bounded_mean, clopper_pearson

x, y, z, a, eta = reals("x y z a eta")
(i,) = indices("i")
WALK = markov_chain({x: x + z}, rademacher(z))
AR = markov_chain({x: a * x + z}, law(z, {0: Q(1, 3), 3: Q(2, 3)}))
SEEDS = range(40)


def test_the_exact_moment_is_in_nearly_every_interval() -> None:
    exactly = exact_moment(AR, x, start={x: 1}, steps=6).subs(a, Q(1, 2))
    options: dict[str, Any] = {"start": {x: 1}, "steps": 6, "values": {a: Q(1, 2)}}
    found = [
        simulate(AR, x, **options, between=(0, 6), paths=400, confidence="9/10", seed=seed)
        for seed in SEEDS
    ]
    assert sum(estimate.contains(exactly) for estimate in found) >= 36
    assert all(estimate.high - estimate.low < 1 for estimate in found)


def test_the_exact_chance_is_in_nearly_every_interval() -> None:
    """P(X_4 >= 2) = 5/16 for the walk."""
    found = [
        simulate(WALK, ge(x, 2), start={x: 0}, steps=4, paths=300, confidence="9/10", seed=seed)
        for seed in SEEDS
    ]
    assert 32 <= sum(estimate.contains(Q(5, 16)) for estimate in found)


def test_a_mean_that_is_off_is_seen() -> None:
    estimate = simulate(WALK, x**2, start={x: 0}, steps=10, between=(0, 100), paths=20_000)
    assert [True, False, False] == [estimate.contains(value) for value in (10, 9, 11)]
    assert Verdict.SUPPORTED == estimate.verdict


def test_the_same_seed_is_the_same_estimate() -> None:
    options: dict[str, Any] = {"start": {x: 0}, "steps": 9, "between": (-9, 9), "paths": 50}
    assert simulate(WALK, x, **options) == simulate(WALK, x, **options)
    assert simulate(WALK, x, **options) != simulate(WALK, x, seed=1, **options)


def test_no_steps_leave_the_start() -> None:
    estimate = simulate(WALK, ge(x, 3), start={x: 3}, steps=0, paths=100)
    assert (1, True) == (estimate.high, estimate.low > Fraction(9, 10))


@pytest.mark.parametrize(("hits", "count"), [(0, 10), (3, 10), (10, 10), (50, 1000), (1, 2)])
def test_clopper_and_pearson_are_quantiles_of_beta_laws(hits: int, count: int) -> None:
    low, high = map(float, clopper_pearson(hits, count, Fraction(1, 20)))
    ends = (
        beta.ppf(0.025, hits, count - hits + 1) if hits else 0.0,
        beta.ppf(0.975, hits + 1, count - hits) if hits < count else 1.0,
    )
    assert max(abs(low - ends[0]), abs(high - ends[1])) < 1e-9


def test_little_spread_shortens_the_interval() -> None:
    constant = numpy.full(5000, 0.5)
    spread = numpy.tile([0.0, 1.0], 2500)
    ends = (Fraction(0), Fraction(1))
    low, high, method = bounded_mean(constant, ends, Fraction(1, 100))
    assert ("empirical Bernstein", True) == (method, high - low < Fraction(1, 100))
    low, high, method = bounded_mean(spread, ends, Fraction(1, 100))
    assert ("Hoeffding", True) == (method, high - low > Fraction(1, 30))


def test_an_estimate_says_how_it_came_about() -> None:
    text = str(simulate(WALK, ge(x, 0), start={x: 0}, steps=3, paths=100, seed=7))
    assert "with confidence 99/100 (Clopper-Pearson, 100 paths of 3 steps, seed 7)" in text


@pytest.mark.parametrize(
    ("chain", "observable", "options", "text"),
    [
        (WALK, x, {}, "bounds `between`"),
        (AR, x, {"between": (0, 9)}, "`a` has no value"),
        (WALK, x * a, {"between": (0, 9)}, "`a` has no value"),
        (WALK, x, {"between": (0, 9), "confidence": 1}, "between 0 and 1"),
        (WALK, x, {"between": (0, 9), "paths": 1}, "at least two paths"),
        (WALK, x, {"between": (0, 9), "start": {x: a}}, "a is to be a rational"),
        (markov_chain({x: x + z}, law(z, {1: Q(1, 2)})), x, {"between": (0, 9)}, "1/2 are no law"),
        (markov_chain({x: x + z}, law(z, {1: 2, 0: -1})), x, {"between": (0, 9)}, "are no law"),
        (markov_chain({x: x}, uniform_index(i, 3)), x, {"between": (0, 9)}, "list the data"),
    ],
)
def test_what_is_not_simulated_is_refused(
    chain: Any, observable: Any, options: Any, text: str
) -> None:
    with pytest.raises(UnsupportedError, match=text):
        simulate(chain, observable, **{"start": {x: 0}, "steps": 5, **options})


def test_a_path_that_leaves_the_bounds_is_an_error() -> None:
    with pytest.raises(DomainError, match=r"left \[-1, 1\]"):
        simulate(WALK, x, start={x: 0}, steps=5, between=(-1, 1))
    runaway = markov_chain({x: exp(x) + z}, rademacher(z))
    with numpy.errstate(over="ignore"), pytest.raises(DomainError, match="left the real numbers"):
        simulate(runaway, x, start={x: 1}, steps=9, between=(0, 1))
