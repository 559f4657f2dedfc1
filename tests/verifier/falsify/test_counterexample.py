"""**Counterexample files**: they replay anywhere, and no edit goes unnoticed."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from verifier import Claim, Paper, gt, reals
from verifier.budget import BUDGETS
from verifier.errors import CounterexampleError, ReportError, UnknownClaimError
from verifier.falsify.counterexample import claim_hash, read, replay, write
from verifier.falsify.side import falsify_claim

PAPER = Paper("demo", "A demonstration", "A. Author", 2020, "none")
(x,) = reals("x")


def demo(bound: int, name: str = "demo/item") -> Claim:
    return Claim(
        id=name,
        title="An item",
        source=PAPER.at("Lemma 1", section="1"),
        given={"positive": gt(x, 0)},
        then={"above": gt(x, bound)},
    )


@pytest.fixture
def written(tmp_path: Path) -> Path:
    claim = demo(3)
    found = falsify_claim(claim, budget=BUDGETS["quick"], seed=0).counterexample
    assert found is not None
    path = tmp_path / "found.json"
    write(found, claim, path)
    return path


def edited(path: Path, *, sign: bool, **changes: Any) -> None:
    data = json.loads(path.read_text())
    data.update(changes)
    if sign:
        kept = {key: value for key, value in data.items() if key != "sha256"}
        text = json.dumps(kept, sort_keys=True, separators=(",", ":"))
        data["sha256"] = hashlib.sha256(text.encode()).hexdigest()
    path.write_text(json.dumps(data))


def test_a_written_counterexample_replays(written: Path) -> None:
    again = replay(written, [demo(3)])
    assert "above" == again.conclusion
    assert "At x = 1 every hypothesis holds" in again.explanation


@pytest.mark.parametrize("other", ["~", "7", '"'])
def test_every_changed_byte_that_is_no_space_is_rejected(written: Path, other: str) -> None:
    text = written.read_text()
    places = [n for n, char in enumerate(text) if not char.isspace() and char != other]
    for place in places:
        written.write_text(text[:place] + other + text[place + 1 :])
        with pytest.raises(CounterexampleError, match="damaged"):
            replay(written, {"demo/item": demo(3)})


def test_a_lost_line_is_rejected_and_another_layout_is_not(written: Path) -> None:
    lines = written.read_text().splitlines()
    for n in range(len(lines)):
        written.write_text("\n".join(lines[:n] + lines[n + 1 :]))
        with pytest.raises(CounterexampleError, match="damaged"):
            replay(written, [demo(3)])
    written.write_text(json.dumps(json.loads("\n".join(lines))))
    assert "above" == replay(written, [demo(3)]).conclusion


def test_another_margin_with_a_new_signature_is_rejected(written: Path) -> None:
    edited(written, sign=True, margin="1000")
    with pytest.raises(CounterexampleError, match="its margin is 1000, and decided anew it is 2"):
        replay(written, [demo(3)])


def test_another_conclusion_with_a_new_signature_is_rejected(written: Path) -> None:
    edited(written, sign=True, conclusion="below")
    with pytest.raises(CounterexampleError, match="does not refute `below`"):
        replay(written, [demo(3)])


def test_an_edit_with_a_new_signature_is_decided_anew(written: Path) -> None:
    edited(written, sign=True, instance={"x": "5"})
    with pytest.raises(CounterexampleError, match="does not refute `above`"):
        replay(written, [demo(3)])


def test_an_instance_that_breaks_a_hypothesis_is_rejected(written: Path) -> None:
    edited(written, sign=True, instance={"x": "-5"})
    with pytest.raises(CounterexampleError, match="does not refute"):
        replay(written, [demo(3)])


def test_an_instance_with_a_foreign_name_is_rejected(written: Path) -> None:
    edited(written, sign=True, instance={"x": "1", "y": "1"})
    with pytest.raises(CounterexampleError, match="does not refute"):
        replay(written, [demo(3)])


def test_a_decimal_in_an_instance_is_rejected(written: Path) -> None:
    edited(written, sign=True, instance={"x": "0.5"})
    with pytest.raises(CounterexampleError, match="no rational"):
        replay(written, [demo(3)])


def test_a_changed_claim_makes_the_file_stale(written: Path) -> None:
    with pytest.raises(CounterexampleError, match="stale"):
        replay(written, [demo(4)])


@pytest.mark.parametrize(
    "changed",
    [
        {"given": {"positive": gt(x, -1)}},
        {"given": {}},
        {"then": {"above": gt(2 * x, 6)}},
        {"then": {"more": gt(x, 3)}},
    ],
    ids=["wider hypothesis", "no hypothesis", "written otherwise", "another name"],
)
def test_any_change_of_what_is_claimed_makes_it_stale(written: Path, changed: Any) -> None:
    said = {"given": {"positive": gt(x, 0)}, "then": {"above": gt(x, 3)}, **changed}
    claim = Claim(id="demo/item", title="An item", source=PAPER.at("Lemma 1", section="1"), **said)
    with pytest.raises(CounterexampleError, match="stale, claim `demo/item` has changed since"):
        replay(written, [claim])


def test_a_title_may_change(written: Path) -> None:
    assert "above" == replay(written, [replace(demo(3), title="Another title")]).conclusion


def test_a_file_that_cannot_be_written_is_an_error_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    found = falsify_claim(demo(3), budget=BUDGETS["quick"], seed=0).counterexample
    assert found is not None
    with pytest.raises(ReportError, match="cannot be written"):
        write(found, demo(3), tmp_path / "file" / "found.json")
    assert ["file"] == [path.name for path in tmp_path.iterdir()]


def test_an_unknown_claim_is_named(written: Path) -> None:
    with pytest.raises(UnknownClaimError, match="demo/item"):
        replay(written, [demo(3, "demo/other")])


@pytest.mark.parametrize("text", ["", "{}", "[]", "not json"])
def test_a_damaged_file_is_rejected(tmp_path: Path, text: str) -> None:
    path = tmp_path / "damaged.json"
    path.write_text(text)
    with pytest.raises(CounterexampleError, match="damaged"):
        read(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CounterexampleError, match="cannot be read"):
        read(tmp_path / "absent.json")


def test_the_hash_of_a_claim_follows_its_content() -> None:
    assert claim_hash(demo(3)) == claim_hash(demo(3))
    assert claim_hash(demo(3)) != claim_hash(demo(4))
