"""**Inequalities of landscapes**: Polyak-Lojasiewicz and Lojasiewicz, as relations.

The derivatives in them are held; `by.expanded(then=...)` takes them before another rule decides.
"""

from __future__ import annotations

from collections.abc import Sequence

import sympy
from sympy import Symbol

from verifier.errors import StatementError
from verifier.exact.scalars import Scalar, derivative, exact
from verifier.exact.statements import Relation, ge, le


def gradient_norm2(f: Scalar, variables: Sequence[Symbol]) -> sympy.Expr:
    """|grad f|^2 over `variables`, with held derivatives."""
    if not variables:
        raise StatementError("A gradient needs variables to be taken by.")
    return sympy.Add(*(derivative(f, x) ** 2 for x in variables))


def polyak(f: Scalar, variables: Sequence[Symbol], mu: Scalar, *, infimum: Scalar = 0) -> Relation:
    """|grad f|^2 >= 2 mu (f - infimum): the Polyak-Lojasiewicz inequality with constant `mu`."""
    return ge(gradient_norm2(f, variables), 2 * exact(mu) * (exact(f) - exact(infimum)))


def lojasiewicz(
    f: Scalar,
    variables: Sequence[Symbol],
    constant: Scalar,
    exponent: Scalar,
    *,
    value: Scalar = 0,
) -> Relation:
    """|f - value|^(2 exponent) <= constant^2 |grad f|^2, with a rational exponent in (0, 1).

    It is Lojasiewicz' |f - value|^exponent <= constant |grad f|, squared, for constant >= 0.
    """
    power = 2 * exact(exponent)
    if not (power.is_Rational and 0 < power < 2):
        raise StatementError(f"The exponent {exponent} is no rational between 0 and 1.")
    gap = exact(f) - exact(value)
    left = gap**power if power.is_Integer and power % 2 == 0 else sympy.Abs(gap) ** power
    return le(left, exact(constant) ** 2 * gradient_norm2(f, variables))
