"""**Exact values**: an expression in rational arithmetic, where its value is rational.

Roots of perfect powers and the elementary functions at their rational points are exact too;
elsewhere the value is `Irrational` and enclosures decide.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
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
    sympy.tan: 0,
    sympy.asin: 0,
    sympy.atanh: 0,
    sympy.erf: 0,
}
_COMPARE: dict[type, Callable[[Fraction, Fraction], bool]] = {
    sympy.Eq: operator.eq,
    sympy.Ne: operator.ne,
    sympy.Lt: operator.lt,
    sympy.Le: operator.le,
    sympy.Gt: operator.gt,
    sympy.Ge: operator.ge,
}


class Irrational(Exception):
    """The value is not known to be rational at this point."""


def rational_evaluator(expr: Expr, variables: Sequence[Symbol]) -> Evaluator | None:
    """A function of the variables' values, or None when no value can be rational.

    The function raises `Irrational`, or `DomainError` where the expression has no value.
    """
    return Evaluators(variables).of(expr)


def nth_root(value: Fraction, degree: int) -> Fraction:
    """The exact nonnegative root; raises `Irrational` when it is not rational."""
    if value < 0:
        raise DomainError(f"{value} has no real root of degree {degree}.")
    top, exact_top = sympy.integer_nthroot(value.numerator, degree)
    bottom, exact_bottom = sympy.integer_nthroot(value.denominator, degree)
    if not (exact_top and exact_bottom):
        raise Irrational
    return Fraction(int(top), int(bottom))


class Evaluators:
    """Evaluators of expressions in the same variables.

    A part that occurs twice, in one of them or in two, is evaluated once for one tuple of values.
    """

    def __init__(self, variables: Sequence[Symbol]) -> None:
        self.position = {symbol: i for i, symbol in enumerate(variables)}
        self.built: dict[Expr, Evaluator | None] = {}

    def of(self, expr: Expr) -> Evaluator | None:
        """The evaluator of one expression, or None when no value can be rational."""
        built = self.build(expr)
        return None if built is None else lambda values: built(tuple(values))

    def build(self, expr: Expr) -> Evaluator | None:
        if expr not in self.built:
            made = self._build(expr)
            self.built[expr] = _remembered(made) if made is not None and expr.args else made
        return self.built[expr]

    def _build(self, expr: Expr) -> Evaluator | None:
        if isinstance(expr, sympy.Rational):
            constant = Fraction(int(expr.p), int(expr.q))
            return lambda values: constant
        if isinstance(expr, Symbol):
            place = self.position.get(expr)
            return None if place is None else lambda values: values[place]
        if isinstance(expr, sympy.Piecewise):
            return _pieces(expr, self)
        parts = [self.build(arg) for arg in expr.args]
        inner = [part for part in parts if part is not None]
        if len(inner) != len(parts) or not inner:
            return None
        if isinstance(expr, sympy.Add):
            return lambda values: sum((f(values) for f in inner), Fraction(0))
        if isinstance(expr, sympy.Mul):
            return lambda values: prod((f(values) for f in inner), start=Fraction(1))
        if isinstance(expr, sympy.Pow):
            return _power(inner[0], inner[1])
        if isinstance(expr, sympy.Abs):
            return lambda values: abs(inner[0](values))
        if isinstance(expr, (sympy.Min, sympy.Max)):
            pick = min if isinstance(expr, sympy.Min) else max
            return lambda values: pick(f(values) for f in inner)
        if isinstance(expr, sympy.sign):
            return lambda values: _sign(inner[0](values))
        if isinstance(expr, sympy.Heaviside):
            return lambda values: _step(inner[0](values), inner[1](values))
        if type(expr) in _AT_ZERO:
            return _only_at(inner[0], Fraction(0), Fraction(_AT_ZERO[type(expr)]))
        if isinstance(expr, sympy.log):
            return _logarithm(inner[0])
        return None


def _remembered(evaluator: Evaluator) -> Evaluator:
    """The same for values that it has just seen."""
    last: tuple[Sequence[Fraction] | None, Fraction] = (None, Fraction(0))

    def value(values: Sequence[Fraction]) -> Fraction:
        nonlocal last
        if last[0] is not values:
            last = (values, evaluator(values))
        return last[1]

    return value


def _power(base: Evaluator, exponent: Evaluator) -> Evaluator:
    def value(values: Sequence[Fraction]) -> Fraction:
        x, power = base(values), exponent(values)
        p, q = power.numerator, power.denominator
        if x == 0 and p < 0:
            raise DomainError("division by zero")
        bits = x.numerator.bit_length() + x.denominator.bit_length()
        if abs(p) > _LARGEST_EXPONENT or bits > _LARGEST_BITS:
            raise Irrational
        return Fraction((x if q == 1 else nth_root(x, q)) ** p)

    return value


def _sign(x: Fraction) -> Fraction:
    return Fraction((x > 0) - (x < 0))


def _step(x: Fraction, middle: Fraction) -> Fraction:
    return middle if x == 0 else Fraction(x > 0)


def _pieces(expr: sympy.Piecewise, builder: Evaluators) -> Evaluator | None:
    """The first piece whose condition holds."""
    tests = [_condition(piece.cond, builder) for piece in expr.args]
    parts = [builder.build(piece.expr) for piece in expr.args]
    pairs = [(t, f) for t, f in zip(tests, parts, strict=True) if t is not None and f is not None]
    if len(pairs) != len(parts):
        return None

    def value(values: Sequence[Fraction]) -> Fraction:
        for holds, part in pairs:
            if holds(values):
                return part(values)
        raise DomainError("no piece applies")

    return value


def _condition(
    condition: sympy.Basic, builder: Evaluators
) -> Callable[[Sequence[Fraction]], bool] | None:
    if condition == sympy.true:
        return lambda values: True
    if type(condition) in _COMPARE:
        compare = _COMPARE[type(condition)]
        sides = [builder.build(side) for side in condition.args]
        left, right = sides
        if left is None or right is None:
            return None
        return lambda values: compare(left(values), right(values))
    parts = [_condition(part, builder) for part in condition.args]
    inner = [part for part in parts if part is not None]
    if len(inner) != len(parts) or not isinstance(condition, (sympy.And, sympy.Or, sympy.Not)):
        return None
    if isinstance(condition, sympy.Not):
        return lambda values: not inner[0](values)
    both = all if isinstance(condition, sympy.And) else any
    return lambda values: both([holds(values) for holds in inner])


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
