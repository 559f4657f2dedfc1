"""**Claims on arrays**: instances, hypotheses that only the kernel decides, variants, replay."""

from __future__ import annotations

from typing import Any

import pytest

from tests.soundness.statements import PAPER
from verifier import (
    Claim,
    Q,
    almost_everywhere,
    array,
    eq,
    exp,
    family,
    feasible,
    ge,
    gt,
    has_rank,
    independent,
    independent_family,
    indices,
    le,
    least_norm,
    least_squares,
    local_dimension,
    max_margin,
    ne,
    positive_definite,
    positive_semidefinite,
    pseudo_inverse,
    rank_at_least,
    rank_at_most,
    reals,
    solvable,
    sqrt,
)
from verifier.budget import Budget
from verifier.exact.statements import Statement, negation
from verifier.falsify.mutants.variants import mutations
from verifier.falsify.side import falsify_claim, mutate_claim
from verifier.verdict import FalsifyEvidence

x, y, z, a, b = reals("x y z a b")
i, j = indices("i j")
w = family("w", "n")
SMALL = Budget("small", instances=60, boxes=1, bits=64, mutant_instances=40)
SQUARE = [[a, b], [b, 2]]


def claimed(then: Statement, *given: Statement) -> Claim:
    return Claim(
        id="trial/arrays",
        title="arrays",
        source=PAPER.at("Trial", section="1"),
        given={f"h{n}": statement for n, statement in enumerate(given)},
        then={"c": then},
    )


def hunted(then: Statement, *given: Statement) -> FalsifyEvidence:
    return falsify_claim(claimed(then, *given), budget=SMALL, seed=0)


HYPOTHESES = {
    "rank": (has_rank(SQUARE, 1), eq(2 * a, b**2)),
    "rank at most": (rank_at_most([[x, y]], 0), eq(x**2 + y**2, 0)),
    "definite": (positive_definite(SQUARE), gt(2 * a, b**2)),
    "equal arrays": (eq(array([x, y]), array([1, x])), eq(y, 1)),
    "different arrays": (ne(array([x, y]), array([0, 0])), gt(x**2 + y**2, 0)),
    "solvable": (solvable([[1], [2]], [x, y]), eq(y, 2 * x)),
    "feasible": (feasible([ge(z, x), le(z, y)], z), le(x, y)),
    "almost everywhere": (almost_everywhere(ne(x * z, 0), z), ne(x, 0)),
    "independent": (independent([exp(x * z), exp(y * z)], z), ne(x, y)),
}


@pytest.mark.parametrize("name", HYPOTHESES)
def test_a_hypothesis_on_arrays_or_functions_has_witnesses_that_satisfy_it(name: str) -> None:
    hypothesis, same = HYPOTHESES[name]
    evidence = hunted(same, hypothesis)
    assert (True, None) == (evidence.witness is not None, evidence.counterexample)
    assert 0 < evidence.instances


FALSE = {
    "rank": (has_rank([[x, 1], [1, x]], 2), "rank [1, 1; 1, 1] == 2"),
    "entries": (eq(array([[x, 1]]) @ array([[1], [y]]), array([x + 1])), "left side"),
    "least norm": (least_norm([[1, 1]], [x], [x, 0]), "has the least norm"),
    "semidefinite": (positive_semidefinite([[1, x], [x, 1]]), "left side"),
    "size": (independent_family(exp(w[i] * x), i, x), "are independent functions"),
}


@pytest.mark.parametrize("name", FALSE)
def test_a_false_statement_is_refuted_and_shown_at_a_small_instance(name: str) -> None:
    statement, shown = FALSE[name]
    found = hunted(statement).counterexample
    assert found is not None
    assert shown in found.explanation


def test_no_value_is_no_counterexample() -> None:
    found = hunted(eq(array([1 / x, 0]), array([1 / x, 1]))).counterexample
    assert (True, False) == (found is not None, "x = 0" in str(found))
    assert hunted(least_squares([[1 / x]], [1 / x], [1])).undefined > 0
    assert hunted(positive_definite([[sqrt(x) + 2]])).counterexample is None


# True statements: each variant of each must be refuted.
HOLD: dict[str, tuple[Statement, tuple[Statement, ...]]] = {
    "rank": (has_rank([[x, y], [2 * x, 2 * y]], 1), (gt(x, 0),)),
    "rank at least": (rank_at_least([[1, x]], 1), ()),
    "rank at most": (rank_at_most([[x, y], [x, y]], 1), (gt(x, 0),)),
    "arrays": (eq(array([[x, 1]]) @ array([1, -x]), array([0])), ()),
    "least norm": (least_norm([[1, 1]], [x], [x / 2, x / 2]), ()),
    "least squares": (least_squares([1, 1], [x, y], [(x + y) / 2]), ()),
    "pseudo-inverse": (pseudo_inverse([[x]], [[1 / x]]), (gt(x, 0),)),
    "definite": (positive_definite([[1 + x**2, x], [x, 1]]), ()),
    "margin": (max_margin([1 / x], [x], [1]), (gt(x, 0),)),
    "almost everywhere": (almost_everywhere(ne(x * z, 1), z), ()),
    "almost every rank": (almost_everywhere(rank_at_least([[z, x]], 1), z), ()),
    "independent": (independent([z, z**2 + x], z), ()),
    "family": (independent_family(exp(w[i] * x), i, x), (ne(i, j), ne(w[i], w[j]))),
    "dimension": (local_dimension([y - z**2], {z: x, y: x**2}, equals=1), ()),
    "solvable": (solvable([[1], [1]], [x, x]), ()),
    "feasible": (feasible([gt(z, x)], z), ()),
}


@pytest.mark.parametrize("name", HOLD)
def test_every_variant_of_a_true_statement_is_refuted(name: str) -> None:
    statement, given = HOLD[name]
    evidence = mutate_claim(claimed(statement, *given), budget=SMALL, seed=0)
    derived = [mutant for mutant in evidence.mutants if mutant.origin == "derived"]
    assert derived
    assert ["refuted"] * len(derived) == [mutant.outcome for mutant in derived]


def test_a_variant_says_what_is_changed() -> None:
    def changes(statement: Any) -> list[str]:
        return [change.what for change in mutations(statement)]

    assert ["rank 1 becomes 2", "rank 1 becomes 0", "it is denied"] == changes(has_rank([[x]], 1))
    assert ["rank 0 becomes 1", "it is denied"] == changes(has_rank([[0]], 0))
    assert ["the vector is doubled", "it is denied"] == changes(max_margin([1], [1], [1]))
    assert ["it is denied"] == changes(ne(array([x]), array([y])))
    assert negation(has_rank([[x]], 1)) == [c.statement for c in mutations(has_rank([[x]], 1))][-1]
    change = next(iter(mutations(pseudo_inverse([[2]], [[Q(1, 2)]]))))
    assert pseudo_inverse([[2]], [[Q(3, 2)]]) == change.statement
