"""**Small models**: finite structures in which given first-order statements hold.

Statements are expanded over at most k elements of each sort, which is a propositional question; k
is raised until there is a model, whose sorts are then made smaller one by one. A model is only a
proposal: it is decided like any other instance.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise, product
from typing import Any

from verifier.errors import UnsupportedError, VerifierError
from verifier.exact.logic import Sort, Term
from verifier.exact.propositional import Assignment, solve
from verifier.exact.statements import Not, Relation, Statement, negation
from verifier.exact.statements.logic import And, Exists, ForAll, Holds, Implies, Or
from verifier.exact.structures import Symbol, Table, Vocabulary, vocabulary
from verifier.exact.substitution import substitute
from verifier.falsify.instances.instance import Instance, Value

LARGEST = 5
CLAUSES = 6_000
CONFLICTS = 3_000
Env = Mapping[str, int]


def small_models(
    statements: Sequence[Statement], words: Vocabulary, *, largest: int = LARGEST
) -> Iterator[dict[str, Value]]:
    """At most one model of the statements, with as few elements as it takes."""
    statements = [_with_constants(s, f"!{n}") for n, s in enumerate(statements)]
    for size in range(1, largest + 1):
        sizes = {sort.name: size for sort in words.open_sorts}
        try:
            found = _model(statements, words, sizes, {})
        except UnsupportedError:
            continue
        if found is not None:
            yield _smallest(statements, words, found)
            return
        if not sizes:
            return


def _with_constants(statement: Statement, name: str) -> Statement:
    """With a constant for each individual that there is to be, so that it can be taken in turn."""
    match statement:
        case Not(statement=ForAll() as general):
            return _with_constants(negation(_at_constant(general, name)), f"{name}!")
        case Exists():
            return _with_constants(_at_constant(statement, name), f"{name}!")
    return statement


def _at_constant(quantified: ForAll | Exists, name: str) -> Statement:
    constant = Term(name, quantified.variable.sort)
    body: Statement = substitute(quantified.body, {quantified.variable: constant})
    return body


def holds_in_tables(statement: Statement, instance: Instance) -> bool:
    """Whether a first-order statement holds at an instance, by its expansion there."""
    words = vocabulary([statement])
    encoder = _Encoder(words, {s.name: _count(instance, s) for s in words.open_sorts})
    encoder.structure({})
    for sort in words.open_sorts:
        encoder.require(encoder.is_present(sort, len(encoder.elements(sort))))
    for symbol in words.symbols:
        encoder.fix(symbol, instance[symbol.name])
    letter = encoder.statement(statement, {})
    open_ways = [w for w in (1, -1) if _has_model([*encoder.clauses, (w * letter,)])]
    if len(open_ways) != 1:
        raise VerifierError(f"The expansion of {statement} in tables is not one way: {open_ways}.")
    return open_ways == [1]


def _has_model(clauses: Sequence[tuple[int, ...]]) -> bool:
    return isinstance(solve(clauses), Assignment)


def _smallest(
    statements: Sequence[Statement], words: Vocabulary, found: dict[str, Value]
) -> dict[str, Value]:
    """The model after taking elements away, from one sort after the other."""
    for sort in words.open_sorts:
        while (size := _count(found, sort)) > 1:
            most = {s.name: _count(found, s) for s in words.open_sorts}
            try:
                smaller = _model(statements, words, most, {sort.name: size - 1})
            except UnsupportedError:
                break
            if smaller is None:
                break
            found = smaller
    return found


def _count(model: Instance, sort: Sort) -> int:
    size = model[sort.name]
    if not isinstance(size, int):
        raise UnsupportedError(f"instance: the size of `{sort.name}` is {size!r}.")
    return size


def _model(
    statements: Sequence[Statement],
    words: Vocabulary,
    sizes: Mapping[str, int],
    fewer: Mapping[str, int],
) -> dict[str, Value] | None:
    """A model with at most so many elements in each sort, or None."""
    more = vocabulary(statements).symbols
    symbols = {symbol.name: symbol for symbol in (*words.symbols, *more)}
    encoder = _Encoder(replace(words, symbols=tuple(symbols.values())), {**sizes})
    encoder.structure(fewer)
    encoder.name_in_turn()
    for statement in statements:
        encoder.require(encoder.statement(statement, {}))
    found = solve(encoder.clauses, conflicts=CONFLICTS)
    if not isinstance(found, Assignment):
        return None
    known = encoder.decoded(found.true)
    return {name: value for name, value in known.items() if name in words.names}


@dataclass
class _Encoder:
    """Clauses for what holds in a structure with at most `sizes` elements."""

    words: Vocabulary
    sizes: dict[str, int]
    count: int = 0
    clauses: list[tuple[int, ...]] = field(default_factory=list)
    cells: dict[tuple[str, tuple[int, ...]], list[int]] = field(default_factory=dict)
    present: dict[tuple[str, int], int] = field(default_factory=dict)
    made: dict[Any, Any] = field(default_factory=dict)

    def structure(self, fewer: Mapping[str, int]) -> None:
        """Tables with one value in each cell, of elements that are there."""
        for sort in self.words.open_sorts:
            letters = [self.letter() for _ in self.elements(sort)]
            self.present |= {(sort.name, n): x for n, x in enumerate(letters, start=1)}
            self.require(letters[0])
            for earlier, later in pairwise(letters):
                self.require(-later, earlier)
            if fewer.get(sort.name, len(letters)) < len(letters):
                self.require(-letters[fewer[sort.name]])
        for symbol in self.words.symbols:
            for args in product(*map(self.elements, symbol.domain)):
                self._cell(symbol, args)

    def name_in_turn(self) -> None:
        """Constants take the elements of a sort without an order in turn, up to isomorphism."""
        for sort in self.words.open_sorts:
            named = [s for s in self.words.symbols if s.to == sort and not s.domain]
            for n, symbol in enumerate(named if not sort.ordered else ()):
                for later in self.cells[symbol.name, ()][n + 1 :]:
                    self.require(-later)

    def _cell(self, symbol: Symbol, args: tuple[int, ...]) -> None:
        if symbol.to is None:
            self.cells[symbol.name, args] = [self.letter()]
            return
        values = [self.letter() for _ in self.elements(symbol.to)]
        self.cells[symbol.name, args] = values
        self.one_of(values)
        pairs = zip(symbol.domain, args, strict=True)
        absent = [-x for x in (self.is_present(sort, n) for sort, n in pairs) if x]
        for n, value in enumerate(values, start=1):
            there = self.is_present(symbol.to, n)
            if there:
                self.require(*absent, -value, there)

    def elements(self, sort: Sort) -> range:
        return range(1, (len(sort.elements) or self.sizes[sort.name]) + 1)

    def is_present(self, sort: Sort, element: int) -> int:
        """The letter that says so, 0 when the element is always there."""
        return self.present.get((sort.name, element), 0)

    def letter(self) -> int:
        self.count += 1
        return self.count

    def require(self, *clause: int) -> None:
        self.clauses.append(clause)
        if len(self.clauses) > CLAUSES:
            raise UnsupportedError(f"a model takes more than {CLAUSES} clauses.")

    def one_of(self, letters: Sequence[int]) -> None:
        self.require(*letters)
        for n, left in enumerate(letters):
            for right in letters[n + 1 :]:
                self.require(-left, -right)

    def every(self, parts: Iterable[int]) -> int:
        """A letter for a conjunction."""
        parts = tuple(parts)
        if len(parts) == 1:
            return parts[0]
        if ("and", parts) not in self.made:
            whole = self.made["and", parts] = self.letter()
            for part in parts:
                self.require(-whole, part)
            self.require(whole, *(-part for part in parts))
        made: int = self.made["and", parts]
        return made

    def some(self, parts: Iterable[int]) -> int:
        return -self.every(-part for part in parts)

    def statement(self, thing: Statement, env: Env) -> int:
        """The letter of a statement at elements."""
        match thing:
            case Holds():
                return self._holds(thing, env)
            case Relation(lhs=Term()):
                return self._related(thing, env)
            case Not():
                return -self.statement(thing.statement, env)
            case And():
                return self.every(self.statement(part, env) for part in thing.statements)
            case Or():
                return self.some(self.statement(part, env) for part in thing.statements)
            case Implies():
                premise = self.statement(thing.premise, env)
                return self.some((-premise, self.statement(thing.conclusion, env)))
            case ForAll() | Exists():
                return self._quantified(thing, env)
        raise UnsupportedError(f"{thing} is not first-order.")

    def _quantified(self, thing: ForAll | Exists, env: Env) -> int:
        sort, name = thing.variable.sort, thing.variable.name
        parts = []
        for n in self.elements(sort):
            there = self.is_present(sort, n)
            body = self.statement(thing.body, {**env, name: n})
            if isinstance(thing, ForAll):
                parts.append(self.some((-there, body)) if there else body)
            else:
                parts.append(self.every((there, body)) if there else body)
        return self.every(parts) if isinstance(thing, ForAll) else self.some(parts)

    def _holds(self, thing: Holds, env: Env) -> int:
        args = [self.term(arg, env) for arg in thing.args]
        whole = []
        for places in product(*(range(1, len(arg) + 1) for arg in args)):
            at = [arg[n - 1] for arg, n in zip(args, places, strict=True)]
            whole.append(self.every((*at, self.cells[thing.name, places][0])))
        return self.some(whole)

    def _related(self, thing: Relation, env: Env) -> int:
        left, right = self.term(thing.lhs, env), self.term(thing.rhs, env)
        compare = {"==": "__eq__", "!=": "__ne__", "<": "__lt__", "<=": "__le__"}
        compare |= {">": "__gt__", ">=": "__ge__"}
        return self.some(
            self.every((x, y))
            for n, x in enumerate(left)
            for m, y in enumerate(right)
            if getattr(n, compare[thing.op])(m)
        )

    def term(self, thing: Term, env: Env) -> list[int]:
        """The letters that say which element a term is, exactly one of them true."""
        fixed = None
        if thing.is_element:
            fixed = thing.sort.elements.index(thing.name) + 1
        elif not thing.args and thing.name in env:
            fixed = env[thing.name]
        if fixed is not None:
            return [self.true if n == fixed else -self.true for n in self.elements(thing.sort)]
        args = [self.term(arg, env) for arg in thing.args]
        if not args:
            return self.cells[thing.name, ()]
        values = self.elements(thing.sort)
        found: list[list[int]] = [[] for _ in values]
        for places in product(*(range(1, len(arg) + 1) for arg in args)):
            at = [arg[n - 1] for arg, n in zip(args, places, strict=True)]
            if -self.true in at:
                continue
            for n, cell in enumerate(self.cells[thing.name, places]):
                found[n].append(self.every((*(x for x in at if x != self.true), cell)))
        return [self.some(parts) for parts in found]

    @property
    def true(self) -> int:
        if "true" not in self.made:
            self.made["true"] = self.letter()
            self.require(self.made["true"])
        made: int = self.made["true"]
        return made

    def fix(self, symbol: Symbol, table: Value) -> None:
        """Cells with the values of a table."""
        if not isinstance(table, Table):
            raise UnsupportedError(f"instance: `{symbol.name}` is {table!r}, expected a table.")
        for args in product(*map(self.elements, symbol.domain)):
            cell, value = self.cells[symbol.name, args], table.at(args)
            if symbol.to is None:
                self.require(cell[0] if value else -cell[0])
            else:
                self.require(cell[value - 1])

    def decoded(self, true: frozenset[int]) -> dict[str, Value]:
        """Sizes and tables from the letters that are true."""
        kept = {
            sort.name: sum(self.is_present(sort, n) in true for n in self.elements(sort))
            for sort in self.words.open_sorts
        }
        found: dict[str, Value] = dict(kept)
        for symbol in self.words.symbols:
            sizes = symbol.table_sizes(kept)
            cells = (
                self.cells[symbol.name, args]
                for args in product(*(range(1, size + 1) for size in sizes))
            )
            if symbol.to is None:
                values = tuple(int(cell[0] in true) for cell in cells)
            else:
                values = tuple(1 + [x in true for x in cell].index(True) for cell in cells)
            found[symbol.name] = Table(sizes, values)
        return found
