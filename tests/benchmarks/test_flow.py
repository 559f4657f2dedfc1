"""**The race of flows**: a peer's tube that misses ours is an error, and an absent peer is said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.flow import CASES, TIMES, tube


def peer(folder: Path, low: float, high: float) -> str:
    """An interpreter that answers with the same box at every time."""
    box = [(low.hex(), high.hex())] * len(CASES[0].start)
    answer = json.dumps({"boxes": [box] * (TIMES + 1), "seconds": 1.0})
    script = folder / "peer"
    script.write_text(f"#!/bin/sh\ncat > /dev/null\necho '{answer}'\n", encoding="utf-8")
    script.chmod(0o755)
    return str(script)


def test_a_tube_around_ours_is_reported(tmp_path: Path) -> None:
    line = tube(CASES[0], peer(tmp_path, 0.0, 2.0))
    assert "its tube of width 2.0e+00 contains ours at 17 times" in line


@pytest.mark.parametrize(("low", "high"), [(0.0, 0.999), (0.21, 2.0)], ids=["above", "below"])
def test_a_tube_that_misses_ours_is_an_error(tmp_path: Path, low: float, high: float) -> None:
    with pytest.raises(ArithmeticError, match="codac's tube misses"):
        tube(CASES[0], peer(tmp_path, low, high))


def test_a_peer_that_fails_is_said_with_its_reason(tmp_path: Path) -> None:
    script = tmp_path / "peer"
    script.write_text("#!/bin/sh\necho 'No module named codac' >&2\nexit 1\n", encoding="utf-8")
    script.chmod(0o755)
    line = tube(CASES[0], str(script))
    assert line.startswith("codac: not raced")
    assert line.endswith("No module named codac")


def test_an_absent_peer_is_said() -> None:
    assert tube(CASES[0], "").startswith("codac: not raced")
