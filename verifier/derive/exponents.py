"""**Exponent conditions**: what statements about small eta say of their exponents.

A statement is read as sums of rates, and its verdicts on a polyhedron of exponents are those of the
cells on which one term leads.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import product

import sympy
from flint import fmpq
from sympy import Expr, Symbol

from verifier.derive.context import Discharge, conclude
from verifier.derive.kernel.field.reader import Reader
from verifier.derive.kernel.field.tower import Condition
from verifier.derive.kernel.limits.orders import (
    Cell,
    Comparer,
    Verdict,
    growth_verdicts,
    relation_verdicts,
)
from verifier.derive.kernel.limits.rates import Form, RateReader, Sum, form_of
from verifier.derive.kernel.linear.polyhedron import Empty
from verifier.errors import UnsupportedError
from verifier.exact.statements import Relation, Statement
from verifier.exact.statements.eventually import Eventually
from verifier.exact.statements.growth import Growth
from verifier.exact.statements.limit import Approach
from verifier.exact.substitution import map_scalars, scalars_in, substitute

SMALL = Symbol("{eta}", real=True)
BRANCHES = 27
Order = Growth | Eventually


@dataclass
class Conditions:
    """Reads statements about small eta with one reader, and notes what needs a value."""

    reader: Reader
    needed: list[Condition] = field(default_factory=list)
    cells: int = 0

    def verdicts(self, statement: Statement, cell: Cell) -> Iterator[Verdict]:
        """Cells that cover `cell`, with whether the statement holds on each."""
        if isinstance(statement, Relation):
            yield from self._affine(statement, cell)
            return
        if not isinstance(statement, Order):
            raise UnsupportedError(f"this is no condition on exponents:\n    {statement}")
        for part, plain in _without_extrema(statement, cell):
            yield from self._order(plain, part)

    def settled(self) -> Discharge:
        """Whether everything that was read has a value."""
        return conclude(self.reader, self.needed)

    def _affine(self, relation: Relation, cell: Cell) -> Iterator[Verdict]:
        allowed = {"<": {-1}, "<=": {-1, 0}, ">": {1}, ">=": {0, 1}, "==": {0}, "!=": {-1, 1}}
        for part, sign in cell.split(affine(relation)):
            yield Verdict(part, sign in allowed[relation.op], str(relation))

    def _order(self, statement: Order, cell: Cell) -> Iterator[Verdict]:
        compare = Comparer(self._sign, _small_name(statement.to))
        reader = RateReader(SMALL)
        if isinstance(statement, Eventually):
            lhs, rhs = statement.relation.lhs, statement.relation.rhs
            sums = self._sums(reader, statement.to, (lhs, rhs, lhs - rhs))
            found = relation_verdicts(compare, cell, sums[2], statement.relation.op)
        else:
            sums = self._sums(reader, statement.to, (statement.expr, statement.other))
            found = growth_verdicts(compare, cell, (sums[0], sums[1]), statement.sense)
        yield from found
        self.cells += compare.cells

    def _sums(self, reader: RateReader, to: Approach, exprs: Iterable[Expr]) -> list[Sum]:
        sums = [reader.read(towards_zero(expr, to)) for expr in exprs]
        for part in reader.met:
            self.needed += self.reader.fresh(part)[1]
        for part in reader.positive:
            element, _ = self.reader.fresh(part)
            self.needed.append(Condition("positive", element))
        return sums

    def _sign(self, coefficient: Expr) -> int | None:
        element, conditions = self.reader.fresh(coefficient)
        self.needed += conditions
        signs = self.reader.sign(element)
        return next(iter(signs)) if len(signs) == 1 else None


def towards_zero(expr: Expr, to: Approach) -> Expr:
    """`expr` in the small variable; raises `UnsupportedError` unless it goes to 0+ or oo."""
    if to.point == sympy.oo:
        return substitute(expr, {to.variable: 1 / SMALL})
    if to.point == 0 and to.side == "+":
        return substitute(expr, {to.variable: SMALL})
    raise UnsupportedError(f"exponents are read for a variable that goes to 0+ or oo, not {to}.")


def why_empty(empty: Empty, cell: Cell) -> str:
    """The proof that a cell is empty, with the names of its symbols."""
    name = lambda found: str(cell.symbols[int(found[1])])  # noqa: E731
    return re.sub(r"\bx(\d+)\b", name, str(empty))


def _small_name(to: Approach) -> str:
    return f"(1/{to.variable})" if to.point == sympy.oo else str(to.variable)


def affine(relation: Relation) -> Form:
    """lhs - rhs of a relation as an affine form; raises `UnsupportedError` if it is none."""
    if not isinstance(relation.lhs, Expr):
        raise UnsupportedError(f"{relation} is no relation between scalars.")
    return form_of(relation.lhs) - form_of(relation.rhs)


def cell_of(relations: Iterable[Relation], symbols: Iterable[Symbol] = ()) -> Cell:
    """The polyhedron of those relations that are affine; others are left out."""
    forms = []
    for relation in relations:
        try:
            forms.append((affine(relation), relation.op))
        except UnsupportedError:
            continue
    every = {*symbols, *(symbol for form, _ in forms for symbol in form.symbols)}
    cell = Cell(tuple(sorted(every, key=str)))
    for form, op in forms:
        if op in ("<", "<="):
            cell = cell.with_row(form.scaled(fmpq(-1)), ">" if op == "<" else ">=")
        else:
            cell = cell.with_row(form, op)
    return cell


def free_symbols(statements: Iterable[Statement]) -> frozenset[Symbol]:
    """Scalar symbols that are free in statements."""
    found: set[Symbol] = set()
    for statement in statements:
        inside = {s for expr in scalars_in(statement) for s in expr.free_symbols}
        found |= inside - (statement.bound() if isinstance(statement, Order) else set())
    return frozenset(found)


def _without_extrema(statement: Order, cell: Cell) -> Iterator[tuple[Cell, Order]]:
    """Cells on which each Min and Max is one of its arguments."""
    extrema = sorted(
        {e for expr in scalars_in(statement) for e in expr.atoms(sympy.Min, sympy.Max)}, key=str
    )
    choices = list(product(*(extremum.args for extremum in extrema)))
    if len(choices) > BRANCHES:
        raise UnsupportedError(f"more than {BRANCHES} cases of Min and Max are needed.")
    for chosen in choices:
        part = cell
        for extremum, value in zip(extrema, chosen, strict=True):
            least = isinstance(extremum, sympy.Min)
            for other in extremum.args:
                gap = form_of(other) - form_of(value)
                part = part.with_row(gap if least else gap.scaled(fmpq(-1)), ">=")
        if not isinstance(part.point(), Empty):
            table = dict(zip(extrema, chosen, strict=True))
            yield part, map_scalars(statement, partial(Expr.xreplace, rule=table))
