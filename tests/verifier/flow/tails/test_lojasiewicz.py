"""**Lojasiewicz' inequality**: only what the exact side establishes is used."""

from __future__ import annotations

import pytest
from flint import arb, fmpq
from sympy import Expr, Rational, sqrt

from verifier import Q, eq, ge, le, lt, ne, reals
from verifier.errors import ExactnessError, UnsupportedError
from verifier.exact.statements import Relation
from verifier.flow.tails.lojasiewicz import LojasiewiczConstants, lojasiewicz
from verifier.flow.tails.tail import tail

x, y = reals("x y")
NOW = fmpq(0)

TRUE = {
    "quartic": (x**4, LojasiewiczConstants(Q(3, 4), 4)),
    "quartic above 5": (x**4 + 5, LojasiewiczConstants(Q(3, 4), 4, 5)),
    "product": (x**2 * y**2, LojasiewiczConstants(Q(3, 4), sqrt(8))),
    "two quartics": (x**4 + y**4, LojasiewiczConstants(Q(3, 4), Q(3))),
    "square": (x**2 + 3 * y**2, LojasiewiczConstants(Q(1, 2), 2)),
    "a sixth power": ((x**2 + y**2) ** 3, LojasiewiczConstants(Q(5, 6), 6)),
}


@pytest.mark.parametrize(("loss", "inequality"), TRUE.values(), ids=TRUE)
def test_a_true_inequality_bounds_what_is_left(
    loss: Expr, inequality: LojasiewiczConstants
) -> None:
    rule = lojasiewicz(loss, (x, y), inequality)
    found = tail([rule], NOW, [arb("0.5"), arb("0.25")])
    assert found is not None
    assert not found.radius.is_finite()
    # no flow to the origin is shorter than the distance to it, in one variable
    if not loss.has(y):
        assert found.length > arb("0.4999")


FALSE = {
    "constant too large": (x**4, LojasiewiczConstants(Q(3, 4), Q(401, 100)), ()),
    "exponent too small": (x**4, LojasiewiczConstants(Q(1, 2), 1), ()),
    "exponent too large": (x**2, LojasiewiczConstants(Q(3, 4), 1), ()),
    "value too low": (x**2 + 1, LojasiewiczConstants(Q(1, 2), 1, 0), ()),
    "value too high": (x**2, LojasiewiczConstants(Q(1, 2), 1, 1), ()),
    "a saddle": (x**2 - y**2, LojasiewiczConstants(Q(1, 2), 1), ()),
    "product with 3": (x**2 * y**2, LojasiewiczConstants(Q(3, 4), 3), ()),
    "region that does not help": (x**4, LojasiewiczConstants(Q(1, 2), 1, given=(ge(y, 1),)), ()),
}


@pytest.mark.parametrize(("loss", "inequality", "_"), FALSE.values(), ids=FALSE)
def test_a_false_inequality_is_refused(
    loss: Expr, inequality: LojasiewiczConstants, _: tuple
) -> None:
    with pytest.raises(UnsupportedError, match="inequality is not established"):
        lojasiewicz(loss, (x, y), inequality)


REGIONS = {
    "around": ((ge(x, -10),), True),
    "disk": ((le(x**2 + y**2, 100), lt(y, 10)), True),
    "beside the limit": ((ge(x, Q(2, 5)),), False),
    "elsewhere": ((ge(x, 1),), False),
    "empty": ((ge(x, 1), le(x, -1)), False),
}


@pytest.mark.parametrize(("region", "holds_it"), REGIONS.values(), ids=REGIONS)
def test_a_region_must_hold_the_trapped_flow(region: tuple[Relation, ...], holds_it: bool) -> None:
    rule = lojasiewicz(x**2, (x, y), LojasiewiczConstants(Q(1, 2), 2, given=region))
    assert holds_it == (tail([rule], NOW, [arb("0.5"), arb(0)]) is not None)


def test_an_inequality_that_holds_in_a_region_alone_is_used_there() -> None:
    """|4 x^3| >= 4/10 x^2 where x >= 1/10."""
    lemma = LojasiewiczConstants(Q(1, 2), Q(4, 10), given=(ge(x, Q(1, 10)),))
    rule = lojasiewicz(x**4, (x,), lemma)
    assert tail([rule], NOW, [arb("0.5")]) is None


@pytest.mark.parametrize(
    ("exponent", "constant", "fault"),
    [
        (0, 1, "no rational between 0 and 1"),
        (1, 1, "no rational between 0 and 1"),
        (sqrt(2) / 2, 1, "no rational between 0 and 1"),
        (Rational(1, 2), 0, "not shown to be positive"),
        (Rational(1, 2), -1, "not shown to be positive"),
    ],
)
def test_constants_without_meaning_are_refused(exponent: Expr, constant: Expr, fault: str) -> None:
    with pytest.raises(UnsupportedError, match=fault):
        LojasiewiczConstants(exponent, constant)


@pytest.mark.parametrize("region", [eq(y, 0), ne(x, 0)])
def test_a_region_is_given_by_inequalities(region: Relation) -> None:
    with pytest.raises(UnsupportedError, match="is no inequality: a region is given by those"):
        LojasiewiczConstants(Q(1, 2), 2, given=(region,))


def test_a_float_is_no_constant() -> None:
    with pytest.raises(ExactnessError):
        LojasiewiczConstants(Rational(1, 2), 0.5)
