"""**The tree**: the files of the repository, and what their syntax says."""

from __future__ import annotations

import ast
import subprocess
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

ROOT = Path(__file__).resolve().parents[2]
T = TypeVar("T")


def some(found: Iterable[T], what: str) -> list[T]:
    """`found` as a list; an empty one is an error, as a check of nothing would pass."""
    listed = list(found)
    if not listed:
        raise AssertionError(f"There is not one {what}: the check has nothing to look at.")
    return listed


@cache
def files() -> tuple[str, ...]:
    """Paths, relative to the root, of all files that are tracked or about to be."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    present = [name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]
    return tuple(sorted(some(present, "tracked file")))


def python_files(folder: str = "") -> list[str]:
    """The Python files in `folder`, or all of them; there must be one."""
    found = (name for name in files() if name.startswith(folder) and name.endswith(".py"))
    return some(found, f"Python file in `{folder}`")


def syntax(name: str) -> ast.Module:
    return ast.parse((ROOT / name).read_text(encoding="utf-8"), filename=name)


def project() -> dict[str, Any]:
    """pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def paper_folders() -> list[str]:
    """Names of the folders in claims/, one a paper."""
    folders = (path.name for path in (ROOT / "claims").iterdir() if path.is_dir())
    return some(sorted(f for f in folders if f.isidentifier() and f[0] != "_"), "paper")


def inventory(paper: str) -> list[dict[str, str]]:
    """The items of one paper's inventory.toml."""
    text = (ROOT / "claims" / paper / "inventory.toml").read_text(encoding="utf-8")
    return some(tomllib.loads(text)["item"], f"item in the inventory of {paper}")


def at(name: str, lines: Iterable[tuple[int, str]]) -> list[str]:
    """Findings as `file:line: what`."""
    return [f"{name}:{line}: {what}" for line, what in lines]
