"""**Along a map**: derivatives of a function, taken by the kernel and moved to points x = phi(p).

The function is differentiated as a function of its variables, whatever the hypotheses say of the
parameters; what it needs at the points becomes a condition there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sympy import Expr, Symbol

from verifier.derive.kernel.field.element import Element
from verifier.derive.kernel.field.express import express
from verifier.derive.kernel.field.reader import Reader
from verifier.derive.kernel.field.specialise import specialise
from verifier.derive.kernel.field.tower import Condition


@dataclass(frozen=True)
class Moved:
    """The gradient and the Hessian at the points, and what they need there to have a value."""

    gradient: tuple[Element, ...]
    hessian: tuple[tuple[Expr, ...], ...]
    conditions: tuple[Condition, ...]


def moved_to(
    function: Expr, points: Mapping[Symbol, Expr], reader: Reader, *, second: bool = True
) -> Moved:
    """The derivatives of `function` by the keys of `points`, at the values, read by `reader`.

    Raises `UnsupportedError` for a function without derivatives in the kernel.
    """
    source = Reader()
    labels = [source.label(symbol) for symbol in points]
    for label in labels:
        source.tower.symbol(label)
    source.tower.moving = frozenset(labels)
    element = source.read(function)
    slopes = [source.tower.derivative(element, label) for label in labels]
    bends: list[list[Element]] = []
    if second:
        bends = [[source.tower.derivative(s, label) for label in labels] for s in slopes]
    source.tower.moving = frozenset()
    for label, atom in source.names.items():
        if label not in labels:
            reader.read(atom)
    reader.tower.conditions.clear()
    values = {
        label: reader.read(value) for label, value in zip(labels, points.values(), strict=True)
    }

    def move(part: Element) -> Element:
        return specialise(part, values, reader)

    for needed in source.tower.conditions.values():
        reader.tower.require(needed.kind, move(needed.element))
    gradient = tuple(move(slope) for slope in slopes)
    hessian = tuple(tuple(express(move(b), reader.names) for b in row) for row in bends)
    return Moved(gradient, hessian, tuple(reader.tower.conditions.values()))


def jacobian(
    points: Sequence[Expr], parameters: Sequence[Symbol], reader: Reader
) -> list[list[Expr]]:
    """The derivatives of `points` by `parameters`, one row a point, in normal form."""
    rows = []
    for point in points:
        row = []
        for parameter in parameters:
            label = reader.label(parameter)
            reader.tower.symbol(label)
            reader.tower.moving = frozenset({label})
            reader.known.clear()
            slope = reader.tower.derivative(reader.read(point), label)
            reader.tower.moving = frozenset()
            reader.known.clear()
            row.append(express(slope, reader.names))
        rows.append(row)
    return rows
