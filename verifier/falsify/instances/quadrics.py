"""**Quadrics**: rational points at which a hypothesis of degree two holds, such as x^2 + y^2 = 1.

A line through one rational point p of a quadric q = 0 meets it in one more:

    q(p + t e) = t (slope at p along e) + t^2 (quadratic part of e) = 0
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import combinations, islice, product

import sympy
from sympy import Expr

from verifier.errors import UnsupportedError
from verifier.exact.statements import Relation, Statement
from verifier.falsify.instances.instance import Value
from verifier.falsify.instances.leaf import Component, Leaf, Product, Scalar, leaf_symbol
from verifier.falsify.instances.signature import Signature
from verifier.falsify.statements.goal import Mode, dimensions_of
from verifier.falsify.statements.ground import lower

MOST_LEAVES = 12
MOST_POINTS = 16
_SIMPLE = tuple(Fraction(text) for text in "1 -1 2 -2 3 1/2".split())
_STAYS = 0.25  # the share of instances at one of the simple points
Point = tuple[Fraction, ...]


@dataclass(frozen=True)
class Quadric:
    """<x, Q x> + <l, x> + c = 0 in numbers x that are read off `leaves`."""

    leaves: tuple[Scalar | Component, ...]
    quadratic: tuple[Point, ...]
    linear: Point
    constant: Fraction

    def at(self, point: Point) -> Fraction:
        """How far it is from holding."""
        return self.square(point) + _dot(self.linear, point) + self.constant

    def square(self, point: Point) -> Fraction:
        return _dot(point, [_dot(row, point) for row in self.quadratic])

    def meets(self, start: Point, towards: Point) -> Point:
        """Where the line from a point of it to another one meets it, `start` if nowhere else."""
        along = tuple(b - a for a, b in zip(start, towards, strict=True))
        slope = sum(
            (e * (2 * _dot(row, start) + b)
             for e, row, b in zip(along, self.quadratic, self.linear, strict=True)),
            Fraction(0),
        )  # fmt: skip
        square = self.square(along)
        if square == 0:
            return towards if slope == 0 else start
        return tuple(a - slope / square * e for a, e in zip(start, along, strict=True))

    @cached_property
    def points(self) -> tuple[Point, ...]:
        """Simple points of it: those with at most two numbers that are not zero."""
        found = (point for point in _simple(len(self.leaves)) if self.at(point) == 0)
        return tuple(islice(found, MOST_POINTS))


class Quadrics:
    """The hypotheses of degree two that no scalar is solved from."""

    def __init__(self, statements: Iterable[Statement], signature: Signature) -> None:
        self.signature = signature
        self.equations = tuple(s for s in statements if _is_equation(s))
        self.known: dict[tuple[int, ...], tuple[Quadric, ...]] = {}

    def put(self, rng: random.Random, values: dict[str, Value]) -> None:
        """Move `values` to points at which they hold, those that do not share a number."""
        if not self.equations:
            return
        for quadric in self._at_sizes(values):
            here = tuple(leaf.value(values) for leaf in quadric.leaves)
            if quadric.at(here) == 0 or not quadric.points:
                continue
            start = rng.choice(quadric.points)
            moved = start if rng.random() < _STAYS else quadric.meets(start, here)
            for leaf, x in zip(quadric.leaves, moved, strict=True):
                _set(values, leaf, x)

    def _at_sizes(self, values: dict[str, Value]) -> tuple[Quadric, ...]:
        dims = dimensions_of(self.signature, values)
        key = tuple(dims.values())
        if key not in self.known:
            found: list[Quadric] = []
            for statement in self.equations:
                made = quadric(statement, self.signature, dims)
                taken = {leaf for other in found for leaf in other.leaves}
                if made is not None and not taken & set(made.leaves):
                    found.append(made)
            self.known[key] = tuple(found)
        return self.known[key]


def quadric(
    statement: Statement, signature: Signature, dimensions: dict[str, int]
) -> Quadric | None:
    """The equation in numbers, or None when it is none of degree two in scalars and components."""
    try:
        goal = lower(statement, signature, dimensions)
    except UnsupportedError:
        return None
    if goal.mode is not Mode.ALL or len(goal.relations) != 1:
        return None
    gap: Expr = goal.relations[0].lhs - goal.relations[0].rhs
    leaves: dict[Expr, Leaf] = {s: leaf for s, leaf in goal.leaves.items() if gap.has(s)}
    for symbol, leaf in list(leaves.items()):
        if isinstance(leaf, Product) and not leaf.operator:
            pairs = [
                (Component(leaf.left, n), Component(leaf.right, n))
                for n in range(1, _size(leaf, signature, dimensions) + 1)
            ]
            gap = gap.xreplace({symbol: sympy.Add(*(_times(*pair) for pair in pairs))})
            leaves |= {leaf_symbol(part): part for pair in pairs for part in pair}
            del leaves[symbol]
    names = sorted(leaves, key=str)
    kept = [leaf for leaf in (leaves[s] for s in names) if isinstance(leaf, (Scalar, Component))]
    whole = {str(s) for s in signature.integers} | set(signature.dimensions)
    plain = len(kept) == len(names) and not any(leaf.name in whole for leaf in kept)
    if not plain or not 2 <= len(names) <= MOST_LEAVES or not gap.is_polynomial(*names):
        return None
    return _quadric(sympy.Poly(gap, *names), kept)


def _quadric(gap: sympy.Poly, leaves: Sequence[Scalar | Component]) -> Quadric | None:
    if gap.total_degree() != 2 or not all(c.is_Rational for c in gap.coeffs()):
        return None
    n = len(leaves)
    square = [[Fraction(0)] * n for _ in range(n)]
    linear, constant = [Fraction(0)] * n, Fraction(0)
    for exponents, c in gap.terms():
        value = Fraction(int(c.p), int(c.q))
        places = [k for k, power in enumerate(exponents) for _ in range(power)]
        match places:
            case [i, j]:
                square[i][j] += value / 2
                square[j][i] += value / 2
            case [i]:
                linear[i] = value
            case _:
                constant = value
    solved = (leaf for leaf, row in zip(leaves, square, strict=True) if not any(row))
    if any(isinstance(leaf, Scalar) for leaf in solved):
        return None
    return Quadric(tuple(leaves), tuple(map(tuple, square)), tuple(linear), constant)


def _is_equation(statement: Statement) -> bool:
    return (
        isinstance(statement, Relation) and statement.op == "==" and isinstance(statement.lhs, Expr)
    )


def _size(leaf: Product, signature: Signature, dimensions: dict[str, int]) -> int:
    return dimensions[dict(signature.vectors)[leaf.left]]


def _times(one: Component, two: Component) -> Expr:
    return leaf_symbol(one) * leaf_symbol(two)


def _simple(size: int) -> Iterator[Point]:
    zero = (Fraction(0),) * size
    yield zero
    for place, x in product(range(size), _SIMPLE):
        yield _with(zero, {place: x})
    for places in combinations(range(size), 2):
        for pair in product(_SIMPLE, repeat=2):
            yield _with(zero, dict(zip(places, pair, strict=True)))


def _with(point: Point, changes: dict[int, Fraction]) -> Point:
    return tuple(changes.get(place, x) for place, x in enumerate(point))


def _set(values: dict[str, Value], leaf: Scalar | Component, x: Fraction) -> None:
    old = values[leaf.name]
    if isinstance(leaf, Component) and isinstance(old, tuple):
        values[leaf.name] = _with(old, {leaf.index - 1: x})
    else:
        values[leaf.name] = x


def _dot(one: Sequence[Fraction], two: Sequence[Fraction]) -> Fraction:
    return sum((a * b for a, b in zip(one, two, strict=True)), Fraction(0))
