"""**Box forms**: enclosures of a program on a box, from the cheap to the sharp.

Natural evaluation first; then interval derivatives give monotone ends and the mean-value form;
then Taylor forms at an edge of the box decide where both sides touch.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flint import arb, fmpq

from verifier.enclose import reals
from verifier.enclose.calculus import derivative, taylor
from verifier.enclose.program import Program
from verifier.enclose.tangent import slope, tangent
from verifier.verdict import FALSE, TRUE, Truth, unknown

Box = tuple[tuple[fmpq, fmpq], ...]
_TAYLOR_ORDER = 4


@dataclass(frozen=True)
class Bounds:
    """lower <= value <= upper on a box, with the derivatives if they were needed and finite."""

    lower: arb
    upper: arb
    gradient: tuple[arb, ...] | None = None

    def meet(self, ball: arb) -> Bounds:
        if not ball.is_finite():
            return self
        lower, upper = self.lower.max(ball.lower()), self.upper.min(ball.upper())
        return Bounds(lower, upper, self.gradient)


def side(low: fmpq, high: fmpq) -> arb:
    """A ball around the whole of [low, high]."""
    return arb(low) if low == high else reals.hull(arb(low), arb(high))


def answer(op: str, bounds: Bounds) -> Truth | None:
    """What the bounds of lhs - rhs say about `lhs op rhs`; None when they do not decide."""
    low, high = bounds.lower, bounds.upper
    match op:
        case "<":
            return TRUE if high < 0 else FALSE if low >= 0 else None
        case "<=":
            return TRUE if high <= 0 else FALSE if low > 0 else None
        case ">":
            return TRUE if low > 0 else FALSE if high <= 0 else None
        case ">=":
            return TRUE if low >= 0 else FALSE if high < 0 else None
    if low > 0 or high < 0:
        return FALSE if op == "==" else TRUE
    return None


def truth_on(
    op: str, program: Program, box: Box, moving: Sequence[int], edges: Sequence[tuple[int, int]]
) -> tuple[Truth, Bounds | None]:
    """Whether the margin `program` satisfies `op 0` at every point of `box`.

    Args:
        moving: variables that occur in the program (indices).
        edges: (variable, 0 for its lower or 1 for its upper end) where both sides may touch.

    TRUE and FALSE hold on all of the box. Unknown comes with the best bounds, None without value.
    """
    bounds = None
    for bounds in _bounds(program, box, moving):
        truth = answer(op, bounds)
        if truth is not None:
            return truth, bounds
    if bounds is None:
        return unknown("it has no value on the whole box"), None
    if op not in ("==", "!=") and program.elementary:
        for variable, end in edges:
            if variable in moving:
                truth = answer(op, _edge(program, box, variable, end, bounds))
                if truth is not None:
                    return truth, bounds
    return unknown("the enclosure is too wide"), bounds


def _bounds(program: Program, box: Box, moving: Sequence[int]) -> Iterator[Bounds]:
    """Tighter and tighter bounds; none where the program has no value."""
    whole = [side(*ends) for ends in box]
    natural = program.run(reals, whole)
    if not natural.is_finite():
        return
    bounds = Bounds(natural.lower(), natural.upper())
    yield bounds
    gradient = [arb(0)] * len(box)
    for k in moving:
        gradient[k] = slope(program, whole, k)
        if not gradient[k].is_finite():
            return
    bounds = Bounds(bounds.lower, bounds.upper, tuple(gradient))
    bounds = bounds.meet(_mean_value(program, whole, [(a + b) / 2 for a, b in box], gradient))
    yield bounds
    bounds = _monotone(program, box, whole, gradient, bounds)
    yield bounds
    if not (program.elementary and _is_close(bounds)):
        return
    sharper, ball = _second_order(program, box, whole, gradient, moving)
    yield _monotone(program, box, whole, sharper, bounds.meet(ball))


def _is_close(bounds: Bounds) -> bool:
    """Whether one sign is so nearly certain that sharper bounds may show it."""
    small, large = sorted((abs(bounds.lower), abs(bounds.upper)))
    return bool(2 * small < large)


def _second_order(
    program: Program, box: Box, whole: Sequence[arb], gradient: Sequence[arb], moving: Sequence[int]
) -> tuple[list[arb], arb]:
    """The gradient by its own mean-value form, and the value by Taylor's form of order 2."""
    centre = [arb((a + b) / 2) for a, b in box]
    away = [x - c for x, c in zip(whole, centre, strict=True)]
    sharper = list(gradient)
    total: arb = program.run(reals, centre)
    for i in moving:
        rate = slope(program, centre, i)
        total += rate * away[i]
        for j in moving:
            # f in f(c) + sum g_i(c) h_i + sum h_i H_ij h_j / 2
            bend = _bend(program, whole, i, j)
            rate += bend * away[j]
            square = reals.power(2, away[i]) if i == j else away[i] * away[j]
            total += bend * square / 2
        if rate.is_finite():
            low = rate.lower().max(gradient[i].lower())
            sharper[i] = reals.hull(low, rate.upper().min(gradient[i].upper()))
    return sharper, total


def _bend(program: Program, whole: Sequence[arb], i: int, j: int) -> arb:
    """The second derivative by variables i and j on the box."""
    first = tangent(program, i)
    if first is not None:
        return slope(first, whole, j)
    value: arb = derivative(reals, program, ((i, 2),) if i == j else ((i, 1), (j, 1)), *whole)
    return value


def _mean_value(
    program: Program, whole: Sequence[arb], centre: Sequence[fmpq], gradient: Sequence[arb]
) -> arb:
    # f(x) in f(c) + sum g_i (x_i - c_i)
    middle = [arb(c) for c in centre]
    total: arb = program.run(reals, middle)
    for rate, x, c in zip(gradient, whole, middle, strict=True):
        total += rate * (x - c)
    return total


def _monotone(
    program: Program, box: Box, whole: Sequence[arb], gradient: Sequence[arb], bounds: Bounds
) -> Bounds:
    """Bounds from the faces where the derivatives' signs put the least and greatest value."""
    if not any(rate >= 0 or rate <= 0 for rate in gradient):
        return bounds
    faces = []
    for least in (True, False):
        face = [
            arb(a if (rate >= 0) == least else b) if rate >= 0 or rate <= 0 else x
            for (a, b), x, rate in zip(box, whole, gradient, strict=True)
        ]
        faces.append(program.run(reals, face))
    if not all(face.is_finite() for face in faces):
        return bounds
    lower, upper = faces[0].lower(), faces[1].upper()
    return Bounds(bounds.lower.max(lower), bounds.upper.min(upper), bounds.gradient)


def _edge(program: Program, box: Box, variable: int, end: int, bounds: Bounds) -> Bounds:
    """Bounds cut at zero where a Taylor form at one end of one side shows the sign.

    f = a_0 + a_1 h + ... + A_m h^m with a_j taken at the end and A_m on the whole side: f has
    the sign that all of a_j h^j and A_m h^m share.
    """
    whole = [side(*ends) for ends in box]
    at_end = list(whole)
    at_end[variable] = arb(box[variable][end])
    inner = taylor(program, at_end, variable, _TAYLOR_ORDER)
    outer = taylor(program, whole, variable, _TAYLOR_ORDER)
    flips = [-1 if end == 1 and power % 2 else 1 for power in range(_TAYLOR_ORDER + 1)]
    for cut in (1, -1):
        for a, last, flip in zip(inner, outer, flips, strict=True):
            if cut * flip * last >= 0:
                zero = arb(0)
                if cut == 1:
                    return Bounds(bounds.lower.max(zero), bounds.upper, bounds.gradient)
                return Bounds(bounds.lower, bounds.upper.min(zero), bounds.gradient)
            if not cut * flip * a >= 0:
                break
    return bounds
