"""**Invariants**: the polynomials up to a degree that a polynomial flow keeps, by linear algebra.

Along a flow the derivative of each monomial is a polynomial in everything; a combination of
monomials is kept, for all values of what drives the flow, exactly when its coefficients cancel.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement
from typing import Any

import sympy
from flint import Ordering, fmpq, fmpq_mat, fmpq_mpoly_ctx
from sympy import Expr, Symbol

from verifier.errors import UnsupportedError
from verifier.exact.vectors import Inner, Space, Vector, dot

Poly = Any  # flint.fmpq_mpoly
MONOMIALS = 2000


@dataclass(frozen=True)
class Moving:
    """A flow in coordinates: moving atoms with their degree and velocity, in one ring."""

    atoms: tuple[Expr, ...]
    degrees: tuple[int, ...]
    values: Mapping[Expr, Poly]
    velocities: tuple[Poly, ...]

    @property
    def ring(self) -> Any:
        return self.velocities[0].context()

    def lie(self, poly: Poly) -> Poly:
        """The derivative along the flow."""
        total = self.ring.constant(0)
        for atom, velocity in zip(self.atoms, self.velocities, strict=True):
            total = total + poly.derivative(str(self.values[atom])) * velocity
        return total

    def monomials(self, degree: int) -> Iterator[tuple[int, ...]]:
        """Exponents of the moving atoms, of degree 1 to `degree`, lowest first."""
        found = 0
        for size in range(1, degree + 1):
            for picked in combinations_with_replacement(range(len(self.atoms)), size):
                if sum(self.degrees[n] for n in picked) <= degree:
                    found += 1
                    if found > MONOMIALS:
                        raise UnsupportedError(f"More than {MONOMIALS} monomials: ask for less.")
                    yield tuple(picked.count(n) for n in range(len(self.atoms)))

    def read(self, expr: Expr) -> Poly:
        return _read(expr, self.ring, self.values)


def moving(flow: Sequence[tuple[str, Any]]) -> Moving:
    """The flow over its scalars and the inner products of its vectors.

    Raises `UnsupportedError` where a velocity is no polynomial over Q.
    """
    scalars = [Symbol(name, real=True) for name, rate in flow if not isinstance(rate, Vector)]
    vectors = {name: rate for name, rate in flow if isinstance(rate, Vector)}
    named = {name: Space(rate.space).vector(name) for name, rate in vectors.items()}
    rates = dict(flow)
    atoms: list[Expr] = list(scalars)
    moves: list[Expr] = [rates[str(symbol)] for symbol in scalars]
    for left, right in combinations_with_replacement(sorted(vectors), 2):
        u, v = named[left], named[right]
        if u.space == v.space:
            atoms.append(dot(u, v))
            moves.append(dot(vectors[left], v) + dot(u, vectors[right]))
    everything = sorted({*atoms, *_atoms(moves)}, key=str)
    names = [f"x{n}" for n in range(len(everything))]
    ring = fmpq_mpoly_ctx.get(tuple(names), Ordering.degrevlex)
    values = dict(zip(everything, ring.gens(), strict=True))
    velocities = tuple(_read(move, ring, values) for move in moves)
    degrees = tuple(2 if isinstance(atom, Inner) else 1 for atom in atoms)
    return Moving(tuple(atoms), degrees, values, velocities)


def kept(flow: Moving, degree: int) -> tuple[Expr, ...]:
    """A basis, over Q, of the invariants of degree 1 to `degree` without constant term."""
    exponents = list(flow.monomials(degree))
    polys = [_monomial(flow, row) for row in exponents]
    null = _kernel([flow.lie(poly) for poly in polys])
    return tuple(
        sympy.Add(*(c * _shown(flow, row) for c, row in zip(combination, exponents, strict=True)))
        for combination in null
    )


def spans(flow: Moving, degree: int, basis: Sequence[Expr]) -> bool:
    """Whether `basis` and 1 span the same space as the invariants up to the degree."""
    found = [flow.read(quantity) for quantity in kept(flow, degree)]
    given = [flow.read(quantity) for quantity in basis]
    one = [flow.ring.constant(1)]
    rank = _rank([*one, *found])
    return _rank([*one, *given]) == rank == _rank([*one, *given, *found])


def _monomial(flow: Moving, exponents: Sequence[int]) -> Poly:
    poly = flow.ring.constant(1)
    for atom, exponent in zip(flow.atoms, exponents, strict=True):
        poly = poly * flow.values[atom] ** exponent
    return poly


def _shown(flow: Moving, exponents: Sequence[int]) -> Expr:
    return sympy.Mul(*(atom**e for atom, e in zip(flow.atoms, exponents, strict=True)))


def _kernel(polys: Sequence[Poly]) -> list[list[sympy.Rational]]:
    """The combinations of `polys` that vanish, in reduced echelon form."""
    rows = _matrix(polys)
    reduced, rank = rows.rref()
    pivots = [next(c for c in range(len(polys)) if reduced[r, c] != 0) for r in range(rank)]
    found = []
    for free in (c for c in range(len(polys)) if c not in pivots):
        combination = [sympy.Integer(0)] * len(polys)
        combination[free] = sympy.Integer(1)
        for row, pivot in enumerate(pivots):
            value = reduced[row, free]
            combination[pivot] = -sympy.Rational(int(value.p), int(value.q))
        found.append(combination)
    return found


def _rank(polys: Sequence[Poly]) -> int:
    return int(_matrix(polys).rref()[1])


def _matrix(polys: Sequence[Poly]) -> Any:
    """Coefficients, one column a polynomial and one row a monomial."""
    tables = [poly.to_dict() for poly in polys]
    rows = sorted({monomial for table in tables for monomial in table}) or [()]
    entries = [table.get(row, fmpq(0)) for row in rows for table in tables]
    return fmpq_mat(len(rows), len(polys), entries)


def _atoms(exprs: Sequence[Expr]) -> set[Expr]:
    found: set[Expr] = set()
    for expr in exprs:
        inner = expr.atoms(Inner)
        bare = expr.xreplace({atom: sympy.Integer(1) for atom in inner})
        found |= inner | bare.free_symbols
    return found


def _read(expr: Expr, ring: Any, values: Mapping[Expr, Poly]) -> Poly:
    if expr in values:
        return values[expr]
    if expr.is_Rational:
        return ring.constant(fmpq(int(expr.p), int(expr.q)))
    if expr.is_Pow and expr.exp.is_Integer and expr.exp > 0:
        return _read(expr.base, ring, values) ** int(expr.exp)
    if expr.is_Add or expr.is_Mul:
        total = ring.constant(0 if expr.is_Add else 1)
        for arg in expr.args:
            part = _read(arg, ring, values)
            total = total + part if expr.is_Add else total * part
        return total
    raise UnsupportedError(f"Invariants are sought of polynomial flows over Q; {expr} is no such.")
