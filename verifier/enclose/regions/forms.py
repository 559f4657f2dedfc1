"""**Box forms**: enclosures of a program on a box, from the cheap to the sharp.

Natural evaluation first; then interval derivatives give monotone ends and the mean-value form;
then Taylor forms at an edge of the box decide where both sides touch.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from flint import arb, fmpq

from verifier.enclose.programs.program import Program
from verifier.enclose.regions.charts import Box, Place
from verifier.enclose.regions.curvature import Curvature
from verifier.enclose.regions.slopes import Slopes, interior, range_of_slope, sign_of, slopes
from verifier.enclose.rings import ranges, reals
from verifier.enclose.rings.calculus import taylor
from verifier.enclose.rings.ranges import Range
from verifier.verdict import FALSE, TRUE, Truth, unknown

_TAYLOR_ORDER = 4
_HESSIAN = 1200  # instructions times entries, up to which second derivatives are looked at


@dataclass(frozen=True)
class Bounds:
    """lower <= value <= upper on a box, with the derivatives if they were needed and finite.

    `above` and `below`: the value is never equal to the lower, or the upper, bound.
    """

    lower: arb
    upper: arb
    gradient: tuple[arb, ...] | None = None
    above: bool = False
    below: bool = False

    @staticmethod
    def of(value: Range) -> Bounds:
        return Bounds(value.low, value.high, None, value.open_low, value.open_high)

    def meet(self, ball: arb) -> Bounds:
        if not ball.is_finite():
            return self
        return self.kept(Bounds(ball.lower(), ball.upper()))

    def kept(self, other: Bounds, *, below: bool = True, above: bool = True) -> Bounds:
        """With the lower and the upper bound of `other` where asked for and where sharper."""
        lower, upper = (self.lower, self.above), (self.upper, self.below)
        if below and other.lower >= self.lower:
            lower = other.lower, other.above or (self.above and self.lower == other.lower)
        if above and other.upper <= self.upper:
            upper = other.upper, other.below or (self.below and self.upper == other.upper)
        return Bounds(lower[0], upper[0], self.gradient, lower[1], upper[1])


def side(low: fmpq, high: fmpq) -> arb:
    """A ball around the whole of [low, high], as tight as a radius of few bits can be."""
    if low == high:
        return arb(low)
    tight = arb((low + high) / 2, (high - low) / 2)
    wide = reals.hull(arb(low), arb(high))
    return tight if tight.rad() <= wide.rad() else wide


def answer(op: str, bounds: Bounds) -> Truth | None:
    """What the bounds of lhs - rhs say about `lhs op rhs`; None when they do not decide."""
    low, high = bounds.lower, bounds.upper
    positive = low > 0 or (low >= 0 and bounds.above)
    negative = high < 0 or (high <= 0 and bounds.below)
    match op:
        case "<":
            return TRUE if negative else FALSE if low >= 0 else None
        case "<=":
            return TRUE if high <= 0 else FALSE if positive else None
        case ">":
            return TRUE if positive else FALSE if high <= 0 else None
        case ">=":
            return TRUE if low >= 0 else FALSE if negative else None
    if positive or negative:
        return FALSE if op == "==" else TRUE
    return None


def truth_on(
    op: str,
    program: Program,
    box: Place,
    moving: Sequence[int],
    edges: Sequence[tuple[int, int]],
    *,
    thorough: bool = False,
) -> tuple[Truth, Bounds | None]:
    """Whether the margin `program` satisfies `op 0` at every point of `box`.

    Args:
        moving: variables that occur in the program (indices).
        edges: (variable, 0 for its lower or 1 for its upper end) where both sides may touch.
        thorough: look at second derivatives though the sign is far from certain.

    TRUE and FALSE hold on all of the box. Unknown comes with the best bounds, None without value.
    """
    bounds = None
    bounded = bounded_box(box)
    found = (
        far(program, box, moving)
        if bounded is None
        else near(program, bounded, moving, thorough=thorough)
    )
    for bounds in found:
        truth = answer(op, bounds)
        if truth is not None:
            return truth, bounds
    if bounds is None:
        return unknown("it has no value on the whole box"), None
    if bounded is not None and op not in ("==", "!=") and program.elementary:
        for variable, end in edges:
            if variable in moving:
                truth = answer(op, _edge(program, bounded, variable, end, bounds))
                if truth is not None:
                    return truth, bounds
    return unknown("the enclosure is too wide"), bounds


def bounded_box(box: Place) -> Box | None:
    """`box` when none of its ends is infinite."""
    sides = [(a, b) for a, b in box if a is not None and b is not None]
    return tuple(sides) if len(sides) == len(box) else None


def far(program: Program, box: Place, moving: Sequence[int]) -> Iterator[Bounds]:
    """Bounds on a box with infinite ends, by ranges; at most the finite ends are faces."""
    whole = [ranges.between(*ends) for ends in box]
    value = ranges.run(program, whole)
    if value is None:
        return
    bounds = Bounds.of(value)
    yield bounds
    for least in (True, False):
        face = _far_face(program, box, whole, moving, least=least)
        value = ranges.run(program, face) if face != whole else None
        if value is not None:
            bounds = bounds.kept(Bounds.of(value), below=least, above=not least)
            yield bounds


def _far_face(
    program: Program, box: Place, whole: Sequence[Range], moving: Sequence[int], *, least: bool
) -> list[Range]:
    """Where the least (or greatest) value is taken, as far as the derivatives' signs show it."""
    face = list(whole)
    ends = list(box)
    for _ in moving:
        before = list(ends)
        inside = interior(program, ends)
        for k in moving:
            rate = range_of_slope(program, inside, k)
            sign = 0 if rate is None else sign_of(rate)
            end = ends[k][0 if (sign > 0) == least else 1]
            if sign and end is not None:
                ends[k] = (end, end)
                face[k] = ranges.between(end, end)
        if ends == before:
            break
    return face


def near(
    program: Program, box: Box, moving: Sequence[int], *, thorough: bool = False
) -> Iterator[Bounds]:
    """Tighter and tighter bounds on a bounded box; none where the program has no value."""
    whole = [side(*ends) for ends in box]
    natural = program.run(reals, whole)
    bounds = Bounds(natural.lower(), natural.upper()) if natural.is_finite() else None
    if bounds is not None:
        yield bounds
    value = ranges.run(program, [ranges.between(*ends) for ends in box])
    if value is not None:
        bounds = Bounds.of(value) if bounds is None else bounds.kept(Bounds.of(value))
        yield bounds
    if bounds is None:
        return
    found = slopes(program, box, whole, moving)
    if found.finite:
        bounds = replace(bounds, gradient=found.balls)
        if natural.is_finite():
            middle = [(a + b) / 2 for a, b in box]
            bounds = bounds.meet(_mean_value(program, whole, middle, found.balls))
            yield bounds
    for sharper in _on_faces(program, box, moving, found.signs, bounds):
        bounds = sharper
        yield bounds
    smooth = natural.is_finite() and found.finite and program.elementary
    affordable = len(moving) ** 2 * len(program.code) <= _HESSIAN
    if smooth and affordable and (thorough or _is_close(bounds)):
        yield from _curved(program, box, moving, found, bounds)


def _curved(
    program: Program, box: Box, moving: Sequence[int], known: Slopes, bounds: Bounds
) -> Iterator[Bounds]:
    """Bounds from the second derivatives."""
    whole = tuple(side(*ends) for ends in box)
    curvature = Curvature(program, box, whole, tuple(k for k in moving if box[k][0] < box[k][1]))
    if not (curvature.moving and curvature.finite):
        return
    gradient, ball = curvature.taylor(known.balls)
    bounds = bounds.meet(ball)
    yield bounds
    for low, high in ((curvature.least(), arb.pos_inf()), (arb.neg_inf(), curvature.greatest())):
        if not (low.is_nan() or high.is_nan()):
            bounds = bounds.kept(Bounds(low, high))
    yield bounds
    signs = [1 if rate >= 0 else -1 if rate <= 0 else 0 for rate in gradient]
    if signs != list(known.signs):
        yield from _on_faces(program, box, moving, signs, bounds)


def _on_faces(
    program: Program,
    box: Box,
    moving: Sequence[int],
    signs: Sequence[int],
    bounds: Bounds,
) -> Iterator[Bounds]:
    """Bounds from the faces where the signs of the slopes put the least and greatest value."""
    fixed = [k for k in moving if box[k][0] < box[k][1] and signs[k]]
    rest = [k for k in moving if k not in fixed]
    for least in (True, False) if fixed else ():
        face = list(box)
        for k in fixed:
            face[k] = (box[k][0 if (signs[k] > 0) == least else 1],) * 2
        for found in near(program, tuple(face), rest):
            bounds = bounds.kept(found, below=least, above=not least)
            yield bounds


def _is_close(bounds: Bounds) -> bool:
    """Whether one sign is so nearly certain that sharper bounds may show it."""
    small, large = sorted((abs(bounds.lower), abs(bounds.upper)))
    return bool(2 * small < large)


def _mean_value(
    program: Program, whole: Sequence[arb], centre: Sequence[fmpq], gradient: Sequence[arb]
) -> arb:
    # f(x) in f(c) + sum g_i (x_i - c_i)
    middle = [arb(c) for c in centre]
    total: arb = program.run(reals, middle)
    for rate, x, c in zip(gradient, whole, middle, strict=True):
        total += rate * (x - c)
    return total


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
                    return bounds.kept(Bounds(zero, zero), above=False)
                return bounds.kept(Bounds(zero, zero), below=False)
            if not cut * flip * a >= 0:
                break
    return bounds
