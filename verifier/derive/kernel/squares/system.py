"""**Gram systems**: all Gram matrices of one polynomial identity, as an affine space over Q."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flint import fmpq, fmpq_mat

from verifier.derive.kernel.squares.basis import Monomial, combinations_upto
from verifier.derive.kernel.squares.certificate import Poly


@dataclass(frozen=True)
class Problem:
    """multiplier * target as squares, squares times `given`, and multiples of `equations`.

    `positive` are polynomials that are positive wherever the certificate is used, such as 1. Where
    there are any, the identity must have a positive multiple of one of them, times the multiplier:
    it bounds the target away from zero.
    """

    target: Poly
    multiplier: Poly
    given: tuple[Poly, ...] = ()
    equations: tuple[Poly, ...] = ()
    positive: tuple[Poly, ...] = ()
    degree: int | None = None

    @property
    def product(self) -> Poly:
        return self.multiplier * self.target

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(map(str, self.target.context().names()))

    @property
    def top(self) -> int:
        """The degree of the identity: that of the option, or the least that reads all parts."""
        if self.degree is not None:
            return self.degree
        parts = (self.product, *self.given, *self.equations)
        most = max(int(poly.total_degree()) for poly in parts)
        return most + most % 2


@dataclass(frozen=True)
class Block:
    """A Gram matrix on `basis`, times `factor`."""

    factor: Poly
    basis: tuple[Poly, ...]
    bound: bool = False


def monomial_of(one: Poly, exponents: Monomial) -> Poly:
    poly: Poly = one.context().from_dict({exponents: fmpq(1)})
    return poly


@dataclass(frozen=True)
class System:
    """All Gram matrices of the product: entries are affine in the free ones, exactly.

    `rows[c]` has the constant and the coefficients of entry c by the free columns.
    """

    blocks: list[Block]
    cofactors: list[tuple[Poly, Poly]]
    places: list[tuple[int, int, int]]
    rows: fmpq_mat
    free: list[int]

    @classmethod
    def of(cls, problem: Problem, blocks: list[Block]) -> System | None:
        one = problem.target.context().constant(1)
        cofactors = [
            (monomial_of(one, m), zero)
            for zero in problem.equations
            for m in combinations_upto(len(problem.names), problem.top - int(zero.total_degree()))
        ]
        columns = [monomial * zero for monomial, zero in cofactors]
        places = []
        for b, block in enumerate(blocks):
            for i, left in enumerate(block.basis):
                for j in range(i, len(block.basis)):
                    twice = block.factor * (1 if i == j else 2)
                    columns.append(twice * left * block.basis[j])
                    places.append((b, i, j))
        solved = _solve([*columns, problem.product])
        if solved is None:
            return None
        rows, free = solved
        kept = [k for k, column in enumerate(free) if column >= len(cofactors)]
        wide = [0, *(k + 1 for k in kept)]
        entries = [[rows[c][k] for k in wide] for c in range(len(columns))]
        table = fmpq_mat(len(columns), len(wide), [e for row in entries for e in row])
        return cls(blocks, cofactors, places, table, [free[k] for k in kept])

    @property
    def tied(self) -> tuple[tuple[Poly, Poly], ...]:
        return self.equations(self.entries([]))

    def entries(self, values: Sequence[fmpq]) -> list[fmpq]:
        """Every entry at these values of the free ones."""
        vector = fmpq_mat(len(self.free) + 1, 1, [fmpq(1), *values])
        return [row[0] for row in (self.rows * vector).tolist()] if self.rows.nrows() else []

    def equations(self, entries: list[fmpq]) -> tuple[tuple[Poly, Poly], ...]:
        cofactors: dict[str, tuple[Poly, Poly]] = {}
        for (monomial, zero), value in zip(self.cofactors, entries, strict=False):
            before = cofactors.get(str(zero), (0 * monomial, zero))[0]
            cofactors[str(zero)] = (before + monomial * value, zero)
        return tuple((c, zero) for c, zero in cofactors.values() if not c.is_zero())

    def grams(self, entries: list[fmpq]) -> list[list[list[fmpq]]]:
        grams = [[[fmpq(0)] * len(b.basis) for _ in b.basis] for b in self.blocks]
        for (b, i, j), value in zip(self.places, entries[len(self.cofactors) :], strict=True):
            grams[b][i][j] = grams[b][j][i] = value
        return grams

    def numeric(self) -> list[tuple[Any, Any]]:
        """C and N of every block, for `semidefinite.propose`."""
        import numpy as np

        table = np.array([[int(e.p) / int(e.q) for e in row] for row in self.rows.tolist()])
        out = []
        for b, block in enumerate(self.blocks):
            size = len(block.basis)
            stack = np.zeros((len(self.free) + 1, size, size))
            for row, (owner, i, j) in enumerate(self.places, start=len(self.cofactors)):
                if owner == b:
                    stack[:, i, j] = stack[:, j, i] = table[row]
            out.append((stack[0], stack[1:]))
        return out


def _solve(columns: list[Poly]) -> tuple[list[list[fmpq]], list[int]] | None:
    """sum_c z_c columns[c] = columns[-1]: each z_c by a constant and the free ones, or None."""
    index: dict[Monomial, int] = {}
    cells = []
    for c, poly in enumerate(columns):
        for exponents, value in poly.to_dict().items():
            cells.append((index.setdefault(exponents, len(index)), c, value))
    width = len(columns)
    matrix = fmpq_mat(max(len(index), 1), width)
    for at, c, value in cells:
        matrix[at, c] = value
    reduced, rank = matrix.rref()
    table = reduced.tolist()[:rank]
    pivots = [next(c for c in range(width) if row[c] != 0) for row in table]
    if pivots and pivots[-1] == width - 1:
        return None
    taken = set(pivots)
    free = [c for c in range(width - 1) if c not in taken]
    rows = [[fmpq(0)] * (len(free) + 1) for _ in range(width - 1)]
    for k, c in enumerate(free):
        rows[c][k + 1] = fmpq(1)
    for pivot, row in zip(pivots, table, strict=True):
        rows[pivot] = [row[-1], *(-row[c] for c in free)]
    return rows, free
