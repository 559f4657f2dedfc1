"""**Signature**: what is free in a claim, and of which kind.

An instance has one value for each name of the signature.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import lcm
from typing import Any

import sympy
from sympy import Expr, Symbol
from sympy.core.function import AppliedUndef

from verifier.errors import UnsupportedError
from verifier.exact.compound import Compound
from verifier.exact.fields import Coordinates, Partial, Potential, SymmetricField
from verifier.exact.matrices import ONE, Matrix, matrix_symbol
from verifier.exact.statements import Conserved, Statement
from verifier.exact.structures import Vocabulary, vocabulary
from verifier.exact.substitution import bound_symbols, compounds_in, scalars_in
from verifier.exact.traces import Trace
from verifier.exact.vectors import Atom, Inner, Vector

_NORM = "norm_"
NO_WORDS = Vocabulary()
_INDEX = ("_i", "_j", "_k")


@dataclass(frozen=True)
class Signature:
    """Names by kind, each sorted; vectors, operators and points come with their space.

    `points` are coordinates w with their norm; `components` are vectors z that occur only as z_i.
    `norms` are norms whose coordinates do not occur: nonnegative scalars. `orders` are the roots
    that make every power of an operator rational. `words` are sorts with their mappings and
    predicates.
    """

    scalars: tuple[Symbol, ...] = ()
    norms: tuple[Symbol, ...] = ()
    integers: tuple[Symbol, ...] = ()
    dimensions: tuple[str, ...] = ()
    vectors: tuple[tuple[str, str], ...] = ()
    matrices: tuple[tuple[str, str, str], ...] = ()
    operators: tuple[tuple[str, str], ...] = ()
    orders: tuple[tuple[str, int], ...] = ()
    functions: tuple[str, ...] = ()
    fields: tuple[tuple[str, int], ...] = ()
    points: tuple[tuple[str, str], ...] = ()
    components: tuple[tuple[str, str], ...] = ()
    words: Vocabulary = NO_WORDS

    @property
    def names(self) -> frozenset[str]:
        scalars = {str(s) for s in (*self.scalars, *self.norms, *self.integers)}
        spaced: tuple[tuple[Any, ...], ...] = (
            *self.vectors,
            *self.matrices,
            *self.operators,
            *self.points,
            *self.components,
            *self.fields,
        )
        named = (*self.dimensions, *self.functions, *(row[0] for row in spaced))
        return frozenset({*scalars, *self.words.names, *named})

    @property
    def indexed(self) -> dict[Symbol, tuple[str, str, str]]:
        """Symbol -> (name, space, index letter) for coordinates; the norm has the letter `norm`."""
        table: dict[Symbol, tuple[str, str, str]] = {}
        for name, space in (*self.points, *self.components):
            at = Coordinates(name, space)
            for letter, symbol in (("i", at.i), ("j", at.j), ("k", at.k), ("norm", at.norm)):
                table[symbol] = (name, space, letter)
        return table


def read_signature(statements: Iterable[Statement]) -> Signature:
    """What is free in `statements`."""
    reader = _Reader()
    for statement in statements:
        reader.statement(statement)
    return reader.result()


class _Reader:
    """Collects what the statements mention; a bound variable of a limit is not free in it."""

    def __init__(self) -> None:
        self.symbols: set[Symbol] = set()
        self.dimensions: set[str] = set()
        self.indices: set[str] = set()
        self.vectors: set[tuple[str, str]] = set()
        self.matrices: set[tuple[str, str, str]] = set()
        self.operators: set[tuple[str, str]] = set()
        self.denominators: dict[str, int] = {}
        self.functions: set[str] = set()
        self.fields: dict[str, int] = {}
        self.points: set[tuple[str, str]] = set()
        self.components: set[tuple[str, str]] = set()
        self.statements: list[Statement] = []

    def statement(self, thing: Any) -> None:
        self.statements.append(thing)
        bound = bound_symbols(thing)
        before = set(self.vectors), set(self.matrices)
        self._read(thing, bound)
        names = {str(symbol) for symbol in bound}
        self.vectors = before[0] | {row for row in self.vectors if row[0] not in names}
        self.matrices = before[1] | {row for row in self.matrices if row[0] not in names}

    def _read(self, thing: Any, bound: frozenset[Symbol]) -> None:
        for expr in scalars_in(thing):
            self._scalar(expr, bound)
        for part in compounds_in(thing):
            self._compound(part)

    def _compound(self, part: Compound) -> None:
        self.dimensions |= part.sizes()
        match part:
            case Vector():
                self._atoms((atom for atom, _ in part.terms), part.space)
            case Matrix():
                self._matrix(part)
            case SymmetricField() | Potential():
                self.points.add((part.at.name, part.at.space))
            case Conserved():
                for name, rate in part.flow:
                    if isinstance(rate, Vector):
                        self.vectors.add((name, rate.space))
                    elif isinstance(rate, Matrix):
                        self._matrix(matrix_symbol(name, rate.rows[0], rate.columns[0]))
                    else:
                        self.symbols.add(Symbol(name, real=True))
        if isinstance(part, Potential):
            self._components(part)

    def _scalar(self, expr: Expr, bound: frozenset[Symbol]) -> None:
        for inner in expr.atoms(Inner):
            self.dimensions.add(inner.space)
            self.vectors |= {(name, inner.space) for name in inner.names}
            if inner.operator:
                self._power(inner.operator, inner.space, inner.on_left)
                self._power(inner.operator, inner.space, inner.exponent - inner.on_left)
        for one in expr.atoms(Trace):
            for part in compounds_in(one.matrix):
                self._compound(part)
        for partial in expr.atoms(Partial):
            self.fields[partial.function] = max(
                self.fields.get(partial.function, 0), partial.smoothness
            )
            self.dimensions.add("d")
            self.indices |= {str(index) for index in partial.order}
            self.symbols |= set(partial.order)
        self.functions |= {str(applied.func) for applied in expr.atoms(AppliedUndef)}
        bare = expr.replace(lambda e: isinstance(e, (Inner, Partial)), lambda e: sympy.Integer(1))
        self.symbols |= set(bare.free_symbols) - bound

    def _atoms(self, atoms: Iterable[Atom], space: str) -> None:
        for atom in atoms:
            self.vectors.add((atom.name, space))
            if atom.operator:
                self._power(atom.operator, space, atom.exponent)

    def _matrix(self, part: Matrix) -> None:
        if part.head == "power":
            name, exponent = part.args
            self._power(name, part.rows[0], sympy.Rational(exponent))
        elif part.head == "symbol" and part.columns == ONE:
            self.vectors.add((part.symbol, part.rows[0]))
        elif part.head == "symbol":
            self.matrices.add((part.symbol, part.rows[0], part.columns[0]))

    def _power(self, operator: str, space: str, exponent: Any) -> None:
        self.operators.add((operator, space))
        self.denominators[operator] = lcm(self.denominators.get(operator, 2), int(exponent.q))

    def _components(self, potential: Potential) -> None:
        for symbol in potential.linear.free_symbols:
            if str(symbol).endswith(_INDEX) and symbol != potential.at.i:
                self.components.add((str(symbol)[:-2], potential.at.space))

    def result(self) -> Signature:
        norms = {s for s in self.symbols if str(s).startswith(_NORM)}
        plain = {str(s) for s in self.symbols}
        for symbol in set(norms):
            base = str(symbol)[len(_NORM) :]
            if any(base + letter in plain for letter in _INDEX):
                self.points.add((base, "d"))
                self.dimensions.add("d")
        components = self.components - self.points
        shell = Signature(points=tuple(self.points), components=tuple(components))
        free = self.symbols - set(shell.indexed)
        free = {s for s in free if str(s) not in self.dimensions}
        by_name = {str(s): s for s in sorted(free, key=sympy.default_sort_key)}
        whole = {s for s in by_name.values() if s.is_integer}
        norms = {s for s in by_name.values() if s in norms}
        made = Signature(
            scalars=_sorted(set(by_name.values()) - whole - norms),
            norms=_sorted(norms),
            integers=_sorted(whole),
            dimensions=tuple(sorted(self.dimensions)),
            vectors=tuple(sorted(self.vectors)),
            matrices=tuple(sorted(self.matrices)),
            operators=tuple(sorted(self.operators)),
            orders=tuple(sorted(self.denominators.items())),
            functions=tuple(sorted(self.functions)),
            fields=tuple(sorted(self.fields.items())),
            points=tuple(sorted(self.points)),
            components=tuple(sorted(components)),
        )
        words = vocabulary(self.statements)
        for name in sorted(words.names & made.names):
            raise UnsupportedError(f"Two things are called `{name}`: rename one of them.")
        return replace(made, words=words)


def _sorted(symbols: set[Symbol]) -> tuple[Symbol, ...]:
    return tuple(sorted(symbols, key=str))
