"""**Power**: errors of every kind that are planted in true statements are found, at fixed seeds."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from tests.power.planting import STATEMENTS, Error, errors, has_holes, searched
from tests.power.statements import Truth
from tests.power.variants import STILL_TRUE
from verifier import Region, Step, by, oo
from verifier.budget import BUDGETS
from verifier.derive.side import derive_claim
from verifier.enclose.side import enclose_claim
from verifier.falsify.mutants.variants import KINDS

QUICK = BUDGETS["quick"].instances
EACH_OTHER = STATEMENTS[::2]
each = pytest.mark.parametrize("truth", STATEMENTS, ids=lambda truth: truth.name)


def test_errors_of_every_kind_are_planted_in_statements_of_every_paper() -> None:
    names = [truth.name for truth in STATEMENTS]
    assert len(names) == len(set(names)) >= 60
    assert {"initshape", "oulike", "overlap", "recovery", "svrelu"} == {
        name.split("/")[0] for name in names
    }
    kinds = Counter(error.kind for truth in STATEMENTS for error in errors(truth))
    assert set(KINDS) == set(kinds)


def test_changes_that_leave_a_statement_true_are_among_those_that_are_made() -> None:
    made = {truth.name: {error.text for error in errors(truth)} for truth in STATEMENTS}
    unknown = {
        (name, text)
        for name, texts in STILL_TRUE.items()
        for text in texts
        if text not in made[name]
    }
    assert set() == unknown


@pytest.mark.parametrize("truth", EACH_OTHER, ids=lambda truth: truth.name)
def test_the_first_error_of_each_kind_is_found(truth: Truth) -> None:
    undefined = has_holes(truth.claim, budget=QUICK)
    first = {error.kind: error for error in errors(truth) if not error.is_true}
    missed = [
        error.text
        for error in first.values()
        if not searched(error.claim, budget=2 * QUICK, seed=0, undefined=undefined).found
    ]
    assert [] == missed


@each
def test_a_true_statement_is_not_refuted(truth: Truth) -> None:
    assert "" == searched(truth.claim, budget=QUICK // 4, seed=1, undefined=True).found


def _is_shown(error: Error) -> bool:
    """Whether one rule shows it, or a cover of all allowed values of its one variable does."""
    for rule in (by.identity, by.sign, by.potential, by.exponents, by.logic):
        claim = replace(error.claim, derivation=(Step("c", ..., rule),))
        if derive_claim(claim).complete:
            return True
    region = Region(u=(-oo, 1))
    covered = replace(error.claim, regions=(region,))
    return [1.0] == [r.certified for r in enclose_claim(covered, budget=BUDGETS["quick"]).regions]


def test_what_is_still_true_is_shown_to_be() -> None:
    still = [error for truth in STATEMENTS for error in errors(truth) if error.is_true]
    assert len(still) == sum(map(len, STILL_TRUE.values()))
    assert [] == [error.text for error in still if not _is_shown(error)]
