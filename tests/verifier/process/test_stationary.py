"""**Limits of moments**: stable or not, exactly, and against eigenvalues."""

from __future__ import annotations

import random
from itertools import pairwise

import numpy
import pytest
import sympy
from flint import arb, fmpq, fmpq_poly

from verifier import Q, law, markov_chain, product_law, rademacher, reals
from verifier.errors import UnsupportedError
from verifier.precision import precision
from verifier.process.after import enclosed_moment
from verifier.process.schur import is_stable
from verifier.process.stationary import convergence_rate, forgets, limit
from verifier.process.system import moment_system

x, y, z, w, a, b, eta, g = reals("x y z w a b eta g")
FAIR = rademacher(z)


@pytest.mark.parametrize(
    ("coefficients", "stable"),
    [
        ([1], True),
        ([0], False),
        ([-1, 2], True),
        ([-1, 1], False),
        ([1, 1], False),
        ([0, 0, 1], True),
        ([1, 0, 1], False),
        ([fmpq(99, 100), 0, 1], True),
        ([fmpq(101, 100), 0, 1], False),
        ([-1, fmpq(1, 2), 0, 2], True),
        ([fmpq(1, 4), -1, 1], True),
        ([1, -2, 1], False),
    ],
)
def test_a_polynomial_is_stable_or_not(coefficients: list[fmpq], stable: bool) -> None:
    assert stable is is_stable(fmpq_poly(coefficients))


def test_stability_is_that_of_the_roots() -> None:
    draw, seen = random.Random(3), set()
    for _ in range(400):
        coefficients = [draw.randint(-9, 9) for _ in range(draw.randint(1, 5))] + [9]
        largest = max(map(abs, numpy.roots(coefficients[::-1])), default=0)
        if abs(largest - 1) > 1e-6:
            seen.add(is_stable(fmpq_poly(coefficients)))
            assert bool(largest < 1) is is_stable(fmpq_poly(coefficients))
    assert {True, False} == seen


def test_the_limit_is_what_many_steps_come_to() -> None:
    draws = product_law(law((a, b), {(1, 2): Q(1, 2), (2, -1): Q(1, 4), (1, 1): Q(1, 4)}), FAIR)
    error = a * x + b * y + z
    chain = markov_chain({x: x - error * a / 20, y: y - error * b / 20}, draws)
    for observable in (x**2, x * y, y**2 + 3 * x, (x + y) ** 4):
        exactly = limit(moment_system(chain, observable)).value
        late = enclosed_moment(chain, observable, start={x: 3, y: -2}, steps=5000, bits=150)
        with precision(160):
            assert abs(late - arb(fmpq(int(exactly.p), int(exactly.q)))) < arb("1e-40")


def test_what_is_seen_of_the_state_alone_must_forget() -> None:
    chain = markov_chain({x: (x + y) / 2 + z, y: (x + y) / 2 + z + 1}, FAIR)
    assert [True, False] == [forgets(moment_system(chain, p)) for p in (y - x, y)]
    assert 1 == limit(moment_system(chain, y - x)).value
    with pytest.raises(UnsupportedError, match="keeps what it began with"):
        limit(moment_system(chain, y))


def test_a_constant_is_its_own_limit() -> None:
    walk = markov_chain({x: x + z}, FAIR)
    assert 3 == limit(moment_system(walk, 3)).value
    assert 0 == limit(moment_system(walk, 0)).value


def test_with_parameters_the_factors_are_handed_back() -> None:
    chain = markov_chain({x: (1 - eta * g) * x + eta * z}, FAIR)
    found = limit(moment_system(chain, x**2))
    assert [0] == [sympy.expand(f - (1 - eta * g) ** 2) for f in found.factors]
    assert 0 == sympy.cancel(found.value - eta**2 / (1 - (1 - eta * g) ** 2))


def test_parameters_that_feed_each_other_are_refused() -> None:
    chain = markov_chain({x: a * y + z, y: b * x}, FAIR)
    with pytest.raises(UnsupportedError, match="feed each other"):
        limit(moment_system(chain, x))


def test_the_rate_bounds_the_spectral_radius_and_nearly_is_it() -> None:
    chain = markov_chain({x: x / 2 + y + z, y: y / 3}, FAIR)
    bound = convergence_rate(chain, x)
    assert arb(fmpq(1, 2)) <= bound < arb("0.5001")
    assert convergence_rate(markov_chain({x: z}, FAIR), x) == 0
    radii = [convergence_rate(chain, p) for p in (x, x**2)]
    assert all(late <= early for early, late in pairwise(radii))
