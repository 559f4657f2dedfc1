"""**Command line**: one clear message and the right exit status for everything that goes wrong."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from verifier import cli
from verifier import registry as registry_module

ROOT = Path(__file__).resolve().parents[2]
FOLDER = "tests.verifier.run.plugins"
VICES = ["--plugin", f"{FOLDER}.vices"]
SCHEMA = json.loads((ROOT / "reports/schema.json").read_text())


class Screen:
    """What a command printed, and how it ended."""

    def __init__(self, status: int, out: str, err: str) -> None:
        self.status, self.out, self.err = status, out, err


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Run a command in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def command(*arguments: str) -> Screen:
        status = cli.main(arguments)
        return Screen(status, *capfd.readouterr())

    return command


def names(*names: str) -> list[str]:
    return [f"vices/{name}" for name in names]


def without_seconds(file: Path) -> Any:
    data = json.loads(file.read_text())
    del data["totals"]["seconds"]
    for claim in data["claims"]:
        del claim["seconds"]
    return data


def test_help_opens_at_once() -> None:
    command = [sys.executable, "-c", "import sys, verifier.cli; print(*sys.modules)"]
    loaded = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert set() == {"sympy", "flint", "hypothesis", "rich", "numpy"} & set(loaded.split())


def test_help_names_every_command_and_the_exit_status(run: Any) -> None:
    screen = run("--help")
    assert 0 == screen.status
    for word in (
        "list",
        "show",
        "verify",
        "check-certificates",
        "falsify",
        "replay",
        "report",
        "130",
    ):
        assert word in screen.out


def test_list_prints_one_line_a_claim(run: Any) -> None:
    screen = run("list", "healthy/*", "--plugin", f"{FOLDER}.healthy")
    assert (0, 3) == (screen.status, len(screen.out.splitlines()))
    assert screen.out.startswith("healthy/lem-2  Lemma lem-2: Claim lem-2\n")


def test_verify_prints_one_line_a_claim_and_the_totals(run: Any) -> None:
    screen = run("verify", *names("good", "refuted", "trusting"), *VICES)
    assert 0 == screen.status
    for text in (
        "PROVED       vices/good      [for all x]  Every step is discharged.",
        "REFUTED      vices/refuted   [one exact instance]",
        "    At x = 1/2, 1/4 >= 1/2.",
        "CONDITIONAL  vices/trusting  [for all x]  Trusts Book, Theorem 1",
        "1 PROVED, 1 CONDITIONAL, 1 REFUTED",
    ):
        assert text in screen.out
    assert "\x1b" not in screen.out


def test_used_claims_are_verified_too_and_limit_the_verdict(run: Any) -> None:
    screen = run("verify", "vices/user", *VICES)
    assert 0 == screen.status
    assert "Verifying 1 matching, and 2 they use." in screen.out
    assert "It rests on `vices/undischarged`, which is UNDECIDED." in screen.out


def test_claims_in_a_circle_are_at_most_undecided_and_the_run_ends_with_2(run: Any) -> None:
    screen = run("verify", "circle/[ab]", "--plugin", f"{FOLDER}.circle")
    assert 2 == screen.status
    assert (
        "error: Claims use each other in a circle: circle/a -> circle/b -> circle/a" in screen.err
    )
    assert "It rests on `circle/b (a circle)`, which is UNDECIDED." in screen.out
    assert "2 UNDECIDED" in screen.out


def test_vicious_claims_cost_only_themselves_and_fail_the_run(run: Any, tmp_path: Path) -> None:
    chosen = names("hangs", "exits", "raises", "good")
    screen = run("verify", *chosen, *VICES, "--timeout", "2", "--json", "run.json")
    assert 1 == screen.status
    assert "ERROR        vices/hangs   ResourceError: it was stopped at the time" in screen.out
    assert "ERROR        vices/exits   ResourceError: its worker ended with exit" in screen.out
    assert "FAILED  vices/raises: ERROR: side `derive`: ZeroDivisionError" in screen.out
    assert "PROVED       vices/good" in screen.out
    jsonschema.validate(json.loads((tmp_path / "run.json").read_text()), SCHEMA)


def test_a_weak_claim_fails_the_run_whatever_its_verdict(run: Any) -> None:
    screen = run("verify", "vices/weak", *VICES)
    assert 1 == screen.status
    assert "FAILED  vices/weak: weak: mutant `constant` is expected to be refuted" in screen.out


def test_quiet_prints_only_what_fails(run: Any) -> None:
    screen = run("verify", *names("good", "weak"), *VICES, "--quiet")
    assert "vices/good" not in screen.out
    assert "WEAK" in screen.out
    assert "2 claims in" in screen.out


def test_one_and_two_workers_write_the_same_run(run: Any, tmp_path: Path) -> None:
    chosen = names("good", "refuted", "trusting", "undischarged", "user")
    for jobs in ("1", "2"):
        run("verify", *chosen, *VICES, "--jobs", jobs, "--json", f"{jobs}.json")
    assert without_seconds(tmp_path / "1.json") == without_seconds(tmp_path / "2.json")
    jsonschema.validate(json.loads((tmp_path / "2.json").read_text()), SCHEMA)


def test_what_a_claim_prints_does_not_get_between_the_verdicts(run: Any) -> None:
    assert "this is not a verdict" not in run("verify", "vices/prints", *VICES).out


@pytest.mark.parametrize("command", [["verify"], ["show"], ["falsify"], ["list"]])
def test_an_unknown_id_is_one_error_with_the_closest_ones(command: list[str], run: Any) -> None:
    screen = run(*command, "vices/gud", *VICES)
    assert (2, "") == (screen.status, screen.out)
    assert screen.err.startswith("error: No claim matches `vices/gud`. Closest: `vices/good`")
    assert 1 == len(screen.err.splitlines())


def test_a_broken_plugin_is_named_and_the_others_are_verified(run: Any) -> None:
    screen = run("verify", "vices/good", *VICES, "--plugin", f"{FOLDER}.raises")
    assert 2 == screen.status
    cause = "does not load: RuntimeError: the notation file is gone"
    assert f"error: plugin `{FOLDER}.raises` {cause}" in screen.err
    assert "PROVED       vices/good" in screen.out


def test_no_claims_is_an_error_and_no_success(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry_module, "entry_points", lambda group: [])
    screen = run("verify")
    assert 2 == screen.status
    assert screen.err.startswith("error: There are no claims to verify.")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--memory", "much"], "'much' is no size: write it as 4GiB or 512MiB."),
        (["--budget", "endless"], "'endless' is not one of 'quick', 'standard', 'deep'"),
        (["--jobs", "0"], "0 is not in the range x>=1"),
        (["--baseline", "none.json"], "There is no baseline none.json; --write-baseline writes"),
    ],
)
def test_wrong_usage_is_refused(arguments: list[str], message: str, run: Any) -> None:
    screen = run("verify", "vices/good", *VICES, *arguments)
    assert 2 == screen.status
    assert message in screen.err


@pytest.fixture
def blocked(tmp_path: Path) -> Path:
    """A place where nothing can be written, not even by root: it is below a file."""
    (tmp_path / "file").write_text("")
    return tmp_path / "file" / "below"


@pytest.mark.parametrize("option", ["--json", "--report", "--counterexamples", "--certificates"])
def test_an_unwritable_place_is_named_after_the_verdicts_are_printed(
    option: str, blocked: Path, run: Any, tmp_path: Path
) -> None:
    other = [] if option == "--json" else ["--json", "run.json"]
    screen = run("verify", "vices/refuted", *VICES, option, str(blocked), *other)
    assert 3 == screen.status
    assert "REFUTED      vices/refuted" in screen.out
    assert f"{blocked}" in screen.err
    assert "cannot be written" in screen.err
    assert (tmp_path / "run.json").exists() == bool(other)


def test_a_full_disk_leaves_the_old_file_and_no_rest(
    run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    (tmp_path / "run.json").write_text("old")
    monkeypatch.setattr(os, "replace", full)
    screen = run("verify", "vices/good", *VICES, "--json", "run.json")
    assert 3 == screen.status
    assert "run.json cannot be written: No space left on device" in screen.err
    assert ["run.json"] == [path.name for path in tmp_path.iterdir()]
    assert "old" == (tmp_path / "run.json").read_text()


def test_a_baseline_is_written_then_kept_then_broken(run: Any, tmp_path: Path) -> None:
    chosen = [*names("good", "refuted"), *VICES]
    assert 0 == run("verify", *chosen, "--write-baseline").status
    path = tmp_path / "reports/baseline.json"
    data = json.loads(path.read_text())
    expected = {"verdict": "PROVED", "effective": "PROVED", "scope": "for all x"}
    assert expected == data["vices/good"]
    assert 0 == run("verify", *chosen).status
    data["vices/refuted"]["verdict"] = data["vices/refuted"]["effective"] = "SUPPORTED"
    path.write_text(json.dumps(data))
    screen = run("verify", *chosen)
    assert 1 == screen.status
    expected_line = "FAILED  vices/refuted: REFUTED, worse than SUPPORTED in the baseline\n"
    assert expected_line in screen.out


def test_a_missing_claim_fails_a_full_run(run: Any, tmp_path: Path) -> None:
    entry = {"verdict": "PROVED", "effective": "PROVED", "scope": ""}
    (tmp_path / "base.json").write_text(json.dumps({"healthy/gone": entry}))
    plugin = ["--plugin", f"{FOLDER}.circle", "--baseline", "base.json"]
    missing = "healthy/gone: the baseline has it as PROVED, and now it is missing"
    assert missing in run("verify", *plugin).out
    assert missing not in run("verify", "circle/*", *plugin).out


def test_some_sides_alone_are_not_held_against_the_baseline(run: Any) -> None:
    run("verify", "vices/good", *VICES, "--write-baseline")
    screen = run("verify", "vices/good", *VICES, "--side", "derive")
    assert 0 == screen.status
    assert "Not compared with the baseline: only some sides ran." in screen.out


def test_falsify_prints_the_counterexample_and_where_it_is_written(run: Any) -> None:
    screen = run("falsify", "vices/refuted", *VICES)
    assert 1 == screen.status
    assert "vices/refuted: refuted. At x = 1/2, 1/4 >= 1/2.\n    x = 1/2\n" in screen.out
    assert "verifier replay reports/counterexamples/vices-refuted.json" in screen.out
    assert 0 == run("falsify", "vices/good", *VICES).status


def test_show_prints_the_statement_and_the_evidence_of_all_sides(run: Any) -> None:
    screen = run("show", "vices/refuted", *VICES)
    assert 0 == screen.status
    for text in (
        "vices/refuted: A claim that is refuted",
        "y = x**2",
        "REFUTED",
        "derive: 1 of 1 steps discharged (1 checked)",
        "enclose: 1 region(s): 50 % certified, 50 % undecided",
        "counterexample to `square`: x = 1/2",
        "mutate: 1 declared, 0 derived, 1 killed, 0 survived",
        "kill score 1; noticed by derive 0, enclose 0, falsify 1",
    ):
        assert text in screen.out


def test_a_counterexample_is_replayed_elsewhere_and_refused_when_a_digit_is_changed(
    run: Any, tmp_path: Path
) -> None:
    plugin = ["--plugin", f"{FOLDER}.wrong"]
    options = ["--side", "falsify", "--budget", "quick", "--counterexamples", "found"]
    expected = "hits: found"
    assert expected in run("verify", *plugin, *options).out
    file = tmp_path / "found" / "wrong-lem-1.json"
    (tmp_path / "moved.json").write_text(file.read_text())
    screen = run("replay", "moved.json", *plugin)
    assert 0 == screen.status
    assert screen.out.startswith("wrong/lem-1: refuted, decided anew. ")
    content = json.loads(file.read_text())
    content["instance"]["x"] = content["instance"]["x"].replace("2", "3")
    file.write_text(json.dumps(content))
    screen = run("replay", str(file), *plugin)
    assert 1 == screen.status
    assert "damaged" in screen.err


def test_certificates_are_written_and_replayed_and_a_changed_one_is_named(
    run: Any, tmp_path: Path
) -> None:
    assert 2 == run("check-certificates", str(tmp_path)).status
    screen = run("verify", *names("good", "refuted"), *VICES, "--certificates", "found")
    assert "certificates: found" in screen.out
    screen = run("check-certificates", "found")
    assert (0, "3 of 3 certificates hold.\n") == (screen.status, screen.out)
    file = tmp_path / "found/vices-good/square-2.json"
    file.write_text(file.read_text().replace('"-1"', '"-2"'))
    screen = run("check-certificates", "found")
    assert (1, "2 of 3") == (screen.status, screen.out.splitlines()[1][:6])
    assert "REJECTED vices-good/square-2.json: the goal is not zero" in screen.out
    file.write_bytes(b"\xff")
    assert 1 == run("check-certificates", "found").status


def test_certificates_that_a_claim_no_longer_has_are_removed(run: Any, tmp_path: Path) -> None:
    stale = tmp_path / "found/vices-good/square-3.json"
    stale.parent.mkdir(parents=True)
    stale.write_text("{}")
    run("verify", "vices/good", *VICES, "--certificates", "found")
    assert ["square-1.json", "square-2.json"] == sorted(p.name for p in stale.parent.iterdir())


def test_certificates_are_checked_without_the_engine(tmp_path: Path) -> None:
    code = (
        f"import sys; from verifier.cli import main; main(['check-certificates', '{tmp_path}']);"
        "print(*[m for m in sys.modules if m.startswith(('verifier.', 'sympy', 'flint'))])"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    engine = {"verifier.cli", "verifier.budget", "verifier.errors", "verifier.certificate"}
    assert engine | {"verifier.certificate.checker"} == set(done.stdout.splitlines()[-1].split())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "run.json cannot be read"),
        ("[]", "has schema version None, this engine reads 1"),
        ('{"schema_version": 2}', "has schema version 2, this engine reads 1"),
        ('{"schema_version": 1}', "is no run: `claims` is missing"),
    ],
)
def test_a_report_of_something_else_is_refused(
    text: str, message: str, run: Any, tmp_path: Path
) -> None:
    (tmp_path / "run.json").write_text(text)
    screen = run("report", "--from", "run.json", "--out", "site")
    assert 3 == screen.status
    assert message in screen.err


def test_an_engine_that_fails_says_so(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry_module, "entry_points", lambda group: 1 / 0)
    screen = run("list")
    assert 3 == screen.status
    assert "error: The engine failed; this is a bug in it." in screen.err
    assert "ZeroDivisionError" in screen.err


def test_ctrl_c_writes_what_is_done(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "verifier", "verify", *names("good", "hangs", "raises")]
    command += [*VICES, "--jobs", "1", "--json", str(tmp_path / "run.json")]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    first = process.stdout.readline()
    time.sleep(0.5)
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert first.startswith("PROVED       vices/good")
    assert 130 == process.returncode
    assert "1 claim in" in out
    assert ["error: Interrupted: 2 of 3 claims were not reached."] == err.splitlines()
    data = json.loads((tmp_path / "run.json").read_text())
    jsonschema.validate(data, SCHEMA)
    assert (True, names("hangs", "raises")) == (data["interrupted"], data["pending"])
    assert names("good") == [claim["id"] for claim in data["claims"]]
