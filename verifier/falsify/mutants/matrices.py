"""**Changed matrices and vectors**: a held expression with one place altered, kind by kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations, pairwise, zip_longest
from typing import Any

from sympy import Symbol, oo

from verifier.exact.families import Member
from verifier.exact.matrices import Matrix
from verifier.exact.sums import SumOver
from verifier.exact.vectors import Vector
from verifier.falsify.mutants.scalars import changed_scalars

Changed = tuple[str, str, Matrix]
ChangedVector = tuple[str, str, Vector]


def matrix_changes(of: Matrix) -> Iterator[Changed]:
    """(kind, what, variant of `of`), of every kind in turn."""
    kinds = (_signs(of), _coefficients(of), _factors(of), _terms(of))
    seen = {of}
    for row in zip_longest(*kinds):
        for changed in row:
            if changed is not None and changed[2] not in seen:
                seen.add(changed[2])
                yield changed
    if of.head != "zero":
        yield "constant", f"{of} is doubled", of * 2


def vector_changes(of: Vector) -> Iterator[ChangedVector]:
    """(kind, what, variant of `of`), of every kind in turn."""
    kinds = (_doubled(of), _turned(of), _swapped(of), _lost(of), _scalars(of), _members(of))
    seen = {of}
    for row in zip_longest(*kinds):
        for changed in row:
            if changed is not None and changed[2] not in seen:
                seen.add(changed[2])
                yield changed


def _doubled(of: Vector) -> Iterator[ChangedVector]:
    for n, (atom, c) in enumerate(of.terms):
        changed = _with_term(of, n, (atom, 2 * c))
        yield "constant", f"coefficient of {atom.name} doubled", changed


def _turned(of: Vector) -> Iterator[ChangedVector]:
    for n, (atom, c) in enumerate(of.terms):
        yield "sign", f"the sign of {atom.name} is turned", _with_term(of, n, (atom, -c))


def _lost(of: Vector) -> Iterator[ChangedVector]:
    for n, (atom, _) in enumerate(of.terms):
        yield "term", f"the term of {atom.name} is dropped", _with_term(of, n)


def _scalars(of: Vector) -> Iterator[ChangedVector]:
    for n, (atom, c) in enumerate(of.terms):
        for kind, what, changed in changed_scalars(c):
            yield kind, what, _with_term(of, n, (atom, changed))


def _swapped(of: Vector) -> Iterator[ChangedVector]:
    for (n, (one, a)), (m, (two, b)) in combinations(enumerate(of.terms), 2):
        turned = _with_term(_with_term(of, n, (one, b)), m, (two, a))
        yield "symbols", f"{one.name} and {two.name} change places", turned


def _members(of: Vector) -> Iterator[ChangedVector]:
    """A member of a family at another free index, the next one of a sequence."""
    members = [
        atom for atom, _ in of.terms if isinstance(atom, Member) and not isinstance(atom, SumOver)
    ]
    for n, (atom, c) in enumerate(of.terms):
        if atom not in members:
            continue
        size = atom.entry.size
        others = [m.entry.index for m in members if m.entry.size == size]
        for index in [atom.entry.index + 1] if size == oo else others:
            if index != atom.entry.index and isinstance(index, Symbol):
                moved = atom.rebuilt(index, size)
                what = f"{atom.name} becomes {moved.name}"
                yield "index", what, _with_term(of, n, (moved, c))


def _with_term(of: Vector, n: int, *new: Any) -> Vector:
    """The vector with term number n replaced; terms of one atom are added."""
    kept = (*of.terms[:n], *new, *of.terms[n + 1 :])
    return sum((replace(of, terms=(term,)) for term in kept), start=replace(of, terms=()))


def _signs(of: Matrix) -> Iterator[Changed]:
    def change(part: Matrix) -> Iterator[Changed]:
        if part.head == "sum":
            for n, term in reversed(list(enumerate(part.args))):
                yield "sign", f"the sign of {term} is turned", _with(part, n, -term)

    yield from _everywhere(of, change)


def _terms(of: Matrix) -> Iterator[Changed]:
    def change(part: Matrix) -> Iterator[Changed]:
        if part.head == "sum":
            for n, term in enumerate(part.args):
                first, *rest = (*part.args[:n], *part.args[n + 1 :])
                yield "term", f"the term {term} is dropped", sum(rest, start=first)

    yield from _everywhere(of, change)


def _coefficients(of: Matrix) -> Iterator[Changed]:
    def change(part: Matrix) -> Iterator[Changed]:
        if part.head == "scaled":
            for kind, what, changed in changed_scalars(part.args[0]):
                yield kind, what, _with(part, 0, changed)
            yield "constant", f"the factor {part.args[0]} is lost", part.args[1]

    yield from _everywhere(of, change)


def _factors(of: Matrix) -> Iterator[Changed]:
    def change(part: Matrix) -> Iterator[Changed]:
        if part.head == "product":
            for n, (left, right) in enumerate(pairwise(part.args)):
                if left.is_square and right.is_square and left != right:
                    turned = _with(_with(part, n, right), n + 1, left)
                    yield "symbols", f"{left} and {right} change places", turned
        if part.head in ("transpose", "inverse") and part.is_square:
            kind = "index" if part.head == "transpose" else "exponent"
            yield kind, f"{part} becomes {part.args[0]}", part.args[0]

    yield from _everywhere(of, change)


def _everywhere(of: Matrix, change: Callable[[Matrix], Iterator[Changed]]) -> Iterator[Changed]:
    """`of` with one part changed, outermost parts first."""
    yield from change(of)
    for n, arg in enumerate(of.args):
        if isinstance(arg, Matrix):
            for kind, what, changed in _everywhere(arg, change):
                yield kind, what, _with(of, n, changed)


def _with(of: Matrix, place: int, arg: Any) -> Matrix:
    args = (*of.args[:place], arg, *of.args[place + 1 :])
    return Matrix(of.head, args, of.rows, of.columns)
