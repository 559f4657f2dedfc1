"""**Changed matrices**: a held expression with one place altered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise, zip_longest
from typing import Any

from sympy import Expr

from verifier.exact.matrices import Matrix

Changed = tuple[str, Matrix]
Scalars = Callable[[Expr], Iterator[tuple[str, Expr]]]


def matrix_changes(of: Matrix, scalars: Scalars) -> Iterator[Changed]:
    """Variants of `of`, of every kind in turn; `scalars` alters a coefficient."""
    kinds = (_terms(of), _coefficients(of, scalars), _factors(of))
    seen = {of}
    for row in zip_longest(*kinds):
        for changed in row:
            if changed is not None and changed[1] not in seen:
                seen.add(changed[1])
                yield changed
    if of.head != "zero":
        yield f"{of} is doubled", of * 2


def _terms(of: Matrix) -> Iterator[Changed]:
    def change(part: Matrix) -> Iterator[Changed]:
        if part.head == "sum":
            for n, term in reversed(list(enumerate(part.args))):
                yield f"the sign of {term} is turned", _with(part, n, -term)

    yield from _everywhere(of, change)


def _coefficients(of: Matrix, scalars: Scalars) -> Iterator[Changed]:
    def change(part: Matrix) -> Iterator[Changed]:
        if part.head == "scaled":
            for what, changed in scalars(part.args[0]):
                yield what, _with(part, 0, changed)
            yield f"the factor {part.args[0]} is lost", part.args[1]

    yield from _everywhere(of, change)


def _factors(of: Matrix) -> Iterator[Changed]:
    def change(part: Matrix) -> Iterator[Changed]:
        if part.head == "product":
            for n, (left, right) in enumerate(pairwise(part.args)):
                if left.is_square and right.is_square and left != right:
                    turned = _with(_with(part, n, right), n + 1, left)
                    yield f"{left} and {right} change places", turned
        if part.head in ("transpose", "inverse") and part.is_square:
            yield f"{part} becomes {part.args[0]}", part.args[0]

    yield from _everywhere(of, change)


def _everywhere(of: Matrix, change: Callable[[Matrix], Iterator[Changed]]) -> Iterator[Changed]:
    """`of` with one part changed, outermost parts first."""
    yield from change(of)
    for n, arg in enumerate(of.args):
        if isinstance(arg, Matrix):
            for what, changed in _everywhere(arg, change):
                yield what, _with(of, n, changed)


def _with(of: Matrix, place: int, arg: Any) -> Matrix:
    args = (*of.args[:place], arg, *of.args[place + 1 :])
    return Matrix(of.head, args, of.rows, of.columns)
