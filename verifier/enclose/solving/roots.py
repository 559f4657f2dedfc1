"""**Roots**: enclosures of the one root of a function in a bracket, by interval Newton.

Existence and uniqueness are proved: the derivative keeps its sign on the bracket, and the
interval Newton operator maps the last interval into its own interior.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from math import ceil, log2

from flint import arb, fmpq
from sympy import Expr, Rational, Symbol

from verifier.enclose.programs.compile import compile_expr
from verifier.enclose.programs.program import Program
from verifier.enclose.programs.straight import float_code, real_code
from verifier.enclose.programs.tangent import slope, with_value
from verifier.enclose.rings import reals
from verifier.errors import DomainError
from verifier.exact.scalars import exact
from verifier.precision import precision

_GUARD = 24  # bits beyond the digits asked for
_PIECES = 256  # pieces of the bracket on which the derivative's sign may be looked at
_STEPS = 200  # steps of the globally convergent phase
_DOUBLE = 46  # bits that Newton's method in doubles is expected to have right
_CLOSE = 2.0**-26  # a relative step after which the next one would change the last bits
_PROOFS = 6  # interval Newton steps


@dataclass(frozen=True)
class _Function:
    """A function of one variable and its derivative, at the precision that is set.

    `doubles` gives both without a bound, if there is such code.
    """

    program: Program
    value: Callable[[arb], arb]
    rate: Callable[[arb], arb]
    both: Callable[[arb], tuple[arb, ...]]
    doubles: Callable[[float], tuple[float, ...]] | None

    def guess(self, low: fmpq, high: fmpq, sign: int) -> tuple[arb, arb] | None:
        """A point that may be near the root, and a derivative that may be near the one there."""
        if self.doubles is None:
            return None
        try:
            return _newton_in_doubles(self.doubles, low, high, sign)
        except (ArithmeticError, ValueError):
            return None


@lru_cache(maxsize=256)
def _function(program: Program) -> _Function:
    found = with_value(program, 0) if program.elementary else None
    if found is None:
        value = lambda x: program.run(reals, [x])  # noqa: E731
        rate = lambda x: slope(program, [x], 0)  # noqa: E731
        return _Function(program, value, rate, lambda x: (value(x), rate(x)), None)
    change, register = found
    results = (register, change.result)
    value_code = real_code(program, (program.result,))
    rate_code = real_code(change, (change.result,))
    return _Function(
        program,
        lambda x: value_code(x)[0],
        lambda x: rate_code(x)[0],
        real_code(change, results),
        float_code(change, results),
    )


def _newton_in_doubles(
    function: Callable[[float], tuple[float, ...]], low: fmpq, high: fmpq, sign: int
) -> tuple[arb, arb]:
    a, b = (int(end.p) / int(end.q) for end in (low, high))
    x, rate = (a + b) / 2, 1.0
    for _ in range(_STEPS):
        value, rate = function(x)
        a, b = (x, b) if value * sign < 0 else (a, x)
        before, x = x, x - value / rate
        if not a <= x <= b:
            x = (a + b) / 2
        if abs(x - before) <= _CLOSE * abs(x):
            break
    return arb(x), arb(rate)


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
    low, high = (x if isinstance(x, Rational) else exact(x) for x in bracket)
    ball = root_ball(_compiled(expr, variable), _fmpq(low), _fmpq(high), digits=digits)
    return Root(ball, (low, high), digits)


@lru_cache(maxsize=256, typed=True)
def _compiled(expr: Expr, variable: Symbol) -> Program:
    return compile_expr(expr, [variable])


def root_ball(program: Program, low: fmpq, high: fmpq, *, digits: int = 30) -> arb:
    """The root of a compiled function of one variable in [low, high], as a ball.

    The derivative excludes zero on the bracket, so there is at most one; the last interval Newton
    step shows one in its ball, and the ball is inside the bracket.
    """
    function = _function(program)
    with precision(64):
        sign = _direction(function, low, high)
    guess = function.guess(low, high, sign)
    if guess is not None:
        ball = _polish(function, *guess, digits)
        if ball is not None and _is_inside(ball, low, high, digits):
            return ball
    return _slowly(function, low, high, sign, digits)


def _slowly(function: _Function, low: fmpq, high: fmpq, sign: int, digits: int) -> arb:
    """The root where doubles did not come near it, or the reason why there is none."""
    program = function.program
    for end in (low, high):
        if _sign_at(program, end) == 0:
            return _at(end, digits)
    if not _sign_at(program, low) * sign < 0 < _sign_at(program, high) * sign:
        raise DomainError(f"There is no root in [{low}, {high}]: the sign is the same at its ends.")
    with precision(64):
        place = _approach(function, low, high, sign)
        rate = function.rate(place)
    ball = _polish(function, place, rate, digits)
    if ball is None:
        raise DomainError(f"Interval Newton does not contract near {place.str(15)}.")
    if not _is_inside(ball, low, high, digits):
        raise DomainError(f"The root is too near an end of [{low}, {high}]: widen the bracket.")
    return ball


def _direction(function: _Function, low: fmpq, high: fmpq) -> int:
    """The sign of the derivative on the whole of [low, high]."""
    pending = [(low, high)]
    signs: set[int] = set()
    for _ in range(_PIECES):
        if not pending:
            break
        a, b = pending.pop()
        rate = function.rate(arb(a).union(arb(b)))
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


def _approach(function: _Function, low: fmpq, high: fmpq, sign: int) -> arb:
    """A point near the root: interval Newton, with bisection where it does not contract."""
    a, b = arb(low), arb(high)
    for _ in range(_STEPS):
        whole = a.union(b)
        middle = ((a + b) / 2).mid()
        value, rate = function.value(middle), function.rate(whole)
        width = b - a
        if value > 0 or value < 0:
            a, b = (middle, b) if value * sign < 0 else (a, middle)
        if rate > 0 or rate < 0:
            newton = middle - value / rate
            a, b = a.max(newton.lower()), b.min(newton.upper())
        if not b - a < width * arb("0.75") or b - a < abs(middle) * arb(2) ** -20:
            break
    return ((a + b) / 2).mid()


def _polish(function: _Function, place: arb, rate: arb, digits: int) -> arb | None:
    """Point Newton with doubling precision, then one interval Newton step that proves the root.

    The interval step squares the distance to the root, so that the point steps go half the way.
    One that does not prove a root is one more point step. None when none of them does.
    """
    bits = _bits(digits, place)
    scale = bits - _bits(digits, arb(0))
    half, good = (bits - _GUARD) // 2 + 4, _DOUBLE
    while good < half:
        good *= 2
        with precision(good + 10):
            if good == 2 * _DOUBLE:
                value = function.value(place)
            else:
                value, rate = function.both(place)
            place = (place - value / rate).mid()
    reach = arb(2) ** (scale + 4 - good)
    for _ in range(_PROOFS):
        with precision(good + 20):
            around = arb(place, reach)
            rate = function.rate(around)
        with precision(bits):
            step: arb = place - function.value(place) / rate
            tolerance = arb(fmpq(1, 10**digits))
            if around.contains_interior(step) and step.rad() < tolerance:
                return step
            reach = (tolerance * arb("0.9")).mid()
        if step.is_finite():
            place = step.mid()
    return None


def _is_inside(ball: arb, low: fmpq, high: fmpq, digits: int) -> bool:
    with precision(_bits(digits, ball)):
        return bool(arb(low) <= ball <= arb(high))


def _at(end: fmpq, digits: int) -> arb:
    with precision(_bits(digits, arb(end))):
        return arb(end)


def _bits(digits: int, place: arb) -> int:
    size = float(place.abs_upper())
    return ceil(digits * log2(10)) + max(0, ceil(log2(size + 1))) + _GUARD


def _fmpq(value: Rational) -> fmpq:
    return fmpq(int(value.p), int(value.q))
