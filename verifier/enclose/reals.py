"""**Real operations**: enclosures of the elementary functions on balls, wide ones included.

A result is a NaN ball wherever the function is not certainly defined. Monotone functions of a
wide ball are enclosed by their values at its two ends.
"""

from __future__ import annotations

from collections.abc import Callable

from flint import arb, fmpq

NAN = arb.nan()
ZERO = arb(0)
_SHARP = 32  # relative accuracy, in bits, from which the ends of a ball are not looked at apart

Unary = Callable[[arb], arb]


def rational(value: fmpq) -> arb:
    """The rational `value`, rounded outward at the working precision."""
    return arb(value)


def pi() -> arb:
    return arb.pi()


def e() -> arb:
    return arb.const_e()


def is_sharp(x: arb) -> bool:
    """Whether `x` is narrow against its size."""
    return bool(x.rel_accuracy_bits() >= _SHARP)


def monotone(function: Unary, x: arb) -> arb:
    """Hull of `function` at the two ends of `x`, for a monotone function."""
    return function(x.lower()).union(function(x.upper()))


def _rising(function: Unary) -> Unary:
    def enclose(x: arb) -> arb:
        return function(x) if is_sharp(x) else monotone(function, x)

    return enclose


exp = _rising(arb.exp)
asinh = _rising(arb.asinh)
sinh = _rising(arb.sinh)
tanh = _rising(arb.tanh)
atan = _rising(arb.atan)


def log(x: arb) -> arb:
    if not x > 0:
        return NAN
    return arb.log(x) if is_sharp(x) else monotone(arb.log, x)


def cosh(x: arb) -> arb:
    return arb.cosh(x) if is_sharp(x) else x.abs_lower().cosh().union(x.abs_upper().cosh())


def sin(x: arb) -> arb:
    return x.sin()


def cos(x: arb) -> arb:
    return x.cos()


def tan(x: arb) -> arb:
    return x.tan()


def absolute(x: arb) -> arb:
    return x if x >= 0 else x.abs_lower().union(x.abs_upper())


def add(x: arb, y: arb) -> arb:
    return x + y


def sub(x: arb, y: arb) -> arb:
    return x - y


def mul(x: arb, y: arb) -> arb:
    return x * y


def div(x: arb, y: arb) -> arb:
    return NAN if y.contains(0) else x / y


def neg(x: arb) -> arb:
    return -x


def maximum(x: arb, y: arb) -> arb:
    return x.max(y)


def minimum(x: arb, y: arb) -> arb:
    return x.min(y)


def power(n: int, x: arb) -> arb:
    """x**n for an integer n; negative n needs a base that excludes zero."""
    if n < 0:
        return NAN if x.contains(0) else 1 / power(-n, x)
    if is_sharp(x):
        return x**n
    if n % 2:
        return (x.lower() ** n).union(x.upper() ** n)
    return (x.abs_lower() ** n).union(x.abs_upper() ** n)


def root(n: int, x: arb) -> arb:
    """The n-th root of a ball that is certainly not negative."""
    if not x >= 0:
        return NAN
    return _root(n, x) if is_sharp(x) else _root(n, x.lower()).union(_root(n, x.upper()))


def root_of_nonnegative(n: int, x: arb) -> arb:
    """The n-th root where the exact value is known to be >= 0 though its ball may not show it."""
    if x >= 0:
        return root(n, x)
    return NAN if x < 0 else ZERO.union(_root(n, x.upper()))


def _root(n: int, x: arb) -> arb:
    if x.is_zero():
        return ZERO
    return x.sqrt() if n == 2 else x.root(n)
