"""**Growth**: bounds of an expression for all large z, by powers and exponentials of powers.

For every z >= T the value is c z^p exp(r z^q) with a coefficient c and a rate r in balls and exact
powers p and q > 0. Sums are led by their largest term, whose coefficient takes up the others.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from flint import arb, fmpq

from verifier.enclose.rings import reals
from verifier.errors import DomainError

_UNIT = reals.hull(reals.ZERO, reals.ONE)
_CONSTANT, _LINEAR = fmpq(0), fmpq(1)


class NoBoundError(DomainError):
    """No bound of this kind was found."""


@dataclass(frozen=True)
class Growth:
    """c z^p exp(r z^q) for z >= `start` >= 1."""

    start: arb
    coefficient: arb
    power: fmpq = _CONSTANT
    rate: arb = reals.ZERO
    order: fmpq = _LINEAR

    def times(self, factor: arb) -> Growth:
        return replace(self, coefficient=reals.mul(self.coefficient, factor))

    def __neg__(self) -> Growth:
        return replace(self, coefficient=-self.coefficient)

    def __mul__(self, other: Growth) -> Growth:
        x, y = _same_order(self, other)
        return Growth(
            x.start,
            reals.mul(x.coefficient, y.coefficient),
            x.power + y.power,
            x.rate + y.rate,
            x.order,
        )

    def __add__(self, other: Growth) -> Growth:
        if self.coefficient.is_zero() or other.coefficient.is_zero():
            return other if self.coefficient.is_zero() else self
        x, y = _same_order(self, other)
        ahead = y.rate - x.rate
        if ahead > 0 or (ahead.is_zero() and y.power > x.power):
            x, y, ahead = y, x, -ahead
        if not (ahead < 0 or ahead.is_zero()):
            # exp(r z^q) for r <= R is a part of exp(R z^q)
            top = x.rate.max(y.rate).upper()
            x, y = (replace(g.times(_UNIT), rate=top) for g in (x, y))
            return x + y
        share = Growth(x.start, reals.ONE, y.power - x.power, ahead, x.order).scale()
        return replace(x, coefficient=_sum(x.coefficient, reals.mul(y.coefficient, share)))

    def raised(self, numerator: int, denominator: int) -> Growth:
        """The power numerator/denominator."""
        base = self.coefficient
        if denominator > 1:
            base = reals.root(denominator, base)
        base = reals.power(numerator, base)
        if not base.is_finite():
            raise NoBoundError("A power of what may be zero, or negative")
        share = fmpq(numerator, denominator)
        rate = self.rate * arb(share)
        return Growth(self.start, base, self.power * share, rate, self.order)

    def exp(self) -> Growth:
        if self.rate.is_zero() and self.power > 0:
            return Growth(self.start, reals.ONE, fmpq(0), self.coefficient, self.power)
        low, high = self.ends()
        if not high.is_finite():
            raise NoBoundError("An exponential of an exponential")
        least = low.exp() if low.is_finite() else reals.ZERO
        return Growth(self.start, reals.hull(least, high.exp()))

    def scale(self) -> arb:
        """A ball around z^p exp(r z^q) for all z >= T, which does not grow."""
        low, high = self.scale_ends()
        if not high.is_finite():
            raise NoBoundError("It grows without bound")
        return high if self.power == 0 and self.rate.is_zero() else reals.hull(low, high)

    def scale_ends(self) -> tuple[arb, arb]:
        """Bounds of z^p exp(r z^q) for all z >= T; the upper one may be infinite."""
        at_start = self.scale_at(self.start)
        if self.rate.is_zero() and self.power == 0:
            return reals.ONE, reals.ONE
        if self.rate >= 0 and self.power >= 0:
            return at_start.lower(), arb.pos_inf()
        if self.rate <= 0 and self.power <= 0:
            return reals.ZERO, at_start.upper()
        if self.rate < 0:
            # greatest at z^q = p/(q |r|)
            least = -self.rate.upper()
            turn = (arb(self.power / self.order) / least) ** arb(1 / self.order)
            peak = self.scale_at(turn.max(self.start))
            return reals.ZERO, peak.max(at_start).upper()
        return reals.ZERO, arb.pos_inf()

    def scale_at(self, place: arb) -> arb:
        inner = self.rate * place ** arb(self.order) if not self.rate.is_zero() else reals.ZERO
        return reals.mul(place ** arb(self.power), reals.exp(inner))

    def ends(self) -> tuple[arb, arb]:
        """Bounds of the values for all z >= T, each of which may be infinite."""
        low, high = self.scale_ends()
        c = self.coefficient
        if c.is_zero():
            return reals.ZERO, reals.ZERO
        if high.is_finite():
            whole = reals.mul(c, reals.hull(low, high))
            return whole.lower(), whole.upper()
        least = (c * low).lower() if c >= 0 else arb.neg_inf()
        greatest = (c * low).upper() if c <= 0 else arb.pos_inf()
        return least, greatest

    def tail(self) -> arb:
        """A ball around the integral from T to infinity.

        Raises:
            NoBoundError: none was found.
            DomainError: it certainly diverges.
        """
        if self.coefficient.is_zero():
            return reals.ZERO
        top = self.rate.upper()
        if top < 0:
            least = reals.ZERO
            if self.rate.is_exact():
                least = self._incomplete(self.rate).lower()
            return reals.mul(self.coefficient, reals.hull(least, self._incomplete(top).upper()))
        if self.rate.is_zero() and self.power < -1:
            # int_T^oo z^p = T^(p+1)/(-p-1)
            inverse = arb(-1 / (self.power + 1))
            return reals.mul(self.coefficient, self.start ** arb(self.power + 1) * inverse)
        sure = self.coefficient > 0 or self.coefficient < 0
        if sure and (self.rate > 0 or (self.rate.is_zero() and self.power >= -1)):
            raise DomainError("The integral diverges")
        raise NoBoundError("no bound that can be integrated")

    def _incomplete(self, rate: arb) -> arb:
        # int_T^oo z^p exp(-k z^q) dz = Gamma(s, k T^q) / (q k^s) with s = (p + 1)/q
        k, s = -rate, arb((self.power + 1) / self.order)
        value: arb = (k * self.start ** arb(self.order)).gamma_upper(s)
        return value / (arb(self.order) * k**s)


def _sum(x: arb, y: arb) -> arb:
    """The sum from the ends, so that one of what is not negative is not."""
    if reals.is_sharp(x) and reals.is_sharp(y):
        return x + y
    return reals.hull((x.lower() + y.lower()).lower(), (x.upper() + y.upper()).upper())


def _same_order(x: Growth, y: Growth) -> tuple[Growth, Growth]:
    """Both with the larger q: r z^q = r z^(q-Q) z^Q for a smaller one."""
    if x.rate.is_zero() or y.rate.is_zero():
        order = y.order if x.rate.is_zero() else x.order
        return replace(x, order=order), replace(y, order=order)
    if x.order == y.order:
        return x, y
    if x.order > y.order:
        return tuple(reversed(_same_order(y, x)))  # type: ignore[return-value]
    share = reals.hull(reals.ZERO, x.start ** arb(x.order - y.order))
    return replace(x, rate=reals.mul(x.rate, share), order=y.order), y
