"""**False inequalities for sum_of_squares**: no claim of them is derived."""

from __future__ import annotations

import pytest

from tests.soundness.statements import Trial, trial
from verifier import Q, by, eq, ge, gt, le, reals
from verifier.derive.side import derive_claim

x, y = reals("x y")
S = by.sum_of_squares
MOTZKIN = x**4 * y**2 + x**2 * y**4 - 3 * x**2 * y**2 + 1

FALSE = (
    trial("sos-lowered", "it is -1/1000 at (1, 1)", ge(MOTZKIN, Q(1, 1000)),
          by.sum_of_squares(multiplier=1 + x**2 + y**2)),
    trial("sos-not-strict", "it is 0 at (1, 1)", gt(MOTZKIN, 0),
          by.sum_of_squares(multiplier=x**2 + y**2)),
    trial("sos-irrational-zero", "it is 0 at sqrt(2)", gt((x**2 - 2) ** 2, 0), S),
    trial("sos-sliver", "negative in a sliver", ge((x - Q(7, 19)) ** 2, Q(1, 10**12)), S),
    trial("sos-sign-of-multiplier", "x may be below -100", ge(x + 100, 0),
          by.sum_of_squares(multiplier=x + 100)),
    trial("sos-zero-multiplier", "the multiplier is 0", ge(-(x**2) - 1, 0),
          by.sum_of_squares(multiplier=x - x)),
    trial("sos-multiplier-zero-on-hypothesis", "x^2 = 0 there", ge(y - 20, 0),
          by.sum_of_squares(multiplier=x**2), eq(x, 0)),
    trial("sos-closed-end", "x = 0 is allowed", gt(x, 0), S, ge(x, 0)),
    trial("sos-weak-bound", "x may be -1/1000", ge(x, 0), S, ge(x, -Q(1, 1000))),
    trial("sos-outside", "negative beyond 1", ge(1 - x**2, 0), S, le(x, 1)),
)  # fmt: skip


@pytest.mark.parametrize("false", FALSE, ids=[t.name for t in FALSE])
def test_a_false_inequality_is_not_derived(false: Trial) -> None:
    evidence = derive_claim(false.claim)
    assert [False] == [step.discharged for step in evidence.steps]


def test_a_true_inequality_is_derived() -> None:
    proved = trial("sos-motzkin", "", ge(MOTZKIN, 0), by.sum_of_squares(multiplier=x**2 + y**2))
    assert [True] == [step.discharged for step in derive_claim(proved.claim).steps]
