"""**Arrays**: shapes, products, determinants, and what is no array."""

from __future__ import annotations

import random

import pytest
import sympy

from verifier import (
    Q,
    array,
    characteristic_polynomial,
    determinant,
    diagonal_array,
    eigenpair,
    eq,
    exp,
    family,
    feasible,
    ge,
    generic,
    has_rank,
    independent,
    independent_family,
    indices,
    least_norm,
    local_dimension,
    max_margin,
    ne,
    negation,
    null_space,
    positive_definite,
    pseudo_inverse,
    rank_at_least,
    reals,
    separable,
    solvable,
)
from verifier.errors import ExactnessError, StatementError
from verifier.exact.arrays import Array
from verifier.exact.statements import Statement, latex
from verifier.exact.substitution import names_in, substitute

x, y, z = reals("x y z")
(i, k) = indices("i k")
w = family("w", "m")


def drawn(rng: random.Random, height: int, width: int) -> Array:
    entries = (*range(-3, 4), Q(1, 2), x, y, x + y, x * y)
    return array([[rng.choice(entries) for _ in range(width)] for _ in range(height)])


@pytest.mark.parametrize("seed", range(30))
def test_sums_products_and_determinants_are_those_of_sympy(seed: int) -> None:
    rng = random.Random(seed)
    n = rng.randint(1, 5)
    one, two = drawn(rng, n, n), drawn(rng, n, rng.randint(1, 4))
    left, right = (sympy.Matrix([list(row) for row in a.rows]) for a in (one, two))
    assert (left * right).expand() == sympy.Matrix([list(r) for r in (one @ two).rows]).expand()
    assert sympy.expand(left.det()) == sympy.expand(determinant(one))
    assert list((left + left.T).expand()) == [sympy.expand(e) for e in (one + one.T).entries]


def test_a_flat_list_is_a_column_and_indices_count_from_zero() -> None:
    column = array([x, y])
    assert ((2, 1), x, y) == (column.shape, column[0, 0], column[1, 0])
    assert array([[x, y]]).T == column
    assert array([[1, x], [2, y]]).columns[1] == column
    assert column.beside(column * 2) == array([[x, 2 * x], [y, 2 * y]])


def test_the_characteristic_polynomial_is_monic_with_the_trace_and_the_determinant() -> None:
    square = array([[1, 2], [3, x]])
    assert sympy.expand(characteristic_polynomial(square, z)) == sympy.expand(
        z**2 - (1 + x) * z + x - 6
    )


def test_an_array_is_shown_rebuilt_and_substituted_into() -> None:
    matrix = array([[x, 1], [0, y]])
    assert "[x, 1; 0, y]" == str(matrix)
    assert r"\begin{pmatrix} x & 1 \\ 0 & y \end{pmatrix}" == matrix.latex()
    assert matrix == matrix.rebuilt(*matrix.parts())
    assert array([[2, 1], [0, y]]) == substitute(matrix, {x: 2})
    assert {"x", "y"} == names_in(matrix)


NO_ARRAYS = {
    "ragged": (lambda: array([[1, 2], [3]]), "rows of one length"),
    "empty": (lambda: array([[]]), "rows of one length"),
    "another shape": (lambda: array([[1, 2]]) + array([1, 2]), "does not fit arrays of shapes"),
    "product": (lambda: array([[1, 2]]) @ array([[1, 2]]), "does not fit arrays of shapes"),
    "star": (lambda: array([[1]]) * array([[1]]), "written A @ B"),
    "no square": (lambda: determinant(array([[1, 2]])), "has no determinant"),
    "too large": (lambda: determinant(diagonal_array([x] * 8)), "too large"),
    "related": (lambda: eq(array([1, 2]), array([[1, 2]])), "are not related"),
    "ordered": (lambda: ge(array([1]), array([2])), "does not order"),
    "rank": (lambda: has_rank([[x]], -1), "at least 0"),
    "right side": (lambda: solvable([[1, 2]], [1, 2]), "does not fit a matrix"),
    "point": (lambda: least_norm([[1, 2]], [1], [1]), "does not fit a matrix"),
    "inverse": (lambda: pseudo_inverse([[1, 2]], [[1, 2]]), "does not fit a matrix"),
    "rectangular": (lambda: positive_definite([[1, 2]]), "is not symmetric"),
    "basis": (lambda: null_space([[1, 0]], [[1, 0, 0], [0, 1, 0]]), "no basis of anything"),
    "labels": (lambda: separable([[1, 2]], [1, 1], [x, y]), "need as many labels"),
    "normal": (lambda: max_margin([1], [[1, 2]], [1]), "a normal of length 2"),
    "no relation": (lambda: feasible([x], x), "no relation between scalars"),
    "no system": (lambda: feasible([], x), "at least one relation"),
    "bound twice": (lambda: feasible(ge(x, 0), x, x), "different variables"),
    "bound index": (lambda: independent([x], i), "no real symbol"),
    "generic limit": (lambda: generic(negation(has_rank([[x]], 1)), x), "relations of scalars"),
    "no functions": (lambda: independent([], x), "at least one"),
    "no index": (lambda: independent_family(exp(x), x, y), "an index from indices"),
    "another size": (lambda: independent_family(exp(w[i] * x), i, x), "has the size m, not n"),
    "two bounds": (lambda: local_dimension([x], {x: 0}, equals=0, at_most=1), "Give one of"),
    "moving point": (lambda: local_dimension([x], {x: y, y: 0}, equals=0), "is no point"),
}


@pytest.mark.parametrize("name", NO_ARRAYS)
def test_what_is_no_statement_about_arrays_is_refused(name: str) -> None:
    make, message = NO_ARRAYS[name]
    with pytest.raises(StatementError, match=message):
        make()


def test_a_float_is_no_entry() -> None:
    with pytest.raises(ExactnessError, match="is a float"):
        array([[0.5]])


def test_bounds_of_a_rank_deny_each_other() -> None:
    bound = rank_at_least([[x]], 1)
    assert "rank [x] <= 0" == str(negation(bound))
    assert negation(negation(bound)) == bound
    assert "not (rank [x] >= 0)" == str(negation(rank_at_least([[x]], 0)))


def test_statements_in_parts_say_what_they_mean() -> None:
    kernel = null_space([[1, x]], [-x, 1])
    assert ["[0] == [0]", "rank [-x; 1] == 1", "rank [1, x] == 1"] == list(map(str, kernel))
    image, vector = eigenpair([[2, 0], [0, 3]], 2, [1, 0])
    assert ("[2; 0] == [2; 0]", "[1; 0] != [0; 0]") == (str(image), str(vector))


def test_a_bound_variable_stays_when_a_parameter_is_replaced() -> None:
    system: Statement = feasible([ge(x, y)], x)
    assert feasible([ge(x, 3)], x) == substitute(system, {y: 3, x: 5})
    assert {"y"} == names_in(system)
    dimension = local_dimension([x**2 - y], {x: y}, equals=0)
    assert local_dimension([x**2 - 4], {x: 4}, equals=0) == substitute(dimension, {y: 4})
    assert "y" in latex(dimension)


def test_members_of_a_family_are_listed_at_a_size() -> None:
    powers = independent_family([x**k, ne(x, 0).lhs * exp(k * x)], k, x, size=2)
    assert independent([x, x * exp(x), x**2, x * exp(2 * x)], x) == powers.members()
    assert frozenset({"n"}) == independent_family(x**k, k, x).sizes()
