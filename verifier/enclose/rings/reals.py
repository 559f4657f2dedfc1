"""**Real operations**: enclosures of the elementary functions on balls, wide ones included.

A result is a NaN ball wherever the function is not certainly defined. Monotone functions of a
wide ball are enclosed by their values at its two ends.
"""

from __future__ import annotations

from collections.abc import Callable

from flint import arb, fmpq

NAN = arb.nan()
ZERO = arb(0)
ONE = arb(1)
SHARP = 32  # relative accuracy, in bits, from which the ends of a ball are not looked at apart
_RADIUS_BITS = 29  # a mantissa this short is a radius without rounding

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
    return bool(x.rel_accuracy_bits() >= SHARP)


def hull(low: arb, high: arb) -> arb:
    """A ball around both; one that starts or ends exactly at zero when the hull does."""
    if low.is_zero() and high >= 0:
        return _from_zero(high)
    if high.is_zero() and low <= 0:
        return -_from_zero(-low)
    both = low.union(high)
    # ends too far apart for one radius: at least the sign is kept
    if low > 0 and not both >= 0:
        return _from_zero(high)
    if high < 0 and not both <= 0:
        return -_from_zero(-low)
    return both


def _from_zero(high: arb) -> arb:
    """[0, u] for the least u >= `high` for which midpoint and radius have no rounding error."""
    top = high.upper()
    if not top.is_finite() or top.is_zero():
        return top
    mantissa, exponent = (int(part) for part in top.man_exp())
    excess = max(0, mantissa.bit_length() - _RADIUS_BITS)
    if excess:
        mantissa, exponent = (mantissa >> excess) + 1, exponent + excess
    half = (mantissa, exponent - 1)
    return arb(half, half)


def monotone(function: Unary, x: arb) -> arb:
    """Hull of `function` at the two ends of `x`, for an increasing function."""
    return hull(function(x.lower()), function(x.upper()))


def _rising(function: Unary) -> Unary:
    def enclose(x: arb) -> arb:
        return function(x) if is_sharp(x) else monotone(function, x)

    return enclose


exp = _rising(arb.exp)
asinh = _rising(arb.asinh)
sinh = _rising(arb.sinh)
tanh = _rising(arb.tanh)
atan = _rising(arb.atan)
asin = _rising(arb.asin)
acosh = _rising(arb.acosh)
atanh = _rising(arb.atanh)
erf = _rising(arb.erf)


def acos(x: arb) -> arb:
    return arb.acos(x) if is_sharp(x) else hull(arb.acos(x.upper()), arb.acos(x.lower()))


def erfc(x: arb) -> arb:
    return arb.erfc(x) if is_sharp(x) else hull(arb.erfc(x.upper()), arb.erfc(x.lower()))


def log(x: arb) -> arb:
    if not x > 0:
        return NAN
    return arb.log(x) if is_sharp(x) else monotone(arb.log, x)


def cosh(x: arb) -> arb:
    return arb.cosh(x) if is_sharp(x) else hull(x.abs_lower().cosh(), x.abs_upper().cosh())


def sin(x: arb) -> arb:
    return x.sin()


def cos(x: arb) -> arb:
    return x.cos()


def tan(x: arb) -> arb:
    """Increasing on a ball on which it is finite: that holds no pole."""
    value = x.tan()
    return value if is_sharp(x) or not value.is_finite() else monotone(arb.tan, x)


def absolute(x: arb) -> arb:
    return x if x >= 0 else hull(x.abs_lower(), x.abs_upper())


def sign(x: arb) -> arb:
    """The sign of a ball that excludes zero; tangents of absolute values need no other."""
    return NAN if x.contains(0) else x.sgn()


def signum(x: arb) -> arb:
    """The sign function, 0 at 0, on balls that contain zero as well."""
    if x > 0 or x < 0 or x.is_zero():
        return x.sgn()
    return hull(ZERO, ONE) if x >= 0 else hull(-ONE, ZERO) if x <= 0 else arb(0, 1)


def add(x: arb, y: arb) -> arb:
    return x + y


def sub(x: arb, y: arb) -> arb:
    return x - y


def mul(x: arb, y: arb) -> arb:
    return x * y if is_sharp(x) and is_sharp(y) else mul_wide(x, y)


def mul_wide(x: arb, y: arb) -> arb:
    """The product from the ends of both factors, of which one at least is wide."""
    if y.is_exact():
        p, q = x.lower() * y, x.upper() * y
        return hull(p, q) if y >= 0 else hull(q, p)
    if x.is_exact():
        return mul_wide(y, x)
    # the extreme products are among those of the ends
    a, b, c, d = x.lower(), x.upper(), y.lower(), y.upper()
    if a >= 0 and c >= 0:
        return hull(a * c, b * d)
    p, q, r, s = a * c, a * d, b * c, b * d
    return hull(p.min(q).min(r.min(s)), p.max(q).max(r.max(s)))


def div(x: arb, y: arb) -> arb:
    if y.contains(0):
        return NAN
    if is_sharp(x) and is_sharp(y):
        return x / y
    return mul(x, hull(1 / y.upper(), 1 / y.lower()))


def sharpened(x: arb, above: arb, below: arb) -> arb:
    """x, which equals above/below wherever `below` is not 0."""
    other = div(above, below)
    return x.intersection(other) if other.is_finite() else x


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
        return hull(x.lower() ** n, x.upper() ** n)
    return hull(x.abs_lower() ** n, x.abs_upper() ** n)


def raised(x: arb, y: arb) -> arb:
    """x**y where y is a whole number, and for x > 0."""
    whole = y.unique_fmpz() if y.is_exact() else None
    if whole is not None:
        return power(int(whole), x)
    return exp(mul(y, log(x)))


def root(n: int, x: arb) -> arb:
    """The n-th root of a ball that is certainly not negative."""
    if not x >= 0:
        return NAN
    return _root(n, x) if is_sharp(x) else hull(_root(n, x.lower()), _root(n, x.upper()))


def root_of_nonnegative(n: int, x: arb) -> arb:
    """The n-th root where the exact value is known to be >= 0 though its ball may not show it."""
    if x >= 0:
        return root(n, x)
    return NAN if x < 0 else hull(ZERO, _root(n, x.upper()))


def _root(n: int, x: arb) -> arb:
    if x.is_zero():
        return ZERO
    return x.sqrt() if n == 2 else x.root(n)
