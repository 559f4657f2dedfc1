"""**Quantified hypotheses**: a relation with a free index holds for every value of it.

In a hypothesis an index runs through the families whose members it names. In a conclusion it runs
through all that it names anywhere in the claim; the conclusion is shown for an index of which no
more is known, and so for all. A hypothesis in indices and sizes alone, such as ne(i, j) or
ge(k, 3), is a condition on the indices: hypotheses that name all of its indices are for those only,
and so is the conclusion.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sympy import Expr, Integer, Symbol, oo

from verifier.derive.kernel.field.reader import Reader
from verifier.derive.kernel.sums.everywhere import Instance, Law
from verifier.exact.conditions import is_condition
from verifier.exact.families import Entry
from verifier.exact.fields import Partial
from verifier.exact.quantifiers import bare_symbols_in, free_indices, members_in
from verifier.exact.statements import Relation, ge
from verifier.exact.substitution import names_in, scalars_in, substitute
from verifier.exact.sums import LETTERS

if TYPE_CHECKING:
    from verifier.derive.context import Context

MOST = 60  # places at which one law is written out
FURTHEST = 20  # member of a sequence that a recurrence is followed to
Indices = Mapping[Symbol, frozenset[Expr]]


def with_laws(
    given: Sequence[Any], facts: Sequence[Relation], statement: Any, claimed: Sequence[Any]
) -> tuple[Relation, ...]:
    """Hypotheses and facts with their laws, and these written out where the statement needs them.

    `claimed` are the conclusions. A fact was shown where all conditions hold, so that it is a law
    under all of them, over every whole number that no other hypothesis is about.
    """
    relations = [thing for thing in given if isinstance(thing, Relation)]
    facts = [fact for fact in facts if fact not in relations]
    whole = {s: NO_SIZE for fact in facts for s in bare_symbols_in(fact) if s.is_integer}
    ranges = _joined(free_indices(thing) for thing in (*relations, *claimed))
    names = {s for thing in (*relations, *facts, statement) for s in free_indices(thing)}
    conditions = [r for r in relations if is_condition(r, names | ranges.keys() | whole.keys())]
    held = {name for thing in given if thing not in conditions for name in _held_by(thing)}
    laws = [*_hypotheses(relations, conditions, ranges)]
    for fact in facts:
        own = _joined([dict.fromkeys(bare_symbols_in(fact) & whole.keys(), NO_SIZE),
                       free_indices(fact)])  # fmt: skip
        free = {s: sizes for s, sizes in own.items() if str(s) not in held}
        laws += _fact(fact, free, conditions, ranges)
    here = _joined([ranges, free_indices(statement)])
    plain = [r for r in facts if _is_in_range(r, statement, here)]
    return renewed((*relations, *plain), laws, (statement,), ranges=here)


NO_SIZE = frozenset({oo})


def _joined(tables: Iterable[Indices]) -> dict[Symbol, frozenset[Expr]]:
    found: dict[Symbol, frozenset[Expr]] = {}
    for table in tables:
        for symbol, sizes in table.items():
            found[symbol] = found.get(symbol, frozenset()) | sizes
    return found


def _is_in_range(fact: Relation, statement: Any, here: Indices) -> bool:
    """Whether the indices of the statement run only where the fact was shown."""
    named = names_in(statement)
    return all(
        str(symbol) not in named or sizes <= here.get(symbol, NO_SIZE) | NO_SIZE
        for symbol, sizes in free_indices(fact).items()
    )


def _held_by(thing: Any) -> set[str]:
    """Names of which a hypothesis speaks as they are, not for every value."""
    own = free_indices(thing) if isinstance(thing, Relation) else {}
    moving = set(map(str, own)) if own and _can_move(thing, own) else set()
    return set(names_in(thing)) - moving


def _hypotheses(
    given: Iterable[Relation], conditions: Sequence[Relation], indices: Indices
) -> Iterator[Law]:
    """A law over the indices of its members, under the conditions on these alone."""
    for relation in given:
        own = free_indices(relation)
        if own and _can_move(relation, own):
            narrow = [c for c in conditions if bare_symbols_in(c) & indices.keys() <= own.keys()]
            yield _law(relation, own, narrow)


def _fact(
    fact: Relation, free: Indices, conditions: Sequence[Relation], ranges: Indices
) -> Iterator[Law]:
    """A law over all its indices, in all families that they name, and under every condition."""
    if not free or not _can_move(fact, free):
        return
    others = {s: NO_SIZE for c in conditions for s in bare_symbols_in(c) & ranges.keys()}
    own = _joined([free, {s: ranges.get(s, NO_SIZE) for s in (*free, *others)}])
    yield _law(fact, own, conditions)


def _can_move(relation: Relation, own: Indices) -> bool:
    """No index is a size of a family, or the direction of a derivative."""
    sizes = {symbol for entry in members_in(relation) for symbol in entry.size.free_symbols}
    return not sizes & own.keys() and not any(e.has(Partial) for e in scalars_in(relation))


def _law(relation: Relation, own: Indices, conditions: Sequence[Relation]) -> Law:
    ordered = tuple(sorted(own.items(), key=lambda item: str(item[0])))
    return Law(relation.op, relation.lhs, relation.rhs, ordered, tuple(conditions))


def renewed(
    plain: Sequence[Relation],
    laws: Sequence[Law],
    things: Sequence[Any],
    *,
    places: Iterable[Expr] = (),
    ranges: Indices | None = None,
) -> tuple[Relation, ...]:
    """The relations with their laws, written out at the indices in `things` and at `places`.

    `ranges` are sizes below which indices stay, besides those of the families they name.
    """
    inside = [r for thing in things for r in _inside(thing)]
    if not laws:
        return (*plain, *inside)
    conditions = [r for r in plain if not members_in(r) and _is_whole(r)]
    met = dict.fromkeys(places, NO_SIZE) | _places(plain, things)
    met |= {s: sizes | NO_SIZE for s, sizes in (ranges or {}).items()}
    check = Reader(conditions)
    written = {
        law.at(place): None
        for law in laws
        for place in itertools.islice(_tuples(law, met), MOST)
        if _allowed(check, law, place, conditions)
    }
    known = {(r.op, r.lhs, r.rhs) for r in plain}
    extra = _solved([r for r in written if (r.op, r.lhs, r.rhs) not in known], plain)
    return (*plain, *inside, *extra, *laws)


def split(relations: Iterable[Relation]) -> tuple[list[Relation], list[Law]]:
    """What was given as it is, and the laws, which say anew what they say at each place."""
    relations = list(relations)
    laws = [relation for relation in relations if isinstance(relation, Law)]
    return [relation for relation in relations if not isinstance(relation, (Law, Instance))], laws


def looking_at(context: Context, thing: Any, *extra: Relation) -> Context:
    """The context with `extra` hypotheses, laws written out at the indices of `thing`."""
    plain, laws = split(context.hypotheses)
    return replace(context, hypotheses=renewed((*plain, *extra), laws, (thing,)))


def fresh_index(things: Iterable[Any]) -> Symbol:
    """An index that none of the things name."""
    taken = frozenset().union(*(names_in(thing) for thing in things))
    names = itertools.chain(LETTERS, (f"index{k}" for k in itertools.count(1)))
    name = next(name for name in names if name not in taken)
    return Symbol(name, integer=True, positive=True)


def _is_whole(relation: Relation) -> bool:
    scalar = isinstance(relation.lhs, Expr) and isinstance(relation.rhs, Expr)
    return scalar and all(
        s.is_integer for s in relation.lhs.free_symbols | relation.rhs.free_symbols
    )


def _solved(written: Sequence[Instance], given: Iterable[Relation]) -> Iterator[Instance]:
    """Recurrences that give a member by earlier ones, these put in from the first on."""
    values = {relation.lhs: relation.rhs for relation in given if _gives_member(relation)}
    for relation in sorted(written, key=lambda r: (_place(r), str(r))):
        if not _gives_member(relation):
            yield relation
            continue
        value = relation.rhs.xreplace(values)
        values.setdefault(relation.lhs, value)
        yield Instance("==", relation.lhs, value)


def _gives_member(relation: Relation) -> bool:
    known = relation.op == "==" and isinstance(relation.lhs, Entry)
    return known and not relation.rhs.has(relation.lhs)


def _place(relation: Relation) -> int:
    if not isinstance(relation.lhs, Entry):
        return 0
    step = relation.lhs.index.as_coeff_Add()[0]
    return int(step) if step.is_Integer else 0


def _places(plain: Iterable[Any], things: Iterable[Any]) -> dict[Expr, frozenset[Expr]]:
    """Indices of members in `things`, with the sizes of their families, and of all sequences."""
    found: dict[Expr, frozenset[Expr]] = {}
    for thing in things:
        for entry in members_in(thing):
            found[entry.index] = found.get(entry.index, NO_SIZE) | {entry.size}
    for thing in plain:
        for entry in members_in(thing):
            if entry.size == oo:
                found.setdefault(entry.index, NO_SIZE)
    return found


def _tuples(law: Law, places: Mapping[Expr, frozenset[Expr]]) -> Iterator[dict[Symbol, Expr]]:
    """Choices of places for the indices of a law, in families of the same sizes."""
    choices = []
    for symbol, needed in law.indices:
        fitting = {place: None for place, sizes in places.items() if needed <= sizes}
        if needed == NO_SIZE:
            last = max((int(place) for place in fitting if place.is_Integer), default=0)
            fitting |= {Integer(place): None for place in range(1, min(last, FURTHEST) + 1)}
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
