"""**Baseline**: a worse verdict, a missing claim or another scope is named; a better one is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.verifier.run.plugins.healthy import CLAIMS
from verifier.errors import ReportError
from verifier.judgement import Effective, Judgement
from verifier.run.baseline import Entry, failures, read_baseline, regressions, write_baseline
from verifier.run.session import Row
from verifier.verdict import Evidence, Verdict

CLAIM = CLAIMS[0]
V = Verdict


def row(
    verdict: Verdict, effective: Verdict | None = None, *, scope: str = "", weak: bool = False
) -> Row:
    below = verdict if effective is None else effective
    limit = "" if effective is None else "healthy/lem-1"
    judged = Judgement(verdict, scope, "a reason", (), weak)
    return Row(CLAIM, Evidence(CLAIM.id), judged, Effective(below, limit, ()))


def compare(now: Row, entry: Entry) -> list[str]:
    return regressions([now], {CLAIM.id: entry}, everything=True)


@pytest.mark.parametrize(
    ("now", "entry"),
    [
        (row(V.PROVED), Entry(V.PROVED, V.PROVED, "")),
        (row(V.PROVED, scope="all d"), Entry(V.SUPPORTED, V.SUPPORTED, "9 instances")),
        (row(V.REFUTED), Entry(V.REFUTED, V.REFUTED, "")),
        (
            row(V.SUPPORTED, scope="200 instances"),
            Entry(V.SUPPORTED, V.SUPPORTED, "1500 instances"),
        ),
    ],
)
def test_as_good_or_better_is_fine(now: Row, entry: Entry) -> None:
    assert [] == compare(now, entry)


@pytest.mark.parametrize(
    ("now", "entry", "expected"),
    [
        (
            row(V.UNDECIDED),
            Entry(V.PROVED, V.PROVED, ""),
            "healthy/lem-2: UNDECIDED, worse than PROVED in the baseline",
        ),
        (
            row(V.PROVED, V.SUPPORTED),
            Entry(V.PROVED, V.PROVED, ""),
            "healthy/lem-2: effectively SUPPORTED through healthy/lem-1, worse than PROVED",
        ),
        (
            row(V.PROVED, scope="d <= 3"),
            Entry(V.PROVED, V.PROVED, "all d"),
            "healthy/lem-2: PROVED for `d <= 3`, where the baseline has `all d`",
        ),
    ],
)
def test_what_is_worse_is_named(now: Row, entry: Entry, expected: str) -> None:
    assert [expected] == compare(now, entry)


def test_a_claim_is_missing_only_from_a_full_run() -> None:
    baseline = {"healthy/gone": Entry(V.PROVED, V.PROVED, "")}
    expected = ["healthy/gone: the baseline has it as PROVED, and now it is missing"]
    assert expected == regressions([], baseline, everything=True)
    assert [] == regressions([], baseline, everything=False)


def test_an_error_and_a_weak_claim_fail_without_a_baseline() -> None:
    assert ["healthy/lem-2: ERROR: a reason"] == failures([row(V.ERROR)])
    assert 1 == len(failures([row(V.PROVED, weak=True)]))
    assert [] == failures([row(V.REFUTED)])


def test_a_baseline_comes_back_as_it_was_and_keeps_what_did_not_run(tmp_path: Path) -> None:
    path = tmp_path / "new" / "baseline.json"
    kept = Entry(V.SUPPORTED, V.SUPPORTED, "9 instances")
    write_baseline([row(V.PROVED, scope="all d")], path, keep={"healthy/z": kept})
    expected = {CLAIM.id: Entry(V.PROVED, V.PROVED, "all d"), "healthy/z": kept}
    assert expected == read_baseline(path)


@pytest.mark.parametrize("text", ["[", "[]", '{"a": 1}', '{"a": {"verdict": "FINE"}}'])
def test_a_damaged_baseline_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    path.write_text(text)
    with pytest.raises(ReportError, match=r"baseline\.json"):
        read_baseline(path)
