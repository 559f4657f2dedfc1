"""**True statements are proved**, all but a few that are named and say why they are not."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.soundness.everything import LIBRARY, TRUE
from tests.soundness.statements import Trial
from verifier import Evidence, Verdict
from verifier.derive.side import all_rules, derive_claim
from verifier.judgement import judge
from verifier.verdict import FalsifyEvidence

OUT_OF_REACH = {"motzkin", "bernoulli"}


@pytest.mark.parametrize("trial", TRUE, ids=lambda trial: f"{trial.rule}-{trial.name}")
def test_it_is_proved_or_known_to_be_out_of_reach(trial: Trial) -> None:
    derive = derive_claim(trial.claim, LIBRARY)
    falsify = FalsifyEvidence(instances=1, witness={})
    verdict = judge(Evidence(trial.claim.id, derive=derive, falsify=falsify)).verdict
    allowed = {Verdict.PROVED} | ({Verdict.UNDECIDED} if trial.name in OUT_OF_REACH else set())
    assert verdict in allowed
    assert all(step.discharged or step.reason for step in derive.steps)
    assert not derive.disproof


def test_hardly_any_is_out_of_reach() -> None:
    names = Counter(trial.name for trial in TRUE)
    assert names.keys() >= OUT_OF_REACH
    assert 500 <= len(TRUE) == len(names)
    assert 20 * len(OUT_OF_REACH) <= len(TRUE)


def test_every_rule_is_used() -> None:
    assert set() == {*all_rules(), "claim"} - {trial.rule for trial in TRUE}
