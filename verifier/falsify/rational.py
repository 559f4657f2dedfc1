"""**Exact values**: an expression in rational arithmetic, where its value is rational.

Roots of perfect powers and the elementary functions at their rational points are exact too;
elsewhere the value is `Irrational` and enclosures decide.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from math import prod

import sympy
from sympy import Expr, Symbol

from verifier.errors import DomainError

Evaluator = Callable[[Sequence[Fraction]], Fraction]
_LARGEST_EXPONENT = 64
_LARGEST_BITS = 20000
_AT_ZERO: dict[type, int] = {
    sympy.exp: 1,
    sympy.cosh: 1,
    sympy.cos: 1,
    sympy.sinh: 0,
    sympy.tanh: 0,
    sympy.asinh: 0,
    sympy.atan: 0,
    sympy.sin: 0,
}


class Irrational(Exception):
    """The value is not known to be rational at this point."""


def rational_evaluator(expr: Expr, variables: Sequence[Symbol]) -> Evaluator | None:
    """A function of the variables' values, or None when no value can be rational.

    The function raises `Irrational`, or `DomainError` where the expression has no value.
    """
    return _build(expr, {symbol: i for i, symbol in enumerate(variables)})


def nth_root(value: Fraction, degree: int) -> Fraction:
    """The exact nonnegative root; raises `Irrational` when it is not rational."""
    if value < 0:
        raise DomainError(f"{value} has no real root of degree {degree}.")
    top, exact_top = sympy.integer_nthroot(value.numerator, degree)
    bottom, exact_bottom = sympy.integer_nthroot(value.denominator, degree)
    if not (exact_top and exact_bottom):
        raise Irrational
    return Fraction(int(top), int(bottom))


def _build(expr: Expr, position: Mapping[Symbol, int]) -> Evaluator | None:
    if isinstance(expr, sympy.Rational):
        constant = Fraction(int(expr.p), int(expr.q))
        return lambda values: constant
    if isinstance(expr, Symbol):
        place = position.get(expr)
        return None if place is None else lambda values: values[place]
    parts = [_build(arg, position) for arg in expr.args]
    inner = [part for part in parts if part is not None]
    if len(inner) != len(parts) or not inner:
        return None
    if isinstance(expr, sympy.Add):
        return lambda values: sum((f(values) for f in inner), Fraction(0))
    if isinstance(expr, sympy.Mul):
        return lambda values: prod((f(values) for f in inner), start=Fraction(1))
    if isinstance(expr, sympy.Pow):
        return _power(inner[0], expr.exp)
    if isinstance(expr, sympy.Abs):
        return lambda values: abs(inner[0](values))
    if isinstance(expr, (sympy.Min, sympy.Max)):
        pick = min if isinstance(expr, sympy.Min) else max
        return lambda values: pick(f(values) for f in inner)
    if type(expr) in _AT_ZERO:
        return _only_at(inner[0], Fraction(0), Fraction(_AT_ZERO[type(expr)]))
    if isinstance(expr, sympy.log):
        return _logarithm(inner[0])
    return None


def _power(base: Evaluator, exponent: Expr) -> Evaluator | None:
    if not isinstance(exponent, sympy.Rational) or abs(exponent.p) > _LARGEST_EXPONENT:
        return None
    p, q = int(exponent.p), int(exponent.q)

    def value(values: Sequence[Fraction]) -> Fraction:
        x = base(values)
        if x == 0 and p < 0:
            raise DomainError("division by zero")
        if x.numerator.bit_length() + x.denominator.bit_length() > _LARGEST_BITS:
            raise Irrational
        return Fraction((x if q == 1 else nth_root(x, q)) ** p)

    return value


def _only_at(argument: Evaluator, point: Fraction, result: Fraction) -> Evaluator:
    def value(values: Sequence[Fraction]) -> Fraction:
        if argument(values) != point:
            raise Irrational
        return result

    return value


def _logarithm(argument: Evaluator) -> Evaluator:
    def value(values: Sequence[Fraction]) -> Fraction:
        x = argument(values)
        if x <= 0:
            raise DomainError(f"log of {x}")
        if x != 1:
            raise Irrational
        return Fraction(0)

    return value
