"""**Roots and optima**: known ones are inside, one at a time; degenerate ones are refused."""

from __future__ import annotations

import pytest
from flint import arb, ctx, fmpq
from sympy import exp, log

from verifier import reals
from verifier.enclose.linear.spectra import (
    is_positive_definite,
    largest_eigenvalue,
    smallest_eigenvalue,
)
from verifier.enclose.solving.krawczyk import contract, solve, system
from verifier.enclose.solving.optima import enclose_minimiser
from verifier.errors import DomainError, UnsupportedError
from verifier.precision import precision

x, y, z = reals("x y z")


@pytest.mark.parametrize("bits", [64, 128, 512])
def test_a_known_root_is_inside_and_the_ball_is_small(bits: int) -> None:
    found = solve(system([x**2 + y**2 - 5, x * y - 2], [x, y]), (fmpq(9, 4), fmpq(3, 4)), bits=bits)
    with precision(600):
        assert found.balls[0].contains(2)
        assert found.balls[1].contains(1)
        assert all(ball.rad() < arb(2) ** (4 - bits) for ball in found.balls)


def test_the_region_holds_one_root_and_not_its_neighbour() -> None:
    """The roots of x^2 + y^2 = 5, xy = 2 near (2, 1) and (1, 2)."""
    found = solve(system([x**2 + y**2 - 5, x * y - 2], [x, y]), (fmpq(9, 4), fmpq(3, 4)))
    assert not found.region[0].contains(1)


def test_a_box_with_two_roots_is_never_contracted() -> None:
    problem = system([x**2 - 1], [x])
    with precision(128):
        assert contract(problem, [arb(0.5)], [arb(0, 2)]) is None
        assert contract(problem, [arb(1)], [arb(1, 0.25)]) is not None


@pytest.mark.parametrize(
    ("equations", "start"),
    [([x**2 + y**2, x - y], (1, 1)), ([(x - 1) ** 2], (2,)), ([x**2 + 1], (3,))],
    ids=["double", "double in one", "none"],
)
def test_what_is_no_simple_root_is_refused(equations: list[object], start: tuple[int, ...]) -> None:
    with pytest.raises(DomainError):
        solve(system(equations, [x, y][: len(start)]), start)


def test_a_system_that_is_not_square_is_refused() -> None:
    with pytest.raises(UnsupportedError, match="1 equations in 2 unknowns: not square"):
        system([x + y], [x, y])


def test_a_minimiser_on_a_line_is_enclosed_with_its_multiplier() -> None:
    """x^2 + y^2 on x + 2 y = 5 is least at (1, 2), where grad = 2 (1, 2)."""
    found = enclose_minimiser(x**2 + y**2, (x, y), (x + 2 * y - 5,), near=(0, 0))
    assert found.point[0].contains(1)
    assert found.point[1].contains(2)
    assert found.multipliers[0].contains(2)
    assert 1 < found.curvature <= 2


def test_a_transcendental_minimiser_solves_its_equation() -> None:
    """exp(x) - 2 x is least at log 2."""
    found = enclose_minimiser(exp(x) - 2 * x, (x,), near=(0,), bits=256)
    with precision(300):
        assert found.point[0].contains(arb(2).log())
    assert found.point[0].rad() < arb(2) ** -250


def test_a_saddle_is_no_minimiser() -> None:
    with pytest.raises(DomainError, match="not shown to be positive definite"):
        enclose_minimiser(x**2 - y**2, (x, y), near=(1, 1))


def test_a_maximum_is_no_minimiser() -> None:
    with pytest.raises(DomainError, match="not shown to be positive definite"):
        enclose_minimiser(log(x) - x, (x,), near=(fmpq(1, 2),))


@pytest.mark.parametrize("n", [1, 2, 3, 6])
def test_the_eigenvalues_of_a_path_are_bounded_closely(n: int) -> None:
    """The path of n nodes has the Laplacian-like matrix 2 I - A with eigenvalues 2 - 2 cos."""
    rows = [[arb(2 * (i == j) - (abs(i - j) == 1)) for j in range(n)] for i in range(n)]
    least = 2 - 2 * (arb.pi() / (n + 1)).cos()
    most = 2 - 2 * (arb.pi() * n / (n + 1)).cos()
    assert least - arb(2) ** -20 < smallest_eigenvalue(rows) <= least.upper()
    assert most.lower() <= largest_eigenvalue(rows) < most + arb(2) ** -20


def test_a_wide_ball_matrix_is_bounded_for_all_its_members() -> None:
    rows = [[arb(2, 0.5), arb(0, 0.5)], [arb(0, 0.5), arb(2, 0.5)]]
    assert smallest_eigenvalue(rows) <= 1
    assert is_positive_definite(rows)
    assert not is_positive_definite([[arb(1, 0.5), arb(1)], [arb(1), arb(1, 0.5)]])


def test_precision_is_left_as_it_was() -> None:
    before = ctx.prec
    enclose_minimiser(x**2, (x,), near=(1,), bits=300)
    assert before == ctx.prec
