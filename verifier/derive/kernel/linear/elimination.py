"""**Elimination**: equations solved for variables, with the way back.

An equation h = c (v - q), with a rational c and q without v, replaces v by q everywhere. What then
vanishes is a combination of the equations, which `cofactors` gives.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flint import Ordering, fmpq, fmpq_mpoly_ctx

from verifier.derive.kernel.squares.certificate import Poly

HIGHEST = 8  # degree that a replacement by what is not affine may lead to


@dataclass(frozen=True)
class Step:
    """Equation `number`, after the steps before, is scale * (variable - value)."""

    number: int
    equation: Poly
    variable: int
    value: Poly
    scale: fmpq


@dataclass(frozen=True)
class Elimination:
    """From `large`, a ring, to `small`, the ring of the variables that are left.

    `images` are the variables of `large` in `small`, and `back` those of `small` in `large`.
    """

    large: Any
    small: Any
    steps: tuple[Step, ...]
    images: tuple[Poly, ...]
    back: tuple[Poly, ...]

    def project(self, poly: Poly) -> Poly:
        return poly.compose(*self.images, ctx=self.small)

    def lift(self, poly: Poly) -> Poly:
        return poly.compose(*self.back, ctx=self.large)

    def cofactors(self, poly: Poly) -> list[tuple[Poly, int]]:
        """(c_j, j) with poly = sum_j c_j h_j, for a polynomial that `project` sends to zero."""
        parts, rest = self._divided(poly, self.steps)
        if not rest.is_zero():
            raise ArithmeticError(f"{rest} does not vanish on the equations.")
        out = []
        for k in range(len(self.steps) - 1, -1, -1):
            step = self.steps[k]
            cofactor = parts[k] / step.scale
            out.append((cofactor, step.number))
            # scale (v - q) = h - sum_i inner_i (v_i - q_i)
            inner, _ = self._divided(step.equation, self.steps[:k])
            for i, part in enumerate(inner):
                parts[i] = parts[i] - cofactor * part
        return [(cofactor, number) for cofactor, number in out if not cofactor.is_zero()]

    def _divided(self, poly: Poly, steps: Sequence[Step]) -> tuple[list[Poly], Poly]:
        """poly = sum_k part_k (v_k - q_k) + rest."""
        gens = self.large.gens()
        parts = []
        for step in steps:
            rest = replaced(poly, step.variable, step.value)
            parts.append(divmod(poly - rest, gens[step.variable] - step.value)[0])
            poly = rest
        return parts, poly


def replaced(poly: Poly, variable: int, value: Poly) -> Poly:
    """`poly` with one variable replaced, in the same ring."""
    ring = poly.context()
    moved = [value if v == variable else gen for v, gen in enumerate(ring.gens())]
    return poly.compose(*moved, ctx=ring)


def eliminate(
    large: Any, equations: Sequence[tuple[int, Poly]], others: Iterable[Poly]
) -> Elimination:
    """Equations (number, polynomial) of the ring `large` solved one after the other.

    Affine ones come first; a quadratic one is solved where that keeps `others`, the polynomials
    that are used with it, of a low degree. The last variables go first.
    """
    steps: list[Step] = []
    waiting = sorted(equations, key=lambda item: (int(item[1].total_degree()), item[0]))
    moved = list(others)
    for number, equation in waiting:
        poly = equation
        for step in steps:
            poly = replaced(poly, step.variable, step.value)
        if int(poly.total_degree()) not in (1, 2):
            continue
        for variable, scale in _solvable(poly):
            value = large.gens()[variable] - poly / scale
            after = [replaced(other, variable, value) for other in moved]
            if value.total_degree() <= 1 or all(p.total_degree() <= HIGHEST for p in after):
                steps.append(Step(number, equation, variable, value, scale))
                moved = after
                break
    return _elimination(large, steps)


def _solvable(poly: Poly) -> list[tuple[int, fmpq]]:
    """Variables that occur once, alone, with their coefficients; the last first."""
    terms = {tuple(map(int, e)): fmpq(c) for e, c in poly.to_dict().items()}
    out = []
    for variable in range(poly.context().nvars() - 1, -1, -1):
        met = [exponents for exponents in terms if exponents[variable]]
        if len(met) == 1 and sum(met[0]) == 1:
            out.append((variable, terms[met[0]]))
    return out


def _elimination(large: Any, steps: Sequence[Step]) -> Elimination:
    gens = large.gens()
    gone = {step.variable for step in steps}
    kept = [v for v in range(len(gens)) if v not in gone]
    names = large.names()
    small = fmpq_mpoly_ctx.get(tuple(names[v] for v in kept), Ordering.degrevlex)
    images = [small.constant(0)] * len(gens)
    for v, gen in zip(kept, small.gens(), strict=True):
        images[v] = gen
    for step in reversed(steps):
        images[step.variable] = step.value.compose(*images, ctx=small)
    return Elimination(large, small, tuple(steps), tuple(images), tuple(gens[v] for v in kept))
