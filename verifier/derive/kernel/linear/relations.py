"""**Linear relations** between elements, with coefficients that are free of some variables."""

from __future__ import annotations

from collections.abc import Sequence

from flint import fmpq
from sympy import Symbol

from verifier.derive.kernel.field.element import Element
from verifier.derive.kernel.field.tower import Tower
from verifier.derive.kernel.linear.affine import depends, variable_slots
from verifier.derive.kernel.linear.linalg import numerators

Weights = tuple[Element, ...]


def relations_of(
    tower: Tower, elements: Sequence[Element], variables: Sequence[Symbol]
) -> list[Weights]:
    """Candidates for c free of the variables, not all zero, with sum_k c_k e_k = 0.

    Monomials in what depends on the variables count as independent, and their coefficients must
    cancel. A pivot may vanish for some parameters, so that users check each candidate.
    """
    slots = variable_slots(tower, variables)
    columns = [_by_monomial(tower, element, slots) for element in numerators(elements)]
    monomials = sorted({m for column in columns for m in column})
    rows = [[column.get(m, tower.zero) for column in columns] for m in monomials]
    return _kernel(tower, rows, len(columns))


def _by_monomial(
    tower: Tower, element: Element, slots: dict[int, int]
) -> dict[tuple[int, ...], Element]:
    """Coefficients, free of the variables, by the rest of the monomial."""
    parts: dict[tuple[int, ...], Element] = {}
    moves = [slot < len(tower.generators) and depends(tower, slot, slots)
             for slot in range(len(tower.gens))]  # fmt: skip
    for monomial, coefficient in element.num.to_dict().items():
        exponents = [int(e) for e in monomial]
        moving = tuple(e if moves[s] else 0 for s, e in enumerate(exponents))
        fixed = tuple(0 if moves[s] else e for s, e in enumerate(exponents))
        term = tower.context.from_dict({fixed: fmpq(coefficient)})
        added = tower.reduced(term, tower.one_poly)
        parts[moving] = parts[moving] + added if moving in parts else added
    return parts


def _kernel(tower: Tower, rows: list[list[Element]], width: int) -> list[Weights]:
    """A basis of the kernel over the field, by Gauss-Jordan elimination, without denominators."""
    rows = [list(row) for row in rows]
    pivots: list[int] = []
    for column in range(width):
        rank = len(pivots)
        found = next((i for i in range(rank, len(rows)) if not rows[i][column].is_zero), None)
        if found is None:
            continue
        rows[rank], rows[found] = rows[found], rows[rank]
        scale = tower.one.over(rows[rank][column])
        rows[rank] = [entry * scale for entry in rows[rank]]
        for i, row in enumerate(rows):
            if i != rank and not row[column].is_zero:
                factor = row[column]
                rows[i] = [a - factor * b for a, b in zip(row, rows[rank], strict=True)]
        pivots.append(column)
    basis = []
    for free in (j for j in range(width) if j not in pivots):
        vector = [tower.one if j == free else tower.zero for j in range(width)]
        for row, pivot in zip(rows, pivots, strict=False):
            vector[pivot] = -row[free]
        basis.append(tuple(numerators(vector)))
    return basis
