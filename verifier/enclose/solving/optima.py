"""**Optima**: the minimiser of a smooth objective under equations, through its KKT system.

With multipliers m the system is  grad Q(x) = sum m_k grad h_k(x),  h(x) = 0.
Its root is a strict local minimiser when the Hessian of the Lagrangian is positive definite there,
and the global one when Q is convex and the equations are affine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flint import arb
from sympy import Expr, Symbol

from verifier.enclose.linear.spectra import smallest_eigenvalue
from verifier.enclose.programs.bundle import Bundle, gradient
from verifier.enclose.programs.compile import compile_expr
from verifier.enclose.rings import reals as real_ring
from verifier.enclose.solving.krawczyk import Root, System, solve
from verifier.errors import DomainError
from verifier.exact.scalars import reals
from verifier.precision import precision


@dataclass(frozen=True)
class Minimiser:
    """The point lies in `point`, its multipliers in `multipliers`; both are the only ones near."""

    point: tuple[arb, ...]
    multipliers: tuple[arb, ...]
    curvature: arb  # below the least eigenvalue of the Hessian of the Lagrangian


def enclose_minimiser(
    objective: Expr,
    variables: Sequence[Symbol],
    equations: Sequence[Expr] = (),
    *,
    near: Sequence[Any],
    bits: int = 128,
) -> Minimiser:
    """The strict local minimiser of `objective` on `equations` = 0 that lies near a point.

    Raises `DomainError` where Krawczyk's test or the positive curvature could not be shown.
    """
    names = tuple(variables)
    rates = reals(" ".join(f"multiplier_{k}" for k in range(len(equations))))
    lagrangian = objective - sum((m * h for m, h in zip(rates, equations, strict=True)), start=0)
    stationary = gradient(compile_expr(lagrangian, (*names, *rates)))
    problem = System(tuple(stationary))
    root: Root = solve(problem, [*near, *(0 for _ in rates)], bits=bits)
    n = len(names)
    with precision(bits):
        rows = [gradient(program)[:n] for program in stationary[:n]]
        flat = Bundle.of([entry for row in rows for entry in row]).run(real_ring, root.balls)
        least = smallest_eigenvalue([flat[k : k + n] for k in range(0, n * n, n)])
    if not least > 0:
        raise DomainError(
            "The Hessian of the Lagrangian is not shown to be positive definite at the KKT point."
        )
    return Minimiser(root.balls[:n], root.balls[n:], least)
