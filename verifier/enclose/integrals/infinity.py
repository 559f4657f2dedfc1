"""**At infinity**: an expression read as a growth, with all that it holds for z >= T.

Parameters are balls. What is not read is refused, never guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add, mul
from typing import Any

import sympy
from flint import arb, fmpq
from sympy import Expr, Symbol

from verifier.enclose.integrals.growth import Growth, NoBoundError
from verifier.enclose.programs.compile import compile_expr
from verifier.enclose.rings import reals
from verifier.errors import UnsupportedError

_LOG_POWER = fmpq(1, 8)  # log z <= 8/e z^(1/8)
_LIMITS: Mapping[Any, tuple[Callable[[arb], arb], Callable[[], tuple[arb, arb]]]] = {
    sympy.tanh: (reals.tanh, lambda: (-reals.ONE, reals.ONE)),
    sympy.erf: (reals.erf, lambda: (-reals.ONE, reals.ONE)),
    sympy.atan: (reals.atan, lambda: (-arb.pi() / 2, arb.pi() / 2)),
}
_AT_ZERO: Mapping[Any, tuple[Callable[[arb], arb], Callable[[], arb]]] = {
    sympy.sin: (arb.sin, lambda: reals.ONE),
    sympy.asin: (arb.asin, lambda: reals.ONE),
    sympy.atan: (arb.atan, lambda: reals.ONE),
    sympy.tanh: (arb.tanh, lambda: reals.ONE),
    sympy.asinh: (arb.asinh, lambda: reals.ONE),
    sympy.erf: (arb.erf, lambda: 2 / arb.pi().sqrt()),
    sympy.sinh: (arb.sinh, lambda: reals.ONE),
}
_SIGNS: Mapping[Any, Callable[[arb], bool]] = {
    sympy.Lt: lambda gap: bool(gap < 0),
    sympy.Le: lambda gap: bool(gap <= 0),
    sympy.Gt: lambda gap: bool(gap > 0),
    sympy.Ge: lambda gap: bool(gap >= 0),
}


def growth_of(
    expr: Expr, variable: Symbol, start: arb, symbols: Sequence[Symbol], balls: Sequence[arb]
) -> Growth:
    """`expr` for all `variable` >= `start` >= 1, where the other symbols are in the balls.

    At the precision set. Raises `NoBoundError`, or `UnsupportedError` for what is not read.
    """
    return _Reader(variable, start, tuple(symbols), tuple(balls), {}).read(expr)


@dataclass(frozen=True)
class _Reader:
    variable: Symbol
    start: arb
    symbols: tuple[Symbol, ...]
    balls: tuple[arb, ...]
    seen: dict[Expr, Growth]

    def read(self, expr: Expr) -> Growth:
        if expr not in self.seen:
            self.seen[expr] = self._read(expr)
        return self.seen[expr]

    def _read(self, expr: Expr) -> Growth:
        if expr == self.variable:
            return Growth(self.start, reals.ONE, fmpq(1))
        if self.variable not in expr.free_symbols:
            return self._constant(expr)
        match expr:
            case sympy.Add():
                return reduce(add, self._terms(expr))
            case sympy.Mul():
                return reduce(mul, map(self.read, expr.args))
            case sympy.Pow() if expr.base is not sympy.E:
                return self._power(expr.base, expr.exp)
            case sympy.exp() | sympy.Pow():
                return self._exponential(expr.args[-1])
            case sympy.log():
                return self._logarithm(expr.args[0])
            case sympy.Abs():
                inner = self.read(expr.args[0])
                return Growth(
                    inner.start,
                    reals.absolute(inner.coefficient),
                    inner.power,
                    inner.rate,
                    inner.order,
                )
            case sympy.Max() | sympy.Min():
                return self._extreme(expr)
            case sympy.Piecewise():
                return self._pieces(expr)
        return self._function(expr.func, expr.args[0])

    def _constant(self, expr: Expr) -> Growth:
        value: arb = compile_expr(expr, self.symbols).run(reals, self.balls)
        if not value.is_finite():
            raise NoBoundError(f"`{expr}` is not shown to have a value")
        return Growth(self.start, value)

    def _terms(self, expr: Expr) -> list[Growth]:
        if isinstance(expr, sympy.Add) and sympy.S.NegativeOne in expr.args:
            for term in expr.args:
                if isinstance(term, sympy.exp) and self.variable in term.free_symbols:
                    small = self._exponential_less_one(term.args[0])
                    others = [t for t in expr.args if t not in (term, sympy.S.NegativeOne)]
                    return [*small, *map(self.read, others)]
        return [self.read(term) for term in expr.args]

    def _exponential_less_one(self, exponent: Expr) -> list[Growth]:
        u = self.read(exponent)
        low, high = u.ends()
        if not (-1 <= low and high <= 1):
            return [self._exponential(exponent), Growth(self.start, -reals.ONE)]
        # (e^u - 1)/u rises
        slopes = [reals.ONE if end.is_zero() else end.expm1() / end for end in (low, high)]
        return [u.times(reals.hull(*slopes))]

    def _power(self, base: Expr, exponent: Expr) -> Growth:
        if not exponent.is_Rational:
            return self._exponential(exponent * sympy.log(base))
        p, q = int(exponent.p), int(exponent.q)
        try:
            return self.read(base).raised(p, q)
        except NoBoundError:
            floor = self._floor(base)
            if p > 0 or not (floor > 0 and floor.is_finite()):
                raise
            # 0 < base^(p/q) <= floor^(p/q)
            return Growth(self.start, reals.hull(reals.ZERO, floor ** arb(fmpq(p, q))))

    def _floor(self, expr: Expr) -> arb:
        """A lower bound of a sum from those of its terms."""
        terms = self._terms(expr) if isinstance(expr, sympy.Add) else [self.read(expr)]
        return sum((term.ends()[0] for term in terms), start=arb(0)).lower()

    def _exponential(self, exponent: Expr) -> Growth:
        terms = exponent.expand().args if exponent.expand().is_Add else (exponent,)
        return reduce(mul, (self.read(term).exp() for term in terms))

    def _logarithm(self, inner: Expr) -> Growth:
        if isinstance(inner, sympy.Add) and sympy.S.One in inner.args:
            rest = inner - 1
            try:
                return self._log_of_one_plus(self.read(rest))
            except NoBoundError:
                if not isinstance(rest, sympy.exp):
                    raise
                # 0 <= log(1 + e^u) <= log 2 + |u|
                most = self._constant(sympy.log(2)) + self.read(sympy.Abs(rest.args[0]))
                return most.times(reals.hull(reals.ZERO, reals.ONE))
        return self._log_of(self.read(inner))

    def _log_of_one_plus(self, u: Growth) -> Growth:
        low, high = u.ends()
        if not (low > -1 and high.is_finite()):
            return self._log_of(u + Growth(self.start, reals.ONE))
        # log(1 + u)/u falls
        slopes = [_log_slope(end) for end in (high, low)]
        return u.times(reals.hull(*slopes))

    def _log_of(self, g: Growth) -> Growth:
        # log c + p log z + r z^q
        if not g.coefficient > 0:
            raise NoBoundError("A logarithm of what may not be positive")
        fixed = Growth(self.start, reals.log(g.coefficient))
        most = 1 / (arb(_LOG_POWER) * arb.const_e())
        slow = Growth(self.start, reals.hull(reals.ZERO, most) * arb(g.power), _LOG_POWER)
        return fixed + slow + Growth(self.start, g.rate, g.order)

    def _extreme(self, expr: Expr) -> Growth:
        wanted = 1 if isinstance(expr, sympy.Max) else -1
        best, *others = self._terms(expr)
        for other in others:
            gap = other + -best
            ahead = wanted * gap.coefficient
            if ahead >= 0 or ahead <= 0:
                best = other if ahead >= 0 else best
            else:
                best = best + gap.times(reals.hull(reals.ZERO, reals.ONE))
        return best

    def _pieces(self, expr: Expr) -> Growth:
        for piece in expr.args:
            if piece.cond == sympy.true:
                return self.read(piece.expr)
            test = _SIGNS.get(piece.cond.func)
            if test is None:
                raise UnsupportedError(f"`{piece.cond}` is not decided at infinity.")
            gap = (self.read(piece.cond.lhs) + -self.read(piece.cond.rhs)).coefficient
            if test(gap):
                return self.read(piece.expr)
            if not (gap > 0 or gap < 0 or gap.is_zero()):
                raise NoBoundError(f"`{piece.cond}` is not decided at infinity")
        raise NoBoundError(f"No piece of `{expr}` applies")

    def _function(self, kind: Any, inner: Expr) -> Growth:
        u = self.read(inner)
        low, high = u.ends()
        if kind in _AT_ZERO and -1 <= low and high <= 1:
            # f(u)/u is monotone in |u| <= 1
            value, slope = _AT_ZERO[kind]
            most = low.abs_upper().max(high.abs_upper())
            outer = value(most) / most if most > 0 else slope()
            return u.times(reals.hull(outer.min(slope()), outer.max(slope())))
        e = sympy.exp
        if kind is sympy.sinh:
            return self.read((e(inner) - e(-inner)) / 2)
        if kind is sympy.cosh:
            return self.read((e(inner) + e(-inner)) / 2)
        if kind in (sympy.sin, sympy.cos):
            return Growth(self.start, arb(0, 1))
        if kind in _LIMITS:
            value, limits = _LIMITS[kind]
            first = value(low) if low.is_finite() else limits()[0]
            last = value(high) if high.is_finite() else limits()[1]
            return Growth(self.start, reals.hull(first, last))
        if kind is sympy.erfc:
            return self._tail_of_gauss(u, low)
        if kind is sympy.asinh and low >= 0:
            return self._log_of(u + (u * u + Growth(self.start, reals.ONE)).raised(1, 2))
        if kind in (sympy.sign, sympy.Heaviside):
            return Growth(self.start, _step(kind, u.coefficient))
        raise UnsupportedError(f"`{kind}` has no bounds at infinity.")

    def _tail_of_gauss(self, u: Growth, low: arb) -> Growth:
        if not low >= 0:
            return Growth(self.start, reals.hull(reals.ZERO, arb(2)))
        # 0 <= erfc(u) <= exp(-u^2) for u >= 0
        return (-(u * u)).exp().times(reals.hull(reals.ZERO, reals.ONE))


def _step(kind: Any, place: arb) -> arb:
    ends = (reals.ZERO if kind is sympy.Heaviside else -reals.ONE, reals.ONE)
    return ends[1] if place > 0 else ends[0] if place < 0 else reals.hull(*ends)


def _log_slope(u: arb) -> arb:
    return reals.ONE if u.is_zero() else u.log1p() / u
