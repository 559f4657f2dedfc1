"""**Exact linear algebra**: against flint on numbers, against sympy on symbols."""

from __future__ import annotations

import random

import pytest
import sympy
from flint import fmpq, fmpq_mat

from verifier import Q, exp, ge, gt, reals, sqrt
from verifier.by import rank
from verifier.derive.context import Context
from verifier.derive.kernel.field.exponents import expanded
from verifier.derive.kernel.field.reader import Reader
from verifier.derive.kernel.linear.linalg import (
    RationalSystem,
    bordered,
    choices,
    determinant,
    free_rank,
    numerators,
)
from verifier.derive.kernel.linear.polyhedron import Affine, Empty, point_of
from verifier.derive.kernel.linear.relations import relations_of
from verifier.derive.ranks import Ranked
from verifier.derive.rules.rank import no_rules
from verifier.errors import UnsupportedError
from verifier.exact.arrays import array

x, y, a = reals("x y a")


def product(rng: random.Random, height: int, width: int, inner: int) -> list[list[fmpq]]:
    """A matrix of rank at most `inner`."""

    def entry() -> fmpq:
        return fmpq(rng.randint(-3, 3), rng.randint(1, 3))

    left = fmpq_mat([[entry() for _ in range(inner)] for _ in range(height)])
    right = fmpq_mat([[entry() for _ in range(width)] for _ in range(inner)])
    return (left * right).tolist()


@pytest.mark.parametrize("seed", range(40))
def test_ranks_and_determinants_of_numbers_are_those_of_flint(seed: int) -> None:
    rng = random.Random(seed)
    height, width = rng.randint(1, 5), rng.randint(1, 5)
    table = product(rng, height, width, rng.randint(1, 4))
    tower = Reader().tower
    rows = [[tower.constant(value) for value in row] for row in table]
    expected = fmpq_mat(table).rank()
    assert expected == free_rank(rows)
    square = [row[: min(height, width)] for row in rows[: min(height, width)]]
    exact = fmpq_mat([[e.rational for e in row] for row in square])
    assert exact.det() == determinant(square).rational
    context = Context((), rank, no_rules)
    numbers = array([[Q(int(v.p), int(v.q)) for v in row] for row in table])
    ranked = Ranked.read(numbers, context)
    assert (True, True) == (ranked.at_least(expected).holds, ranked.at_most(expected).holds)
    assert not ranked.at_least(expected + 1).holds
    assert not ranked.at_most(expected - 1).holds


@pytest.mark.parametrize("seed", range(20))
def test_determinants_of_symbols_are_those_of_sympy(seed: int) -> None:
    rng = random.Random(seed)
    n = rng.randint(1, 4)
    pool = (x, y, x * y, 1 / (1 + x**2), exp(x), sqrt(1 + y**2), sympy.Integer(2), x - y)
    matrix = sympy.Matrix(n, n, lambda i, j: rng.choice(pool))
    reader = Reader()
    entries = [[reader.read(e) for e in matrix.row(i)] for i in range(n)]
    assert (determinant(entries) - reader.read(matrix.det(method="berkowitz"))).is_zero


def test_kernels_are_orthogonal_to_the_rows_and_complete() -> None:
    rng = random.Random(5)
    for _ in range(20):
        table = product(rng, 3, 5, rng.randint(1, 3))
        kernel = RationalSystem.of(table, 5).kernel
        assert len(kernel) == 5 - fmpq_mat(table).rank()
        sums = [sum((c * v for c, v in zip(row, vector, strict=True)), fmpq(0))
                for row in table for vector in kernel]  # fmt: skip
        assert [] == [value for value in sums if value != 0]


def test_likely_minors_come_first_and_each_once() -> None:
    reader = Reader()
    rows = [
        [reader.read(sympy.sympify(e)) for e in row] for row in ((0, 0, 0), (0, x, 0), (0, 0, y))
    ]
    found = list(choices(rows, 2, most=9))
    assert ((1, 2), (1, 2)) == found[0]
    assert len(set(found)) == len(found) == 9
    assert [((0, 1, 2), (0, 1, 2))] == list(bordered(found[0], (3, 3)))


def test_a_common_denominator_is_cleared_even_under_a_root() -> None:
    reader = Reader([gt(x, 0)])
    elements = [reader.read(sqrt(1 / x) / (1 + y**2)), reader.read(1 / x)]
    cleared = numerators(elements)
    assert all(element.den.is_one() for element in cleared)
    ratio = elements[0].over(elements[1]) - cleared[0].over(cleared[1])
    assert ratio.is_zero


def test_relations_with_parameters_are_found() -> None:
    reader = Reader()
    elements = [reader.read(a * x), reader.read(x * y + x), reader.read(y * x)]
    (weights,) = relations_of(reader.tower, elements, [x, y])
    total = reader.tower.zero
    for weight, element in zip(weights, elements, strict=True):
        total = total + weight * element
    assert total.is_zero
    assert [] == relations_of(reader.tower, elements[:2], [x, y])


def test_an_exponential_polynomial_is_read_by_its_powers_and_rates() -> None:
    functions = (exp(a * x) * x, exp(x) ** 2 / exp(x), 3 * exp(x) + x)
    reader = Reader([gt(a, 1)])
    found = expanded(reader, [reader.read(f) for f in functions], [x])
    shown = {f"x^{b.powers[0]} exp({b.rates[0]} x)" for b in found.basis}
    assert {"x^1 exp(a x)", "x^0 exp(1 x)", "x^1 exp(0 x)"} == shown
    assert [1, 1, 2] == [sum(not c.is_zero for c in row) for row in found.rows]
    reader = Reader()
    with pytest.raises(UnsupportedError, match="the rates may be equal"):
        expanded(reader, [reader.read(f) for f in functions], [x])


@pytest.mark.parametrize("seed", range(60))
def test_a_polyhedron_has_a_point_or_a_contradiction(seed: int) -> None:
    rng = random.Random(seed)
    width = rng.randint(1, 3)
    rows = [
        Affine(f"r{k}", tuple(fmpq(rng.randint(-2, 2)) for _ in range(width)),
               fmpq(rng.randint(-2, 2)), rng.choice(("==", ">", ">=", ">=", "!=")))
        for k in range(rng.randint(1, 6))
    ]  # fmt: skip
    found = point_of(rows, width)
    if not isinstance(found, Empty):
        assert [] == [row.name for row in rows if not row.holds(found)]
        return
    assert all(proof.holds() for proof in found.proofs)
    grid = [fmpq(n, 4) for n in range(-16, 17, 3)]
    points = [[g] * width for g in grid] + [[rng.choice(grid) for _ in range(width)] for _ in grid]
    assert [] == [p for p in points if all(row.holds(tuple(p)) for row in rows)]


def test_hypotheses_about_a_rank_are_not_needed_where_a_factor_is_positive() -> None:
    context = Context((ge(x, 0),), rank, no_rules)
    ranked = Ranked.read(array([[1 + x, y], [0, 2 + x]]), context)
    assert ranked.at_least(2).certified
