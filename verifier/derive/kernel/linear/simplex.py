"""**Exact simplex**: nonnegative solutions of linear systems over Q, or why there are none.

One phase with artificial variables and Bland's rule, which never cycles (Bland 1977, New finite
pivoting rules for the simplex method). Users check both answers: nothing rests on this search.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flint import fmpq

from verifier.errors import UnsupportedError

Column = Sequence[fmpq]
PIVOTS = 4000
ENTRIES = 200_000


@dataclass(frozen=True)
class Solution:
    """x >= 0 with sum_j x_j column_j = target."""

    x: tuple[fmpq, ...]


@dataclass(frozen=True)
class Separation:
    """y with <y, column_j> <= 0 for every j and <y, target> > 0: there is no solution."""

    y: tuple[fmpq, ...]


def nonnegative_solution(columns: Sequence[Column], target: Column) -> Solution | Separation:
    """A nonnegative solution of sum_j x_j column_j = target, where target >= 0, or a separation.

    Raises `UnsupportedError` for a system that is too large.
    """
    height, width = len(target), len(columns)
    if (height + 1) * (width + height + 1) > ENTRIES:
        raise UnsupportedError(f"{width} facts in {height} monomials are too many.")
    rows = [
        [column[i] for column in columns] + [fmpq(int(i == k)) for k in range(height)] + [target[i]]
        for i in range(height)
    ]
    costs = [-sum((row[j] for row in rows), fmpq(0)) for j in range(width + height + 1)]
    costs[width : width + height] = [fmpq(0)] * height
    basis = list(range(width, width + height))
    for _ in range(PIVOTS):
        enter = next((j for j in range(width) if costs[j] < 0), None)
        if enter is None:
            return _answer(rows, costs, basis, width)
        leave = min(
            (i for i in range(height) if rows[i][enter] > 0),
            key=lambda i: (rows[i][-1] / rows[i][enter], basis[i]),
        )
        _pivot(rows, costs, leave, enter)
        basis[leave] = enter
    raise UnsupportedError(f"The simplex method did not end within {PIVOTS} pivots.")


def _pivot(rows: list[list[fmpq]], costs: list[fmpq], leave: int, enter: int) -> None:
    scale = 1 / rows[leave][enter]
    pivot = rows[leave] = [entry * scale for entry in rows[leave]]
    filled = [j for j, entry in enumerate(pivot) if entry != 0]
    for row in (*rows, costs):
        factor = row[enter]
        if row is pivot or factor == 0:
            continue
        for j in filled:
            row[j] -= factor * pivot[j]


def _answer(
    rows: list[list[fmpq]], costs: list[fmpq], basis: list[int], width: int
) -> Solution | Separation:
    """The last entry of `costs` is minus the sum of the artificial variables."""
    if costs[-1] != 0:
        return Separation(tuple(1 - cost for cost in costs[width:-1]))
    x = [fmpq(0)] * width
    for row, j in zip(rows, basis, strict=True):
        if j < width:
            x[j] = row[-1]
    return Solution(tuple(x))
