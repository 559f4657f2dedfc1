"""**Matrix equations**: an instance changed in one matrix or vector so that hypotheses hold.

Equations that are affine in one symbol, such as A u = c u in A or A B = B A in B, are solved for
its entries over the rationals, with random values of what stays free.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from verifier.errors import CounterexampleError, DomainError, UnsupportedError
from verifier.exact.matrices import Matrix
from verifier.exact.substitution import names_in
from verifier.falsify.instances.instance import Rows, Value
from verifier.falsify.instances.rational import Irrational

Values = dict[str, Value]
Evaluate = Callable[[Matrix, Values], Sequence[Sequence[Fraction]]]
LARGEST = 16  # entries of an unknown


@dataclass(frozen=True)
class Equation:
    """left = right between matrices."""

    left: Matrix
    right: Matrix

    def gap(self, values: Values, evaluate: Evaluate) -> list[Fraction]:
        pairs = zip(evaluate(self.left, values), evaluate(self.right, values), strict=True)
        return [a - b for rows in pairs for a, b in zip(*rows, strict=True)]


def solved(
    equations: Sequence[Equation],
    values: Values,
    evaluate: Evaluate,
    *,
    symmetric: frozenset[str],
    rng: random.Random,
) -> Values:
    """`values`, with one symbol changed if that makes every equation hold, as they are if not."""
    try:
        if not _open(equations, values, evaluate):
            return values
        names = {name for e in equations for side in (e.left, e.right) for name in names_in(side)}
        for name in sorted(names, key=lambda n: (isinstance(values.get(n), tuple), n)):
            changed = _solved_for(name, equations, values, evaluate, symmetric, rng)
            if changed is not None and not _open(equations, changed, evaluate):
                return changed
    except (Irrational, DomainError, CounterexampleError, UnsupportedError):
        return values
    return values


def _open(equations: Sequence[Equation], values: Values, evaluate: Evaluate) -> bool:
    return any(any(e.gap(values, evaluate)) for e in equations)


def _solved_for(
    name: str,
    equations: Sequence[Equation],
    values: Values,
    evaluate: Evaluate,
    symmetric: frozenset[str],
    rng: random.Random,
) -> Values | None:
    """The entries of one symbol from the values of the equations at 0 and at each unit."""
    old = values.get(name)
    if not isinstance(old, (tuple, Rows)):
        return None
    m, n = old.shape if isinstance(old, Rows) else (len(old), 1)
    if m * n > LARGEST:
        return None

    def at(entries: Sequence[Fraction]) -> Values:
        rows = tuple(tuple(entries[i * n : (i + 1) * n]) for i in range(m))
        return {**values, name: Rows(rows) if isinstance(old, Rows) else tuple(entries)}

    def gaps(entries: Sequence[Fraction]) -> list[Fraction]:
        return [gap for e in equations for gap in e.gap(at(entries), evaluate)]

    units = [[Fraction(int(k == j)) for j in range(m * n)] for k in range(m * n)]
    start = gaps([Fraction(0)] * (m * n))
    columns = [[a - b for a, b in zip(gaps(unit), start, strict=True)] for unit in units]
    rows = [[*row, -b] for *row, b in zip(*columns, start, strict=True)]
    if name in symmetric:
        for i, j in combinations(range(m), 2):
            mirror = [a - b for a, b in zip(units[i * n + j], units[j * n + i], strict=True)]
            rows.append([*mirror, Fraction(0)])
    found = affine_solution(rows, rng)
    return None if found is None else at(found)


def affine_solution(rows: list[list[Fraction]], rng: random.Random) -> list[Fraction] | None:
    """A random solution x of row[:-1] . x = row[-1] for all rows, or None if there is none."""
    width = len(rows[0]) - 1
    pivots: list[int] = []
    for column in range(width):
        place = next((r for r in range(len(pivots), len(rows)) if rows[r][column] != 0), None)
        if place is None:
            continue
        top = len(pivots)
        rows[top], rows[place] = rows[place], rows[top]
        lead = rows[top][column]
        rows[top] = [x / lead for x in rows[top]]
        for r, row in enumerate(rows):
            if r != top and row[column] != 0:
                factor = row[column]
                rows[r] = [x - factor * y for x, y in zip(row, rows[top], strict=True)]
        pivots.append(column)
    if any(row[-1] != 0 for row in rows[len(pivots) :]):
        return None
    out = [Fraction(rng.randint(-2, 2)) for _ in range(width)]
    free = [c for c in range(width) if c not in pivots]
    for row, pivot in zip(rows, pivots, strict=False):
        out[pivot] = row[-1] - sum((row[c] * out[c] for c in free), Fraction(0))
    return out
