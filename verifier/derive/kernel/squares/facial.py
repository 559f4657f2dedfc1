"""**Facial reduction**: bases without the vectors that no square of a Gram matrix can have.

A zero of the polynomial puts its vector of monomials into the kernel of every Gram matrix, and so
does a numeric kernel that rounds to rationals. On the complement the matrices have an interior.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from flint import fmpq, fmpq_mat

from verifier.derive.kernel.squares.basis import points
from verifier.derive.kernel.squares.system import Block, Problem, System

if TYPE_CHECKING:
    from verifier.derive.kernel.squares.semidefinite import Proposal

ACCURACY = (1e-7, 1e-6, 1e-5, 1e-4, 1e-3)  # relative size of eigenvalues that may be zeros
DENOMINATORS = (12, 100, 1000)  # of kernel vectors
POINTS = 2500
ZEROS = 100


def without(block: Block, kernel: Sequence[Sequence[fmpq]]) -> Block:
    """The block on the orthogonal complement of the kernel vectors, in terms of the basis."""
    size = len(block.basis)
    if not kernel:
        return block
    reduced, rank = fmpq_mat(len(kernel), size, [e for row in kernel for e in row]).rref()
    table = reduced.tolist()[:rank]
    pivots = [next(c for c in range(size) if row[c] != 0) for row in table]
    basis = []
    for f in (c for c in range(size) if c not in pivots):
        poly = block.basis[f]
        for pivot, row in zip(pivots, table, strict=True):
            if row[f] != 0:
                poly = poly - block.basis[pivot] * row[f]
        basis.append(poly)
    return replace(block, basis=tuple(basis))


def reduce_at_zeros(problem: Problem, blocks: Sequence[Block]) -> Iterator[Block]:
    """Where the product is zero, every square of a part whose factor is positive is zero."""
    product = problem.product
    found = (
        point
        for point in points(problem.target.context().nvars(), POINTS)
        if product(*point) == 0
        and all(g(*point) >= 0 for g in problem.given)
        and all(e(*point) == 0 for e in problem.equations)
        and all(g(*point) >= 0 for g in problem.positive)
    )
    zeros = list(itertools.islice(found, ZEROS))
    for block in blocks:
        inside = [z for z in zeros if block.factor(*z) > 0]
        yield without(block, [[b(*z) for b in block.basis] for z in inside])


def reduce_at_kernels(
    problem: Problem, blocks: list[Block], proposal: Proposal
) -> tuple[list[Block], System] | None:
    """Smaller blocks without kernels that the proposal shows, still of the product; or None.

    A problem with positive bounds keeps one of them.
    """
    from verifier.derive.kernel.squares.semidefinite import kernel

    tried = {_shape(blocks)}
    for accuracy, limit in itertools.product(ACCURACY, DENOMINATORS):
        out = []
        for block, gram in zip(blocks, proposal.blocks, strict=True):
            near = kernel(gram, accuracy=accuracy, limit=limit)
            rows = [[fmpq(*v.as_integer_ratio()) for v in row] for row in near]
            out.append(without(block, rows))
        kept = [block for block in out if block.basis]
        bounded = not problem.positive or any(block.bound for block in kept)
        if not bounded or _shape(out) in tried:
            continue
        tried.add(_shape(out))
        system = System.of(problem, kept)
        if system is not None:
            return kept, system
    return None


def _shape(blocks: Sequence[Block]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(map(str, block.basis)) for block in blocks)
