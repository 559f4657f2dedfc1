"""**Propositional search**: assignments satisfy, refutations replay, doctored ones do not."""

from __future__ import annotations

import random
from itertools import combinations, product

import pytest

from verifier.errors import UnsupportedError
from verifier.exact.propositional import Assignment, Clause, Refutation, is_refutation, solve


def pigeons(holes: int) -> list[Clause]:
    """One more pigeon than there are holes: contradictory."""
    at = lambda pigeon, hole: pigeon * holes + hole + 1  # noqa: E731
    clauses = [tuple(at(p, h) for h in range(holes)) for p in range(holes + 1)]
    for hole in range(holes):
        for one, other in combinations(range(holes + 1), 2):
            clauses.append((-at(one, hole), -at(other, hole)))
    return clauses


def can_be_satisfied(clauses: list[Clause], variables: int) -> bool:
    rows = product((False, True), repeat=variables)
    return any(all(any(row[abs(x) - 1] is (x > 0) for x in c) for c in clauses) for row in rows)


def random_clauses(rng: random.Random) -> tuple[list[Clause], int]:
    variables = rng.randint(1, 7)
    literal = lambda: rng.choice((1, -1)) * rng.randint(1, variables)  # noqa: E731
    clauses = [
        tuple(literal() for _ in range(rng.randint(1, 3))) for _ in range(rng.randint(0, 30))
    ]
    return clauses, variables


def test_random_clauses_are_decided_as_by_their_truth_table() -> None:
    rng = random.Random(1)
    counts = {Assignment: 0, Refutation: 0}
    for _ in range(2000):
        clauses, variables = random_clauses(rng)
        found = solve(clauses)
        counts[type(found)] += 1
        if isinstance(found, Assignment):
            assert all(any(x in found.true for x in clause) for clause in clauses)
            assert not is_refutation(clauses, [()])
        else:
            assert not can_be_satisfied(clauses, variables)
            assert is_refutation(clauses, found.learned)
    assert min(counts.values()) > 400


@pytest.mark.parametrize("holes", [1, 3, 5])
def test_pigeons_do_not_fit(holes: int) -> None:
    found = solve(pigeons(holes))
    assert isinstance(found, Refutation)
    assert is_refutation(pigeons(holes), found.learned)


def test_a_refutation_of_other_clauses_is_rejected() -> None:
    found = solve(pigeons(4))
    assert isinstance(found, Refutation)
    assert not is_refutation(pigeons(4)[1:], found.learned)
    assert not is_refutation(pigeons(4), [(1,), *found.learned])
    assert not is_refutation(pigeons(4), found.learned[1:2])


def test_an_empty_clause_contradicts_and_no_clause_does_not() -> None:
    assert isinstance(solve([()]), Refutation)
    assert is_refutation([()], [])
    assert Assignment(frozenset()) == solve([])
    assert not is_refutation([], [()])


def test_a_clause_that_says_nothing_is_left_out() -> None:
    found = solve([(1, -1), (2,)])
    assert isinstance(found, Assignment)
    assert {-1, 2} <= found.true or {1, 2} <= found.true


def test_a_search_that_takes_too_long_says_so() -> None:
    with pytest.raises(UnsupportedError, match="within 10 conflicts"):
        solve(pigeons(6), conflicts=10)
