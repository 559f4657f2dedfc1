"""**Flows of families**: the derivative of a quantity with members, along a flow for every index.

A velocity of x[i] is one for every i; in a sum it is taken inside, at the index of the sum. Scalars
and vectors move as the flow says, inner products by the product rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import sympy
from sympy import Expr, Symbol

from verifier.derive.context import Context, Discharge, conclude, refuse
from verifier.derive.kernel.field.element import Element
from verifier.derive.kernel.field.reader import Reader
from verifier.derive.kernel.field.tower import Generator
from verifier.errors import UnsupportedError
from verifier.exact.atoms import Atom
from verifier.exact.families import Entry, Member
from verifier.exact.fields import Partial
from verifier.exact.matrices import Matrix
from verifier.exact.statements import Conserved
from verifier.exact.substitution import names_in, scalars_in, substitute
from verifier.exact.traces import Trace
from verifier.exact.vectors import Inner, Vector, dot


def has_members(statement: Conserved) -> bool:
    """Whether a member of a family moves, or occurs in the quantity."""
    return any(expr.has(Entry) for expr in scalars_in(statement)) or any(
        "[" in name for name, _ in statement.flow
    )


def by_members(statement: Conserved, context: Context) -> Discharge:
    """Whether the quantity of a flow with members is conserved, for every size."""
    if isinstance(statement.quantity, Matrix) or _has_matrices(statement):
        return refuse("members of families and matrices do not move together here.")
    if any(expr.has(Partial) for expr in scalars_in(statement)):
        return refuse("a partial derivative moves with the state.")
    names = [_family(name) for name, _ in statement.flow]
    if len(set(names)) < len(names):
        return refuse("a name moves in two ways.")
    moving = frozenset(_family(name) for name, rate in statement.flow if not _is_zero(rate))
    reader = _with_what_stays(context, moving).reader()
    flow = _Flow(reader, dict(statement.flow))
    reader.fresh(statement.quantity)
    reader.tower.moving = frozenset(flow.moving_labels())
    element, conditions = reader.fresh(statement.quantity)
    reader.tower.moving = frozenset()
    along = reader.tower.derivative(element, flow.velocity)
    if not along.is_zero:
        return refuse(f"its derivative along the flow is\n    {along}")
    return conclude(reader, [*conditions, *reader.tower.conditions.values()])


def _has_matrices(statement: Conserved) -> bool:
    rates = (rate for _, rate in statement.flow)
    return any(isinstance(rate, Matrix) for rate in rates) or any(
        expr.has(Trace) for expr in scalars_in(statement)
    )


def _with_what_stays(context: Context, moving: frozenset[str]) -> Context:
    """No equation between things that move: it holds at one time only."""
    kept = tuple(h for h in context.hypotheses if h.op != "==" or not names_in(h) & moving)
    return replace(context, hypotheses=kept, known=())


def _is_zero(rate: Any) -> bool:
    return rate == 0 or (isinstance(rate, Vector) and not rate.terms)


def _family(name: str) -> str:
    return name.partition("[")[0]


class _Flow:
    """Velocities by name; that of x[i] is put in at the index that is asked for."""

    def __init__(self, reader: Reader, rates: Mapping[str, Any]) -> None:
        self.reader = reader
        self.rates = {_family(name): (_index(name), rate) for name, rate in rates.items()}

    def moving_labels(self) -> list[str]:
        """Labels of all that was read and moves, and of every family that moves."""
        families = [f"{name}[" for name, (index, _) in self.rates.items() if index is not None]
        known = {g.label: self.reader.names.get(g.label) for g in self.reader.tower.generators}
        return [*families, *(label for label, expr in known.items() if self._moves(expr))]

    def _moves(self, expr: Expr | None) -> bool:
        return expr is not None and bool(names_in(expr) & self.rates.keys())

    def velocity(self, generator: Generator) -> Element | None:
        if generator.kind != "symbol":
            return None
        expr = self.reader.names.get(generator.label)
        if isinstance(expr, Inner):
            return self.reader.read(self._product_rule(expr))
        if isinstance(expr, Symbol) and expr.is_integer:
            return self.reader.tower.zero
        if not isinstance(expr, (Symbol, Entry)):
            raise UnsupportedError(f"`{generator.label}` may move with the flow.")
        rate = self._rate(str(expr) if isinstance(expr, Symbol) else expr.name, expr)
        if not isinstance(rate, Expr):
            raise UnsupportedError(f"`{expr}` is a scalar, and a vector in the flow.")
        return self.reader.read(rate)

    def _rate(self, name: str, at: Expr) -> Any:
        if name not in self.rates:
            raise UnsupportedError(f"The flow says nothing of `{name}`, which may move.")
        index, rate = self.rates[name]
        if (index is not None) != isinstance(at, Entry):
            raise UnsupportedError(f"`{name}` is a family, and one thing by itself.")
        return rate if index is None else substitute(rate, {index: at.args[1]})

    def _product_rule(self, inner: Inner) -> Expr:
        exponent = inner.exponent if inner.operator else sympy.Rational(0)
        ends = inner.args[:2]
        still = [_vector(end, inner.operator, exponent, inner.space) for end in ends]
        rates = [self._rate(_family(str(end)), end) for end in ends]
        if not all(isinstance(rate, Vector) for rate in rates):
            raise UnsupportedError(f"A vector of {inner} is a scalar in the flow.")
        return dot(rates[0], still[1]) + dot(still[0], rates[1])


def _index(name: str) -> Symbol | None:
    """The index of a name such as `x[i]`."""
    inside = name.partition("[")[2].rstrip("]")
    return Symbol(inside, integer=True, positive=True) if inside else None


def _vector(name: Expr, operator: str, exponent: Any, space: str) -> Vector:
    """The vector of an inner product, its operator on it, so that the product rule keeps it."""
    if isinstance(name, Entry):
        atom: Atom = Member(str(name), operator, exponent, name)
    else:
        atom = Atom(str(name), operator, exponent)
    return Vector(((atom, sympy.Integer(1)),), space)
