"""**Chords** that deny convexity: two points of a set with a middle that is too high, or outside.

Floats propose the points; what they deny is shown exactly.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sympy
from flint import fmpq
from sympy import Expr, Symbol

from verifier.derive.kernel.squares.basis import points
from verifier.errors import UnsupportedError
from verifier.exact.scalars import exact
from verifier.exact.statements import Relation, ge, gt
from verifier.exact.statements.convex import Convex
from verifier.exact.substitution import substitute

HALF = sympy.Rational(1, 2)
POINTS = 130
KEPT = 4
NOTHING = 1e-9
Point = Mapping[Symbol, Expr]
Floats = tuple[float, ...]


@dataclass(frozen=True)
class Chord:
    """The segment between two points, each with a value of every variable."""

    one: Point
    two: Point

    @classmethod
    def of(cls, statement: Convex, given: Any) -> Chord:
        """Raises `UnsupportedError` if these are not two points of the variables."""
        try:
            one, two = ({v: exact(point[v]) for v in statement.variables} for point in given)
        except (KeyError, TypeError, ValueError) as fault:
            names = ", ".join(map(str, statement.variables))
            raise UnsupportedError(
                f"`between` is two points with values of {names}, got {given}."
            ) from fault
        return cls(one, two)

    def __str__(self) -> str:
        shown = (", ".join(f"{v} = {x}" for v, x in p.items()) for p in (self.one, self.two))
        return f"the chord between ({') and ('.join(shown)})"

    @property
    def middle(self) -> Point:
        return {v: (self.one[v] + self.two[v]) * HALF for v in self.one}

    @property
    def squared_length(self) -> Expr:
        return sympy.Add(*((self.one[v] - self.two[v]) ** 2 for v in self.one))

    def ends_inside(self, statement: Convex) -> list[Relation]:
        return [substitute(r, end) for r in statement.domain for end in (self.one, self.two)]

    def values(self, statement: Convex) -> list[Expr]:
        """The function at both ends."""
        return [substitute(statement.expr, end) for end in (self.one, self.two)]

    def denials(self, statement: Convex) -> Iterator[Relation]:
        """Relations each of which denies that the set and the function are convex."""
        for relation in statement.domain:
            there: Relation = substitute(relation, self.middle)
            yield there.negated()
        mean = sympy.Add(*self.values(statement)) * HALF
        high = substitute(statement.expr, self.middle)
        yield ge(high, mean) if statement.strictly else gt(high, mean)


def plain_chords(statement: Convex) -> Iterator[Chord]:
    """Chords between small rational points that seem to deny the statement, the clearest first."""
    if statement.expr.free_symbols - set(statement.variables):
        return
    grid = points(len(statement.variables), POINTS)
    value = _in_floats(statement, statement.expr)
    gaps = [(r.op, _in_floats(statement, r.lhs - r.rhs)) for r in statement.domain]
    inside = [p for p in map(_floats, grid) if all(_holds(op, gap(p)) for op, gap in gaps)]
    exact_points = dict(zip(map(_floats, grid), grid, strict=True))
    found = []
    for one, two in itertools.combinations(inside, 2):
        middle = tuple((a + b) / 2 for a, b in zip(one, two, strict=True))
        if not all(_holds(op, gap(middle)) for op, gap in gaps):
            found.append((math.inf, one, two))
            continue
        excess = value(middle) - (value(one) + value(two)) / 2
        if excess > -NOTHING:
            found.append((excess, one, two))
    for _, one, two in sorted(found, key=lambda row: -row[0])[:KEPT]:
        ends = (_named(statement, exact_points[end]) for end in (one, two))
        yield Chord(*ends)


def _named(statement: Convex, point: Sequence[fmpq]) -> Point:
    numbers = (sympy.Rational(int(x.p), int(x.q)) for x in point)
    return dict(zip(statement.variables, numbers, strict=True))


def _floats(point: Sequence[fmpq]) -> Floats:
    return tuple(int(x.p) / int(x.q) for x in point)


def _in_floats(statement: Convex, expr: Expr) -> Callable[[Floats], float]:
    """The value at a point, or nan where there is none."""
    function = sympy.lambdify(statement.variables, expr, "math")

    def value(point: Floats) -> float:
        try:
            return float(function(*point))
        except (ArithmeticError, ValueError, TypeError, NameError):
            return math.nan

    return value


def _holds(op: str, gap: float) -> bool:
    holding = {
        "==": gap == 0,
        "!=": gap != 0,
        "<": gap < 0,
        "<=": gap <= 0,
        ">": gap > 0,
        ">=": gap >= 0,
    }
    return holding[op]
