"""**Exact values**: an expression in rational arithmetic, where its value is rational.

Roots of perfect powers and the elementary functions at their rational points are exact too;
elsewhere the value is `Irrational` and enclosures decide. Inside, numbers are those of flint,
whose arithmetic is ten times faster than that of `fractions`.
"""

from __future__ import annotations

import operator
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from math import isqrt

import sympy
from flint import fmpq
from sympy import Expr, Symbol

from verifier.errors import DomainError

Numbers = tuple[fmpq, ...]
Evaluator = Callable[[Sequence[Fraction]], Fraction]
Inner = Callable[[Numbers], fmpq]
_ZERO = fmpq(0)
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
_COMPARE: dict[type, Callable[[fmpq, fmpq], bool]] = {
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
    inner = Evaluators(variables, (expr,)).of(expr)
    return None if inner is None else lambda values: fraction(inner(tuple(map(number, values))))


def number(value: Fraction | int) -> fmpq:
    """A fraction as a number of flint."""
    return fmpq(value.numerator, value.denominator)


def fraction(value: fmpq) -> Fraction:
    """A number of flint as a fraction."""
    return Fraction(int(value.p), int(value.q))


def nth_root(value: Fraction, degree: int) -> Fraction:
    """The exact nonnegative root; raises `Irrational` when it is not rational."""
    return fraction(_root(number(value), degree))


class Evaluators:
    """Evaluators of `expressions` in the same variables, over tuples of numbers.

    A part that occurs twice, in one of them or in two, is evaluated once for one tuple of values.
    """

    def __init__(self, variables: Sequence[Symbol], expressions: Iterable[Expr]) -> None:
        self.position = {symbol: i for i, symbol in enumerate(variables)}
        self.built: dict[Expr, Inner | None] = {}
        self.times = _times(expressions)

    def of(self, expr: Expr) -> Inner | None:
        """The evaluator of one expression, or None when no value can be rational."""
        if expr not in self.built:
            made = self._build(expr)
            again = made is not None and expr.args and self.times[expr] > 1
            self.built[expr] = _remembered(made) if made is not None and again else made
        return self.built[expr]

    def _build(self, expr: Expr) -> Inner | None:
        if isinstance(expr, sympy.Rational):
            constant = fmpq(int(expr.p), int(expr.q))
            return lambda values: constant
        if isinstance(expr, Symbol):
            place = self.position.get(expr)
            return None if place is None else operator.itemgetter(place)
        if isinstance(expr, sympy.Piecewise):
            return _pieces(expr, self)
        parts = [self.of(arg) for arg in expr.args]
        inner = [part for part in parts if part is not None]
        if len(inner) != len(parts) or not inner:
            return None
        if isinstance(expr, sympy.Add):
            return _sum(inner)
        if isinstance(expr, sympy.Mul):
            return _product(inner)
        if isinstance(expr, sympy.Pow):
            if expr.exp.is_Rational:
                return _fixed_power(inner[0], int(expr.exp.p), int(expr.exp.q))
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
            return _only_at(inner[0], _ZERO, fmpq(_AT_ZERO[type(expr)]))
        if isinstance(expr, sympy.log):
            return _logarithm(inner[0])
        return None


def _times(expressions: Iterable[Expr]) -> Counter[Expr]:
    """How often each part is asked for, when each part is evaluated once."""
    times: Counter[Expr] = Counter()
    stack = list(expressions)
    while stack:
        expr = stack.pop()
        times[expr] += 1
        if times[expr] == 1:
            stack.extend(expr.args)
    return times


def _remembered(evaluator: Inner) -> Inner:
    """The same for values that it has just seen."""
    last: tuple[Numbers | None, fmpq] = (None, _ZERO)

    def value(values: Numbers) -> fmpq:
        nonlocal last
        if last[0] is not values:
            last = (values, evaluator(values))
        return last[1]

    return value


def _sum(terms: Sequence[Inner]) -> Inner:
    first, *others = terms

    def value(values: Numbers) -> fmpq:
        total = first(values)
        for term in others:
            total += term(values)
        return total

    return value


def _product(factors: Sequence[Inner]) -> Inner:
    first, *others = factors

    def value(values: Numbers) -> fmpq:
        total = first(values)
        for factor in others:
            total *= factor(values)
        return total

    return value


def _fixed_power(base: Inner, p: int, q: int) -> Inner:
    if abs(p) > _LARGEST_EXPONENT or q != 1:
        return lambda values: _raised(base(values), p, q)

    def value(values: Numbers) -> fmpq:
        x = base(values)
        if _is_long(x) or (p < 0 and x == 0):
            return _raised(x, p, q)
        return x**p

    return value


def _power(base: Inner, exponent: Inner) -> Inner:
    def value(values: Numbers) -> fmpq:
        x, power = base(values), exponent(values)
        return _raised(x, int(power.p), int(power.q))

    return value


def _raised(x: fmpq, p: int, q: int) -> fmpq:
    """x^(p/q)."""
    if p < 0 and x == 0:
        raise DomainError("division by zero")
    if abs(p) > _LARGEST_EXPONENT or _is_long(x):
        raise Irrational
    return (x if q == 1 else _root(x, q)) ** p


def _is_long(x: fmpq) -> bool:
    return bool(x.p.bit_length() + x.q.bit_length() > _LARGEST_BITS)


def _root(x: fmpq, degree: int) -> fmpq:
    if x < 0:
        raise DomainError(f"{x} has no real root of degree {degree}.")
    top, bottom = _whole_root(int(x.p), degree), _whole_root(int(x.q), degree)
    return fmpq(top, bottom)


def _whole_root(n: int, degree: int) -> int:
    root = isqrt(n) if degree == 2 else int(sympy.integer_nthroot(n, degree)[0])
    if root**degree != n:
        raise Irrational
    return root


def _sign(x: fmpq) -> fmpq:
    return fmpq((x > 0) - (x < 0))


def _step(x: fmpq, middle: fmpq) -> fmpq:
    return middle if x == 0 else fmpq(int(x > 0))


def _pieces(expr: sympy.Piecewise, builder: Evaluators) -> Inner | None:
    """The first piece whose condition holds."""
    tests = [_condition(piece.cond, builder) for piece in expr.args]
    parts = [builder.of(piece.expr) for piece in expr.args]
    pairs = [(t, f) for t, f in zip(tests, parts, strict=True) if t is not None and f is not None]
    if len(pairs) != len(parts):
        return None

    def value(values: Numbers) -> fmpq:
        for holds, part in pairs:
            if holds(values):
                return part(values)
        raise DomainError("no piece applies")

    return value


def _condition(condition: sympy.Basic, builder: Evaluators) -> Callable[[Numbers], bool] | None:
    if condition == sympy.true:
        return lambda values: True
    if type(condition) in _COMPARE:
        compare = _COMPARE[type(condition)]
        sides = [builder.of(side) for side in condition.args]
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


def _only_at(argument: Inner, point: fmpq, result: fmpq) -> Inner:
    def value(values: Numbers) -> fmpq:
        if argument(values) != point:
            raise Irrational
        return result

    return value


def _logarithm(argument: Inner) -> Inner:
    def value(values: Numbers) -> fmpq:
        x = argument(values)
        if x <= 0:
            raise DomainError(f"log of {x}")
        if x != 1:
            raise Irrational
        return _ZERO

    return value
