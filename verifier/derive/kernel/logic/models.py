"""**Models of given sizes**: whether first-order statements hold together in finite structures.

With sizes, every sort is enumerated, and the ground instances over its elements decide.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product
from typing import Any

from verifier.derive.kernel.logic.equality import elements
from verifier.derive.kernel.logic.instances import Contradiction, contradiction, subterms
from verifier.derive.kernel.logic.universal import Atom, Branch, Formula, Literal, Skolemiser
from verifier.errors import VerifierError
from verifier.exact.logic import Quantified, Sort, Term
from verifier.exact.statements import Statement, negation
from verifier.exact.structures import Structure, Symbol, Table, Vocabulary, satisfied, size_of


def model(
    statements: Sequence[Statement], words: Vocabulary, sizes: Mapping[str, int]
) -> Structure | Contradiction:
    """A structure with these sizes in which all statements hold, or why there is none.

    Raises:
        UnsupportedError: the sizes are too large to decide.
    """
    given = {sort: _enumerated(sort, sizes[sort.name]) for sort in words.open_sorts}
    sorts = [given.get(sort, sort) for sort in words.sorts]
    forms = Skolemiser().forms(_sized(statement, given) for statement in statements)
    found = contradiction(forms, sorts, facts=_in_turn(forms, given.values()))
    if isinstance(found, Contradiction):
        return found
    tables = _Decoder(found.true).tables(words, sizes, given)
    structure = Structure(dict(sizes), tables)
    for statement in statements:
        if not satisfied(statement, structure):
            raise VerifierError(f"A model that was found does not satisfy {statement}.")
    return structure


def _in_turn(forms: Iterable[Formula], sorts: Iterable[Sort]) -> list[Formula]:
    """Constants take the elements of a sort in turn: the n-th is one of the first n.

    Every structure is isomorphic to such a one, since nothing else names the elements, unless they
    have an order.
    """
    found: list[Formula] = []
    constants = [term for term in dict.fromkeys(subterms(forms)) if not term.args]
    for sort in sorts:
        named = [term for term in constants if term.sort == sort and not term.is_element]
        for n, term in enumerate(named if not sort.ordered else (), start=1):
            places = (Literal(Atom("=", (term, element))) for element in elements(sort)[:n])
            found.append(Branch(False, tuple(places)))
    return found


def countermodel(
    given: Sequence[Statement], statement: Statement, words: Vocabulary, sizes: Mapping[str, int]
) -> Structure | Contradiction:
    """A structure in which all of `given` holds and `statement` fails, or why there is none."""
    return model((*given, negation(statement)), words, sizes)


def all_sizes(largest: Mapping[str, int]) -> Iterator[dict[str, int]]:
    """Every choice of sizes from 1 to those, the smallest first."""
    names = sorted(largest)
    choices = product(*(range(1, largest[name] + 1) for name in names))
    for sizes in sorted(choices, key=lambda sizes: (max(sizes, default=0), sum(sizes), sizes)):
        yield dict(zip(names, sizes, strict=True))


def shown(structure: Structure, words: Vocabulary) -> str:
    """The sizes and tables as a reader sees them."""
    sizes = [f"{name} = {{1, ..., {n}}}" for name, n in sorted(structure.sizes.items())]
    tables = [_table(symbol, structure) for symbol in words.symbols]
    return ", ".join((*sizes, *tables))


def _table(symbol: Symbol, structure: Structure) -> str:
    table = structure.tables[symbol.name]
    places = product(*(range(1, size + 1) for size in table.sizes))
    label = lambda place: str(place[0]) if len(place) == 1 else str(place)  # noqa: E731
    if symbol.to is None and not symbol.domain:
        return f"{symbol.name} is {'true' if table.values[0] else 'false'}"
    if symbol.to is None:
        where = [label(place) for place in places if table.at(place)]
        return f"{symbol.name} on {', '.join(where)}" if where else f"{symbol.name} on nothing"
    values = [_name(symbol.to, table.at(place)) for place in places]
    return f"{symbol.name} = {values[0] if not symbol.domain else '(' + ', '.join(values) + ')'}"


def _name(sort: Sort, value: int) -> str:
    return sort.elements[value - 1] if sort.elements else str(value)


def _enumerated(sort: Sort, size: int) -> Sort:
    return replace(sort, elements=tuple(f"#{n}" for n in range(1, size + 1)))


def _sized(thing: Any, given: Mapping[Sort, Sort]) -> Any:
    """A statement or term in the enumerated sorts."""
    if isinstance(thing, Term):
        args = tuple(_sized(arg, given) for arg in thing.args)
        return Term(thing.name, given.get(thing.sort, thing.sort), args)
    if isinstance(thing, Quantified):
        return type(thing)(_sized(thing.variable, given), _sized(thing.body, given))
    return thing.rebuilt(*(_sized(part, given) for part in thing.parts()))


class _Decoder:
    """Reads tables off the atoms that are true; what no instance asks for is 1, or false."""

    def __init__(self, true: Iterable[Atom]) -> None:
        self.value: dict[Term, int] = {}
        self.holds: set[tuple[str, tuple[int, ...]]] = set()
        atoms = list(true)
        for atom in atoms:
            for left, right in (atom.args, atom.args[::-1]) if atom.kind == "=" else ():
                if right.is_element:
                    self.value[left] = right.sort.elements.index(right.name) + 1
        for atom in atoms:
            if atom.kind not in ("=", "<="):
                self.holds.add((atom.kind, tuple(self.value[arg] for arg in atom.args)))

    def tables(
        self, words: Vocabulary, sizes: Mapping[str, int], given: Mapping[Sort, Sort]
    ) -> dict[str, Table]:
        found = {}
        for symbol in words.symbols:
            domain = [elements(given.get(sort, sort)) for sort in symbol.domain]
            values = tuple(self._entry(symbol, args, given) for args in product(*domain))
            found[symbol.name] = Table(tuple(size_of(s, sizes) for s in symbol.domain), values)
        return found

    def _entry(self, symbol: Symbol, args: tuple[Term, ...], given: Mapping[Sort, Sort]) -> int:
        if symbol.to is None:
            places = tuple(arg.sort.elements.index(arg.name) + 1 for arg in args)
            return int((symbol.name, places) in self.holds)
        return self.value.get(Term(symbol.name, given.get(symbol.to, symbol.to), args), 1)
