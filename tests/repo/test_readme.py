"""**README**: its example is a claim that gets the verdict it is shown for, its commands exist."""

from __future__ import annotations

import re

import pytest

from tests.repo.tree import ROOT, files, some
from verifier import Claim, Verdict
from verifier.budget import BUDGETS
from verifier.check import check
from verifier.cli import cli
from verifier.judgement import judge

README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def example() -> Claim:
    blocks = some(re.findall(r"```python\n(.*?)```", README, re.DOTALL), "example in the README")
    names: dict[str, Claim] = {}
    exec(compile(blocks[0], "README.md", "exec"), names)
    return names["CLAIM"]


def test_the_example_is_proved_and_its_mutants_are_noticed() -> None:
    evidence = check(example(), budget=BUDGETS["quick"])
    judgement = judge(evidence)
    assert (Verdict.PROVED, False) == (judgement.verdict, judgement.weak), judgement.reason


@pytest.mark.parametrize("command", sorted(set(re.findall(r"bin/verifier ([\w-]+)", README))))
def test_every_command_in_the_readme_exists(command: str) -> None:
    assert command in cli.commands


def test_every_command_is_in_the_readme() -> None:
    written = set(re.findall(r"bin/verifier ([\w-]+)", README))
    assert set(cli.commands) <= written


@pytest.mark.parametrize("verdict", Verdict, ids=str)
def test_every_verdict_is_explained(verdict: Verdict) -> None:
    assert f"| `{verdict}` |" in README


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`(test_\w+)`", CONTRIBUTING))))
def test_every_test_that_contributing_names_exists(name: str) -> None:
    tests = [f for f in files() if f.startswith("tests/") and f.endswith(".py")]
    assert any(f"def {name}(" in (ROOT / f).read_text(encoding="utf-8") for f in tests)
