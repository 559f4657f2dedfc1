"""**Complex operations**: what integrands are made of, with the analytic flag in every branch.

With `analytic` set, an operation answers with a non-finite ball unless it is certainly analytic
on its argument; Arb's integrator is only rigorous under that condition.
"""

from __future__ import annotations

from flint import acb, arb, fmpq

NAN = acb(arb.nan(), arb.nan())
_HALF_I = acb(0, -1) / 2
_I = acb(0, 1)


class ComplexRing:
    """Complex balls; `analytic` is the flag that the integrator handed over."""

    NAN = NAN

    def __init__(self, analytic: bool) -> None:
        self.analytic = analytic

    def rational(self, value: fmpq) -> acb:
        return acb(arb(value))

    def pi(self) -> acb:
        return acb(arb.pi())

    def e(self) -> acb:
        return acb(arb.const_e())

    def add(self, x: acb, y: acb) -> acb:
        return x + y

    def sub(self, x: acb, y: acb) -> acb:
        return x - y

    def mul(self, x: acb, y: acb) -> acb:
        return x * y

    def div(self, x: acb, y: acb) -> acb:
        return NAN if y.contains(0) else x / y

    def neg(self, x: acb) -> acb:
        return -x

    def exp(self, x: acb) -> acb:
        return x.exp()

    def sinh(self, x: acb) -> acb:
        return x.sinh()

    def cosh(self, x: acb) -> acb:
        return x.cosh()

    def tanh(self, x: acb) -> acb:
        return x.tanh()

    def sin(self, x: acb) -> acb:
        return x.sin()

    def cos(self, x: acb) -> acb:
        return x.cos()

    def tan(self, x: acb) -> acb:
        return x.tan()

    def log(self, x: acb) -> acb:
        return NAN if x.contains(0) else x.log(analytic=self.analytic)

    def asinh(self, x: acb) -> acb:
        # asinh(z) = log(z + sqrt(1 + z^2)), odd; the right half-plane loses no digits
        if x.real < 0:
            return -self.asinh(-x)
        return self.log(x + (1 + x * x).sqrt(analytic=self.analytic))

    def atan(self, x: acb) -> acb:
        # atan(z) = (log(1 + iz) - log(1 - iz))/(2i)
        turned = _I * x
        return (self.log(1 + turned) - self.log(1 - turned)) * _HALF_I

    def asin(self, x: acb) -> acb:
        # asin(z) = -i log(iz + sqrt(1 - z^2))
        return -_I * self.log(_I * x + (1 - x * x).sqrt(analytic=self.analytic))

    def acos(self, x: acb) -> acb:
        return acb.pi() / 2 - self.asin(x)

    def acosh(self, x: acb) -> acb:
        # acosh(z) = log(z + sqrt(z - 1) sqrt(z + 1))
        roots = [(x + shift).sqrt(analytic=self.analytic) for shift in (-1, 1)]
        return self.log(x + roots[0] * roots[1])

    def atanh(self, x: acb) -> acb:
        # atanh(z) = (log(1 + z) - log(1 - z))/2
        return (self.log(1 + x) - self.log(1 - x)) / 2

    def erf(self, x: acb) -> acb:
        return x.erf()

    def erfc(self, x: acb) -> acb:
        return x.erfc()

    def signum(self, x: acb) -> acb:
        return acb(x.real.sgn()) if x.real > 0 or x.real < 0 else NAN

    def absolute(self, x: acb) -> acb:
        return x.real_abs(analytic=self.analytic)

    def maximum(self, x: acb, y: acb) -> acb:
        return x.real_max(y, analytic=self.analytic)

    def minimum(self, x: acb, y: acb) -> acb:
        return x.real_min(y, analytic=self.analytic)

    def power(self, n: int, x: acb) -> acb:
        if n < 0:
            return NAN if x.contains(0) else 1 / self.power(-n, x)
        return x**n

    def raised(self, x: acb, y: acb) -> acb:
        """x**y by the principal logarithm, and by products where y is a whole number."""
        whole = y.real.unique_fmpz() if y.imag.is_zero() and y.real.is_exact() else None
        if whole is not None:
            return self.power(int(whole), x)
        return (y * self.log(x)).exp()

    def root(self, n: int, x: acb) -> acb:
        if n == 2:
            return x.sqrt(analytic=self.analytic)
        if not x.contains(0):
            return x.pow(acb(fmpq(1, n)), analytic=self.analytic)
        if self.analytic:
            return NAN
        # |z^(1/n)| = |z|^(1/n)
        size = x.abs_upper()
        reach = arb(0, size if size.is_zero() else size.root(n).upper())
        return acb(reach, reach)

    def root_of_nonnegative(self, n: int, x: acb) -> acb:
        return self.root(n, x)


RINGS = (ComplexRing(analytic=False), ComplexRing(analytic=True))
