"""**Power of the falsifier**: planted errors are found, true statements are never refuted."""

from __future__ import annotations

from typing import Any

import pytest

from verifier import (
    Claim,
    Coordinates,
    Paper,
    Potential,
    Q,
    Sample,
    SmoothFunction,
    Space,
    asinh,
    conserved,
    derivative,
    dot,
    eq,
    exp,
    function,
    ge,
    gradient_is,
    gt,
    hessian_is,
    hessian_map,
    identity_operator,
    indices,
    integral,
    le,
    log,
    lt,
    ne,
    negation,
    norm,
    norm2,
    outer,
    radial_field,
    real,
    reals,
    sqrt,
    tanh,
    tends,
    within,
)
from verifier.budget import BUDGETS
from verifier.falsify.side import falsify_claim
from verifier.verdict import FalsifyEvidence

PAPER = Paper("demo", "A demonstration", "A. Author", 2020, "none")
QUICK = BUDGETS["quick"]

x, y, a, k = reals("x y a k")
SPACE = Space("d")
u, v, w, g = SPACE.vectors("u v w g")
A = SPACE.positive_definite("A")
i, j = indices("i j")
smooth = SmoothFunction("Q", 2)
at = Coordinates("w")
r = at.norm
qhat = function("qhat")
ROOT = A.power(Q(1, 2))
CURVATURE = (derivative(qhat(r), r, 2) - derivative(qhat(r), r) / r) / r**2


def demo(given: Any, conclusion: Any, **more: Any) -> Claim:
    return Claim(
        id="demo/item",
        title="An item",
        source=PAPER.at("Lemma 1", section="1"),
        given=given,
        then={"conclusion": conclusion},
        **more,
    )


def tried(given: Any, conclusion: Any, **more: Any) -> FalsifyEvidence:
    return falsify_claim(demo(given, conclusion, **more), budget=QUICK, seed=0)


FALSE = {
    "strict at equality": ({"x": gt(x, 0)}, gt(x + 1 / x, 2)),
    "wrong constant": ({}, eq((x + 1) ** 2, x**2 + 2 * x + 2)),
    "wrong branch": ({}, eq(sqrt(x**2), x)),
    "closed end": ({"x": within(x, 0, 1)}, lt(x, 1)),
    "open end": ({"x": within(x, 0, 1, left="open")}, le(log(x), -1)),
    "large values": ({"x": gt(x, 0)}, lt(x, 10**6)),
    "small values": ({"x": gt(x, 0)}, gt(x, Q(1, 10**5))),
    "a needle": ({}, ge((x - Q(3141, 10**4)) ** 2 + (y - Q(2718, 10**4)) ** 2, Q(1, 10**8))),
    "a transcendental needle": (
        {"x": within(x, -2, 2), "y": within(y, -2, 2)},
        ge((exp(x) - Q(17, 10)) ** 2 + (tanh(3 * y) - tanh(Q(111, 100))) ** 2, Q(1, 10**6)),
    ),
    "a series cut short": ({"x": within(x, 0, 1)}, le(asinh(x), x - x**3 / 8)),
    "loss bounds its slope": (
        {"x": within(x, -2, 2), "y": within(y, -2, 2)},
        ge((x * y) ** 2, (2 * x * y - 1) ** 2),
    ),
    "Motzkin shifted": ({}, ge(x**4 * y**2 + x**2 * y**4 + 1 - 3 * x**2 * y**2, Q(1, 1000))),
    "Cauchy-Schwarz strict": ({}, lt(dot(u, v) ** 2, norm2(u) * norm2(v))),
    "nonzero norm": ({}, gt(norm(u), 0)),
    "parallel": (
        {"u": gt(norm2(u), 0), "v": gt(norm2(v), 0)},
        lt(dot(u, v) ** 2, norm2(u) * norm2(v)),
    ),
    "orthogonal units": ({"u": eq(norm2(u), 1), "v": eq(norm2(v), 1)}, eq(dot(u, v), 0)),
    "vectors": ({}, eq(2 * u + v, u + v)),
    "operators": (
        {"u": eq(norm2(u), 1)},
        eq(
            (identity_operator(SPACE) + outer(u, u)) @ (identity_operator(SPACE) - outer(u, u)),
            identity_operator(SPACE),
        ),
    ),
    "root of an operator": ({}, eq(dot(ROOT(u), v), dot(A(u), v))),
    "mixed partials": ({"ij": ne(i, j)}, eq(smooth.partial(i, j), smooth.partial(i, i))),
    "invariant": ({}, conserved(a**2 + norm2(w), {a: dot(w, g), w: a * g})),
    "Hessian map": ({}, hessian_map(radial_field(at, r**2, 3))),
    "no Hessian map on the line": ({}, negation(hessian_map(radial_field(at, 1, 1)))),
    "no Hessian map": (
        {"d": ge(SPACE.dimension, 2)},
        negation(hessian_map(radial_field(at, r**2, 2))),
    ),
    "Hessian": (
        {"r": gt(r, 0)},
        hessian_is(
            Potential(at, radial=qhat(r)),
            radial_field(at, derivative(qhat(r), r) / r, r * CURVATURE),
        ),
    ),
    "gradient": (
        {"r": gt(r, 0)},
        gradient_is(Potential(at, radial=r**2, linear=real("z_i")), 2 * at.i),
    ),
    "limit": ({"k": gt(k, 0)}, tends((sqrt(k + x) - sqrt(k)) / x, x, 0, 1 / sqrt(k))),
    "closed form": (
        {"k": gt(k, 0)},
        eq(integral(asinh(y / k), y, 0, x), x * asinh(x / k) - sqrt(x**2 + k**2)),
    ),
    "derivative": ({}, eq(derivative(asinh(x**2), x), 2 * x / sqrt(1 + x**2))),
}

TRUE = {
    "inequality of means": ({"x": gt(x, 0)}, ge(x + 1 / x, 2)),
    "asinh is below x": ({"x": ge(x, 0)}, le(asinh(x), x)),
    "Motzkin": ({}, ge(x**4 * y**2 + x**2 * y**4 + 1 - 3 * x**2 * y**2, 0)),
    "Cauchy-Schwarz": ({}, le(dot(u, v) ** 2, norm2(u) * norm2(v))),
    "root of an operator": ({}, eq(dot(ROOT(u), ROOT(v)), dot(A(u), v))),
    "inverse": (
        {"u": eq(norm2(u), 1)},
        eq(
            (identity_operator(SPACE) + outer(u, u))
            @ (identity_operator(SPACE) - outer(u, u) * Q(1, 2)),
            identity_operator(SPACE),
        ),
    ),
    "mixed partials": ({}, eq(smooth.partial(i, j), smooth.partial(j, i))),
    "invariant": ({}, conserved(a**2 - norm2(w), {a: dot(w, g), w: a * g})),
    "Hessian map": ({}, hessian_map(radial_field(at, r**2, 2))),
    "no Hessian map": (
        {"d": ge(SPACE.dimension, 2)},
        negation(hessian_map(radial_field(at, 1, 1))),
    ),
    "Hessian": (
        {"r": gt(r, 0)},
        hessian_is(
            Potential(at, radial=qhat(r)),
            radial_field(at, derivative(qhat(r), r) / r, CURVATURE),
        ),
    ),
    "gradient": (
        {"r": gt(r, 0)},
        gradient_is(
            Potential(at, radial=qhat(r), linear=real("z_i")),
            derivative(qhat(r), r) * at.i / r + real("z_i"),
        ),
    ),
    "limit": ({"k": gt(k, 0)}, tends((sqrt(k + x) - sqrt(k)) / x, x, 0, 1 / (2 * sqrt(k)))),
    "closed form": (
        {"k": gt(k, 0)},
        eq(integral(asinh(y / k), y, 0, x), x * asinh(x / k) - sqrt(x**2 + k**2) + k),
    ),
    "derivative": ({}, eq(derivative(asinh(x**2), x), 2 * x / sqrt(1 + x**4))),
}


@pytest.mark.parametrize("name", FALSE)
def test_a_planted_error_is_found(name: str) -> None:
    given, conclusion = FALSE[name]
    found = tried(given, conclusion)
    assert found.counterexample is not None
    assert found.counterexample.explanation.endswith(".")


@pytest.mark.parametrize("name", TRUE)
@pytest.mark.parametrize("seed", [0, 1])
def test_a_true_statement_is_never_refuted(name: str, seed: int) -> None:
    given, conclusion = TRUE[name]
    found = falsify_claim(demo(given, conclusion), budget=QUICK, seed=seed)
    assert found.counterexample is None
    assert found.witness is not None
    assert found.instances >= 25
    assert found.undecided <= found.instances // 4


def test_the_same_seed_gives_the_same_evidence() -> None:
    for given, conclusion in (FALSE["a transcendental needle"], TRUE["Cauchy-Schwarz"]):
        assert tried(given, conclusion) == tried(given, conclusion)


def test_contradicting_hypotheses_leave_no_witness() -> None:
    found = tried({"positive": gt(x, 0), "negative": lt(x, 0)}, gt(x, 1))
    assert found.witness is None
    assert found.counterexample is None
    assert "`positive`" in found.reason or "`negative`" in found.reason


def test_a_missing_value_is_counted_and_refutes_nothing() -> None:
    found = tried({}, ge(sqrt(x), 0))
    assert found.counterexample is None
    assert found.undefined > 0


def test_a_limit_whose_value_does_not_exist_is_undefined() -> None:
    found = tried({"k": ge(k, 0)}, tends((sqrt(k + x) - sqrt(k)) / x, x, 0, 1 / (2 * sqrt(k))))
    assert found.counterexample is None
    assert found.undefined > 0


def test_a_hypothesis_that_only_agrees_to_many_digits_does_not_hold() -> None:
    irrational = eq(exp(x), 1 + x + x**2 / 2)
    found = tried({"point": irrational, "away": gt(x, Q(1, 10**30))}, gt(x, 1))
    assert found.counterexample is None


def test_an_equality_hypothesis_is_met_by_construction() -> None:
    found = tried({"sum": eq(3 * x + y * k, a**2 + 1), "y": gt(y, 0)}, ge(y * k, a**2 - 3 * x))
    assert found.instances >= 100
    assert found.counterexample is None


def test_special_instances_come_first() -> None:
    special = Sample({"x": Q(12345, 67891)})
    found = tried({}, ne(x, Q(12345, 67891)), instances=special)
    assert found.counterexample is not None
    assert found.counterexample.found_by == "special"
    assert {"x": "12345/67891"} == found.counterexample.instance


def test_a_counterexample_is_small() -> None:
    found = tried({"x": gt(x, 0)}, lt(x**2, 50))
    assert found.counterexample is not None
    assert {"x": "8"} == found.counterexample.instance


def test_the_explanation_shows_both_sides() -> None:
    found = tried({"x": gt(x, 0)}, lt(x + 1 / x, 2))
    assert found.counterexample is not None
    assert (
        "At x = 1 every hypothesis holds, and both sides are 2." == found.counterexample.explanation
    )


def test_a_hypothesis_on_functions_is_about_all_arguments() -> None:
    f = function("f")
    growth = eq(derivative(f(x), x), f(x))
    found = tried({"growth": growth}, eq(derivative(f(x), x, 2), f(x)))
    assert found.counterexample is None
