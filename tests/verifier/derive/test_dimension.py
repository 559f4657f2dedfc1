"""**Local dimension**: bounds from the Jacobian, where they meet, and degenerate points."""

from __future__ import annotations

import random
from typing import Any

import pytest
import sympy

from tests.soundness.statements import trial
from verifier import (
    Q,
    absolute,
    by,
    cos,
    exp,
    ge,
    gt,
    local_dimension,
    log,
    ne,
    negation,
    reals,
    sin,
    sqrt,
)
from verifier.by import Justification
from verifier.derive.context import Context, Discharge
from verifier.derive.ground import decide_exactly
from verifier.derive.side import derive_claim, rule_named
from verifier.exact.statements import Relation, Statement

x, y, z, a, b, c, t, s = reals("x y z a b c t s")
a1, a2, u1, u2, v1, v2 = reals("a1 a2 u1 u2 v1 v2")
N = by.dimension


def tried(statement: Any, *given: Relation, by: Justification = N) -> Discharge:
    return rule_named(by.rule).discharge(statement, Context(given, by, rule_named))


# Two neurons with exp in R^2 that fit one: where both have its weight, and where one is free.
MERGED = [a1 + a2 - a, u1 - b, u2 - c, v1 - b, v2 - c]
FREE = [a1 - a, u1 - b, u2 - c, a2]
SETS: dict[str, tuple[list[Any], dict[Any, Any], int, tuple[Relation, ...]]] = {
    "merged neurons": (MERGED, {a1: a / 3, a2: 2 * a / 3, u1: b, u2: c, v1: b, v2: c}, 1, ()),
    "free neuron": (FREE, {a1: a, a2: 0, u1: b, u2: c, v1: 5, v2: 7}, 2, ()),
    "sphere": ([x**2 + y**2 + z**2 - c], {x: sqrt(c), y: 0, z: 0}, 2, (gt(c, 0),)),
    "curve": ([x**2 + y**2 + z**2 - 2, z - 1], {x: 1, y: 0, z: 1}, 1, ()),
    "graph": ([y - exp(x)], {x: a, y: exp(a)}, 1, ()),
    "hyperbola": ([x * y - 1], {x: t, y: 1 / t}, 1, (ne(t, 0),)),
    "transcendental": ([sin(x) - y, log(z)], {x: 0, y: 0, z: 1}, 1, ()),
    "square of an equation": ([x - y, (x - y) ** 2], {x: a, y: a}, 1, ()),
    "multiple of an equation": ([x, x * y, x * z], {x: 0, y: 0, z: 0}, 2, ()),
    "dependent equations": ([x + y, x - y, x], {x: 0, y: 0, z: a}, 1, ()),
    "one equation, no condition": ([x - x], {x: a, y: b}, 2, ()),
    "kink elsewhere": ([absolute(x) - y], {x: -1, y: 1}, 1, ()),
    "isolated point": ([x**2 + x * y + y**2], {x: 0, y: 0}, 0, ()),
    "isolated maximum": ([1 - cos(x) + y**2 * exp(y)], {x: 0, y: 0}, 0, ()),
    "double point": ([x**2 - y**2 - x**3], {x: 0, y: 0}, 1, ()),
    "cone": ([x**2 + y**2 - z**2], {x: 0, y: 0, z: 0}, 2, ()),
    "isolated by a parameter": ([a * x**2 + y**2], {x: 0, y: 0}, 0, (gt(a, 0),)),
}


@pytest.mark.parametrize("name", SETS)
def test_the_dimension_is_shown_and_every_other_is_refuted(name: str) -> None:
    equations, at, dimension, given = SETS[name]
    assert tried(local_dimension(equations, at, equals=dimension), *given).holds
    assert tried(local_dimension(equations, at, at_most=dimension), *given).holds
    assert tried(local_dimension(equations, at, at_least=dimension), *given).holds
    for other in (dimension - 1, dimension + 1):
        if other >= 0:
            answer = tried(local_dimension(equations, at, equals=other), *given)
            assert (False, True) == (answer.holds, answer.disproof)
            denied = negation(local_dimension(equations, at, equals=other))
            assert tried(denied, *given).holds
    above = tried(local_dimension(equations, at, at_least=dimension + 1), *given)
    assert (False, True) == (above.holds, above.disproof)


ORIGIN = {x: 0, y: 0}
REFUSED: dict[str, tuple[Statement, Justification, tuple[Relation, ...], str]] = {
    "option": (local_dimension([x], {x: 0}, equals=0), N(rank=1), (), "has no option `rank`"),
    "cusp": (local_dimension([y**2 - x**3], ORIGIN, equals=1), N, (), "0 <= dimension <= 2"),
    "flat minimum": (local_dimension([x**2 + y**4], ORIGIN, equals=0), N, (), "may grow nearby"),
    "radius zero": (local_dimension([x**2 + y**2 - c], {x: sqrt(c), y: 0}, equals=1), N,
                    (ge(c, 0),), "may grow nearby"),
    "two squares": (local_dimension([x**2, y**2], ORIGIN, equals=0), N, (), "may grow nearby"),
    "off the set": (local_dimension([x - 1], {x: a}, equals=0), N, (), "a - 1 == 0"),
    "point without a value": (local_dimension([x * y - 1], {x: t, y: 1 / t}, equals=1), N, (),
                              "the value of 1/t"),
    "kink": (local_dimension([absolute(x) - y], ORIGIN, equals=1), N, (), "no value at"),
    "root": (local_dimension([sqrt(x) - y], ORIGIN, equals=1), N, (), "no value at"),
    "along nothing": (local_dimension([x * y], ORIGIN, at_least=1), N(along={x: t, y: 0}), (),
                      "and `start`"),
    "along one": (local_dimension([x * y], ORIGIN, at_least=1),
                  N(along={x: t}, start={t: 0}), (), "give every variable"),
    "along a variable": (local_dimension([x * y], ORIGIN, at_least=1),
                         N(along={x: y, y: 0}, start={y: 0}), (), "`y` is no new symbol"),
    "along outside": (local_dimension([x * y], ORIGIN, at_least=1),
                      N(along={x: t, y: t}, start={t: 0}), (), "t**2 == 0"),
    "along elsewhere": (local_dimension([x * y], ORIGIN, at_least=1),
                        N(along={x: t, y: 0}, start={t: 1}), (), "1 == 0"),
    "along a cusp": (local_dimension([y**2 - x**3], ORIGIN, at_least=1),
                     N(along={x: t**2, y: t**3}, start={t: 0}), (), "regular at its start"),
    "along a hypothesis": (local_dimension([y - a * x], ORIGIN, at_least=1),
                           N(along={x: t, y: a * t * absolute(t) / t}, start={t: 0}),
                           (gt(t, 0),), "no value at"),
    "hypothesis on a variable": (local_dimension([x**3], {x: 0, y: 0}, equals=0), N, (gt(x, 0),),
                                 "may grow nearby"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_refusal_says_why(name: str) -> None:
    statement, justification, given, reason = REFUSED[name]
    claim = trial(name.replace(" ", "-"), "", statement, justification, *given).claim
    (step,) = derive_claim(claim).steps
    assert not step.discharged
    assert reason in step.reason


def test_a_part_that_is_parametrised_bounds_from_below() -> None:
    node = y**2 - x**2 * (x + 1)
    along = {x: t**2 - 1, y: t * (t**2 - 1)}
    statement = local_dimension([node, node * z], {x: 0, y: 0, z: 0}, at_least=2)
    assert not tried(statement).holds
    assert tried(statement, by=N(along={**along, z: s}, start={t: 1, s: 0})).holds
    wrong = tried(statement, by=N(along={**along, z: s**2}, start={t: 1, s: 0}))
    assert (False, False) == (wrong.holds, wrong.disproof)


def test_a_point_that_is_off_the_set_denies_every_dimension() -> None:
    off = local_dimension([x**2 + y**2 - 1], {x: 1, y: 1}, equals=1)
    assert tried(negation(off)).holds
    assert decide_exactly(off).refuted


@pytest.mark.parametrize("seed", range(30))
def test_affine_sets_have_the_dimension_of_their_kernel(seed: int) -> None:
    rng = random.Random(seed)
    variables = (x, y, z)
    table = [[rng.randint(-2, 2) for _ in variables] for _ in range(rng.randint(1, 4))]
    point = {v: Q(rng.randint(-3, 3), 2) for v in variables}
    equations = [
        sympy.Add(*(k * (v - point[v]) for k, v in zip(row, variables, strict=True)))
        for row in table
    ]
    expected = 3 - sympy.Matrix(table).rank()
    answers = [decide_exactly(local_dimension(equations, point, equals=k)) for k in range(4)]
    assert [k == expected for k in range(4)] == [answer.certain for answer in answers]
    assert [k != expected for k in range(4)] == [answer.refuted for answer in answers]
