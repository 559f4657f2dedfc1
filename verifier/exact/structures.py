"""**Finite structures**: tables for sorts, mappings and predicates, and what they satisfy (Tarski).

The elements of a sort are 1, ..., n; an ordered sort is ordered like these numbers, and an
enumerated sort has its elements in the order in which it names them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import prod
from typing import Any

from verifier.errors import StatementError, UnsupportedError
from verifier.exact.compound import parts_of
from verifier.exact.logic import Sort, Term
from verifier.exact.statements.base import Not, Statement
from verifier.exact.statements.logic import And, Exists, ForAll, Holds, Implies, Or
from verifier.exact.statements.relation import Relation

_COMPARE = {
    "==": lambda x, y: x == y,
    "!=": lambda x, y: x != y,
    "<": lambda x, y: x < y,
    "<=": lambda x, y: x <= y,
    ">": lambda x, y: x > y,
    ">=": lambda x, y: x >= y,
}
Env = Mapping[str, int]


@dataclass(frozen=True)
class Table:
    """A mapping or predicate on elements 1..n of its arguments' sorts, the last argument fastest.

    `values` are elements, and 0 or 1 for a predicate. A constant has no sizes and one value.
    """

    sizes: tuple[int, ...]
    values: tuple[int, ...]

    def __post_init__(self) -> None:
        if min(self.sizes, default=1) < 1 or len(self.values) != prod(self.sizes):
            raise StatementError(f"A table of sizes {self.sizes} has {prod(self.sizes)} values.")

    def __str__(self) -> str:
        if not self.sizes:
            return str(self.values[0])
        width = self.sizes[-1]
        lines = [self.values[n : n + width] for n in range(0, len(self.values), width)]
        if len(self.sizes) == 1:
            return f"({', '.join(map(str, lines[0]))})"
        return f"[{'; '.join(' '.join(map(str, line)) for line in lines)}]"

    def at(self, args: Iterable[int]) -> int:
        place = 0
        for size, arg in zip(self.sizes, args, strict=True):
            place = place * size + arg - 1
        return self.values[place]


@dataclass(frozen=True)
class Symbol:
    """A mapping, constant or predicate of a vocabulary; a predicate has no sort `to`."""

    name: str
    domain: tuple[Sort, ...]
    to: Sort | None

    def table_sizes(self, sizes: Mapping[str, int]) -> tuple[int, ...]:
        return tuple(size_of(sort, sizes) for sort in self.domain)

    def choices(self, sizes: Mapping[str, int]) -> int:
        """How many values each entry of its table may have."""
        return 2 if self.to is None else size_of(self.to, sizes)


@dataclass(frozen=True)
class Vocabulary:
    """What first-order statements are about, sorted by name; enumerated sorts are listed too."""

    sorts: tuple[Sort, ...] = ()
    symbols: tuple[Symbol, ...] = ()

    @property
    def open_sorts(self) -> tuple[Sort, ...]:
        """The sorts whose size is not given."""
        return tuple(sort for sort in self.sorts if not sort.elements)

    @property
    def names(self) -> frozenset[str]:
        """What an instance gives a value: sorts of open size, and symbols."""
        sorts = {sort.name for sort in self.open_sorts}
        return frozenset(sorts | {symbol.name for symbol in self.symbols})

    def structures(self, sizes: Mapping[str, int]) -> int:
        """How many structures there are with these sizes."""
        return prod(s.choices(sizes) ** prod(s.table_sizes(sizes)) for s in self.symbols)


@dataclass(frozen=True)
class Structure:
    """A size for each sort that is not enumerated, and a table for each symbol."""

    sizes: Mapping[str, int]
    tables: Mapping[str, Table] = field(default_factory=dict)


def size_of(sort: Sort, sizes: Mapping[str, int]) -> int:
    return len(sort.elements) or sizes[sort.name]


def is_first_order(thing: Any) -> bool:
    """Whether a statement is made of predicates, terms, connectives and quantifiers over sorts."""
    match thing:
        case Holds():
            return True
        case Relation():
            return isinstance(thing.lhs, Term)
        case Not() | And() | Or() | Implies():
            return all(is_first_order(part) for part in thing.parts())
        case ForAll() | Exists():
            return isinstance(thing.variable, Term) and is_first_order(thing.body)
    return False


def vocabulary(statements: Iterable[Statement]) -> Vocabulary:
    """The sorts and free symbols that occur in statements.

    Raises:
        UnsupportedError: two sorts or two symbols share a name.
    """
    sorts: dict[str, Sort] = {}
    symbols: dict[str, Symbol] = {}

    def note(table: dict[str, Any], thing: Any) -> None:
        if table.setdefault(thing.name, thing) != thing:
            raise UnsupportedError(f"Two things are called `{thing.name}`: rename one of them.")

    def term(thing: Term, bound: frozenset[str]) -> None:
        note(sorts, thing.sort)
        if not thing.is_element and (thing.args or thing.name not in bound):
            note(symbols, Symbol(thing.name, tuple(a.sort for a in thing.args), thing.sort))
        for arg in thing.args:
            term(arg, bound)

    def visit(thing: Any, bound: frozenset[str]) -> None:
        match thing:
            case Term():
                term(thing, bound)
                return
            case Holds():
                note(symbols, Symbol(thing.name, tuple(a.sort for a in thing.args), None))
            case ForAll() | Exists() if isinstance(thing.variable, Term):
                note(sorts, thing.variable.sort)
                bound = bound | {thing.variable.name}
        for part in parts_of(thing):
            visit(part, bound)

    for statement in statements:
        visit(statement, frozenset())
    for name in sorts.keys() & symbols.keys():
        raise UnsupportedError(f"A sort and a symbol are called `{name}`: rename one of them.")
    by_name = lambda table: tuple(table[name] for name in sorted(table))  # noqa: E731
    return Vocabulary(by_name(sorts), by_name(symbols))


def satisfied(statement: Statement, structure: Structure, env: Env | None = None) -> bool:
    """Whether a first-order statement holds in a structure, with bound variables as in `env`."""
    env = env or {}
    match statement:
        case Holds():
            args = (element(arg, structure, env) for arg in statement.args)
            return structure.tables[statement.name].at(args) == 1
        case Relation(lhs=Term()):
            sides = (element(side, structure, env) for side in (statement.lhs, statement.rhs))
            return bool(_COMPARE[statement.op](*sides))
        case Not():
            return not satisfied(statement.statement, structure, env)
        case And():
            return all(satisfied(part, structure, env) for part in statement.statements)
        case Or():
            return any(satisfied(part, structure, env) for part in statement.statements)
        case Implies():
            premise = satisfied(statement.premise, structure, env)
            return not premise or satisfied(statement.conclusion, structure, env)
        case ForAll() | Exists():
            name, sort = statement.variable.name, statement.variable.sort
            each = (
                satisfied(statement.body, structure, {**env, name: n})
                for n in range(1, size_of(sort, structure.sizes) + 1)
            )
            return all(each) if isinstance(statement, ForAll) else any(each)
    raise UnsupportedError(f"{statement} is not first-order.")


def element(term: Term, structure: Structure, env: Env) -> int:
    """The element that a term stands for."""
    if term.is_element:
        return term.sort.elements.index(term.name) + 1
    if not term.args and term.name in env:
        return env[term.name]
    return structure.tables[term.name].at(element(arg, structure, env) for arg in term.args)
