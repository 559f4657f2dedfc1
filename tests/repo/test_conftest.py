"""**The tests' own rules**: a skip is red, and a changed precision is noticed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.repo.tree import ROOT

VICES = {
    "a skipped test": "def test_it(): pytest.skip('no solver')",
    "a skipped mark": "@pytest.mark.skip(reason='no solver')\ndef test_it(): pass",
    "a skipped module": "pytest.skip('no solver', allow_module_level=True)",
    "a missing package": "pytest.importorskip('no_such_package')\ndef test_it(): pass",
    "a changed precision": "import flint\ndef test_it(): flint.ctx.prec = 77",
}


def run(tmp_path: Path, body: str) -> subprocess.CompletedProcess[str]:
    rules = (ROOT / "tests" / "conftest.py").read_text(encoding="utf-8")
    (tmp_path / "conftest.py").write_text(rules, encoding="utf-8")
    (tmp_path / "test_vice.py").write_text(f"import pytest\n{body}\n", encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tmp_path)]
    return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("vice", VICES)
def test_it_is_red(vice: str, tmp_path: Path) -> None:
    done = run(tmp_path, VICES[vice])
    assert done.returncode not in (0, 5)
    assert "never counts as green" in done.stdout or "precision was left changed" in done.stdout


def test_an_ordinary_test_is_green(tmp_path: Path) -> None:
    assert run(tmp_path, "def test_it(): assert True").returncode == 0
