"""**Transition operators** against every path of the noise, one by one."""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import pytest
import sympy
from sympy import Expr

from verifier import (
    Q,
    Space,
    dot,
    exp,
    family,
    indices,
    law,
    markov_chain,
    product_law,
    rademacher,
    reals,
    sqrt,
    uniform_index,
    uniform_law,
)
from verifier.errors import UnsupportedError
from verifier.exact.chains import MarkovChain
from verifier.process.after import enclosed_moment, exact_moment
from verifier.process.system import moment_system
from verifier.process.transition import Transition

x, y, z, w, a, b, c, eta, S = reals("x y z w a b c eta S")
(i,) = indices("i")
X = family("X", 3)
V = family("V", 3, space=Space())
(u,) = Space().vectors("u")
THIRDS = law(z, {0: Q(1, 3), 2: Q(2, 3)})
NOISES = product_law(THIRDS, rademacher(w))
NEURON = markov_chain(
    {x: x - 2 * eta * (x * y + w) * y, y: y - 2 * eta * (x * y + w) * x}, rademacher(w)
)


def by_paths(chain: MarkovChain, observable: Expr, start: Sequence[Any], steps: int) -> Expr:
    """E[observable(X_t)] as the sum over all paths."""
    total = sympy.Integer(0)
    for path in itertools.product(chain.law.outcomes, repeat=steps):
        state, chance = tuple(map(sympy.sympify, start)), sympy.Integer(1)
        for values, weight in path:
            names = (*chain.state, *chain.law.noise)
            own = dict(zip(chain.state, state, strict=True))
            chance *= weight.subs(own, simultaneous=True)
            drawn = (value.subs(own, simultaneous=True) for value in values)
            there = dict(zip(names, (*state, *drawn), strict=True))
            state = tuple(f.subs(there, simultaneous=True) for f in chain.step)
        ends = dict(zip(chain.state, state, strict=True))
        total += chance * observable.subs(ends, simultaneous=True)
    return sympy.expand(total)


@pytest.mark.parametrize("steps", [0, 1, 3])
@pytest.mark.parametrize(
    ("chain", "observable", "start"),
    [
        (markov_chain({x: x / 3 + z + w}, NOISES), x**3, (Q(1, 2),)),
        (markov_chain({x: x / 2 + z, y: y / 3 + x * w + 1}, NOISES), x * y**2, (1, Q(-2, 3))),
        (markov_chain({x: x / 2 + w, S: S + x**2}, rademacher(w)), S**2 * x**2, (3, 0)),
        (markov_chain({x: a * x + c * w}, rademacher(w)), x**4 + a * x, (b,)),
        (markov_chain({x: x + w * sqrt(c)}, rademacher(w)), x**4, (1,)),
        (markov_chain({x: x / 2 + w}, rademacher(w)), exp(a * x), (b,)),
        (markov_chain({x: exp(-(x**2)) + w}, rademacher(w)), x**2, (0,)),
        (markov_chain({x: x + z}, law(z, [(1 - x, x), (-x, 1 - x)])), x, (a,)),
    ],
)
def test_moments_are_sums_over_paths(chain: Any, observable: Any, start: Any, steps: int) -> None:
    begun = dict(zip(chain.state, start, strict=True))
    ours = exact_moment(chain, observable, start=begun, steps=steps)
    assert 0 == sympy.expand(ours - by_paths(chain, observable, start, steps))


@pytest.mark.parametrize("steps", [1, 2, 3])
def test_moments_that_do_not_close_are_followed_step_by_step(steps: int) -> None:
    ours = exact_moment(NEURON, y, start={x: 0, y: 1}, steps=steps)
    assert 0 == sympy.expand(ours - by_paths(NEURON, y, (0, 1), steps))


def test_random_affine_chains_agree_with_their_paths() -> None:
    draw = random.Random(5)
    for _ in range(12):
        p, q, r, s, u, v = (Q(draw.randint(-4, 4), draw.randint(1, 4)) for _ in range(6))
        chain = markov_chain({x: p * x + q * y + z, y: r * x + s * y + u * z + v}, THIRDS)
        observable = x ** draw.randint(0, 3) * y ** draw.randint(0, 2) + x
        start = (Q(draw.randint(-3, 3), 2), Q(draw.randint(-3, 3), 3))
        ours = exact_moment(chain, observable, start=dict(zip((x, y), start, strict=True)), steps=3)
        assert by_paths(chain, observable, start, 3) == ours


@pytest.mark.parametrize("steps", [1, 5, 40])
def test_balls_hold_the_exact_moment(steps: int) -> None:
    chain = markov_chain({x: x / 2 + z, y: y - x / 5}, THIRDS)
    start = {x: Q(1, 7), y: 2}
    exactly = exact_moment(chain, x * y, start=start, steps=steps)
    ball = enclosed_moment(chain, x * y, start=start, steps=steps, bits=100)
    middle = Fraction(int(exactly.p), int(exactly.q))
    assert ball.overlaps(ball * 0 + middle.numerator / (ball * 0 + middle.denominator))
    assert ball.rel_accuracy_bits() >= 100


def test_a_billion_steps_of_a_walk_are_a_billion() -> None:
    walk = markov_chain({x: x + w}, rademacher(w))
    ball = enclosed_moment(walk, x**2, start={x: 0}, steps=10**9)
    assert ball == 10**9
    fourth = enclosed_moment(walk, x**4, start={x: 0}, steps=10**9)
    assert fourth == 3 * 10**18 - 2 * 10**9


def test_the_first_monomial_that_leads_on_is_named() -> None:
    with pytest.raises(UnsupportedError, match=r"that of x after a step has x\*y\*\*2 in it"):
        moment_system(NEURON, x)
    with pytest.raises(UnsupportedError, match=r"that of x\*\*2 after a step has x\*\*4 in it"):
        moment_system(markov_chain({x: x**2 + w}, rademacher(w)), x**2)


def test_a_sum_of_squares_closes_although_its_degree_grows() -> None:
    system = moment_system(markov_chain({x: a * x + w, S: S + x**2}, rademacher(w)), S**2)
    assert {(0, 0), (2, 0), (4, 0), (0, 1), (2, 1), (0, 2)} == set(system.monomials)


@pytest.mark.parametrize(
    ("chain", "text"),
    [
        (markov_chain({x: exp(x) + w}, rademacher(w)), "no polynomial in the state"),
        (markov_chain({x: x / w}, rademacher(w)), "no polynomial in the state"),
        (markov_chain({x: x + z}, law(z, {x: 1})), "x in the law depends on the state"),
        (markov_chain({x: x + z}, law(z, [(1, x), (0, 1 - x)])), "in the law depends on the state"),
        (markov_chain({x: x + 1}, uniform_index(i, "n")), "A drawn index is listed for sizes"),
        (markov_chain({x: x + 1}, uniform_index(i, 99)), "A drawn index is listed for sizes"),
        (markov_chain({x: x + dot(V[i], u)}, uniform_index(i, 3)), "draws a vector"),
    ],
)
def test_what_is_no_polynomial_chain_is_refused(chain: MarkovChain, text: str) -> None:
    with pytest.raises(UnsupportedError, match=text):
        Transition.of(chain, x)


def test_drawn_data_are_listed_when_they_are_numbered() -> None:
    draws = product_law(rademacher(w), uniform_index(i, 3))
    sampled = markov_chain({x: x - (X[i] * x - w) * X[i] / 5}, draws)
    ours = exact_moment(sampled, x**2, start={x: 1}, steps=1)
    gaps = [(1 - (X[k] - s) * X[k] / 5) ** 2 / 6 for k in (1, 2, 3) for s in (1, -1)]
    assert 0 == sympy.expand(ours - sum(gaps))
    numbered = markov_chain({x: x + i}, uniform_index(i, 4))
    assert Q(15, 2) == exact_moment(numbered, x**2, start={x: 0}, steps=1)


def test_an_observable_is_of_the_state_alone() -> None:
    with pytest.raises(UnsupportedError, match="function of the state alone"):
        Transition.of(markov_chain({x: x + w}, rademacher(w)), x * w)


def test_what_would_be_too_long_is_refused() -> None:
    chain = markov_chain({x: x * Q(999, 1000) + z}, uniform_law(z, range(5)))
    with pytest.raises(UnsupportedError, match="too long a number"):
        exact_moment(chain, x, start={x: 0}, steps=10**6)
    with pytest.raises(UnsupportedError, match="more than are followed"):
        exact_moment(markov_chain({x: a * x}, THIRDS), x, start={x: 1}, steps=10**6)
