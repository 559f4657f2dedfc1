"""**All sides together**: what is false is refuted or undecided, what is true is never refuted."""

from __future__ import annotations

import pytest

from tests.soundness.everything import FALSE, TRUE
from tests.soundness.statements import Trial
from verifier import Verdict
from verifier.budget import Budget
from verifier.check import check
from verifier.judgement import judge

SIDES = ("derive", "enclose", "falsify")
SMALL = Budget("trial", instances=60, boxes=60, bits=128, mutant_instances=1)
IMPROPER = {"across-a-pole", "across-a-pole-log", "from-a-pole"}  # half a minute each to integrate
NO_COUNTEREXAMPLE = 10


def verdict_of(trial: Trial) -> Verdict:
    sides = ("derive", "enclose") if trial.name in IMPROPER else SIDES
    return judge(check(trial.claim, sides=sides, budget=SMALL)).verdict


@pytest.mark.parametrize("trial", TRUE, ids=lambda trial: f"{trial.rule}-{trial.name}")
def test_a_true_statement_is_not_refuted(trial: Trial) -> None:
    assert verdict_of(trial) in (Verdict.PROVED, Verdict.UNDECIDED)


def test_a_false_statement_is_refuted_and_any_other_left_undecided() -> None:
    verdicts = {(trial.kind, trial.rule, trial.name): verdict_of(trial) for trial in FALSE}
    established = (Verdict.PROVED, Verdict.CONDITIONAL, Verdict.CERTIFIED, Verdict.SUPPORTED)
    assert [] == [key for key, verdict in verdicts.items() if verdict in established]
    false = [verdict for (kind, _, _), verdict in verdicts.items() if kind == "false"]
    assert len(false) - NO_COUNTEREXAMPLE <= false.count(Verdict.REFUTED)
    undefined = [key for key in verdicts if key[0] == "undefined" and key[2] not in IMPROPER]
    assert {Verdict.UNDECIDED} == {verdicts[key] for key in undefined}
    empty = [verdict for (kind, _, _), verdict in verdicts.items() if kind == "vacuous"]
    assert {Verdict.VACUOUS} == set(empty)
