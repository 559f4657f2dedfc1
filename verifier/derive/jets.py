"""**Jets**: derivatives at a point, taken in the differential field and then evaluated."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sympy import Expr, Symbol

from verifier.derive.context import Context, Discharge, conclude
from verifier.derive.kernel.field.element import Element
from verifier.derive.kernel.field.reader import Reader
from verifier.derive.kernel.field.specialise import specialise
from verifier.errors import UnsupportedError

Orders = tuple[int, ...]


def orders_upto(width: int, degree: int) -> Iterator[Orders]:
    """How often to derive by each of `width` variables, by total order up to `degree`."""
    for total in range(degree + 1):
        for cut in itertools.combinations(range(total + width - 1), width - 1):
            ends = (-1, *cut, total + width - 1)
            yield tuple(b - a - 1 for a, b in itertools.pairwise(ends))


@dataclass(frozen=True)
class Jets:
    """Derivatives of functions: row k has the derivative of order `orders[k]` of each function.

    `nearby` holds them at a point that moves, `rows` at the point itself, in the tower of `reader`.
    `valued` tells whether all have values at the point and near it: what a function needs, such as
    a divisor that is not zero and a radicand that is positive, holds at the point.
    """

    reader: Reader
    nearby: list[list[Element]]
    rows: list[list[Element]]
    valued: Discharge


def jets_at(
    functions: Sequence[Expr],
    point: Mapping[Symbol, Expr],
    orders: Sequence[Orders],
    context: Context,
) -> Jets:
    """The derivatives of the functions at `point`, which has a value of each variable.

    Raises `UnsupportedError` where one of them has no value there.
    """
    general, here = context.reader(), context.reader()
    labels = [general.label(variable) for variable in point]
    values = {label: here.read(x) for label, x in zip(labels, point.values(), strict=True)}
    here.tower.conditions.clear()
    general.tower.moving = general.tower.moving | set(labels)
    _, needs = general.fresh(functions[0], *functions)
    columns = [_derivatives(general, general.read(f), labels, orders) for f in functions]
    nearby = [list(row) for row in zip(*columns, strict=True)]
    try:
        rows = [[specialise(entry, values, here) for entry in row] for row in nearby]
        for need in needs:
            here.tower.require(need.kind, specialise(need.element, values, here))
    except ZeroDivisionError as fault:
        shown = ", ".join(f"{variable} = {value}" for variable, value in point.items())
        raise UnsupportedError(f"A derivative has no value at {shown}.") from fault
    return Jets(here, nearby, rows, conclude(here, list(here.tower.conditions.values())))


def _derivatives(
    reader: Reader, element: Element, labels: Sequence[str], orders: Sequence[Orders]
) -> list[Element]:
    """The derivatives of one element, each from one that is one order lower."""
    known: dict[Orders, Element] = {(0,) * len(labels): element}

    def derivative(order: Orders) -> Element:
        if order not in known:
            k = next(i for i, count in enumerate(order) if count)
            lower = (*order[:k], order[k] - 1, *order[k + 1 :])
            known[order] = reader.tower.derivative(derivative(lower), labels[k])
        return known[order]

    return [derivative(order) for order in orders]
