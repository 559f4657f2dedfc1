"""**Gram**: sums of squares by Gram matrices over Q (Parrilo 2003; Peyrl and Parrilo 2008).

A numeric method proposes a Gram matrix. Its free entries are rounded to rationals and the others
solved for, so that it is exactly a Gram matrix of the polynomial; an exact LDL^T decides. A zero
of the polynomial puts its vector of monomials into the kernel of every Gram matrix: the basis is
reduced by rational kernel vectors until the matrices have an interior.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from flint import fmpq, fmpq_mat

from verifier.derive.kernel.basis import (
    Monomial,
    combinations_upto,
    halves,
    parity_classes,
    points,
    support,
)
from verifier.derive.kernel.certificate import Certificate, Part, Poly, part_of
from verifier.errors import UnsupportedError

if TYPE_CHECKING:
    from verifier.derive.kernel.semidefinite import Proposal

LARGEST = 60  # rows of a Gram matrix
ROUNDS = 6  # facial reductions
BITS = (0, 1, 2, 3, 4, 5, 6, 8, 10, 13, 17, 22, 30)
ACCURACY = (1e-7, 1e-6, 1e-5, 1e-4, 1e-3)  # relative size of eigenvalues that may be zeros
DENOMINATORS = (12, 100, 1000)  # of kernel vectors
POINTS = 2500
HUGE = 1e200


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
    def top(self) -> int:
        """The degree of the identity: that of the option, or the least that reads all parts."""
        if self.degree is not None:
            return self.degree
        parts = (self.product, *self.given, *self.equations)
        most = max(int(poly.total_degree()) for poly in parts)
        return most + most % 2


@dataclass(frozen=True)
class Failure:
    """No certificate, and why; a zero or a negative value of the target where there is one."""

    reason: str


@dataclass(frozen=True)
class Block:
    """A Gram matrix on `basis`, times `factor`."""

    factor: Poly
    basis: tuple[Poly, ...]
    bound: bool = False


def certify(
    target: Poly,
    *,
    multiplier: Poly | None = None,
    given: Iterable[Poly] = (),
    equations: Iterable[Poly] = (),
    positive: Iterable[Poly] = (),
    degree: int | None = None,
) -> Certificate | Failure:
    """A certificate of the identity in `Problem`, multiplied out again before it is returned.

    It shows that multiplier * target >= 0 where every `given` is >= 0 and every equation is zero;
    what follows for the target is up to the caller. Raises `UnsupportedError` for problems that
    are too large, and for those that need a solver that is not installed.
    """
    one = target.context().constant(1)
    problem = Problem(
        target,
        one if multiplier is None else multiplier,
        tuple(given),
        tuple(equations),
        tuple(positive),
        degree,
    )
    if int(problem.product.total_degree()) > problem.top:
        return Failure(f"its degree is above {problem.top}: raise `degree`.")
    plain = not (problem.given or problem.equations or problem.positive)
    found = _without_square_factor(problem) if plain else _search(problem)
    if isinstance(found, Certificate) and not found.holds():
        return Failure("the certificate that was found does not multiply out.")
    return found


def _without_square_factor(problem: Problem) -> Certificate | Failure:
    """product = root^2 * rest: squares of the rest, times the root."""
    root = problem.target.context().constant(1)
    for factor, exponent in problem.product.factor()[1] if problem.product else ():
        root = root * factor ** (int(exponent) // 2)
    if root.is_constant():
        return _search(problem)
    found = _search(Problem(problem.product / root**2, root / root))
    if isinstance(found, Failure):
        return found
    parts = tuple(part.times(root) for part in found.parts)
    return replace(found, target=problem.target, multiplier=problem.multiplier, parts=parts)


def _search(problem: Problem) -> Certificate | Failure:
    from verifier.derive.kernel.semidefinite import propose

    blocks = list(reduce_at_zeros(problem, _blocks(problem)))
    for _ in range(ROUNDS):
        blocks = [block for block in blocks if block.basis]
        system = System.of(problem, blocks)
        if system is None:
            return Failure(f"it is no sum of squares of degree {problem.top} of this form.")
        if problem.positive and not any(block.bound for block in blocks):
            return Failure("it has no positive lower bound of this form.")
        if not blocks:
            return Certificate(_names(problem), problem.target, problem.multiplier, (), system.tied)
        if not system.free:
            return _certificate(problem, system, []) or Failure(
                "its only Gram matrix is not positive semidefinite, or not definite enough."
                if problem.positive
                else "its only Gram matrix is not positive semidefinite."
            )
        try:
            proposal = propose(system.numeric(), len(system.free))
        except (ArithmeticError, ValueError) as fault:
            return Failure(f"its numbers are out of the range of floats ({fault}).")
        if proposal.margin < -1e-5:
            return Failure(
                f"no Gram matrix of degree {problem.top} is near positive semidefinite "
                f"(the least eigenvalue is {proposal.margin:.1e})."
            )
        found = _rounded(problem, system, proposal)
        if found is not None:
            return found
        reduced = _reduced(problem, blocks, proposal)
        if reduced is None:
            return Failure("no Gram matrix near the proposed one is rational and semidefinite.")
        blocks = reduced
    return Failure("facial reduction does not end.")


def _names(problem: Problem) -> tuple[str, ...]:
    return tuple(map(str, problem.target.context().names()))


def _blocks(problem: Problem) -> list[Block]:
    """Bases of monomials, split by the sign symmetries that all polynomials share."""
    one = problem.target.context().constant(1)
    product, top = problem.product, problem.top
    bounds = [problem.multiplier * g for g in problem.positive]
    met = {e for poly in (product, *bounds) for e in support(poly)}
    plain = not problem.given and not problem.equations
    half = halves(met) if plain else combinations_upto(len(_names(problem)), top // 2)
    everything = [product, *problem.given, *problem.equations, *bounds]
    exponents = [e for poly in everything for e in support(poly)]
    blocks = []
    for factor, monomials in [(one, half), *((g, None) for g in problem.given)]:
        degree = (top - int(factor.total_degree())) // 2
        if degree < 0:
            continue
        basis = combinations_upto(len(_names(problem)), degree) if monomials is None else monomials
        for group in parity_classes(basis, exponents):
            if len(group) > LARGEST:
                raise UnsupportedError(
                    f"The Gram matrix has {len(group)} rows; at most {LARGEST} are tried. "
                    "Lower `degree`, or use fewer variables."
                )
            blocks.append(Block(factor, tuple(_monomial(one, m) for m in group)))
    return blocks + [Block(poly, (one,), bound=True) for poly in bounds]


def _monomial(one: Poly, exponents: Monomial) -> Poly:
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
            (_monomial(one, m), zero)
            for zero in problem.equations
            for m in combinations_upto(len(_names(problem)), problem.top - int(zero.total_degree()))
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


def _certificate(problem: Problem, system: System, values: list[fmpq]) -> Certificate | None:
    entries = system.entries(values)
    parts: list[Part] = []
    for block, gram in zip(system.blocks, system.grams(entries), strict=True):
        part = part_of(block.factor, block.basis, gram, bound=block.bound)
        if part is None:
            return None
        parts.append(part)
    found = Certificate(
        _names(problem),
        problem.target,
        problem.multiplier,
        tuple(part for part in parts if part.squares),
        system.equations(entries),
    )
    return found if found.positive or not problem.positive else None


def _rounded(problem: Problem, system: System, proposal: Proposal) -> Certificate | None:
    """The coarsest rounding of the free entries that is exactly positive semidefinite."""
    if any(not abs(v) < HUGE for v in proposal.y):
        return None
    for bits in BITS:
        values = [fmpq(round(math.ldexp(float(v), bits)), 2**bits) for v in proposal.y]
        found = _certificate(problem, system, values)
        if found is not None:
            return found
    return None


def _reduced(problem: Problem, blocks: list[Block], proposal: Proposal) -> list[Block] | None:
    """Smaller blocks without kernels that the proposal shows, still of the product; or None."""
    from verifier.derive.kernel.semidefinite import kernel

    for accuracy, limit in itertools.product(ACCURACY, DENOMINATORS):
        out = []
        for block, gram in zip(blocks, proposal.blocks, strict=True):
            near = kernel(gram, accuracy=accuracy, limit=limit)
            rows = [[fmpq(*v.as_integer_ratio()) for v in row] for row in near]
            out.append(without(block, rows))
        smaller = any(len(a.basis) < len(b.basis) for a, b in zip(out, blocks, strict=True))
        if smaller and System.of(problem, [block for block in out if block.basis]) is not None:
            return out
    return None


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
    zeros = [
        point
        for point in points(problem.target.context().nvars(), POINTS)
        if product(*point) == 0
        and all(g(*point) >= 0 for g in problem.given)
        and all(e(*point) == 0 for e in problem.equations)
        and all(g(*point) >= 0 for g in problem.positive)
    ]
    for block in blocks:
        inside = [z for z in zeros if block.factor(*z) > 0]
        yield without(block, [[b(*z) for b in block.basis] for z in inside])


def negative_point(
    target: Poly, allowed: Callable[[tuple[fmpq, ...]], bool], *, strict: bool
) -> tuple[fmpq, ...] | None:
    """A small rational point that is allowed where the target is < 0 (`strict`: or zero)."""
    for point in points(target.context().nvars(), POINTS):
        value = target(*point)
        if (value < 0 or (strict and value == 0)) and allowed(point):
            return point
    return None
