"""**Pieces**: the value of the first piece whose condition holds, over balls or power series.

Where a ball does not decide a condition, the result is a ball around the pieces that may apply;
a series, or a complex ball under the analytic flag, needs conditions that are decided with room.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flint import arb

from verifier.enclose.rings import reals
from verifier.enclose.rings.complexes import RINGS

# A condition is ("true",), ("and" | "or" | "not", *conditions), or (op, program of lhs - rhs).
Condition = tuple[Any, ...]
Branches = tuple[tuple[Condition, Any], ...]  # (condition, program of the value)
_BOUNDED = RINGS[:1]  # without the analytic flag, a ball around the pieces is enough
_REAL = {
    "<": (lambda gap: gap < 0, lambda gap: gap >= 0),
    "<=": (lambda gap: gap <= 0, lambda gap: gap > 0),
    ">": (lambda gap: gap > 0, lambda gap: gap <= 0),
    ">=": (lambda gap: gap >= 0, lambda gap: gap < 0),
    "==": (lambda gap: gap.is_zero(), lambda gap: not gap.contains(0)),
    "!=": (lambda gap: not gap.contains(0), lambda gap: gap.is_zero()),
}
_BESIDE = {"<": (-1,), "<=": (-1,), ">": (1,), ">=": (1,), "==": (), "!=": (-1, 1)}


class UndefinedError(Exception):
    """A condition has no value."""


def pieces(ring: Any, branches: Branches, *values: Any) -> Any:
    """The value of the pieces; NaN where a value is undefined or no piece certainly applies."""
    total = None
    try:
        for condition, program in branches:
            holds = _truth(ring, condition, values)
            if holds is False:
                continue
            value = program.run(ring, values)
            if holds:
                return value if total is None else total.union(value)
            if ring is not reals and ring not in _BOUNDED:
                return ring.NAN
            total = value if total is None else total.union(value)
    except UndefinedError:
        return ring.NAN
    return ring.NAN


def _truth(ring: Any, condition: Condition, values: Sequence[Any]) -> bool | None:
    op, *parts = condition
    if op == "true":
        return True
    if op in ("and", "or", "not"):
        answers = [_truth(ring, part, values) for part in parts]
        if op == "not":
            return None if answers[0] is None else not answers[0]
        decisive = op == "or"
        return decisive if decisive in answers else None if None in answers else not decisive
    return _holds(ring, op, parts[0].run(ring, values))


def _holds(ring: Any, op: str, gap: Any) -> bool | None:
    """Whether gap op 0: at every point of a real ball, or near every point of anything else."""
    moves = hasattr(ring, "is_series") and ring.is_series(gap)
    start = ring.start(gap) if moves else gap
    if not start.is_finite():
        raise UndefinedError
    if isinstance(start, arb) and not moves:
        yes, no = _REAL[op]
        return True if yes(start) else False if no(start) else None
    sign = 1 if start.real > 0 else -1 if start.real < 0 else 0
    return None if sign == 0 else sign in _BESIDE[op]
