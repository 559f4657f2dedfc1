"""**Gram**: sums of squares by Gram matrices over Q (Parrilo 2003; Peyrl and Parrilo 2008).

A numeric method proposes a Gram matrix. Its free entries are rounded to rationals and the others
solved for, so that it is exactly a Gram matrix of the polynomial; an exact LDL^T decides. A zero
of the polynomial puts its vector of monomials into the kernel of every Gram matrix: the basis is
reduced by rational kernel vectors until the matrices have an interior.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flint import fmpq

from verifier.derive.kernel.squares.basis import combinations_upto, halves, parity_classes, support
from verifier.derive.kernel.squares.certificate import Certificate, Part, Poly, part_of
from verifier.derive.kernel.squares.facial import reduce_at_kernels, reduce_at_zeros
from verifier.derive.kernel.squares.system import Block, Problem, System, monomial_of
from verifier.errors import UnsupportedError

if TYPE_CHECKING:
    from verifier.derive.kernel.squares.semidefinite import Proposal

LARGEST = 60  # rows of a Gram matrix
ROUNDS = 5  # facial reductions
BITS = (0, 1, 2, 3, 4, 5, 6, 8, 10, 13, 17, 22, 30)
HUGE = 1e200


@dataclass(frozen=True)
class Failure:
    """No certificate, and why; a zero or a negative value of the target where there is one."""

    reason: str


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
    root = square_root_of_factors(problem.product)
    if root.is_constant():
        return _search(problem)
    found = _search(Problem(problem.product / root**2, root / root))
    if isinstance(found, Failure):
        return found
    parts = tuple(part.times(root) for part in found.parts)
    return replace(found, target=problem.target, multiplier=problem.multiplier, parts=parts)


def square_root_of_factors(poly: Poly) -> Poly:
    """The polynomial of the highest degree whose square divides `poly`; 1 if it is zero."""
    root = poly.context().constant(1)
    for factor, exponent in poly.factor()[1] if poly else ():
        root = root * factor ** (int(exponent) // 2)
    return root


def _search(problem: Problem) -> Certificate | Failure:
    from verifier.derive.kernel.squares.semidefinite import propose

    blocks = [block for block in reduce_at_zeros(problem, _blocks(problem)) if block.basis]
    if problem.positive and not any(block.bound for block in blocks):
        return Failure("it has no positive lower bound of this form.")
    system = System.of(problem, blocks)
    if system is None:
        return Failure(f"it is no sum of squares of degree {problem.top} of this form.")
    for _ in range(ROUNDS):
        if not blocks:
            return Certificate(problem.names, problem.target, problem.multiplier, (), system.tied)
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
        reduced = reduce_at_kernels(problem, blocks, proposal)
        if reduced is None:
            return Failure("no Gram matrix near the proposed one is rational and semidefinite.")
        blocks, system = reduced
    return Failure("facial reduction does not end.")


def _blocks(problem: Problem) -> list[Block]:
    """Bases of monomials, split by the sign symmetries that all polynomials share."""
    one = problem.target.context().constant(1)
    product, top = problem.product, problem.top
    bounds = [problem.multiplier * g for g in problem.positive]
    met = {e for poly in (product, *bounds) for e in support(poly)}
    plain = not problem.given and not problem.equations
    half = halves(met) if plain else combinations_upto(len(problem.names), top // 2)
    everything = [product, *problem.given, *problem.equations, *bounds]
    exponents = [e for poly in everything for e in support(poly)]
    blocks = []
    for factor, monomials in [(one, half), *((g, None) for g in problem.given)]:
        degree = (top - int(factor.total_degree())) // 2
        if degree < 0:
            continue
        basis = combinations_upto(len(problem.names), degree) if monomials is None else monomials
        for group in parity_classes(basis, exponents):
            if len(group) > LARGEST:
                raise UnsupportedError(
                    f"The Gram matrix has {len(group)} rows; at most {LARGEST} are tried. "
                    "Lower `degree`, or use fewer variables."
                )
            blocks.append(Block(factor, tuple(monomial_of(one, m) for m in group)))
    return blocks + [Block(poly, (one,), bound=True) for poly in bounds]


def _certificate(problem: Problem, system: System, values: list[fmpq]) -> Certificate | None:
    entries = system.entries(values)
    parts: list[Part] = []
    for block, gram in zip(system.blocks, system.grams(entries), strict=True):
        part = part_of(block.factor, block.basis, gram, bound=block.bound)
        if part is None:
            return None
        parts.append(part)
    found = Certificate(
        problem.names,
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
