"""**Intervals of mpmath**: elementary functions on intervals, for the second opinion.

An interval is a pair of mpmath's raw numbers, precision is an argument, and nothing is shared
with Arb. Monotone functions are taken at the ends and widened by a few units in the last place.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import mpmath.libmp as mp
from mpmath.libmp import libmpi

from verifier.errors import DomainError

Interval = tuple[Any, Any]
_DOWN, _UP = "f", "c"
_SLACK = 6  # bits by which a value of mpmath is widened before it counts as a bound
_LARGEST = 256  # an exponential, or a wave, is taken of arguments below 2 to this
ZERO: Interval = (mp.fzero, mp.fzero)
ONE: Interval = (mp.fone, mp.fone)


class NoValueError(DomainError):
    """A function is certainly undefined at every point of its argument."""


class PartialError(DomainError):
    """A function is not shown to be defined on the whole of its argument."""


def from_rational(numerator: int, denominator: int, bits: int) -> Interval:
    return (
        mp.from_rational(numerator, denominator, bits, _DOWN),
        mp.from_rational(numerator, denominator, bits, _UP),
    )


def hull(x: Interval, y: Interval) -> Interval:
    return _least(x[0], y[0]), _greatest(x[1], y[1])


def sign_of(x: Interval) -> int | None:
    """1, 0 or -1 when all of `x` has that sign, else None."""
    low, high = mp.mpf_sign(x[0]), mp.mpf_sign(x[1])
    if low > 0 or high < 0 or low == high == 0:
        return int(low)
    return None


@dataclass(frozen=True)
class Arithmetic:
    """Operations whose results are rounded outward to `bits` of mantissa."""

    bits: int

    def add(self, x: Interval, y: Interval) -> Interval:
        return libmpi.mpi_add(x, y, self.bits)

    def sub(self, x: Interval, y: Interval) -> Interval:
        return libmpi.mpi_sub(x, y, self.bits)

    def mul(self, x: Interval, y: Interval) -> Interval:
        return libmpi.mpi_mul(x, y, self.bits)

    def div(self, x: Interval, y: Interval) -> Interval:
        sign = sign_of(y)
        if sign == 0:
            raise NoValueError("division by zero")
        if sign is None:
            raise PartialError("a divisor may be zero")
        return libmpi.mpi_div(x, y, self.bits)

    def power(self, x: Interval, n: int) -> Interval:
        """x**n for an integer n."""
        if n < 0:
            return self.div(ONE, self.power(x, -n))
        low = mp.mpf_pow_int(x[0], n, self.bits, _DOWN), mp.mpf_pow_int(x[0], n, self.bits, _UP)
        high = mp.mpf_pow_int(x[1], n, self.bits, _DOWN), mp.mpf_pow_int(x[1], n, self.bits, _UP)
        both = hull(low, high)
        return hull(both, ZERO) if n and n % 2 == 0 and sign_of(x) is None else both

    def root(self, x: Interval, n: int) -> Interval:
        """The n-th root, n > 0, of what is not negative."""
        self._above(x, mp.fzero, "root")
        if n == 2:
            return self._rising(mp.mpf_sqrt, x)
        return self._rising(lambda a, bits, end: mp.mpf_nthroot(a, n, bits, end), x)

    def exp(self, x: Interval) -> Interval:
        _tame(x)
        return self._rising(mp.mpf_exp, x)

    def log(self, x: Interval) -> Interval:
        if mp.mpf_sign(x[1]) <= 0:
            raise NoValueError("log of what is not positive")
        if mp.mpf_sign(x[0]) <= 0:
            raise PartialError("log of what may not be positive")
        return self._rising(mp.mpf_log, x)

    def raised(self, x: Interval, y: Interval) -> Interval:
        """x**y where y is a whole number, and for x > 0."""
        whole = _whole(y)
        if whole is not None:
            return self.power(x, whole)
        if sign_of(x) != 1:
            raise PartialError("a power of what may not be positive")
        return self.exp(self.mul(y, self.log(x)))

    def sinh(self, x: Interval) -> Interval:
        _tame(x)
        return self._rising(mp.mpf_sinh, x)

    def cosh(self, x: Interval) -> Interval:
        _tame(x)
        return self._rising(mp.mpf_cosh, self.absolute(x))

    def tanh(self, x: Interval) -> Interval:
        return self._rising(mp.mpf_tanh, x)

    def asinh(self, x: Interval) -> Interval:
        return self._rising(mp.mpf_asinh, x)

    def acosh(self, x: Interval) -> Interval:
        self._above(x, mp.fone, "acosh")
        return self._rising(mp.mpf_acosh, x)

    def atanh(self, x: Interval) -> Interval:
        self._inside(x, "atanh", closed=False)
        return self._rising(mp.mpf_atanh, x)

    def atan(self, x: Interval) -> Interval:
        return self._rising(mp.mpf_atan, x)

    def asin(self, x: Interval) -> Interval:
        self._inside(x, "asin")
        return self._rising(mp.mpf_asin, x)

    def acos(self, x: Interval) -> Interval:
        self._inside(x, "acos")
        return self._falling(mp.mpf_acos, x)

    def erf(self, x: Interval) -> Interval:
        return self._rising(mp.mpf_erf, x)

    def erfc(self, x: Interval) -> Interval:
        return self._falling(mp.mpf_erfc, x)

    def cos(self, x: Interval) -> Interval:
        # extreme at k pi
        return self._wave(mp.mpf_cos, x, ZERO)

    def sin(self, x: Interval) -> Interval:
        # extreme at (k + 1/2) pi
        return self._wave(mp.mpf_sin, x, from_rational(1, 2, self.bits))

    def tan(self, x: Interval) -> Interval:
        return self.div(self.sin(x), self.cos(x))

    def absolute(self, x: Interval) -> Interval:
        if mp.mpf_sign(x[0]) >= 0:
            return x
        turned = mp.mpf_neg(x[1]), mp.mpf_neg(x[0])
        return turned if mp.mpf_sign(x[1]) <= 0 else (mp.fzero, _greatest(turned[1], x[1]))

    def signum(self, x: Interval) -> Interval:
        ends = [mp.from_int(mp.mpf_sign(end)) for end in x]
        return ends[0], ends[1]

    def maximum(self, x: Interval, y: Interval) -> Interval:
        return _greatest(x[0], y[0]), _greatest(x[1], y[1])

    def minimum(self, x: Interval, y: Interval) -> Interval:
        return _least(x[0], y[0]), _least(x[1], y[1])

    def pi(self) -> Interval:
        return mp.mpf_pi(self.bits, _DOWN), mp.mpf_pi(self.bits, _UP)

    def _rising(self, function: Callable[..., Any], x: Interval) -> Interval:
        more = self.bits + 2 * _SLACK
        return self._widened(function(x[0], more, _DOWN), function(x[1], more, _UP))

    def _falling(self, function: Callable[..., Any], x: Interval) -> Interval:
        more = self.bits + 2 * _SLACK
        return self._widened(function(x[1], more, _DOWN), function(x[0], more, _UP))

    def _widened(self, low: Any, high: Any) -> Interval:
        more = self.bits + 2 * _SLACK
        below = mp.mpf_shift(mp.mpf_abs(low), -self.bits - _SLACK)
        above = mp.mpf_shift(mp.mpf_abs(high), -self.bits - _SLACK)
        return mp.mpf_sub(low, below, more, _DOWN), mp.mpf_add(high, above, more, _UP)

    def _wave(self, function: Callable[..., Any], x: Interval, shift: Interval) -> Interval:
        """A function of period 2 pi with values 1 and -1 at (k + shift) pi for even and odd k."""
        first, last = self._half_turns(x, shift)
        ends = [self._rising(function, (end, end)) for end in x]
        low, high = hull(*ends)
        if last - first >= 1 or (last == first and first % 2 == 0):
            high = mp.fone
        if last - first >= 1 or (last == first and first % 2 == 1):
            low = mp.mpf_neg(mp.fone)
        return low, high

    def _half_turns(self, x: Interval, shift: Interval) -> tuple[int, int]:
        """The first and last k that may have (k + shift) pi in `x`; none if last < first."""
        _tame(x)
        more = Arithmetic(self.bits + max(0, _magnitude(x)))
        turns = more.sub(more.div(x, more.pi()), shift)
        return (
            int(mp.to_int(mp.mpf_ceil(turns[0], more.bits, _DOWN))),
            int(mp.to_int(mp.mpf_floor(turns[1], more.bits, _UP))),
        )

    def _above(self, x: Interval, least: Any, name: str) -> None:
        if mp.mpf_lt(x[1], least):
            raise NoValueError(f"{name} below its domain")
        if mp.mpf_lt(x[0], least):
            raise PartialError(f"{name} may be below its domain")

    def _inside(self, x: Interval, name: str, *, closed: bool = True) -> None:
        """Whether `x` is in [-1, 1], or in its interior."""
        size = self.absolute(x)
        beyond = mp.mpf_gt if closed else mp.mpf_ge
        if beyond(size[0], mp.fone):
            raise NoValueError(f"{name} outside of its domain")
        if beyond(size[1], mp.fone):
            raise PartialError(f"{name} may be outside of its domain")


def _magnitude(x: Interval) -> int:
    """The least n with |x| < 2^n at both ends; 0 for zero."""
    return max(int(end[2] + end[3]) for end in x)


def _tame(x: Interval) -> None:
    if _magnitude(x) > _LARGEST:
        raise PartialError("an argument that is too large")


def _whole(y: Interval) -> int | None:
    if y[0] != y[1]:
        return None
    value = mp.to_rational(y[0])
    return int(value[0]) if value[1] == 1 else None


def _least(a: Any, b: Any) -> Any:
    return a if mp.mpf_le(a, b) else b


def _greatest(a: Any, b: Any) -> Any:
    return b if mp.mpf_le(a, b) else a
