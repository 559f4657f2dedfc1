"""**Global bounds** of a function on a box: enclosures of its least and its greatest value.

Best-first branch and bound. A box without a zero of the gradient gives way to its faces, a box
inside the region is narrowed by interval Newton steps, and Taylor's form of order 2 bounds what
is left. Doubles only propose points; their values are enclosed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from heapq import heappop, heappush
from itertools import count, product
from typing import Any

import numpy as np
from flint import arb, fmpq
from sympy import Expr, Rational, Symbol

from verifier.enclose.programs.compile import compile_expr
from verifier.enclose.programs.flatten import flattened
from verifier.enclose.programs.program import Program
from verifier.enclose.programs.straight import float_code
from verifier.enclose.programs.tangent import slope, tangent
from verifier.enclose.regions.charts import Box
from verifier.enclose.regions.curvature import bend
from verifier.enclose.regions.forms import near, side
from verifier.enclose.rings import ranges, reals
from verifier.errors import DomainError, ExactnessError, ResourceError
from verifier.exact.scalars import exact
from verifier.precision import precision

_START = 250  # points among which doubles look for a first good one
_HALVINGS = 12  # of the steps of the search in doubles


@dataclass(frozen=True)
class GlobalBounds:
    """The least and the greatest value as balls, and points where they are nearly attained."""

    least: arb
    greatest: arb
    least_at: Mapping[Symbol, Rational]
    greatest_at: Mapping[Symbol, Rational]


def bounds(
    expr: Expr,
    box: Mapping[Symbol, tuple[Any, Any]],
    *,
    tolerance: Any = Rational(1, 10**6),
    bits: int = 64,
    boxes: int = 20000,
) -> GlobalBounds:
    """Enclose the least and the greatest value of `expr` on `box`, each to width `tolerance`.

    Args:
        box: exact rational ends for each symbol; some six at most, or the work grows too fast.
        boxes: how many boxes may be looked at for each of the two.

    Raises:
        DomainError: no value, or no bound of it, is found on a part of the box.
        ResourceError: `boxes` do not suffice.
    """
    symbols = tuple(box)
    ends = tuple((_rational(low), _rational(high)) for low, high in box.values())
    positive = [s for s, (low, _) in zip(symbols, ends, strict=True) if low >= 0]
    goal = _rational(tolerance)
    found = []
    with precision(bits):
        for sign in (1, -1):
            program = flattened(compile_expr(sign * exact(expr), symbols, nonnegative=positive))
            search = _Search(program, ends, goal, boxes, expr, symbols)
            low, high, point = search.least()
            found.append((sign * reals.hull(low, high), dict(zip(symbols, point, strict=True))))
    (least, least_at), (greatest, greatest_at) = found
    return GlobalBounds(least, greatest, least_at, greatest_at)


@dataclass
class _Search:
    """The least value of a program on a box."""

    program: Program
    whole: Box
    goal: fmpq
    limit: int
    expr: Expr
    symbols: tuple[Symbol, ...]

    @cached_property
    def smooth(self) -> bool:
        """Whether the program has all first derivatives as programs."""
        rates = (tangent(self.program, k) for k in range(len(self.whole)))
        return self.program.elementary and all(rate is not None for rate in rates)

    def least(self) -> tuple[arb, arb, tuple[Rational, ...]]:
        """Bounds of the least value, and a point whose value is below the upper one."""
        best, point = self._first_point()
        order = count()
        pending: list[tuple[arb, int, Box]] = [(-ranges.INFINITY, next(order), self.whole)]
        floor = ranges.INFINITY
        for _ in range(self.limit):
            if not pending:
                break
            low, _, box = pending[0]
            if low >= best - arb(self.goal) / 2:
                break
            heappop(pending)
            for part in self._parts(box):
                bound, small = self._bounded(part, best)
                if small is None:
                    continue
                middle = tuple((a + b) / 2 for a, b in small)
                value = self._at(middle).upper()
                if value < best:
                    best, point = value, middle
                if bound >= best - arb(self.goal) / 2:
                    floor = floor.min(bound)
                    continue
                heappush(pending, (bound, next(order), small))
        else:
            self._give_up(pending, best)
        low = min([floor, best, *(bound for bound, _, _ in pending[:1])])
        return low, best, tuple(Rational(int(x.p), int(x.q)) for x in point)

    def _give_up(self, pending: Sequence[tuple[arb, int, Box]], best: arb) -> None:
        low, _, box = pending[0]
        sides = zip(self.symbols, box, strict=True)
        place = ", ".join(f"{name} in [{a}, {b}]" for name, (a, b) in sides)
        if not low.is_finite():
            raise DomainError(f"No bound of\n    {self.expr}\n  is found for {place}.")
        raise ResourceError(
            f"After {self.limit} boxes the extreme value of\n    {self.expr}\n"
            f"  lies between {low.str(8)} and {best.str(8)} up to sign: give more `boxes` or a "
            "larger `tolerance`."
        )

    def _at(self, point: Sequence[fmpq]) -> arb:
        """The value at a point; infinite where there is none."""
        value: arb = self.program.run(reals, [arb(x) for x in point])
        return value if value.is_finite() else ranges.INFINITY

    def _parts(self, box: Box) -> list[Box]:
        """The box in two, across the side along which the function varies most."""
        weights = []
        whole = [side(*ends) for ends in box]
        for k, (low, high) in enumerate(box):
            rate = slope(self.program, whole, k) if low < high else arb(0)
            size = float(rate.abs_upper()) if rate.is_finite() else 1e300
            weights.append((size + 1e-30) * (int((high - low).p) / int((high - low).q)))
        k = max(range(len(box)), key=weights.__getitem__)
        low, high = box[k]
        if low == high:
            return [box]
        middle = (low + high) / 2
        return [(*box[:k], pair, *box[k + 1 :]) for pair in ((low, middle), (middle, high))]

    def _bounded(self, box: Box, best: arb) -> tuple[arb, Box | None]:
        """A lower bound on the box, and the part of it to look at; None when it is of no use."""
        if not self.smooth:
            low = -ranges.INFINITY
            for found in near(self.program, box, range(len(box))):
                low = low.max(found.lower)
            return low, None if low > best else box
        value = ranges.run(self.program, [ranges.between(*ends) for ends in box])
        if value is None:
            return -ranges.INFINITY, box
        if value.low > best:
            return value.low, None
        on_face = self._face(box)
        if on_face is None:
            return value.low, None
        box, gradient = on_face
        if gradient is None:
            return value.low, box
        model = _Model.of(self.program, box, gradient)
        low = value.low.max(model.lower())
        if low > best:
            return low, None
        narrowed = self._newton(model, box)
        return low, narrowed

    def _face(self, box: Box) -> tuple[Box, list[arb] | None] | None:
        """The face on which the least value lies; None when it is not in the box at all."""
        for _ in box:
            whole = [side(*ends) for ends in box]
            gradient = [
                slope(self.program, whole, k) if low < high else arb(0)
                for k, (low, high) in enumerate(box)
            ]
            if not all(rate.is_finite() for rate in gradient):
                return box, None
            face = list(box)
            for k, rate in enumerate(gradient):
                low, high = box[k]
                if low < high and (rate >= 0 or rate <= 0):
                    end = 0 if rate >= 0 else 1
                    # strictly beside the face the function is less, and that is in the region
                    if not rate.contains(0) and box[k][end] != self.whole[k][end]:
                        return None
                    face[k] = (box[k][end],) * 2
            if tuple(face) == box:
                break
            box = tuple(face)
        return box, gradient

    def _newton(self, model: _Model, box: Box) -> Box | None:
        """The part of the box that may hold a zero of the gradient, where that is needed."""
        free = [k for k, (low, high) in enumerate(box) if low < high]
        inside = all(self.whole[k][0] < box[k][0] and box[k][1] < self.whole[k][1] for k in free)
        return model.newton(box, free) if inside and free else box

    def _first_point(self) -> tuple[arb, tuple[fmpq, ...]]:
        """The best of some points, improved by steps along the axes in doubles."""
        middle = tuple((a + b) / 2 for a, b in self.whole)
        candidates = [middle]
        if self.program.elementary:
            candidates.append(self._searched())
        values = [self._at(point).upper() for point in candidates]
        best = 1 if len(values) > 1 and values[1] < values[0] else 0
        return values[best], candidates[best]

    def _searched(self) -> tuple[fmpq, ...]:
        code = float_code(self.program, (self.program.result,))
        lows, highs = (np.array([int(e[k].p) / int(e[k].q) for e in self.whole]) for k in (0, 1))

        def value(point: np.ndarray) -> float:
            try:
                found = code(*map(float, point))[0]
            except (ArithmeticError, ValueError):
                return float("inf")
            return found if found == found else float("inf")

        each = max(2, int(_START ** (1 / len(self.whole))))
        grid = product(*(np.linspace(a, b, each) for a, b in zip(lows, highs, strict=True)))
        point = min((np.array(spot) for spot in grid), key=value)
        step, least = (highs - lows) / each, value(point)
        for _ in range(_HALVINGS):
            for k, sign in product(range(len(point)), (1, -1)):
                moved = point.copy()
                moved[k] = min(max(moved[k] + sign * step[k], lows[k]), highs[k])
                if value(moved) < least:
                    point, least = moved, value(moved)
            step = step / 2
        spots = (Fraction(float(x)) for x in point)
        found = [fmpq(x.numerator, x.denominator) for x in spots]
        return tuple(
            min(max(x, low), high) for x, (low, high) in zip(found, self.whole, strict=True)
        )


@dataclass(frozen=True)
class _Model:
    """f(c), the gradient at the centre c of a box and the Hessian on all of it."""

    centre: tuple[fmpq, ...]
    away: tuple[arb, ...]
    value: arb
    gradient: tuple[arb, ...]
    hessian: tuple[tuple[arb, ...], ...]
    rates: tuple[arb, ...]  # the gradient on all of the box

    @staticmethod
    def of(program: Program, box: Box, rates: Sequence[arb]) -> _Model:
        centre = tuple((a + b) / 2 for a, b in box)
        middle, whole = [arb(c) for c in centre], [side(*ends) for ends in box]
        moving = [a < b for a, b in box]
        n = range(len(box))
        slopes = [slope(program, middle, k) if moving[k] else arb(0) for k in n]
        known = {
            (i, j): bend(program, whole, i, j) if moving[i] and moving[j] else arb(0)
            for i in n
            for j in n
            if i <= j
        }
        rows = tuple(tuple(known[min(i, j), max(i, j)] for j in n) for i in n)
        away = tuple(x - c for x, c in zip(whole, middle, strict=True))
        value: arb = program.run(reals, middle)
        return _Model(centre, away, value, tuple(slopes), rows, tuple(rates))

    def lower(self) -> arb:
        """A lower bound on the box: the better of the forms of order 1 and 2."""
        linear = self.value
        for rate, h in zip(self.rates, self.away, strict=True):
            linear += rate * h
        quadratic = self.value
        for i, (rate, h) in enumerate(zip(self.gradient, self.away, strict=True)):
            quadratic += _least_of_parabola(rate, self.hessian[i][i], h)
            for j in range(i):
                quadratic += self.hessian[i][j] * h * self.away[j]
        found = [x.lower() for x in (linear, quadratic) if x.is_finite()]
        return max(found) if found else -ranges.INFINITY

    def newton(self, box: Box, free: Sequence[int]) -> Box | None:
        """The part of the box where the gradient may vanish in the `free` variables.

        One sweep of Gauss and Seidel, with the inverse of the middle Hessian in front.
        """
        rows = [[self.hessian[i][j] for j in free] for i in free]
        if not all(entry.is_finite() for row in rows for entry in row):
            return box
        middle = np.array([[float(entry.mid()) for entry in row] for row in rows])
        if not np.linalg.cond(middle) < 1e12:
            return box
        front = [[arb(float(x)) for x in row] for row in np.linalg.inv(middle)]
        size = range(len(free))
        right = [_dot(front[i], [self.gradient[k] for k in free]) for i in size]
        matrix = [[_dot(front[i], [row[j] for row in rows]) for j in size] for i in size]
        small = list(box)
        away = [self.away[k] for k in free]
        for i, k in enumerate(free):
            if matrix[i][i].contains(0):
                continue
            others = [matrix[i][j] * away[j] for j in size if j != i]
            step = -(right[i] + sum(others, arb(0))) / matrix[i][i]
            if not step.is_finite():
                continue
            low = max(box[k][0], self.centre[k] + step.lower().fmpq())
            high = min(box[k][1], self.centre[k] + step.upper().fmpq())
            if low > high:
                return None
            small[k] = (low, high)
            away[i] = side(low - self.centre[k], high - self.centre[k])
        return tuple(small)


def _least_of_parabola(rate: arb, bend: arb, h: arb) -> arb:
    """A lower bound of rate*t + bend*t^2/2 for t in h, the one at the middle included."""
    if not (rate.is_finite() and bend.is_finite()):
        return reals.NAN
    a = bend.lower()
    ends = [(rate * t + a * t * t / 2).lower() for t in (h.lower(), h.upper())]
    if a > 0:
        ends.append((-rate * rate / (2 * a)).lower())
    return min(ends)


def _dot(row: Sequence[arb], column: Sequence[arb]) -> arb:
    return sum((x * y for x, y in zip(row, column, strict=True)), arb(0))


def _rational(value: Any) -> fmpq:
    number = exact(value)
    if not number.is_Rational:
        raise ExactnessError(f"`{number}` is no rational: give an exact fraction.")
    return fmpq(int(number.p), int(number.q))
