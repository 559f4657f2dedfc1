"""**No false statement is proved**, whatever rule its steps name."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.soundness.everything import FALSE, LIBRARY
from tests.soundness.ill_formed import ILL_FORMED
from tests.soundness.statements import Trial
from verifier import Evidence, Verdict
from verifier.derive.side import all_rules, derive_claim
from verifier.errors import StatementError
from verifier.judgement import judge
from verifier.verdict import DeriveEvidence, FalsifyEvidence

ESTABLISHED = {Verdict.PROVED, Verdict.CONDITIONAL, Verdict.CERTIFIED}
every = pytest.mark.parametrize("trial", FALSE, ids=lambda trial: f"{trial.rule}-{trial.name}")


def judged(trial: Trial, derive: DeriveEvidence) -> Verdict:
    """The verdict if the falsifier found nothing but a witness, unless there cannot be one."""
    witness = None if trial.kind == "vacuous" else {}
    falsify = FalsifyEvidence(instances=1, witness=witness)
    return judge(Evidence(trial.claim.id, derive=derive, falsify=falsify)).verdict


@every
def test_it_is_not_established(trial: Trial) -> None:
    derive = derive_claim(trial.claim, LIBRARY)
    assert judged(trial, derive) not in ESTABLISHED
    assert trial.kind == "vacuous" or not derive.complete


@every
def test_the_refusal_has_a_reason(trial: Trial) -> None:
    derive = derive_claim(trial.claim, LIBRARY)
    open_steps = [step for step in derive.steps if not step.discharged]
    assert trial.kind == "vacuous" or open_steps or derive.missing
    assert all(step.reason for step in open_steps)


@pytest.mark.parametrize("key", sorted(LIBRARY))
def test_the_claims_that_are_used_hold(key: str) -> None:
    derive = derive_claim(LIBRARY[key], LIBRARY)
    assert [] == [step.reason for step in derive.steps if not step.discharged]
    assert derive.complete


def test_every_rule_is_tried() -> None:
    tried = Counter(trial.rule for trial in FALSE)
    assert not {*all_rules(), "claim"} - tried.keys()
    assert 900 <= len(FALSE)
    assert min(tried.values()) >= 5


def test_no_name_stands_for_two_statements() -> None:
    names = Counter((trial.rule, trial.name) for trial in FALSE)
    assert [] == [name for name, count in names.items() if count > 1]


@pytest.mark.parametrize("name", sorted(ILL_FORMED))
def test_what_means_nothing_cannot_be_written(name: str) -> None:
    with pytest.raises(StatementError):
        ILL_FORMED[name]()
