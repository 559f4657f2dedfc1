"""**Lohner sets**: deviations from a centre, carried by the derivative of the flow.

A solution that starts at c + d ends at phi(c) + V d, where V solves

    V' = J(y(t)) V,   V(0) = 1

along solutions between the two. With W a polynomial and |W_j' - J W_j| <= eta_j near them, column
j of V is within eta_j t exp(m t) of W_j, m a bound of the logarithmic norm. Deviations are kept as
{C r + Q s} with boxes r, of the start, and s, of what was added since; Q is nearly orthogonal, so
that s does not wrap.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np
from flint import arb, arb_mat, arb_poly, arb_series, fmpq

from verifier.enclose.rings import reals
from verifier.enclose.rings.series import SeriesRing
from verifier.flow.field import Field
from verifier.flow.step import logarithmic_norm
from verifier.precision import precision, series_length

BITS = 64  # precision of deviations, which are small against the solution
ORDERS = (8, 40)  # of the polynomials W, as the coefficients ask for
SMALL = 30  # bits by which the last coefficients are below the first
TRIES = 2  # tubes that are tried, each twice as wide


@dataclass(frozen=True)
class Spread:
    """The deviations {C r + Q s}: C and Q exact n x n, r and s columns of balls."""

    along: arb_mat
    start: arb_mat
    frame: arb_mat
    rest: arb_mat

    @staticmethod
    def of(deviations: Sequence[arb]) -> Spread:
        """A box of deviations."""
        n = len(deviations)
        return Spread(identity(n), arb_mat(n, 1, list(deviations)), identity(n), arb_mat(n, 1))

    def box(self) -> list[arb]:
        entries: list[arb] = (self.along * self.start + self.frame * self.rest).entries()
        return entries

    def through(self, matrix: arb_mat) -> list[arb]:
        """A box around V d for all V of a ball matrix and all deviations d."""
        moved = (matrix * self.along) * self.start + (matrix * self.frame) * self.rest
        entries: list[arb] = moved.entries()
        return entries

    def moved(self, matrix: arb_mat, shift: Sequence[arb], still: Sequence[bool]) -> Spread:
        """{V d + e} for all V of the matrix and e of the box `shift`; Q keeps what is still."""
        along = matrix * self.along
        exact = along.mid()
        added = (along - exact) * self.start + arb_mat(len(shift), 1, list(shift))
        carried = matrix * self.frame
        frame = _orthogonal(_scaled(carried, self.rest), still)
        back = frame.inv()
        rest = back * added + (back * carried) * self.rest
        return Spread(exact, self.start, frame, rest)


@dataclass(frozen=True)
class Transition:
    """V on a step: entry (i, j) within `rates[i, j]` t of the polynomials W.

    `drift` bounds the distance of the solution through the centre from the step's polynomials, save
    for components that stand still.
    """

    polynomials: tuple[tuple[arb_poly, ...], ...]
    rates: arb_mat
    drift: arb
    still: tuple[bool, ...]

    def at(self, time: arb) -> arb_mat:
        late = time.abs_upper()
        rows = enumerate(self.polynomials)
        return arb_mat(
            [
                [w(time) + arb(0, (self.rates[i, j] * late).upper()) for j, w in enumerate(row)]
                for i, row in rows
            ]
        )

    def vagueness(self, box: Sequence[arb], length: fmpq) -> arb:
        """The share of the deviations at the end that is not those of W, for a box of them.

        A component counts as no smaller than the largest one over 1000.
        """
        n = len(box)
        size = arb_mat(n, 1, [d.abs_upper() for d in box])
        vague = (self.rates * size).entries()
        held = [d.abs_upper() for d in Spread.of(box).through(self.at(arb(length)))]
        floor = reduce(arb.max, held) / 1000
        if not floor > 0:
            return arb(0)
        shares = [v * length / h.max(floor) for v, h in zip(vague, held, strict=True)]
        return reduce(arb.max, shares)

    def around(self, spread: Spread, time: arb) -> list[arb]:
        """Deviations at a time (a ball of times), the drift included."""
        slack = arb(0, self.drift)
        moved = spread.through(self.at(time))
        return [d if s else d + slack for d, s in zip(moved, self.still, strict=True)]


@dataclass(frozen=True)
class Carried:
    """Sets that all hold the deviations at the start of a step, and how the step carries them."""

    transition: Transition
    spreads: tuple[Spread, ...]

    def around(self, time: arb) -> list[arb]:
        """Deviations from the step's polynomials at a time (a ball of times) of it."""
        with precision(BITS):
            boxes = [self.transition.around(spread, time) for spread in self.spreads]
            return [narrowest(sides) for sides in zip(*boxes, strict=True)]


def transition(
    field: Field,
    polynomials: Sequence[arb_poly],
    length: fmpq,
    *,
    delta: arb,
    box: Sequence[arb],
    reach: arb,
) -> Transition | None:
    """How the deviations in `box` are carried on [0, length]; None where nothing was shown.

    `delta` bounds the defect of the polynomials; no deviation is known to exceed `reach` meanwhile.
    """
    with precision(BITS):
        times = arb(0).union(arb(length))
        start = [_with_zero(d) for d in box]
        rates = _largest_rates(field, polynomials, times, start)
        if rates is None:
            return None
        order = _order(polynomials, length, rates)
        tube = _guess(rates, start, (delta * arb(length)).upper())
        for _ in range(TRIES):
            tube = [wall if reach > wall.rad() else arb(0, reach) for wall in tube]
            found = _transition(field, polynomials, times, tube, order, delta=delta)
            if found is not None:
                held = [_with_zero(d) for d in found.around(Spread.of(start), times)]
                if all(_inside(d, wall, reach) for d, wall in zip(held, tube, strict=True)):
                    return found
            tube = [2 * wall for wall in tube]
    return None


def _largest_rates(
    field: Field, polynomials: Sequence[arb_poly], times: arb, start: Sequence[arb]
) -> arb_mat | None:
    """h |J| near the solutions that start in the box; None where it is not finite."""
    jacobian = field.jacobian([p(times) + 2 * d for p, d in zip(polynomials, start, strict=True)])
    late = times.abs_upper()
    rates = [[entry.abs_upper() * late for entry in row] for row in jacobian]
    finite = all(entry.is_finite() for row in rates for entry in row)
    return arb_mat(rates) if finite else None


def _guess(rates: arb_mat, start: Sequence[arb], missed: arb) -> list[arb]:
    """A tube that holds while |D'| <= |J| |D| + delta: exp(h |J|) (|d| + h delta), and a little."""
    size = arb_mat(len(start), 1, [d.abs_upper() + 2 * missed for d in start])
    grown = rates.exp() * size
    return [arb(0, (entry * fmpq(9, 8)).upper()) for entry in grown.entries()]


def _order(polynomials: Sequence[arb_poly], length: fmpq, rates: arb_mat) -> int:
    """The first order at which the terms of p and of exp(h |J|) are small at the end."""
    least, most = ORDERS
    scale = max(float(p[0].abs_upper()) for p in polynomials) or 1.0
    late = float(arb(length))
    n = rates.nrows()
    steep = max(float(sum((rates[i, j] for j in range(n)), arb(0))) for i in range(n))
    term = 1.0
    for k in range(1, most):
        term *= steep / k
        along = max(float(p[k].abs_upper()) for p in polynomials) * late**k / scale
        if k >= least and max(term, along) < 2.0**-SMALL:
            return k
    return most


def _transition(
    field: Field,
    polynomials: Sequence[arb_poly],
    times: arb,
    tube: Sequence[arb],
    order: int,
    *,
    delta: arb,
) -> Transition | None:
    n, late = field.size, times.abs_upper()
    near = _slopes(field, polynomials, arb(0), tube, order)
    far = _slopes(field, polynomials, times, tube, order + 1)
    ranges = [[row[0] for row in line] for line in far]
    if not all(c.is_finite() for u in [*near, ranges] for v in u for c in _flat(v)):
        return None
    solution = _solved(near, order)
    slopes = [[arb_poly([*near[i][j], far[i][j][order]]) for j in range(n)] for i in range(n)]
    gaps = arb_mat(n, n)
    for i in range(n):
        for j in range(n):
            # W' - J W, whose coefficients below the order are rounding and the tube's width
            gap = solution[i][j].derivative()
            for k in range(n):
                gap = gap - slopes[i][k] * solution[k][j]
            gaps[i, j] = _largest(gap, late)
    growth = (logarithmic_norm(ranges).max(arb(0)) * late).exp()
    drift = (delta * late * growth).upper()
    rates = _rates(gaps, ranges, growth, late)
    return Transition(tuple(map(tuple, solution)), rates, drift, field.still)


def _rates(gaps: arb_mat, ranges: Sequence[Sequence[arb]], growth: arb, late: arb) -> arb_mat:
    """Bounds of |V - W|/t: by the norm of a column, or entry by entry with exp(h |J|)."""
    n = gaps.nrows()
    least = arb_mat([[entry.abs_upper() * late for entry in row] for row in ranges]).exp() * gaps
    for j in range(n):
        column = sum((gaps[i, j] ** 2 for i in range(n)), arb(0)).sqrt() * growth
        for i in range(n):
            least[i, j] = least[i, j].upper().min(column.upper())
    return least


def _flat(value: Any) -> Sequence[arb]:
    return value if isinstance(value, list) else [value]


def _slopes(
    field: Field, polynomials: Sequence[arb_poly], time: arb, tube: Sequence[arb], length: int
) -> list[list[list[arb]]]:
    """Taylor coefficients in s of J(p(time + s) + d), d anywhere in the tube."""
    ring = SeriesRing(reals, arb_series, length)
    at = []
    for p, wall in zip(polynomials, tube, strict=True):
        row = (p if time.is_zero() else p(arb_poly([time, 1]))).coeffs()[:length] or [arb(0)]
        at.append([row[0] + wall, *row[1:]])
    with series_length(length):
        table = field.slopes_over(ring, [ring.series(*row) for row in at])
    return [[_coefficients(entry, length) for entry in row] for row in table]


def _coefficients(value: Any, length: int) -> list[arb]:
    if isinstance(value, arb):
        rest = arb(0) if value.is_finite() else value
        return [value] + [rest] * (length - 1)
    row: list[arb] = value.coeffs()[:length]
    return row + [arb(0)] * (length - len(row))


def _solved(slopes: Sequence[Sequence[Sequence[arb]]], order: int) -> list[list[arb_poly]]:
    """Exact polynomials near the solution of W' = J W, W(0) = 1."""
    n = len(slopes)
    rates = [
        arb_mat([[slopes[i][j][k].mid() for j in range(n)] for i in range(n)]) for k in range(order)
    ]
    terms = [identity(n)]
    for k in range(order):
        total = arb_mat(n, n)
        for i in range(k + 1):
            total = total + rates[i] * terms[k - i]
        terms.append((total * (arb(1) / (k + 1))).mid())
    return [[arb_poly([term[i, j] for term in terms]) for j in range(n)] for i in range(n)]


def _largest(polynomial: arb_poly, late: arb) -> arb:
    """A bound of |q(t)| for t in [0, late]."""
    size = arb(0)
    for c in reversed(polynomial.coeffs()):
        size = size * late + c.abs_upper()
    return size


def identity(n: int) -> arb_mat:
    return arb_mat(n, n, [int(i == j) for i in range(n) for j in range(n)])


def _orthogonal(columns: arb_mat, still: Sequence[bool]) -> arb_mat:
    """An exact matrix near the orthogonal factor of the columns, the longest one first.

    It is the identity on the components that stand still.
    """
    moving = [i for i, s in enumerate(still) if not s]
    table = np.array([[float(columns[i, j].mid()) for j in moving] for i in moving])
    if not moving or not np.abs(table).max() < 1e100:
        return identity(len(still))
    order = np.argsort(-np.linalg.norm(table, axis=0), kind="stable")
    return near_orthogonal(table[:, order], still)


def near_orthogonal(table: Any, still: Sequence[bool]) -> arb_mat:
    """The orthogonal factor of a table of doubles on what moves, rounded and taken as exact."""
    found = identity(len(still))
    moving = [i for i, s in enumerate(still) if not s]
    if not np.isfinite(table).all():
        return found
    factor, _ = np.linalg.qr(table)
    for i, row in zip(moving, factor, strict=True):
        for j, entry in zip(moving, row, strict=True):
            found[i, j] = arb(float(entry))
    return found


def _scaled(columns: arb_mat, box: arb_mat) -> arb_mat:
    """The columns as long as the sides of the box, the longest side being 1."""
    n = columns.nrows()
    sides = [box[j, 0].abs_upper() for j in range(n)]
    longest = arb(0)
    for side in sides:
        longest = longest.max(side)
    if not longest > 0:
        return columns
    return arb_mat([[columns[i, j] * (sides[j] / longest) for j in range(n)] for i in range(n)])


def narrowest(balls: Sequence[arb]) -> arb:
    """The intersection of balls that share a point."""
    kept = balls[0]
    for ball in balls[1:]:
        kept = kept.intersection(ball)
    return kept


def _with_zero(ball: arb) -> arb:
    return ball.union(arb(0))


def _inside(ball: arb, wall: arb, reach: arb) -> bool:
    """Whether a deviation cannot leave through the wall; one that is zero stays so."""
    if wall.is_zero():
        return bool(ball.is_zero())
    return bool(wall.contains_interior(ball)) or bool(wall.rad() >= reach)
