"""**Series**: exact Puiseux expansions at 0 from the right, with coefficients in a tower.

A series is a finite sum of c_e t^e plus O(t^order). It is the truncation of an expansion that
converges for small t > 0, so its leading term is the limit behaviour, once its coefficient is
certainly not zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import sympy
from flint import fmpq
from sympy import Expr, Symbol

from verifier.derive.kernel.element import Element
from verifier.derive.kernel.reader import Reader
from verifier.derive.kernel.tower import NEGATIVE, POSITIVE
from verifier.errors import UnsupportedError


@dataclass(frozen=True)
class Series:
    """sum of terms[e] t^e + O(t^order); `order` None means that there is no remainder."""

    terms: tuple[tuple[Fraction, Element], ...]
    order: Fraction | None

    @staticmethod
    def of(terms: dict[Fraction, Element], order: Fraction | None) -> Series:
        kept = {e: c for e, c in terms.items() if not c.is_zero and (order is None or e < order)}
        return Series(tuple(sorted(kept.items(), key=lambda term: term[0])), order)

    @property
    def lowest(self) -> Fraction | None:
        return self.terms[0][0] if self.terms else self.order

    def __add__(self, other: Series) -> Series:
        total = dict(self.terms)
        for e, c in other.terms:
            total[e] = total[e] + c if e in total else c
        return Series.of(total, _least(self.order, other.order))

    def __mul__(self, other: Series) -> Series:
        total: dict[Fraction, Element] = {}
        for e, c in self.terms:
            for f, d in other.terms:
                total[e + f] = total[e + f] + c * d if e + f in total else c * d
        bounds = [
            one.order + two.lowest if two.lowest is not None else None
            for one, two in ((self, other), (other, self))
            if one.order is not None
        ]
        return Series.of(total, _least(*bounds) if bounds else None)


class Expander:
    """Expands expressions in `variable` at 0+, keeping `width` orders beyond each leading one."""

    def __init__(self, reader: Reader, variable: Symbol, width: int) -> None:
        self.reader = reader
        self.variable = variable
        self.width = Fraction(width)

    def expand(self, expr: Expr) -> Series:
        tower = self.reader.tower
        if not expr.has(self.variable):
            return Series.of({Fraction(0): self.reader.read(expr)}, None)
        if expr == self.variable:
            return Series.of({Fraction(1): tower.one}, None)
        if expr.is_Add:
            total = Series.of({}, None)
            for arg in expr.args:
                total = total + self.expand(arg)
            return total
        if expr.is_Mul:
            product = Series.of({Fraction(0): tower.one}, None)
            for arg in expr.args:
                product = product * self.expand(arg)
            return product
        if isinstance(expr, sympy.Pow) and expr.exp.is_Rational:
            exponent = Fraction(int(expr.exp.p), int(expr.exp.q))
            return self._power(self.expand(expr.base), exponent, expr)
        if isinstance(expr, sympy.exp):
            return self._exp(self.expand(expr.args[0]), expr)
        if isinstance(expr, sympy.log):
            return self._log(self.expand(expr.args[0]), expr)
        if isinstance(expr, sympy.asinh):
            u = expr.args[0]
            return self.expand(sympy.log(u + sympy.sqrt(u**2 + 1)))
        if isinstance(expr, sympy.Abs):
            series = self.expand(expr.args[0])
            sign = self._leading(series, expr)[2]
            minus = Series.of({Fraction(0): -tower.one}, None)
            return series if sign == POSITIVE else series * minus
        if isinstance(expr, (sympy.sinh, sympy.cosh, sympy.tanh)):
            return self.expand(expr.rewrite(sympy.exp))
        if isinstance(expr, sympy.Derivative):
            raise UnsupportedError(f"Write the derivative {expr} out before its limit is taken.")
        raise UnsupportedError(f"No expansion for `{type(expr).__name__}` in {expr}.")

    def _leading(self, series: Series, expr: Expr) -> tuple[Fraction, Element, frozenset[int]]:
        if not series.terms:
            raise UnsupportedError(f"{expr} vanishes to the order {series.order} that was kept.")
        exponent, coefficient = series.terms[0]
        sign = self.reader.sign(coefficient)
        if sign not in (POSITIVE, NEGATIVE):
            raise UnsupportedError(
                f"The leading coefficient {coefficient} of {expr} may vanish or change its sign."
            )
        return exponent, coefficient, sign

    def _power(self, base: Series, exponent: Fraction, expr: Expr) -> Series:
        """(c t^e (1 + u))^a = c^a t^(a e) * binomial series in u."""
        if exponent.denominator == 1 and exponent > 0:
            result = base
            for _ in range(int(exponent) - 1):
                result = result * base
            return result
        e, c, sign = self._leading(base, expr)
        tower = self.reader.tower
        if exponent.denominator > 1 and sign != POSITIVE:
            raise UnsupportedError(f"{expr} has no real value near the point.")
        unit = self._relative(base, e, c)
        root = c if exponent.denominator == 1 else tower.root(c, exponent.denominator)
        front = Series.of({exponent * e: root.power(exponent.numerator)}, None)
        weights = [Fraction(1)]
        for n in range(1, self._count(unit)):
            weights.append(weights[-1] * (exponent - n + 1) / n)
        return front * self._compose(unit, weights)

    def _exp(self, inside: Series, expr: Expr) -> Series:
        if inside.lowest is None or inside.lowest < 0:
            raise UnsupportedError(f"{expr} is essential or has no remainder here.")
        constant = dict(inside.terms).get(Fraction(0), self.reader.tower.zero)
        rest = Series.of({e: c for e, c in inside.terms if e > 0}, inside.order)
        weights = [Fraction(1)]
        for n in range(1, self._count(rest)):
            weights.append(weights[-1] / n)
        front = Series.of({Fraction(0): self.reader.exponential(constant)}, None)
        return front * self._compose(rest, weights)

    def _log(self, inside: Series, expr: Expr) -> Series:
        e, c, sign = self._leading(inside, expr)
        if e != 0 or sign != POSITIVE:
            raise UnsupportedError(f"{expr} is unbounded or has no real value near the point.")
        unit = self._relative(inside, e, c)
        weights = [Fraction(0)] + [
            Fraction((-1) ** (n + 1), n) for n in range(1, self._count(unit))
        ]
        front = Series.of({Fraction(0): self.reader.logarithm(c)}, None)
        return front + self._compose(unit, weights)

    def _relative(self, series: Series, e: Fraction, c: Element) -> Series:
        """series/(c t^e) - 1."""
        inverse = self.reader.tower.one.over(c)
        terms = {f - e: d * inverse for f, d in series.terms[1:]}
        return Series.of(terms, None if series.order is None else series.order - e)

    def _count(self, unit: Series) -> int:
        """Powers of `unit` that matter below the width."""
        if unit.lowest is None:
            return 1
        return int(self.width / unit.lowest) + 1

    def _compose(self, unit: Series, weights: list[Fraction]) -> Series:
        """sum of weights[n] unit^n + O(t^width); exact when `unit` is zero."""
        one = self.reader.tower.one
        total, power = Series.of({}, None), Series.of({Fraction(0): one}, None)
        for weight in weights:
            scale = one.scaled(fmpq(weight.numerator, weight.denominator))
            total = total + power * Series.of({Fraction(0): scale}, None)
            power = power * unit
        if unit.lowest is None:
            return total
        return Series.of(dict(total.terms), _least(total.order, self.width))


def _least(*values: Fraction | None) -> Fraction | None:
    finite = [v for v in values if v is not None]
    return min(finite) if finite else None
