"""**Mutants of expectations**: other values, and inequalities turned round, all of them false."""

from __future__ import annotations

from typing import Any

import pytest

from verifier import Q, expects, markov_chain, moment_after, moment_tends, rademacher, reals
from verifier.derive.ground import decide_exactly
from verifier.falsify.mutants.variants import mutations

x, z = reals("x z")
HALVED = markov_chain({x: x / 2 + z}, rademacher(z))


@pytest.mark.parametrize(
    ("statement", "count"),
    [
        (expects((z + 1) ** 2, rademacher(z), 2), 1),
        (expects((z + 1) ** 2, rademacher(z), 2, op=">="), 1),
        (moment_after(HALVED, x**2, Q(21, 16), start={x: 0}, time=3), 1),
        (moment_after(HALVED, x**2, 2, start={x: 0}, time=3, op="<"), 1),
        (moment_tends(HALVED, x**2, Q(4, 3)), 1),
    ],
)
def test_every_mutant_is_false(statement: Any, count: int) -> None:
    assert decide_exactly(statement).certain
    found = [change.statement for change in mutations(statement)]
    assert count == len(found)
    assert all(decide_exactly(changed).refuted for changed in found)
