"""**Roots**: enclosures of the one root of a function in a bracket, by interval Newton.

Existence and uniqueness are proved: the derivative keeps its sign on the bracket, and the
interval Newton operator maps the last interval into its own interior.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, log2

from flint import arb, fmpq
from sympy import Expr, Rational, Symbol

from verifier.enclose import reals
from verifier.enclose.compile import compile_expr
from verifier.enclose.precision import precision
from verifier.enclose.program import Program
from verifier.enclose.tangent import slope
from verifier.errors import DomainError
from verifier.exact.scalars import exact

_GUARD = 24  # bits beyond the digits asked for
_PIECES = 256  # pieces of the bracket on which the derivative's sign may be looked at
_STEPS = 200  # steps of the globally convergent phase


@dataclass(frozen=True)
class Root:
    """The only root in `bracket`; `ball` encloses it with radius at most 10^-digits."""

    ball: arb
    bracket: tuple[Rational, Rational]
    digits: int

    def __str__(self) -> str:
        with precision(_bits(self.digits, self.ball)):
            return str(self.ball.str(self.digits))


def enclose_root(
    expr: Expr, variable: Symbol, bracket: tuple[Rational, Rational], *, digits: int = 30
) -> Root:
    """The root of `expr` in `bracket`, whose ends are exact rationals.

    Raises `DomainError` when the function is undefined in the bracket, has the same sign at both
    ends, or is not shown to be monotone in between.
    """
    low, high = exact(bracket[0]), exact(bracket[1])
    ball = root_ball(compile_expr(expr, [variable]), _fmpq(low), _fmpq(high), digits=digits)
    return Root(ball, (low, high), digits)


def root_ball(program: Program, low: fmpq, high: fmpq, *, digits: int = 30) -> arb:
    """The root of a compiled function of one variable in [low, high], as a ball."""
    with precision(64):
        sign = _direction(program, low, high)
    for end in (low, high):
        if _sign_at(program, end) == 0:
            return _at(end, digits)
    if not _sign_at(program, low) * sign < 0 < _sign_at(program, high) * sign:
        raise DomainError(f"There is no root in [{low}, {high}]: the sign is the same at its ends.")
    with precision(64):
        place = _approach(program, low, high, sign)
    bits = _bits(digits, place)
    ball = _polish(program, place, bits, digits)
    with precision(bits):
        if not arb(low) <= ball <= arb(high):
            raise DomainError(f"The root is too near an end of [{low}, {high}]: widen the bracket.")
    return ball


def _direction(program: Program, low: fmpq, high: fmpq) -> int:
    """The sign of the derivative on the whole of [low, high]."""
    pending = [(low, high)]
    signs: set[int] = set()
    for _ in range(_PIECES):
        if not pending:
            break
        a, b = pending.pop()
        rate = slope(program, [arb(a).union(arb(b))], 0)
        if rate > 0 or rate < 0:
            signs.add(1 if rate > 0 else -1)
        else:
            middle = (a + b) / 2
            pending += [(a, middle), (middle, b)]
    if pending or len(signs) != 1:
        raise DomainError(f"The function is not shown to be monotone on [{low}, {high}].")
    return signs.pop()


def _sign_at(program: Program, x: fmpq) -> int:
    for bits in (64, 256, 1024, 4096):
        with precision(bits):
            value = program([arb(x)], bits)
        if value > 0 or value < 0 or value.is_zero():
            return 0 if value.is_zero() else 1 if value > 0 else -1
    raise DomainError(f"The function has no certain sign at the end {x} of the bracket.")


def _approach(program: Program, low: fmpq, high: fmpq, sign: int) -> arb:
    """A point near the root: interval Newton, with bisection where it does not contract."""
    a, b = arb(low), arb(high)
    for _ in range(_STEPS):
        whole = a.union(b)
        middle = ((a + b) / 2).mid()
        value = program.run(reals, [middle])
        rate = slope(program, [whole], 0)
        width = b - a
        if value > 0 or value < 0:
            a, b = (middle, b) if value * sign < 0 else (a, middle)
        if rate > 0 or rate < 0:
            newton = middle - value / rate
            a, b = a.max(newton.lower()), b.min(newton.upper())
        if not b - a < width * arb("0.75") or b - a < abs(middle) * arb(2) ** -20:
            break
    return ((a + b) / 2).mid()


def _polish(program: Program, place: arb, bits: int, digits: int) -> arb:
    """Point Newton with doubling precision, then one interval Newton step that proves the root."""
    work = 40
    while work < bits:
        with precision(work + 10):
            rate = slope(program, [place], 0)
        work = min(2 * work, bits)
        with precision(work + 10):
            place = (place - program.run(reals, [place]) / rate).mid()
    with precision(bits):
        reach = arb(10) ** -digits
        around = arb(place, (reach * arb("0.9")).lower())
        rate = slope(program, [around], 0)
        step: arb = place - program.run(reals, [place]) / rate
        if not (step.is_finite() and around.contains_interior(step)):
            raise DomainError(f"Interval Newton does not contract near {place.str(15)}.")
        return step


def _at(end: fmpq, digits: int) -> arb:
    with precision(_bits(digits, arb(end))):
        return arb(end)


def _bits(digits: int, place: arb) -> int:
    size = float(place.abs_upper())
    return ceil(digits * log2(10)) + max(0, ceil(log2(size + 1))) + _GUARD


def _fmpq(value: Rational) -> fmpq:
    return fmpq(int(value.p), int(value.q))
