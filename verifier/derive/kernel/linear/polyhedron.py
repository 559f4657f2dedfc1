"""**Rational polyhedra**: a point of a system of affine (in)equalities, or why there is none.

Without `!=` this is Farkas's lemma. A polyhedron that is no part of any of finitely many
hyperplanes has a point off all of them, since a convex set in a finite union of hyperplanes lies
in one: points off each are averaged.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flint import Ordering, fmpq, fmpq_mpoly_ctx

from verifier.derive.kernel.linear.farkas import (
    Certificate,
    Counterpoint,
    Fact,
    Poly,
    Sign,
    consequence,
)
from verifier.errors import UnsupportedError

Point = tuple[fmpq, ...]
WEIGHTS = 40


@dataclass(frozen=True)
class Affine:
    """constant + sum of coefficient * variable `op` 0, as it is shown; op is ==, >, >= or !=."""

    name: str
    coefficients: tuple[fmpq, ...]
    constant: fmpq
    op: str

    def at(self, point: Point) -> fmpq:
        pairs = zip(self.coefficients, point, strict=True)
        return sum((c * x for c, x in pairs), self.constant)

    def holds(self, point: Point) -> bool:
        value = self.at(point)
        decided = {"==": value == 0, "!=": value != 0, ">": value > 0, ">=": value >= 0}
        return bool(decided[self.op])


@dataclass(frozen=True)
class Empty:
    """No point: the system contradicts itself, or it forces `forced` == 0 from both sides."""

    proofs: tuple[Certificate, ...]
    forced: str = ""

    def __str__(self) -> str:
        shown = " and ".join(map(str, self.proofs))
        return f"{self.forced} is forced to be 0: {shown}" if self.forced else shown


def point_of(system: Sequence[Affine], width: int) -> Point | Empty:
    """A rational point where every relation holds, or the proof that there is none."""
    names = tuple(f"x{k}" for k in range(width)) or ("x0",)
    ring = fmpq_mpoly_ctx.get(names, Ordering.degrevlex)
    gens = ring.gens()

    def poly(row: Affine) -> Poly:
        terms = zip(row.coefficients, gens, strict=False)
        return sum((g * c for c, g in terms), ring.constant(row.constant))

    facts = [Fact(row.name, poly(row), _sign(row.op)) for row in system if row.op != "!="]
    start = consequence(ring.constant(-1), ">=", facts)
    if isinstance(start, Certificate):
        return Empty((start,))
    points = [_point(start, width)]
    for row in system:
        if row.op == "!=" and all(row.at(p) == 0 for p in points):
            found = _off(poly(row), facts)
            if not isinstance(found, Counterpoint):
                return Empty(found, row.name.replace("!=", "-"))
            points.append(_point(found, width))
    return _average(points, system)


def _off(gap: Poly, facts: Sequence[Fact]) -> Counterpoint | tuple[Certificate, Certificate]:
    """A point of the polyhedron where the gap is not 0, or the proofs that it is 0 on it."""
    proofs = []
    for side in (gap, -gap):
        found = consequence(side, ">=", facts)
        if isinstance(found, Counterpoint):
            return found
        proofs.append(found)
    return proofs[0], proofs[1]


def _average(points: Sequence[Point], system: Sequence[Affine]) -> Point:
    """A convex combination of the points where every relation holds."""
    for base in range(1, WEIGHTS):
        weights = [fmpq(base**k) for k in range(len(points))]
        total = sum(weights, fmpq(0))
        columns = zip(*points, strict=True)
        mixed = tuple(
            sum((w * x for w, x in zip(weights, column, strict=True)), fmpq(0)) / total
            for column in columns
        )
        if all(row.holds(mixed) for row in system):
            return mixed
    raise UnsupportedError("No combination of the points avoids every hyperplane.")


def _point(found: Counterpoint, width: int) -> Point:
    values = {monomial.index(1): value for monomial, value in found.values if 1 in monomial}
    return tuple(values.get(k, fmpq(0)) for k in range(width))


def _sign(op: str) -> Sign:
    if op == "==":
        return "=="
    return ">" if op == ">" else ">="
