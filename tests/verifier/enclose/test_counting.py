"""**Counting roots**: planted ones are all found, once each; doubtful ones are refused by name."""

from __future__ import annotations

import random
from itertools import pairwise
from typing import Any

import pytest
import sympy
from flint import arb, ctx, fmpq
from sympy import Expr, Rational, cos, exp, log, sin, sqrt, tanh

from verifier import Q, reals
from verifier.enclose.solving.counting import count_roots
from verifier.errors import DomainError, ExactnessError, UnsupportedError
from verifier.precision import precision

x, y, z = reals("x y z")


def holds(ball: arb, value: Any) -> bool:
    with precision(2000):
        return bool(ball.contains(arb(value)))


def exactly(value: Rational) -> fmpq:
    return fmpq(int(value.p), int(value.q))


def different(chance: random.Random, many: int, most: int) -> list[Rational]:
    found: set[Rational] = set()
    while len(found) < many:
        found.add(Rational(chance.randint(-most, most), chance.randint(1, 9)))
    return sorted(found)


def test_planted_roots_of_polynomials_are_counted_exactly_with_multiplicities() -> None:
    chance = random.Random(1)
    for _ in range(150):
        roots = different(chance, chance.randint(1, 5), 20)
        powers = [chance.randint(1, 3) for _ in roots]
        factor = x**2 + Rational(chance.randint(1, 9), chance.randint(1, 99))
        expr = sympy.prod((x - r) ** p for r, p in zip(roots, powers, strict=True)) * factor
        low, high = (
            roots[0],
            roots[chance.randrange(len(roots))] + chance.choice([0, 1, Q(1, 10**9)]),
        )
        if low == high:
            high += 1
        found = count_roots(expr, {x: (low, high)}, bits=chance.choice([24, 64, 128]))
        inside = [(r, p) for r, p in zip(roots, powers, strict=True) if low <= r <= high]
        assert [p for _, p in inside] == list(found.multiplicities)
        assert all(
            holds(ball, exactly(r)) for (ball,), (r, _) in zip(found.points, inside, strict=True)
        )


def test_roots_of_a_polynomial_beside_an_end_are_told_apart() -> None:
    # sqrt(2) has 1.41421356237309504880168872420969807856967187537694|8...
    below = Q(141421356237309504880168872420969807856967187537694, 10**50)
    assert 0 == count_roots(x**2 - 2, {x: (0, below)}).count
    assert 1 == count_roots(x**2 - 2, {x: (below, 2)}).count
    assert 0 == count_roots(x**2 + 1, {x: (-5, 5)}).count
    assert 0 == count_roots(Q(3), {x: (-5, 5)}).count


def grid_roots(roots: list[Rational]) -> Expr:
    """A function with these roots, all simple, that is no polynomial."""
    return exp(x / 3) * sympy.prod(sympy.sinh(x - r) for r in roots)


def test_planted_roots_of_functions_are_found_once_each() -> None:
    chance = random.Random(2)
    for _ in range(60):
        roots = different(chance, chance.randint(1, 4), 15)
        bits = chance.choice([32, 64, 128, 256])
        before = ctx.prec
        found = count_roots(grid_roots(roots), {x: (-16, 17)}, bits=bits)
        assert before == ctx.prec
        assert len(roots) == found.count
        for (ball,), root in zip(found.points, roots, strict=True):
            assert holds(ball, exactly(root))
            assert ball.rad() < arb(2) ** (4 - bits)


@pytest.mark.parametrize(
    ("expr", "low", "high", "count"),
    [
        (sin(x), -10, 10, 7),
        (sin(x**2), Q(1, 2), 8, 20),
        (exp(x) - x - 2, -3, 2, 2),
        (exp(x) - x - Q(99, 100), -3, 2, 0),
        (tanh(3 * x) - x, -2, 3, 3),
        (sqrt(x) - 2, 1, 9, 1),
        (log(x) * cos(x), Q(1, 10), 12, 5),
        (sqrt(2) * x - 1, 0, 1, 1),
    ],
)
def test_the_roots_of_known_functions_are_all_there(
    expr: Expr, low: Any, high: Any, count: int
) -> None:
    assert count == count_roots(expr, {x: (low, high)}).count


def test_the_number_of_roots_is_that_of_sign_changes_on_a_fine_grid() -> None:
    chance = random.Random(4)
    for _ in range(40):
        a, b, c = (Rational(chance.randint(1, 30), 7) for _ in range(3))
        expr = sin(a * x) + b * cos(c * x) / 3 - Rational(1, 7)
        values = sympy.lambdify(x, expr, "math")
        steps = [values(-3 + 6 * k / 20000) for k in range(20001)]
        changes = sum((p < 0) != (q < 0) for p, q in pairwise(steps))
        assert changes == count_roots(expr, {x: (-3, 3)}).count


def test_planted_roots_of_systems_are_found_once_each() -> None:
    chance = random.Random(3)
    for _ in range(25):
        first, second = different(chance, chance.randint(1, 2), 9), different(chance, 2, 9)
        u, v = x + y / 3, y - x / 4
        equations = [
            sympy.prod(u - r for r in first) * (1 + y**2),
            sympy.prod(sympy.sinh(v - r) for r in second),
        ]
        found = count_roots(equations, {x: (-40, 41), y: (-40, 41)}, bits=64)
        assert len(first) * len(second) == found.count
        for r in first:
            for s in second:
                place = sympy.solve([u - r, v - s], [x, y])
                expected = [exactly(place[x]), exactly(place[y])]
                hits = [p for p in found.points if all(map(holds, p, expected))]
                assert 1 == len(hits)


def test_a_system_of_three_polynomials_has_its_roots() -> None:
    # on the sphere: the signs of (1, 2, 3) and its orders with xyz = 6, x + y + z = 6
    equations = [x + y + z - 6, x * y * z - 6, x**2 + y**2 + z**2 - 14]
    found = count_roots(equations, {x: (-5, 6), y: (-5, 6), z: (-5, 6)}, bits=64)
    assert 6 == found.count
    assert 1 == sum(all(map(holds, point, (1, 2, 3))) for point in found.points)


@pytest.mark.parametrize(
    ("equations", "box", "message"),
    [
        (exp(x) - x - 1, {x: (-1, 2)}, "singular, as a double one is: `x` near"),
        ([x**2 + y**2 - 2, x + y - 2], {x: (-3, 3), y: (-3, 4)}, "singular.*`y` near"),
        (sin(x), {x: (0, 9)}, "on the edge of the box: `x` near 0"),
        ([x**2 + y**2 - 2, x - y], {x: (-1, 1), y: (-1, 1)}, "on the edge"),
        (log(x) * sin(x), {x: (0, 4)}, "may have no value: `x` near"),
        (sin(x), {x: (1, 1)}, "a side without length"),
        (sin(x), {x: (4, 2)}, "ends before it begins"),
        (x - x, {x: (0, 1)}, "every point is a root"),
        (sin(x) ** 2 + cos(x) ** 2 - 1, {x: (0, 1)}, "singular"),
    ],
)
def test_what_is_not_counted_is_refused_by_name(
    equations: Any, box: dict[Any, Any], message: str
) -> None:
    before = ctx.prec
    with pytest.raises(DomainError, match=message):
        count_roots(equations, box)
    assert before == ctx.prec


def test_a_budget_of_boxes_is_kept() -> None:
    with pytest.raises(DomainError, match="not counted with 5 boxes: `x` near"):
        count_roots(sin(x), {x: (-50, 51)}, boxes=5)


def test_a_system_that_is_not_square_or_has_parameters_is_refused() -> None:
    with pytest.raises(UnsupportedError, match="not square"):
        count_roots([x + y], {x: (0, 1), y: (0, 1)})
    with pytest.raises(UnsupportedError, match="`y` has no value"):
        count_roots(x**2 + y, {x: (0, 1)})
    with pytest.raises(ExactnessError, match="float"):
        count_roots(x - 1, {x: (0.5, 2)})
