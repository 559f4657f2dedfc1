"""**Cells and faces**: every pattern of signs that the data hyperplanes leave room for, over Q.

Patterns grow hyperplane by hyperplane: a point of the smaller pattern settles one side, and an
exact linear program the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flint import fmpq

from verifier.derive.kernel.linear.simplex import Solution, nonnegative_solution
from verifier.flow.piecewise.neuron import Neuron, Pattern, Point, inner, sign


def cells(model: Neuron) -> Iterator[tuple[Pattern, Point]]:
    """(signs, an interior point) of every full-dimensional cell, each once."""
    return _patterns(model, (1, -1))


def faces(model: Neuron) -> Iterator[tuple[Pattern, Point]]:
    """(signs, a point of it) of every face: the cells, what bounds them, and the origin."""
    return _patterns(model, (1, -1, 0))


def _patterns(model: Neuron, sides: tuple[int, ...]) -> Iterator[tuple[Pattern, Point]]:
    found: list[tuple[Pattern, Point]] = [((), tuple([fmpq(0)] * model.dimension))]
    normals = [normal for normal, _ in model.planes]
    for count, normal in enumerate(normals):
        grown: list[tuple[Pattern, Point]] = []
        for signs, point in found:
            here = sign(inner(normal, point))
            for side in sides:
                pattern = (*signs, side)
                inside = point if here == side else interior(normals[: count + 1], pattern)
                if inside is not None:
                    grown.append((pattern, inside))
        found = grown
    yield from found


def interior(normals: Sequence[Point], signs: Pattern) -> Point | None:
    """A point w with sign <normal_k, w> = signs_k for all k, or None when there is none."""
    d = len(normals[0])
    rows = [[(s or 1) * c for c in n] for n, s in zip(normals, signs, strict=True)]
    # w = u - v with u, v >= 0;  s_k <n_k, w> - slack_k = 1 where s_k is not 0
    columns: list[list[fmpq]] = []
    for j in range(d):
        column = [row[j] for row in rows]
        columns += [column, [-c for c in column]]
    for k, s in enumerate(signs):
        if s:
            columns.append([fmpq(-int(i == k)) for i in range(len(rows))])
    answer = nonnegative_solution(columns, [fmpq(int(bool(s))) for s in signs])
    if not isinstance(answer, Solution):
        return None
    return tuple(answer.x[2 * j] - answer.x[2 * j + 1] for j in range(d))


def meets(
    normals: Sequence[Point], signs: Pattern, rows: Sequence[Point], values: Sequence[fmpq]
) -> Point | None:
    """A point of the open face `signs` with <row, w> = value for all rows, or None.

    w = (u - v)/z with one z > 0 for all, so that the strict signs may be scaled to 1.
    """
    d = len(normals[0])
    table = [[(s or 1) * c for c in n] + [fmpq(0)] for n, s in zip(normals, signs, strict=True)]
    table += [[*row, -value] for row, value in zip(rows, values, strict=True)]
    height = len(table)
    columns: list[list[fmpq]] = []
    for j in range(d):
        column = [row[j] for row in table]
        columns += [column, [-c for c in column]]
    scale = [row[d] for row in table] + [fmpq(1)]
    columns = [[*column, fmpq(0)] for column in columns]
    columns.append(scale)
    for k, s in enumerate(signs):
        if s:
            columns.append([fmpq(-int(i == k)) for i in range(height + 1)])
    columns.append([fmpq(-int(i == height)) for i in range(height + 1)])
    target = [fmpq(int(bool(s))) for s in signs] + [fmpq(0)] * len(rows) + [fmpq(1)]
    answer = nonnegative_solution(columns, target)
    if not isinstance(answer, Solution):
        return None
    z = answer.x[2 * d]
    return tuple((answer.x[2 * j] - answer.x[2 * j + 1]) / z for j in range(d))


def is_nonnegative_combination(generators: Sequence[Point], target: Point) -> bool:
    """Whether target = sum of c_k generator_k with all c_k >= 0, by an exact linear program."""
    if not generators:
        return not any(target)
    turns = [1 if t >= 0 else -1 for t in target]
    columns = [[s * c for s, c in zip(turns, g, strict=True)] for g in generators]
    aim = [s * t for s, t in zip(turns, target, strict=True)]
    return isinstance(nonnegative_solution(columns, aim), Solution)
