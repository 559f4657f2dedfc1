"""**Laws and chains**: expectations over finitely many outcomes, written out."""

from __future__ import annotations

from typing import Any

import pytest
import sympy

from verifier import (
    Q,
    eq,
    expects,
    family,
    ge,
    indices,
    law,
    log,
    markov_chain,
    product_law,
    rademacher,
    reals,
    sqrt,
    total,
    uniform_index,
    uniform_law,
)
from verifier.errors import ExactnessError, StatementError, UnsupportedError
from verifier.exact.laws import Law
from verifier.exact.substitution import names_in, substitute

x, y, z, w, p = reals("x y z w p")
i, j = indices("i j")
X = family("X", "n")
COIN = law(z, {1: p, 0: 1 - p})


def test_a_mean_is_the_weighted_sum_over_outcomes() -> None:
    assert p * (x + 1) ** 2 + (1 - p) * x**2 == COIN.mean((x + z) ** 2)
    assert (eq(1, 1), ge(p, 0), ge(1 - p, 0)) == COIN.is_law()


def test_a_product_has_every_pair_of_outcomes() -> None:
    made = product_law(COIN, rademacher(w, 2))
    assert (z, w) == made.noise
    assert ((1, 2), (1, -2), (0, 2), (0, -2)) == tuple(values for values, _ in made.outcomes)
    assert (p / 2, p / 2, (1 - p) / 2, (1 - p) / 2) == made.weights


def test_a_value_that_is_listed_twice_counts_twice() -> None:
    assert Q(5, 3) == uniform_law(z, [1, 2, 2]).mean(z)


def test_an_index_is_averaged_over_its_size() -> None:
    drawn = product_law(rademacher(z), uniform_index(i, "n"))
    halves = (total(sign * X[i], i) / X.size / 2 for sign in (1, -1))
    assert sum(halves) == drawn.mean(z * X[i])
    assert total(X[i] ** 2, i) / X.size == uniform_index(i, "n").mean(X[i] ** 2)
    assert drawn == drawn.rebuilt(*drawn.parts())
    assert {i, z} == drawn.bound()
    assert "z = 1 with weight 1/2, z = -1 with weight 1/2, i uniform on 1..n" == str(drawn)


def test_a_joint_law_has_a_value_of_each_noise() -> None:
    joint = law((z, w), [((1, 2), Q(1, 3)), ((-1, x), Q(2, 3))])
    assert 2 * Q(1, 3) - Q(2, 3) * x == joint.mean(z * w)
    assert joint == joint.rebuilt(*joint.parts())


def test_what_must_have_a_value_is_asked_at_each_outcome() -> None:
    assert {-1, Q(-1, 3), log(x)} == set(rademacher(z).needs(z * log(x) / (z - 2)))
    assert (sqrt(x),) == law(z, {0: 1}).needs(z * sqrt(x))
    assert (1 / p,) == law(z, [(0, 1 / p)]).needs(z**2)


def test_a_chain_moves_its_whole_state_at_once() -> None:
    swap = markov_chain({x: y, y: x + z}, rademacher(z))
    assert y * (x + z) == swap.after(x * y)
    assert 0 == sympy.expand(swap.expected(y**2) - x**2 - 1)


def test_the_noise_is_bound_and_the_rest_is_replaced() -> None:
    statement = expects((x + z) ** 2, COIN, y)
    assert {"x", "p", "y"} == names_in(statement)
    moved = substitute(statement, {x: 3, p: Q(1, 2), z: 7})
    assert expects((3 + z) ** 2, uniform_law(z, [1, 0]), y) == moved
    with pytest.raises(StatementError, match="bound"):
        substitute(statement, {x: z})


def test_a_statement_reads_well() -> None:
    statement = expects(x * z, rademacher(z), 0)
    assert "E[x*z] == 0 for z = 1 with weight 1/2, z = -1 with weight 1/2" == str(statement)
    assert r"\mathbb{E}\left[x z\right] = 0 \quad\text{for}\quad P\left(z = 1" in (
        statement.latex()
    )
    assert "E[sum(X[i], i=1..n)/n] >= 0" == str(expects(X[i], uniform_index(i, "n"), 0, op=">="))


@pytest.mark.parametrize(
    ("without_meaning", "text"),
    [
        (lambda: law(z, {}), "no outcome"),
        (lambda: uniform_law(z, []), "no outcome"),
        (lambda: law((z, w), [(1, 1)]), r"1 is no value of \(z, w\)"),
        (lambda: law(z, {z: 1}), "`z` is drawn, and stands in z"),
        (lambda: law(z, {1: w, 0: 1 - z}), "`z` is drawn, and stands in 1 - z"),
        (lambda: product_law(COIN, rademacher(z)), "`z` is drawn twice"),
        (lambda: product_law(COIN, law(w, {z: 1})), "`z` is drawn, and stands in z"),
        (lambda: product_law(), "draws nothing"),
        (lambda: law(sympy.Symbol("z"), {1: 1}), "no real symbol"),
        (lambda: uniform_index(x, "n"), "is no index"),
        (lambda: uniform_index(i, 0), r"`i` is not drawn from 1\.\.0"),
        (lambda: uniform_index(i, "i"), r"`i` is not drawn from 1\.\.i"),
        (lambda: markov_chain({z: z + 1}, COIN), "`z` is drawn and moved"),
        (lambda: markov_chain({x: X[i]}, uniform_index(i, "m")), "in a family of size n"),
        (lambda: markov_chain({}, COIN), "Bind different variables"),
        (lambda: expects(x, COIN, z), "`z` is drawn, and stands in the value"),
        (lambda: expects(X[i], uniform_index(i, "n"), X[i]), "`i` is drawn"),
    ],
)
def test_what_means_nothing_cannot_be_written(without_meaning: Any, text: str) -> None:
    with pytest.raises(StatementError, match=text):
        without_meaning()


def test_a_float_is_no_weight() -> None:
    with pytest.raises(ExactnessError):
        law(z, {1: 0.5, -1: 0.5})


@pytest.mark.parametrize("expr", [1 / (z - 1), log(z), sqrt(z - 2)])
def test_an_outcome_without_value_is_named(expr: Any) -> None:
    with pytest.raises(UnsupportedError, match="has no real value at z = "):
        law(z, {1: Q(1, 2), 0: Q(1, 2)}).mean(expr)


def test_a_law_is_a_value() -> None:
    assert Law((z,), (((sympy.Integer(1),), sympy.Integer(1)),)) == law(z, {1: 1})
