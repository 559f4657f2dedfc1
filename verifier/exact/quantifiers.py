"""**Free indices**: over which a relation between members of families holds for every value."""

from __future__ import annotations

from collections.abc import Iterable, Set
from typing import Any

from sympy import Expr, Symbol

from verifier.exact.families import Entry, Member
from verifier.exact.fields import Partial
from verifier.exact.statements import Relation
from verifier.exact.substitution import compounds_in, scalars_in
from verifier.exact.vectors import Inner, Vector


def members_in(thing: Any) -> set[Entry]:
    """Members x[i] whose index is bound by no sum."""
    found: set[Entry] = set()
    for expr in scalars_in(thing):
        found |= expr.atoms(Entry)
    for part in compounds_in(thing):
        if isinstance(part, Vector):
            atoms = (atom for atom, _ in part.terms if isinstance(atom, Member) and not atom.bound)
            found |= {atom.entry for atom in atoms}
    return {entry for entry in found if not any(_is_bound(s) for s in entry.index.free_symbols)}


def free_indices(thing: Any) -> dict[Symbol, frozenset[Expr]]:
    """Indices of members, each with the sizes of the families through which it runs."""
    found: dict[Symbol, frozenset[Expr]] = {}
    for entry in members_in(thing):
        for symbol in entry.index.free_symbols:
            found[symbol] = found.get(symbol, frozenset()) | {entry.size}
    return found


def index_conditions(things: Iterable[Any]) -> tuple[Relation, ...]:
    """Relations in indices and sizes alone, that name an index of some member."""
    things = list(things)
    indices = {symbol for thing in things for symbol in free_indices(thing)}
    return tuple(thing for thing in things if is_condition(thing, indices))


def bare_symbols_in(thing: Any) -> set[Symbol]:
    """Free symbols that stand for numbers, outside of the brackets of members."""
    return {symbol for expr in scalars_in(thing) for symbol in _bare(expr) & expr.free_symbols}


def _bare(expr: Expr) -> set[Symbol]:
    if isinstance(expr, (Entry, Inner, Partial)):
        return set()
    if isinstance(expr, Symbol):
        return {expr}
    return set().union(*(_bare(arg) for arg in expr.args))


def is_condition(thing: Any, indices: Set[Symbol]) -> bool:
    """Whether it is a relation between whole numbers, without members, that names an index."""
    if not isinstance(thing, Relation) or not isinstance(thing.lhs, Expr) or members_in(thing):
        return False
    free = thing.lhs.free_symbols | thing.rhs.free_symbols
    return bool(free & indices) and all(symbol.is_integer for symbol in free)


def _is_bound(symbol: Symbol) -> bool:
    return str(symbol).startswith("{")
