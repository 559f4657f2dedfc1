r"""**Expectations** under Gaussian laws in one and two variables, with bounds of the tails.

Two variables are functions of a standard pair g in polar coordinates,

    E f(g) = 1/(2 pi) int_0^{2 pi} int_0^oo f(r cos t, r sin t) r exp(-r^2/2) dr dt,

where beyond some radius f is bounded for all cos t and sin t in [-1, 1].
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import sympy
from flint import acb, arb
from sympy import Expr, Symbol

from verifier.enclose.integrals.quadrature import Task, split
from verifier.enclose.integrals.sectors import sectors
from verifier.enclose.parameters import Values, balls_of
from verifier.enclose.programs.compile import compile_expr
from verifier.enclose.programs.program import Program
from verifier.enclose.rings import reals as ring
from verifier.enclose.rings.calculus import integral
from verifier.enclose.rings.complexes import RINGS
from verifier.errors import DomainError, UnsupportedError
from verifier.exact.scalars import exact, reals
from verifier.precision import precision

_NOTHING: Values = MappingProxyType({})
_GUARD = 8
_ANGLES = 20  # for each bit, at most
_G = reals("{gauss0} {gauss1}")
_POLAR = reals("{radius} {angle} {cosine} {sine}")


def expectation(
    expr: Expr,
    law: Mapping[Symbol, tuple[Any, Any]],
    values: Values = _NOTHING,
    *,
    correlation: Any = 0,
    bits: int = 32,
) -> arb:
    """A ball around E f for one or two Gaussian variables.

    Args:
        law: the mean and the variance of each variable, exact expressions of the parameters.
        values: a rational for each parameter, or the two ends of its range.
        correlation: of two variables.
        bits: of mantissa.

    Raises:
        DomainError: a variance may be negative, a correlation beyond 1, no bound of a tail was
            found, or no finite enclosure; or a function of two variables has a kink that is not
            along a line through the means.
        UnsupportedError: more variables, a node without enclosure, a symbol without value.
    """
    if len(law) not in (1, 2):
        raise UnsupportedError(f"Expectations are in one or two variables, got {len(law)}.")
    fixed, ranges = split(values)
    rho = exact(correlation)
    with precision(bits + _GUARD):
        task = Task(_G[0], tuple(ranges), tuple(balls_of(ranges)), bits)
        for square in (*(exact(v) for _, v in law.values()), 1 - rho**2):
            if not task.value(square.xreplace(fixed)) >= 0:
                raise DomainError(
                    f"This is not shown to be a variance, and not negative:\n    {square}"
                )
        parts = (_G[0], rho * _G[0] + sympy.sqrt(1 - rho**2) * _G[1])
        moved = {
            name: exact(mean) + sympy.sqrt(exact(variance)) * part
            for (name, (mean, variance)), part in zip(law.items(), parts, strict=False)
        }
        body = exact(expr).xreplace(moved).xreplace(fixed)
        try:
            return _one(task, body) if len(law) == 1 else _two(task, body)
        except DomainError as fault:
            raise DomainError(f"{fault}, in the expectation of\n    {expr}") from fault


def _one(task: Task, body: Expr) -> arb:
    g = task.variable
    density = sympy.exp(-(g**2) / 2) / sympy.sqrt(2 * sympy.pi)
    return task.between(body * density, -sympy.oo, sympy.oo)


def _two(task: Task, body: Expr) -> arb:
    g, (r, t, c, s) = _G, _POLAR
    weight = r * sympy.exp(-(r**2) / 2) / (2 * sympy.pi)
    wide = ring.hull(-ring.ONE, ring.ONE)
    beyond = Task(r, (*task.symbols, c, s), (*task.balls, wide, wide), task.bits)
    end, tail = beyond.cuts(body.xreplace({g[0]: r * c, g[1]: r * s}) * weight, sympy.S.Zero)[-1]
    total = 2 * arb.pi() * tail
    for sector in sectors(body, g):
        first, last = task.value(sector.first), task.value(sector.last)
        polar = sector.smooth.xreplace({g[0]: r * sympy.cos(t), g[1]: r * sympy.sin(t)}) * weight
        program = compile_expr(polar, (r, t, *task.symbols))
        total += (last - first) * _over_sector(program, arb(end), first, last - first, task)
    if not total.is_finite():
        raise DomainError("No finite enclosure was found")
    return total


def _over_sector(program: Program, radius: arb, first: arb, span: arb, task: Task) -> arb:
    """The mean over angles of the integral along the radius, with as much work as it may cost."""
    params = [acb(ball) for ball in task.balls]
    goal = arb(2) ** -task.bits

    def along(share: acb, analytic: bool) -> acb:
        angle = first + span * share
        return acb(integral(RINGS[analytic], program, acb(0), acb(radius), angle, *params))

    limit = _ANGLES * task.bits
    whole = acb.integral(along, 0, 1, rel_tol=goal, abs_tol=goal, eval_limit=limit)
    return whole.real if whole.imag.contains(0) else ring.NAN
