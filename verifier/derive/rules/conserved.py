"""**conserved**: a quantity is constant along a flow, in every dimension.

Its Lie derivative vanishes: scalars move by their velocity, inner products by the product rule.
"""

from __future__ import annotations

import sympy
from sympy import Expr

from verifier.derive.context import Context, Discharge, Rule, conclude, refuse
from verifier.exact.statements import Conserved, Statement
from verifier.exact.vectors import Atom, Inner, Vector, dot


def discharge(statement: Statement, context: Context) -> Discharge:
    if not isinstance(statement, Conserved):
        return refuse("`conserved` reads conserved quantities only.")
    rates = dict(statement.flow)
    still = _unmoved(statement.quantity, rates)
    if still:
        return refuse(f"the flow says nothing of `{still}`, which may move.")
    reader = context.reader()
    element, conditions = reader.fresh(statement.quantity)
    total = reader.tower.zero
    for atom in sorted(statement.quantity.atoms(sympy.Symbol, Inner), key=str):
        velocity = _velocity(atom, rates)
        if velocity is not None and str(atom) in reader.tower.by_label:
            slope = reader.tower.derivative(element, str(atom))
            total = total + slope * reader.read(velocity)
    if not total.is_zero:
        return refuse(f"its derivative along the flow is\n    {total}")
    moved = [c for c in reader.tower.conditions.values() if c not in conditions]
    return conclude(reader, [*conditions, *moved])


def _velocity(atom: Expr, rates: dict[str, object]) -> Expr | None:
    if isinstance(atom, Inner):
        left, right = (_moving(name, rates, atom) for name in atom.names)
        one, two = (_still(name, atom) for name in atom.names)
        return dot(left, two) + dot(one, right)
    rate = rates.get(str(atom))
    return rate if isinstance(rate, Expr) else None


def _moving(name: str, rates: dict[str, object], inner: Inner) -> Vector:
    rate = rates.get(name)
    return rate if isinstance(rate, Vector) else Vector((), inner.space)


def _still(name: str, inner: Inner) -> Vector:
    """The vector with the inner product's operator on it, so that the product rule keeps it."""
    atom = Atom(name, inner.operator, inner.exponent if inner.operator else sympy.Rational(0))
    return Vector(((atom, sympy.Integer(1)),), inner.space)


def _unmoved(quantity: Expr, rates: dict[str, object]) -> str:
    names = {name for inner in quantity.atoms(Inner) for name in inner.names}
    inside = {s for inner in quantity.atoms(Inner) for s in inner.free_symbols}
    names |= {str(s) for s in quantity.free_symbols - inside}
    return next((name for name in sorted(names) if name not in rates), "")


RULE = Rule("conserved", "a quantity that a flow keeps", discharge)
