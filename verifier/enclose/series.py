"""**Power series**: truncated Taylor arithmetic over real or complex balls.

An element is a ball of the base ring, which does not depend on the series variable, or a series.
The two are kept apart: a series may look constant only because it was cut off.
"""

from __future__ import annotations

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
        return self._both(self.base.add, lambda a, b: a + b, x, y)

    def sub(self, x: Any, y: Any) -> Any:
        return self._both(self.base.sub, lambda a, b: a - b, x, y)

    def mul(self, x: Any, y: Any) -> Any:
        return self._both(self.base.mul, lambda a, b: a * b, x, y)

    def div(self, x: Any, y: Any) -> Any:
        if self.start(y).contains(0):
            return self.NAN
        return self._both(self.base.div, lambda a, b: a * b.inv(), x, y)

    def neg(self, x: Any) -> Any:
        return -x

    def exp(self, x: Any) -> Any:
        return x.exp() if self.is_series(x) else self.base.exp(x)

    def sin(self, x: Any) -> Any:
        return x.sin() if self.is_series(x) else self.base.sin(x)

    def cos(self, x: Any) -> Any:
        return x.cos() if self.is_series(x) else self.base.cos(x)

    def tan(self, x: Any) -> Any:
        return self.div(x.sin(), x.cos()) if self.is_series(x) else self.base.tan(x)

    def sinh(self, x: Any) -> Any:
        return self._hyperbolic(-1, x) if self.is_series(x) else self.base.sinh(x)

    def cosh(self, x: Any) -> Any:
        return self._hyperbolic(1, x) if self.is_series(x) else self.base.cosh(x)

    def _hyperbolic(self, sign: int, x: Any) -> Any:
        return (x.exp() + (-x).exp() * sign) * self.series(self.base.rational(fmpq(1, 2)))

    def tanh(self, x: Any) -> Any:
        # tanh x = 1 - 2/(exp(2x) + 1)
        if not self.is_series(x):
            return self.base.tanh(x)
        return self.sub(self._number(1), self.div(self._number(2), (x + x).exp() + 1))

    def log(self, x: Any) -> Any:
        value = self.base.log(self.start(x))
        if not self.is_series(x):
            return value
        return x.log() if value.is_finite() else self.NAN

    def asinh(self, x: Any) -> Any:
        # asinh' = (1 + x^2)^(-1/2)
        if not self.is_series(x):
            return self.base.asinh(x)
        return self._integrate(self.base.asinh(x[0]), x, self.root(2, x * x + 1))

    def atan(self, x: Any) -> Any:
        # atan' = 1/(1 + x^2)
        if not self.is_series(x):
            return self.base.atan(x)
        return self._integrate(self.base.atan(x[0]), x, x * x + 1)

    def _integrate(self, value: Any, x: Any, divisor: Any) -> Any:
        rate = self.div(self.series(*x.derivative().coeffs()), divisor)
        if not self.is_series(rate):
            return self.NAN
        return rate.integral() + value

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
        return self._choose(y, x)

    def _choose(self, larger: Any, smaller: Any) -> Any:
        """The first if its real part is certainly the larger at the origin, or the second."""
        gap = (self.start(larger) - self.start(smaller)).real
        if gap > 0:
            return larger
        return smaller if gap < 0 else self.NAN

    def power(self, n: int, x: Any) -> Any:
        if not self.is_series(x):
            return self.base.power(n, x)
        return self.div(self._number(1), x**-n) if n < 0 else x**n

    def root(self, n: int, x: Any) -> Any:
        value = self.base.root(n, self.start(x))
        if not self.is_series(x) or not value.is_finite():
            return value
        if x[0].contains(0):
            return self.NAN
        # x^(1/n) = exp(log(x)/n)
        return x.sqrt() if n == 2 else (x.log() * self._number(1, n)).exp()

    def root_of_nonnegative(self, n: int, x: Any) -> Any:
        if self.is_series(x):
            return self.root(n, x)
        return self.base.root_of_nonnegative(n, x)

    def _number(self, numerator: int, denominator: int = 1) -> Any:
        return self.series(self.base.rational(fmpq(numerator, denominator)))

    def _both(
        self, constant: Callable[..., Any], moving: Callable[..., Any], x: Any, y: Any
    ) -> Any:
        if self.is_series(x) or self.is_series(y):
            return moving(self.lift(x), self.lift(y))
        return constant(x, y)
