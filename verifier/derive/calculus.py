"""**Calculus on component cases**: partial derivatives of fields in w_i, w_j, w_k and r = |w|.

d/dw_k of an expression is its partial derivative by w_k plus (w_k/r) times that by r. The
components with distinct indices and r are treated as independent, which covers every d.
"""

from __future__ import annotations

from sympy import Expr

from verifier.exact.fields import Coordinates, Potential, SymmetricField
from verifier.exact.scalars import derivative
from verifier.exact.statements import Relation, gt


def along(expr: Expr, at: Coordinates, index: str) -> Expr:
    """The derivative of a component expression by w_index."""
    w = at.component(index)
    return derivative(expr, w) + derivative(expr, at.norm) * w / at.norm


def distinct_case(field: SymmetricField) -> Expr:
    """d_k H_ij - d_j H_ik for three distinct indices."""
    at = field.at
    return along(field.entry("i", "j"), at, "k") - along(field.entry("i", "k"), at, "j")


def repeated_case(field: SymmetricField) -> Expr:
    """d_k H_ii - d_i H_ik for i different from k."""
    at = field.at
    diagonal = field.diagonal_at("i") + field.entry("i", "i")
    return along(diagonal, at, "k") - along(field.entry("i", "k"), at, "i")


def gradient(potential: Potential, index: str = "i") -> Expr:
    """The component `index` of the gradient."""
    at = potential.at
    w = at.component(index)
    separable = potential.separable.xreplace({at.i: w})
    linear = potential.linear
    return along(potential.radial, at, index) + derivative(separable, w) + linear


def hessian_cases(potential: Potential) -> tuple[Expr, Expr]:
    """(d_j d_i Q for i different from j, d_i d_i Q)."""
    at = potential.at
    without_linear = Potential(at, potential.radial, potential.separable)
    first = gradient(without_linear, "i")
    return along(first, at, "j"), along(first, at, "i")


def off_origin(at: Coordinates) -> Relation:
    """Fields are read away from w = 0."""
    return gt(at.norm, 0)
