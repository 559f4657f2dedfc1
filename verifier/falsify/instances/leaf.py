"""**Leaves**: the numbers that a closed statement is made of, read off an instance by components.

An inner product is a sum over components and a partial derivative is taken of a polynomial, so
no vector algebra and no kernel is trusted here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from fractions import Fraction
from functools import lru_cache
from hashlib import sha256
from operator import mul
from typing import Any

from flint import fmpq
from sympy import Expr, Rational, Symbol

from verifier.errors import CounterexampleError, DomainError, UnsupportedError
from verifier.exact.statements import Statement
from verifier.exact.structures import Structure, Table, satisfied
from verifier.falsify.instances.instance import Instance, Polynomial, Rows, Spd, inverse
from verifier.falsify.instances.rational import Irrational, number, rational_evaluator


@dataclass(frozen=True)
class Scalar:
    """A scalar, a dimension or an index."""

    name: str

    def value(self, instance: Instance) -> Fraction:
        return Fraction(_get(instance, self.name, (int, Fraction)))


@dataclass(frozen=True)
class Component:
    """(A^exponent v)_index, with index in 1..d; no operator when its name is empty."""

    name: str
    index: int
    operator: str = ""
    exponent: Fraction = Fraction(0)

    def value(self, instance: Instance) -> Fraction:
        return moved(instance, self.name, self.operator, self.exponent)[self.index - 1]


@dataclass(frozen=True)
class Entry:
    """The entry (row, column) of A^exponent, both in 1..d."""

    operator: str
    exponent: Fraction
    row: int
    column: int

    def value(self, instance: Instance) -> Fraction:
        matrix = _get(instance, self.operator, (Spd,)).power(self.exponent)
        return Fraction(matrix[self.row - 1][self.column - 1])


@dataclass(frozen=True)
class Cell:
    """The entry (row, column) of a matrix, both counted from 1."""

    name: str
    row: int
    column: int

    def value(self, instance: Instance) -> Fraction:
        matrix: Rows = _get(instance, self.name, (Rows,))
        return matrix.rows[self.row - 1][self.column - 1]


class InverseTable:
    """The inverse of a square table of expressions in leaves; one with the same text is equal."""

    def __init__(self, table: Sequence[Sequence[Expr]], leaves: Mapping[Symbol, Leaf]) -> None:
        self.symbols = sorted(leaves, key=str)
        self.leaves = [leaves[s] for s in self.symbols]
        self.text = "; ".join(", ".join(map(str, row)) for row in table)
        self.entries = [[rational_evaluator(entry, self.symbols) for entry in row] for row in table]
        self.solved = lru_cache(maxsize=2)(self._solved)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, InverseTable) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)

    def __str__(self) -> str:
        return sha256(self.text.encode()).hexdigest()

    def at(self, instance: Instance) -> tuple[tuple[Fraction, ...], ...]:
        """The rows; raises `DomainError` where it is singular."""
        return self.solved(tuple(leaf.value(instance) for leaf in self.leaves))

    def _solved(self, values: tuple[Fraction, ...]) -> tuple[tuple[Fraction, ...], ...]:
        rows = []
        for row in self.entries:
            known = [entry for entry in row if entry is not None]
            if len(known) < len(row):
                raise UnsupportedError("an inverse with entries that are not rational")
            rows.append(known)
        try:
            return inverse(tuple(tuple(entry(values) for entry in row) for row in rows))
        except Irrational as fault:
            raise UnsupportedError("an inverse with entries that are not rational") from fault
        except CounterexampleError as fault:
            raise DomainError(str(fault)) from fault


@dataclass(frozen=True)
class InverseCell:
    """The entry (row, column) of an inverse, both counted from 1."""

    of: InverseTable
    row: int
    column: int

    def value(self, instance: Instance) -> Fraction:
        return self.of.at(instance)[self.row - 1][self.column - 1]


@dataclass(frozen=True)
class Product:
    """<A^on_left u, A^on_right v>, each vector moved by itself."""

    left: str
    right: str
    operator: str = ""
    on_left: Fraction = Fraction(0)
    on_right: Fraction = Fraction(0)

    def value(self, instance: Instance) -> Fraction:
        left = moved(instance, self.left, self.operator, self.on_left)
        right = moved(instance, self.right, self.operator, self.on_right)
        return sum((a * b for a, b in zip(left, right, strict=True)), Fraction(0))


@dataclass(frozen=True)
class Coefficient:
    """The coefficient of x^degree of an abstract function of one variable."""

    function: str
    degree: int

    def value(self, instance: Instance) -> Fraction:
        return Fraction(_get(instance, self.function, (Polynomial,)).coefficient(self.degree))


@dataclass(frozen=True)
class PartialAt:
    """A mixed partial derivative of a function on R^d; `order` are names of indices."""

    function: str
    order: tuple[str, ...]

    def value(self, instance: Instance) -> Fraction:
        order = tuple(int(_get(instance, name, (int,))) for name in self.order)
        return Fraction(_get(instance, self.function, (Polynomial,)).partial(order))


@dataclass(frozen=True)
class Satisfied:
    """1 where a first-order statement holds in the structure of the instance, 0 elsewhere."""

    statement: Statement

    def value(self, instance: Instance) -> Fraction:
        return Fraction(int(satisfied(self.statement, structure_of(instance))))


class Numbers:
    """The leaves of one instance as numbers of flint; what leaves have in common is read once."""

    def __init__(self, instance: Instance) -> None:
        self.instance = dict(instance)
        self.scalars: dict[str, fmpq] = {}
        self.vectors: dict[str | tuple[str, str, str], tuple[fmpq, ...]] = {}

    def read(self, leaf: Leaf) -> fmpq:
        """The value of a leaf; raises `DomainError` where it has none."""
        match leaf:
            case Scalar():
                if leaf.name not in self.scalars:
                    value = _get(self.instance, leaf.name, (int, Fraction))
                    self.scalars[leaf.name] = number(value)
                return self.scalars[leaf.name]
            case Product():
                if not leaf.operator and leaf.left == leaf.right:
                    return _squared(self._vector(leaf.left, "", leaf.on_left))
                left = self._vector(leaf.left, leaf.operator, leaf.on_left)
                right = self._vector(leaf.right, leaf.operator, leaf.on_right)
                return sum(map(mul, left, right), fmpq(0))
            case Component():
                return self._vector(leaf.name, leaf.operator, leaf.exponent)[leaf.index - 1]
        return number(leaf.value(self.instance))

    def _vector(self, name: str, operator: str, exponent: Fraction) -> tuple[fmpq, ...]:
        key = (name, operator, str(exponent)) if operator else name
        if key not in self.vectors:
            parts = moved(self.instance, name, operator, exponent)
            self.vectors[key] = tuple([number(x) for x in parts])
        return self.vectors[key]


class Readings:
    """The numbers of the instance that is looked at, for all goals of a claim."""

    def __init__(self) -> None:
        self._last = Numbers({})

    def of(self, instance: Instance) -> Numbers:
        """Its numbers; the same object for as long as it is the same instance."""
        if self._last.instance != instance:
            self._last = Numbers(instance)
        return self._last


Components = Component | Entry | Cell | InverseCell | Product
Leaf = Scalar | Components | Coefficient | PartialAt | Satisfied


def _squared(vector: tuple[fmpq, ...]) -> fmpq:
    return sum([x * x for x in vector], fmpq(0))


def leaf_symbol(leaf: Leaf) -> Symbol:
    """The real symbol that stands for a leaf in a closed relation; no two leaves share one."""
    parts = [_written(getattr(leaf, field.name)) for field in fields(leaf)]
    return Symbol("".join([type(leaf).__name__, *(f"_{len(p)}_{p}" for p in parts)]), real=True)


def rational(value: Fraction | int) -> Rational:
    """A fraction as a sympy number."""
    value = Fraction(value)
    return Rational(value.numerator, value.denominator)


def moved(instance: Instance, name: str, operator: str, exponent: Fraction) -> tuple[Fraction, ...]:
    """The components of A^exponent v."""
    vector: tuple[Fraction, ...] = _get(instance, name, (tuple,))
    if not operator:
        return vector
    rows = _get(instance, operator, (Spd,)).power(exponent)
    return tuple(
        sum((a * b for a, b in zip(row, vector, strict=True)), Fraction(0)) for row in rows
    )


def structure_of(instance: Instance) -> Structure:
    """The sizes and tables of an instance."""
    sizes = {name: value for name, value in instance.items() if isinstance(value, int)}
    return Structure(sizes, {n: v for n, v in instance.items() if isinstance(v, Table)})


def _written(value: object) -> str:
    if isinstance(value, tuple):
        return "".join(f"{len(part)}_{part}" for part in value)
    return str(value).replace("-", "minus").replace("/", "over")


def _get(instance: Instance, name: str, kinds: tuple[type, ...]) -> Any:
    value = instance.get(name)
    if not isinstance(value, kinds):
        wanted = " or ".join(kind.__name__ for kind in kinds)
        raise UnsupportedError(f"instance: `{name}` is {value!r}, expected {wanted}.")
    return value
