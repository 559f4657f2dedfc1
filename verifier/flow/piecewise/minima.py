"""**Minima of a neuron's loss**: all local ones and the global ones, exactly over Q.

On the span of each face the loss is a convex quadratic: its critical points that lie in the face
are the candidates. A candidate w is a local minimum if on every cell around it the gradient g at w
satisfies <g, v> >= 0 for all directions v into the cell, which is g = sum of c_k s_k n_k, c_k >= 0,
over the hyperplanes through w; the loss is convex on each cell, so that this decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flint import fmpq, fmpq_mat

from verifier.flow.piecewise.cells import cells, faces, is_nonnegative_combination, meets
from verifier.flow.piecewise.neuron import Neuron, Pattern, Point, matrix


@dataclass(frozen=True)
class Minimum:
    """Local minima in one open face: `point` is one, `flat` the dimension of all of them there.

    `loss` is their common loss; `is_global` says that no point has a smaller one.
    """

    face: Pattern
    point: Point
    flat: int
    loss: fmpq
    is_global: bool = False


def minima(model: Neuron) -> tuple[Minimum, ...]:
    """Every local minimum, by increasing loss; the first is global, as the loss has a minimum."""
    normals = [normal for normal, _ in model.planes]
    full = [signs for signs, _ in cells(model)]
    found = []
    for signs, _ in faces(model):
        candidate = _critical(model, normals, signs)
        if candidate is None:
            continue
        point, flat = candidate
        around = [c for c in full if all(s in (0, t) for s, t in zip(signs, c, strict=True))]
        if all(_pushes_back(model, normals, signs, cell, point) for cell in around):
            found.append(Minimum(signs, point, flat, model.loss(point)))
    found.sort(key=lambda m: (m.loss, m.face))
    return tuple(
        Minimum(m.face, m.point, m.flat, m.loss, is_global=m.loss == found[0].loss) for m in found
    )


def _critical(model: Neuron, normals: Sequence[Point], signs: Pattern) -> tuple[Point, int] | None:
    """A critical point of the loss along the face that lies in it, and the dimension of all."""
    part = model.quadratic(tuple(s or 1 for s in signs))
    on = [n for n, s in zip(normals, signs, strict=True) if s == 0]
    basis = _kernel(on, model.dimension)
    if not basis:
        return tuple([fmpq(0)] * model.dimension), 0
    # <e, H w - b> = 0 for the directions e of the face
    span = matrix(basis)
    rows = span * matrix(part.hessian)
    values = span * fmpq_mat(model.dimension, 1, list(part.linear))
    equations = [tuple(rows[i, j] for j in range(model.dimension)) for i in range(len(basis))]
    sides = [values[i, 0] for i in range(len(basis))]
    point = meets(normals, signs, equations, sides)
    if point is None:
        return None
    inner = span * matrix(part.hessian) * span.transpose()
    return point, len(basis) - int(inner.rank())


def _pushes_back(
    model: Neuron, normals: Sequence[Point], signs: Pattern, cell: Pattern, point: Point
) -> bool:
    gradient = model.quadratic(cell).gradient(point)
    through = [
        tuple(side * c for c in n)
        for n, s, side in zip(normals, signs, cell, strict=True)
        if s == 0
    ]
    return is_nonnegative_combination(through, gradient)


def _kernel(rows: Sequence[Point], dimension: int) -> list[Point]:
    """A basis of what is orthogonal to all rows."""
    if not rows:
        return [tuple(fmpq(int(i == j)) for j in range(dimension)) for i in range(dimension)]
    reduced, rank = matrix(rows).rref()
    pivots = [next(j for j in range(dimension) if reduced[i, j] != 0) for i in range(rank)]
    basis = []
    for free in (j for j in range(dimension) if j not in pivots):
        vector = [fmpq(0)] * dimension
        vector[free] = fmpq(1)
        for i, pivot in enumerate(pivots):
            vector[pivot] = -reduced[i, free]
        basis.append(tuple(vector))
    return basis
