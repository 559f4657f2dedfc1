"""**Linear algebra in balls**: what is known is inside, and what is not shown is refused."""

from __future__ import annotations

import random
from typing import Any

import mpmath
import pytest
from flint import arb, arb_mat, ctx, fmpq, fmpq_mat
from sympy import Rational

from verifier import Q, array, exp, reals, sqrt
from verifier.enclose.linear.algebra import (
    eigenvalues,
    enclose_pseudo_inverse,
    inertia,
    matrix_exponential,
    rank_bounds,
)
from verifier.enclose.linear.eigenvalues import eigenvalues_of
from verifier.errors import DomainError, ExactnessError, StatementError
from verifier.exact.arrays import Array
from verifier.precision import precision

(A,) = reals("a")


def holds(ball: arb, value: Any) -> bool:
    """Whether an exact number is in the ball."""
    with precision(2000):
        return bool(ball.contains(arb(value)))


def rationals(chance: random.Random, m: int, n: int) -> fmpq_mat:
    return fmpq_mat(m, n, [fmpq(chance.randint(-9, 9), chance.randint(1, 5)) for _ in range(m * n)])


def as_array(matrix: fmpq_mat) -> Array:
    return array([[Rational(int(x.p), int(x.q)) for x in row] for row in matrix.tolist()])


def rotation(chance: random.Random, n: int) -> fmpq_mat:
    # Cayley: (I - S)(I + S)^-1 is orthogonal for a skew-symmetric S
    s = rationals(chance, n, n)
    skew = s - s.transpose()
    one = fmpq_mat(n, n, [int(i == j) for i in range(n) for j in range(n)])
    return (one - skew) * (one + skew).inv()


def with_spectrum(chance: random.Random, spectrum: list[fmpq]) -> fmpq_mat:
    n = len(spectrum)
    q = rotation(chance, n)
    diagonal = fmpq_mat(n, n, [spectrum[i] * int(i == j) for i in range(n) for j in range(n)])
    return q * diagonal * q.transpose()


def test_known_eigenvalues_are_enclosed_in_order_and_with_multiplicity() -> None:
    chance, checks = random.Random(3), 0
    for _ in range(110):
        n, bits = chance.randint(1, 6), chance.choice([24, 32, 53, 64, 128, 300])
        spectrum = [fmpq(chance.randint(-3, 3), chance.randint(1, 3)) for _ in range(n)]
        if n > 1 and chance.random() < 0.3:
            spectrum[1] = spectrum[0] + fmpq(1, 10 ** chance.choice([8, 17, 30]))
        before = ctx.prec
        balls = eigenvalues(as_array(with_spectrum(chance, spectrum)), bits=bits)
        assert before == ctx.prec
        for ball, value in zip(balls, sorted(spectrum), strict=True):
            assert holds(ball, value), (spectrum, bits)
            assert ball.rad() < arb(2) ** (12 - bits)
            checks += 1
    assert checks > 350


def test_every_matrix_in_wide_balls_has_its_eigenvalues_inside() -> None:
    chance = random.Random(5)
    for _ in range(40):
        n, width = chance.randint(2, 5), fmpq(1, 10 ** chance.randint(0, 6))
        middle = [[fmpq(0)] * n for _ in range(n)]
        inside = [[fmpq(0)] * n for _ in range(n)]
        for i in range(n):
            for j in range(i + 1):
                middle[i][j] = middle[j][i] = fmpq(chance.randint(-20, 20), 3)
                share = fmpq(chance.randint(-9, 9), 10)
                inside[i][j] = inside[j][i] = middle[i][j] + width * share
        with precision(80):
            wide = [[arb(x) + arb(0, arb(width)) for x in row] for row in middle]
        balls = eigenvalues_of(wide, bits=64)
        exact = eigenvalues(as_array(fmpq_mat(inside)), bits=128)
        with precision(160):
            assert all(b.contains(e) for b, e in zip(balls, exact, strict=True))
            assert all(b.rad() < 2 * n * arb(width) for b in balls)


def test_a_disc_that_a_far_one_meets_is_not_alone() -> None:
    # the wide disc around 2 reaches over both others, though it is beside one of them only
    wide = [[0, 0, 0], [0, 1, 0], [0, 0, arb(2, 5)]]
    balls = eigenvalues_of([[arb(x) for x in row] for row in wide], bits=53)
    assert all(holds(balls[0], x) for x in (0, -3))


def test_a_matrix_that_is_not_symmetric_is_refused() -> None:
    for unfit in ([[1, 2], [3, 4]], [[1, 2]]):
        with pytest.raises(StatementError, match="symmetric"):
            eigenvalues(array(unfit))


def test_parameters_range_and_a_float_is_refused() -> None:
    matrix = array([[A, 1], [1, A]])
    low, high = eigenvalues(matrix, {A: (1, Q(3, 2))})
    assert all(holds(low, x) for x in (0, fmpq(1, 2)))
    assert all(holds(high, x) for x in (2, fmpq(5, 2)))
    assert low < 1 < high
    with pytest.raises(ExactnessError, match="float"):
        eigenvalues(matrix, {A: 0.5})
    with pytest.raises(DomainError, match="ends before it begins"):
        eigenvalues(matrix, {A: (2, 1)})


def test_an_entry_without_value_is_named() -> None:
    with pytest.raises(DomainError, match=r"sqrt\(a\)"):
        eigenvalues(array([[sqrt(A), 0], [0, 1]]), {A: (-1, 1)})


def test_inertia_is_exact_over_the_rationals() -> None:
    chance = random.Random(11)
    for _ in range(120):
        spectrum = [fmpq(chance.randint(-2, 2)) for _ in range(chance.randint(1, 5))]
        expected = tuple(sum(1 for x in spectrum if (x > 0) - (x < 0) == s) for s in (1, 0, -1))
        assert expected == inertia(as_array(with_spectrum(chance, spectrum)))


def test_inertia_without_certain_signs_is_refused() -> None:
    assert (1, 0, 1) == inertia(array([[sqrt(2), 1], [1, -A]]), {A: (1, 3)})
    with pytest.raises(DomainError, match="not certain"):
        inertia(array([[sqrt(2), 2], [2, 2 * sqrt(2)]]))


def test_ranks_of_products_are_exact_over_the_rationals() -> None:
    chance = random.Random(13)
    for _ in range(120):
        m, r, n = (chance.randint(1, 5) for _ in range(3))
        matrix = rationals(chance, m, r) * rationals(chance, r, n)
        assert (matrix.rank(), matrix.rank()) == rank_bounds(as_array(matrix))


def test_a_rank_that_falls_in_the_range_is_bounded_from_below() -> None:
    matrix = array([[A, 1], [1, A]])
    assert (2, 2) == rank_bounds(matrix, {A: (2, 3)})
    assert (1, 2) == rank_bounds(matrix, {A: (0, 3)})
    assert (1, 1) == rank_bounds(matrix, {A: 1})
    assert (0, 1) == rank_bounds(array([A]), {A: (-1, 1)})


def penrose(a: Any, x: Any) -> bool:
    products = [a * x * a - a, x * a * x - x]
    turned = [(a * x) - (a * x).transpose(), (x * a) - (x * a).transpose()]
    return all(arb(entry).contains(0) for p in products + turned for entry in p.entries())


def test_pseudo_inverses_of_any_rank_satisfy_the_equations_of_penrose() -> None:
    chance = random.Random(17)
    for _ in range(80):
        m, r, n = (chance.randint(1, 4) for _ in range(3))
        exact = rationals(chance, m, r) * rationals(chance, r, n)
        found = enclose_pseudo_inverse(as_array(exact), bits=chance.choice([24, 64, 128]))
        with precision(200):
            assert penrose(arb_mat(exact), found)


def test_a_pseudo_inverse_in_balls_holds_the_exact_one() -> None:
    chance = random.Random(19)
    for _ in range(60):
        m, n = chance.randint(1, 4), chance.randint(1, 4)
        exact = rationals(chance, m, n)
        if exact.rank() < min(m, n) or exact[0, 0] == 0:
            continue
        entry = Rational(int(exact[0, 0].p), int(exact[0, 0].q))
        rows = [list(row) for row in as_array(exact).rows]
        rows[0][0] = A * sqrt(2)
        # a sqrt(2) takes the value of the entry inside the range of a
        ends = sorted([entry * Q(70710, 100000), entry * Q(70711, 100000)])
        wide = enclose_pseudo_inverse(array(rows), {A: tuple(ends)})
        sharp = enclose_pseudo_inverse(as_array(exact))
        assert all(w.overlaps(s) for w, s in zip(wide.entries(), sharp.entries(), strict=True))


def test_a_pseudo_inverse_without_full_rank_is_refused() -> None:
    with pytest.raises(DomainError, match="Full rank is not shown"):
        enclose_pseudo_inverse(array([[sqrt(2), 2], [1, sqrt(2)]]))


def test_exponentials_of_nilpotent_and_diagonal_matrices_are_known() -> None:
    chance = random.Random(23)
    for _ in range(60):
        n, bits = chance.randint(1, 4), chance.choice([24, 53, 128])
        entries = [
            fmpq(chance.randint(-9, 9), 4) if j > i else fmpq(0) for i in range(n) for j in range(n)
        ]
        strict = fmpq_mat(n, n, entries)
        known = fmpq_mat(n, n, [int(i == j) for i in range(n) for j in range(n)])
        term = known
        for k in range(1, n):
            term = term * strict * fmpq(1, k)
            known += term
        found = matrix_exponential(as_array(strict), bits=bits)
        assert all(holds(b, x) for b, x in zip(found.entries(), known.entries(), strict=True))


def test_an_exponential_agrees_with_mpmath() -> None:
    chance = random.Random(29)
    for _ in range(25):
        n = chance.randint(1, 4)
        matrix = rationals(chance, n, n)
        found = matrix_exponential(as_array(matrix), bits=96)
        with mpmath.workdps(60):
            rows = [[mpmath.mpf(int(x.p)) / int(x.q) for x in row] for row in matrix.tolist()]
            truth = mpmath.expm(mpmath.matrix(rows))
            near = [arb(mpmath.nstr(truth[i, j], 50), "1e-25") for i in range(n) for j in range(n)]
        with precision(200):
            assert all(b.overlaps(x) for b, x in zip(found.entries(), near, strict=True))


def test_an_exponential_of_a_rotation_moves_with_its_angle() -> None:
    found = matrix_exponential(array([[0, A], [-A, 0]]), {A: (0, Q(1, 10))})
    with precision(200):
        assert all(found[0, 0].contains(arb(x).cos()) for x in (0, fmpq(1, 10)))
    with pytest.raises(StatementError, match="square"):
        matrix_exponential(array([[1, 2]]))
    assert matrix_exponential(array([exp(A)]), {A: 0})[0, 0].overlaps(arb(1).exp())
