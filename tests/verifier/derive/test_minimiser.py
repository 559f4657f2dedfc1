"""**Minimisers at a point**: shown by multipliers, refuted by a better point, or left open."""

from __future__ import annotations

from typing import Any

import pytest

from verifier import cos, eq, ge, le, minimiser, reals
from verifier.derive.ground import decide_exactly
from verifier.verdict import Answer

x, y = reals("x y")
LINE = eq(x + 2 * y, 5)
CASES: dict[str, tuple[Any, Answer]] = {
    "nearest on a line": (
        minimiser(x**2 + y**2, {x: 1, y: 2}, subject_to=LINE, unique=True),
        Answer.TRUE,
    ),
    "at a bound": (minimiser((x + 1) ** 2, {x: 0}, subject_to=ge(x, 0), unique=True), Answer.TRUE),
    "on a disc": (minimiser(x, {x: -1, y: 0}, subject_to=le(x**2 + y**2, 1)), Answer.TRUE),
    "a saddle on a line": (minimiser(x**2 - y**2, {x: 1, y: 2}, subject_to=LINE), Answer.FALSE),
    "not the only one": (minimiser(y**2, {x: 0, y: 0}, unique=True), Answer.FALSE),
    "off the line": (minimiser(x**2 + y**2, {x: 0, y: 0}, subject_to=LINE), Answer.FALSE),
    "a minimum that is not convex": (minimiser(-cos(x), {x: 0}), Answer.UNKNOWN),
}


@pytest.mark.parametrize("name", CASES)
def test_a_point_is_the_minimiser_or_not(name: str) -> None:
    statement, expected = CASES[name]
    assert expected == decide_exactly(statement).answer
