"""**Elimination**: affine equations solved for variables, with the way back.

With equations h_j = 0 solved as v_i - q_i = sum_j b_ij h_j, a polynomial that vanishes where every
v_i is replaced by q_i is sum_i cofactor_i (v_i - q_i), so a combination of the h_j.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flint import Ordering, fmpq, fmpq_mat, fmpq_mpoly_ctx

from verifier.derive.kernel.certificate import Poly

Combination = tuple[tuple[fmpq, int], ...]


@dataclass(frozen=True)
class Row:
    """variable - value, a combination of the equations."""

    variable: int
    value: Poly
    of: Combination


@dataclass(frozen=True)
class Elimination:
    """From `large`, a ring, to `small`, the ring of the variables that are left.

    `images` are the variables of `large` in `small`, and `back` those of `small` in `large`.
    """

    large: Any
    small: Any
    rows: tuple[Row, ...]
    images: tuple[Poly, ...]
    back: tuple[Poly, ...]

    def project(self, poly: Poly) -> Poly:
        return poly.compose(*self.images, ctx=self.small)

    def lift(self, poly: Poly) -> Poly:
        return poly.compose(*self.back, ctx=self.large)

    def cofactors(self, poly: Poly) -> list[tuple[Poly, int]]:
        """(c_j, j) with poly = sum_j c_j h_j, for a polynomial that `project` sends to zero."""
        out: list[tuple[Poly, int]] = []
        gens = self.large.gens()
        for row in self.rows:
            moved = [row.value if v == row.variable else gen for v, gen in enumerate(gens)]
            rest = poly.compose(*moved, ctx=self.large)
            if rest != poly:
                quotient = divmod(poly - rest, gens[row.variable] - row.value)[0]
                out += [(quotient * b, j) for b, j in row.of]
            poly = rest
        if not poly.is_zero():
            raise ArithmeticError(f"{poly} does not vanish on the equations.")
        return out


def eliminate(large: Any, equations: Sequence[tuple[int, Poly]]) -> Elimination:
    """The affine ones among the equations (number, polynomial) of the ring `large`, solved.

    The last variables go first. Equations that contradict each other are left alone.
    """
    gens = large.gens()
    size = len(gens)
    affine = [(j, h) for j, h in equations if h.total_degree() == 1]
    columns = [*range(size - 1, -1, -1)]
    table = []
    for row, (_, h) in enumerate(affine):
        terms = {tuple(map(int, e)): c for e, c in h.to_dict().items()}
        linear = [terms.get(tuple(int(i == v) for i in range(size)), fmpq(0)) for v in columns]
        unit = [fmpq(int(k == row)) for k in range(len(affine))]
        table.append([*linear, terms.get((0,) * size, fmpq(0)), *unit])
    rows: list[Row] = []
    if table:
        entries = [e for row in table for e in row]
        reduced, _ = fmpq_mat(len(table), len(table[0]), entries).rref()
        for solved in reduced.tolist():
            pivot = next((c for c in range(size) if solved[c] != 0), None)
            if pivot is None:
                continue
            value = large.constant(-solved[size])
            for c in range(pivot + 1, size):
                value = value - gens[columns[c]] * solved[c]
            of = tuple((b, affine[k][0]) for k, b in enumerate(solved[size + 1 :]) if b != 0)
            rows.append(Row(columns[pivot], value, of))
    gone = {row.variable: row.value for row in rows}
    kept = [v for v in range(size) if v not in gone]
    names = large.names()
    small = fmpq_mpoly_ctx.get(tuple(names[v] for v in kept), Ordering.degrevlex)
    images = [small.constant(0)] * size
    for v, gen in zip(kept, small.gens(), strict=True):
        images[v] = gen
    moved = [value.compose(*images, ctx=small) for value in gone.values()]
    for v, image in zip(gone, moved, strict=True):
        images[v] = image
    return Elimination(large, small, tuple(rows), tuple(images), tuple(gens[v] for v in kept))
