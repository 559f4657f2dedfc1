"""**Curvature**: what second derivatives on a box say about a program.

    f in f(c) + sum g_i(c) h_i + sum h_i H_ij h_j/2                     Taylor's form of order 2
    f >= f(a) + sum g_i(a) (x_i - a_i) + min(0, l) |x - a|^2/2          l below all eigenvalues of H

The second is sharp where f is convex and a, which doubles propose, is near its least value.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np
from flint import arb, fmpq

from verifier.enclose.linear.spectra import largest_eigenvalue, smallest_eigenvalue
from verifier.enclose.programs.program import Program
from verifier.enclose.programs.tangent import slope, tangent
from verifier.enclose.regions.charts import Box
from verifier.enclose.rings import reals
from verifier.enclose.rings.calculus import derivative

_SWEEPS = 12  # of the descent in doubles along the axes


def bend(program: Program, whole: Sequence[arb], i: int, j: int) -> arb:
    """The second derivative by variables i and j on the box."""
    first = tangent(program, i)
    if first is not None:
        return slope(first, whole, j)
    value: arb = derivative(reals, program, ((i, 2),) if i == j else ((i, 1), (j, 1)), *whole)
    return value


@dataclass(frozen=True)
class Curvature:
    """The Hessian in the `moving` variables on `box`, which the balls `whole` contain."""

    program: Program
    box: Box
    whole: tuple[arb, ...]
    moving: tuple[int, ...]

    @cached_property
    def bends(self) -> dict[tuple[int, int], arb]:
        pairs = ((i, j) for i in self.moving for j in self.moving if i <= j)
        return {(i, j): bend(self.program, self.whole, i, j) for i, j in pairs}

    @cached_property
    def hessian(self) -> list[list[arb]]:
        return [[self.bends[min(i, j), max(i, j)] for j in self.moving] for i in self.moving]

    @property
    def finite(self) -> bool:
        return all(entry.is_finite() for entry in self.bends.values())

    @cached_property
    def centre(self) -> list[fmpq]:
        return [(a + b) / 2 for a, b in self.box]

    @cached_property
    def gradient(self) -> list[arb]:
        """The derivatives at the centre, by the moving variables."""
        middle = [arb(c) for c in self.centre]
        return [slope(self.program, middle, k) for k in self.moving]

    def taylor(self, known: Sequence[arb]) -> tuple[list[arb], arb]:
        """The gradient on the box by its own mean-value form, and the value to order 2."""
        middle = [arb(c) for c in self.centre]
        away = [self.whole[k] - middle[k] for k in self.moving]
        sharper = list(known)
        total: arb = self.program.run(reals, middle)
        for i, k in enumerate(self.moving):
            rate = self.gradient[i]
            total += rate * away[i]
            for j, curved in enumerate(self.hessian[i]):
                rate += curved * away[j]
                square = reals.power(2, away[i]) if i == j else away[i] * away[j]
                total += curved * square / 2
            if rate.is_finite():
                low = rate.lower().max(known[k].lower())
                sharper[k] = reals.hull(low, rate.upper().min(known[k].upper()))
        return sharper, total

    def least(self) -> arb:
        """A lower bound of the value on the box; NaN when there is none."""
        return self._beneath(1, smallest_eigenvalue(self.hessian))

    def greatest(self) -> arb:
        """An upper bound of the value on the box; NaN when there is none."""
        return -self._beneath(-1, -largest_eigenvalue(self.hessian))

    def _beneath(self, sign: int, eigenvalue: arb) -> arb:
        if not eigenvalue.is_finite():
            return reals.NAN
        point = list(self.centre)
        for k, x in zip(self.moving, self._proposed(sign), strict=True):
            point[k] = x
        place = [arb(x) for x in point]
        total: arb = sign * self.program.run(reals, place)
        for k in self.moving:
            rate = sign * slope(self.program, place, k)
            low, high = (arb(end - point[k]) for end in self.box[k])
            total += (rate * low).lower().min((rate * high).lower())
            if eigenvalue < 0:
                total += eigenvalue * abs(low).max(abs(high)) ** 2 / 2
        return total.lower() if total.is_finite() else reals.NAN

    def _proposed(self, sign: int) -> list[fmpq]:
        """Near the least point of the quadratic model of sign * f on the box."""
        bends = sign * np.array([[float(entry.mid()) for entry in row] for row in self.hessian])
        slopes = sign * np.array([float(rate.mid()) for rate in self.gradient])
        sizes = [(self.box[k][1] - self.box[k][0]) / 2 for k in self.moving]
        reach = np.array([int(size.p) / int(size.q) for size in sizes])
        away = np.zeros(len(reach))
        for _ in range(_SWEEPS):
            for i in range(len(away)):
                rest = slopes[i] + bends[i] @ away - bends[i, i] * away[i]
                best = -rest / bends[i, i] if bends[i, i] > 0 else -np.sign(rest) * reach[i]
                away[i] = min(max(best, -reach[i]), reach[i])
        found = []
        for k, step in zip(self.moving, away, strict=True):
            part = Fraction(float(step)).limit_denominator(2**24)
            moved = self.centre[k] + fmpq(part.numerator, part.denominator)
            found.append(min(max(moved, self.box[k][0]), self.box[k][1]))
        return found
