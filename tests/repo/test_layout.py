"""**Layout**: what is kept by hand in one place agrees with what lies in the folders."""

from __future__ import annotations

import ast
import importlib
import sys

import pytest

from tests.repo.tree import ROOT, project, python_files, some, syntax
from verifier import by
from verifier.by import Justification

TRUST = {"claim", "citation", "paper_step"}
LONGEST = 400
# Longer modules: the lines they may have, and why they are one.
LONG = {
    "verifier/certificate/checker.py": (600, "it is read, copied and run as one file"),
    "verifier/__init__.py": (600, "it names everything public, for readers, for types and by home"),
}


def offered_rules() -> set[str]:
    """Names of all rules that `verifier.by` offers, those with arguments included."""
    values = {v.rule for v in vars(by).values() if isinstance(v, Justification)}
    called = {
        by.cases(None, 0, by.identity),
        by.claim("paper/item"),
        by.citation("paper", "Theorem 1"),
        by.paper_step("reason"),
    }
    return values | {justification.rule for justification in called}


def rule_files() -> list[str]:
    folder = ROOT / "verifier" / "derive" / "rules"
    names = (path.stem for path in folder.glob("*.py"))
    return some(sorted(n for n in names if not n.startswith("_")), "rule in derive/rules")


def test_every_rule_that_is_offered_has_its_file() -> None:
    assert sorted(offered_rules() - TRUST) == rule_files()


@pytest.mark.parametrize("name", rule_files())
def test_every_rule_file_holds_the_rule_of_its_name(name: str) -> None:
    rule = importlib.import_module(f"verifier.derive.rules.{name}").RULE
    assert (name, True) == (rule.name, bool(rule.reads))


def test_every_function_of_by_is_a_rule_that_is_looked_at() -> None:
    functions = {
        name
        for name, value in vars(by).items()
        if callable(value) and getattr(value, "__module__", "") == by.__name__
        if not isinstance(value, (type, Justification))
    }
    assert {"cases", "claim", "citation", "paper_step", "rule"} == functions


@pytest.mark.parametrize("rule", sorted(offered_rules() - TRUST))
def test_every_rule_has_false_statements_that_it_must_not_prove(rule: str) -> None:
    texts = [(ROOT / name).read_text(encoding="utf-8") for name in python_files("tests/soundness/")]
    assert any(f"by.{rule}" in text for text in texts), f"tests/soundness never uses by.{rule}"


def length(name: str) -> int:
    return len((ROOT / name).read_text(encoding="utf-8").splitlines())


def test_no_module_is_two_modules() -> None:
    lengths = {name: length(name) for name in python_files()}
    allowed = {name: LONG.get(name, (LONGEST, ""))[0] for name in lengths}
    assert {n: lines for n, lines in lengths.items() if lines > allowed[n]} == {}


@pytest.mark.parametrize("name", sorted(LONG))
def test_a_long_module_is_listed_only_while_it_is_long(name: str) -> None:
    lines, why = LONG[name]
    assert (True, True) == (LONGEST < length(name) <= lines, bool(why))


def test_the_checker_imports_only_the_standard_library() -> None:
    imported = set()
    for node in ast.walk(syntax("verifier/certificate/checker.py")):
        if isinstance(node, ast.Import):
            imported |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add("." * node.level + (node.module or "").split(".")[0])
    assert set() == set(some(imported, "import of the checker")) - sys.stdlib_module_names


@pytest.mark.parametrize("name", ["utils", "helpers", "misc", "common"])
def test_no_module_is_named_after_nothing(name: str) -> None:
    assert [m for m in python_files() if m.rsplit("/", 1)[-1] == f"{name}.py"] == []


def test_every_module_of_the_engine_says_what_it_is() -> None:
    unsaid = []
    for name in python_files("verifier/"):
        text = (ROOT / name).read_text(encoding="utf-8")
        if not name.endswith("__init__.py") and not text.lstrip("r").startswith('"""**'):
            unsaid.append(name)
    assert unsaid == []


def test_every_package_of_the_engine_has_its_layer() -> None:
    layers = project()["tool"]["importlinter"]["contracts"][0]["layers"]
    named = {part.strip() for layer in layers for part in layer.split("|")}
    folder = ROOT / "verifier"
    inside = {p.stem for p in folder.glob("*.py")} | {p.parent.name for p in folder.glob("*/*.py")}
    assert inside - {"__init__"} == named


def test_every_folder_of_the_engine_is_a_package_that_is_shipped() -> None:
    folders = {(ROOT / name).parent for name in python_files("verifier/")}
    assert [str(f) for f in sorted(folders) if not (f / "__init__.py").is_file()] == []
