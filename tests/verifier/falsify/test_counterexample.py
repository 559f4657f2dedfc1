"""**Counterexample files**: they replay anywhere, and no edit goes unnoticed."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from verifier import Claim, Paper, gt, reals
from verifier.budget import BUDGETS
from verifier.errors import CounterexampleError, UnknownClaimError
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


def test_every_single_changed_digit_is_rejected(written: Path) -> None:
    text = written.read_text()
    places = [n for n, char in enumerate(text) if char.isdigit()]
    for place in places:
        other = "2" if text[place] != "2" else "7"
        written.write_text(text[:place] + other + text[place + 1 :])
        with pytest.raises(CounterexampleError):
            replay(written, {"demo/item": demo(3)})


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
