"""**Flows of a neuron**: the certified log of every crossing of a data hyperplane, and the limit.

Between crossings the solution is an exponential sum in balls. At a crossing the side that the flow
enters is told by the velocities of both sides: through, along the hyperplane (the selection of
Clarke's gradient that keeps it there), or undecided when one vanishes or both point away.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from flint import arb, fmpq, fmpq_mat

from verifier.flow.integrate import FlowError
from verifier.flow.piecewise.exponentials import ExponentialSum, Unclear, first_zero
from verifier.flow.piecewise.neuron import Neuron, Pattern, Point, inner, matrix, rational
from verifier.flow.piecewise.spectrum import Spectrum, apply, present, spectrum
from verifier.precision import precision

Kind = Literal["activates", "deactivates", "sticks", "leaves up", "leaves down"]
PRECISIONS = (96, 192, 384, 768)
EVENTS = 200


@dataclass(frozen=True)
class Event:
    """At `time` the samples of one hyperplane change sides; those on its other side do the reverse.

    `kind` speaks of samples that are positive multiples of the hyperplane's normal.
    """

    time: arb
    plane: int
    kind: Kind
    samples: tuple[int, ...]


@dataclass(frozen=True)
class Log:
    """The patterns in turn with the events between them, the limit and its loss, in balls."""

    patterns: tuple[Pattern, ...]
    events: tuple[Event, ...]
    points: tuple[tuple[arb, ...], ...]  # where each pattern begins
    limit: tuple[arb, ...]
    loss: arb


def follow(model: Neuron, start: Sequence[Any], *, digits: int = 15) -> Log:
    """The log of the flow from an exact start, with the limit known to 10^-digits.

    Raises `FlowError` where no precision tells what happens: a tangency, a tie of two hyperplanes,
    a start from which the flow is not unique.
    """
    begin = tuple(rational(v) for v in start)
    if len(begin) != model.dimension:
        raise FlowError(f"The inputs have {model.dimension} components, the start {len(begin)}.")
    reason = ""
    for bits in PRECISIONS:
        try:
            with precision(bits):
                log = _Run(model, begin, bits).go()
        except Unclear as fault:
            reason = str(fault)
            continue
        if all(ball.rad() < arb(10) ** -digits for ball in log.limit):
            return log
        reason = "the limit stays wide"
    raise FlowError(f"With {PRECISIONS[-1]} bits it is still open: {reason}.")


@dataclass(frozen=True)
class _Regime:
    """w' = -(P H P w - P b) on a cone, or on the part of a hyperplane that the flow sticks to."""

    spectrum: Spectrum
    rest: Point  # a point of the face where the velocity is zero
    hessian: tuple[Point, ...]
    onto: tuple[Point, ...]  # the projection P on the directions that the flow may take


class _Run:
    """One attempt at one precision."""

    def __init__(self, model: Neuron, begin: Point, bits: int) -> None:
        self.model, self.bits = model, bits
        self.w = [arb(v) for v in begin]
        self.now = arb(0)
        signs = model.pattern(begin)
        self.normals = [[arb(v) for v in normal] for normal, _ in model.planes]
        self.exact_zero = {k for k, s in enumerate(signs) if s == 0}
        self.signs = list(signs)
        self.patterns: list[Pattern] = []
        self.points: list[tuple[arb, ...]] = []
        self.events: list[Event] = []

    def go(self) -> Log:
        for plane in sorted(self.exact_zero):
            self._enter(plane, came_from=0, starting=True)
        for _ in range(EVENTS):
            self._note()
            regime = self._regime()
            crossing = self._next(regime)
            if crossing is None:
                limit = self._at_infinity(regime)
                return Log(
                    tuple(self.patterns),
                    tuple(self.events),
                    tuple(self.points),
                    tuple(limit),
                    self._loss(limit),
                )
            self._cross(regime, *crossing)
        raise FlowError(f"{EVENTS} crossings are spent at time {self.now.str(6)}.")

    def _note(self) -> None:
        self.patterns.append(tuple(self.signs))
        self.points.append(tuple(self.w))

    def _regime(self) -> _Regime:
        """The dynamics with the signs that hold now; signs of 0 keep the flow on hyperplanes."""
        stuck = [k for k, s in enumerate(self.signs) if s == 0]
        sides = tuple(s or 1 for s in self.signs)
        part = self.model.quadratic(sides)
        projection = _onto_face([self.model.planes[k][0] for k in stuck], self.model.dimension)
        exact = projection * matrix(part.hessian) * projection
        d = self.model.dimension
        hessian = tuple(tuple(exact[i, j] for j in range(d)) for i in range(d))
        column = projection * fmpq_mat(d, 1, list(part.linear))
        linear = tuple(column[i, 0] for i in range(d))
        rest = _solution(hessian, linear)
        if rest is None:
            raise FlowError("The flow of one pattern has no point of rest: the loss is unbounded.")
        onto = tuple(tuple(projection[i, j] for j in range(d)) for i in range(d))
        on_face = tuple(inner(row, rest) for row in onto)
        return _Regime(spectrum(hessian, self.bits), on_face, hessian, onto)

    def _coefficients(self, regime: _Regime, functional: Point) -> list[tuple[arb, arb]]:
        """<functional, w(t)> - <functional, rest> by rates; what is exactly zero is left out."""
        shift = [x - arb(r) for x, r in zip(self.w, regime.rest, strict=True)]
        along = tuple(inner(row, functional) for row in regime.onto)
        balls = [arb(v) for v in along]
        there = present(regime.hessian, along, self.bits)
        values, projections = regime.spectrum.values, regime.spectrum.projections
        return [
            (rate, _dot(balls, apply(projection, shift)))
            for rate, projection, met in zip(values, projections, there, strict=True)
            if met
        ]

    def _height(self, regime: _Regime, plane: int) -> ExponentialSum:
        """<normal, w(t)> as an exponential sum; a hyperplane that was just left starts at zero."""
        normal = self.model.planes[plane][0]
        offset = arb(inner(normal, regime.rest))
        return _collected(self._coefficients(regime, normal), offset, self.signs[plane])

    def _next(self, regime: _Regime) -> tuple[arb, int, Kind] | None:
        """The first crossing or release; two whose times are not told apart are unclear."""
        found: list[tuple[arb, int, Kind]] = []
        for plane, side in enumerate(self.signs):
            if side:
                time = first_zero(self._height(regime, plane), bits=self.bits)
                if time is not None:
                    found.append((time, plane, "activates" if side < 0 else "deactivates"))
            else:
                found += self._releases(regime, plane)
        if not found:
            return None
        first = min(found, key=lambda item: float(item[0].mid()))
        for other in found:
            if other is not first and not first[0] < other[0]:
                raise Unclear("a tie of two hyperplanes")
        return first

    def _releases(self, regime: _Regime, plane: int) -> list[tuple[arb, int, Kind]]:
        """When the velocity of one side turns away from a hyperplane that the flow sticks to."""
        out: list[tuple[arb, int, Kind]] = []
        for side, kind in ((1, "leaves up"), (-1, "leaves down")):
            speed = self._speed(regime, plane, side)
            time = first_zero(speed, bits=self.bits)
            if time is not None:
                out.append((time, plane, kind))  # type: ignore[arg-type]
        return out

    def _speed(self, regime: _Regime, plane: int, side: int) -> ExponentialSum:
        """The normal velocity of a side along the flow that sticks: -<normal, H w - b>."""
        sides = tuple(side if k == plane else (s or 1) for k, s in enumerate(self.signs))
        part = self.model.quadratic(sides)
        normal = self.model.planes[plane][0]
        rows = [inner([row[j] for row in part.hessian], normal) for j in range(len(normal))]
        offset = arb(inner(normal, part.linear) - inner(rows, regime.rest))
        terms = self._coefficients(regime, tuple(-v for v in rows))
        return _collected(terms, offset, -side)

    def _cross(self, regime: _Regime, time: arb, plane: int, kind: Kind) -> None:
        shift = [x - arb(r) for x, r in zip(self.w, regime.rest, strict=True)]
        moved = [arb(r) for r in regime.rest]
        for rate, projection in zip(
            regime.spectrum.values, regime.spectrum.projections, strict=True
        ):
            part = apply(projection, shift)
            moved = [m + p * (-rate * time).exp() for m, p in zip(moved, part, strict=True)]
        self.w, self.now = moved, self.now + time
        if kind in ("leaves up", "leaves down"):
            self.signs[plane] = 1 if kind == "leaves up" else -1
            self._record(plane, kind)
        else:
            self._enter(plane, came_from=self.signs[plane])

    def _enter(self, plane: int, *, came_from: int, starting: bool = False) -> None:
        """Which side the flow goes to from a point on the hyperplane."""
        up, down = self._velocity(plane, 1), self._velocity(plane, -1)
        if up > 0 and down > 0:
            self.signs[plane] = 1
        elif up < 0 and down < 0:
            self.signs[plane] = -1
        elif up <= 0 and down >= 0:
            self.signs[plane] = 0
            self._record(plane, "sticks")
            return
        elif up >= 0 and down <= 0:
            raise FlowError(
                f"At time {self.now.str(6)} the flow may leave hyperplane {plane} to both sides: "
                "it is not unique."
            )
        else:
            raise Unclear(f"a velocity along hyperplane {plane}")
        if not starting:
            self._record(plane, "activates" if self.signs[plane] > 0 else "deactivates")

    def _velocity(self, plane: int, side: int) -> arb:
        sides = tuple(side if k == plane else (s or 1) for k, s in enumerate(self.signs))
        part = self.model.quadratic(sides)
        rows = [[arb(v) for v in row] for row in part.hessian]
        pull = [arb(b) - _dot(row, self.w) for row, b in zip(rows, part.linear, strict=True)]
        return _dot(self.normals[plane], pull)

    def _record(self, plane: int, kind: Kind) -> None:
        samples = tuple(i for i, _ in self.model.planes[plane][1])
        self.events.append(Event(self.now, plane, kind, samples))

    def _at_infinity(self, regime: _Regime) -> list[arb]:
        """The point of rest, moved by what the kernel keeps of the start."""
        limit = [arb(r) for r in regime.rest]
        if regime.spectrum.values[0].is_zero():
            shift = [x - r for x, r in zip(self.w, limit, strict=True)]
            kept = apply(regime.spectrum.projections[0], shift)
            limit = [r + k for r, k in zip(limit, kept, strict=True)]
        return limit

    def _loss(self, w: Sequence[arb]) -> arb:
        total = arb(0)
        for plane, (normal, members) in enumerate(self.model.planes):
            height = _dot([arb(v) for v in normal], w)
            for i, ratio in members:
                slope = arb(self.model.weight(tuple(self.signs), plane, ratio))
                value = arb(0) if self.signs[plane] == 0 else slope * height * arb(ratio)
                gap = value - arb(self.model.labels[i])
                total = total + gap * gap
        for x, y in zip(self.model.inputs, self.model.labels, strict=True):
            if not any(x):
                total = total + arb(y * y)
        return arb(self.model.factor) * total


def _collected(terms: Sequence[tuple[arb, arb]], offset: arb, start: int) -> ExponentialSum:
    """The sum with its constant part in one term; every rate from the spectrum is distinct."""
    constant, moving = offset, []
    for rate, c in terms:
        if rate.is_zero():
            constant = constant + c
        else:
            moving.append((rate, c))
    whole = [(arb(0), constant), *moving]
    return ExponentialSum(tuple((r, c) for r, c in whole if not c.is_zero()), start)


def _onto_face(normals: Sequence[Point], dimension: int) -> fmpq_mat:
    """The orthogonal projection on the intersection of hyperplanes, exactly."""
    size = range(dimension)
    ones = [fmpq(int(i == j)) for i in size for j in size]
    identity = fmpq_mat(dimension, dimension, ones)
    if not normals:
        return identity
    rows = matrix(normals)
    if rows.rank() < len(normals):
        raise FlowError("The flow sticks to hyperplanes that depend on each other.")
    return identity - rows.transpose() * (rows * rows.transpose()).inv() * rows


def _solution(hessian: tuple[Point, ...], linear: Point) -> Point | None:
    """A solution of hessian w = linear, None if there is none."""
    d = len(linear)
    whole = [[*row, b] for row, b in zip(hessian, linear, strict=True)]
    reduced, rank = matrix(whole).rref()
    out = [fmpq(0)] * d
    for i in range(rank):
        pivot = next(j for j in range(d + 1) if reduced[i, j] != 0)
        if pivot == d:
            return None
        out[pivot] = reduced[i, d]
    return tuple(out)


def _dot(u: Sequence[arb], v: Sequence[arb]) -> arb:
    total = arb(0)
    for a, b in zip(u, v, strict=True):
        total = total + a * b
    return total
