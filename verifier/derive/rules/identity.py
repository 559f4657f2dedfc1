"""**identity**: both sides are one element of the exact field; vectors and matrices by words."""

from __future__ import annotations

from typing import Any

from sympy import Expr

from verifier.derive.context import Context, Discharge, Rule, all_hold, refuse, vanishes
from verifier.derive.kernel.words.expansion import multiplied_differences
from verifier.derive.kinks import by_kinks
from verifier.exact.matrices import Matrix
from verifier.exact.scalars import exact
from verifier.exact.statements import Relation, Statement
from verifier.exact.substitution import scalars_in
from verifier.exact.vectors import Vector


def discharge(statement: Statement, context: Context) -> Discharge:
    if not isinstance(statement, Relation) or statement.op != "==":
        return refuse("`identity` reads equations only.")
    reader = context.reader()
    sides = scalars_in(statement)
    return all_hold(
        (name, vanishes(reader, part, *sides))
        for name, part in differences(statement.lhs, statement.rhs)
    )


def differences(lhs: Any, rhs: Any) -> list[tuple[str, Expr]]:
    """The scalars that must vanish for two scalars, vectors or matrices to be equal."""
    if isinstance(lhs, Vector):
        gap = lhs - rhs
        return [(f"coefficient of {atom.name}", c) for atom, c in gap.terms] or [("zero", exact(0))]
    if isinstance(lhs, Matrix):
        return multiplied_differences(lhs, rhs)
    return [("difference", lhs - rhs)]


RULE = Rule("identity", "an equation of scalars, vectors or matrices", by_kinks(discharge))
