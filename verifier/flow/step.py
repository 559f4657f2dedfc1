"""**One validated step**: a Taylor polynomial, its defect, and the growth of an error.

With p the polynomial, |p' - f(p)| <= delta on [0, h] and m a bound of the logarithmic norm of the
Jacobian near p, the distance e of a solution from p obeys

    e' <= m e + delta.

For a gradient flow the logarithmic norm is minus the least curvature, so that the bound does not
wrap: it grows just as errors do.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

from flint import arb, arb_poly, arb_series, ctx, fmpq

from verifier.enclose.linear.spectra import largest_eigenvalue
from verifier.enclose.rings import reals
from verifier.enclose.rings.series import SeriesRing
from verifier.flow.field import Field
from verifier.flow.recurrence import propose
from verifier.precision import series_length

LONGEST = 2.0**200
SHORT = 8  # bits by which a step is shorter than its last coefficients ask for
PARTS = 4  # parts of a step on which the Jacobian is enclosed
ROUNDING = 8  # a proposal may be wrong by this share of the bits
WIDER = (2, 8, 64)  # factors by which a tube is widened until it holds the solution


@dataclass(frozen=True)
class Piece:
    """The solution on [start, start + length]: within `error` of the polynomials there.

    `errors` bound the Euclidean distance on each of the parts of equal length; `error` is that at
    the end.
    """

    start: fmpq
    length: fmpq
    polynomials: tuple[arb_poly, ...]
    errors: tuple[arb, ...]
    error: arb

    @property
    def end(self) -> fmpq:
        return self.start + self.length

    def around(self, time: arb) -> list[arb]:
        """Enclosures of the components at times of a ball in this piece, counted from its start."""
        worst = self.errors[-1]
        for error in self.errors[:-1]:
            worst = worst.max(error)
        return [_widened(p(time), worst) for p in self.polynomials]

    def last(self) -> list[arb]:
        """Enclosures of the components at the end."""
        return [_widened(p(arb(self.length)), self.error) for p in self.polynomials]


def taylor(field: Field, point: Sequence[arb], order: int) -> list[list[arb]]:
    """Coefficients of the solution through `point`, component by component, up to t^order."""
    bits = ctx.prec
    proposed = propose(field.bundle, field.sign, point, order, bits=bits)
    if proposed is not None:
        scale, rows = proposed
        corrected = _corrected(field, [row[:-1] for row in rows])
        if _are_close(rows, corrected, scale, bits):
            return corrected
    grown = [[x] for x in point]
    for _ in range(order):
        grown = _corrected(field, grown)
    return grown


def _corrected(field: Field, rows: Sequence[Sequence[arb]]) -> list[list[arb]]:
    """The start, and the integral of f along the rows: one coefficient more."""
    moved = along(field, rows)
    return [
        [row[0], *(c / (k + 1) for k, c in enumerate(value))]
        for row, value in zip(rows, moved, strict=True)
    ]


def along(field: Field, rows: Sequence[Sequence[arb]]) -> list[list[arb]]:
    """The Taylor coefficients of f along those of a curve, as many as there are of it."""
    length = len(rows[0])
    ring = SeriesRing(reals, arb_series, length)
    with series_length(length):
        moved = field.velocity(ring, [ring.series(*row) for row in rows])
    return [_coefficients(value, length) for value in moved]


def _are_close(
    one: Sequence[Sequence[arb]], two: Sequence[Sequence[arb]], scale: int, bits: int
) -> bool:
    """Whether two curves differ by rounding only, at times up to 2^scale or the end of a step."""
    if not all(c.is_finite() for row in two for c in row):
        return False
    scale = min(scale, _log2(natural_length(two, bits)))
    gaps, sizes = [], []
    for row, other in zip(one, two, strict=True):
        for k, (x, y) in enumerate(zip(row, other, strict=True)):
            sizes.append(float(y.abs_upper() * arb((1, scale * k))))
            gaps.append(float((x - y).abs_upper() * arb((1, scale * k))))
    return max(gaps) <= max(sizes) * 2.0 ** (bits // ROUNDING - bits)


def natural_length(rows: Sequence[Sequence[arb]], bits: int) -> fmpq:
    """A step h with |c_k| h^k near 2^-bits of the solution's size for the last coefficients."""
    scale = max(float(row[0].abs_upper()) for row in rows) or 1.0
    sizes = [reduce(arb.max, (row[k].abs_upper() for row in rows)) for k in range(len(rows[0]))]
    # the last ones may have been too small to be seen, or are zero in a polynomial
    seen = [k for k, size in enumerate(sizes) if size > 0 and k > 2]
    best = math.log(LONGEST)
    for k in seen[-2:]:
        goal = -(bits + SHORT) * math.log(2) + math.log(scale)
        best = min(best, (goal - float(sizes[k].log())) / k)
    return _dyadic(math.exp(best))


def _dyadic(value: float) -> fmpq:
    """A rational with a short numerator just below `value`."""
    mantissa, exponent = value.hex().split("p")
    top = int(float.fromhex(mantissa) * 16)
    shift = int(exponent) - 4
    return fmpq(top * 2**shift) if shift >= 0 else fmpq(top, 2**-shift)


def _log2(length: fmpq) -> int:
    return int(length.p).bit_length() - int(length.q).bit_length() + 1


def step(
    field: Field,
    start: fmpq,
    length: fmpq,
    polynomials: Sequence[arb_poly],
    error: arb,
    *,
    delta: arb,
) -> Piece | None:
    """The piece along exact polynomials with a defect below `delta`.

    `error` bounds the distance of the solution from their start. None where no tube was shown to
    hold it.
    """
    share = arb(length / PARTS)
    floor = delta * arb(length)
    at = error
    errors = []
    for part in range(PARTS):
        times = arb(length * part / PARTS).union(arb(length * (part + 1) / PARTS))
        grown = _grow(field, [p(times) for p in polynomials], at, delta, share, floor)
        if grown is None:
            return None
        worst, at = grown
        errors.append(worst)
    return Piece(start, length, tuple(polynomials), tuple(errors), at)


def defect(field: Field, polynomials: Sequence[arb_poly], length: fmpq) -> arb:
    """A bound of |p'(t) - f(p(t))| for t in [0, length], by its Taylor polynomial in the middle."""
    order = max(1, *(len(p) - 1 for p in polynomials))
    half = arb(length / 2)
    near = _defects(field, polynomials, half, order)
    far = _defects(field, polynomials, arb(0).union(arb(length)), order + 1)
    total = arb(0)
    for low, high in zip(near, far, strict=True):
        size = high[order].abs_upper()
        for c in reversed(low):
            size = size * half + c.abs_upper()
        total = total + size * size
    return total.sqrt().upper()


def _defects(
    field: Field, polynomials: Sequence[arb_poly], time: arb, length: int
) -> list[list[arb]]:
    """Taylor coefficients of p' - f(p) around `time`, by component."""
    shifted = [_taylor_shift(p, time, length + 1) for p in polynomials]
    moved = along(field, [row[:length] for row in shifted])
    return [
        [(k + 1) * row[k + 1] - value[k] for k in range(length)]
        for row, value in zip(shifted, moved, strict=True)
    ]


def _taylor_shift(polynomial: arb_poly, time: arb, length: int) -> list[arb]:
    """The first coefficients of s -> p(time + s)."""
    moved = polynomial if time.is_zero() else polynomial(arb_poly([time, 1]))
    row = moved.coeffs()[:length]
    return row + [arb(0)] * (length - len(row))


def _grow(
    field: Field, centre: Sequence[arb], error: arb, delta: arb, share: arb, floor: arb
) -> tuple[arb, arb] | None:
    """(a bound of the error on a part, one at its end); the tube that is assumed must hold it."""
    for factor in WIDER:
        tube = (error + floor) * factor
        jacobian = field.jacobian([_widened(c, tube) for c in centre])
        rate = logarithmic_norm(jacobian)
        if not rate.is_finite():
            continue
        growth = (rate * share).exp()
        gained = delta * share * (rate * share).exp().max(arb(1))
        end = (error * growth + gained).upper()
        worst = (error * growth.max(arb(1)) + gained).upper()
        if worst < tube or worst.is_zero():
            return worst, end
    return None


def logarithmic_norm(jacobian: Sequence[Sequence[arb]]) -> arb:
    """An upper bound of the largest eigenvalue of (J + J^T)/2."""
    n = len(jacobian)
    half = [[(jacobian[i][j] + jacobian[j][i]) / 2 for j in range(n)] for i in range(n)]
    return largest_eigenvalue(half)


def _coefficients(value: object, length: int) -> list[arb]:
    row = [value] if isinstance(value, arb) else value.coeffs()  # type: ignore[attr-defined]
    blank = arb(0) if not row or row[0].is_finite() else reals.NAN
    return row + [blank] * (length - len(row))


def _widened(ball: arb, radius: arb) -> arb:
    return ball + arb(0, radius.abs_upper())
