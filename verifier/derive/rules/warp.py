"""**warp**: a positive scalar g makes g H a Hessian map, or none does, for every d.

With f = log g the condition reads, at every point and for all i, j, k,

    f_k H_ij - f_j H_ik = d_j H_ik - d_k H_ij.

For H = A(r) I + B(r) w w^T it holds with f' = r B/A - A'/A: a radial warp is proposed from that
and checked. On two components the condition determines f_i and f_k, since H_ii H_kk - H_ik^2 is
not zero; no warp exists where d_k f_i and d_i f_k then differ.
"""

from __future__ import annotations

from sympy import Expr, Symbol

from verifier.by import Justification
from verifier.derive.calculus import along, off_origin
from verifier.derive.context import Context, Discharge, Rule, all_hold, refuse, relation_holds
from verifier.derive.discover import find_warp
from verifier.derive.witness import nonzero_somewhere
from verifier.exact.fields import SymmetricField
from verifier.exact.scalars import exact
from verifier.exact.statements import HessianMap, Not, Statement, eq, gt
from verifier.exact.statements.warp import Warps
from verifier.verdict import FALSE, TRUE, Truth, unknown


def discharge(statement: Statement, context: Context) -> Discharge:
    if isinstance(statement, Warps):
        return _exists(statement.field, context)
    if isinstance(statement, Not) and isinstance(statement.statement, Warps):
        return _none(statement.statement.field, context)
    return refuse("`warp` reads the existence of a scalar warp, or its negation.")


def _exists(field: SymmetricField, context: Context) -> Discharge:
    given = context.by.get("g")
    warp = find_warp(field) if given is None else exact(given)
    if warp is None:
        return refuse("no radial warp was found: give one as by.warp(g=...).")
    if warp.free_symbols & {field.at.i, field.at.j, field.at.k}:
        return refuse(f"the warp {warp} may use the norm of the point, not its components.")
    condition = context.rules("hessian_map")
    inner = context.with_rule(Justification("hessian_map"))
    reader = context.assuming(off_origin(field.at)).reader()
    return all_hold(
        (
            (f"g = {warp} is positive", relation_holds(reader, gt(warp, 0))),
            ("g H", condition.discharge(HessianMap(field * warp), inner)),
        )
    )


def _none(field: SymmetricField, context: Context) -> Discharge:
    try:
        return nonzero_somewhere("the defect d_k f_i - d_i f_k", _curl(field), field, context)
    except ZeroDivisionError:
        return refuse("H_ii H_kk - H_ik^2 is zero, so that the condition does not determine f.")


def _curl(field: SymmetricField) -> Expr:
    """d_k f_i - d_i f_k, where f_i and f_k solve the condition on the components i and k.

    The indices (i; i, k) and (k; i, k) give f_k H_ii - f_i H_ik = p, f_k H_ik - f_i H_kk = q.
    """
    at = field.at
    ii = field.diagonal_at("i") + field.entry("i", "i")
    kk = field.diagonal_at("k") + field.entry("k", "k")
    ik = field.entry("i", "k")
    p = along(ik, at, "i") - along(ii, at, "k")
    q = along(kk, at, "i") - along(ik, at, "k")
    gap = ii * kk - ik**2
    f_k = (p * kk - q * ik) / gap
    f_i = (p * ik - q * ii) / gap
    return along(f_i, at, "k") - along(f_k, at, "i")


def truth(statement: Statement, dimension: int) -> Truth:
    """The answer for a field without free parameters in one dimension; none is needed in d = 1."""
    if not isinstance(statement, Warps):
        return unknown("only the existence of a warp is decided.")
    if dimension == 1:
        return TRUE
    size = Symbol(statement.field.at.space, integer=True, positive=True)
    context = Context((eq(size, dimension),), Justification("warp"), _rules)
    if _exists(statement.field, context).holds:
        return TRUE
    if _none(statement.field, context).holds:
        return FALSE
    return unknown("neither a warp nor a point without one was found.")


def _rules(name: str) -> Rule:
    from verifier.derive.side import rule_named

    return rule_named(name)


RULE = Rule("warp", "the existence of a scalar warp, or its negation", discharge, (Warps,), truth)
