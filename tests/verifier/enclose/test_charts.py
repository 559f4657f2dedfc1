"""**Charts**: a place in x and its coordinate belong together; infinity is no place."""

from __future__ import annotations

import pytest
from flint import fmpq

from verifier.enclose.regions.charts import Chart, place, simplest

HALF = fmpq(1, 2)


@pytest.mark.parametrize(
    "chart", [Chart(fmpq(3), None), Chart(None, fmpq(-2)), Chart(None, None), Chart(HALF, fmpq(2))]
)
def test_coordinates_and_values_are_inverse_and_increase(chart):
    first, last = chart.sides
    inside = [first + (last - first) * fmpq(k, 9) for k in range(1, 9)]
    values = [chart.value(t) for t in inside]
    assert inside == [chart.coordinate(x) for x in values]
    assert values == sorted(values)


def test_the_ends_of_a_chart_are_those_of_the_range():
    assert ((fmpq(3), None),) == place((Chart(fmpq(3), None),), ((fmpq(0), fmpq(1)),))
    assert ((None, fmpq(-2)),) == place((Chart(None, fmpq(-2)),), ((fmpq(-1), fmpq(0)),))
    assert ((None, None),) == place((Chart(None, None),), ((fmpq(-1), fmpq(1)),))
    assert ((None, fmpq(-1)),) == place((Chart(None, None),), ((fmpq(-1), -HALF),))


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (fmpq(3, 10), fmpq(2, 5), fmpq(1, 3)),
        (fmpq(-1), fmpq(5), fmpq(0)),
        (fmpq(7, 2), None, fmpq(4)),
        (None, fmpq(-7, 2), fmpq(-4)),
        (None, None, fmpq(0)),
        (fmpq(-2, 5), fmpq(-3, 10), fmpq(-1, 3)),
        (fmpq(5, 7), fmpq(5, 7), fmpq(5, 7)),
        (fmpq(31, 10), fmpq(32, 10), fmpq(16, 5)),
    ],
)
def test_the_simplest_rational_of_a_range(low, high, expected):
    assert expected == simplest(low, high)
