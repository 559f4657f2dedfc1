"""**Counterpoints**: small rational points at which a polynomial inequality fails."""

from __future__ import annotations

from collections.abc import Callable

from flint import fmpq

from verifier.derive.kernel.squares.basis import points
from verifier.derive.kernel.squares.certificate import Poly

Point = tuple[fmpq, ...]
POINTS = 2500


def negative_point(target: Poly, allowed: Callable[[Point], bool], *, strict: bool) -> Point | None:
    """A small rational point that is allowed where the target is < 0 (`strict`: or zero)."""
    for point in points(target.context().nvars(), POINTS):
        value = target(*point)
        if (value < 0 or (strict and value == 0)) and allowed(point):
            return point
    return None
