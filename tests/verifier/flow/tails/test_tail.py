"""**Tail rules**: their constants are true on the whole ball, and they refuse what has none."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from flint import arb, fmpq
from sympy import Expr, cosh, exp, log

from verifier import Q, reals
from verifier.enclose.programs.compile import compile_expr
from verifier.flow.field import Field, field, gradient_flow
from verifier.flow.losses import Composite, LeastSquares, Loss
from verifier.flow.tails.contraction import contraction
from verifier.flow.tails.polyak import polyak
from verifier.flow.tails.tail import Bound, Rule, tail
from verifier.precision import precision

a, b, x, y, r, s = reals("a b x y r s")
NOW = fmpq(0)
HERE = [arb("1.1"), arb("0.95")]


def value(expr: Expr, point: Sequence[arb]) -> arb:
    return compile_expr(expr, (a, b))(list(point), 100)


def points_near(radius: arb, count: int = 60) -> list[list[arb]]:
    draw = random.Random(7)
    wide = float(radius) / 2
    return [[x + draw.uniform(-wide, wide) for x in HERE] for _ in range(count)]


# the loss, its infimum, and the exponent of its inequality
LOJASIEWICZ = {
    "square": (Loss((a * b - 1) ** 2 / 2, (a, b)), 0, arb("0.5")),
    "log cosh": (Composite(log(cosh(r)), (r,), (a * b - 1,), (a, b)), 0, arb("0.5")),
    "fourth power": (Loss(3 * (a * b - 1) ** 4, (a, b)), 0, arb("0.75")),
    "two powers": (Loss((a * b - 1) ** 4 + 2 * (a - b) ** 6, (a, b)), 0, arb(5) / 6),
    "a square and a power": (
        Loss(20 * (a * b - 1) ** 4 + 4 * (a - b - Q(3, 20)) ** 2 + 1, (a, b)),
        1,
        arb("0.75"),
    ),
}


@pytest.mark.parametrize(("loss", "least", "theta"), LOJASIEWICZ.values(), ids=LOJASIEWICZ)
def test_the_inequality_holds_with_its_constants_on_the_ball(
    loss: Loss | Composite, least: int, theta: arb
) -> None:
    rules = [rule for rule in loss.rules if "Lojasiewicz" in rule.name]
    found = tail(rules, NOW, HERE)
    assert found is not None
    named = dict(found.constants)
    start = value(loss.loss, HERE) - least
    for point in points_near(found.radius):
        left = value(loss.loss, point) - least
        if left > start:  # the flow does not go there
            continue
        steepness = sum(value(loss.loss.diff(v), point) ** 2 for v in (a, b)).sqrt()
        constant = named["c"] if "c" in named else (2 * named["mu"]).sqrt()
        assert steepness > constant * left.max(arb(0)) ** theta * arb("0.999999")


@pytest.mark.parametrize(
    "flow",
    [
        gradient_flow(exp(a) - 3 * a + b**2 + a * b / 2, (a, b)),
        field((a, b), (-a + b * a / 9, -b + exp(-a) / 20)),
    ],
    ids=["gradient flow", "field"],
)
def test_a_contracting_field_slows_down_at_its_rate(flow: Field) -> None:
    rule = contraction(flow)
    found = rule.bound(HERE, arb("0.01"))
    assert found is not None
    rate = dict(found.constants)["m"]
    for point in points_near(arb("0.01")):
        jacobian = flow.jacobian(point)
        for _ in range(3):
            v = [arb(random.Random(3).uniform(-1, 1)) for _ in range(2)]
            moved = [sum(c * w for c, w in zip(row, v, strict=True)) for row in jacobian]
            push = sum(p * q for p, q in zip(moved, v, strict=True))
            assert push < -rate * sum(c * c for c in v) * arb("0.999999")


def test_no_length_without_room_for_it() -> None:
    """What the ball gives must be less than its radius."""
    short = Rule("short", lambda here, radius: _bound(arb(1) + radius / 4))
    long = Rule("long", lambda here, radius: _bound(arb(1) + radius * 2))
    found = tail([long, short], NOW, HERE)
    assert found is not None
    assert "short" == found.rule
    assert found.length < found.radius
    assert tail([long], NOW, HERE) is None


def _bound(length: arb) -> Bound:
    return Bound(length, ())


DEPENDENT = LeastSquares((a * b - 1, 2 * a * b - 2), (a, b))
FLAT = Composite(r**4, (r,), (a * b - 1,), (a, b))
CONCAVE = Composite(-(r**2), (r,), (a * b - 3,), (a, b))


@pytest.mark.parametrize("loss", [DEPENDENT, FLAT, CONCAVE], ids=["dependent", "flat", "concave"])
def test_what_is_not_strongly_convex_in_independent_residuals_has_no_bound(
    loss: LeastSquares | Composite,
) -> None:
    rules = loss.rules if isinstance(loss, LeastSquares) else (polyak(loss),)
    assert tail(rules, NOW, [arb(2), arb("0.5")]) is None


@pytest.mark.parametrize(
    "loss",
    [
        (a * b - 1) ** 3,
        -((a * b - 1) ** 4),
        (a * b - 1) ** 2 * a + b**2,
        (a * b - 1) ** 2 + a * b,
        a**2 * b**3,
    ],
    ids=["odd", "negative", "mixed", "linear part", "odd factor"],
)
def test_what_is_no_sum_of_even_powers_is_not_read_as_one(loss: Expr) -> None:
    assert ["strong convexity"] == [rule.name for rule in Loss(loss, (a, b)).rules]


def test_a_product_of_even_powers_is_a_power_of_one_residual() -> None:
    with precision(64):
        found = tail(Loss(a**2 * b**4, (a, b)).rules, NOW, [arb(3), arb("1e-9")])
    assert found is None  # a b^2 is flat where b = 0
    with precision(64):
        found = tail(Loss(a**2 * b**2, (a, b)).rules, NOW, [arb(3), arb("1e-9")])
    assert found is not None
    assert "Polyak-Lojasiewicz" == found.rule
