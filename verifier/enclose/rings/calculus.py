"""**Derivatives and integrals of programs**, by Taylor arithmetic and Arb's integrator.

No symbolic derivative is taken. Integrands always receive the integrator's analytic flag.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product
from math import comb, factorial, log2, prod
from typing import Any

from flint import acb, acb_series, arb, arb_series, ctx, fmpq

from verifier.enclose.programs.straight import complex_code
from verifier.enclose.rings import reals
from verifier.enclose.rings.complexes import RINGS, ComplexRing
from verifier.enclose.rings.series import SeriesRing
from verifier.precision import precision, series_length

_PROBE = 64  # bits with which an integral is looked at for a pole
_PROBED = 1500  # evaluations after which there seems to be one
_ROUGH = arb("0.25")
_COARSE = 24  # bits of known parameters up to which an integral is not worth many evaluations

Orders = tuple[tuple[int, int], ...]  # (index of the variable, order), each variable once


def is_finite(x: Any) -> bool:
    """Whether a ball, or every coefficient of a series, is finite."""
    if isinstance(x, (arb, acb)):
        return bool(x.is_finite())
    return all(c.is_finite() for c in x.coeffs())


def derivative(ring: Any, program: Any, orders: Orders, *values: Any) -> Any:
    """The mixed partial derivative of `program` at `values`, as an element of `ring`."""
    if isinstance(ring, SeriesRing) and any(ring.is_series(v) for v in values):
        return _derivative_along_series(ring, program, orders, values)
    base = ring.base if isinstance(ring, SeriesRing) else ring
    if isinstance(base, ComplexRing):
        base = ComplexRing(analytic=True)
        if not is_finite(program.run(base, values)):
            return base.NAN
    return _partial(base, program, orders, values)


def _partial(base: Any, program: Any, orders: Orders, values: Sequence[Any]) -> Any:
    # polarization: D^m f = sum over 0 <= c <= m of
    #   (-1)^(|m| - |c|) prod binomial(m_i, c_i) [t^|m|] f(x + t c)
    degree = sum(order for _, order in orders)
    if len(orders) == 1:
        ((index, _),) = orders
        value = _coefficient(base, program, values, {index: 1}, degree)
        return value * factorial(degree)
    total = base.rational(fmpq(0))
    for counts in product(*(range(order + 1) for _, order in orders)):
        if not any(counts):
            continue
        weight = prod(comb(order, c) for (_, order), c in zip(orders, counts, strict=True))
        sign = -1 if (degree - sum(counts)) % 2 else 1
        direction = {index: c for (index, _), c in zip(orders, counts, strict=True)}
        total += _coefficient(base, program, values, direction, degree) * (sign * weight)
    return total


def _coefficient(
    base: Any, program: Any, values: Sequence[Any], direction: dict[int, int], degree: int
) -> Any:
    """The coefficient of t^degree of the program at values + t*direction."""
    kind = acb_series if isinstance(base, ComplexRing) else arb_series
    with series_length(degree + 1):
        ring = SeriesRing(base, kind, degree + 1)
        start = [
            ring.series(value, direction[k]) if direction.get(k) else value
            for k, value in enumerate(values)
        ]
        return _read(ring, program.run(ring, start), degree)


def iterate(
    ring: Any, program: Any, results: Sequence[int], times: int, place: int, *values: Any
) -> Any:
    """Component `place` after `times` steps of the registers `results` of the program."""
    state, others = values[: len(results)], values[len(results) :]
    for _ in range(times):
        registers = program.registers(ring, (*state, *others))
        if registers is None:
            return ring.NAN
        state = tuple(registers[k] for k in results)
    return state[place]


def taylor(program: Any, values: Sequence[arb], index: int, degree: int) -> list[arb]:
    """Coefficients 0..degree of the program's Taylor series in variable `index` at real `values`.

    Where a value is a wide ball, each coefficient encloses those at all of its points.
    """
    with series_length(degree + 1):
        ring = SeriesRing(reals, arb_series, degree + 1)
        start = [ring.series(v, 1) if k == index else v for k, v in enumerate(values)]
        outcome = program.run(ring, start)
        return [_read(ring, outcome, n) for n in range(degree + 1)]


def _read(ring: SeriesRing, x: Any, degree: int) -> Any:
    if not ring.is_series(x):
        return x if degree == 0 or not is_finite(x) else ring.base.rational(fmpq(0))
    return x[degree] if x.prec > degree else ring.NAN


def _derivative_along_series(
    ring: SeriesRing, program: Any, orders: Orders, values: Sequence[Any]
) -> Any:
    # g(x(t)) = sum over a of D^a g(x(0))/a! * (x(t) - x(0))^a, with g = D^m f
    starts = [ring.start(value) for value in values]
    moving = [k for k, value in enumerate(values) if ring.is_series(value)]
    total = ring.lift(ring.base.rational(fmpq(0)))
    for counts in product(range(ring.length), repeat=len(moving)):
        if sum(counts) >= ring.length:
            continue
        raised = dict(orders)
        for index, count in zip(moving, counts, strict=True):
            raised[index] = raised.get(index, 0) + count
        wanted = tuple((k, n) for k, n in raised.items() if n)
        value = derivative(ring.base, program, wanted, *starts)
        if not is_finite(value):
            return ring.NAN
        term = ring.lift(value * ring.base.rational(fmpq(1, prod(map(factorial, counts)))))
        for index, count in zip(moving, counts, strict=True):
            term = term * (values[index] - ring.lift(starts[index])) ** count
        total = total + term
    return total


def integral(ring: Any, program: Any, lower: Any, upper: Any, *params: Any) -> Any:
    """The integral of program(z, *params) for z from `lower` to `upper`, in `ring`."""
    if isinstance(ring, ComplexRing):
        return _complex_integral(ring.analytic, program, lower, upper, params)
    if not isinstance(ring, SeriesRing):
        return real_integral(program, lower, upper, params)
    if not any(ring.is_series(x) for x in (lower, upper, *params)):
        return integral(ring.base, program, lower, upper, *params)
    starts = [ring.start(x) for x in (lower, upper, *params)]
    value = integral(ring.base, program, *starts)
    if not is_finite(value):
        return ring.NAN
    if any(ring.is_series(p) for p in params):
        return _parametric_series(ring, program, value, (lower, upper, *params))
    # (d/dt) int_l^u f = f(u) u' - f(l) l'
    total = ring.lift(value)
    for end, sign in ((upper, 1), (lower, -1)):
        if ring.is_series(end):
            height = program.run(ring, [end, *params])
            if not is_finite(height):
                return ring.NAN
            rate = ring.lift(height) * ring.series(*end.derivative().coeffs())
            total = total + rate.integral() * sign
    return total


def _parametric_series(ring: SeriesRing, program: Any, value: Any, moving: tuple[Any, ...]) -> Any:
    # int_l^u f(z, p) dz = int_0^1 (u - l) f(l + (u - l) s, p) ds, coefficient by coefficient
    def coefficient(degree: int) -> Any:
        def integrand(s: acb, analytic: bool) -> acb:
            with series_length(ring.length):
                base = ComplexRing(analytic=True)
                inner = SeriesRing(base, acb_series, ring.length)
                low, high, *params = (_complex_series(inner, ring, x) for x in moving)
                span = inner.sub(high, low)
                place = inner.add(low, inner.mul(span, s))
                starts = [inner.start(x) for x in (place, *params)]
                if not is_finite(program.run(base, starts)):
                    return base.NAN
                height = program.run(inner, [place, *params])
                if not is_finite(height):
                    return base.NAN
                return acb(_read(inner, inner.mul(span, height), degree))

        return _integrate(integrand, acb(0), acb(1), known)

    known = _spread([ring.start(x) for x in moving])
    rest = [coefficient(degree) for degree in range(1, ring.length)]
    if isinstance(ring.base, ComplexRing):
        return ring.series(value, *rest)
    parts = [c.real if c.imag.contains(0) else reals.NAN for c in rest]
    return ring.series(value, *parts)


def _complex_series(inner: SeriesRing, outer: SeriesRing, x: Any) -> Any:
    if not outer.is_series(x):
        return acb(x)
    return inner.series(*(acb(c) for c in x.coeffs()))


def _complex_integral(
    outer: bool, program: Any, lower: acb, upper: acb, params: Sequence[acb]
) -> acb:
    # analytic in its ends and parameters where the integrand is analytic in all of them
    height = _integrand(program, params)

    def integrand(s: acb, inner: bool) -> acb:
        return height(lower + (upper - lower) * s, outer or inner)

    return (upper - lower) * _integrate(integrand, acb(0), acb(1), _spread((lower, upper, *params)))


def real_integral(program: Any, lower: arb, upper: arb, params: Sequence[arb]) -> arb:
    """The integral of a real function between real ends, NaN when it cannot be enclosed."""
    low, high = _middle(lower), _middle(upper)
    integrand = _integrand(program, [acb(p) for p in params])
    whole = _integrate(integrand, acb(low), acb(high), _spread(params))
    if not (whole.is_finite() and whole.imag.contains(0)):
        return reals.NAN
    total = whole.real
    # int_m^u f = (u - m) f(v) for some v between m and u
    for end, middle, sign in ((upper, high, 1), (lower, low, -1)):
        if not end.is_exact():
            total += sign * (end - middle) * program.run(reals, [end, *params])
    return total


def _integrand(program: Any, params: Sequence[acb]) -> Callable[[acb, bool], acb]:
    """What the integrator calls: the program under the analytic flag that it hands over."""
    if not program.elementary:
        return lambda z, analytic: acb(program.run(RINGS[analytic], [z, *params]))
    by_flag = [complex_code(program, ring) for ring in RINGS]
    return lambda z, analytic: by_flag[analytic](z, *params)[0]


def _middle(x: arb) -> arb:
    return x if x.is_exact() else x.mid()


def _spread(params: Sequence[Any]) -> int:
    """Bits to which the widest parameter is known; more are not worth seeking."""
    return max(4, min((ctx.prec, *map(_known_bits, params))))


def _known_bits(x: Any) -> int:
    radius = x.complex_rad().real if isinstance(x, acb) else x.rad()
    share = float((radius / (1 + x.abs_lower())).real)
    return int(-log2(share)) if share > 0 else int(ctx.prec)


def _integrate(integrand: Any, low: acb, high: acb, bits: int) -> acb:
    """The integral, or NaN once even a coarse enclosure is not finite, as across a pole."""
    goal = arb(2) ** -bits
    if bits <= _COARSE:
        return _attempt(integrand, low, high, goal, 40 * bits + 400)
    with precision(min(ctx.prec, _PROBE)):
        bounded = _attempt(integrand, low, high, _ROUGH, _PROBED).is_finite()
    if not bounded and not _attempt(integrand, low, high, _ROUGH, _PROBED).is_finite():
        return ComplexRing.NAN
    return _attempt(integrand, low, high, goal, 1000 * bits)


def _attempt(integrand: Any, low: acb, high: acb, goal: arb, limit: int) -> acb:
    return acb.integral(integrand, low, high, rel_tol=goal, abs_tol=goal, eval_limit=limit)
