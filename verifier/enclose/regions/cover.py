"""**Covers**: branch and bound over a box, with certified, undecided and refuted fractions.

A box is certified when the relation holds at each of its points, refuted when it fails at each
of them while every hypothesis certainly holds. Where a hypothesis fails nothing counts. An
unbounded range is measured by its chart, so that every part of it has a share.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product

from flint import arb, fmpq
from sympy import Expr, Rational, Symbol

from verifier.claim import Region
from verifier.enclose.decide import agreement
from verifier.enclose.regions.branching import Tally, Task, branch
from verifier.enclose.regions.charts import Box, Chart, Ends
from verifier.enclose.regions.margins import margin_of, symbols_of, undecidable
from verifier.enclose.regions.touching import fraction_of, touches_of
from verifier.exact.statements import Relation, Statement
from verifier.precision import precision
from verifier.verdict import RegionEvidence

_SAMPLES = 125  # points of the grid on which an equality is looked at
_EQUALITY_PART = 8  # an equality that fails at a point is given this part of the boxes
_DEPTHS = (2, 4, 8, 16, 32)  # a box around such a point has 2^-depth of the region's sides


@dataclass
class _Grid:
    """Sampled points of an equality: all, those with a value, and those where the sides differ.

    `refuting` has points in charts.
    """

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
    symbols = symbols_of([key for key, _, _ in region.ranges], (relation, *hypotheses))
    printed = [(_end(a), _end(b)) for _, a, b in region.ranges]
    ends = _clipped(printed, symbols, hypotheses)
    positive = [
        s for s, (low, _) in zip(symbols, ends, strict=True) if low is not None and low >= 0
    ]
    goal = margin_of(relation, symbols, positive)
    given = [margin_of(hypothesis, symbols, positive) for hypothesis in hypotheses]
    given += [undecidable(f"`{s}` is an integer") for s in symbols if s.is_integer]
    with precision(bits):
        touches = touches_of(region.touches, goal, symbols, positive)
        if any(None in pair for pair in ends):
            whole = fraction_of(goal, {symbols.index(symbol) for symbol in positive})
            touches = (*touches, whole)
        charts = tuple(Chart(*pair) for pair in ends)
        tally, agrees = _covered(Task(goal, tuple(given), touches, charts), boxes)
    faults = [touch.fault for touch in touches if touch.fault and tally.share["undecided"]]
    return RegionEvidence(
        conclusion=name,
        box=tuple((key, str(low), str(high)) for key, low, high in region.ranges),
        certified=tally.fraction("certified"),
        undecided=tally.fraction("undecided"),
        refuted=tally.fraction("refuted"),
        boxes=tally.boxes,
        agrees_to=agrees,
        tiles=tuple(_drawn(tile, charts, printed) for tile in tally.tiles),
        reason=". ".join(part for part in (tally.reason, *faults) if part),
        counterexample=tuple(
            (key, str(x))
            for (key, _, _), x in zip(region.ranges, tally.counterexample, strict=False)
        ),
    )


def _drawn(
    tile: tuple[Box, str], charts: Sequence[Chart], printed: Sequence[Ends]
) -> tuple[tuple[tuple[float, float], ...], str]:
    """A tile in the charts of the region as it is printed, hypotheses not put in."""
    box, outcome = tile
    moved = (
        chart.within(Chart(*ends), side)
        for chart, ends, side in zip(charts, printed, box, strict=True)
    )
    return tuple(moved), outcome


def _covered(task: Task, boxes: int) -> tuple[Tally, str]:
    """The tally, and for an equality that holds at the sampled points how far it agrees."""
    goal = task.goal
    if goal.program is not None and goal.op != "==":
        return branch(task, boxes), ""
    grid = _sample(task) if goal.program is not None else _Grid()
    if grid.refuting:
        limit = boxes // _EQUALITY_PART
        tally = branch(task, limit, vain=limit // _EQUALITY_PART)
        if not tally.share["refuted"]:
            _refute_near(task, grid.refuting, tally)
        tally.boxes += grid.points
        return tally, ""
    reason = (
        "balls can only agree with an equality" if grid.seen else "no sampled point has a value"
    )
    tally = Tally(reason=goal.reason or reason, boxes=grid.points)
    tally.put("undecided", task.whole, Fraction(1))
    return tally, agreement(grid.worst) if grid.seen else ""


def _refute_near(task: Task, points: Sequence[Sequence[fmpq]], tally: Tally) -> None:
    """Move a small box around one of `points` from undecided to refuted, if one is refuted."""
    for point, depth in product(points, _DEPTHS):
        box = tuple(
            (max(low, x - (high - low) / 2**depth), min(high, x + (high - low) / 2**depth))
            for x, (low, high) in zip(point, task.whole, strict=True)
        )
        x = task.place(box)
        if task.goal.on(x, ())[0].refuted and all(h.on(x, ())[0].certain for h in task.given):
            share = Fraction(1)
            for (a, b), (low, high) in zip(box, task.whole, strict=True):
                part = (b - a) / (high - low) if low < high else fmpq(1)
                share *= Fraction(int(part.p), int(part.q))
            tally.share["refuted"] += share
            tally.share["undecided"] -= share
            tally.refute(x)
            return


def _sample(task: Task) -> _Grid:
    """Look at an equality on a grid, where no hypothesis fails."""
    whole = task.whole
    free = [k for k in task.goal.moving if whole[k][0] < whole[k][1]]
    each = max(2, int(_SAMPLES ** (1 / max(1, len(free)))))
    axes = [_axis(*whole[k], each if k in free else 1) for k in range(len(whole))]
    grid = _Grid()
    for spot in product(*axes):
        grid.points += 1
        values = [chart.value(t) for chart, t in zip(task.charts, spot, strict=True)]
        point = [x for x in values if x is not None]
        if len(point) < len(values) or any(h.fails_at(point) for h in task.given):
            continue
        gap = task.goal.at(point)
        if gap.is_finite():
            grid.seen += 1
            grid.worst = grid.worst.max(gap.abs_upper())
            if not gap.contains(0):
                grid.refuting.append(spot)
    return grid


def _axis(low: fmpq, high: fmpq, points: int) -> list[fmpq]:
    if points == 1:
        return [(low + high) / 2]
    return [low + (high - low) * fmpq(k, points - 1) for k in range(points)]


def _clipped(
    box: Sequence[Ends], symbols: Sequence[Symbol], hypotheses: Sequence[Statement]
) -> list[Ends]:
    """`box` without the parts that a hypothesis such as `x >= 0` excludes outright."""
    ends = dict(zip(symbols, box, strict=True))
    for h in hypotheses:
        if not isinstance(h, Relation) or h.op in ("==", "!="):
            continue
        below = h.op in ("<", "<=")
        for variable, bound, upper in ((h.lhs, h.rhs, below), (h.rhs, h.lhs, not below)):
            if variable in ends and isinstance(bound, Rational):
                low, high = ends[variable]
                cut = fmpq(int(bound.p), int(bound.q))
                if (low is None or low < cut) and (high is None or cut < high):
                    ends[variable] = (low, cut) if upper else (cut, high)
    return [ends[symbol] for symbol in symbols]


def _end(value: Expr) -> fmpq | None:
    """A rational end; None when it is infinite."""
    return fmpq(int(value.p), int(value.q)) if value.is_Rational else None
