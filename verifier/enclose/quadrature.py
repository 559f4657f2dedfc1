"""**Quadrature**: certified integrals of exact expressions.

The integrand is compiled once and evaluated on complex balls by Arb's integrator, always with
its analytic flag; asinh and atan become flagged logarithms and roots.
"""

from __future__ import annotations

from typing import Any

from flint import arb
from sympy import Expr, Symbol

from verifier.enclose.compile import compile_expr
from verifier.exact.scalars import integral


def integrate(expr: Expr, variable: Symbol, lower: Any, upper: Any, *, bits: int = 128) -> arb:
    """The integral of `expr` over `variable` between exact numbers, with `bits` of mantissa.

    A NaN ball where no finite enclosure was found, as across a pole or a branch point. Raises
    `UnsupportedError` for a node without enclosure or a symbol without value.
    """
    return compile_expr(integral(expr, variable, lower, upper), ())((), bits)
