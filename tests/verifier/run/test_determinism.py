"""**Determinism**: the same seed gives the same bytes, with one worker and with two."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.verifier.run.plugins import searched
from verifier import cli

PLUGIN = ["--plugin", searched.__name__]
SIDES = ["--side", "falsify", "--side", "mutate"]


def written(run: str, jobs: int, seed: int) -> str:
    """The run JSON as text, without the times in it."""
    arguments = ["verify", *PLUGIN, *SIDES, "--budget", "quick", "--quiet"]
    options = ["--jobs", str(jobs), "--seed", str(seed), "--json", f"{run}.json"]
    cli.main([*arguments, *options, "--counterexamples", run])
    data = json.loads(Path(f"{run}.json").read_text())
    del data["totals"]["seconds"]
    for claim in data["claims"]:
        del claim["seconds"]
    return json.dumps(data)


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("runs"))
        found = {
            "one": written("one", 1, 0),
            "again": written("again", 1, 0),
            "two": written("two", 2, 0),
            "other seed": written("other", 1, 1),
        }
        found |= {
            f"hit {name}": Path(f"{name}/searched-false-vectors.json").read_text()
            for name in ("one", "again", "two")
        }
    return found


def test_two_runs_with_the_same_seed_are_the_same_bytes(runs: dict[str, str]) -> None:
    assert runs["one"] == runs["again"]


def test_one_and_two_workers_give_the_same_bytes(runs: dict[str, str]) -> None:
    assert runs["one"] == runs["two"]


def test_counterexample_files_are_the_same_bytes(runs: dict[str, str]) -> None:
    assert runs["hit one"] == runs["hit again"] == runs["hit two"]


def test_the_seed_decides_what_is_searched(runs: dict[str, str]) -> None:
    assert runs["one"] != runs["other seed"]


def test_there_is_much_to_compare(runs: dict[str, str]) -> None:
    """All claims have instances and mutants, and the false one its counterexample."""
    claims: list[dict[str, Any]] = json.loads(runs["one"])["claims"]
    assert [claim.id for claim in searched.CLAIMS] == [row["id"] for row in claims]
    assert ["searched/false-vectors"] == [r["id"] for r in claims if r["verdict"] == "REFUTED"]
    assert all(row["sides"]["falsify"]["instances"] > 1 for row in claims)
    assert all(row["sides"]["mutate"]["detail"] for row in claims)
