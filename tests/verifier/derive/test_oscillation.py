"""**Oscillation**: a limit is denied along a sequence at which every wave stands still."""

from __future__ import annotations

import pytest

from verifier import (
    absolute,
    asymptotic,
    cos,
    derivative,
    integral,
    is_order,
    log,
    reals,
    sin,
    sqrt,
    tends,
)
from verifier.derive.ground import decide_exactly
from verifier.derive.kernel.limits.oscillation import along_periods
from verifier.exact.scalars import oo
from verifier.exact.statements import Statement

a, t, x = reals("a t x")


def test_the_reason_names_the_sequence_and_the_limit_along_it() -> None:
    answer = decide_exactly(tends(sin(2 * x), x, oo, 0))
    assert answer.refuted
    assert "along x = pi*n + pi/4, n = 1, 2, ..., the limit is 1" == answer.reason


def test_a_wave_of_a_power_stands_still() -> None:
    answer = decide_exactly(tends(cos(x**2), x, oo, 0))
    assert "along x = sqrt(2)*sqrt(pi)*sqrt(n), n = 1, 2, ..., the limit is 1" == answer.reason


def test_waves_of_other_periods_stand_still_together() -> None:
    follows = [
        statement for statement, _ in along_periods(tends(sin(x / 2) + cos(x / 3), x, oo, 0))
    ]
    assert 4 == len(follows)
    assert all(
        not statement.expr.has(sin, cos) or statement.expr.is_number for statement in follows
    )


@pytest.mark.parametrize(
    "statement",
    [
        tends(sin(x) / x, x, oo, 0),
        tends(x * sin(1 / x), x, 0, 0),
        tends(sin(x) ** 2 + cos(x) ** 2, x, oo, 1),
        tends(absolute(sin(x)) * x - x * absolute(sin(x)), x, oo, 0),
        is_order(x * sin(x), x, x, oo),
        is_order(2 + sin(x), 1, x, oo, order="Theta"),
        asymptotic(x + sin(x), x, x, oo),
    ],
    ids=str,
)
def test_what_is_true_all_the_same_is_not_denied(statement: Statement) -> None:
    assert not decide_exactly(statement).refuted


@pytest.mark.parametrize(
    "statement",
    [
        tends(1 / sin(x), x, oo, 0),
        tends(log(2 + sin(x)), x, oo, 0),
        tends(sqrt(1 + sin(x)), x, oo, 0),
        tends(sin(x) + sin(sqrt(2) * x), x, oo, 0),
        tends(sin(x**2 + x), x, oo, 0),
        tends(sin(a * x), x, oo, 0),
        tends(derivative(sin(x), x) ** 2 + sin(x) ** 2, x, oo, 1),
        tends(sin(x) + integral(sin(t), t, 0, x), x, oo, 1),
        tends(sin(x), x, oo, x),
        asymptotic(x, x * sin(x), x, oo),
    ],
    ids=str,
)
def test_nothing_is_said_where_waves_do_not_stand_still_or_have_no_value(
    statement: Statement,
) -> None:
    assert [] == list(along_periods(statement))
