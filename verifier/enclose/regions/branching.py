"""**Branch and bound**: one conclusion on one region, box by box, with the volume by outcome.

Before a box is split, constraint propagation takes away the parts that a single relation decides:
where a hypothesis fails, where the conclusion cannot fail, and where it cannot hold.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from heapq import heappop, heappush
from itertools import count
from math import nextafter

from flint import arb, fmpq

from verifier.enclose.regions.charts import Box, Chart, Place, place, simplest
from verifier.enclose.regions.contract import NEGATED, contract
from verifier.enclose.regions.forms import Bounds
from verifier.enclose.regions.margins import Margin
from verifier.enclose.regions.touching import Touch
from verifier.enclose.rings import ranges
from verifier.verdict import TRUE, Truth, all_of

_FINEST = Fraction(1, 2**60)  # share of the region below which a box is not split
_SPREAD = 16  # ratio of a side's ends from which it is split by magnitude
_NOTCHES = 64  # a contraction is rounded outward to this part of a side
_WORTH = 6  # notches that a contraction must take away
_THOROUGH = 32  # one of so many boxes, the whole region first, is looked at for its curvature
_PATIENCE = 12  # contractions in vain, after which only each one of so many is tried


@dataclass(frozen=True)
class Task:
    """A conclusion, its hypotheses and the sets where its sides touch, on one region."""

    goal: Margin
    given: tuple[Margin, ...]
    touches: tuple[Touch, ...]
    charts: tuple[Chart, ...]

    @property
    def whole(self) -> Box:
        return tuple(chart.sides for chart in self.charts)

    def place(self, box: Box) -> Place:
        return place(self.charts, box)

    def conclusion(
        self, box: Place, edges: Sequence[tuple[int, int]], *, thorough: bool
    ) -> tuple[Truth, Bounds | None]:
        truth, bounds = self.goal.on(box, edges, thorough=thorough)
        if truth.unknown and any(t.certifies(self.goal.op, box) for t in self.touches):
            return TRUE, bounds
        return truth, bounds

    def edges(self, box: Place) -> list[tuple[int, int]]:
        """Ends of the box where sides tend to touch: at zero and on the region's boundary."""
        return [
            (k, end)
            for k, chart in enumerate(self.charts)
            for end, bound in ((0, chart.low), (1, chart.high))
            if box[k][0] != box[k][1] and (x := box[k][end]) is not None and x in (0, bound)
        ]


@dataclass
class Tally:
    """Volume by outcome, with the boxes for pictures and a point of the first refuted box.

    `tiles` are boxes in charts, of one or two variables.
    """

    share: dict[str, Fraction] = field(
        default_factory=lambda: dict.fromkeys(
            ("certified", "undecided", "refuted", "excluded"), Fraction(0)
        )
    )
    tiles: list[tuple[Box, str]] = field(default_factory=list)
    boxes: int = 0
    reason: str = ""
    counterexample: tuple[fmpq, ...] = ()

    def put(self, outcome: str, box: Box, share: Fraction) -> None:
        self.share[outcome] += share
        if len(box) <= 2:
            self.tiles.append((box, outcome))

    def refute(self, box: Place) -> None:
        if not self.counterexample:
            self.counterexample = tuple(simplest(*ends) for ends in box)

    def fraction(self, outcome: str) -> float:
        """Its part of the counted volume; 1.0 and 0.0 are only ever exact."""
        counted = 1 - self.share["excluded"]
        exact = self.share[outcome] / counted if counted else Fraction(outcome == "undecided")
        shown = float(exact)
        if exact and exact != 1:
            return min(max(shown, nextafter(0.0, 1.0)), nextafter(1.0, 0.0))
        return shown


@dataclass
class _Trimmer:
    """Takes off a box what a relation decides; rarely, once that has been in vain for long."""

    task: Task
    tally: Tally
    vain: dict[int, int] = field(default_factory=dict)

    def trim(self, box: Box, share: Fraction, hypotheses: Truth) -> tuple[Box, Fraction] | None:
        """What is left of the box and its share; None when nothing is."""
        left: tuple[Box, Fraction] | None = (box, share)
        goal = self.task.goal
        questions = [("excluded", margin, margin.op) for margin in self.task.given]
        questions.append(("certified", goal, NEGATED.get(goal.op, "")))
        if hypotheses.certain:
            questions.append(("refuted", goal, goal.op))
        for k, (kind, margin, op) in enumerate(questions):
            failures = self.vain.get(k, 0)
            if left is None or (failures >= _PATIENCE and failures % _PATIENCE):
                self.vain[k] = failures + 1
                continue
            before = left
            left = self._cut(margin, op, kind, *left)
            self.vain[k] = 0 if left != before else failures + 1
        return left

    def _cut(
        self, margin: Margin, op: str, kind: str, box: Box, share: Fraction
    ) -> tuple[Box, Fraction] | None:
        program = margin.sharper or margin.program
        if program is None:
            return box, share
        x = self.task.place(box)
        found = contract(program, op, [ranges.between(*ends) for ends in x])
        if found is None:
            self._put(kind, box, share)
            return None
        for k in margin.moving:
            for cut, upper in _notches(self.task.charts[k], box[k], found[k].low, found[k].high):
                low, high = box[k]
                gone, kept = ((cut, high), (low, cut)) if upper else ((low, cut), (cut, high))
                part = share * _fraction((gone[1] - gone[0]) / (high - low))
                self._put(kind, (*box[:k], gone, *box[k + 1 :]), part)
                box, share = (*box[:k], kept, *box[k + 1 :]), share - part
        return box, share

    def _put(self, kind: str, box: Box, share: Fraction) -> None:
        self.tally.put(kind, box, share)
        if kind == "refuted":
            self.tally.refute(self.task.place(box))


def _notches(chart: Chart, ends: tuple[fmpq, fmpq], low: arb, high: arb) -> list[tuple[fmpq, bool]]:
    """Where to cut a side so that low <= x <= high stays; (place, whether the part above goes).

    A notch more than that is kept at either end: what is left always has a volume, so that not
    even a point is lost.
    """
    first, last = ends
    step = (last - first) / _NOTCHES
    if not step > 0:
        return []
    found = []
    if high.is_finite():
        taken = int(((last - chart.coordinate(high.fmpq())) / step).floor()) - 1
        if taken >= _WORTH:
            found.append((last - taken * step, True))
    if low.is_finite():
        taken = int(((chart.coordinate(low.fmpq()) - first) / step).floor()) - 1
        if taken >= _WORTH:
            found.append((first + taken * step, False))
    return found


def branch(task: Task, limit: int, *, vain: int | None = None) -> Tally:
    """Decide at most `limit` boxes, the largest first; `vain` many when nothing is refuted."""
    tally = Tally()
    trimmer = _Trimmer(task, tally)
    order = count()
    pending = [(Fraction(-1), next(order), task.whole)]
    while pending and tally.boxes < limit:
        if vain is not None and tally.boxes >= vain and not tally.share["refuted"]:
            break
        share, _, box = heappop(pending)
        share = -share
        tally.boxes += 1
        x = task.place(box)
        edges = task.edges(x)
        hypotheses = all_of(h.on(x, edges)[0] for h in task.given)
        if hypotheses.refuted:
            tally.put("excluded", box, share)
            continue
        thorough = tally.boxes % _THOROUGH == 1
        truth, bounds = task.conclusion(x, edges, thorough=thorough)
        if truth.certain:
            tally.put("certified", box, share)
        elif truth.refuted and hypotheses.certain:
            tally.put("refuted", box, share)
            tally.refute(x)
        else:
            tally.reason = hypotheses.reason if truth.refuted else truth.reason
            for part, weight in _smaller(task, trimmer, box, share, hypotheses, bounds):
                heappush(pending, (-weight, next(order), part))
    for share, _, box in pending:
        tally.put("undecided", box, -share)
    if not tally.share["undecided"]:
        tally.reason = ""
    if tally.share["excluded"] == 1:
        tally.reason = "The hypotheses fail on the whole region."
    return tally


def _smaller(
    task: Task,
    trimmer: _Trimmer,
    box: Box,
    share: Fraction,
    hypotheses: Truth,
    bounds: Bounds | None,
) -> list[tuple[Box, Fraction]]:
    """What is left to decide of an undecided box, in two; nothing when it is left undecided."""
    left = trimmer.trim(box, share, hypotheses)
    if left is None:
        return []
    box, share = left
    parts = _split(task, box, bounds) if share > _FINEST else None
    if parts is None:
        trimmer.tally.put("undecided", box, share)
        return []
    return [(part, share * weight) for part, weight in parts]


def _split(task: Task, box: Box, bounds: Bounds | None) -> list[tuple[Box, Fraction]] | None:
    """The box in two, across the side that contributes most; None when no side is left."""
    used = set(task.goal.moving).union(*(h.moving for h in task.given))
    sides = [k for k in sorted(used) if box[k][0] < box[k][1]]
    if not sides:
        return None
    widest = max(sides, key=lambda k: _weight(task, box, k, bounds))
    low, high = box[widest]
    middle = _middle(task.charts[widest], low, high)
    weight = _fraction((middle - low) / (high - low))
    return [
        ((*box[:widest], (low, middle), *box[widest + 1 :]), weight),
        ((*box[:widest], (middle, high), *box[widest + 1 :]), 1 - weight),
    ]


def _weight(task: Task, box: Box, k: int, bounds: Bounds | None) -> float:
    low, high = box[k]
    first, last = task.charts[k].sides
    relative = _float((high - low) / (last - first))
    if _is_spread(task.charts[k], low, high):
        relative = 2.0
    if bounds is None or bounds.gradient is None:
        return relative
    slope = float(bounds.gradient[k].abs_upper())
    return slope * _float(high - low) + 1e-9 * relative


def _is_spread(chart: Chart, low: fmpq, high: fmpq) -> bool:
    return chart.bounded and low > 0 and high > _SPREAD * low


def _middle(chart: Chart, low: fmpq, high: fmpq) -> fmpq:
    """The midpoint, or near the geometric mean of positive ends of different magnitude."""
    if _is_spread(chart, low, high):
        middle = low
        while middle * middle < low * high:
            middle *= 2
        return middle
    return (low + high) / 2


def _fraction(value: fmpq) -> Fraction:
    return Fraction(int(value.p), int(value.q))


def _float(value: fmpq) -> float:
    return int(value.p) / int(value.q)
