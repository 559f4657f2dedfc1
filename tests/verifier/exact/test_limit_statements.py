"""**Statements about limits**: what they say in words and LaTeX, and what cannot be written."""

from __future__ import annotations

import pytest

from verifier.errors import StatementError
from verifier.exact.scalars import oo, reals
from verifier.exact.statements import gt, latex, negation, tends
from verifier.exact.statements.growth import asymptotic, is_order
from verifier.exact.statements.limit import Approach, tends_in_turn
from verifier.exact.statements.paths import (
    pointwise_in,
    tends_along,
    tends_jointly,
    tends_uniformly,
)
from verifier.exact.substitution import names_in, substitute

x, y, t, p = reals("x y t p")

SHOWN = (
    (tends(x, x, 0, 0), "x -> 0 as x -> 0+", r"\lim_{x \to 0^{+}} x = 0"),
    (tends(x, x, oo, oo), "x -> oo as x -> oo", r"\lim_{x \to \infty} x = \infty"),
    (tends(x, x, 0, 0, side="both"), "x -> 0 as x -> 0", r"\lim_{x \to 0} x = 0"),
    (tends_in_turn(x * y, (x, 0), (y, oo), value=p), "x*y -> p as y -> oo, then x -> 0+",
     r"\lim_{x \to 0^{+}} \lim_{y \to \infty} x y = p"),
    (asymptotic(x, x + 1, x, oo), "x ~ x + 1 as x -> oo",
     r"x \sim x + 1 \quad\text{as}\quad x \to \infty"),
    (is_order(x, 2 * x, x, 0, order="o"), "x = o(2*x) as x -> 0+",
     r"x = o\left(2 x\right) \quad\text{as}\quad x \to 0^{+}"),
    (tends_along(x * y, {x: t, y: p * t}, t, 0, 0), "x*y -> 0 along x = t, y = p*t as t -> 0+",
     r"\lim_{t \to 0^{+}} x y = 0 \quad\text{along}\quad x = t,\; y = p t"),
    (tends_jointly(x * y, (x, 0), (y, 1, "-"), value=0), "x*y -> 0 as jointly x -> 0+, y -> 1-",
     r"\lim_{(x \to 0^{+},\, y \to 1^{-})} x y = 0"),
    (tends_uniformly(x * p, x, 0, 0, over=[p], given=[gt(p, 0)]),
     "p*x -> 0 as x -> 0+, uniformly in p with p > 0",
     r"\lim_{x \to 0^{+}} \sup_{p > 0} \left| p x - 0 \right| = 0"),
)  # fmt: skip


@pytest.mark.parametrize(("statement", "text", "mathematics"), SHOWN, ids=str)
def test_it_is_shown(statement: object, text: str, mathematics: str) -> None:
    assert text == str(statement)
    assert mathematics == latex(statement)


def test_what_moves_and_what_it_is_uniform_in_are_bound() -> None:
    assert {"p"} == names_in(tends_along(x * y, {x: t, y: p * t}, t, 0, 0))
    assert frozenset() == names_in(tends_uniformly(x * p, x, 0, 0, over=[p]))
    assert {"p"} == names_in(tends_in_turn(x * y * p, (x, 0), (y, x), value=0))


def test_a_parameter_is_replaced_in_points_paths_and_relations() -> None:
    assert tends(x, x, 2, 2) == substitute(tends(x, x, p, p), {p: 2})
    along = tends_along(x, {x: p * t}, t, p, p**2)
    assert tends_along(x, {x: 2 * t}, t, 2, 4) == substitute(along, {p: 2})
    uniform = tends_uniformly(x * t, x, 0, 0, over=[t], given=[gt(t, p)])
    assert gt(t, 2) == substitute(uniform, {p: 2}).given[0]


def test_what_stays_fixed_is_listed_for_limits_alone() -> None:
    assert {"p"} == pointwise_in([negation(tends(p * x, x, 0, 0)), gt(y, 0)])
    assert frozenset() == pointwise_in([tends_uniformly(p * x, x, 0, 0, over=[p])])


def ill_formed() -> dict[str, object]:
    return {
        "a side that is none": lambda: tends(x, x, 0, 0, side="left"),
        "a point that moves": lambda: Approach(x + 1, x),
        "one variable to two points": lambda: tends_in_turn(x, (x, 0), (x, 1), value=0),
        "no variable": lambda: tends_in_turn(x, value=0),
        "a ratio that is no order": lambda: is_order(x, x, x, 0, order="ratio"),
        "a path of its own variable": lambda: tends_along(x, {t: t}, t, 0, 0),
        "a path in another moving one": lambda: tends_along(x, {x: y, y: t}, t, 0, 0),
        "uniform in nothing": lambda: tends_uniformly(x, x, 0, 0, over=[]),
        "uniform in what moves": lambda: tends_uniformly(x, x, 0, 0, over=[x]),
        "no relation": lambda: tends_uniformly(x, x, 0, 0, over=[p], given=[tends(p, p, 0, 0)]),
    }


@pytest.mark.parametrize("vice", sorted(ill_formed()))
def test_what_means_nothing_cannot_be_written(vice: str) -> None:
    with pytest.raises(StatementError):
        ill_formed()[vice]()
