"""**Second opinion**: exact expressions read again, on mpmath's intervals instead of Arb's balls.

Nothing is shared with the compiler, so that an error in either shows where their values of one
expression at one point have nothing in common.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache, reduce
from itertools import pairwise
from typing import Any

import sympy
from sympy import Expr, Symbol

from verifier.enclose.opinions.intervals import (
    ONE,
    ZERO,
    Arithmetic,
    Interval,
    PartialError,
    from_rational,
    hull,
    sign_of,
)
from verifier.errors import UnsupportedError

_STRIPS = 12  # parts of the range of an integral, on each of which the integrand is an interval
_NAMES: Mapping[Any, str] = {
    **{
        getattr(sympy, name): name
        for name in (
            "exp log sinh cosh tanh asinh acosh atanh sin cos tan asin acos atan erf erfc"
        ).split()
    },
    sympy.Abs: "absolute",
    sympy.sign: "signum",
}
_RECIPROCALS: Mapping[Any, str] = {
    sympy.sec: "cos",
    sympy.csc: "sin",
    sympy.cot: "tan",
    sympy.sech: "cosh",
    sympy.csch: "sinh",
    sympy.coth: "tanh",
}
_HELD: Mapping[Any, tuple[int, ...]] = {  # signs of lhs - rhs for which a condition holds
    sympy.Lt: (-1,),
    sympy.Le: (-1, 0),
    sympy.Gt: (1,),
    sympy.Ge: (0, 1),
    sympy.Eq: (0,),
    sympy.Ne: (-1, 1),
}
_KINKS = (sympy.Abs, sympy.Max, sympy.Min, sympy.sign, sympy.Heaviside, sympy.Piecewise)


def evaluate(expr: Expr, values: Mapping[Symbol, Interval], *, bits: int = 96) -> Interval:
    """An interval around `expr` at all values in the intervals.

    Raises:
        NoValueError: it has certainly no value.
        PartialError: it is not shown to have a value everywhere.
        UnsupportedError: it holds a node, or a symbol without value, that is not read here.
    """
    return _Reader(Arithmetic(bits), values, {}).read(expr)


@dataclass(frozen=True)
class _Reader:
    do: Arithmetic
    values: Mapping[Symbol, Interval]
    seen: dict[Expr, Interval]

    def read(self, expr: Expr) -> Interval:
        if expr not in self.seen:
            self.seen[expr] = self._read(expr)
        return self.seen[expr]

    def _read(self, expr: Expr) -> Interval:
        match expr:
            case Symbol() if expr in self.values:
                return self.values[expr]
            case sympy.Rational():
                return from_rational(int(expr.p), int(expr.q), self.do.bits)
            case sympy.Add():
                return self._fold(self.do.add, expr)
            case sympy.Mul():
                return self._fold(self.do.mul, expr)
            case sympy.Max():
                return self._fold(self.do.maximum, expr)
            case sympy.Min():
                return self._fold(self.do.minimum, expr)
            case sympy.Pow():
                return self._power(expr.base, expr.exp)
            case sympy.Piecewise():
                return self._pieces(expr)
            case sympy.Heaviside():
                return self._step(*expr.args)
            case sympy.Derivative():
                return self.read(_derived(expr))
            case sympy.Subs():
                return self._moved(expr)
            case sympy.Integral():
                return self._strips(expr)
        if expr is sympy.pi:
            return self.do.pi()
        if expr is sympy.E:
            return self.do.exp(ONE)
        if expr.func is sympy.acot:
            return self.do.atan(self.do.div(ONE, self.read(expr.args[0])))
        if expr.func in _RECIPROCALS:
            name = _RECIPROCALS[expr.func]
            below: Interval = getattr(self.do, name)(self.read(expr.args[0]))
            return self.do.div(ONE, below)
        if expr.func in _NAMES:
            value: Interval = getattr(self.do, _NAMES[expr.func])(self.read(expr.args[0]))
            return value
        raise UnsupportedError(f"`{expr.func}` has no second opinion, in\n    {expr}")

    def _fold(self, both: Callable[[Interval, Interval], Interval], expr: Expr) -> Interval:
        return reduce(both, map(self.read, expr.args))

    def _power(self, base: Expr, exponent: Expr) -> Interval:
        if base is sympy.E:
            return self.do.exp(self.read(exponent))
        if not exponent.is_Rational:
            return self.do.raised(self.read(base), self.read(exponent))
        inner = self.read(base)
        if exponent.q > 1:
            inner = self.do.root(inner, int(exponent.q))
        return self.do.power(inner, int(exponent.p))

    def _pieces(self, expr: Expr) -> Interval:
        for piece in expr.args:
            if self._holds(piece.cond):
                return self.read(piece.expr)
        raise PartialError("no piece applies")

    def _holds(self, condition: Any) -> bool:
        if condition in (sympy.true, sympy.false):
            return bool(condition)
        if condition.func in _HELD:
            sign = sign_of(self.do.sub(self.read(condition.lhs), self.read(condition.rhs)))
            if sign is None:
                raise PartialError("a condition is not decided")
            return sign in _HELD[condition.func]
        joined = {sympy.And: all, sympy.Or: any}
        if condition.func in joined:
            return joined[condition.func]([self._holds(part) for part in condition.args])
        if condition.func is sympy.Not:
            return not self._holds(condition.args[0])
        raise UnsupportedError(f"`{condition}` has no second opinion.")

    def _step(self, place: Expr, middle: Expr) -> Interval:
        sign = sign_of(self.read(place))
        if sign is None:
            raise PartialError("a step inside an interval")
        return self.read(middle) if sign == 0 else ONE if sign == 1 else ZERO

    def _moved(self, expr: Expr) -> Interval:
        places = {v: self.read(p) for v, p in zip(expr.variables, expr.point, strict=True)}
        return _Reader(self.do, {**self.values, **places}, {}).read(expr.expr)

    def _strips(self, expr: Expr) -> Interval:
        """The mean of the integrand's values on strips, times the length of the range."""
        *inner, last = expr.limits
        if len(last) != 3 or len(inner) > 1 or sympy.oo in map(abs, last[1:]):
            raise UnsupportedError(f"`{expr}` has no second opinion.")
        body = sympy.Integral(expr.function, *inner) if inner else expr.function
        low = self.read(last[1])
        span = self.do.sub(self.read(last[2]), low)
        shares = [from_rational(k, _STRIPS, self.do.bits) for k in range(_STRIPS + 1)]
        marks = [self.do.add(low, self.do.mul(span, share)) for share in shares]
        total = ZERO
        for left, right in pairwise(marks):
            strip = {**self.values, last[0]: hull(left, right)}
            total = self.do.add(total, _Reader(self.do, strip, {}).read(body))
        return self.do.mul(span, self.do.mul(total, from_rational(1, _STRIPS, self.do.bits)))


@lru_cache(maxsize=256)
def _derived(expr: Expr) -> Expr:
    """The derivative by sympy's rules, where the function has no kinks."""
    if expr.expr.has(*_KINKS):
        raise UnsupportedError(f"`{expr}` has no second opinion.")
    found = expr.expr.diff(*expr.variable_count, simplify=False)
    if found.has(sympy.Derivative, sympy.Subs):
        raise UnsupportedError(f"`{expr}` has no second opinion.")
    return found
