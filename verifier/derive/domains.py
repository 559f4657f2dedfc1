"""**Domains** of generic statements: convex sets with an interior, and points inside them.

A domain is the whole space or what affine inequalities cut out of it. It has an interior where the
strict inequalities have a solution; the set where they hold is then its interior, and connected.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import sympy
from flint import fmpq
from sympy import Expr, Symbol

from verifier.derive.analytic import is_polynomial_in
from verifier.derive.consequences import outside
from verifier.derive.context import Context, Discharge, all_hold, refuse, relation_holds
from verifier.derive.kernel.linear.affine import affine_row, is_affine
from verifier.derive.kernel.linear.polyhedron import Affine, Empty, Point, point_of
from verifier.derive.nonzero import all_have_values
from verifier.errors import UnsupportedError
from verifier.exact.compound import Compound
from verifier.exact.statements import Relation
from verifier.exact.substitution import substitute

Values = Mapping[Symbol, Expr]
PRIMES = tuple(sympy.primerange(200))
TRIES = 14
HALVINGS = 8


@dataclass(frozen=True)
class Domain:
    """Points are `variables` with every one of the affine inequalities `relations`.

    `plain` is the context outside, where the variables mean nothing, `inside` the one at a point
    of the domain.
    """

    variables: tuple[Symbol, ...]
    relations: tuple[Relation, ...]
    plain: Context
    inside: Context

    @staticmethod
    def of(
        binder: Compound, variables: Sequence[Symbol], on: Sequence[Relation], context: Context
    ) -> Domain:
        plain = outside(context, binder)
        return Domain(tuple(variables), tuple(on), plain, plain.assuming(*on))

    def restricted(self, *more: Relation) -> Domain:
        """The part of the domain where `more` holds as well."""
        inside = self.inside.assuming(*more)
        return replace(self, relations=(*self.relations, *more), inside=inside)

    def is_convex_around(self, point: Values) -> Discharge:
        """Whether the domain is convex, so that its interior is connected, with `point` inside."""
        reader = self.plain.reader()
        for relation in self.relations:
            if relation.op in ("==", "!="):
                return refuse(f"the domain may not use {relation}: give inequalities.")
            if not is_affine(reader, relation, self.variables):
                return refuse(f"{relation} is not affine: the domain may be disconnected.")
        return self.is_around(point)

    def is_around(self, point: Values) -> Discharge:
        """Whether all points near `point` are in the domain, for all values of the parameters."""
        for relation in self.relations:
            gap = relation.lhs - relation.rhs
            if relation.op == "==" or not is_polynomial_in(gap, self.variables):
                return refuse(f"the domain may not use {relation}: its interior is not known.")
        reader = self.plain.reader()
        values = all_have_values(reader, tuple(point.values()))
        inner = (substitute(_strict(relation), point) for relation in self.relations)
        return all_hold(
            (("the point", values), *((f"inside {r}", relation_holds(reader, r)) for r in inner))
        )

    def points(self) -> Iterator[dict[Symbol, Expr]]:
        """Rational points inside, simple ones first; none where the domain is not rational."""
        width = len(self.variables)
        center = self._center()
        if center is None:
            return
        rows = self._rows() or []
        seen = set()
        for pattern in _patterns(width):
            for halving in range(HALVINGS if rows else 1):
                moved = tuple(c + p / 2**halving for c, p in zip(center, pattern, strict=True))
                if all(row.holds(moved) for row in rows) and moved not in seen:
                    seen.add(moved)
                    yield self._values(moved)
                    break

    def _values(self, point: Point) -> dict[Symbol, Expr]:
        numbers = (sympy.Rational(int(x.p), int(x.q)) for x in point)
        return dict(zip(self.variables, numbers, strict=True))

    def _center(self) -> Point | None:
        if not self.relations:
            return (fmpq(0),) * len(self.variables)
        rows = self._rows()
        if rows is None:
            return None
        found = point_of(rows, len(self.variables))
        return None if isinstance(found, Empty) else found

    def _rows(self) -> list[Affine] | None:
        """The strict inequalities over Q."""
        reader = self.plain.reader()
        rows = [affine_row(reader, _strict(r), self.variables) for r in self.relations]
        return None if any(row is None for row in rows) else [row for row in rows if row]


def _strict(relation: Relation) -> Relation:
    """The inequality without its boundary."""
    op = {"<=": "<", ">=": ">"}.get(relation.op, relation.op)
    return replace(relation, op=op)  # type: ignore[arg-type]


def _patterns(width: int) -> Iterator[tuple[fmpq, ...]]:
    yield tuple(fmpq(k + 1) for k in range(width))
    yield tuple(fmpq(1, k + 2) for k in range(width))
    yield tuple(fmpq((-1) ** k * (k // 2 + 1)) for k in range(width))
    if width <= len(PRIMES):
        yield tuple(fmpq(1, PRIMES[k]) for k in range(width))
    yield (fmpq(0),) * width
    rng = random.Random(width)
    for trial in range(TRIES):
        top = 3 + 2 * trial
        yield tuple(fmpq(rng.randint(-top, top), rng.choice((1, 2, 3))) for _ in range(width))


def witness_of(given: Mapping[Symbol, Expr] | None, domain: Domain) -> Iterator[Values]:
    """The author's point, or those of the domain."""
    if given is None:
        yield from domain.points()
        return
    missing = [str(v) for v in domain.variables if v not in given]
    if missing:
        raise UnsupportedError(f"`at` has no value of `{missing[0]}`.")
    yield {variable: given[variable] for variable in domain.variables}
