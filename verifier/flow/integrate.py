"""**Validated integration**: an enclosure of the solution of y' = f(y) from a start, over time.

Steps are as long as the Taylor coefficients allow at the precision that is set, and shorter where
one could not be validated. Work is counted in steps, never in seconds.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from typing import Any

from flint import arb, arb_poly, fmpq
from sympy import Expr, Rational

from verifier.errors import VerifierError
from verifier.exact.statements import Relation
from verifier.flow.field import Field
from verifier.flow.levels import Levels, levels, narrowed
from verifier.flow.lohner import BITS, Carried, Spread, identity, narrowest, transition
from verifier.flow.refusal import Reason, Stop, invalid, spent, undefined
from verifier.flow.step import Piece, defect, natural_length, step, taylor
from verifier.precision import precision

HALVINGS = 12  # times that one step is halved before the flow is given up
SLACK = 6  # a step may lose this share of the bits without being halved
VAGUE = 16  # an enclosure as many times wider than the solution was ever large is given up
SPARE = 32  # bits beyond those that are known, to which a step is taken
FEWEST = 24
LOG_TWO = 0.6931471805599453
LOOSE = fmpq(1, 32)  # a step whose derivative is known less well is tried shorter
SHORTEST = fmpq(1, 2**40)


class FlowError(VerifierError):
    """A flow that could not be enclosed: the message names where and why, `reason` the kind."""

    def __init__(self, message: str, reason: Reason = Reason.OTHER) -> None:
        super().__init__(message)
        self.reason = reason


@dataclass(frozen=True)
class Trajectory:
    """The enclosed solution from `start` on [0, end], as validated pieces in order of time.

    Where a piece has carried sets, the solution is in them as well.
    """

    field: Field
    start: tuple[arb, ...]
    pieces: tuple[Piece, ...]
    carried: tuple[Carried | None, ...]
    bits: int

    @property
    def end(self) -> fmpq:
        return self.pieces[-1].end

    @cached_property
    def starts(self) -> tuple[fmpq, ...]:
        return tuple(piece.start for piece in self.pieces)

    def at(self, time: Any) -> list[arb]:
        """Enclosures of the components at an exact time in [0, end]."""
        moment = fmpq(time) if not isinstance(time, fmpq) else time
        if not 0 <= moment <= self.end:
            raise FlowError(f"The time {moment} is outside [0, {self.end}].")
        with precision(self.bits):
            return self.over(moment, moment)

    def over(self, low: fmpq, high: fmpq) -> list[arb]:
        """Enclosures over the times [low, high], at the precision that is set."""
        first = bisect_right(self.starts, low) - 1
        last = max(first, bisect_left(self.starts, high) - 1)
        states = [
            self.around(k, max(low, self.pieces[k].start), min(high, self.pieces[k].end))
            for k in range(first, last + 1)
        ]
        return [reduce(arb.union, sides) for sides in zip(*states, strict=True)]

    def around(self, index: int, low: fmpq, high: fmpq) -> list[arb]:
        """Enclosures over the times [low, high] of piece `index`, at the precision that is set."""
        if high == 0:
            return list(self.start)
        piece, carried = self.pieces[index], self.carried[index]
        begin, finish = low - piece.start, high - piece.start
        time = arb(begin) if begin == finish else arb(begin).union(arb(finish))
        balls = piece.last() if low == piece.end else piece.around(time)
        if carried is None:
            return balls
        return _both(balls, piece.polynomials, time, carried.around(time))

    def last(self) -> list[arb]:
        """Enclosures of the components at the end."""
        return self.at(self.end)


def integrate(
    field: Field,
    start: Sequence[Any],
    until: Any,
    *,
    conserved: Sequence[Expr] = (),
    where: Sequence[Relation] = (),
    bits: int = 128,
    order: int | None = None,
    steps: int = 2000,
) -> Trajectory:
    """Enclose the solution through `start` (rationals or balls) on [0, until].

    `conserved` are quantities that the flow keeps where the strict relations `where` hold; they
    narrow the enclosure as long as it shows these. Raises `UnsupportedError` for one that is not
    shown to be conserved, and `FlowError`, with its reason, where the flow could not be followed
    so long or `steps` are spent.
    """
    kept = levels(field, conserved, where) if conserved else None
    path = Path(field, start, kept=kept, bits=bits, order=order, steps=steps)
    path.reach(fmpq(until))
    return path.trajectory


class Path:
    """A trajectory in the making: `reach` goes on from where it ended."""

    def __init__(
        self,
        field: Field,
        start: Sequence[Any],
        *,
        kept: Levels | None = None,
        bits: int = 128,
        order: int | None = None,
        steps: int = 2000,
    ) -> None:
        if len(start) != field.size:
            raise FlowError(f"The flow has {field.size} components, its start {len(start)}.")
        if steps < 1:
            raise FlowError(f"`steps` is {steps}; a flow takes one at least.")
        self.field, self.bits, self.steps = field, bits, steps
        self.order = order
        self.now, self.halvings = fmpq(0), 0
        self.pieces: list[Piece] = []
        self.carried: list[Carried | None] = []
        with precision(bits):
            balls = [_ball(x) for x in start]
            self.start = tuple(balls)
            self.middle = [x.mid() for x in balls]
            self.error = _radius(balls)
            self.largest = self.error
            wide = self.error > arb(2) ** (-bits // 2)
            box = Spread.of([x - m for x, m in zip(balls, self.middle, strict=True)])
            sets = wide or kept is not None or not field.symmetric
            self.spreads: tuple[Spread, ...] = (box,) if sets else ()
            self.linear = identity(field.size)
            self.kept = kept
            self.values = kept.values(balls) if kept is not None else []

    @property
    def trajectory(self) -> Trajectory:
        return Trajectory(
            self.field, self.start, tuple(self.pieces), tuple(self.carried), self.bits
        )

    def here(self) -> list[arb]:
        """Enclosures of the components at the time that was reached."""
        with precision(self.bits):
            balls = [x + arb(0, self.error) for x in self.middle]
            if not self.spreads:
                return balls
            return [
                x.intersection(m + d)
                for x, m, d in zip(balls, self.middle, self._deviations(), strict=True)
            ]

    def influences(self) -> list[arb]:
        """What each component of the start adds to the size of the set, to first order."""
        with precision(BITS):
            n = self.field.size
            return [
                _size([self.linear[i, j] * ball.rad() for i in range(n)])
                for j, ball in enumerate(self.start)
            ]

    def reach(self, until: fmpq) -> None:
        """Go on to the time `until`; what was enclosed before an error stays."""
        while self.now < until:
            self.advance(until)

    def advance(self, until: fmpq) -> None:
        """Go on by one step that does not pass the time `until`."""
        with precision(self.bits):
            if len(self.pieces) == self.steps:
                raise self._refusal(spent, until)
            piece, carried = self._step(until)
            self.pieces.append(piece)
            self.carried.append(carried)
            self.now = piece.end
            self._go_on(piece, carried)

    def _go_on(self, piece: Piece, carried: Carried | None) -> None:
        ends = [p(arb(piece.length)) for p in piece.polynomials]
        self.middle = [x.mid() for x in ends]
        self.error = (piece.error + _radius(ends)).upper()
        if self.spreads:
            self.spreads = self._narrowed(piece, carried, self._carried(piece, carried, ends))
            self.error = self.error.min(_size(self._deviations()))

    def _carried(
        self, piece: Piece, carried: Carried | None, ends: Sequence[arb]
    ) -> tuple[Spread, ...]:
        """The sets of deviations at the end; that of the ball where no set was carried."""
        still = self.field.still
        if carried is None:
            ball = arb(0, self.error)
            sides = zip(self._deviations(), still, strict=True)
            return (Spread.of([d if s else ball for d, s in sides]),)
        change = carried.transition
        shift = [
            end - middle + arb(0, 0 if s else change.drift)
            for end, middle, s in zip(ends, self.middle, still, strict=True)
        ]
        with precision(BITS):
            matrix = change.at(arb(piece.length))
            self.linear = (matrix * self.linear).mid()
            return tuple(spread.moved(matrix, shift, still) for spread in carried.spreads)

    def _narrowed(
        self, piece: Piece, carried: Carried | None, spreads: tuple[Spread, ...]
    ) -> tuple[Spread, ...]:
        """The sets, the last of them cut by what is conserved."""
        if self.kept is None:
            return spreads
        if not self.kept.hold_on(_during(piece, carried)):
            self.kept = None
            return spreads
        still = self.field.still
        cut = narrowed(spreads[-1], self.kept, self.values, middle=self.middle, still=still)
        return (spreads[0], cut)

    def _deviations(self) -> list[arb]:
        with precision(BITS):
            boxes = [spread.box() for spread in self.spreads]
            return [narrowest(sides) for sides in zip(*boxes, strict=True)]

    def _step(self, until: fmpq) -> tuple[Piece, Carried | None]:
        self.largest = reduce(arb.max, [x.abs_upper() for x in self.middle], self.largest)
        if self.error > VAGUE * (1 + self.largest):
            raise self._refusal(invalid, until)
        useful = self._useful()
        rows = taylor(self.field, self.middle, self.order or max(8, useful // 2))
        if not all(c.is_finite() for row in rows for c in row):
            raise self._refusal(undefined, until)
        first = max(0, self.halvings - 1)  # the next step is as hard as the last one
        length = min(natural_length(rows, useful) / 2**first, until - self.now)
        size = arb(_largest(rows, length))
        sharp = size * arb(2) ** (self.bits // SLACK - self.bits) + self.error / 2
        for tries in range(HALVINGS):
            patient = tries < HALVINGS // 2
            gained = sharp if patient else arb.pos_inf()
            found = self._along(rows, length, gained, patient=patient)
            if found is not None:
                self.halvings = first + tries
                return found
            length = length / 2
            if length < SHORTEST:
                break
        raise self._refusal(invalid, until)

    def _useful(self) -> int:
        """The bits to which a step is worth its work: `SPARE` beyond those that are known."""
        size = reduce(arb.max, [x.abs_upper() for x in self.middle])
        if not (self.error > 0 and size > 0):
            return self.bits
        known = float((size / self.error).log()) / LOG_TWO
        return max(FEWEST, min(self.bits, int(known) + SPARE))

    def _refusal(self, describe: Callable[[Stop], tuple[Reason, str]], until: fmpq) -> FlowError:
        at = (self.now, until, self.middle, self.error)
        reason, message = describe(Stop(self.field, self.bits, self.start, self.pieces, *at))
        return FlowError(message, reason)

    def _along(
        self, rows: Sequence[Sequence[arb]], length: fmpq, gained: arb, *, patient: bool
    ) -> tuple[Piece, Carried | None] | None:
        """The piece along the Taylor coefficients `rows`, whose midpoints are taken as exact.

        None where the step is better tried shorter; if not `patient`, the ball alone is enough.
        """
        polynomials = tuple(arb_poly([c.mid() for c in row]) for row in rows)
        delta = defect(self.field, polynomials, length)
        if not (delta.is_finite() and delta * arb(length) <= gained):
            return None
        piece = step(self.field, self.now, length, polynomials, self.error, delta=delta)
        if not self.spreads:
            return None if piece is None else (piece, None)
        box = self._deviations()
        most = arb.pos_inf() if piece is None else reduce(arb.max, piece.errors)
        change = transition(self.field, polynomials, length, delta=delta, box=box, reach=most)
        if change is None or (patient and change.vagueness(box, length) > LOOSE):
            return None if patient or piece is None else (piece, None)
        carried = Carried(change, self.spreads)
        if piece is None:
            piece = _held(self.now, length, polynomials, carried)
        return piece, carried


def _during(piece: Piece, carried: Carried | None) -> list[arb]:
    """Enclosures of the components over the whole piece."""
    time = arb(0).union(arb(piece.length))
    balls = piece.around(time)
    if carried is None:
        return balls
    return _both(balls, piece.polynomials, time, carried.around(time))


def _held(now: fmpq, length: fmpq, polynomials: tuple[arb_poly, ...], carried: Carried) -> Piece:
    """A piece whose errors are the sizes of the carried sets."""
    most = _size(carried.around(arb(0).union(arb(length))))
    return Piece(now, length, polynomials, (most,), _size(carried.around(arb(length))))


def _both(
    balls: Sequence[arb], polynomials: Sequence[arb_poly], time: arb, deviations: Sequence[arb]
) -> list[arb]:
    return [
        ball.intersection(p(time) + d)
        for ball, p, d in zip(balls, polynomials, deviations, strict=True)
    ]


def _size(deviations: Sequence[arb]) -> arb:
    """A bound of the Euclidean norm."""
    total = arb(0)
    for d in deviations:
        total = total + d.abs_upper() ** 2
    return total.sqrt().upper()


def _largest(rows: Sequence[Sequence[arb]], length: fmpq) -> float:
    """The size of the solution along a step, by that of its terms."""
    sizes = (abs(c) * arb(length) ** k for row in rows for k, c in enumerate(row))
    return max(float(size.abs_upper()) for size in sizes)


def _ball(value: Any) -> arb:
    if isinstance(value, Rational):
        return arb(fmpq(int(value.p), int(value.q)))
    return arb(value)


def _radius(balls: Sequence[arb]) -> arb:
    total = arb(0)
    for ball in balls:
        total = total + ball.rad() * ball.rad()
    return total.sqrt().upper()
