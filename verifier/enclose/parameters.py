"""**Parameters**: exact values and ranges of symbols, as balls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flint import arb, fmpq
from sympy import Expr, Symbol

from verifier.enclose.programs.bundle import Bundle
from verifier.enclose.programs.compile import compile_expr
from verifier.enclose.regions.forms import side
from verifier.enclose.rings import reals
from verifier.errors import DomainError, ExactnessError
from verifier.exact.scalars import exact
from verifier.precision import precision

Values = Mapping[Symbol, Any]  # a rational, or the two ends of a range


def balls_of(values: Values) -> list[arb]:
    """A ball around each value or range, at the precision that is set."""
    return [side(*ends) for ends in ranges_of(values)]


def ranges_of(values: Values) -> list[tuple[fmpq, fmpq]]:
    """Both ends of each range; a value is both.

    Raises:
        DomainError: a range ends before it begins.
        ExactnessError: an end is no rational.
    """
    found = []
    for symbol, value in values.items():
        low, high = value if isinstance(value, tuple) else (value, value)
        ends = rational(low, symbol), rational(high, symbol)
        if ends[0] > ends[1]:
            raise DomainError(f"`{symbol}` in [{low}, {high}]: the range ends before it begins.")
        found.append(ends)
    return found


def rational(value: Any, name: Any) -> fmpq:
    number = exact(value)
    if not number.is_Rational:
        raise ExactnessError(f"`{name}` = {number} is no rational: give an exact fraction.")
    return fmpq(int(number.p), int(number.q))


def enclose_all(expressions: Sequence[Expr], values: Values, *, bits: int) -> list[arb]:
    """Every expression where the symbols have these values, computed with `bits` of mantissa.

    Raises `DomainError` naming an expression that is not shown to have a value.
    """
    programs = [compile_expr(expr, tuple(values)) for expr in expressions]
    with precision(bits):
        balls = balls_of(values)
        found: list[arb] = Bundle.of(programs).run(reals, balls)
        if all(ball.is_finite() for ball in found):
            return found
        for expr, program in zip(expressions, programs, strict=True):
            if not program.run(reals, balls).is_finite():
                raise DomainError(f"This is not shown to have a value there:\n    {expr}")
    return [reals.NAN] * len(expressions)
