"""**Discovery**: what is proposed is then shown by a rule; what is not there is not proposed."""

from __future__ import annotations

import pytest

from tests.soundness.statements import trial
from verifier import (
    Coordinates,
    Space,
    SymmetricField,
    by,
    conserved,
    diagonal_field,
    dot,
    exp,
    find_invariants,
    find_warp,
    hessian_map,
    norm2,
    radial_field,
    reals,
    sinh,
)
from verifier.derive.side import derive_claim
from verifier.errors import UnsupportedError

a, b, c, p = reals("a b c p")
u, g = Space().vectors("u g")
w = Coordinates("w")
r = w.norm


def test_the_invariants_of_a_linear_neuron_are_found_for_every_dimension() -> None:
    flow = {a: dot(u, g), u: a * g}
    (found,) = find_invariants(flow, 2)
    assert found in (a**2 - norm2(u), norm2(u) - a**2)
    claim = trial("found", "as proposed", conserved(found, flow), by.conserved).claim
    assert derive_claim(claim).complete


@pytest.mark.parametrize(("degree", "count"), [(1, 0), (2, 2), (3, 2), (4, 5)])
def test_the_invariants_of_three_layers_are_counted_by_degree(degree: int, count: int) -> None:
    """Two differences of squares, and their three products in degree 4."""
    flow = {a: b * c * p, b: a * c * p, c: a * b * p}
    found = find_invariants(flow, degree)
    assert count == len(found)
    for n, quantity in enumerate(found):
        claim = trial(f"found-{n}", "as proposed", conserved(quantity, flow), by.conserved).claim
        assert derive_claim(claim).complete


def test_a_flow_that_is_no_polynomial_is_refused() -> None:
    with pytest.raises(UnsupportedError, match=r"polynomial flows over Q; sinh\(a\) is no such"):
        find_invariants({a: sinh(a)}, 2)


@pytest.mark.parametrize(
    "field",
    [
        radial_field(w, 1, 1),
        radial_field(w, 1 / r, -1 / (2 * r**3)),
        radial_field(w, exp(r), 1),
        diagonal_field(w, exp(w.i)),
    ],
    ids=str,
)
def test_a_warp_that_is_found_makes_a_hessian_map(field: SymmetricField) -> None:
    warp = find_warp(field)
    assert warp is not None
    claim = trial("found", "as proposed", hessian_map(field * warp), by.hessian_map).claim
    assert derive_claim(claim).complete


def test_no_warp_is_proposed_for_what_is_neither_radial_nor_diagonal() -> None:
    assert find_warp(SymmetricField(w, 1, w.i**2 * w.j**2)) is None
