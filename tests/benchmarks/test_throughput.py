"""**Throughput**: every kind is searched to the end, and every part of the time is seen."""

from __future__ import annotations

import pytest

from benchmarks.throughput import kinds, measured

QUICK = sorted(set(kinds()) - {"flows", "limits"})


@pytest.mark.parametrize("kind", QUICK)
def test_a_kind_is_generated_evaluated_and_certified(kind: str) -> None:
    spent = measured(kinds()[kind])
    assert spent.instances > 0
    assert min(spent.generating, spent.evaluating, spent.certifying) > 0
    assert spent.whole > spent.evaluating + spent.certifying


@pytest.mark.parametrize(
    ("pair", "message"),
    [((1, 1), "A true claim is refuted"), ((0, 0), "A false claim is not refuted")],
)
def test_claims_that_are_not_what_they_are_listed_as_are_errors(
    pair: tuple[int, int], message: str
) -> None:
    listed = kinds()["first-order logic"][0]
    with pytest.raises(ArithmeticError, match=message):
        measured([(listed[pair[0]], listed[pair[1]])])
