"""**Bernstein pieces** multiply out to the polynomial, and show where it is positive."""

from __future__ import annotations

import pytest
from flint import fmpq, fmpq_poly

from verifier.derive.kernel.signs.bernstein import Halves, Leaf, positive

Ends = tuple[fmpq | None, fmpq | None]
ALL: Ends = (None, None)


def leaves(pieces: Leaf | Halves) -> list[Leaf]:
    if isinstance(pieces, Leaf):
        return [pieces]
    return leaves(pieces.left) + leaves(pieces.right)


def value(leaf: Leaf, v: fmpq) -> fmpq:
    """The sum of the terms at v."""
    high = leaf.high - v if leaf.high is not None else fmpq(1)
    low = v - leaf.low if leaf.low is not None else fmpq(1)
    return sum((c * high**i * low**j for c, i, j in leaf.terms), fmpq(0))


POSITIVE = {
    "quartic on the line": ([1, -1, 0, 0, 1], ALL),
    "quintic on an interval": ([2, -3, 1, 0, 0, 1], (fmpq(0), fmpq(2))),
    "cubic on a ray": ([3, 1, 0, 1], (fmpq(-1), None)),
    "line on a ray to the left": ([1, -1], (None, fmpq(0))),
    "close to a double root": ([fmpq(1000001, 1000000), -2, 1], ALL),
    "between two roots": ([2, 0, -1], (fmpq(-1), fmpq(7, 5))),
}


@pytest.mark.parametrize("name", POSITIVE)
def test_pieces_cover_the_interval_and_multiply_out(name: str) -> None:
    row, (low, high) = POSITIVE[name]
    poly = fmpq_poly(row)
    pieces = positive(poly, low, high)
    assert pieces is not None
    found = leaves(pieces)
    assert (low, high) == (found[0].low, found[-1].high)
    assert [a.high for a in found[:-1]] == [b.low for b in found[1:]]
    for leaf in found:
        assert all(c > 0 for c, _, _ in leaf.terms)
        for v in (fmpq(-3, 7), fmpq(5, 3), fmpq(11)):
            assert leaf.scale * poly(v) == value(leaf, v)


@pytest.mark.parametrize(
    ("row", "ends"),
    [
        ([-2, 0, 1], ALL),
        ([1, -2, 1], ALL),
        ([0, 1], (fmpq(0), None)),
        ([2, 0, -1], (fmpq(0), fmpq(3, 2))),
        ([-1], ALL),
    ],
)
def test_what_has_a_zero_or_is_negative_has_no_pieces(row: list[int], ends: Ends) -> None:
    assert positive(fmpq_poly(row), *ends) is None


def test_one_point_has_no_pieces() -> None:
    assert positive(fmpq_poly([0, 1]), fmpq(2), fmpq(2)) is None
