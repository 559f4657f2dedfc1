"""**matrix**: what relations show, what is refused and with which words, and the written steps."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.soundness.true_matrices import EQUATIONS
from verifier import (
    Space,
    by,
    conserved,
    derivative,
    diag,
    dot,
    eq,
    gt,
    hadamard,
    identity_operator,
    inverse,
    invertible,
    mask,
    ne,
    norm2,
    orthogonal,
    outer,
    penrose,
    positive_definite,
    positive_semidefinite,
    projection,
    reals,
    symmetric,
    trace,
)
from verifier.by import Justification
from verifier.certificate.checker import Rejected, check
from verifier.derive.context import Context, Discharge
from verifier.derive.kernel.words import rewriting
from verifier.derive.side import rule_named
from verifier.errors import UnsupportedError
from verifier.exact.statements import Relation, Statement

d, n, m = Space("d"), Space("n"), Space("m")
u, v, w = d.vectors("u v w")
A, B, C, P, S = d.matrices("A B C P S")
(X,) = n.matrices("X", d)
(W,) = d.matrices("W", m)
I = identity_operator(d)  # noqa: E741
a, lam, s = reals("a lam s")


def context(given: tuple[Statement, ...], by: Justification) -> Context:
    relations = tuple(g for g in given if isinstance(g, Relation))
    return Context(relations, by, rule_named, tuple(g for g in given if g not in relations))


def tried(statement: Any, *given: Any, by: Justification = by.matrix) -> Discharge:
    return rule_named(by.rule).discharge(statement, context(given, by))


REFUSED: dict[str, tuple[Discharge | Any, ...]] = {
    "an equation that is not known": (
        (eq(A @ B, B @ A),), "the difference of the two sides is\n    (1)*A B + (-1)*B A"),
    "a property that is not known": ((positive_semidefinite(A),), "nothing is read off\n    A"),
    "a property that is too weak": (
        (positive_definite(A), positive_semidefinite(A)), "only that it is positive semidefinite"),
    "an inverse that nothing shows": ((invertible(A),), "`inverse` may name its inverse"),
    "an order": ((gt(a, 0),), "`matrix` reads equations and properties of matrices."),
    "an inequality of matrices": ((ne(A, B),), "`matrix` reads equations and properties"),
    "a diagonal that nothing shows": ((mask(A),), "is diagonal is not known"),
}  # fmt: skip


@pytest.mark.parametrize("vice", sorted(REFUSED))
def test_a_refusal_says_what_is_missing(vice: str) -> None:
    arguments, words = REFUSED[vice]
    answer = tried(*arguments)
    assert not answer.holds
    assert words in answer.reason


def test_a_singular_matrix_is_not_inverted_in_silence() -> None:
    with pytest.raises(UnsupportedError, match="it inverts\n    A\n"):
        tried(eq(inverse(A) @ A, I))


def test_an_unknown_option_is_named() -> None:
    assert "no option `inverses`" in tried(invertible(A), by=by.matrix(inverses=B)).reason


def test_an_inverse_is_found_for_a_multiple_and_for_a_transpose() -> None:
    assert tried(invertible(2 * A.T), invertible(A)).holds
    assert not tried(invertible(lam * A), invertible(A)).holds
    assert tried(invertible(lam * A), invertible(A), ne(lam, 0)).holds


def test_a_divisor_of_a_rank_one_update_is_a_condition() -> None:
    whole = A + outer(u, v)
    assert tried(invertible(whole), invertible(A), ne(dot(v, inverse(A) @ u), -1)).holds
    assert not tried(invertible(whole), invertible(A), ne(dot(v, A @ u), -1)).holds


def test_divisors_are_conditions_of_an_equation() -> None:
    whole = eq(A / lam @ (lam * B), A @ B)
    assert "divides by\n    lam" in tried(whole).reason
    assert ("lam != 0",) == tried(whole, ne(lam, 0)).conditions


def test_what_is_supposed_with_an_unknown_inverse_is_not_used() -> None:
    assert not tried(eq(A, B), eq(A @ inverse(C), B @ inverse(C))).holds
    assert tried(eq(A, B), eq(A @ inverse(C), B @ inverse(C)), invertible(C)).holds


def test_a_negative_multiple_of_a_definite_matrix_is_not_definite() -> None:
    assert not tried(positive_definite(-A), positive_definite(A)).holds
    assert tried(positive_definite(A), positive_definite(2 * A)).holds
    assert not tried(positive_definite(A), positive_definite(-A)).holds


def test_overlaps_of_relations_are_needed_and_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    goal, given = eq(P, S), (*penrose(A, P), *penrose(A, S))
    assert tried(goal, *given).holds
    monkeypatch.setattr(rewriting, "MOST_OVERLAPS", 0)
    assert not tried(goal, *given).holds


def test_a_loop_of_equations_ends() -> None:
    assert tried(eq(A, C), eq(A, B), eq(B, C), eq(C, A)).holds
    assert not tried(eq(A, P), eq(A, B @ A), eq(B, A @ B)).holds


def test_lengths_that_vanish_make_vectors_vanish() -> None:
    assert tried(eq(X @ u, n.zero()), eq(X.T @ X @ u, d.zero())).holds
    assert tried(eq(u, d.zero()), eq(dot(u, A @ u), 0), positive_definite(A)).holds
    assert not tried(eq(u, d.zero()), eq(dot(u, A @ u), 0), positive_semidefinite(A)).holds


def test_a_diagonal_is_known_where_a_vector_is_defined() -> None:
    assert tried(eq(diag(u) @ w, hadamard(w, A @ v)), eq(u, A @ v)).holds


def test_derivatives_do_not_pass_over_an_inverse_that_moves() -> None:
    moving = derivative(dot(u, inverse(A + a * I) @ u), a)
    with pytest.raises(UnsupportedError, match="moves"):
        tried(eq(moving, 0), invertible(A + a * I))


@pytest.mark.parametrize("rule", [by.identity, by.derivative, by.sign])
def test_other_rules_read_no_inverse(rule: Justification) -> None:
    scalar = dot(u, inverse(A) @ u)
    statement = gt(scalar**2 + 1, 0) if rule == by.sign else eq(derivative(scalar, a), 0)
    answer = tried(statement, invertible(A), by=rule)
    assert not answer.holds
    assert "is for `by.matrix` to show" in answer.reason


@pytest.mark.parametrize(
    ("quantity", "given", "holds"),
    [
        (A - A.T, (symmetric(A),), False),
        (A - A.T, (symmetric(S),), True),
        (trace(P) - norm2(P), (projection(P),), False),
    ],
)
def test_what_holds_at_one_time_is_no_law_of_a_flow(
    quantity: Any, given: tuple[Statement, ...], *, holds: bool
) -> None:
    flow = {A: S, P: S}
    assert holds == tried(conserved(quantity, flow), *given, by=by.conserved).holds


def test_what_the_flow_does_not_move_may_move() -> None:
    with pytest.raises(UnsupportedError, match="says nothing of `B`"):
        tried(conserved(trace(A @ B), {A: 0 * A}), by=by.conserved)


def test_a_diagonal_moves_with_its_vector() -> None:
    flow = {u: A @ u, v: 0 * v}
    assert not tried(conserved(diag(u) @ v, flow), by=by.conserved).holds
    assert tried(conserved(diag(u) @ v, {u: 0 * u, v: 0 * v}), by=by.conserved).holds


def steps_of(statement: Any, *given: Any) -> tuple[dict[str, Any], ...]:
    """The certificates of a statement that holds, as they are written down."""
    answer = tried(statement, *given)
    assert answer.holds
    return tuple(json.loads(json.dumps(data)) for data in answer.certificates)


def written() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every equation in the list of true ones, as it is written down."""
    for trial in EQUATIONS:
        ((_, statement),) = trial.claim.then
        if trial.rule == "matrix":
            found = steps_of(statement, *(s for _, s in trial.claim.hypotheses))
            for number, data in enumerate(found):
                yield f"{trial.name}-{number}", data


WRITTEN = dict(written())
REJECTED = "add up|shape|stands for|may vanish|malformed"


def test_most_equations_are_written_down() -> None:
    assert {"woodbury-0", "hadamard-moved-0", "eigenvectors-orthogonal-0", "block-product-0",
            "pseudo-inverse-is-unique-0", "hadamard-commutes-0"} <= WRITTEN.keys()  # fmt: skip
    assert 24 <= len(WRITTEN)


@pytest.mark.parametrize("name", sorted(WRITTEN))
def test_the_written_steps_add_up(name: str) -> None:
    check(WRITTEN[name])


@pytest.mark.parametrize(
    "name", sorted(name for name, data in WRITTEN.items() if data["goal"]["steps"])
)
def test_a_step_that_is_missing_is_noticed(name: str) -> None:
    for number in range(len(WRITTEN[name]["goal"]["steps"])):
        data = copy.deepcopy(WRITTEN[name])
        del data["goal"]["steps"][number]
        with pytest.raises(Rejected, match=REJECTED):
            check(data)


@pytest.mark.parametrize("name", sorted(WRITTEN))
def test_another_goal_is_noticed(name: str) -> None:
    data = copy.deepcopy(WRITTEN[name])
    goal = data["goal"]
    goal["letters"]["Another"] = goal["of"]["shape"]
    goal["of"]["terms"].append([[["1", []]], ["Another"]])
    with pytest.raises(Rejected, match=REJECTED):
        check(data)


BROKEN = {
    "a coefficient": lambda goal: goal["steps"][0][0][0].__setitem__(0, "7"),
    "a side": lambda goal: goal["steps"][0].__setitem__(2, ["A", *goal["steps"][0][2]]),
    "a transpose": lambda goal: goal["steps"][0].__setitem__(4, not goal["steps"][0][4]),
    "a relation": lambda goal: goal["relations"][0]["terms"].pop(),
    "a size": lambda goal: goal["letters"].__setitem__("A", ["d", "n"]),
    "the multiplier": lambda goal: goal["multiplier"].__setitem__(0, []),
}


@pytest.mark.parametrize("vice", sorted(BROKEN))
def test_a_changed_certificate_is_noticed(vice: str) -> None:
    data = copy.deepcopy(WRITTEN["woodbury-0"])
    BROKEN[vice](data["goal"])
    with pytest.raises(Rejected, match=REJECTED):
        check(data)


def test_scalars_made_of_words_are_written_with_their_steps() -> None:
    statement = eq(outer(A @ u, v) * dot(w, A.T @ u), lam**2 * outer(u, v) * dot(w, u))
    (data,) = steps_of(statement, symmetric(A), eq(A @ u, lam * u))
    check(data)
    assert any(step[5] is not None for step in data["goal"]["steps"])


def test_an_equation_of_inner_products_is_a_step() -> None:
    (data,) = steps_of(eq(A * norm2(u), A), eq(norm2(u), 1))
    check(data)
    assert [] == data["equal"]
    assert 1 == len(data["goal"]["steps"])


def test_a_divisor_of_a_certificate_is_shown_to_be_nonzero() -> None:
    (data,) = steps_of(eq(A / lam @ (lam * B), A @ B), ne(lam, 0))
    check(data)
    del data["facts"][0]
    with pytest.raises(Rejected, match="a divisor may vanish"):
        check(data)


UNCERTIFIED = {
    "a length that vanishes": (eq(X @ u, n.zero()), eq(X.T @ X @ u, d.zero())),
    "an inverse that is found": (eq(inverse(2 * I + A.T @ A) @ (2 * I + A.T @ A), I),),
    "an inverse on one side": (eq(B @ A, I), eq(A @ B, I)),
    "a symbol that an equation replaces": (eq(s * A, 2 * A), eq(s, 2)),
}


@pytest.mark.parametrize("vice", sorted(UNCERTIFIED))
def test_what_rests_on_more_than_steps_is_not_certified(vice: str) -> None:
    answer = tried(*UNCERTIFIED[vice])
    assert answer.holds
    assert not answer.certified


def test_an_orthogonal_matrix_keeps_lengths_and_an_invertible_one_need_not() -> None:
    keeps = eq(norm2(P @ u), norm2(u))
    assert tried(keeps, orthogonal(P)).holds
    assert not tried(keeps, invertible(P)).holds
