"""**Equality and order** of ground terms, as clauses.

For a sort whose elements are not known: equality is an equivalence that mappings and predicates
respect, and an order is linear. For an enumerated sort every term is exactly one of the elements,
and a mapping or predicate has one value for each choice of elements.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, permutations, product
from typing import Any

from verifier.derive.kernel.logic.clauses import Ground
from verifier.derive.kernel.logic.universal import LETTER, Atom
from verifier.errors import UnsupportedError
from verifier.exact.logic import Sort, Term
from verifier.exact.propositional import Clause

UNKNOWN_TERMS = 48
ALL_TERMS = 3000
_BUILT_IN = ("=", "<=", LETTER)


def elements(sort: Sort) -> list[Term]:
    return [Term(name, sort) for name in sort.elements]


def add_axioms(ground: Ground, terms: Iterable[Term]) -> None:
    """What equality, orders and enumerated sorts say of `terms`, where anything asks for it.

    Raises:
        UnsupportedError: there are too many terms.
    """
    known = dict.fromkeys(terms)
    for term in list(known):
        known |= dict.fromkeys(_at_elements(term))
    if len(known) > ALL_TERMS:
        raise UnsupportedError(f"more than {ALL_TERMS} terms are needed.")
    by_sort: dict[Sort, list[Term]] = {}
    for term in known:
        by_sort.setdefault(term.sort, []).append(term)
    tracked = _tracked(ground, by_sort)
    ground.clauses += _congruences(ground, list(known), tracked)
    for sort in tracked:
        each = by_sort[sort]
        if sort.elements:
            ground.clauses += _one_element(ground, sort, each)
        elif len(each) > UNKNOWN_TERMS:
            raise UnsupportedError(f"more than {UNKNOWN_TERMS} terms of one sort are needed.")
        else:
            ground.clauses += _equivalence(ground, each)
            ground.clauses += _linear(ground, each) if sort.ordered else ()
    ground.clauses += _between_elements(ground)


def _at_elements(thing: Term | Atom) -> list[Any]:
    """f(e, ...) for a mapping f on enumerated sorts, at all their elements; or a predicate."""
    if not thing.args or not all(arg.sort.elements for arg in thing.args):
        return []
    choices = product(*(elements(arg.sort) for arg in thing.args))
    if isinstance(thing, Atom):
        return [Atom(thing.kind, args) for args in choices]
    return [Term(thing.name, thing.sort, args) for args in choices]


def _tracked(ground: Ground, by_sort: dict[Sort, list[Term]]) -> list[Sort]:
    """Sorts in which two terms may be asked to be equal, and those that depend on them."""
    asked = {atom.args[0].sort for atom in ground.atoms if atom.kind == "="}
    found = [s for s in by_sort if s in asked or s.elements or s.ordered]
    while True:
        more = [
            sort
            for sort, terms in by_sort.items()
            if sort not in found and any(a.sort in found for t in terms for a in t.args)
        ]
        if not more:
            return found
        found += more


def _equivalence(ground: Ground, each: Sequence[Term]) -> Iterator[Clause]:
    for term in each:
        yield (ground.same(term, term),)
    for s, t, u in combinations(each, 3):
        for x, y, z in ((s, t, u), (t, u, s), (u, s, t)):
            yield (-ground.same(x, y), -ground.same(y, z), ground.same(x, z))


def _linear(ground: Ground, each: Sequence[Term]) -> Iterator[Clause]:
    below, same = ground.below, ground.same
    for term in each:
        yield (below(term, term),)
    for s, t in combinations(each, 2):
        yield (below(s, t), below(t, s))
        yield (-below(s, t), -below(t, s), same(s, t))
        yield (-same(s, t), below(s, t))
        yield (-same(s, t), below(t, s))
    for s, t, u in permutations(each, 3):
        yield (-below(s, t), -below(t, u), below(s, u))


def _one_element(ground: Ground, sort: Sort, each: Iterable[Term]) -> Iterator[Clause]:
    values = elements(sort)
    for e in values:
        yield (ground.same(e, e),)
    for term in each:
        yield tuple(ground.same(term, e) for e in values)
        for e, f in combinations(values, 2):
            yield (-ground.same(term, e), -ground.same(term, f))


def _between_elements(ground: Ground) -> Iterator[Clause]:
    """s = t and s <= t for terms of enumerated sorts, by the elements that they are."""
    for atom in ground.atoms:
        if atom.kind not in ("=", "<=") or not atom.args[0].sort.elements:
            continue
        s, t = atom.args
        holds = ground.literal(atom)
        for (n, e), (m, f) in product(enumerate(elements(s.sort)), repeat=2):
            true = n == m if atom.kind == "=" else n <= m
            yield (-ground.same(s, e), -ground.same(t, f), holds if true else -holds)


def _congruences(ground: Ground, terms: Sequence[Term], tracked: Sequence[Sort]) -> list[Clause]:
    """f(a) = f(b) where a = b, and a predicate holds of b where it holds of a."""
    groups: dict[Any, list[Any]] = {}
    things: list[Any] = [*terms, *(a for a in ground.atoms if a.kind not in _BUILT_IN)]
    for thing in things:
        if any(arg.sort in tracked for arg in thing.args):
            head = thing.name if isinstance(thing, Term) else thing.kind
            groups.setdefault((type(thing), head), []).append(thing)
    found: list[Clause] = []
    for group in groups.values():
        pairs: Iterable[tuple[Any, Any]] = combinations(group, 2)
        if all(arg.sort.elements for arg in group[0].args):
            pairs = product(group, _at_elements(group[0]))
        for left, right in pairs:
            if left != right and _may_agree(left, right):
                found += _agreement(ground, left, right)
    return found


def _may_agree(left: Term | Atom, right: Term | Atom) -> bool:
    """Whether no argument is one element here and another there."""
    return not any(
        a != b and a.is_element and b.is_element for a, b in zip(left.args, right.args, strict=True)
    )


def _agreement(ground: Ground, left: Any, right: Any) -> Iterator[Clause]:
    unlike = [(a, b) for a, b in zip(left.args, right.args, strict=True) if a != b]
    given = tuple(-ground.same(a, b) for a, b in unlike)
    if isinstance(left, Term):
        yield (*given, ground.same(left, right))
        return
    holds, also = ground.literal(left), ground.literal(right)
    yield (*given, -holds, also)
    yield (*given, holds, -also)
