"""**Pool**: a claim that hangs, eats memory or kills its worker costs only itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import pytest

from tests.verifier.run.plugins import vices
from verifier.budget import BUDGETS
from verifier.claim import Claim
from verifier.errors import ResourceError
from verifier.registry import claims_by_id
from verifier.run.evidence import evidence_to_json
from verifier.run.pool import GIBIBYTE, Limits, Pool, Task
from verifier.verdict import Evidence

LOAD = partial(claims_by_id, (vices.__name__,))
SIDES = ("derive", "enclose", "falsify", "mutate")
HARMLESS = ("good", "refuted", "weak", "trusting", "undischarged")


def run(
    names: Sequence[str], *, jobs: int = 1, seconds: float = 60, memory: int = 4 * GIBIBYTE
) -> dict[str, Evidence]:
    tasks = [Task(f"vices/{name}", SIDES, BUDGETS["quick"], 0) for name in names]
    pool = Pool(LOAD, jobs=jobs, limits=Limits(seconds, memory))
    return {evidence.claim.split("/")[1]: evidence for evidence in pool.run(tasks)}


def errors(found: Mapping[str, Evidence]) -> dict[str, str]:
    return {name: evidence.error for name, evidence in found.items()}


def test_a_claim_that_hangs_is_stopped_and_the_next_one_is_checked() -> None:
    expected = {
        "hangs": "ResourceError: it was stopped at the time limit of 2 s; --timeout sets it.",
        "good": "",
    }
    assert expected == errors(run(["hangs", "good"], seconds=2))


def test_a_claim_that_allocates_without_end_is_named_and_the_next_one_is_checked() -> None:
    expected = {
        "eats": "side `derive`: MemoryError. The memory limit is 0.5 GiB; --memory sets it.",
        "good": "",
    }
    assert expected == errors(run(["eats", "good"], memory=GIBIBYTE // 2))


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("exits", "ResourceError: its worker ended with exit code 7."),
        (
            "killed",
            "ResourceError: its worker was ended by SIGKILL. The memory limit is 4 GiB; "
            "--memory sets it.",
        ),
        ("raises", "side `derive`: ZeroDivisionError: a denominator is 0"),
        (
            "unknown",
            "UnknownClaimError: the worker does not find it; was a file changed meanwhile?",
        ),
    ],
)
def test_a_claim_that_breaks_costs_only_itself(name: str, error: str) -> None:
    assert {name: error, "good": ""} == errors(run([name, "good"]))


def test_the_evidence_does_not_depend_on_workers_or_order() -> None:
    one = run(HARMLESS, jobs=1)
    two = run(tuple(reversed(HARMLESS)), jobs=2)
    assert set(HARMLESS) == set(one) == set(two)
    for name in HARMLESS:
        first, second = evidence_to_json(one[name]), evidence_to_json(two[name])
        assert str(first["sides"]) == str(second["sides"])


def test_no_worker_is_left_when_a_run_is_given_up() -> None:
    pool = Pool(LOAD, jobs=2)
    running = pool.run([Task(f"vices/{n}", SIDES, BUDGETS["quick"], 0) for n in ("good", "hangs")])
    assert "vices/good" == next(running).claim
    processes = [worker.process for worker in pool._workers]
    running.close()
    assert [False, False] == [process.is_alive() for process in processes]


def _broken() -> Mapping[str, Claim]:
    raise RuntimeError("a file is gone")


def test_claims_that_no_worker_can_load_end_the_run() -> None:
    task = Task("vices/good", SIDES, BUDGETS["quick"], 0)
    with pytest.raises(ResourceError, match="could not load the claims: RuntimeError: a file"):
        list(Pool(_broken).run([task]))
