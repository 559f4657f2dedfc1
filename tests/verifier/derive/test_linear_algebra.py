"""**Ranks, systems, definiteness, feasibility, margins**: what is shown, by what, and why not."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest
from scipy.optimize import linprog

from verifier import (
    Q,
    array,
    by,
    diagonal_array,
    eq,
    exp,
    feasible,
    ge,
    gt,
    has_rank,
    le,
    least_norm,
    least_squares,
    log,
    lt,
    max_margin,
    ne,
    negation,
    positive_definite,
    positive_semidefinite,
    pseudo_inverse,
    rank_at_least,
    rank_at_most,
    reals,
    separable,
    solvable,
    sqrt,
)
from verifier.by import Justification
from verifier.derive.context import Context, Discharge
from verifier.derive.ground import decide_exactly
from verifier.derive.side import rule_named
from verifier.errors import UnsupportedError
from verifier.exact.statements import Relation, Statement

x, y, z, a, b, c = reals("x y z a b c")
POINTS = [(0, 0), (1, 0), (0, 1), (2, 3), (3, 1)]


def tried(statement: Any, by: Justification, *given: Statement) -> Discharge:
    relations = tuple(s for s in given if isinstance(s, Relation))
    others = tuple(s for s in given if not isinstance(s, Relation))
    return rule_named(by.rule).discharge(statement, Context(relations, by, rule_named, others))


def powers(*nodes: Any) -> list[list[Any]]:
    return [[node**k for k in range(len(nodes))] for node in nodes]


def stratum(count: int) -> list[list[Any]]:
    """Sample gradients of two neurons with exp where both weights are those of the target."""
    return [[1, a * u, a * v, 1, b * u, b * v] for u, v in POINTS[:count]]


@pytest.mark.parametrize(("count", "expected"), [(1, 1), (2, 2), (3, 3), (4, 3), (5, 3)])
def test_the_rank_at_the_first_stratum_stops_at_three(count: int, expected: int) -> None:
    answer = tried(has_rank(stratum(count), expected), by.rank, ne(a, 0))
    assert answer.holds
    below = tried(rank_at_least(stratum(count), expected + 1), by.rank, ne(a, 0))
    assert (False, True) == (below.holds, below.disproof)


def test_a_rank_says_which_minor_it_rests_on() -> None:
    answer = tried(has_rank([[0, x], [1, y]], 2), by.rank, ne(x, 0))
    assert (True, "the minor of rows 1, 2 and columns 1, 2") == (answer.certified, answer.reason)


@pytest.mark.parametrize("size", [2, 3, 4, 5, 6, 8])
def test_distinct_nodes_give_a_vandermonde_matrix_of_full_rank(size: int) -> None:
    nodes = reals(" ".join(f"t{k}" for k in range(size)))
    distinct = [ne(one, two) for k, one in enumerate(nodes) for two in nodes[:k]]
    assert tried(has_rank(powers(*nodes), size), by.rank, *distinct).holds
    if size < 8:
        assert not tried(has_rank(powers(*nodes), size), by.rank, *distinct[1:]).holds


def test_a_vandermonde_matrix_may_have_factors_that_are_not_zero() -> None:
    nodes, factors = (x, y, exp(z)), (1 + a**2, exp(b), 2)
    rows = [[c * s**k for k in range(3)] for s, c in zip(nodes, factors, strict=True)]
    distinct = (ne(x, y), ne(x, exp(z)), ne(y, exp(z)))
    answer = tried(has_rank(rows, 3), by.rank, *distinct)
    assert (True, "a Vandermonde matrix with different nodes") == (answer.holds, answer.reason)
    rows[0] = [a * entry for entry in rows[0]]
    assert not tried(has_rank(rows, 3), by.rank, *distinct).holds
    rows[0] = [1, x, x**3]
    assert not tried(has_rank(rows, 3), by.rank, *distinct).holds


def test_a_determinant_with_too_many_terms_is_refused() -> None:
    lines, columns = reals("p0 p1 p2 p3"), reals("q0 q1 q2 q3")
    table = [[p + (k + 1) * q + x * y + z for k, q in enumerate(columns)] for p in lines]
    with pytest.raises(UnsupportedError, match="too many terms"):
        tried(has_rank([[e**8 for e in row] for row in table], 4), by.rank)


REFUSED: dict[str, tuple[Any, Justification, tuple[Statement, ...], str]] = {
    "no option": (has_rank([[x]], 1), by.rank(tall=1), (), "has no option `tall`"),
    "minor that may vanish": (has_rank([[x]], 1), by.rank, (), "no minor of size 1"),
    "minor that is no square": (has_rank([[x]], 1), by.rank(minor=([0], [0, 1])), (),
                                "as many rows as columns"),
    "value": (has_rank([[1 / x]], 1), by.rank, (), "the value of 1/x"),
    "larger than the matrix": (rank_at_least([[1, 2]], 2), by.rank, (), "has no rank 2"),
    "kernel that is too small": (rank_at_most([[0, 0, 1], [0, 0, 1]], 1),
                                 by.rank(kernel=[[1], [0], [0]]), (), "no more than rank <= 2"),
    "kernel that is not killed": (rank_at_most([[1, x]], 0), by.rank(kernel=[[1], [0]]), (), "v"),
    "entry": (eq(array([x, y]), array([x, 0])), by.entrywise, (), "y == 0"),
    "entrywise option": (eq(array([x]), array([x])), by.entrywise(k=1), (), "has no options"),
    "no entry differs": (ne(array([x]), array([y])), by.entrywise, (), "no entry is shown"),
    "gram of another size": (positive_definite([[1]]), by.definite(gram=[[1, 0]]), (),
                             "does not fit"),
    "vector of another size": (negation(positive_definite([[1]])), by.definite(vector=[1, 0]), (),
                               "does not fit"),
    "definite option": (positive_definite([[1]]), by.definite(ldl=1), (), "has no option `ldl`"),
    "minor of unknown sign": (positive_definite([[x]]), by.definite, (), "x > 0"),
    "solution of another size": (solvable([[x, 1]], [1]), by.linear_system(solution=[1]), (),
                                 "does not fit"),
    "rank of a system": (solvable([[x]], [y]), by.linear_system, (), "is not shown to vanish"),
    "system option": (solvable([[1]], [1]), by.linear_system(at=1), (), "has no option `at`"),
    "witness without a value": (feasible(eq(a * x, 1), x), by.feasible(at={}), (),
                                "no value of `x`"),
    "no affine system": (feasible(eq(x**2, 2), x), by.feasible, (), "not affine over Q"),
    "no affine contradiction": (negation(feasible(lt(x**2, 0), x)), by.feasible, (),
                                "give `multipliers`"),
    "too few multipliers": (negation(feasible(lt(x, x), x)), by.feasible(multipliers=[1, 1]), (),
                            "give 1 multipliers"),
    "multiplier of an inequation": (negation(feasible(ne(x, x), x)),
                                    by.feasible(multipliers=[1]), (), "takes the multiplier 0"),
    "margin of symbols": (max_margin([1 / a], [a], [1]), by.margin, (ne(a, 0),),
                          "give `multipliers`"),
    "margin multipliers": (max_margin([1], [1], [1]), by.margin(multipliers=[1, 0]), (),
                           "give 1 multipliers"),
    "margin direction": (negation(max_margin([x], [x], [1])), by.margin(direction=[1, 1]), (),
                         "does not fit"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_refusal_says_why(name: str) -> None:
    statement, justification, given, reason = REFUSED[name]
    try:
        answer = tried(statement, justification, *given)
    except UnsupportedError as fault:
        answer = Discharge(False, str(fault))
    assert not answer.holds
    assert reason in answer.reason


# An author's choice that fails says nothing about the statement, which is true here.
CHOICES = {
    "kernel": (rank_at_most([[1, 1], [1, 1]], 1), by.rank(kernel=[[1], [1]])),
    "factors": (rank_at_most([[1, 1], [1, 1]], 1), by.rank(factors=([[1], [2]], [[1, 1]]))),
    "solution": (solvable([[1]], [1]), by.linear_system(solution=[2])),
    "gram": (positive_definite([[4]]), by.definite(gram=[[1]])),
    "vector": (negation(positive_definite([[-1]])), by.definite(vector=[0])),
    "witness": (feasible(gt(x, 0), x), by.feasible(at={x: -1})),
    "multipliers": (negation(feasible([gt(x, 0), lt(x, 0)], x)), by.feasible(multipliers=[-1, 1])),
    "margin": (max_margin([1], [1], [1]), by.margin(multipliers=[2])),
    "direction": (negation(max_margin([2], [1], [1])), by.margin(direction=[1])),
}


@pytest.mark.parametrize("name", CHOICES)
def test_a_choice_that_fails_is_no_disproof(name: str) -> None:
    statement, justification = CHOICES[name]
    answer = tried(statement, justification)
    assert (False, False) == (answer.holds, answer.disproof)
    assert decide_exactly(statement).certain


def test_hypotheses_on_arrays_are_used() -> None:
    square = [[a, b], [b, c]]
    known = positive_definite(square)
    assert tried(gt(a * c, b**2), by.entrywise, known).holds
    assert tried(has_rank(square, 2), by.rank, known).holds
    assert tried(solvable(square, [x, y]), by.linear_system, has_rank(square, 2)).holds
    assert not tried(solvable(square, [x, y]), by.linear_system, rank_at_most(square, 2)).holds
    tall = [[a, 1], [b, 1], [c, 1]]
    assert tried(gt(2 * (a**2 + b**2 + c**2 - a * b - b * c - c * a), 0), by.entrywise,
                 has_rank(tall, 2)).holds  # fmt: skip
    assert tried(eq(x, 3), by.entrywise, eq(array([x, y]), array([3, 4]))).holds


def test_a_hypothesis_on_a_name_that_is_bound_is_about_another_symbol() -> None:
    assert not tried(feasible(gt(x, y), x), by.feasible, gt(x, y), eq(y, x + 1)).disproof
    empty = tried(feasible([gt(x, 0), lt(x, 0)], x), by.feasible, gt(x, 0), lt(x, 0))
    assert (False, True) == (empty.holds, empty.disproof)


def test_exact_answers_of_closed_statements() -> None:
    half = Q(1, 2)
    expected = {
        has_rank([[sqrt(2), 2], [1, sqrt(2)]], 1): True,
        has_rank([[exp(1), 2], [1, sqrt(2)]], 1): False,
        least_squares([[1, 0], [0, 0]], [2, 3], [2, 7]): True,
        least_norm([[1, 0], [0, 0]], [2, 3], [2, 7]): False,
        least_norm([[1, 0], [0, 0]], [2, 3], [2, 0]): True,
        pseudo_inverse([[1], [1]], [[half, half]]): True,
        pseudo_inverse([[1], [1]], [[1, 0]]): False,
        positive_semidefinite([[1, 1], [1, 1]]): True,
        positive_semidefinite([[0, 1], [1, 0]]): False,
        solvable([[0]], [0]): True,
        solvable([[0]], [1]): False,
        negation(solvable([[0]], [1])): True,
        max_margin([half, half], [[1, 1]], [1]): True,
        max_margin([0, 1], [[1, 1]], [1]): False,
    }
    assert expected == {s: decide_exactly(s).certain for s in expected}
    assert [] == [str(s) for s, holds in expected.items() if decide_exactly(s).refuted == holds]


def test_a_statement_without_a_value_is_neither_true_nor_false() -> None:
    undefined = has_rank([[1 / (exp(x) - exp(y))]], 1)
    assert decide_exactly(undefined.rebuilt(array([[log(1 - sqrt(2))]]))).unknown
    assert decide_exactly(undefined).unknown


@pytest.mark.parametrize("seed", range(40))
def test_separability_agrees_with_a_linear_program(seed: int) -> None:
    rng = random.Random(seed)
    count, width = rng.randint(1, 6), rng.randint(1, 3)
    points = [[rng.randint(-3, 3) for _ in range(width)] for _ in range(count)]
    labels = [rng.choice((1, -1)) for _ in range(count)]
    symbols = reals(" ".join(f"w{k}" for k in range(width)))
    answer = decide_exactly(separable(points, labels, symbols))
    rows = -np.array(points) * np.array(labels)[:, None]
    solved = linprog(np.zeros(width), A_ub=rows, b_ub=-np.ones(count), bounds=(None, None))
    assert (solved.status == 0, solved.status == 2) == (answer.certain, answer.refuted)


@pytest.mark.parametrize("seed", range(30))
def test_pseudo_inverses_of_rank_one_and_their_least_norm_solutions(seed: int) -> None:
    """A = U V of full rank has A^+ = V^T (V V^T)^-1 (U^T U)^-1 U^T (MacDuffee)."""
    rng = random.Random(seed)
    u = array([[rng.randint(1, 4)], [rng.randint(-3, 3)], [rng.randint(-3, 3)]])
    v = array([[rng.randint(1, 4), rng.randint(-3, 3)]])
    scale = 1 / ((u.T @ u)[0, 0] * (v @ v.T)[0, 0])
    matrix, inverse = u @ v, (v.T @ u.T) * scale
    assert decide_exactly(pseudo_inverse(matrix, inverse)).certain
    assert decide_exactly(pseudo_inverse(matrix, inverse * 2)).refuted
    right = array([rng.randint(-3, 3) for _ in range(3)])
    shifted = inverse @ right + array([-v[0, 1], v[0, 0]])
    assert decide_exactly(least_norm(matrix, right, inverse @ right)).certain
    assert decide_exactly(least_norm(matrix, right, shifted)).refuted
    assert decide_exactly(least_squares(matrix, right, shifted)).certain


def test_certificates_cover_entries_ranks_systems_and_multipliers() -> None:
    shown = [
        tried(eq(array([[x, 1]]) @ array([1, -x]), array([0])), by.entrywise),
        tried(has_rank([[1, x], [x, x**2]], 1), by.rank),
        tried(positive_definite(diagonal_array([1 + x**2, 2])), by.definite),
        tried(solvable([[1, 2], [2, 4]], [x, 2 * x]), by.linear_system),
        tried(negation(feasible([ge(x, 1), le(x, 0)], x)), by.feasible),
        tried(feasible([ge(x, 1), le(x, 2)], x), by.feasible),
        tried(max_margin([1], [1], [1]), by.margin),
    ]
    assert [True] * 7 == [answer.holds and answer.certified for answer in shown]
    assert all(answer.certificates for answer in shown)
