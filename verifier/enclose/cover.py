"""**Covers**: branch and bound over a box, with certified, undecided and refuted fractions.

A box is certified when the relation holds at each of its points, refuted when it fails at each
of them while every hypothesis certainly holds. Where a hypothesis fails nothing counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from heapq import heappop, heappush
from itertools import count, product
from math import nextafter

from flint import arb, fmpq
from sympy import Expr, Rational, Symbol

from verifier.claim import Region
from verifier.enclose import reals
from verifier.enclose.compile import compile_margin
from verifier.enclose.decide import agreement, from_margin
from verifier.enclose.forms import Bounds, Box, truth_on
from verifier.enclose.program import Program
from verifier.errors import UnsupportedError
from verifier.exact.statements import Relation, Statement
from verifier.precision import precision
from verifier.verdict import RegionEvidence, Truth, all_of, unknown

_SAMPLES = 125  # points of the grid on which an equality is looked at
_EQUALITY_PART = 8  # an equality that fails at a point is given this part of the boxes
_DEPTHS = (2, 4, 8, 16, 32)  # a box around such a point has 2^-depth of the region's sides
_FINEST = Fraction(1, 2**60)  # share of the region below which a box is not split
_SPREAD = 16  # ratio of a side's ends from which it is split by magnitude


@dataclass(frozen=True)
class _Margin:
    """lhs - rhs of a relation, compiled; `program` is None when it cannot be enclosed."""

    op: str
    program: Program | None
    moving: tuple[int, ...] = ()
    reason: str = ""

    def on(self, box: Box, edges: Sequence[tuple[int, int]]) -> tuple[Truth, Bounds | None]:
        if self.program is None:
            return unknown(self.reason), None
        return truth_on(self.op, self.program, box, self.moving, edges)

    def at(self, point: Sequence[fmpq]) -> arb:
        if self.program is None:
            return reals.NAN
        value: arb = self.program.run(reals, [arb(x) for x in point])
        return value

    def fails_at(self, point: Sequence[fmpq]) -> bool:
        truth = from_margin(self.op, self.at(point))
        return truth is not None and truth.refuted


@dataclass
class _Tally:
    """Volume by outcome, with the boxes for pictures."""

    share: dict[str, Fraction] = field(
        default_factory=lambda: dict.fromkeys(
            ("certified", "undecided", "refuted", "excluded"), Fraction(0)
        )
    )
    tiles: list[tuple[tuple[tuple[float, float], ...], str]] = field(default_factory=list)
    boxes: int = 0
    reason: str = ""

    def put(self, outcome: str, box: Box, share: Fraction) -> None:
        self.share[outcome] += share
        if len(box) <= 2:
            self.tiles.append((tuple((_float(a), _float(b)) for a, b in box), outcome))

    def fraction(self, outcome: str) -> float:
        """Its part of the counted volume; 1.0 and 0.0 are only ever exact."""
        counted = 1 - self.share["excluded"]
        exact = self.share[outcome] / counted if counted else Fraction(outcome == "undecided")
        shown = float(exact)
        if exact and exact != 1:
            return min(max(shown, nextafter(0.0, 1.0)), nextafter(1.0, 0.0))
        return shown


@dataclass
class _Grid:
    """Sampled points of an equality: all, those with a value, and those where the sides differ."""

    points: int = 0
    seen: int = 0
    worst: arb = field(default_factory=lambda: arb(0))
    refuting: list[tuple[fmpq, ...]] = field(default_factory=list)


def cover(
    relation: Statement,
    hypotheses: Sequence[Statement],
    region: Region,
    *,
    name: str,
    boxes: int = 4000,
    bits: int = 64,
) -> RegionEvidence:
    """Cover `region` with at most `boxes` evaluated boxes, computed with `bits` of mantissa.

    A hypothesis that cannot be enclosed is taken to be unknown: it forbids refutation, and a
    certificate then holds without it. An equality is never certified; it has `agrees_to`. What is
    no relation of scalars is undecided as a whole.
    """
    symbols = _symbols([key for key, _, _ in region.ranges], (relation, *hypotheses))
    ends: Box = tuple((_fmpq(low), _fmpq(high)) for _, low, high in region.ranges)
    whole = _clipped(ends, symbols, hypotheses)
    positive = [s for s, (low, _) in zip(symbols, whole, strict=True) if low >= 0]
    goal = _margin(relation, symbols, positive)
    given = [_margin(hypothesis, symbols, positive) for hypothesis in hypotheses]
    given += [_Margin("", None, reason=f"`{s}` is an integer") for s in symbols if s.is_integer]
    with precision(bits):
        tally, agrees = _covered(goal, given, whole, boxes)
    return RegionEvidence(
        conclusion=name,
        box=tuple((key, str(low), str(high)) for key, low, high in region.ranges),
        certified=tally.fraction("certified"),
        undecided=tally.fraction("undecided"),
        refuted=tally.fraction("refuted"),
        boxes=tally.boxes,
        agrees_to=agrees,
        tiles=tuple(tally.tiles),
        reason=tally.reason,
    )


def _covered(goal: _Margin, given: Sequence[_Margin], whole: Box, boxes: int) -> tuple[_Tally, str]:
    """The tally, and for an equality that holds at the sampled points how far it agrees."""
    if goal.program is not None and goal.op != "==":
        return _branch(goal, given, whole, boxes), ""
    grid = _sample(goal, given, whole) if goal.program is not None else _Grid()
    if grid.refuting:
        tally = _branch(goal, given, whole, boxes // _EQUALITY_PART)
        if not tally.share["refuted"]:
            _refute_near(goal, given, whole, grid.refuting, tally)
        tally.boxes += grid.points
        return tally, ""
    reason = (
        "balls can only agree with an equality" if grid.seen else "no sampled point has a value"
    )
    tally = _Tally(reason=goal.reason or reason, boxes=grid.points)
    tally.put("undecided", whole, Fraction(1))
    return tally, agreement(grid.worst) if grid.seen else ""


def _refute_near(
    goal: _Margin,
    given: Sequence[_Margin],
    whole: Box,
    points: Sequence[Sequence[fmpq]],
    tally: _Tally,
) -> None:
    """Move a small box around one of `points` from undecided to refuted, if one is refuted."""
    for point, depth in product(points, _DEPTHS):
        box = tuple(
            (max(low, x - (high - low) / 2**depth), min(high, x + (high - low) / 2**depth))
            for x, (low, high) in zip(point, whole, strict=True)
        )
        if goal.on(box, ())[0].refuted and all(h.on(box, ())[0].certain for h in given):
            share = Fraction(1)
            for (a, b), (low, high) in zip(box, whole, strict=True):
                share *= _fraction((b - a) / (high - low)) if low < high else 1
            tally.share["refuted"] += share
            tally.share["undecided"] -= share
            return


def _branch(goal: _Margin, given: Sequence[_Margin], whole: Box, limit: int) -> _Tally:
    tally = _Tally()
    order = count()
    pending = [(Fraction(-1), next(order), whole)]
    while pending and tally.boxes < limit:
        share, _, box = heappop(pending)
        share = -share
        tally.boxes += 1
        edges = _edges(box, whole)
        hypotheses = all_of(h.on(box, edges)[0] for h in given)
        if hypotheses.refuted:
            tally.put("excluded", box, share)
            continue
        truth, bounds = goal.on(box, edges)
        if truth.certain:
            tally.put("certified", box, share)
        elif truth.refuted and hypotheses.certain:
            tally.put("refuted", box, share)
        else:
            tally.reason = hypotheses.reason if truth.refuted else truth.reason
            parts = _split(goal, given, box, whole, bounds) if share > _FINEST else None
            if parts is None:
                tally.put("undecided", box, share)
                continue
            for part, weight in parts:
                heappush(pending, (-share * weight, next(order), part))
    for share, _, box in pending:
        tally.put("undecided", box, -share)
    if not tally.share["undecided"]:
        tally.reason = ""
    if tally.share["excluded"] == 1:
        tally.reason = "The hypotheses fail on the whole region."
    return tally


def _edges(box: Box, whole: Box) -> list[tuple[int, int]]:
    """Ends of the box where sides tend to touch: at zero and on the region's boundary."""
    return [
        (k, end)
        for k in range(len(box))
        for end in (0, 1)
        if box[k][0] != box[k][1] and box[k][end] in (0, whole[k][end])
    ]


def _split(
    goal: _Margin, given: Sequence[_Margin], box: Box, whole: Box, bounds: Bounds | None
) -> list[tuple[Box, Fraction]] | None:
    """The box in two, across the side that contributes most; None when no side is left."""
    used = set(goal.moving).union(*(h.moving for h in given))
    sides = [k for k in sorted(used) if box[k][0] < box[k][1]]
    if not sides:
        return None
    widest = max(sides, key=lambda k: _weight(box, whole, k, bounds))
    low, high = box[widest]
    middle = _middle(low, high)
    first, second = list(box), list(box)
    first[widest], second[widest] = (low, middle), (middle, high)
    weight = _fraction((middle - low) / (high - low))
    return [(tuple(first), weight), (tuple(second), 1 - weight)]


def _weight(box: Box, whole: Box, k: int, bounds: Bounds | None) -> float:
    low, high = box[k]
    relative = _float((high - low) / (whole[k][1] - whole[k][0]))
    if low > 0 and high > _SPREAD * low:
        relative = 2.0
    if bounds is None or bounds.gradient is None:
        return relative
    slope = float(bounds.gradient[k].abs_upper())
    return slope * _float(high - low) + 1e-9 * relative


def _middle(low: fmpq, high: fmpq) -> fmpq:
    """The midpoint, or near the geometric mean of positive ends of different magnitude."""
    if low > 0 and high > _SPREAD * low:
        middle = low
        while middle * middle < low * high:
            middle *= 2
        return middle
    return (low + high) / 2


def _sample(goal: _Margin, given: Sequence[_Margin], whole: Box) -> _Grid:
    """Look at an equality on a grid, where no hypothesis fails."""
    free = [k for k in goal.moving if whole[k][0] < whole[k][1]]
    each = max(2, int(_SAMPLES ** (1 / max(1, len(free)))))
    axes = [_axis(*whole[k], each if k in free else 1) for k in range(len(whole))]
    grid = _Grid()
    for point in product(*axes):
        grid.points += 1
        if any(h.fails_at(point) for h in given):
            continue
        gap = goal.at(point)
        if gap.is_finite():
            grid.seen += 1
            grid.worst = grid.worst.max(gap.abs_upper())
            if not gap.contains(0):
                grid.refuting.append(point)
    return grid


def _axis(low: fmpq, high: fmpq, points: int) -> list[fmpq]:
    if points == 1:
        return [(low + high) / 2]
    return [low + (high - low) * fmpq(k, points - 1) for k in range(points)]


def _margin(relation: Statement, symbols: Sequence[Symbol], positive: Sequence[Symbol]) -> _Margin:
    if not isinstance(relation, Relation):
        return _Margin("", None, reason=f"`{relation}` is no relation of scalars")
    try:
        program = compile_margin(relation, symbols, nonnegative=positive)
    except UnsupportedError as fault:
        return _Margin(relation.op, None, reason=str(fault).splitlines()[0])
    free = relation.lhs.free_symbols | relation.rhs.free_symbols
    moving = tuple(k for k, symbol in enumerate(symbols) if symbol in free)
    return _Margin(relation.op, program, moving)


def _clipped(box: Box, symbols: Sequence[Symbol], hypotheses: Sequence[Statement]) -> Box:
    """`box` without the parts that a hypothesis such as `x >= 0` excludes outright."""
    ends = dict(zip(symbols, box, strict=True))
    for h in hypotheses:
        if not isinstance(h, Relation) or h.op in ("==", "!="):
            continue
        below = h.op in ("<", "<=")
        for variable, bound, upper in ((h.lhs, h.rhs, below), (h.rhs, h.lhs, not below)):
            if variable in ends and isinstance(bound, Rational):
                low, high = ends[variable]
                cut = _fmpq(bound)
                if low < cut < high:
                    ends[variable] = (low, cut) if upper else (cut, high)
    return tuple(ends[symbol] for symbol in symbols)


def _symbols(names: Sequence[str], relations: Sequence[Statement]) -> list[Symbol]:
    """The symbols that the names of a region stand for in the relations."""
    found: dict[str, set[Symbol]] = {name: set() for name in names}
    for relation in relations:
        for part in (relation.lhs, relation.rhs) if isinstance(relation, Relation) else ():
            for symbol in part.free_symbols if isinstance(part, Expr) else ():
                if str(symbol) in found:
                    found[str(symbol)].add(symbol)
    for name, symbols in found.items():
        if len(symbols) > 1:
            raise UnsupportedError(
                f"`{name}` names symbols of different kinds: {sorted(symbols, key=repr)}."
            )
    return [next(iter(s), Symbol(name, real=True)) for name, s in found.items()]


def _fmpq(value: Rational) -> fmpq:
    return fmpq(int(value.p), int(value.q))


def _fraction(value: fmpq) -> Fraction:
    return Fraction(int(value.p), int(value.q))


def _float(value: fmpq) -> float:
    return int(value.p) / int(value.q)
