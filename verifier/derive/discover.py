"""**Discovery**: proposals for an author to state as claims. Nothing is decided here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sympy
from sympy import Expr

from verifier.derive.kernel.linear.invariants import kept, moving
from verifier.exact.fields import SymmetricField
from verifier.exact.statements.invariants import invariants


def find_invariants(flow: Mapping[Any, Any], degree: int) -> tuple[Expr, ...]:
    """A basis of the polynomials up to `degree` that `flow` keeps, whatever drives it.

    `flow` maps scalar symbols to expressions and vector symbols to vectors, as in `conserved`; an
    inner product has degree 2. State them with `conserved` or `invariants`. Raises
    `UnsupportedError` where a velocity is no polynomial over Q.
    """
    return kept(moving(invariants(flow, degree).flow), degree)


def find_warp(field: SymmetricField) -> Expr | None:
    """A radial scalar g(r) that makes g H a Hessian map by the equation above, as a proposal.

    None where the field is not of the form A(r) I + B(r) w w^T, or the integral has no closed form.
    """
    at = field.at
    rank_one = sympy.cancel(field.pair / (at.i * at.j))
    if rank_one.has(at.i, at.j) or field.diagonal.has(at.i):
        return None if field.pair != 0 else sympy.Integer(1)
    r = sympy.Symbol("r", positive=True)
    identity, rank_one = (part.doit().xreplace({at.norm: r}) for part in (field.diagonal, rank_one))
    rate = sympy.integrate(sympy.cancel(sympy.together(r * rank_one / identity)), r)
    if rate.has(sympy.Integral):
        return None
    warp: Expr = sympy.powsimp(sympy.exp(sympy.expand_log(rate, force=True)) / identity)
    return warp.xreplace({r: at.norm})
