"""**Substitution**: replacing scalars inside any statement, and listing what is free in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import sympy
from sympy import Expr, Symbol
from sympy.core.function import AppliedUndef
from sympy.core.relational import Relational

from verifier.errors import StatementError
from verifier.exact.compound import Binder, Compound, parts_of
from verifier.exact.families import Entry, reached
from verifier.exact.fields import Partial
from verifier.exact.traces import Trace
from verifier.exact.vectors import Inner


def map_scalars(thing: Any, change: Callable[[Expr], Expr]) -> Any:
    """`thing` (a scalar, a compound, or a tuple of them) with `change` on each scalar."""
    if isinstance(thing, Expr):
        return change(thing)
    if isinstance(thing, tuple):
        return tuple(map_scalars(part, change) for part in thing)
    if isinstance(thing, Compound):
        return thing.rebuilt(*(map_scalars(part, change) for part in thing.parts()))
    raise StatementError(f"{thing!r} is no statement.")


def substitute(thing: Any, values: Mapping[Any, Any]) -> Any:
    """`thing` with symbols replaced by expressions, inside derivatives and integrals too.

    Individuals are replaced by terms. What a quantifier binds stays, and nothing is brought under
    it by its name.
    """
    table = {
        key: value if isinstance(value, Compound) else sympy.sympify(value)
        for key, value in values.items()
    }
    return _replaced(thing, table)


def _replaced(thing: Any, table: Mapping[Any, Any]) -> Any:
    if isinstance(thing, tuple):
        return tuple(_replaced(part, table) for part in thing)
    if not isinstance(thing, Compound):
        return map_scalars(thing, lambda expr: _substitute(expr, table))
    if thing in table:
        return table[thing]
    if isinstance(thing, Binder):
        table = _outside(thing, table)
    return thing.rebuilt(*(_replaced(part, table) for part in thing.parts()))


def _outside(thing: Binder, table: Mapping[Any, Any]) -> Mapping[Any, Any]:
    bound = {str(symbol) for symbol in thing.bound()}
    free = names_in(thing)
    moved = {key: value for key, value in table.items() if str(key) not in bound}
    for key, value in moved.items():
        if names_in(key) & free and names_in(value) & bound:
            raise StatementError(f"`{value}` has a name that is bound in\n    {thing}")
    return moved


def compounds_in(thing: Any) -> Iterator[Compound]:
    """Every compound in `thing`, itself included."""
    if isinstance(thing, Compound):
        yield thing
    for part in parts_of(thing):
        yield from compounds_in(part)


def scalars_in(thing: Any) -> list[Expr]:
    """Every scalar expression that occurs in a statement."""
    if isinstance(thing, Expr):
        return [thing]
    return [expr for part in parts_of(thing) for expr in scalars_in(part)]


def open_scalars(thing: Any) -> list[Expr]:
    """Every scalar of a statement in which nothing stands that the statement binds."""
    bound = {str(symbol) for symbol in bound_symbols(thing)}
    return [expr for expr in scalars_in(thing) if not names_in(expr) & bound]


def names_in(thing: Any) -> frozenset[str]:
    """Names of the free symbols, vectors, operators, dimensions and functions of a statement."""
    if isinstance(thing, Expr):
        return _scalar_names(thing)
    names = frozenset().union(*(names_in(part) for part in parts_of(thing)))
    if isinstance(thing, Compound):
        names = (names | thing.own_names()) - {str(symbol) for symbol in thing.bound()}
    return names


def bound_names(thing: Any) -> frozenset[str]:
    """Names that a statement binds: of limits, derivatives, integrals, fields and flows."""
    names: set[str] = set()
    for compound in compounds_in(thing):
        names |= compound.fixed()
    for expr in scalars_in(thing):
        for held in expr.atoms(sympy.Derivative, sympy.Subs, sympy.Integral):
            names |= {str(symbol) for symbol in _bound_symbols(held)}
    return frozenset(names)


def bound_symbols(thing: Any) -> frozenset[Symbol]:
    """Scalar symbols that some part of a statement binds."""
    return frozenset().union(*(compound.bound() for compound in compounds_in(thing)))


def sizes_in(thing: Any) -> frozenset[str]:
    """Names of the dimensions that stay open in a statement."""
    names: set[str] = set()
    for compound in compounds_in(thing):
        names |= compound.sizes()
    for expr in scalars_in(thing):
        names |= {inner.space for inner in expr.atoms(Inner)}
        names |= {str(entry.size) for entry in expr.atoms(Entry) if isinstance(entry.size, Symbol)}
        names |= {"d"} if expr.has(Partial) else set()
        names = names.union(*(sizes_in(trace.matrix) for trace in expr.atoms(Trace)))
    return frozenset(names)


def _scalar_names(expr: Expr) -> frozenset[str]:
    names = {str(symbol) for symbol in _free_symbols(expr)}
    names |= {str(symbol) for symbol in reached(expr) - expr.free_symbols if "{" not in str(symbol)}
    for inner in expr.atoms(Inner):
        held = {symbol for arg in inner.args[:2] for symbol in arg.free_symbols}
        names |= {str(symbol) for symbol in held & expr.free_symbols}
        names |= {inner.space, *([inner.operator] if inner.operator else [])}
    for partial in expr.atoms(Partial):
        names |= {partial.function, "d"}
    for trace in expr.atoms(Trace):
        names |= names_in(trace.matrix)
    return frozenset(names | {str(applied.func) for applied in expr.atoms(AppliedUndef)})


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
    if not table.keys() & reached(expr):
        return expr
    if isinstance(expr, sympy.Derivative) and any(isinstance(v, Entry) for v in expr.variables):
        counts = ((_substitute(v, table), count) for v, count in expr.variable_count)
        return sympy.Derivative(_substitute(expr.expr, table), *counts, evaluate=False)
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
        return _integral(expr, table)
    if expr in table:
        return table[expr]
    if not expr.args or isinstance(expr, Partial):
        return expr
    if isinstance(expr, Inner) and not expr.has(Entry):
        return expr
    held = {"evaluate": False} if isinstance(expr, (sympy.Piecewise, Relational)) else {}
    return expr.func(*(_substitute(arg, table) for arg in expr.args), **held)


def _integral(expr: sympy.Integral, table: Mapping[Any, Expr]) -> Expr:
    """The outermost integral stands last; its variable may occur in the ends of those inside."""
    limits: list[tuple[Expr, ...]] = []
    for variable, *ends in reversed(expr.limits):
        limits.insert(0, (variable, *(_substitute(end, table) for end in ends)))
        table = {key: value for key, value in table.items() if key != variable}
        if any(value.has(variable) for value in table.values()):
            raise StatementError(f"`{variable}` is bound in {expr}: name its variable otherwise.")
    return sympy.Integral(_substitute(expr.function, table), *limits)
