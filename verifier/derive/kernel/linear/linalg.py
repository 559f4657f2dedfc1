"""**Exact linear algebra** over the field of a tower, and over Q.

Elimination is fraction-free (Bareiss 1968) on polynomials in which every generator is free: what
vanishes there vanishes in the tower, and a determinant is brought to normal form at the end.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flint import fmpq, fmpq_mat, nmod_mat

from verifier.derive.kernel.field.element import Element, Poly
from verifier.derive.kernel.field.tower import Tower
from verifier.errors import UnsupportedError

Rows = Sequence[Sequence[Element]]
Vector = tuple[fmpq, ...]
Choice = tuple[tuple[int, ...], tuple[int, ...]]
SHUFFLES = 6
DEGREE = 1000
PRODUCTS = 2_000_000  # terms of the largest product in an elimination, before they are collected
PRIME = 2**61 - 1
CLEARINGS = 4


def determinant(rows: Rows) -> Element:
    """The determinant of a square matrix of elements, in normal form."""
    tower = rows[0][0].tower
    polys, below = _cleared(tower, rows)
    rank, sign, last = _eliminate(tower, polys)
    if rank < len(rows):
        return tower.zero
    return tower.reduced(last * sign, below)


def free_rank(rows: Rows) -> int:
    """The rank with every generator free: no minor of a larger size is a nonzero element."""
    tower = rows[0][0].tower
    return _eliminate(tower, _cleared(tower, rows)[0])[0]


def block(rows: Rows, choice: Choice) -> list[list[Element]]:
    """The submatrix of the chosen rows and columns."""
    return [[rows[i][j] for j in choice[1]] for i in choice[0]]


def choices(rows: Rows, size: int, *, most: int) -> Iterator[Choice]:
    """At most `most` places of minors, those first that are not zero at some point."""
    seen: set[Choice] = set()
    rng = random.Random(size)
    count_rows, count_columns = range(len(rows)), range(len(rows[0]))
    likely = (_likely(rows, size, rng, trial) for trial in range(SHUFFLES))
    every = itertools.product(
        itertools.combinations(count_rows, size), itertools.combinations(count_columns, size)
    )
    found = itertools.chain((c for c in likely if c is not None), every)
    for choice in found:
        if len(seen) == most:
            return
        if choice not in seen:
            seen.add(choice)
            yield choice


def bordered(choice: Choice, shape: tuple[int, int]) -> Iterator[Choice]:
    """The choices that have one more row and one more column."""
    for i in range(shape[0]):
        for j in range(shape[1]):
            if i not in choice[0] and j not in choice[1]:
                yield tuple(sorted((*choice[0], i))), tuple(sorted((*choice[1], j)))


def _cleared(tower: Tower, rows: Rows) -> tuple[list[list[Poly]], Poly]:
    """Each row times a common denominator, and the product of these.

    Raises `UnsupportedError` for denominators of a very high degree.
    """
    high = max(int(entry.den.total_degree()) for row in rows for entry in row)
    if high > DEGREE:
        raise UnsupportedError(f"A denominator of degree {high} is not cleared.")
    product, out = tower.one_poly, []
    for row in rows:
        below = tower.one_poly
        for entry in row:
            below = below * (entry.den // below.gcd(entry.den))
        out.append([entry.num * (below // entry.den) for entry in row])
        product = product * below
    return out, product


def _eliminate(tower: Tower, polys: list[list[Poly]]) -> tuple[int, int, Poly]:
    """Rank, sign of the row exchanges and last pivot; with full rank that is the determinant.

    Raises `UnsupportedError` where the products would have too many terms.
    """
    height, width = len(polys), len(polys[0])
    rank, sign, last = 0, 1, tower.one_poly
    for column in range(width):
        filled = [i for i in range(rank, height) if not polys[i][column].is_zero()]
        if not filled:
            continue
        chosen = min(filled, key=lambda i: len(polys[i][column]))
        if chosen != rank:
            polys[rank], polys[chosen] = polys[chosen], polys[rank]
            sign = -sign
        top = polys[rank]
        pivot = top[column]
        for row in polys[rank + 1 :]:
            head = row[column]
            if max(map(len, row)) * len(pivot) + max(map(len, top)) * len(head) > PRODUCTS:
                raise UnsupportedError("The minors have too many terms.")
            for j in range(column, width):
                row[j] = (row[j] * pivot - head * top[j]) // last
        last = pivot
        rank += 1
        if rank == height:
            break
    return rank, sign, last


def _likely(rows: Rows, size: int, rng: random.Random, trial: int) -> Choice | None:
    """Rows and columns of a minor that is not zero at a point modulo a prime, roots not minded."""
    tower = rows[0][0].tower
    values = [rng.randrange(2, PRIME) for _ in tower.gens]
    table = [[_at(entry, values) for entry in row] for row in rows]
    row_order, column_order = list(range(len(rows))), list(range(len(rows[0])))
    if trial:
        rng.shuffle(row_order)
        rng.shuffle(column_order)
    columns = _pivots([[table[i][j] for j in column_order] for i in row_order])[:size]
    if len(columns) < size:
        return None
    chosen = [column_order[c] for c in columns]
    picked = [row_order[r] for r in _pivots([[table[i][j] for i in row_order] for j in chosen])]
    return tuple(sorted(picked)), tuple(sorted(chosen))


def _at(element: Element, values: Sequence[int]) -> int:
    below = _poly_at(element.den, values)
    return _poly_at(element.num, values) * pow(below, -1, PRIME) % PRIME if below else 0


def _poly_at(poly: Poly, values: Sequence[int]) -> int:
    total = 0
    for monomial, coefficient in poly.to_dict().items():
        term = int(coefficient.p) * pow(int(coefficient.q) % PRIME or 1, -1, PRIME)
        for value, exponent in zip(values, monomial, strict=True):
            if exponent:
                term = term * pow(value, int(exponent), PRIME) % PRIME
        total += term
    return total % PRIME


def _pivots(table: Sequence[Sequence[int]]) -> list[int]:
    """The pivot columns of a matrix modulo the prime."""
    flat = [entry for row in table for entry in row]
    reduced, rank = nmod_mat(len(table), len(table[0]), flat, PRIME).rref()
    found = reduced.table()
    return [next(j for j, entry in enumerate(found[i]) if int(entry)) for i in range(rank)]


@dataclass(frozen=True)
class RationalSystem:
    """The reduced row echelon form of a rational matrix: pivots and free columns."""

    rows: tuple[Vector, ...]
    pivots: tuple[int, ...]
    width: int

    @staticmethod
    def of(table: Sequence[Sequence[fmpq]], width: int) -> RationalSystem:
        if not table:
            return RationalSystem((), (), width)
        reduced, rank = fmpq_mat([list(row) for row in table]).rref()
        rows = tuple(tuple(row) for row in reduced.tolist()[:rank])
        heads = (next(j for j, entry in enumerate(row) if entry != 0) for row in rows)
        return RationalSystem(rows, tuple(heads), width)

    @property
    def kernel(self) -> list[Vector]:
        """A basis of the vectors that every row is orthogonal to."""
        basis = []
        for free in (j for j in range(self.width) if j not in self.pivots):
            vector = [fmpq(int(j == free)) for j in range(self.width)]
            for row, pivot in zip(self.rows, self.pivots, strict=True):
                vector[pivot] = -row[free]
            basis.append(tuple(vector))
        return basis


def rational_rows(rows: Rows) -> list[list[fmpq]] | None:
    """The entries as rationals, where all of them are."""
    table = [[entry.rational for entry in row] for row in rows]
    if any(value is None for row in table for value in row):
        return None
    return [[value for value in row if value is not None] for row in table]


def numerators(elements: Sequence[Element]) -> list[Element]:
    """The elements times one common denominator, as polynomials in the generators.

    Roots of fractions may bring denominators back, so that clearing is repeated.
    """
    tower = elements[0].tower
    for _ in range(CLEARINGS):
        polys, _ = _cleared(tower, [list(elements)])
        elements = [tower.reduced(poly, tower.one_poly) for poly in polys[0]]
        if all(element.den.is_one() for element in elements):
            return list(elements)
    raise UnsupportedError("The denominators under the roots do not clear.")
