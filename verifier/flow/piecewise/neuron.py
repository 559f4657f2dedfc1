"""**One neuron on exact data**: w -> s(<w, x_i>) with s a ReLU or a leaky ReLU, and square loss.

    L(w) = c sum_i (s(<w, x_i>) - y_i)^2

On the cone where the signs of all <w, x_i> are fixed it is a convex quadratic with rational data.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from flint import fmpq, fmpq_mat

from verifier.errors import VerifierError

Point = tuple[fmpq, ...]
Pattern = tuple[int, ...]


class NeuronError(VerifierError):
    """Data of a neuron that contradict each other."""


@dataclass(frozen=True)
class Quadratic:
    """w^T hessian w / 2 - <linear, w> + constant, the loss on the closure of one cone."""

    hessian: tuple[Point, ...]
    linear: Point
    constant: fmpq

    def at(self, w: Sequence[fmpq]) -> fmpq:
        return inner(w, apply(self.hessian, w)) / 2 - inner(self.linear, w) + self.constant

    def gradient(self, w: Sequence[fmpq]) -> Point:
        moved = apply(self.hessian, w)
        return tuple(a - b for a, b in zip(moved, self.linear, strict=True))


@dataclass(frozen=True)
class Neuron:
    """Inputs x_i by rows, labels y_i, the slope of s below zero, and the factor c of the loss."""

    inputs: tuple[Point, ...]
    labels: Point
    slope: fmpq
    factor: fmpq

    def __post_init__(self) -> None:
        if not self.inputs or len(self.inputs) != len(self.labels):
            raise NeuronError(f"{len(self.inputs)} inputs cannot have {len(self.labels)} labels.")
        if len({len(x) for x in self.inputs}) != 1 or not self.inputs[0]:
            raise NeuronError("The inputs are vectors of one length that is not 0.")
        if not (0 <= self.slope < 1 and self.factor > 0):
            raise NeuronError(
                f"The slope {self.slope} is in [0, 1) and the factor {self.factor} is positive."
            )

    @property
    def dimension(self) -> int:
        return len(self.inputs[0])

    @cached_property
    def planes(self) -> tuple[tuple[Point, tuple[tuple[int, fmpq], ...]], ...]:
        """(normal, ((i, t_i), ...)) with x_i = t_i * normal, one entry a hyperplane; no zeros."""
        found: list[tuple[Point, list[tuple[int, fmpq]]]] = []
        for i, x in enumerate(self.inputs):
            if not any(x):
                continue
            for normal, members in found:
                ratio = _ratio(x, normal)
                if ratio is not None:
                    members.append((i, ratio))
                    break
            else:
                found.append((x, [(i, fmpq(1))]))
        return tuple((normal, tuple(members)) for normal, members in found)

    def pattern(self, w: Sequence[fmpq]) -> Pattern:
        """The signs of <w, normal> for all hyperplanes."""
        return tuple(sign(inner(normal, w)) for normal, _ in self.planes)

    def weight(self, signs: Pattern, plane: int, ratio: fmpq) -> fmpq:
        """The slope of s at an input on a side of its hyperplane; on it, that of the upper side."""
        return fmpq(1) if signs[plane] * sign(ratio) >= 0 else self.slope

    def quadratic(self, signs: Pattern) -> Quadratic:
        """The loss on the closed cone of a pattern without zeros."""
        d = self.dimension
        hessian = [[fmpq(0)] * d for _ in range(d)]
        linear = [fmpq(0)] * d
        for plane, (_, members) in enumerate(self.planes):
            for i, ratio in members:
                s = self.weight(signs, plane, ratio)
                x, y = self.inputs[i], self.labels[i]
                for j in range(d):
                    linear[j] += 2 * self.factor * s * y * x[j]
                    for k in range(d):
                        hessian[j][k] += 2 * self.factor * s * s * x[j] * x[k]
        constant = self.factor * sum((y * y for y in self.labels), fmpq(0))
        return Quadratic(tuple(map(tuple, hessian)), tuple(linear), constant)

    def loss(self, w: Sequence[fmpq]) -> fmpq:
        total = fmpq(0)
        for x, y in zip(self.inputs, self.labels, strict=True):
            h = inner(x, w)
            total += ((h if h > 0 else self.slope * h) - y) ** 2
        return self.factor * total


def neuron(
    inputs: Sequence[Sequence[Any]],
    labels: Sequence[Any],
    *,
    slope: Any = 0,
    factor: Any = Fraction(1, 2),
) -> Neuron:
    """A neuron on rational data, inputs by rows. Raises `NeuronError` for data that do not fit."""
    rows = tuple(tuple(rational(v) for v in x) for x in inputs)
    return Neuron(rows, tuple(rational(y) for y in labels), rational(slope), rational(factor))


def rational(value: Any) -> fmpq:
    """An int, a fraction, an fmpq or a sympy rational as an fmpq; a float is refused."""
    if isinstance(value, fmpq):
        return value
    if isinstance(value, int):
        return fmpq(value)
    if hasattr(value, "numerator") and not isinstance(value, float):
        return fmpq(int(value.numerator), int(value.denominator))
    raise NeuronError(f"{value!r} is not rational: data of a neuron are exact.")


def inner(u: Sequence[fmpq], v: Sequence[fmpq]) -> fmpq:
    return sum((a * b for a, b in zip(u, v, strict=True)), fmpq(0))


def apply(rows: Sequence[Sequence[fmpq]], v: Sequence[fmpq]) -> Point:
    return tuple(inner(row, v) for row in rows)


def sign(value: fmpq) -> int:
    return (value > 0) - (value < 0)


def matrix(rows: Sequence[Sequence[fmpq]]) -> fmpq_mat:
    return fmpq_mat(len(rows), len(rows[0]), [entry for row in rows for entry in row])


def _ratio(x: Point, normal: Point) -> fmpq | None:
    """x / normal when they are parallel."""
    place = next(k for k, entry in enumerate(normal) if entry != 0)
    ratio = x[place] / normal[place]
    return ratio if all(a == ratio * b for a, b in zip(x, normal, strict=True)) else None
