"""**Leaves**: the numbers that a closed statement is made of, read off an instance by components.

An inner product is a sum over components and a partial derivative is taken of a polynomial, so
no vector algebra and no kernel is trusted here.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from fractions import Fraction
from typing import Any

from sympy import Rational, Symbol

from verifier.errors import UnsupportedError
from verifier.falsify.instance import Instance, Polynomial, Spd


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


Leaf = Scalar | Component | Entry | Product | Coefficient | PartialAt


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
