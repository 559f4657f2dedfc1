"""**Quantified hypotheses**: a relation with a free index holds for every value of it.

The conclusion is shown for indices of which nothing is known, and so for all. A hypothesis in
indices and sizes alone, such as ne(i, j) or ge(k, 3), is a condition on the indices: hypotheses
that name all of its indices are for those only, and so is the conclusion.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sympy import Expr, Symbol, oo

from verifier.derive.kernel.everywhere import Law
from verifier.derive.kernel.reader import Reader
from verifier.exact.families import Entry
from verifier.exact.fields import Partial
from verifier.exact.quantifiers import (
    bare_symbols_in,
    free_indices,
    index_conditions,
    members_in,
)
from verifier.exact.statements import Relation, ge
from verifier.exact.substitution import scalars_in, substitute

MOST = 60  # places at which one law is written out


def with_laws(
    given: Sequence[Relation], facts: Sequence[Relation], statement: Any
) -> tuple[Relation, ...]:
    """Hypotheses and facts with their laws, and these written out where the statement needs them.

    A fact was shown where all conditions hold, so that it is a law under all of them.
    """
    relations = (*given, *facts)
    conditions = index_conditions([*relations, statement])
    indices = _all_indices((*relations, statement))
    laws = [
        law
        for relation in relations
        for law in _law(relation, conditions, indices, shown=relation not in given)
    ]
    places = _places((*relations, statement))
    check = Reader(conditions)
    written = {
        law.at(place): None
        for law in laws
        for place in itertools.islice(_tuples(law, places), MOST)
        if _allowed(check, law, place, conditions)
    }
    extra = _solved([relation for relation in written if relation not in relations], given)
    return (*relations, *_inside(statement), *extra, *laws)


def _solved(written: Sequence[Relation], given: Iterable[Relation]) -> Iterator[Relation]:
    """Recurrences that give a member by earlier ones, these put in from the first on."""
    values = {r.lhs: r.rhs for r in given if _gives_member(r) and not r.rhs.has(Entry)}
    for relation in sorted(written, key=lambda r: (_place(r), str(r))):
        if not _gives_member(relation):
            yield relation
            continue
        value = relation.rhs.xreplace(values)
        values.setdefault(relation.lhs, value)
        yield Relation("==", relation.lhs, value)


def _gives_member(relation: Relation) -> bool:
    known = relation.op == "==" and isinstance(relation.lhs, Entry)
    return known and not relation.rhs.has(relation.lhs)


def _place(relation: Relation) -> int:
    if not isinstance(relation.lhs, Entry):
        return 0
    step = relation.lhs.index.as_coeff_Add()[0]
    return int(step) if step.is_Integer else 0


def _all_indices(things: Iterable[Any]) -> dict[Symbol, frozenset[Expr]]:
    found: dict[Symbol, frozenset[Expr]] = {}
    for thing in things:
        for symbol, sizes in free_indices(thing).items():
            found[symbol] = found.get(symbol, frozenset()) | sizes
    return found


def _law(
    relation: Relation,
    conditions: Sequence[Relation],
    indices: Mapping[Symbol, frozenset[Expr]],
    *,
    shown: bool,
) -> Iterator[Law]:
    """Nothing for a relation without members, or one in which an index is a size or direction."""
    own = free_indices(relation)
    sizes = {symbol for entry in members_in(relation) for symbol in entry.size.free_symbols}
    if not own or sizes & own.keys() or any(e.has(Partial) for e in scalars_in(relation)):
        return
    named = [(condition, bare_symbols_in(condition) & indices.keys()) for condition in conditions]
    if shown:
        own |= {symbol: indices[symbol] for _, names in named for symbol in names}
    restricting = tuple(condition for condition, names in named if names <= own.keys())
    ordered = tuple(sorted(own.items(), key=lambda item: str(item[0])))
    yield Law(relation.op, relation.lhs, relation.rhs, ordered, restricting)


def _places(things: Iterable[Any]) -> dict[Expr, frozenset[Expr]]:
    """Every index at which members are named, with the sizes of their families."""
    found: dict[Expr, frozenset[Expr]] = {}
    for thing in things:
        for entry in members_in(thing):
            found[entry.index] = found.get(entry.index, frozenset()) | {entry.size, oo}
    return found


def _tuples(law: Law, places: Mapping[Expr, frozenset[Expr]]) -> Iterator[dict[Symbol, Expr]]:
    """Choices of places for the indices of a law, in families of the same sizes."""
    choices = []
    for symbol, needed in law.indices:
        fitting = {place: None for place, sizes in places.items() if needed <= sizes}
        if needed == {oo}:
            steps = {e.index - symbol for e in members_in(law) if symbol in e.index.free_symbols}
            steps = {step for step in steps if step.is_Integer}
            fitting |= {place - step: None for place in fitting for step in steps}
        choices.append(list(fitting))
    for chosen in itertools.product(*choices):
        yield dict(zip((symbol for symbol, _ in law.indices), chosen, strict=True))


def _allowed(
    check: Reader, law: Law, place: Mapping[Symbol, Expr], conditions: Sequence[Relation]
) -> bool:
    """Whether every place is at least 1 and the conditions hold there."""
    needed = [ge(value, 1) for value in place.values()]
    needed += [substitute(condition, place) for condition in law.conditions]
    return all(r in conditions or check.shows(r) for r in needed)


def _inside(statement: Any) -> Iterator[Relation]:
    """i <= n for an index that also stands for a number in the statement."""
    bare = bare_symbols_in(statement)
    for index, sizes in free_indices(statement).items():
        if index in bare:
            yield from (Relation("<=", index, size) for size in sizes if size != oo)
