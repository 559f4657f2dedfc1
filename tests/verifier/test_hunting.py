"""**Hunting**: nothing found is lost, and what is reported does not depend on the clock."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.verifier.run.plugins import vices
from verifier import cli
from verifier.falsify.watch import Glance
from verifier.run.hunt import Chase, Hit, Hunt, HuntEvents
from verifier.run.session import Settings
from verifier.verdict import Counterexample

ROOT = Path(__file__).resolve().parents[2]
FOLDER = "tests.verifier.run.plugins"
VICES = ["--plugin", f"{FOLDER}.vices"]
STATE = ["--state", "state"]


class Screen:
    """What a command printed, and how it ended."""

    def __init__(self, status: int, out: str, err: str) -> None:
        self.status, self.out, self.err = status, out, err


@pytest.fixture
def hunt(capfd: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Screen]:
    """`verifier falsify` in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def command(*arguments: str) -> Screen:
        status = cli.main(["falsify", *arguments])
        return Screen(status, *capfd.readouterr())

    return command


def rounds(*numbers: int) -> dict[int, Glance]:
    return dict.fromkeys(numbers, Glance())


def state(name: str) -> Any:
    return json.loads(Path(f"state/vices-{name}.json").read_text())


def written(name: str) -> Any:
    return json.loads(Path(f"reports/counterexamples/vices-{name}.json").read_text())


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_the_hit_of_the_lowest_round_is_reported(jobs: str, hunt: Any) -> None:
    """Round 3 finds its hit while round 2 is still under way."""
    screen = hunt("vices/hidden", *VICES, *STATE, "--time", "60s", "--jobs", jobs)
    assert 1 == screen.status
    assert "vices/hidden: refuted. At x = 2." in screen.out
    assert "found by corners in round 2" in screen.out
    assert {"x": "2"} == written("hidden")["instance"]


def test_only_rounds_that_a_hit_waits_for_are_finished_when_the_time_is_over() -> None:
    hit = Counterexample("square", {"x": "1"}, "1", "corners", "At x = 1.")
    waits, survives = (Chase(vices.CLAIMS[n], running=rounds(2, 3, 4)) for n in (0, 1))
    waits.hit = Hit(3, hit)
    hunt = Hunt([waits, survives], load=dict, settings=Settings(), events=HuntEvents(), seconds=1)
    hunt.close()
    assert [{2, 3}, set()] == [set(waits.running), set(survives.running)]


def test_a_hit_outlives_the_worker_that_was_to_shrink_it(hunt: Any) -> None:
    screen = hunt("vices/unshrinkable", *VICES, *STATE, "--time", "60s", "--jobs", "1")
    assert 1 == screen.status
    assert "vices/unshrinkable: refuted. At x = 0." in screen.out
    assert {"x": "0"} == written("unshrinkable")["instance"]


def test_a_hunt_goes_on_where_it_was_stopped(hunt: Any) -> None:
    first = hunt("vices/good", *VICES, *STATE, "--time", "3s", "--jobs", "1")
    assert (0, 0) == (first.status, state("good")["seed"])
    done = state("good")["rounds"]
    assert done > 0
    again = hunt("vices/good", *VICES, *STATE, "--time", "3s", "--jobs", "2")
    assert f"Going on with vices/good after {done} round" in again.out
    assert f"vices/good round {done}" in again.out
    assert state("good")["rounds"] > done
    assert state("good")["best"]["round"] >= done


def test_another_seed_begins_anew(hunt: Any) -> None:
    hunt("vices/good", *VICES, *STATE, "--time", "3s")
    screen = hunt("vices/good", *VICES, *STATE, "--time", "3s", "--seed", "7")
    assert "Going on" not in screen.out
    assert 7 == state("good")["seed"]


def test_a_damaged_state_is_named(hunt: Any) -> None:
    Path("state").mkdir()
    Path("state/vices-good.json").write_text("{")
    screen = hunt("vices/good", *VICES, *STATE, "--time", "3s")
    assert 3 == screen.status
    assert "state/vices-good.json is no state of a hunt: remove it" in screen.err


def test_all_names_the_claims_that_err_and_hunts_on(hunt: Any) -> None:
    names = ["hangs", "raises", "exits", "hidden", "good"]
    chosen = [f"vices/{name}" for name in names]
    screen = hunt(*chosen, *VICES, *STATE, "--time", "8s", "--timeout", "2", "--jobs", "2")
    assert 1 == screen.status
    assert "`vices/hangs`: round 0: ResourceError: it was stopped at the time" in screen.err
    assert "`vices/raises`: round 0: side `falsify`: ZeroDivisionError" in screen.err
    assert "`vices/exits`: round 0: ResourceError: its worker ended" in screen.err
    assert "vices/hidden: refuted." in screen.out
    assert "vices/good: no counterexample in" in screen.out
    assert ": 1 refuted, 3 errors" in screen.out


def test_weak_claims_come_first_and_refuted_ones_are_named(hunt: Any) -> None:
    verdicts = dict.fromkeys(vices.NAMES, "REFUTED")
    verdicts |= {"good": "PROVED", "weak": "UNDECIDED", "user": "SUPPORTED"}
    entries = {
        f"vices/{name}": {"verdict": verdict, "effective": verdict, "scope": ""}
        for name, verdict in verdicts.items()
    }
    Path("reports").mkdir()
    Path("reports/baseline.json").write_text(json.dumps(entries))
    screen = hunt("--all", *VICES, *STATE, "--time", "4s", "--jobs", "1", "--budget", "quick")
    assert "Left out, as they are refuted already: vices/hangs, vices/eats" in screen.out
    done = [state(name)["rounds"] for name in ("weak", "user", "good")]
    assert sorted(done, reverse=True) == done
    assert 0 < done[-1]
    assert "vices/weak round 0" in screen.out
    assert ["vices-good", "vices-user", "vices-weak"] == sorted(
        p.stem for p in Path("state").iterdir()
    )


def test_a_full_disk_prints_the_hit(hunt: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    screen = hunt("vices/hidden", *VICES, *STATE, "--time", "60s", "--jobs", "1")
    assert 3 == screen.status
    assert "vices-hidden.json cannot be written: No space left on device" in screen.err
    assert '"explanation": "At x = 2."' in screen.out
    assert "The hunt goes on, but cannot be resumed." in screen.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["vices/good", "--time", "soon"], "'soon' is no time: write it as 90s, 10m or 1h30m."),
        (["vices/good", "--time", "0s"], "'0s' is no time"),
        ([], "Name the claims to hunt on, or --all."),
        (["vices/good", "--all"], "Name the claims to hunt on, or --all."),
    ],
)
def test_wrong_usage_is_refused(arguments: list[str], message: str, hunt: Any) -> None:
    screen = hunt(*arguments, *VICES)
    assert 2 == screen.status
    assert message in screen.err


def test_ctrl_c_keeps_what_is_found(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "verifier", "falsify", "vices/unshrinkable", "vices/good"]
    command += [*VICES, *STATE, "--time", "10m", "--jobs", "1"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True, start_new_session=True,
    )  # fmt: skip
    file = tmp_path / "reports/counterexamples/vices-unshrinkable.json"
    until = time.monotonic() + 60
    while not (file.exists() and list(tmp_path.glob("state/*"))) and time.monotonic() < until:
        time.sleep(0.1)
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert 130 == process.returncode
    assert "vices/unshrinkable: refuted. At x = 0." in out
    assert "error: Interrupted: what was found is kept.\n" == err.splitlines(keepends=True)[-1]
    assert "Traceback" not in err
    assert json.loads((tmp_path / "state/vices-good.json").read_text())["rounds"] > 0


def test_a_counterexample_replays_in_a_process_that_has_never_seen_the_run(
    hunt: Any, tmp_path: Path
) -> None:
    """Another folder, another hash seed, and no cache of the user."""
    hunt("wrong/lem-1", "--plugin", f"{FOLDER}.wrong", "--budget", "quick")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    file = (tmp_path / "reports/counterexamples/wrong-lem-1.json").rename(elsewhere / "found.json")
    command = [sys.executable, "-m", "verifier", "replay", file.name]
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "7"}
    done = subprocess.run(
        [*command, "--plugin", f"{FOLDER}.wrong"], cwd=elsewhere, capture_output=True, text=True,
        env={**environment, "HOME": str(elsewhere)}, check=False,
    )  # fmt: skip
    assert (0, "") == (done.returncode, done.stderr)
    assert done.stdout.startswith("wrong/lem-1: refuted, decided anew. At x = ")
    assert ["found.json"] == [path.name for path in elsewhere.iterdir()]
