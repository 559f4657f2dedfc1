"""**Conditions on indices**: relations such as ne(i, j), which say where others are meant."""

from __future__ import annotations

from collections.abc import Iterable, Set
from typing import Any

from sympy import Expr, Symbol

from verifier.exact.quantifiers import free_indices, members_in
from verifier.exact.statements import Relation


def index_conditions(things: Iterable[Any]) -> tuple[Relation, ...]:
    """Relations in indices and sizes alone, that name an index of some member."""
    things = list(things)
    indices = {symbol for thing in things for symbol in free_indices(thing)}
    return tuple(thing for thing in things if is_condition(thing, indices))


def is_condition(thing: Any, indices: Set[Symbol]) -> bool:
    """Whether it is a relation between whole numbers, without members, that names an index."""
    if not isinstance(thing, Relation) or not isinstance(thing.lhs, Expr) or members_in(thing):
        return False
    free = thing.lhs.free_symbols | thing.rhs.free_symbols
    return bool(free & indices) and all(symbol.is_integer for symbol in free)
