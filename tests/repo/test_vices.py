"""**Vices are caught, and the tree has none.**"""

from __future__ import annotations

import ast

import pytest

from tests.repo.tree import ROOT, at, files, python_files, syntax
from tests.repo.vices import deciders, floats, machine_paths


@pytest.mark.parametrize(
    "vice",
    [
        "sympy.simplify(x - y) == 0",
        "(x - y).simplify()",
        "from sympy import simplify",
        "x.is_positive",
        "x.equals(y)",
        "sympy.limit(f, x, 0)",
        "from sympy import limit",
        "np.allclose(x, y)",
        "math.isclose(x, y)",
        "from math import isclose",
        "x == pytest.approx(y)",
    ],
)
def test_what_may_never_decide_is_caught(vice: str) -> None:
    assert len(deciders(ast.parse(vice))) == 1


@pytest.mark.parametrize("virtue", ["by.limit", "limit(x)", "rules.limit", "kernel.sign(x)"])
def test_names_of_the_engine_are_no_vices(virtue: str) -> None:
    assert deciders(ast.parse(virtue)) == []


@pytest.mark.parametrize("vice", ["x * 0.5", "1e-3", "2j", "float('1/2')"])
def test_a_float_is_caught(vice: str) -> None:
    assert len(floats(ast.parse(vice))) == 1


@pytest.mark.parametrize("virtue", ["Q(1, 2)", "'0.5'", "x**2 / 4"])
def test_exact_numbers_are_no_floats(virtue: str) -> None:
    assert floats(ast.parse(virtue)) == []


@pytest.mark.parametrize("folder", ["work", "tmp", "root"])
def test_a_path_of_one_machine_is_caught(folder: str) -> None:
    assert machine_paths(f"open('/{folder}/file')") == [(1, f"/{folder}/")]


def test_a_path_of_the_repository_is_none_of_a_machine() -> None:
    assert machine_paths("reports/work/site https://example.org/tmp/x") == []


def test_no_verdict_rests_on_what_only_proposes() -> None:
    found = [hit for name in python_files("verifier/") for hit in at(name, deciders(syntax(name)))]
    assert found == []


def test_no_tracked_file_names_a_path_of_one_machine() -> None:
    found = []
    for name in files():
        text = (ROOT / name).read_bytes().decode("utf-8", errors="replace")
        found += at(name, machine_paths(text))
    assert found == []
