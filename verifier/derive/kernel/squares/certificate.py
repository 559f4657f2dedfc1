"""**Certificate**: a sum of squares as rational data, checked by multiplying it out.

A certificate says that, as polynomials over Q,

    multiplier * target = sum_parts factor * sum_k weight_k * square_k^2 + sum_j cofactor_j * zero_j

with every weight_k >= 0. Nothing else is claimed: how it was found does not matter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flint import fmpq, fmpq_mpoly

Poly = fmpq_mpoly
Matrix = tuple[tuple[fmpq, ...], ...]


@dataclass(frozen=True)
class Part:
    """factor * (basis^T gram basis), with the squares of the exact LDL^T of `gram`.

    `bound` says that the part is a constant multiple of multiplier * (something positive), which
    bounds the target away from zero.
    """

    factor: Poly
    basis: tuple[Poly, ...]
    gram: Matrix
    squares: tuple[tuple[fmpq, Poly], ...]
    bound: bool = False

    def times(self, root: Poly) -> Part:
        """The part times root^2."""
        basis = tuple(poly * root for poly in self.basis)
        squares = tuple((weight, square * root) for weight, square in self.squares)
        return Part(self.factor, basis, self.gram, squares)


@dataclass(frozen=True)
class Certificate:
    """The identity of this module; `variables` are the names in the ring of all polynomials."""

    variables: tuple[str, ...]
    target: Poly
    multiplier: Poly
    parts: tuple[Part, ...]
    equations: tuple[tuple[Poly, Poly], ...] = ()

    @property
    def positive(self) -> bool:
        """Whether some part bounds the target away from zero."""
        return any(part.bound and any(w > 0 for w, _ in part.squares) for part in self.parts)

    def holds(self) -> bool:
        """Whether the weights are nonnegative and the identity holds, multiplied out over Q."""
        total = self.target.context().constant(0)
        for part in self.parts:
            if any(weight < 0 for weight, _ in part.squares):
                return False
            for weight, square in part.squares:
                total = total + part.factor * square * square * weight
        for cofactor, zero in self.equations:
            total = total + cofactor * zero
        return bool(total == self.multiplier * self.target)

    def to_json(self) -> dict[str, Any]:
        """Plain JSON: polynomials and rationals are strings, such as `3/2*x^2*y`."""
        return {
            "variables": list(self.variables),
            "target": str(self.target),
            "multiplier": str(self.multiplier),
            "parts": [
                {
                    "factor": str(part.factor),
                    "bound": part.bound,
                    "basis": [str(poly) for poly in part.basis],
                    "gram": [[str(entry) for entry in row] for row in part.gram],
                    "squares": [{"weight": str(w), "poly": str(q)} for w, q in part.squares],
                }
                for part in self.parts
            ],
            "equations": [
                {"cofactor": str(cofactor), "zero": str(zero)} for cofactor, zero in self.equations
            ],
        }

    def __str__(self) -> str:
        pieces = []
        for part in self.parts:
            for weight, square in part.squares:
                factors = [
                    str(weight) if weight != 1 else "",
                    f"({part.factor})" if not part.factor.is_one() else "",
                    f"({square})^2" if not square.is_one() else "",
                ]
                pieces.append("*".join(f for f in factors if f) or "1")
        pieces += [f"({cofactor})*({zero})" for cofactor, zero in self.equations]
        plain = self.multiplier.is_one()
        left = str(self.target) if plain else f"({self.multiplier})*({self.target})"
        return f"{left} = {' + '.join(pieces) or '0'}"


def ldl(gram: Sequence[Sequence[fmpq]]) -> list[tuple[fmpq, list[fmpq]]] | None:
    """Pivots d_k >= 0 and rows l_k with gram = sum d_k l_k^T l_k; None if not semidefinite.

    Exact: a symmetric matrix is positive semidefinite if and only if every pivot is positive, or
    zero with a zero row (Golub and Van Loan, Matrix Computations, 4.2.8).
    """
    size = len(gram)
    left = [list(row) for row in gram]
    out = []
    for k in range(size):
        pivot = left[k][k]
        if pivot < 0 or (pivot == 0 and any(left[k][j] != 0 for j in range(k, size))):
            return None
        if pivot == 0:
            continue
        row = [fmpq(0)] * k + [left[k][j] / pivot for j in range(k, size)]
        for i in range(k + 1, size):
            if row[i] == 0:
                continue
            scale = row[i] * pivot
            for j in range(i, size):
                left[i][j] = left[j][i] = left[i][j] - scale * row[j]
        out.append((pivot, row))
    return out


def part_of(
    factor: Poly, basis: Sequence[Poly], gram: Sequence[Sequence[fmpq]], *, bound: bool = False
) -> Part | None:
    """The part of a Gram matrix, or None if the matrix is not positive semidefinite."""
    pivots = ldl(gram)
    if pivots is None:
        return None
    zero = factor.context().constant(0)
    squares = []
    for weight, row in pivots:
        square = sum((b * c for b, c in zip(basis, row, strict=True) if c != 0), zero)
        squares.append((weight, square))
    return Part(factor, tuple(basis), tuple(map(tuple, gram)), tuple(squares), bound)
