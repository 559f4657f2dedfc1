"""**Power series**: truncated Taylor arithmetic over real or complex balls.

An element is a ball of the base ring, which does not depend on the series variable, or a series.
The two are kept apart: a series may look constant only because it was cut off.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

from flint import acb_series, arb_series, fmpq

Series = arb_series | acb_series


class SeriesRing:
    """Series of `length` coefficients over `base`; to be used inside `series_length(length)`."""

    def __init__(self, base: Any, kind: type[Series], length: int) -> None:
        self.base = base
        self.kind = kind
        self.length = length
        self.NAN = base.NAN

    def series(self, *coefficients: Any) -> Any:
        return self.kind(list(coefficients), self.length)

    def is_series(self, x: Any) -> bool:
        return isinstance(x, (arb_series, acb_series))

    def lift(self, x: Any) -> Any:
        return x if self.is_series(x) else self.series(x)

    def start(self, x: Any) -> Any:
        """The value at the origin."""
        return x[0] if self.is_series(x) else x

    def rational(self, value: fmpq) -> Any:
        return self.base.rational(value)

    def pi(self) -> Any:
        return self.base.pi()

    def e(self) -> Any:
        return self.base.e()

    def add(self, x: Any, y: Any) -> Any:
        return self._both(self.base.add, operator.add, x, y)

    def sub(self, x: Any, y: Any) -> Any:
        return self._both(self.base.sub, operator.sub, x, y)

    def mul(self, x: Any, y: Any) -> Any:
        return self._both(self.base.mul, operator.mul, x, y)

    def sharpened(self, x: Any, above: Any, below: Any) -> Any:
        """x, which equals above/below; the quotient serves on wide balls alone."""
        return x

    def div(self, x: Any, y: Any) -> Any:
        if self.start(y).contains(0):
            return self.NAN
        return self._both(self.base.div, _quotient, x, y)

    def neg(self, x: Any) -> Any:
        return -x

    def exp(self, x: Any) -> Any:
        return self._one(self.base.exp, self.kind.exp, x)

    def sin(self, x: Any) -> Any:
        return self._one(self.base.sin, self.kind.sin, x)

    def cos(self, x: Any) -> Any:
        return self._one(self.base.cos, self.kind.cos, x)

    def tan(self, x: Any) -> Any:
        return self._one(self.base.tan, lambda s: self.div(s.sin(), s.cos()), x)

    def sinh(self, x: Any) -> Any:
        return self._one(self.base.sinh, lambda s: (s.exp() - (-s).exp()) * self._number(1, 2), x)

    def cosh(self, x: Any) -> Any:
        return self._one(self.base.cosh, lambda s: (s.exp() + (-s).exp()) * self._number(1, 2), x)

    def tanh(self, x: Any) -> Any:
        # tanh' = 1/cosh^2
        def moving(s: Any) -> Any:
            return self._integrate(s, self.power(2, self.cosh(s)))

        return self._one(self.base.tanh, moving, x)

    def log(self, x: Any) -> Any:
        return self._one(self.base.log, self.kind.log, x)

    def asinh(self, x: Any) -> Any:
        # asinh' = (1 + x^2)^(-1/2)
        def moving(s: Any) -> Any:
            return self._integrate(s, self.root(2, self.power(2, s) + 1))

        return self._one(self.base.asinh, moving, x)

    def atan(self, x: Any) -> Any:
        # atan' = 1/(1 + x^2)
        return self._one(self.base.atan, lambda s: self._integrate(s, self.power(2, s) + 1), x)

    def asin(self, x: Any) -> Any:
        # asin' = (1 - x^2)^(-1/2)
        return self._one(self.base.asin, self._asin, x)

    def acos(self, x: Any) -> Any:
        return self._one(self.base.acos, lambda s: -self._asin(s), x)

    def _asin(self, x: Any) -> Any:
        return self._integrate(x, self.root(2, 1 - self.power(2, x)))

    def acosh(self, x: Any) -> Any:
        # acosh' = (x^2 - 1)^(-1/2)
        def moving(s: Any) -> Any:
            return self._integrate(s, self.root(2, self.power(2, s) - 1))

        return self._one(self.base.acosh, moving, x)

    def atanh(self, x: Any) -> Any:
        # atanh' = 1/(1 - x^2)
        return self._one(self.base.atanh, lambda s: self._integrate(s, 1 - self.power(2, s)), x)

    def erf(self, x: Any) -> Any:
        return self._one(self.base.erf, self.kind.erf, x)

    def erfc(self, x: Any) -> Any:
        return self._one(self.base.erfc, self.kind.erfc, x)

    def signum(self, x: Any) -> Any:
        """Constant beside its jump; a series that starts there has no derivative."""
        start = self.start(x)
        if not self.is_series(x) or start.real > 0 or start.real < 0:
            return self.base.signum(start)
        return self.NAN

    def sign(self, x: Any) -> Any:
        return self.base.sign(self.start(x))

    def raised(self, x: Any, y: Any) -> Any:
        # x^y = exp(y log x)
        exponent = self.start(y).real
        whole = exponent.unique_fmpz() if exponent.is_exact() else None
        if whole is None or self.is_series(y):
            return self.exp(self.mul(y, self.log(x)))
        return self.power(int(whole), x)

    def _integrate(self, x: Any, divisor: Any) -> Any:
        """The series that starts at zero and has the derivative x'/divisor."""
        rate = self.div(self.series(*x.derivative().coeffs()), divisor)
        return rate.integral() if self.is_series(rate) else self.NAN

    def absolute(self, x: Any) -> Any:
        start = self.base.absolute(self.start(x))
        if not self.is_series(x) or not start.is_finite():
            return start
        return self._choose(x, -x)

    def maximum(self, x: Any, y: Any) -> Any:
        if not (self.is_series(x) or self.is_series(y)):
            return self.base.maximum(x, y)
        return self._choose(x, y)

    def minimum(self, x: Any, y: Any) -> Any:
        if not (self.is_series(x) or self.is_series(y)):
            return self.base.minimum(x, y)
        return -self._choose(-x, -y)

    def _choose(self, larger: Any, smaller: Any) -> Any:
        """The first if its real part is certainly the larger at the origin, or the second."""
        gap = (self.start(larger) - self.start(smaller)).real
        if gap > 0:
            return larger
        return smaller if gap < 0 else self.NAN

    def power(self, n: int, x: Any) -> Any:
        if self.start(x).contains(0) and n < 0:
            return self.NAN
        raised = lambda s: (s ** abs(n)).inv() if n < 0 else s**n  # noqa: E731
        return self._one(lambda start: self.base.power(n, start), raised, x)

    def root(self, n: int, x: Any) -> Any:
        # x^(1/n) = exp(log(x)/n)
        if self.is_series(x) and x[0].contains(0):
            return self.NAN
        rooted = lambda s: s.sqrt() if n == 2 else (s.log() * self._number(1, n)).exp()  # noqa: E731
        return self._one(lambda start: self.base.root(n, start), rooted, x)

    def root_of_nonnegative(self, n: int, x: Any) -> Any:
        if self.is_series(x):
            return self.root(n, x)
        return self.base.root_of_nonnegative(n, x)

    def _number(self, numerator: int, denominator: int = 1) -> Any:
        return self.series(self.base.rational(fmpq(numerator, denominator)))

    def _one(self, constant: Callable[[Any], Any], moving: Callable[[Any], Any], x: Any) -> Any:
        """A function of one element; its start is enclosed by the base ring."""
        value = constant(self.start(x))
        if not self.is_series(x) or not value.is_finite():
            return value
        return self._with_start(moving(x), value)

    def _both(
        self, constant: Callable[..., Any], moving: Callable[..., Any], x: Any, y: Any
    ) -> Any:
        value = constant(self.start(x), self.start(y))
        if not (self.is_series(x) or self.is_series(y)) or not value.is_finite():
            return value
        return self._with_start(moving(self.lift(x), self.lift(y)), value)

    def _with_start(self, x: Any, value: Any) -> Any:
        """`x`, or NaN, with its coefficient 0 replaced: `value` is the sharper enclosure."""
        if self.is_series(x):
            x[0] = value
        return x


def _quotient(x: Any, y: Any) -> Any:
    return x * y.inv()
