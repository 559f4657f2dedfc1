"""**Noticing**: each side tells false variants by itself, and true ones are recognised."""

from __future__ import annotations

from typing import Any

import pytest

from verifier import (
    Claim,
    Mutant,
    Paper,
    Q,
    Region,
    Step,
    by,
    eq,
    ge,
    gt,
    reals,
    tends,
)
from verifier.budget import BUDGETS
from verifier.errors import VerifierError
from verifier.falsify.mutants.noticing import Sides
from verifier.falsify.side import mutate_claim
from verifier.verdict import MutantEvidence, MutateEvidence

PAPER = Paper("demo", "A demonstration", "A. Author", 2020, "none")
x, y = reals("x y")
MEANS = {"bound": ge(x + 1 / x, 2)}


def demo(given: Any, then: Any, **more: Any) -> Claim:
    source = PAPER.at("Lemma 1", section="1")
    return Claim(id="demo/item", title="An item", source=source, given=given, then=then, **more)


def bounded(**more: Any) -> Claim:
    steps = (Step("bound", ..., by.sum_of_squares),)
    return demo({"x": gt(x, 0)}, {"bound": ge(x**2 + 1, 2 * x)}, derivation=steps, **more)


def found(claim: Claim) -> dict[str, MutantEvidence]:
    evidence = mutate_claim(claim, budget=BUDGETS["quick"], seed=0)
    return {m.name: m for m in evidence.mutants}


def test_all_sides_notice_a_bound_that_is_too_sharp() -> None:
    sharper = Mutant("sharper", then={"bound": ge(x**2 + 1, 2 * x + Q(1, 10))})
    (mutant,) = (
        m for m in found(bounded(mutants=(sharper,), regions=(Region(x=(0, 2)),))).values()
        if m.name == "sharper"
    )  # fmt: skip
    assert "derive, enclose, falsify" == mutant.noticed_by


def test_a_claim_without_derivation_or_region_is_noticed_by_the_falsifier_alone() -> None:
    sharper = Mutant("sharper", then={"bound": ge(x + 1 / x, 3)})
    assert (
        "falsify" == found(demo({"x": gt(x, 0)}, MEANS, mutants=(sharper,)))["sharper"].noticed_by
    )


def test_an_authors_argument_that_a_variant_is_true_is_checked_by_the_kernel() -> None:
    weaker = {"bound": ge(x**2 + 1, 2 * x - 1)}
    claim = bounded(
        mutants=(Mutant("weaker", then=weaker, expect="survives", reason="It says less."),)
    )
    mutant = found(claim)["weaker"]
    assert "equivalent" == mutant.outcome
    assert mutant.as_expected


def test_an_authors_argument_that_a_false_variant_is_true_makes_the_claim_weak() -> None:
    false = {"bound": ge(x**2 + 1, 3 * x)}
    claim = bounded(mutants=(Mutant("false", then=false, expect="survives", reason="Surely."),))
    assert "refuted" == found(claim)["false"].outcome
    assert not found(claim)["false"].as_expected


def test_a_derived_variant_that_the_author_declared_is_tried_once() -> None:
    strict = Mutant("strict", then={"bound": gt(x**2 + 1, 2 * x)})
    assert 1 == sum(
        "x**2 + 1 > 2*x" == m.statement for m in found(bounded(mutants=(strict,))).values()
    )


def test_a_dropped_hypothesis_without_which_every_step_is_discharged_is_told() -> None:
    mutant = found(bounded())["without x"]
    assert "equivalent" == mutant.outcome
    assert "It is true as well: every step is discharged for it." == mutant.detail


def test_a_variant_that_is_refuted_and_derived_is_an_error(monkeypatch: Any) -> None:
    sharper = Mutant("sharper", then={"bound": ge(x**2 + 1, 3 * x)})
    monkeypatch.setattr(Sides, "derivation", lambda self, variant: "shown")
    with pytest.raises(VerifierError, match="`sharper`: it is refuted, yet its derivation"):
        mutate_claim(bounded(mutants=(sharper,)), budget=BUDGETS["quick"], seed=0)


def test_only_the_steps_under_a_conclusion_are_tried_on_its_variant() -> None:
    claim = demo(
        {},
        {"square": eq((x + y) ** 2, x**2 + 2 * x * y + y**2), "limit": tends(x, x, 0, 0)},
        derivation=(
            Step("square", ..., by.identity),
            Step("limit", ..., by.limit),
        ),
    )
    sides = Sides(claim)
    false = demo({}, {"square": eq((x + y) ** 2, x**2 + y**2)})
    true = demo({}, {"square": eq((x + y) ** 2, x**2 + y * (2 * x + y))})
    assert ("refused", "shown") == (sides.derivation(false), sides.derivation(true))


def test_the_score_counts_what_should_be_killed() -> None:
    def mutant(origin: str, outcome: str, expected: str = "refuted") -> MutantEvidence:
        noticed = "falsify" if outcome == "refuted" else ""
        return MutantEvidence("m", origin, "", expected, outcome, noticed)

    evidence = MutateEvidence(
        (
            mutant("declared", "refuted"),
            mutant("declared", "survives", "survives"),
            mutant("derived", "equivalent"),
            mutant("derived", "refuted"),
            mutant("derived", "survives"),
            mutant("derived", "undecided"),
            mutant("hypothesis", "survives"),
        )
    )
    assert 0.5 == evidence.score
    assert 2 == evidence.noticed("falsify")
    assert MutateEvidence().score is None
