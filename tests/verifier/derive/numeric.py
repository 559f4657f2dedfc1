"""**Numbers to compare with**: elements and expressions at rational points, in mpmath."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from random import Random
from typing import Any

import mpmath
import sympy
from sympy import Expr

from verifier.derive.kernel.field.element import Element
from verifier.derive.kernel.field.tower import Condition
from verifier.exact.scalars import reals
from verifier.exact.statements import Relation

Point = Mapping[str, Fraction]
DIGITS = 60
SMALL = mpmath.mpf(10) ** -40
x, y = reals("x y")


class NoValueError(Exception):
    """The expression has no real value at the point."""


class TooLargeError(Exception):
    """An exponential is too large or too small to compare."""


def number(value: Fraction | int) -> Any:
    return mpmath.mpf(value.numerator) / value.denominator


def element_at(element: Element, point: Point) -> Any:
    """The element's value, complex if a root is of something negative."""
    tower = element.tower

    def generator(slot: int) -> Any:
        made = tower.generators[slot]
        if made.inside is None:
            return number(point[made.label])
        inside = element_at(made.inside, point)
        if made.kind == "root":
            return mpmath.mpc(inside) ** (mpmath.mpf(1) / made.order)
        return {"exp": mpmath.exp, "log": mpmath.log}[made.kind](inside)

    def poly(terms: Any) -> Any:
        total = mpmath.mpc(0)
        for monomial, coefficient in terms.to_dict().items():
            term = mpmath.mpf(int(coefficient.p)) / int(coefficient.q)
            for slot, exponent in enumerate(monomial):
                if exponent:
                    term = term * generator(slot) ** int(exponent)
            total += term
        return total

    below = poly(element.den)
    if abs(below) < SMALL:
        raise NoValueError
    return poly(element.num) / below


def expr_at(expr: Expr, point: Mapping[str, Any]) -> Any:
    """The expression's real value by plain recursion over its nodes."""
    if expr.is_Rational:
        return mpmath.mpf(int(expr.p)) / int(expr.q)
    if isinstance(expr, sympy.Symbol):
        value = point[str(expr)]
        return number(value) if isinstance(value, (Fraction, int)) else value
    args = [expr_at(arg, point) for arg in expr.args]
    if expr.is_Add:
        return mpmath.fsum(args)
    if expr.is_Mul:
        return mpmath.fprod(args)
    if isinstance(expr, sympy.Pow):
        return _power(args[0], expr.exp)
    if isinstance(expr, sympy.log):
        if args[0] <= SMALL:
            raise NoValueError
        return mpmath.log(args[0])
    plain = {sympy.exp: mpmath.exp, sympy.asinh: mpmath.asinh, sympy.Abs: abs}
    if isinstance(expr, sympy.exp) and abs(args[0]) > 40:
        raise TooLargeError
    return plain[type(expr)](args[0])


def _power(base: Any, exponent: Any) -> Any:
    if abs(base) < SMALL:
        if exponent < 0:
            raise NoValueError
        return mpmath.mpf(0)
    if base < 0 and not exponent.is_Integer:
        raise NoValueError
    return base ** (mpmath.mpf(int(exponent.p)) / int(exponent.q))


def holds(condition: Condition, point: Point) -> bool | None:
    """Whether a condition holds at the point; None where it is too close to tell."""
    value = mpmath.re(element_at(condition.element, point))
    if abs(value) < SMALL:
        return condition.kind == "nonnegative"
    return {"nonzero": True, "nonnegative": value > 0, "positive": value > 0}[condition.kind]


def satisfied(relation: Relation, point: Point) -> bool:
    gap = expr_at(relation.lhs - relation.rhs, point)
    if abs(gap) < SMALL:
        return relation.op in ("==", "<=", ">=")
    return relation.op in (("!=", ">", ">=") if gap > 0 else ("!=", "<", "<="))


def random_point(random: Random) -> Point:
    """A point with small coordinates, often on a boundary or a diagonal."""
    values = [Fraction(random.randint(-6, 6), random.choice((1, 1, 2, 3))) for _ in range(2)]
    if random.random() < 0.15:
        values[1] = values[0]
    return dict(zip("xy", values, strict=True))


def random_expr(random: Random, depth: int) -> Expr:
    """An expression in x and y with arithmetic, roots, exp, log, asinh and absolute values."""
    if depth == 0:
        constant = sympy.Rational(random.randint(-3, 3), random.randint(1, 2))
        return random.choice((x, y, x, y, constant))
    first = random_expr(random, depth - 1)
    kind = random.choice(("add", "add", "mul", "mul", "div", "sub", "sqrt", "square", "f", "abs"))
    if kind == "sqrt":
        return sympy.sqrt(random.choice((first, first**2, 1 + first**2)))
    if kind == "square":
        return first**2
    if kind == "abs":
        return sympy.Abs(first)
    if kind == "f":
        function = random.choice((sympy.exp, sympy.log, sympy.asinh))
        return function(random_expr(random, min(depth - 1, 1)))
    second = random_expr(random, random.randint(0, depth - 1))
    if kind == "add":
        return first + second
    if kind == "sub":
        return first - second
    if kind == "mul":
        return first * second
    return first if second.is_zero else first / second


def readable(expr: Expr) -> bool:
    return not expr.has(sympy.nan, sympy.zoo, sympy.oo, sympy.I, sympy.pi, sympy.E)
