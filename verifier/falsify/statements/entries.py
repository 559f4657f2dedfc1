"""**Entries**: matrix expressions in concrete sizes, as tables of scalar expressions in leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import chain, combinations
from typing import Any, Protocol

import sympy
from sympy import Expr, Integer, Symbol

from verifier.exact.matrices import ONE, Matrix, Size
from verifier.exact.matrix_text import blocks
from verifier.exact.statements import Relation
from verifier.exact.statements.properties import Is
from verifier.falsify.instances.leaf import Cell, Component, Entry, InverseCell, InverseTable, Leaf

Table = list[list[Expr]]
ZERO, UNIT = Integer(0), Integer(1)


class Host(Protocol):
    """The lowering of a statement: where its leaves are noted."""

    dimensions: Mapping[str, int]
    leaves: dict[Symbol, Leaf]

    def leaf(self, leaf: Leaf) -> Symbol: ...

    def scalar(self, expr: Expr) -> Expr: ...


class Entries:
    """Tables of matrices; `moved` has the velocity of each matrix that moves along `time`."""

    def __init__(self, host: Host, time: Symbol) -> None:
        self.host = host
        self.time = time
        self.moved: dict[str, Table] = {}
        self.inverses: list[Symbol] = []

    def table(self, of: Matrix) -> Table:
        """The entries of `of`, by rows."""
        args = of.args
        match of.head:
            case "symbol":
                return self._symbol(of)
            case "power":
                return self._filled(of, lambda i, j: self.host.leaf(Entry(args[0], args[1], i, j)))
            case "identity":
                return self._filled(of, lambda i, j: UNIT if i == j else ZERO)
            case "zero":
                return self._filled(of, lambda i, j: ZERO)
            case "ones":
                return self._filled(of, lambda i, j: UNIT)
            case "sum":
                tables = [self.table(arg) for arg in args]
                return [
                    [sympy.Add(*parts) for parts in zip(*rows, strict=True)]
                    for rows in zip(*tables, strict=True)
                ]
            case "product":
                return self._product(of)
            case "scaled":
                factor = self.host.scalar(args[0])
                return [[factor * entry for entry in row] for row in self.table(args[1])]
            case "transpose":
                return transpose(self.table(args[0]))
            case "diagonal":
                column = [entry for (entry,) in self.table(args[0])]
                return self._filled(of, lambda i, j: column[i - 1] if i == j else ZERO)
            case "hadamard":
                pairs = zip(*(self.table(arg) for arg in args), strict=True)
                return [[one * two] for (one,), (two,) in pairs]
            case "map":
                function, *columns = args
                rows = zip(*(self.table(column) for column in columns), strict=True)
                return [[self.host.scalar(function(*(x for (x,) in row)))] for row in rows]
            case "inverse":
                return self._inverse(self.table(args[0]))
        return self._blocks(of)

    def trace(self, of: Matrix) -> Expr:
        """The sum over the diagonal."""
        table = self.table(of)
        return sympy.Add(*(table[n][n] for n in range(len(table))))

    def relations(self, thing: Relation) -> list[Relation]:
        """One relation an entry; all of them say ==, any of them !=."""
        left, right = self.table(thing.lhs), self.table(thing.rhs)
        return [
            Relation(thing.op, *pair)
            for rows in zip(left, right, strict=True)
            for pair in zip(*rows, strict=True)
        ]

    def property(self, thing: Is) -> list[Relation]:
        """Relations that together say that the matrix has its property."""
        m = self.table(thing.matrix)
        t = transpose(m)
        unit = [[UNIT if i == j else ZERO for j in range(len(m))] for i in range(len(m))]
        match thing.property:
            case "symmetric":
                return equal(m, t)
            case "positive definite":
                leading = (tuple(range(k)) for k in range(1, len(m) + 1))
                return [*equal(m, t), *(_minor(">", m, chosen) for chosen in leading)]
            case "positive semidefinite":
                return [*equal(m, t), *(_minor(">=", m, chosen) for chosen in _subsets(len(m)))]
            case "invertible":
                return [_minor("!=", m, tuple(range(len(m))))]
            case "orthogonal":
                return [*equal(product(t, m), unit), *equal(product(m, t), unit)]
            case "an orthogonal projection":
                return [*equal(product(m, m), m), *equal(m, t)]
        diagonal = [[m[i][j] * unit[i][j] for j in range(len(m))] for i in range(len(m))]
        return [*equal(m, diagonal), *equal(product(diagonal, diagonal), diagonal)]

    def defined(self, *, holds: bool) -> Iterator[Relation]:
        """Relations that hold, or fail, wherever every inverse has a value, and have none else."""
        for symbol in self.inverses:
            yield Relation("==" if holds else "!=", symbol, symbol)

    def size(self, size: Size) -> int:
        """The number of rows or columns."""
        return sum(1 if name == "1" else self.host.dimensions[name] for name in size)

    def _product(self, of: Matrix) -> Table:
        """From the side of a vector, if there is one at an end."""
        tables = [self.table(arg) for arg in of.args]
        if of.is_column:
            tables.reverse()
        total = tables[0]
        for table in tables[1:]:
            total = product(table, total) if of.is_column else product(total, table)
        return total

    def _filled(self, of: Matrix, entry: Callable[[int, int], Expr]) -> Table:
        rows, columns = self.size(of.rows), self.size(of.columns)
        return [[entry(i, j) for j in range(1, columns + 1)] for i in range(1, rows + 1)]

    def _symbol(self, of: Matrix) -> Table:
        name = of.symbol
        if of.columns == ONE:
            start = self._filled(of, lambda i, j: self.host.leaf(Component(name, i)))
        else:
            start = self._filled(of, lambda i, j: self.host.leaf(Cell(name, i, j)))
        velocity = self.moved.get(name)
        if velocity is None:
            return start
        return [
            [entry + self.time * rate for entry, rate in zip(*rows, strict=True)]
            for rows in zip(start, velocity, strict=True)
        ]

    def _inverse(self, inside: Table) -> Table:
        """P = M^-1 as leaves; along t it is P - t P M' P, which is exact to first order."""
        at_zero = {self.time: ZERO}
        still = [[entry.xreplace(at_zero) for entry in row] for row in inside]
        free = {s for row in still for entry in row for s in entry.free_symbols}
        of = InverseTable(still, {s: self.host.leaves[s] for s in free})
        n = range(1, len(still) + 1)
        found = [[self.host.leaf(InverseCell(of, i, j)) for j in n] for i in n]
        self.inverses.append(found[0][0])
        if not any(entry.has(self.time) for row in inside for entry in row):
            return found
        rate = [[entry.diff(self.time).xreplace(at_zero) for entry in row] for row in inside]
        change = product(product(found, rate), found)
        return [
            [entry - self.time * moved for entry, moved in zip(*rows, strict=True)]
            for rows in zip(found, change, strict=True)
        ]

    def _blocks(self, of: Matrix) -> Table:
        out: Table = []
        for row in blocks(of):
            tables = [self.table(entry) for entry in row]
            out += [list(chain.from_iterable(parts)) for parts in zip(*tables, strict=True)]
        return out


def product(one: Table, two: Table) -> Table:
    columns = transpose(two)
    return [
        [sympy.Add(*(a * b for a, b in zip(row, column, strict=True))) for column in columns]
        for row in one
    ]


def transpose(of: Table) -> Table:
    return [list(column) for column in zip(*of, strict=True)]


def equal(one: Table, two: Table) -> list[Relation]:
    """One equation an entry, those that are the same on both sides left out but for one."""
    pairs = [pair for rows in zip(one, two, strict=True) for pair in zip(*rows, strict=True)]
    apart = [pair for pair in pairs if pair[0] != pair[1]] or pairs[:1]
    return [Relation("==", *pair) for pair in apart]


def determinant(of: Table) -> Expr:
    """By the first row; sizes are small."""
    if len(of) == 1:
        return of[0][0]
    terms = []
    for j, entry in enumerate(of[0]):
        minor = [[*row[:j], *row[j + 1 :]] for row in of[1:]]
        terms.append((-1) ** j * entry * determinant(minor))
    return sympy.Add(*terms)


def _minor(op: Any, of: Table, chosen: tuple[int, ...]) -> Relation:
    return Relation(op, determinant([[of[i][j] for j in chosen] for i in chosen]), ZERO)


def _subsets(n: int) -> Iterator[tuple[int, ...]]:
    for k in range(1, n + 1):
        yield from combinations(range(n), k)
