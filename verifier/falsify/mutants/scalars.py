"""**Changed scalars**: an expression with one place altered, kind by kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import combinations, zip_longest
from types import MappingProxyType

import sympy
from sympy import Expr, Symbol
from sympy.core.function import AppliedUndef

from verifier.exact.families import Entry
from verifier.exact.fields import Partial
from verifier.exact.sums import Multiplied, Summed
from verifier.exact.traces import Trace
from verifier.exact.vectors import Inner

Changed = tuple[str, Expr]
Maker = Callable[[Expr], Iterator[Changed]]
_ATOMIC = (Inner, Trace, Partial, Entry, AppliedUndef, sympy.Derivative, sympy.Integral, sympy.Subs)


def constants(expr: Expr) -> Iterator[Changed]:
    """A number that is neither 0 nor 1 nor -1, or a constant term, is 1 more."""

    def change(part: Expr) -> Iterator[Changed]:
        if part.is_Rational and part not in (0, 1, -1):
            yield f"{part} becomes {part + 1}", part + 1
        elif isinstance(part, sympy.Add):
            for n, term in enumerate(part.args):
                if term.is_Rational:
                    yield f"{term} becomes {term + 1}", sympy.Add(*_without(part, n), term + 1)

    yield from _rewritten(expr, change)


def signs(expr: Expr) -> Iterator[Changed]:
    """One term of a sum has the other sign."""

    def change(part: Expr) -> Iterator[Changed]:
        if isinstance(part, sympy.Add):
            for n, term in reversed(list(enumerate(part.args))):
                yield f"the sign of {term} is turned", sympy.Add(*_without(part, n), -term)

    yield from _rewritten(expr, change)


def exponents(expr: Expr) -> Iterator[Changed]:
    """An exponent that is a number is 1 farther from 0."""

    def change(part: Expr) -> Iterator[Changed]:
        if isinstance(part, sympy.Pow) and part.exp.is_Rational:
            step = 1 if part.exp > 0 else -1
            yield f"exponent {part.exp} becomes {part.exp + step}", part.base ** (part.exp + step)

    yield from _rewritten(expr, change)


def terms(expr: Expr) -> Iterator[Changed]:
    """One term of a sum is dropped."""

    def change(part: Expr) -> Iterator[Changed]:
        if isinstance(part, sympy.Add):
            for n, term in enumerate(part.args):
                yield f"the term {term} is dropped", sympy.Add(*_without(part, n))

    yield from _rewritten(expr, change)


def swaps(expr: Expr) -> Iterator[Changed]:
    """Two scalars, two vectors or two families of scalars are exchanged all through."""
    if expr.has(sympy.Derivative, sympy.Subs, sympy.Integral, Partial, Trace):
        return
    bare = expr.replace(lambda e: isinstance(e, (Inner, Entry)), lambda e: sympy.Integer(1))
    plain = sorted((s for s in bare.free_symbols if not _is_count(s)), key=str)
    for one, two in combinations(plain, 2):
        yield _exchange(one, two), expr.xreplace({one: two, two: one})
    for one, two in combinations(_vectors(expr), 2):
        inners = expr.atoms(Inner)
        table = {one: two, two: one}
        yield (
            _exchange(one, two),
            expr.xreplace({inner: _renamed(inner, table) for inner in inners}),
        )
    held = {arg for inner in expr.atoms(Inner) for arg in inner.args[:2]}
    members = expr.atoms(Entry) - held  # those in an inner product are vectors
    names = sorted({(m.name, str(m.size)) for m in members})
    for (one, size), (two, other) in combinations(names, 2):
        if size == other:
            table = {one: two, two: one}
            moved = {m: Entry(table.get(m.name, m.name), m.index, m.size) for m in members}
            yield _exchange(one, two), expr.xreplace(moved)


def indices(expr: Expr) -> Iterator[Changed]:
    """A member has another index, a derivative is by another coordinate, a sum starts late."""
    yield from _other_members(expr)
    partials = sorted(expr.atoms(Partial), key=str)
    for partial in partials:
        for index in sorted(set(partial.order), key=str):
            other = next((i for i in sorted(_orders(partials), key=str) if i != index), None)
            if other is not None:
                order = _first_replaced(partial, index, other)
                turned = partial.func(partial.args[0], partial.smoothness, *order)
                yield f"{index} becomes {other} in {partial}", expr.xreplace({partial: turned})

    def change(part: Expr) -> Iterator[Changed]:
        if isinstance(part, (Summed, Multiplied)):
            late = part.func(part.body, part.index, part.lower + 1, part.upper)
            yield f"{part} starts at {part.lower + 1}", late

    yield from _rewritten(expr, change)


def _other_members(expr: Expr) -> Iterator[Changed]:
    members = sorted(expr.atoms(Entry), key=str)
    for member in members:
        if member.size == sympy.oo:
            others = [member.index + 1]
        else:
            same = {m.index for m in members if m.size == member.size}
            free = sorted((i for i in same if not _is_bound(i)), key=str)
            others = [i for i in free if i != member.index]
        for other in others:
            moved = Entry(member.name, other, member.size)
            yield f"{member} becomes {moved}", expr.xreplace({member: moved})


KINDS: Mapping[str, Maker] = MappingProxyType(
    {
        "constant": constants,
        "sign": signs,
        "exponent": exponents,
        "term": terms,
        "symbols": swaps,
        "index": indices,
    }
)
"""Makers by the kind of error; the order in which kinds take turns."""


def changed_scalars(expr: Expr) -> Iterator[tuple[str, str, Expr]]:
    """(kind, what, expression) with kinds in turn, so that a few changes are of every kind."""
    rows = zip_longest(*(_of_kind(kind, expr) for kind in KINDS))
    yield from (changed for row in rows for changed in row if changed is not None)


def _of_kind(kind: str, expr: Expr) -> Iterator[tuple[str, str, Expr]]:
    seen = {expr}
    odd = [e for e in (sympy.zoo, sympy.nan, sympy.oo, sympy.I) if not expr.has(e)]
    for what, changed in KINDS[kind](expr):
        if changed not in seen and not changed.has(*odd):
            seen.add(changed)
            yield kind, what, changed


def _rewritten(expr: Expr, change: Maker) -> Iterator[Changed]:
    """`expr` with one part changed, outermost parts first; exponents are not entered."""
    yield from change(expr)
    if isinstance(expr, _ATOMIC) or not expr.args:
        return
    inner = expr.args[:1] if isinstance(expr, (sympy.Pow, Summed, Multiplied)) else expr.args
    for n, arg in enumerate(inner):
        for what, changed in _rewritten(arg, change):
            yield what, expr.func(*expr.args[:n], changed, *expr.args[n + 1 :])


def _without(part: Expr, n: int) -> tuple[Expr, ...]:
    return (*part.args[:n], *part.args[n + 1 :])


def _exchange(one: object, two: object) -> str:
    return f"{one} and {two} change places"


def _is_count(symbol: Symbol) -> bool:
    return bool(symbol.is_integer) or _is_bound(symbol)


def _is_bound(index: Expr) -> bool:
    """Whether an index stands for nothing outside of the sum that it runs through."""
    return any(str(symbol).startswith("{") for symbol in index.free_symbols)


def _vectors(expr: Expr) -> list[str]:
    return sorted({name for inner in expr.atoms(Inner) for name in inner.names if "[" not in name})


def _renamed(inner: Inner, table: Mapping[str, str]) -> Expr:
    left, right = (Symbol(table[str(arg)]) if str(arg) in table else arg for arg in inner.args[:2])
    return Inner(left, right, *inner.args[2:])


def _orders(partials: list[Partial]) -> set[Symbol]:
    return {index for partial in partials for index in partial.order}


def _first_replaced(partial: Partial, old: Symbol, new: Symbol) -> list[Symbol]:
    order = list(partial.order)
    order[order.index(old)] = new
    return order
