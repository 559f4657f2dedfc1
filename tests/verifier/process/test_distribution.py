"""**Laws of states** against the binomial law, and events at their ends."""

from __future__ import annotations

from math import comb

import pytest
from flint import fmpq

from verifier import (
    Q,
    eq,
    exact_chance,
    exact_law,
    exact_moment,
    ge,
    gt,
    law,
    le,
    lt,
    markov_chain,
    ne,
    rademacher,
    reals,
)
from verifier.errors import UnsupportedError

x, y, z, a = reals("x y z a")
WALK = markov_chain({x: x + z}, rademacher(z))


@pytest.mark.parametrize("steps", [0, 1, 2, 7])
def test_a_walk_is_binomial(steps: int) -> None:
    found = exact_law(WALK, start={x: 0}, steps=steps)
    ups = range(steps + 1)
    assert {(fmpq(2 * k - steps),): fmpq(comb(steps, k), 2**steps) for k in ups} == found


@pytest.mark.parametrize(
    ("event", "chance"),
    [(ge(x, 2), 5), (gt(x, 2), 1), (le(x, 2), 15), (lt(x, 2), 11), (eq(x, 2), 4), (ne(x, 2), 12)],
)
def test_ends_of_an_event_count_as_it_says(event: object, chance: int) -> None:
    assert Q(chance, 16) == exact_chance(WALK, event, start={x: 0}, steps=4)


def test_moments_are_those_of_the_law() -> None:
    chain = markov_chain({x: x / 2 + z, y: y + x * z}, law(z, {0: Q(1, 3), 2: Q(2, 3)}))
    start = {x: 1, y: Q(1, 2)}
    found = exact_law(chain, start=start, steps=5)
    mean = sum((p * u * v**2 for (u, v), p in found.items()), fmpq(0))
    exactly = exact_moment(chain, x * y**2, start=start, steps=5)
    assert (mean.p, mean.q) == (exactly.p, exactly.q)
    assert 1 == sum(found.values(), fmpq(0))


def test_what_is_not_a_law_of_numbers_is_refused() -> None:
    with pytest.raises(UnsupportedError, match="give numbers for a"):
        exact_law(markov_chain({x: a * x}, rademacher(z)), start={x: 1}, steps=1)
    with pytest.raises(UnsupportedError, match="moves are not followed"):
        exact_law(markov_chain({x: x / 3 + z}, rademacher(z)), start={x: 1}, steps=30)
