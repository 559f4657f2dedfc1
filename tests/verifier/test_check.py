"""**Checking one claim**: all sides run, and one that raises is named and hides nothing."""

from __future__ import annotations

import random
from types import MappingProxyType
from typing import Any

import pytest

from tests.verifier.run.plugins import sides
from tests.verifier.run.plugins.healthy import CLAIMS
from verifier import check as module
from verifier.budget import BUDGETS
from verifier.check import check
from verifier.errors import UnsupportedError, VerifierError

CLAIM = CLAIMS[0]


def put_in(monkeypatch: pytest.MonkeyPatch, **changed: Any) -> None:
    found: dict[str, Any] = {
        "derive": sides.derive,
        "enclose": sides.enclose,
        "falsify": sides.falsify,
        "mutate": sides.mutate,
    }
    monkeypatch.setattr(module, "SIDES", MappingProxyType({**found, **changed}))


def raising(fault: BaseException) -> Any:
    def side(*_: Any) -> None:
        raise fault

    return side


def test_all_four_sides_look_at_a_claim(monkeypatch: pytest.MonkeyPatch) -> None:
    put_in(monkeypatch)
    evidence = check(CLAIM, budget=BUDGETS["quick"])
    assert (CLAIM.id, "") == (evidence.claim, evidence.error)
    assert ["derive", "enclose", "falsify", "mutate"] == list(evidence.seconds)
    assert evidence.falsify is not None
    assert 200 == evidence.falsify.instances


def test_a_side_that_is_not_named_does_not_run(monkeypatch: pytest.MonkeyPatch) -> None:
    put_in(monkeypatch)
    evidence = check(CLAIM, sides=["falsify", "derive"])
    assert ["derive", "falsify"] == list(evidence.seconds)
    assert (None, None) == (evidence.enclose, evidence.mutate)


@pytest.mark.parametrize("named", [["prove"], []])
def test_sides_that_do_not_exist_are_refused(named: list[str]) -> None:
    with pytest.raises(VerifierError, match="the sides are derive, enclose, falsify, mutate"):
        check(CLAIM, sides=named)


@pytest.mark.parametrize("fault", [UnsupportedError("no `Zeta` here"), KeyError("gone")])
def test_a_side_that_raises_is_named_and_the_others_still_run(
    fault: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_in(monkeypatch, enclose=raising(fault))
    evidence = check(CLAIM)
    assert f"side `enclose`: {type(fault).__name__}: {fault}" == evidence.error
    assert None not in (evidence.derive, evidence.falsify, evidence.mutate)


def test_nothing_more_is_tried_without_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    put_in(monkeypatch, derive=raising(MemoryError()))
    evidence = check(CLAIM)
    assert "side `derive`: MemoryError" == evidence.error
    assert ["derive"] == list(evidence.seconds)


def test_an_interruption_is_no_evidence(monkeypatch: pytest.MonkeyPatch) -> None:
    put_in(monkeypatch, derive=raising(KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        check(CLAIM)


def test_what_was_checked_before_does_not_change_the_evidence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    put_in(monkeypatch)
    first = check(CLAIM, seed=3).falsify
    random.seed(99)
    check(CLAIMS[1])
    assert first == check(CLAIM, seed=3).falsify
    assert first != check(CLAIM, seed=4).falsify


def test_a_step_may_rest_on_the_claims_of_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Any] = []
    put_in(monkeypatch, derive=lambda claim, budget, seed, library: seen.append(library))
    check(CLAIM, sides=["derive"], library={CLAIM.id: CLAIM})
    assert [{CLAIM.id: CLAIM}] == seen
