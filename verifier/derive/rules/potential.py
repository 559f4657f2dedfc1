"""**potential**: the gradient or Hessian of radial + separable + linear, for every d, by cases."""

from __future__ import annotations

from verifier.derive.calculus import gradient, hessian_cases, off_origin
from verifier.derive.context import Context, Discharge, Rule, all_hold, refuse, vanishes
from verifier.derive.kernel.field.reader import Reader
from verifier.exact.fields import Coordinates
from verifier.exact.statements import GradientIs, HessianIs, Statement
from verifier.exact.substitution import scalars_in


def discharge(statement: Statement, context: Context) -> Discharge:
    if isinstance(statement, GradientIs):
        gap = gradient(statement.potential) - statement.component
        reader = _reader(context, statement.potential.at)
        return all_hold([("d_i", vanishes(reader, gap, *scalars_in(statement)))])
    if not isinstance(statement, HessianIs):
        return refuse("`potential` reads gradients and Hessians of potentials only.")
    field, at = statement.field, statement.potential.at
    if field.at != at:
        return refuse("the potential and the field are written in different coordinates.")
    mixed, repeated = hessian_cases(statement.potential)
    reader = _reader(context, at)
    diagonal = field.diagonal_at("i") + field.entry("i", "i")
    return all_hold(
        (
            ("i, j different", vanishes(reader, mixed - field.entry("i", "j"))),
            ("i = j", vanishes(reader, repeated - diagonal, *scalars_in(statement))),
        )
    )


def _reader(context: Context, at: Coordinates) -> Reader:
    return context.assuming(off_origin(at)).reader()


RULE = Rule("potential", "the gradient or the Hessian of a potential", discharge)
