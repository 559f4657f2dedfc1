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
UNREFUTED = {
    # a name that means two things, a hypothesis on a bound name, a function of two arguments
    "zariski-sine",
    "along-an-equality",
    "function-called-exp",
    "function-called-absolute",
    "function-of-two",
    "elsewhere",
    "given-component",
    "captured-by-a-field-component",
}


def verdict_of(trial: Trial) -> Verdict:
    sides = ("derive", "enclose") if trial.name in IMPROPER else SIDES
    return judge(check(trial.claim, sides=sides, budget=SMALL)).verdict


@pytest.mark.parametrize("trial", TRUE, ids=lambda trial: f"{trial.rule}-{trial.name}")
def test_a_true_statement_is_not_refuted(trial: Trial) -> None:
    assert verdict_of(trial) in (Verdict.PROVED, Verdict.UNDECIDED)


@pytest.mark.parametrize("trial", FALSE, ids=lambda trial: f"{trial.rule}-{trial.name}")
def test_a_false_statement_is_never_established(trial: Trial) -> None:
    """It is refuted, unless the search is known not to reach a counterexample."""
    verdict = verdict_of(trial)
    if trial.kind == "vacuous":
        assert Verdict.VACUOUS is verdict
    elif trial.kind == "undefined":
        assert Verdict.UNDECIDED is verdict
    elif trial.kind == "unfounded" or trial.name in UNREFUTED:
        assert verdict in (Verdict.UNDECIDED, Verdict.VACUOUS, Verdict.REFUTED)
    else:
        assert Verdict.REFUTED is verdict


def test_hardly_any_false_statement_is_out_of_reach() -> None:
    false = [trial.name for trial in FALSE if trial.kind == "false"]
    assert set(false) >= UNREFUTED
    assert 50 * len(UNREFUTED) <= len(false)
