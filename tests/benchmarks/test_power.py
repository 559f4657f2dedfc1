"""**Power**: what is found is counted for every seed, and a refuted truth is named."""

from __future__ import annotations

import pytest

from benchmarks.power import lower_bound, measure, table
from tests.power.statements import true
from verifier import eq, ge, reals

x, y = reals("x y")


def test_errors_that_corners_find_count_for_all_seeds() -> None:
    square = true("paper/square", eq((x + y) ** 2, x**2 + 2 * x * y + y**2))
    measured = measure([square], seeds=7, true_seeds=1)
    assert 4 == measured.kinds["sign"].errors
    assert 28 == measured.kinds["sign"].found == measured.kinds["sign"].runs
    assert 0 == measured.kinds["sign"].seeded
    assert 100 == measured.kinds["sign"].least
    assert "1 true statements, 1 searches, 0 refuted" in table(measured)


def test_an_error_that_is_not_found_is_named() -> None:
    measured = measure([true("paper/needed", ge(x**2 + 1, 0), ge(x, 0))], seeds=1, true_seeds=1)
    assert [
        "paper/needed: `h1` is dropped (0 of 1)",
        "paper/needed: `x >= 0` becomes `x >= -1` (0 of 1)",
    ] == measured.kinds["hypothesis"].weak


def test_a_statement_that_is_refuted_is_named() -> None:
    measured = measure([true("paper/false", ge(x, 0))], seeds=1, true_seeds=2)
    assert ["paper/false (seed 0)", "paper/false (seed 1)"] == measured.refuted
    assert "refuted: paper/false (seed 1)" in table(measured)


def test_the_bound_is_the_exact_binomial_one() -> None:
    assert pytest.approx(0.05 ** (1 / 100)) == lower_bound(100, 100)
    assert pytest.approx(1 - 0.95 ** (1 / 20)) == lower_bound(1, 20)
    assert 0.0 == lower_bound(0, 20)
