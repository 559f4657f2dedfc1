"""**conserved**: a quantity is constant along a flow, in every dimension.

Its Lie derivative vanishes at every state that the hypotheses allow: scalars move by their
velocity, inner products by the product rule. What a hypothesis equates moves on all the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import sympy
from sympy import Expr

from verifier.derive import certify
from verifier.derive.context import Context, Discharge, Rule, conclude, refuse, with_certificate
from verifier.derive.kernel.words.expansion import Grid
from verifier.derive.kernel.words.goals import Goals
from verifier.derive.kernel.words.lie import Flow
from verifier.derive.matrix_setting import Setting, setting_of
from verifier.derive.member_flows import by_members, has_members
from verifier.derive.word_certificates import scalar_goal, with_steps
from verifier.errors import UnsupportedError
from verifier.exact.fields import Partial
from verifier.exact.matrices import Matrix
from verifier.exact.statements import Conserved, Statement
from verifier.exact.statements.properties import Is
from verifier.exact.substitution import names_in, scalars_in, sizes_in
from verifier.exact.traces import Trace
from verifier.exact.vectors import Atom, Inner, Vector, dot


def discharge(statement: Statement, context: Context) -> Discharge:
    if not isinstance(statement, Conserved):
        return refuse("`conserved` reads conserved quantities only.")
    if has_members(statement):
        return by_members(statement, context)
    rates = dict(statement.flow)
    if isinstance(statement.quantity, Matrix) or _has_matrices(statement):
        return _by_words(statement, context)
    still = _unmoved(statement.quantity, rates)
    if still:
        return refuse(f"the flow says nothing of `{still}`, which may move.")
    if len(rates) < len(statement.flow) or statement.quantity.has(Partial):
        return refuse("a name moves in two ways, or a partial derivative moves with the state.")
    reader = _without_equalities(context, rates).reader()
    moving = {atom: _velocity(atom, rates) for atom in _atoms(statement.quantity)}
    reader.tower.moving = frozenset(str(atom) for atom in moving)
    element, conditions = reader.fresh(statement.quantity)
    reader.tower.moving = frozenset()
    total = reader.tower.zero
    for atom, velocity in moving.items():
        if str(atom) in reader.tower.by_label:
            slope = reader.tower.derivative(element, str(atom))
            total = total + slope * reader.read(velocity)
    if not total.is_zero:
        return refuse(f"its derivative along the flow is\n    {total}")
    moved = [c for c in reader.tower.conditions.values() if c not in conditions]
    answer = conclude(reader, [*conditions, *moved])
    used = [(atom, v) for atom, v in moving.items() if str(atom) in reader.tower.by_label]
    return with_certificate(answer, lambda: certify.lie(reader, statement.quantity, used))


def _has_matrices(statement: Conserved) -> bool:
    scalars = scalars_in(statement)
    return any(e.has(Trace) for e in scalars) or any(
        isinstance(rate, Matrix) for _, rate in statement.flow
    )


def _by_words(statement: Conserved, context: Context) -> Discharge:
    """The derivative is taken letter by letter, before anything known at one time is used."""
    rates = dict(statement.flow)
    if len(rates) < len(statement.flow) or any(e.has(Partial) for e in scalars_in(statement)):
        return refuse("a name moves in two ways, or a partial derivative moves with the state.")
    at_all_times = _without_equalities(context, rates)
    setting = setting_of(at_all_times, statement)
    answer = Goals(setting.matrices).decide(_along(setting, statement))
    if not answer.vanishes:
        return refuse(f"its derivative along the flow is\n    {answer}")
    shown = conclude(setting.reader, setting.reader.tower.conditions.values())
    return with_steps(shown, at_all_times, statement, goals=lambda s: [_along(s, statement)])


def _along(setting: Setting, statement: Conserved) -> Grid:
    """The derivative of the quantity along the flow; what it needs is in the conditions."""
    rates, quantity = dict(statement.flow), statement.quantity
    reader, matrices = setting.reader, setting.matrices
    flow = Flow(matrices, rates, sizes_in(statement))

    def read() -> Grid:
        if isinstance(quantity, Matrix):
            return matrices.expander.grid(quantity)
        return scalar_goal(reader.read(quantity))

    reader.tower.conditions = {}
    reader.known.clear()
    read()
    moving = {*rates, *(loop.text for loop in matrices.rewriter.ring.loops().values())}
    labels = frozenset(moving | matrices.named.keys())
    reader.known.clear()
    reader.tower.moving = labels
    try:
        grid = read()
    finally:
        reader.tower.moving = frozenset()
        reader.known.clear()
    return flow.of_grid(grid)


def _without_equalities(context: Context, rates: Mapping[str, object]) -> Context:
    """An equation between things that move holds at one time: it is no reason to replace one."""
    kept = tuple(h for h in context.hypotheses if h.op != "==" or not names_in(h) & rates.keys())
    known = tuple(s for s in context.known if _stays(s) or not names_in(s) & rates.keys())
    return replace(context, hypotheses=kept, known=known)


def _stays(statement: Statement) -> bool:
    """Whether it is no equation: to have an inverse at a time is no more than that."""
    return isinstance(statement, Is) and statement.property == "invertible"


def _atoms(quantity: Expr) -> list[Expr]:
    """The scalars and inner products that `quantity` is made of."""
    inner = quantity.atoms(Inner)
    names = {symbol for atom in inner for symbol in atom.free_symbols}
    return sorted([*{atom.merged for atom in inner}, *(quantity.free_symbols - names)], key=str)


def _velocity(atom: Expr, rates: Mapping[str, object]) -> Expr:
    if isinstance(atom, Inner):
        left, right = (_moving(name, rates) for name in atom.names)
        one, two = (_still(name, atom) for name in atom.names)
        return dot(left, two) + dot(one, right)
    rate = rates[str(atom)]
    if not isinstance(rate, Expr):
        raise UnsupportedError(f"`{atom}` is a scalar in the quantity and a vector in the flow.")
    return rate


def _moving(name: str, rates: Mapping[str, object]) -> Vector:
    rate = rates[name]
    if not isinstance(rate, Vector):
        raise UnsupportedError(f"`{name}` is a vector in the quantity and a scalar in the flow.")
    return rate


def _still(name: str, inner: Inner) -> Vector:
    """The vector with the inner product's operator on it, so that the product rule keeps it."""
    atom = Atom(name, inner.operator, inner.exponent if inner.operator else sympy.Rational(0))
    return Vector(((atom, sympy.Integer(1)),), inner.space)


def _unmoved(quantity: Expr, rates: Mapping[str, object]) -> str:
    names = {name for inner in quantity.atoms(Inner) for name in inner.names}
    names |= {str(atom) for atom in _atoms(quantity) if not isinstance(atom, Inner)}
    return next((name for name in sorted(names) if name not in rates), "")


RULE = Rule("conserved", "a quantity that a flow keeps", discharge)
