"""**Free indices**: over which a relation between members of families holds for every value."""

from __future__ import annotations

from typing import Any

from sympy import Expr, Symbol, oo

from verifier.exact.families import Entry, Member
from verifier.exact.fields import Partial
from verifier.exact.substitution import bound_symbols, compounds_in, scalars_in
from verifier.exact.sums import Multiplied, Summed
from verifier.exact.vectors import Inner, Vector


def members_in(thing: Any) -> set[Entry]:
    """Members x[i] whose index is bound by no sum, and drawn by no law."""
    found: set[Entry] = set()
    for expr in scalars_in(thing):
        found |= expr.atoms(Entry)
    for part in compounds_in(thing):
        if isinstance(part, Vector):
            atoms = (atom for atom, _ in part.terms if isinstance(atom, Member) and not atom.bound)
            found |= {atom.entry for atom in atoms}
    bound = bound_symbols(thing)
    return {
        entry
        for entry in found
        if not any(_is_bound(s) or s in bound for s in entry.index.free_symbols)
    }


def free_indices(thing: Any) -> dict[Symbol, frozenset[Expr]]:
    """Indices of members, each with the sizes of the families through which it runs."""
    found: dict[Symbol, frozenset[Expr]] = {}
    for entry in members_in(thing):
        for symbol in entry.index.free_symbols:
            found[symbol] = found.get(symbol, frozenset()) | {entry.size}
    return found


def bare_symbols_in(thing: Any) -> set[Symbol]:
    """Free symbols that stand for numbers, outside of the brackets of members."""
    return {symbol for expr in scalars_in(thing) for symbol in _bare(expr) & expr.free_symbols}


def _bare(expr: Expr) -> set[Symbol]:
    if isinstance(expr, (Entry, Inner, Partial)):
        return set()
    if isinstance(expr, Symbol):
        return {expr}
    return set().union(*(_bare(arg) for arg in expr.args))


def _is_bound(symbol: Symbol) -> bool:
    return str(symbol).startswith("{")


def for_every(thing: Any) -> str:
    """` for every i, j`, the indices over which a statement by itself is quantified, if any."""
    names = sorted(map(str, free_indices(thing)))
    return f" for every {', '.join(names)}" if names else ""


def for_every_latex(thing: Any) -> str:
    """The same in LaTeX."""
    names = sorted(map(str, free_indices(thing)))
    return rf" \quad \text{{for every }} {', '.join(names)}" if names else ""


def whole_numbers_in(thing: Any) -> set[Symbol]:
    """Whole numbers up to which a sum runs, or which name a member of a sequence."""
    found = {s for e in members_in(thing) if e.size == oo for s in e.index.free_symbols}
    found = found.union(*(part.counted() for part in compounds_in(thing)))
    for expr in scalars_in(thing):
        for part in expr.atoms(Summed, Multiplied):
            found |= (part.lower.free_symbols | part.upper.free_symbols) & expr.free_symbols
    return found
