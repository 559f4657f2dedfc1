r"""**Quadrature**: certified integrals of exact expressions, improper ones included.

The integrand is compiled once and evaluated on complex balls by Arb's integrator, always with
its analytic flag. An end at infinity is cut off at some T, with a bound of the tail from the
growth of the integrand; a singular end a becomes one by the exact substitution z = a + 1/w.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import sympy
from flint import arb, ctx
from sympy import Expr, Symbol, oo

from verifier.enclose.integrals.growth import NoBoundError
from verifier.enclose.integrals.infinity import growth_of
from verifier.enclose.parameters import Values, balls_of
from verifier.enclose.programs.compile import compile_expr
from verifier.enclose.rings import reals
from verifier.enclose.rings.calculus import real_integral
from verifier.errors import DomainError, UnsupportedError
from verifier.exact.scalars import exact
from verifier.precision import precision

_NOTHING: Values = MappingProxyType({})
_GUARD = 8
_MOST = 192  # bits of an improper integral inside of a statement
_DIRECT = 256  # an integral up to here is taken as it stands, a longer one in log z
_STRIDE = 16  # T grows by this factor from there on
_STRIDES = 2  # of T for each bit, at most
_RING = {
    key: key in ("mul", "multinomial")
    for key in "mul multinomial log power_base power_exp basic func trig".split()
}


def enclose_integral(
    expr: Expr,
    variable: Symbol,
    lower: Any,
    upper: Any,
    values: Values = _NOTHING,
    *,
    bits: int = 128,
) -> arb:
    """A ball around the integral of `expr` over `variable`, with `bits` of mantissa.

    Args:
        lower: an exact number, an expression of the parameters, or `-oo`.
        upper: likewise, or `oo`.
        values: a rational for each parameter, or the two ends of its range.

    Raises:
        DomainError: it diverges, no bound of a tail was found, or it has no finite enclosure,
            as across a pole; the message says which.
        UnsupportedError: a node has no enclosure, or a symbol no value.
    """
    fixed, ranges = split(values)
    body, low, high = (
        part if part in (oo, -oo) else exact(part).xreplace(fixed) for part in (expr, lower, upper)
    )
    with precision(bits + _GUARD):
        task = Task(variable, tuple(ranges), tuple(balls_of(ranges)), bits)
        try:
            return task.between(body, low, high)
        except DomainError as fault:
            whole = f"the integral of\n    {body}\n  over `{variable}` from {low} to {high}"
            raise DomainError(f"{fault}, in {whole}") from fault


def improper(
    ring: Any,
    body: Expr,
    variable: Symbol,
    lower: Expr,
    upper: Expr,
    symbols: tuple[Symbol, ...],
    *balls: Any,
) -> Any:
    """The integral as an operation of programs over the reals; NaN where it is refused."""
    if ring is not reals:
        return ring.NAN
    bits = min(ctx.prec, _MOST)
    try:
        with precision(bits + _GUARD):
            return Task(variable, symbols, balls, bits).between(body, lower, upper)
    except (DomainError, UnsupportedError):
        return reals.NAN


def split(values: Values) -> tuple[dict[Symbol, Expr], dict[Symbol, Any]]:
    """The parameters with an exact value, and those that range."""
    fixed = {s: exact(v) for s, v in values.items() if not isinstance(v, tuple)}
    return fixed, {s: v for s, v in values.items() if s not in fixed}


@dataclass(frozen=True)
class Task:
    """Integrals over one variable with the parameters in balls, at the precision that is set."""

    variable: Symbol
    symbols: tuple[Symbol, ...]
    balls: tuple[arb, ...]
    bits: int

    def between(self, expr: Expr, low: Any, high: Any) -> arb:
        if low == high:
            return arb(0)
        if low is oo or high is -oo:
            return -self.between(expr, high, low)
        if low is -oo:
            turned = expr.xreplace({self.variable: -self.variable})
            if high is oo:
                return self.to_infinity(turned, sympy.S.Zero) + self.to_infinity(expr, sympy.S.Zero)
            return self.to_infinity(turned, -high)
        if high is oo:
            return self.to_infinity(expr, low)
        value = self.plain(expr, low, high)
        return value if value.is_finite() else self.with_singular_ends(expr, low, high)

    def plain(self, expr: Expr, low: Any, high: Any) -> arb:
        """By the integrator as it stands; NaN where it finds no finite enclosure."""
        program = compile_expr(expr, (self.variable, *self.symbols))
        return real_integral(program, self.value(low), self.value(high), self.balls)

    def value(self, end: Any) -> arb:
        """An end as a ball."""
        found: arb = compile_expr(exact(end), self.symbols).run(reals, self.balls)
        return found

    def with_singular_ends(self, expr: Expr, low: Expr, high: Expr) -> arb:
        length = self.value(high - low)
        if length < 0:
            return -self.with_singular_ends(expr, high, low)
        if not length > 0:
            raise DomainError(f"The order of the ends {low} and {high} is not certain.")
        start = 2 / (high - low)
        total = arb(0)
        for end, way in ((low, 1), (high, -1)):
            # int f(z) dz = int f(a +- 1/w)/w^2 dw
            moved = expr.xreplace({self.variable: end + way / self.variable}) / self.variable**2
            total += self.to_infinity(_expanded(moved), start, at=str(end))
        return total

    def to_infinity(self, expr: Expr, low: Expr, *, at: str = "") -> arb:
        """From `low` on; `at` names a singular end that was moved to infinity."""
        if not low.is_Rational:
            moved = expr.xreplace({self.variable: low - 1 + self.variable})
            return self.to_infinity(_expanded(moved), sympy.S.One, at=at)
        place = f"`{self.variable}` = {at}" if at else "infinity"
        cuts = self.cuts(expr, low, place)
        found = arb(0, "inf")
        while cuts:
            end, tail = cuts[-1]
            value = self.to_cut(expr, low, end, inside=bool(at)) + tail
            found = value if value.rad() < found.rad() else found
            if found.rad() <= 2 * tail.rad() + arb(2) ** (_GUARD - self.bits) * (1 + abs(found)):
                break
            cuts = cuts[: len(cuts) // 2]
        return found

    def to_cut(self, expr: Expr, low: Expr, cut: int, *, inside: bool) -> arb:
        """The integral from `low` to `cut`; `inside` when neither end is singular any more."""
        first = max(low, sympy.S.One)
        if cut <= _DIRECT:
            pieces = [(expr, low, sympy.Integer(cut))]
        else:
            # int f(z) dz = int f(e^u) e^u du
            grown = sympy.exp(self.variable)
            logarithmic = expr.xreplace({self.variable: grown}) * grown
            pieces = [(expr, low, first), (logarithmic, sympy.log(first), sympy.log(cut))]
        total = arb(0)
        for part, start, end in pieces:
            value = self.plain(part, start, end) if start != end else arb(0)
            if not value.is_finite():
                if inside:
                    raise DomainError("No finite enclosure was found, as across a pole")
                value = self.between(part, start, end)
            total += value
        return total

    def cuts(self, expr: Expr, low: Expr, place: str = "infinity") -> list[tuple[int, arb]]:
        """Ends T with balls around the integral from there on, smaller and smaller."""
        found: list[tuple[int, arb]] = []
        reason = ""
        goal = arb(2) ** -self.bits
        cut = 2 * max(1, int(sympy.ceiling(low)))
        for _ in range(_STRIDES * self.bits):
            try:
                growth = growth_of(expr, self.variable, arb(cut), self.symbols, self.balls)
                tail = growth.tail()
            except NoBoundError as fault:
                reason = str(fault)
            except DomainError as fault:
                raise DomainError(f"{fault} at {place}") from fault
            else:
                if tail.is_finite() and not (found and tail.rad() >= found[-1][1].rad()):
                    found.append((cut, tail))
                if tail.rad() < goal:
                    break
            cut *= 2 if cut < _DIRECT else _STRIDE
        if not found:
            raise DomainError(f"No bound was found at {place}: {reason}")
        return found


def _expanded(expr: Expr) -> Expr:
    """Every sum multiplied out, so that what cancels exactly is gone."""
    return expr.replace(lambda e: e.is_Add, lambda e: e.expand(**_RING))
