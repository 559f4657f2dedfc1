"""**Verdicts**: each of the eight comes out of its evidence, and the worst used claim counts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from verifier.errors import VerifierError
from verifier.judgement import (
    Judgement,
    effective,
    judge,
    settle,
)
from verifier.verdict import (
    FALSE,
    TRUE,
    Counterexample,
    DeriveEvidence,
    EncloseEvidence,
    Evidence,
    FalsifyEvidence,
    Formula,
    MutantEvidence,
    MutateEvidence,
    RegionEvidence,
    Rest,
    StepEvidence,
    Verdict,
    all_of,
    unknown,
)

STEP = StepEvidence("s", Formula("s", "x == x", "x = x"), "identity", (), True, Rest.ENGINE)
DERIVED = DeriveEvidence((STEP,), (), "for all x")
TRUSTING = DeriveEvidence((replace(STEP, rests_on=Rest.TRUST, trust="Book"),), (), "for all x")
FAILED = DeriveEvidence((replace(STEP, discharged=False, reason="x may vanish"),))
WITNESSED = FalsifyEvidence(instances=10, witness={"x": "1"})
HIT = Counterexample("s", {"x": "1"}, "1", "corners", "At x = 1 it fails.")


def region(**shares: Any) -> EncloseEvidence:
    base = RegionEvidence("s", (("x", "0", "1"),), 0.0, 0.0, 0.0, 1)
    return EncloseEvidence((replace(base, **shares),), 128)


@pytest.mark.parametrize(
    ("expected", "evidence"),
    [
        (Verdict.ERROR, Evidence("p/a", derive=DERIVED, falsify=WITNESSED, error="broken")),
        (Verdict.REFUTED, Evidence("p/a", DERIVED, falsify=replace(WITNESSED, counterexample=HIT))),
        (Verdict.REFUTED, Evidence("p/a", DERIVED, region(refuted=0.1), WITNESSED)),
        (Verdict.REFUTED, Evidence("p/a", replace(DERIVED, disproof="1 != 2"))),
        (Verdict.VACUOUS, Evidence("p/a", DERIVED, falsify=FalsifyEvidence(instances=10))),
        (Verdict.UNDECIDED, Evidence("p/a", DERIVED)),
        (Verdict.UNDECIDED, Evidence("p/a", FAILED, falsify=WITNESSED)),
        (Verdict.UNDECIDED, Evidence("p/a")),
        (Verdict.SUPPORTED, Evidence("p/a", falsify=WITNESSED)),
        (Verdict.SUPPORTED, Evidence("p/a", enclose=region(certified=0.9), falsify=WITNESSED)),
        (Verdict.CERTIFIED, Evidence("p/a", FAILED, region(certified=1.0), WITNESSED)),
        (Verdict.CONDITIONAL, Evidence("p/a", TRUSTING, falsify=WITNESSED)),
        (Verdict.PROVED, Evidence("p/a", DERIVED, falsify=WITNESSED)),
    ],
)
def test_a_verdict_follows_from_the_evidence(expected: Verdict, evidence: Evidence) -> None:
    assert expected == judge(evidence).verdict


def test_a_conclusion_that_no_step_establishes_is_not_proved() -> None:
    missing = replace(DERIVED, missing=("other",))
    assert Verdict.UNDECIDED == judge(Evidence("p/a", missing, falsify=WITNESSED)).verdict


def test_an_empty_derivation_proves_nothing() -> None:
    empty = Evidence("p/a", DeriveEvidence(), falsify=WITNESSED)
    assert Verdict.SUPPORTED == judge(empty).verdict


@pytest.mark.parametrize(
    ("expected", "mutants"),
    [
        (False, (MutantEvidence("m", "declared", "", "refuted", "refuted"),)),
        (True, (MutantEvidence("m", "declared", "", "refuted", "survives"),)),
        (True, (MutantEvidence("m", "declared", "", "refuted", "undecided"),)),
        (True, ()),
    ],
)
def test_a_claim_is_weak_when_a_mutant_does_not_do_as_declared(
    expected: bool, mutants: tuple[MutantEvidence, ...]
) -> None:
    evidence = Evidence("p/a", DERIVED, falsify=WITNESSED, mutate=MutateEvidence(mutants))
    assert expected == judge(evidence).weak


def test_a_truth_refuses_to_be_a_bool() -> None:
    with pytest.raises(VerifierError, match="three values"):
        bool(TRUE)


def test_an_unknown_truth_gives_its_reason() -> None:
    with pytest.raises(VerifierError, match="reason"):
        unknown("")


def test_one_false_decides_a_conjunction_and_an_unknown_is_passed_on() -> None:
    wide = unknown("too wide")
    assert FALSE == all_of([TRUE, wide, FALSE])
    assert wide == all_of([TRUE, wide])
    assert TRUE == all_of([TRUE, TRUE])
    assert wide == ~wide


def judgement(verdict: Verdict) -> Judgement:
    return Judgement(verdict, "", "", ())


def test_the_effective_verdict_is_the_worst_over_all_that_is_used() -> None:
    own = {
        "p/a": judgement(Verdict.PROVED),
        "p/b": judgement(Verdict.PROVED),
        "p/c": judgement(Verdict.SUPPORTED),
    }
    found = effective(own, {"p/a": ["p/b"], "p/b": ["p/c"]})
    assert (Verdict.SUPPORTED, "p/b") == (found["p/a"].verdict, found["p/a"].limited_by)
    assert ("p/c", "p/b") == found["p/a"].given
    assert Verdict.SUPPORTED == found["p/c"].verdict


def test_a_used_claim_that_did_not_run_counts_as_undecided() -> None:
    found = effective({"p/a": judgement(Verdict.PROVED)}, {"p/a": ["p/gone"]})
    assert (Verdict.UNDECIDED, "p/gone") == (found["p/a"].verdict, found["p/a"].limited_by)


def test_a_circle_of_uses_is_an_error_that_names_it() -> None:
    own = {"p/a": judgement(Verdict.PROVED), "p/b": judgement(Verdict.PROVED)}
    with pytest.raises(VerifierError, match="p/a -> p/b -> p/a"):
        effective(own, {"p/a": ["p/b"], "p/b": ["p/a"]})


def test_nothing_is_proved_on_a_claim_that_is_not() -> None:
    own = {
        "p/a": judgement(Verdict.PROVED),
        "p/b": judgement(Verdict.REFUTED),
        "p/c": judgement(Verdict.PROVED),
        "p/d": judgement(Verdict.SUPPORTED),
        "p/e": judgement(Verdict.PROVED),
    }
    found = settle(own, {"p/a": ["p/b"], "p/c": ["p/d"], "p/e": ["p/gone"]})
    assert Verdict.UNDECIDED == found["p/a"].verdict
    assert "It rests on `p/b`, which is REFUTED." == found["p/a"].reason
    assert (Verdict.CONDITIONAL, ("p/d",)) == (found["p/c"].verdict, found["p/c"].given)
    assert Verdict.UNDECIDED == found["p/e"].verdict
