"""**Spot checks** of initshape in plain fractions, at points where every root is rational.

With b > p > 0: x = p b and delta = b^2 - p^2 give S = (b^2 + p^2)/2, P = p and g = b.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from sympy import Expr, Rational

from claims.initshape.appB1_g import CLAIM as WARP
from claims.initshape.appB1_gH import CLAIM as WARPED_METRIC
from claims.initshape.appB_ode import CLAIM as EQUATION
from claims.initshape.appB_qhat import CLAIM as PROFILE
from claims.initshape.appB_qhat_repaired import CLAIM as PROFILE_REPAIRED
from claims.initshape.eq_27 import B, eigenvalue
from claims.initshape.lem_1 import CLAIM as LEMMA_1
from claims.initshape.lem_2 import CLAIM as LEMMA_2
from claims.initshape.notation import C, P, S, alpha, delta, g_hat, s, x
from verifier import Claim, dot, eq, norm2, real
from verifier.exact.vectors import Space
from verifier.falsify.statements.ground import ground

POINTS = [(Fraction(1), Fraction(2)), (Fraction(1, 3), Fraction(5, 2)), (Fraction(2), Fraction(2))]
at_points = pytest.mark.parametrize(("p", "b"), POINTS)


def exactly(expr: Expr, values: dict[Expr, Fraction | int]) -> Fraction:
    """The rational value of `expr`, its derivatives carried out."""
    table = {
        key: Rational(Fraction(v).numerator, Fraction(v).denominator) for key, v in values.items()
    }
    value = Rational(expr.doit().subs(table))
    return Fraction(int(value.p), int(value.q))


def sides(claim: Claim, name: str, values: dict[Expr, Any]) -> tuple[Fraction, Fraction]:
    relation = dict(claim.conclusions)[name]
    return exactly(relation.lhs, values), exactly(relation.rhs, values)


def point(p: Fraction, b: Fraction) -> dict[Expr, Fraction]:
    return {x: p * b, delta: b**2 - p**2}


@at_points
def test_the_radicals_are_rational_at_the_points(p: Fraction, b: Fraction) -> None:
    assert (b**2 + p**2) / 2 == exactly(S(x), point(p, b))
    assert p == exactly(P(x), point(p, b))


@at_points
def test_the_warp_is_the_outer_weight(p: Fraction, b: Fraction) -> None:
    assert b == exactly(g_hat(x), point(p, b))
    assert (p / (b**2 + p**2),) * 2 == sides(WARP, "derivative", point(p, b))


def test_the_warp_near_the_origin_is_near_the_root_of_the_balancedness() -> None:
    p, b = Fraction(1, 10**9), Fraction(2)
    value = exactly(g_hat(x), point(p, b))
    assert p**2 == value**2 - (b**2 - p**2)


@at_points
def test_the_printed_profile_has_three_halves_of_the_printed_slope(
    p: Fraction, b: Fraction
) -> None:
    values = {**point(p, b), C: 1}
    assert (Fraction(3, 2) * p, p) == sides(PROFILE, "antiderivative", values)
    assert (Fraction(3, 2) * p,) * 2 == sides(PROFILE_REPAIRED, "antiderivative", values)


@at_points
def test_the_logarithmic_derivative_has_its_value_in_the_weights(p: Fraction, b: Fraction) -> None:
    values = {**point(p, b), C: 7}
    assert (b / (p * (b**2 + p**2)),) * 2 == sides(EQUATION, "equation", values)
    assert (1 / (b**2 * (b**2 + p**2)),) * 2 == sides(EQUATION, "matching", values)


@at_points
def test_each_line_of_the_chain_has_the_value_of_the_first(p: Fraction, b: Fraction) -> None:
    expected = -p / (b**2 * (b**2 + p**2))
    for n in (1, 2, 4, 5, 6):
        assert (expected, expected) == sides(WARPED_METRIC, f"line {n}", point(p, b))


def test_scale_three_and_shape_one_half_have_the_radicals_five_one_nine() -> None:
    values = {alpha: 3, s: Fraction(1, 2)}
    assert (5, 5) == sides(LEMMA_2, "root", values)
    assert (1, 1) == sides(LEMMA_2, "difference", values)
    assert (9, 9) == sides(LEMMA_2, "sum", values)


@pytest.mark.parametrize("outer", [3, -3])
def test_weights_three_and_one_have_balancedness_eight(outer: int) -> None:
    w = Space("d").vector("w")
    values = {real("a"): outer, norm2(w): 1}
    assert (Fraction(1, 2), Fraction(1, 2)) == sides(LEMMA_1, "shape", values)
    assert (8, 8) == sides(LEMMA_1, "balancedness", values)


def test_a_larger_inner_weight_has_a_negative_shape() -> None:
    w = Space("d").vector("w")
    values = {real("a"): 1, norm2(w): 9}
    assert (Fraction(-1, 2), Fraction(-1, 2)) == sides(LEMMA_1, "shape", values)
    assert (-8, -8) == sides(LEMMA_1, "balancedness", values)


def test_the_matrix_of_the_kernel_regime_halves_the_start_of_a_balanced_neuron() -> None:
    u = Space("d").vector("u")
    for size, unit in ((1, (1,)), (2, (Fraction(3, 5), Fraction(4, 5)))):
        instance = {"d": size, "u": tuple(map(Fraction, unit)), "s": Fraction(0)}
        (along,) = ground(eq(dot(u, B @ u), 0), instance)
        assert Fraction(1, 2) == exactly(along.lhs, {}) == exactly(eigenvalue, {s: 0})


def test_the_identity_plus_a_square_has_unequal_third_derivatives() -> None:
    def H(w: tuple[int, int], i: int, j: int) -> int:
        return int(i == j) + w[i] * w[j]

    def slope(w: tuple[int, int], i: int, j: int, k: int) -> Fraction:
        """The derivative of a quadratic is its central difference."""
        step = [int(n == k) for n in range(2)]
        up, down = (tuple(a + t * b for a, b in zip(w, step, strict=True)) for t in (1, -1))
        return Fraction(H(up, i, j) - H(down, i, j), 2)

    assert (0, 3) == (slope((2, 3), 0, 0, 1), slope((2, 3), 0, 1, 0))


def test_the_step_of_a_neuron_keeps_its_balancedness_to_first_order() -> None:
    a, w, g, t = (
        Fraction(3),
        (Fraction(1), Fraction(-2)),
        (Fraction(5), Fraction(7)),
        Fraction(1, 10**6),
    )

    def moved(time: Fraction) -> Fraction:
        outer = a + time * sum(p * q for p, q in zip(w, g, strict=True))
        inner = [p + time * a * q for p, q in zip(w, g, strict=True)]
        return outer**2 - sum(p**2 for p in inner)

    assert 0 == moved(t) - moved(-t)


def test_the_kernel_norm_of_a_diagonal_form_divides_by_its_entries() -> None:
    root, w = (Fraction(2), Fraction(3)), (Fraction(1), Fraction(6))
    features = [c / r for c, r in zip(w, root, strict=True)]
    inverse_form = sum(c**2 / r**2 for c, r in zip(w, root, strict=True))
    assert inverse_form == sum(v**2 for v in features)
