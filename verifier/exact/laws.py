"""**Laws**: random quantities with finitely many values, and indices drawn uniformly.

A law is data. That its weights are those of a law (none negative, with sum 1) is for whoever uses
it to show: `is_law` are the relations that say so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sympy
from sympy import Expr, Symbol

from verifier.errors import StatementError, UnsupportedError
from verifier.exact.compound import Compound, tex
from verifier.exact.families import Entry
from verifier.exact.scalars import Scalar, exact
from verifier.exact.statements.bound import bound_variables, names_shown
from verifier.exact.statements.relation import Relation, eq, ge, is_defined
from verifier.exact.substitution import names_in, substitute
from verifier.exact.sums import total
from verifier.exact.vectors import Inner

Outcome = tuple[tuple[Expr, ...], Expr]


@dataclass(frozen=True)
class Law(Compound):
    """The joint law of `noise`: each outcome has a value of every noise, and a weight.

    Each of `indices` is uniform on 1, ..., its size, and independent of everything else.
    """

    noise: tuple[Symbol, ...]
    outcomes: tuple[Outcome, ...]
    indices: tuple[tuple[Symbol, Expr], ...] = ()

    def __str__(self) -> str:
        drawn = [f"{i} uniform on 1..{size}" for i, size in self.indices]
        rows = [
            f"{names_shown(self.noise)} = {names_shown(values)} with weight {weight}"
            for values, weight in self.outcomes
            if self.noise
        ]
        return ", ".join([*rows, *drawn])

    def parts(self) -> tuple[Any, ...]:
        rows = (entry for values, weight in self.outcomes for entry in (*values, weight))
        return *rows, *(size for _, size in self.indices)

    def rebuilt(self, *parts: Any) -> Law:
        width, count = len(self.noise) + 1, len(self.outcomes)
        rows = (parts[n * width : (n + 1) * width] for n in range(count))
        outcomes = tuple((tuple(row[:-1]), row[-1]) for row in rows)
        sizes = parts[count * width :]
        drawn = zip((i for i, _ in self.indices), sizes, strict=True)
        return Law(self.noise, outcomes, tuple(drawn))

    def bound(self) -> frozenset[Symbol]:
        return frozenset((*self.noise, *(i for i, _ in self.indices)))

    def latex(self) -> str:
        names = ", ".join(map(tex, self.noise))
        rows = [
            rf"P\left({names} = {', '.join(map(tex, values))}\right) = {tex(weight)}"
            for values, weight in self.outcomes
            if self.noise
        ]
        drawn = [rf"{tex(i)} \sim U\{{1, \dots, {tex(size)}\}}" for i, size in self.indices]
        return r",\; ".join([*rows, *drawn])

    @property
    def values(self) -> tuple[Mapping[Symbol, Expr], ...]:
        """The noise of each outcome, by symbol."""
        return tuple(dict(zip(self.noise, values, strict=True)) for values, _ in self.outcomes)

    @property
    def weights(self) -> tuple[Expr, ...]:
        return tuple(weight for _, weight in self.outcomes)

    def mean(self, expr: Expr) -> Expr:
        """E[expr], if this is a law and `expr` has a value at each outcome."""
        pairs, inside = zip(self.weights, self.values, strict=True), self.averaged(expr)
        return sympy.Add(*(weight * at_outcome(inside, values) for weight, values in pairs))

    def averaged(self, expr: Expr) -> Expr:
        """The mean of `expr` over the indices alone, in the noise."""
        for index, size in self.indices:
            expr = total(expr, index, to=size) / size
        return expr

    def is_law(self) -> tuple[Relation, ...]:
        """No weight is negative, and their sum is 1."""
        return eq(sympy.Add(*self.weights), 1), *(ge(w, 0) for w in dict.fromkeys(self.weights))

    def needs(self, *exprs: Expr) -> tuple[Expr, ...]:
        """What must have a value for `exprs` to have one at each outcome, zero weights included."""
        inside = (part for expr in exprs for part in _singular(expr))
        everywhere = (part for row in self.parts() for part in _singular(row))
        found = (at_outcome(part, values) for part in inside for values in self.values)
        return tuple(dict.fromkeys((*everywhere, *found)))

    def defined(self, *exprs: Expr) -> tuple[Relation, ...]:
        """Relations that hold exactly where `exprs` have values at each outcome."""
        return tuple(map(is_defined, self.needs(*exprs)))


def law(noise: Symbol | Sequence[Symbol], outcomes: Any) -> Law:
    """The law of one noise, or the joint law of several.

    `outcomes` maps each value (for several, a tuple of values) to its weight.
    """
    names = bound_variables((noise,) if isinstance(noise, Symbol) else noise)
    rows = outcomes.items() if isinstance(outcomes, Mapping) else outcomes
    made = tuple(_outcome(names, value, weight) for value, weight in rows)
    if not made:
        raise StatementError(f"The law of {names_shown(names)} has no outcome.")
    return _closed(Law(names, made))


def uniform_law(noise: Symbol | Sequence[Symbol], values: Iterable[Any]) -> Law:
    """Each of the listed values with the same weight; one that is listed twice counts twice."""
    listed = list(values)
    return law(noise, [(value, sympy.Rational(1, len(listed))) for value in listed])


def rademacher(noise: Symbol, scale: Scalar = 1) -> Law:
    """+scale or -scale, each with weight 1/2."""
    return uniform_law(noise, (exact(scale), -exact(scale)))


def uniform_index(index: Symbol, size: str | int) -> Law:
    """An index (see `indices`) that is uniform on 1, ..., size, such as that of a datum."""
    if not (isinstance(index, Symbol) and index.is_integer):
        raise StatementError(f"{index!r} is no index: make it with indices.")
    count = Symbol(size, integer=True, positive=True) if isinstance(size, str) else exact(size)
    if count == index or (count.is_Rational and not (count.is_Integer and count >= 1)):
        raise StatementError(f"`{index}` is not drawn from 1..{count}.")
    return Law((), (((), sympy.Integer(1)),), ((index, count),))


def product_law(*laws: Law) -> Law:
    """The joint law of independent noises."""
    made = Law((), (((), sympy.Integer(1)),))
    for one in laws:
        if made.bound() & one.bound():
            shared = min(map(str, made.bound() & one.bound()))
            raise StatementError(f"`{shared}` is drawn twice: name the second one otherwise.")
        rows = tuple((a + b, p * q) for a, p in made.outcomes for b, q in one.outcomes)
        made = Law(made.noise + one.noise, rows, made.indices + one.indices)
    if not made.bound():
        raise StatementError("A product of no laws draws nothing.")
    return _closed(made)


def at_outcome(expr: Expr, values: Mapping[Symbol, Expr]) -> Expr:
    """`expr` at one outcome. Raises `UnsupportedError` where sympy finds no value."""
    there: Expr = substitute(expr, values)
    if there.has(sympy.nan, sympy.zoo, sympy.I, sympy.oo, -sympy.oo):
        shown = ", ".join(f"{name} = {value}" for name, value in values.items())
        raise UnsupportedError(f"{expr} has no real value at {shown}.")
    return there


def _singular(expr: Expr) -> Iterator[Expr]:
    """The parts of `expr` that may have no value although their own arguments do."""
    if not expr.args or isinstance(expr, (Entry, Inner)):
        return
    whole = isinstance(expr, sympy.Pow) and expr.exp.is_Integer and expr.exp > 0
    if not (expr.is_Add or expr.is_Mul or whole):
        yield expr
    if not (expr.is_Add or expr.is_Mul or isinstance(expr, (sympy.Pow, sympy.Function))):
        return
    for arg in expr.args:
        yield from _singular(arg)


def _outcome(names: tuple[Symbol, ...], value: Any, weight: Scalar) -> Outcome:
    values = tuple(value) if isinstance(value, (tuple, list)) else (value,)
    if len(values) != len(names):
        raise StatementError(f"{value} is no value of ({names_shown(names)}).")
    return tuple(map(exact, values)), exact(weight)


def _closed(made: Law) -> Law:
    """The law itself; what it draws may not stand in its values or weights."""
    for part in made.parts():
        inside = names_in(part) & {str(symbol) for symbol in made.bound()}
        if inside:
            raise StatementError(f"`{min(inside)}` is drawn, and stands in {part}.")
    return made
