"""**Substitution**: replacing scalars inside any statement, and listing what is free in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import sympy
from sympy import Expr
from sympy.core.function import AppliedUndef

from verifier.errors import StatementError
from verifier.exact.fields import Partial, Potential, SymmetricField
from verifier.exact.statements import (
    Conserved,
    GradientIs,
    HessianIs,
    HessianMap,
    Not,
    Relation,
    Tends,
)
from verifier.exact.vectors import Inner, Operator, Vector


def map_scalars(thing: Any, change: Callable[[Expr], Expr]) -> Any:
    """`thing` (statement, vector, operator, field, potential) with `change` on each scalar."""

    def go(part: Any) -> Any:
        return map_scalars(part, change)

    match thing:
        case Expr():
            return change(thing)
        case Vector():
            return Vector.of({atom: change(c) for atom, c in thing.terms}, thing.space)
        case Operator():
            outer = {pair: change(c) for pair, c in thing.outer}
            return Operator.of(change(thing.scalar), outer, thing.space)
        case SymmetricField():
            return SymmetricField(thing.at, change(thing.diagonal), change(thing.pair))
        case Potential():
            parts = (change(p) for p in (thing.radial, thing.separable, thing.linear))
            return Potential(thing.at, *parts)
        case Relation():
            return Relation(thing.op, go(thing.lhs), go(thing.rhs))
        case Tends():
            return Tends(
                change(thing.expr),
                thing.variable,
                change(thing.point),
                change(thing.value),
                thing.side,
            )
        case HessianMap():
            return HessianMap(go(thing.field))
        case HessianIs():
            return HessianIs(go(thing.potential), go(thing.field))
        case GradientIs():
            return GradientIs(go(thing.potential), change(thing.component))
        case Conserved():
            rates = tuple((name, go(rate)) for name, rate in thing.flow)
            return Conserved(change(thing.quantity), rates)
        case Not():
            return Not(go(thing.statement))
        case tuple():
            return tuple(go(part) for part in thing)
    raise StatementError(f"{thing!r} is no statement.")


def substitute(thing: Any, values: Mapping[Any, Any]) -> Any:
    """`thing` with symbols replaced by expressions, inside derivatives and integrals too."""
    table = {key: sympy.sympify(value) for key, value in values.items()}
    return map_scalars(thing, lambda expr: _substitute(expr, table))


def scalars_in(thing: Any) -> list[Expr]:
    """Every scalar expression that occurs in a statement."""
    found: list[Expr] = []

    def note(expr: Expr) -> Expr:
        found.append(expr)
        return expr

    map_scalars(thing, note)
    return found


def names_in(thing: Any) -> frozenset[str]:
    """Names of the free symbols, vectors, operators, dimensions and functions of a statement."""
    names: set[str] = set()
    if isinstance(thing, Conserved):
        names |= {name for name, _ in thing.flow}
    for vector in _vectors_in(thing):
        names |= {atom.name for atom, _ in vector.terms} | {vector.space}
        names |= {atom.operator for atom, _ in vector.terms if atom.operator}
    for operator in _operators_in(thing):
        names |= {atom.name for pair, _ in operator.outer for atom in pair} | {operator.space}
    for at in _coordinates_in(thing):
        names |= {at.name, at.space}
    for expr in scalars_in(thing):
        for inner in expr.atoms(Inner):
            names |= {*inner.names, inner.space, *([inner.operator] if inner.operator else [])}
        for partial in expr.atoms(Partial):
            names |= {partial.function, "d"}
        names |= {str(applied.func) for applied in expr.atoms(AppliedUndef)}
        names |= {str(symbol) for symbol in _free_symbols(expr)}
    if isinstance(thing, Tends):
        names.discard(str(thing.variable))
    for at in _coordinates_in(thing):
        names -= {str(at.i), str(at.j), str(at.k), str(at.norm)}
    return frozenset(names)


def bound_names(thing: Any) -> frozenset[str]:
    """Names that a statement binds: of limits, derivatives, integrals, fields and flows."""
    bound: set[str] = set()
    if isinstance(thing, Tends):
        bound.add(str(thing.variable))
    if isinstance(thing, Conserved):
        bound |= {name for name, _ in thing.flow}
    for expr in scalars_in(thing):
        for held in expr.atoms(sympy.Derivative, sympy.Subs, sympy.Integral):
            bound |= {str(symbol) for symbol in _bound_symbols(held)}
    for at in _coordinates_in(thing):
        bound |= {at.name, *(str(s) for s in (at.i, at.j, at.k, at.norm))}
    return frozenset(bound)


def _bound_symbols(expr: Expr) -> set[Any]:
    match expr:
        case sympy.Derivative():
            return {variable for variable, _ in expr.variable_count}
        case sympy.Integral():
            return {ends[0] for ends in expr.limits}
    return set(expr.variables)


def _free_symbols(expr: Expr) -> set[Any]:
    bare = expr.replace(lambda e: isinstance(e, Inner), lambda e: sympy.Integer(1))
    bare = bare.replace(lambda e: isinstance(e, Partial), lambda e: sympy.Add(*e.order))
    return set(bare.free_symbols)


def _substitute(expr: Expr, table: Mapping[Any, Expr]) -> Expr:
    if not table.keys() & expr.free_symbols:
        return expr
    if isinstance(expr, sympy.Derivative):
        moving = {v for v, _ in expr.variable_count}
        outside = {key: value for key, value in table.items() if key not in moving}
        body = _substitute(expr.expr, outside)
        held = sympy.Derivative(body, *expr.variable_count, evaluate=False)
        fixed = {v: table[v] for v in moving if v in table}
        return sympy.Subs(held, tuple(fixed), tuple(fixed.values())) if fixed else held
    if isinstance(expr, sympy.Subs):
        outside = {key: value for key, value in table.items() if key not in expr.variables}
        points = tuple(_substitute(point, table) for point in expr.point)
        return sympy.Subs(_substitute(expr.expr, outside), expr.variables, points)
    if isinstance(expr, sympy.Integral):
        (variable, lower, upper) = expr.limits[0]
        inner = {key: value for key, value in table.items() if key != variable}
        if any(value.has(variable) for value in inner.values()):
            raise StatementError(f"`{variable}` is bound in {expr}: name its variable otherwise.")
        ends = (_substitute(lower, table), _substitute(upper, table))
        return sympy.Integral(_substitute(expr.function, inner), (variable, *ends))
    if expr in table:
        return table[expr]
    if not expr.args or isinstance(expr, (Inner, Partial)):
        return expr
    return expr.func(*(_substitute(arg, table) for arg in expr.args))


def _children(thing: Any) -> tuple[Any, ...]:
    match thing:
        case Relation():
            return thing.lhs, thing.rhs
        case HessianMap():
            return (thing.field,)
        case HessianIs():
            return thing.potential, thing.field
        case GradientIs():
            return (thing.potential,)
        case Conserved():
            return tuple(rate for _, rate in thing.flow)
        case Not():
            return (thing.statement,)
        case tuple():
            return thing
    return ()


def _walk(thing: Any) -> list[Any]:
    return [thing, *(found for child in _children(thing) for found in _walk(child))]


def _vectors_in(thing: Any) -> list[Vector]:
    return [part for part in _walk(thing) if isinstance(part, Vector)]


def _operators_in(thing: Any) -> list[Operator]:
    return [part for part in _walk(thing) if isinstance(part, Operator)]


def _coordinates_in(thing: Any) -> list[Any]:
    return [part.at for part in _walk(thing) if isinstance(part, (SymmetricField, Potential))]
