"""**Written out**: a claim about families and sums at given sizes, as one about single numbers.

At n = 2 the family x is two unknowns x_1, x_2, a sum is its terms, and a hypothesis with a free
index is one relation for each value. A sequence is a window of numbers: recurrences go on beyond it
when they are polynomial, and what no recurrence gives stays constant there.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import sympy
from sympy import Expr, Integer, Symbol, oo

from verifier.claim import Claim, Sample
from verifier.errors import StatementError, UnsupportedError
from verifier.exact.atoms import Atom
from verifier.exact.chains import MarkovChain
from verifier.exact.compound import Compound
from verifier.exact.conditions import is_condition
from verifier.exact.families import Entry, Member
from verifier.exact.quantifiers import bare_symbols_in, free_indices
from verifier.exact.statements import Conserved, Relation, Statement, eq
from verifier.exact.statements.independent import IndependentFamily
from verifier.exact.substitution import (
    bound_symbols,
    compounds_in,
    names_in,
    scalars_in,
    substitute,
)
from verifier.exact.sums import Multiplied, Summed, SumOver, renamed
from verifier.exact.vectors import Inner, Vector
from verifier.falsify.instances.sequences import beyond, check_recurrences

LONGEST = 40  # terms of a sum
WINDOW = 5  # members of a sequence at which a hypothesis is asked
Sizes = Mapping[str, int]
Place = Mapping[Symbol, int]
Indices = Mapping[Symbol, frozenset[Expr]]


@dataclass(frozen=True)
class WrittenOut:
    """`claim` at `sizes`; `places` are the indices at which each of its conclusions is."""

    claim: Claim
    sizes: Sizes
    places: tuple[Mapping[str, int], ...]


def has_families(claim: Claim) -> bool:
    """Whether there is a member of a family, or a sum or product over an index."""
    return any(_needs(statement) for _, statement in (*claim.hypotheses, *claim.conclusions))


def _needs(thing: Any) -> bool:
    atoms = (a for v in compounds_in(thing) if isinstance(v, Vector) for a, _ in v.terms)
    flows = (name for f in compounds_in(thing) if isinstance(f, Conserved) for name, _ in f.flow)
    return (
        any(expr.has(Entry, Summed, Multiplied) for expr in scalars_in(thing))
        or any(isinstance(atom, Member) for atom in atoms)
        or any("[" in name for name in flows)
    )


class Sizing:
    """What must be a number before a claim can be written out, and what runs over all values."""

    def __init__(self, claim: Claim) -> None:
        self.claim = claim
        self.given = [part for _, part in claim.hypotheses]
        self.claimed = [part for _, s in claim.conclusions for part in _parts(s)]
        things = [*self.given, *self.claimed]
        self.ranges: dict[Symbol, frozenset[Expr]] = {}
        for thing in things:
            for symbol, sizes in free_indices(thing).items():
                self.ranges[symbol] = self.ranges.get(symbol, frozenset()) | sizes
        self.laws = [h for h in self.given if free_indices(h) and not _is_size_in(h)]
        self.conditions = [h for h in self.given if is_condition(h, self.ranges.keys())]
        plain = [h for h in self.given if h not in self.laws and h not in self.conditions]
        held = {s for h in plain for s in self.ranges if str(s) in names_in(h)}
        own = [(thing, free_indices(thing) if thing in self.laws else {}) for thing in things]
        limits = {s for thing, mine in own for s in _limits(thing) - mine.keys()}
        self.sizes = {s for thing in things for s in _family_sizes(thing)}
        others = {s for c in self.conditions for s in bare_symbols_in(c)} - self.ranges.keys()
        self.numbers = tuple(sorted({*self.sizes, *limits, *held, *others}, key=str))

    def written(self, sizes: Sizes) -> WrittenOut:
        """The claim at these sizes; `UnsupportedError` where a part of it has no value there."""
        try:
            return _Writer(self, sizes).claim()
        except StatementError as fault:
            raise UnsupportedError(f"It cannot be written out: {fault}") from fault


def _parts(statement: Any) -> tuple[Any, ...]:
    return statement if isinstance(statement, tuple) else (statement,)


def _is_size_in(thing: Any) -> bool:
    return bool(_family_sizes(thing) & free_indices(thing).keys())


def _entries(thing: Any) -> Iterator[Entry]:
    for expr in scalars_in(thing):
        yield from expr.atoms(Entry)
    for part in compounds_in(thing):
        if isinstance(part, Vector):
            yield from (atom.entry for atom, _ in part.terms if isinstance(atom, Member))


def _family_sizes(thing: Any) -> set[Symbol]:
    return {s for entry in _entries(thing) for s in entry.size.free_symbols}


def _limits(thing: Any) -> set[Symbol]:
    """Symbols in the ends of sums and products."""
    ends: set[Any] = set()
    for expr in scalars_in(thing):
        for part in expr.atoms(Summed, Multiplied):
            ends |= (part.lower.free_symbols | part.upper.free_symbols) & expr.free_symbols
    for part in compounds_in(thing):
        for atom, _ in part.terms if isinstance(part, Vector) else ():
            if isinstance(atom, SumOver):
                ends |= atom.lower.free_symbols | atom.upper.free_symbols
    return ends - bound_symbols(thing)


class _Writer:
    def __init__(self, sizing: Sizing, sizes: Sizes) -> None:
        self.sizing = sizing
        self.sizes = sizes
        self.table = {s: Integer(sizes[str(s)]) for s in sizing.numbers}
        self.taken = frozenset().union(*map(names_in, (*sizing.given, *sizing.claimed)))
        self.last = max([WINDOW, *(sizes[str(s)] for s in sizing.numbers if s in sizing.ranges)])
        self.reached = 1  # the last member of a sequence that is spoken of
        self.constant: frozenset[str] = frozenset()
        check_recurrences(sizing.laws)
        for symbol in sizing.ranges.keys() & self.table.keys():
            if self.table[symbol] > min(map(self._size, sizing.ranges[symbol])):
                raise UnsupportedError(f"`{symbol}` leaves the family whose members it names.")

    def claim(self) -> WrittenOut:
        s = self.sizing
        given: list[tuple[str, Any]] = []
        for name, part in s.claim.hypotheses:
            if part not in s.laws and not (part in s.conditions and self._open(part)):
                given.append((name, self.at(part, {})))
        then, places = [], []
        for name, statement in s.claim.conclusions:
            rows = [(part, p) for part in _parts(statement) for p in self._places(part)]
            if rows:
                then.append((name, tuple(self._claimed(part, place) for part, place in rows)))
                places += [{str(k): v for k, v in place.items()} for _, place in rows]
        if not then:
            raise UnsupportedError("no index satisfies the conditions on it at this size.")
        self.last, self.constant = self.reached, beyond(s.laws)
        for name, part in s.claim.hypotheses:
            if part in s.laws:
                given += [(name, self.at(part, place)) for place in self._law_places(part)]
        given += [("sizes", eq(size, self.table[size])) for size in s.sizes if self._is_space(size)]
        claim = replace(
            s.claim, given=tuple(given), then=tuple(then), where=(), derivation=(), regions=(),
            mutants=(), instances=Sample(),
        )  # fmt: skip
        return WrittenOut(claim, self.sizes, tuple(places))

    def _claimed(self, conclusion: Any, place: Place) -> Any:
        """What is claimed there; a sum whose range is bound stays for the exact kernel."""
        try:
            return self.at(conclusion, place)
        except UnsupportedError:
            if not bound_symbols(conclusion) or any(True for _ in _entries(conclusion)):
                raise
            return substitute(conclusion, self.table)

    def _open(self, thing: Any) -> set[Symbol]:
        """Indices in it that run over all their values; those of a flow belong to it."""
        thing = thing.quantity if isinstance(thing, Conserved) else thing
        free = {*free_indices(thing), *bare_symbols_in(thing)}
        return {s for s in free if s in self.sizing.ranges and s not in self.table}

    def _is_space(self, size: Symbol) -> bool:
        """Whether it is the dimension of vectors too, which stays open."""
        parts = (
            v for thing in (*self.sizing.given, *self.sizing.claimed) for v in scalars_in(thing)
        )
        spaces = {inner.space for expr in parts for inner in expr.atoms(Inner)}
        things = (v for t in (*self.sizing.given, *self.sizing.claimed) for v in compounds_in(t))
        return str(size) in spaces | {v.space for v in things if isinstance(v, Vector)}

    def _law_places(self, law: Any) -> Iterator[Place]:
        """In a sequence as far as a member is spoken of, until all that the law names is beyond."""
        own = free_indices(law)
        back = [s - e.index for e in _entries(law) for s in e.index.free_symbols if e.size == oo]
        more = max((int(b) for b in back if b.is_Integer), default=0)
        narrow = [c for c in self.sizing.conditions if self._whole(c) <= own.keys()]
        return self._tuples(own, narrow, more=max(more, 0))

    def _whole(self, condition: Relation) -> set[Symbol]:
        return bare_symbols_in(condition) & self.sizing.ranges.keys()

    def _places(self, conclusion: Any) -> Iterator[Place]:
        names = self._open(conclusion).union(*(self._open(c) for c in self.sizing.conditions))
        own = {s: self.sizing.ranges[s] for s in names}
        return self._tuples(own, self.sizing.conditions)

    def _tuples(
        self, own: Indices, conditions: Iterable[Relation], *, more: int = 0
    ) -> Iterator[Place]:
        """All values of the indices that the conditions allow, `more` of them in a sequence."""
        symbols = sorted(own, key=str)
        tops = [min(self._size(s) + more * (s == oo) for s in own[symbol]) for symbol in symbols]
        for chosen in itertools.product(*(range(1, top + 1) for top in tops)):
            place = dict(zip(symbols, chosen, strict=True))
            if all(self._holds(condition, place) for condition in conditions):
                yield place

    def _size(self, size: Expr) -> int:
        return self.last if size == oo else int(size.xreplace(self.table))

    def _holds(self, condition: Relation, place: Place) -> bool:
        sides = self.at(condition, place)
        gap = sides.lhs - sides.rhs
        if not gap.is_Integer:
            raise UnsupportedError(f"the condition {condition} is not about indices alone.")
        return {"==": gap == 0, "!=": gap != 0, "<": gap < 0, "<=": gap <= 0,
                ">": gap > 0, ">=": gap >= 0}[condition.op]  # fmt: skip

    def at(self, thing: Any, place: Place) -> Any:
        """`thing` with these indices, and all sizes, as numbers."""
        own = {symbol: Integer(value) for symbol, value in place.items()}
        if isinstance(thing, Conserved):
            quantity = self.at(thing.quantity, place)
            return self._flow(quantity, substitute(thing, self.table))
        return self.thing(substitute(thing, {**self.table, **own}))

    def thing(self, thing: Any) -> Any:
        if isinstance(thing, Expr):
            return self.scalar(thing)
        if isinstance(thing, tuple):
            return tuple(map(self.thing, thing))
        if isinstance(thing, Vector):
            return self._vector(thing)
        if isinstance(thing, IndependentFamily):
            return self.thing(thing.members())
        if isinstance(thing, MarkovChain) and thing.law.indices:
            return self.thing(thing.listed())
        if isinstance(thing, Compound):
            return thing.rebuilt(*map(self.thing, thing.parts()))
        raise UnsupportedError(f"{thing!r} is no statement.")

    def scalar(self, expr: Expr) -> Expr:
        if isinstance(expr, (Summed, Multiplied)):
            terms = (self.scalar(expr.at(k)) for k in self._range(expr.lower, expr.upper))
            return sympy.Add(*terms) if isinstance(expr, Summed) else sympy.Mul(*terms)
        if isinstance(expr, Entry):
            return Symbol(self.member(expr), real=True)
        if isinstance(expr, Inner):
            ends = (Symbol(self.member(a)) if isinstance(a, Entry) else a for a in expr.args[:2])
            return Inner(*ends, *expr.args[2:])
        if not expr.has(Entry, Summed, Multiplied):
            return expr
        if isinstance(expr, sympy.Derivative):
            counts = [(self.scalar(v), count) for v, count in expr.variable_count]
            return sympy.Derivative(self.scalar(expr.expr), *counts, evaluate=False)
        args = (self.scalar(arg) if isinstance(arg, Expr) else arg for arg in expr.args)
        return expr.func(*args)

    def _range(self, lower: Expr, upper: Expr) -> range:
        if not (lower.is_Integer and upper.is_Integer) or upper - lower >= LONGEST:
            raise UnsupportedError(f"a sum from {lower} to {upper} is not written out.")
        return range(int(lower), int(upper) + 1)

    def member(self, entry: Entry) -> str:
        """The name of one member; beyond the window of a sequence it may be the last one."""
        if not entry.index.is_Integer:
            raise UnsupportedError(f"{entry} has no number as its index.")
        index = int(entry.index)
        if entry.size == oo and not self.constant:
            self.reached = max(self.reached, index)
        elif entry.size == oo and entry.name in self.constant:
            index = min(index, self.last)
        elif entry.size != oo and not 1 <= index <= entry.size:
            raise UnsupportedError(f"{entry} is no member of a family of size {entry.size}.")
        name = f"{entry.name}_{index}".replace("-", "minus")
        if name in self.taken:
            raise UnsupportedError(f"`{name}` and a member of `{entry.name}` share a name.")
        return name

    def _vector(self, vector: Vector) -> Vector:
        total: dict[Atom, Expr] = {}
        for atom, c in vector.terms:
            for one, weight in self._summands(atom, c):
                total[one] = total.get(one, Integer(0)) + self.scalar(weight)
        return Vector.of(total, vector.space)

    def _summands(self, atom: Atom, c: Expr) -> Iterator[tuple[Atom, Expr]]:
        if not isinstance(atom, Member):
            yield atom, c
        elif not isinstance(atom, SumOver):
            yield Atom(self.member(atom.entry), atom.operator, atom.exponent), c
        else:
            (index,) = atom.bound
            for k in self._range(atom.lower, atom.upper):
                entry = Entry(atom.entry.name, renamed(atom.entry.index, index, Integer(k)),
                              atom.entry.size)  # fmt: skip
                one = Atom(self.member(entry), atom.operator, atom.exponent)
                yield one, renamed(c, index, Integer(k))

    def _flow(self, quantity: Any, thing: Conserved) -> Statement:
        """The flow of every member, with the quantity at one place."""
        flow: list[tuple[str, Any]] = []
        for name, rate in thing.flow:
            family, bracket, inside = name.partition("[")
            if not bracket:
                flow.append((name, self.thing(rate)))
                continue
            (size,) = {e.size for e in _entries(thing) if e.name == family} or {oo}
            index = Symbol(inside.rstrip("]"), integer=True, positive=True)
            for k in range(1, self._size(size) + 1):
                entry = Entry(family, Integer(k), size)
                flow.append((self.member(entry), self.at(rate, {index: k})))
        return Conserved(quantity, tuple(flow))
