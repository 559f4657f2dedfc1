"""**Elements in balls**: the value of an element at a rational point, generator by generator.

What is made of rational numbers alone is computed exactly. Nothing here is shared with the kernel
or with the compiler of enclosures.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flint import arb, ctx, fmpq

from verifier.derive.kernel.field.element import Element
from verifier.derive.kernel.field.tower import Condition, Generator

Number = Any  # fmpq or arb
Point = Mapping[str, fmpq]
BITS = 160


class NoValueError(Exception):
    """The element has no value at the point, or none that this precision shows."""


class Evaluator:
    """Values of the elements of one tower at one point."""

    def __init__(self, point: Point, bits: int = BITS) -> None:
        self.point = point
        self.bits = bits
        self.known: dict[int, Number] = {}

    def value(self, element: Element) -> Number:
        """An exact fmpq, or a ball."""
        before, ctx.prec = ctx.prec, self.bits
        try:
            above, below = (self._poly(element, part) for part in (element.num, element.den))
            if _may_vanish(below):
                raise NoValueError
            return _finite(above / below)
        finally:
            ctx.prec = before

    def holds(self, condition: Condition) -> bool | None:
        """Whether a condition holds; None where the ball does not tell."""
        value = self.value(condition.element)
        if isinstance(value, arb) and value.contains(0):
            return True if condition.kind == "nonnegative" and value >= 0 else None
        positive = value > 0
        return {"nonzero": value != 0, "nonnegative": positive or value == 0, "positive": positive}[
            condition.kind
        ]

    def _poly(self, element: Element, poly: Any) -> Number:
        total: Number = fmpq(0)
        for monomial, coefficient in poly.to_dict().items():
            term: Number = fmpq(coefficient)
            for slot, exponent in enumerate(monomial):
                if exponent:
                    term = term * self._generator(element.tower.generators[slot]) ** int(exponent)
            total = total + term
        return total

    def _generator(self, generator: Generator) -> Number:
        if generator.slot not in self.known:
            self.known[generator.slot] = _finite(self._made(generator))
        return self.known[generator.slot]

    def _made(self, generator: Generator) -> Number:
        if generator.kind == "pi":
            return arb.pi()
        if generator.inside is None:
            return self.point[generator.label]
        inside = self.value(generator.inside)
        match generator.kind:
            case "root":
                return _root(inside, generator.order)
            case "power":
                return _power(inside, self.value(generator.exponent))
            case "log":
                if not inside > 0:
                    raise NoValueError
        return getattr(arb(inside), generator.kind)()


def _root(value: Number, order: int) -> Number:
    if isinstance(value, fmpq):
        if value < 0:
            raise NoValueError
        if value == 0:
            return fmpq(0)
    ball = arb(value)
    if ball < 0:
        raise NoValueError
    if ball.contains(0):
        top = ball.abs_upper()
        return arb(0).union(top.root(order)) if not top.is_zero() else arb(0)
    return ball.root(order)


def _power(base: Number, exponent: Number) -> Number:
    if not (isinstance(exponent, fmpq) and exponent.q == 1):
        raise NoValueError
    return base ** int(exponent.p)


def _may_vanish(value: Number) -> bool:
    return bool(value.contains(0)) if isinstance(value, arb) else value == 0


def _finite(value: Number) -> Number:
    if isinstance(value, arb) and not value.is_finite():
        raise NoValueError
    return value
