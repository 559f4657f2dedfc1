"""**Grounding**: a statement in a concrete dimension, as scalar relations between leaves.

Vectors and matrices go to components, index symbols to every choice of distinct indices, abstract
functions to polynomials with open coefficients, derivatives along a direction to derivatives in
one variable t at t = 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from itertools import permutations
from typing import Any

import sympy
from sympy import Expr, Symbol
from sympy.core.function import AppliedUndef

from verifier.errors import DomainError, UnsupportedError
from verifier.exact.arrays import Array
from verifier.exact.fields import Partial, Potential, SymmetricField
from verifier.exact.matrices import Held, Matrix, matrix_symbol, operator_power
from verifier.exact.statements import (
    Conserved,
    GradientIs,
    HessianIs,
    HessianMap,
    Not,
    Relation,
    Statement,
    negation,
)
from verifier.exact.statements.properties import Is
from verifier.exact.statements.relation import simpler
from verifier.exact.structures import is_first_order
from verifier.exact.substitution import (
    bound_symbols,
    map_scalars,
    names_in,
    scalars_in,
    sizes_in,
    substitute,
)
from verifier.exact.traces import Trace
from verifier.exact.vectors import Inner, Vector
from verifier.falsify.instances.instance import Instance
from verifier.falsify.instances.leaf import (
    Coefficient,
    Component,
    Leaf,
    PartialAt,
    Product,
    Satisfied,
    Scalar,
    leaf_symbol,
    rational,
)
from verifier.falsify.instances.signature import Signature, read_signature
from verifier.falsify.statements.entries import Entries, Host
from verifier.falsify.statements.goal import Goal, Mode, dimensions_of

MAX_DEGREE = 4
_T = Symbol("flow_time", real=True)


def lower(statement: Statement, signature: Signature, dimensions: Mapping[str, int]) -> Goal:
    """The goal of `statement` with concrete `dimensions` by name of space."""
    lowering = _Lowering(signature, dimensions)
    mode, relations = lowering.statement(statement)
    return Goal(statement, mode, tuple(relations), lowering.leaves)


def ground(statement: Statement, instance: Instance) -> list[Statement]:
    """Closed scalar statements that `statement` says at `instance`, all of which must hold.

    A statement that is no conjunction of scalar relations at a point (a limit, a negation) comes
    back closed but whole. Raises `DomainError` where it has no value.
    """
    signature = read_signature([statement])
    dims = dimensions_of(signature, instance)
    goal = lower(statement, signature, dims)
    if goal.mode is not Mode.ALL:
        return [close(statement, instance)]
    values = {s: rational(leaf.value(instance)) for s, leaf in goal.leaves.items()}
    return [map_scalars(substitute(r, values), with_value) for r in goal.relations]


def close(statement: Statement, instance: Instance, *, kept: Iterable[Symbol] = ()) -> Statement:
    """`statement` with its scalars and abstract functions put in.

    Coordinates, what the statement binds and the symbols that are `kept` stay open.
    """
    signature = read_signature([statement])
    lowering = _Lowering(signature, dimensions_of(signature, instance))
    bound = bound_symbols(statement)
    still_open = {*signature.indexed, *kept, *bound}
    names = {str(symbol) for symbol in bound}

    def closed(expr: Expr) -> Expr:
        moved = {name for inner in expr.atoms(Inner) for name in inner.names} & names
        if moved and names_in(expr) - sizes_in(expr) <= names:
            return expr
        if moved:
            raise UnsupportedError(f"`{min(moved)}` is bound in {expr}, beside what is not.")
        scalar = lowering.scalar(expr, still_open)
        used = {s: lowering.leaves[s] for s in scalar.free_symbols if s in lowering.leaves}
        values = {s: rational(leaf.value(instance)) for s, leaf in used.items()}
        return with_value(substitute(scalar, values))

    closed_statement: Statement = map_scalars(statement, closed)
    return closed_statement


def lowering_at(statement: Statement, instance: Instance) -> Host:
    """The way of `statement` into components, at the sizes of the instance."""
    signature = read_signature([statement])
    return _Lowering(signature, dimensions_of(signature, instance))


def with_value(expr: Expr) -> Expr:
    """`expr` itself; raises `DomainError` when putting numbers in has left it without a value."""
    if expr.has(sympy.zoo, sympy.nan, sympy.I):
        raise DomainError(f"{expr} is no real number.")
    return expr


class _Lowering:
    """One statement's way into components, noting the leaves on it."""

    def __init__(self, signature: Signature, dimensions: Mapping[str, int]) -> None:
        self.signature = signature
        self.dimensions = dimensions
        self.leaves: dict[Symbol, Leaf] = {}
        self.indexed = signature.indexed
        self.entries = Entries(self, _T)

    def leaf(self, leaf: Leaf) -> Symbol:
        symbol = leaf_symbol(leaf)
        self.leaves[symbol] = leaf
        return symbol

    def statement(self, thing: Statement) -> tuple[Mode, list[Relation]]:
        mode, relations = self._statement(thing)
        return mode, [*relations, *self.entries.defined(holds=mode is not Mode.ANY)]

    def _statement(self, thing: Statement) -> tuple[Mode, list[Relation]]:
        parts = simpler(thing)
        if parts is not None:
            found = [self.statement(part) for part in parts]
            if any(mode is not Mode.ALL for mode, _ in found):
                return Mode.EXACT, []
            return Mode.ALL, [relation for _, relations in found for relation in relations]
        if is_first_order(thing):
            return Mode.ALL, [Relation("==", self.leaf(Satisfied(thing)), sympy.Integer(1))]
        match thing:
            case Relation(lhs=Array()):
                return Mode.EXACT, []
            case Relation():
                return self._relation(thing)
            case HessianMap():
                return Mode.ALL, self._hessian_map(thing.field)
            case HessianIs():
                return Mode.ALL, self._hessian_is(thing)
            case GradientIs():
                return Mode.ALL, self._gradient_is(thing)
            case Is():
                return Mode.ALL, self.entries.property(thing)
            case Conserved():
                return Mode.ALL, self._conserved(thing)
            case Not(statement=Is() as kept):
                return Mode.ANY, [_opposite(r) for r in self.entries.property(kept)]
            case Not():
                mode, relations = self.statement(thing.statement)
                if mode is not Mode.ALL or simpler(thing.statement) is not None:
                    return Mode.EXACT, []
                return Mode.SOMEWHERE, [_opposite(r) for r in relations]
        return Mode.EXACT, []

    def scalar(self, expr: Expr, kept: Iterable[Symbol] = ()) -> Expr:
        """`expr` in leaves, apart from coordinates and the symbols that are `kept`."""
        if expr.has(AppliedUndef):
            expr = self._concrete(expr)
        expr = expr.replace(Inner, self._inner).replace(Partial, self._partial)
        expr = expr.replace(Trace, self._trace)
        table = {}
        for symbol in expr.free_symbols:
            open_symbol = symbol in self.leaves or symbol in self.indexed or symbol in kept
            if not open_symbol and symbol != _T:
                table[symbol] = self.leaf(Scalar(str(symbol)))
        result: Expr = substitute(expr, table)
        return result

    def _inner(self, *args: Any) -> Symbol:
        atom = Inner(*args)
        left, right = atom.names
        on_left, total = _fraction(atom.on_left), _fraction(atom.exponent)
        return self.leaf(Product(left, right, atom.operator, on_left, total - on_left))

    def _trace(self, held: Held) -> Expr:
        return self.entries.trace(held.matrix)

    def _partial(self, *args: Any) -> Symbol:
        atom = Partial(*args)
        return self.leaf(PartialAt(atom.function, tuple(str(index) for index in atom.order)))

    def _concrete(self, expr: Expr) -> Expr:
        """Abstract functions as polynomials, their derivatives taken."""
        if not expr.has(AppliedUndef):
            return expr
        if isinstance(expr, AppliedUndef):
            if len(expr.args) != 1:
                raise UnsupportedError(f"{expr}: an abstract function has one argument here.")
            x = self._concrete(expr.args[0])
            name = str(expr.func)
            coefficients = (self.leaf(Coefficient(name, n)) for n in range(MAX_DEGREE + 1))
            return sympy.Add(*(c * x**n for n, c in enumerate(coefficients)))
        if isinstance(expr, sympy.Derivative):
            return self._concrete(expr.expr).diff(*expr.variable_count)
        if isinstance(expr, sympy.Subs):
            points = tuple(self._concrete(point) for point in expr.point)
            body = self._concrete(expr.expr)
            result: Expr = substitute(body, dict(zip(expr.variables, points, strict=True)))
            return result
        return expr.func(*(self._concrete(arg) for arg in expr.args))

    def _relation(self, thing: Relation) -> tuple[Mode, list[Relation]]:
        if isinstance(thing.lhs, Vector):
            pairs = self._components(thing.lhs - thing.rhs)
        elif isinstance(thing.lhs, Matrix):
            return Mode.ALL if thing.op == "==" else Mode.ANY, self.entries.relations(thing)
        else:
            whole = Relation(thing.op, self.scalar(thing.lhs), self.scalar(thing.rhs))
            return Mode.ALL, self._over_indices(whole)
        mode = Mode.ALL if thing.op == "==" else Mode.ANY
        return mode, [Relation(thing.op, value, sympy.Integer(0)) for value in pairs]

    def _over_indices(self, relation: Relation) -> list[Relation]:
        used = {self.indexed[s] for s in _free(relation) if s in self.indexed}
        if not used:
            return [relation]
        (space,) = {space for _, space, _ in used}
        letters = sorted({letter for _, _, letter in used} - {"norm"})
        choices = permutations(range(1, self.dimensions[space] + 1), len(letters))
        return [
            substitute(relation, self._point(dict(zip(letters, choice, strict=True))))
            for choice in choices
        ]

    def _point(
        self, where: Mapping[str, int], moving: Mapping[int, int] | None = None, at: str = ""
    ) -> dict[Symbol, Expr]:
        """Coordinates by letter at concrete indices; those of `at` move along `moving` * t."""
        table = {}
        for symbol, (name, space, letter) in self.indexed.items():
            direction = moving if moving is not None and name == at else {}
            if letter == "norm":
                d = self.dimensions[space]
                squares = (self._moved(name, n, direction) ** 2 for n in range(1, d + 1))
                table[symbol] = sympy.sqrt(sympy.Add(*squares))
            elif letter in where:
                table[symbol] = self._moved(name, where[letter], direction)
        return table

    def _moved(self, name: str, index: int, direction: Mapping[int, int]) -> Expr:
        return self.leaf(Component(name, index)) + _T * direction.get(index, 0)

    def _components(self, vector: Vector) -> list[Expr]:
        return [
            sympy.Add(
                *(
                    self.scalar(c)
                    * self.leaf(Component(atom.name, i, atom.operator, _fraction(atom.exponent)))
                    for atom, c in vector.terms
                )
            )
            for i in range(1, self.dimensions[vector.space] + 1)
        ]

    def _entry(self, of: SymmetricField, i: int, j: int, moving: Mapping[int, int]) -> Expr:
        """H_ij at w + t * moving."""
        table = self._point({"i": i, "j": j}, moving, of.at.name)
        pair = substitute(self._smooth(of.pair), table)
        if i != j:
            return pair
        return pair + substitute(self._smooth(of.diagonal), table)

    def _smooth(self, expr: Expr) -> Expr:
        """`expr` in leaves with its inner derivatives taken, as it is differentiated once more."""
        taken = self.scalar(expr).replace(
            sympy.Derivative, lambda body, *counts: body.diff(*counts)
        )
        result: Expr = taken.replace(
            sympy.Subs, lambda body, old, new: substitute(body, dict(zip(old, new, strict=True)))
        )
        return result

    def _hessian_map(self, of: SymmetricField) -> list[Relation]:
        indices = range(1, self.dimensions[of.at.space] + 1)
        return [
            Relation(
                "==",
                _rate(self._entry(of, i, j, {k: 1})),
                _rate(self._entry(of, i, k, {j: 1})),
            )
            for i in indices
            for j in indices
            for k in indices
            if j < k
        ]

    def _value(self, of: Potential, moving: Mapping[int, int]) -> Expr:
        """The potential at w + t * moving."""
        name = of.at.name
        terms = [substitute(self._smooth(of.radial), self._point({}, moving, name))]
        for i in range(1, self.dimensions[of.at.space] + 1):
            table = self._point({"i": i}, moving, name)
            terms.append(substitute(self._smooth(of.separable), table))
            linear = substitute(self._smooth(of.linear), table)
            terms.append(linear * self._moved(name, i, moving))
        return sympy.Add(*terms)

    def _hessian_is(self, thing: HessianIs) -> list[Relation]:
        def second(*along: int) -> Expr:
            return _rate(self._value(thing.potential, dict.fromkeys(along, 1)), 2)

        out = []
        d = self.dimensions[thing.potential.at.space]
        for i in range(1, d + 1):
            out.append(Relation("==", second(i), self._entry(thing.field, i, i, {})))
            for j in range(i + 1, d + 1):
                # 2 f_ij = D^2 f[e_i + e_j] - D^2 f[e_i] - D^2 f[e_j]
                mixed = (second(i, j) - second(i) - second(j)) / 2
                out.append(Relation("==", mixed, self._entry(thing.field, i, j, {})))
        return out

    def _gradient_is(self, thing: GradientIs) -> list[Relation]:
        out = []
        for i in range(1, self.dimensions[thing.potential.at.space] + 1):
            left = _rate(self._value(thing.potential, {i: 1}))
            right = substitute(self._smooth(thing.component), self._point({"i": i}))
            out.append(Relation("==", left, right))
        return out

    def _conserved(self, thing: Conserved) -> list[Relation]:
        """d/dt of the quantity at t = 0 along state + t * velocity, by components."""
        velocity: dict[str, Any] = {}
        for name, rate in thing.flow:
            if isinstance(rate, Matrix):
                velocity[name] = self.entries.table(rate)
            elif isinstance(rate, Vector):
                velocity[name] = [[entry] for entry in self._components(rate)]
            else:
                velocity[name] = self.scalar(rate)
        self.entries.moved = {n: v for n, v in velocity.items() if isinstance(v, list)}
        rates = {n: v for n, v in velocity.items() if not isinstance(v, list)}

        def moving(expr: Expr) -> Expr:
            free = {s for s in expr.free_symbols if str(s) in rates and s not in self.leaves}
            table = {s: self.leaf(Scalar(str(s))) + _T * rates[str(s)] for s in free}
            along: Expr = substitute(expr.replace(Inner, self._held_inner), table)
            return along

        quantity = map_scalars(thing.quantity, moving)
        if isinstance(quantity, Matrix):
            entries = [entry for row in self.entries.table(quantity) for entry in row]
        else:
            entries = [self._smooth(quantity)]
        self.entries.moved = {}
        return [Relation("==", _rate(entry), sympy.Integer(0)) for entry in entries]

    def _held_inner(self, *args: Any) -> Expr:
        """An inner product as a trace, whose factors move."""
        atom = Inner(*args)
        left, right = (matrix_symbol(name, atom.space, "1") for name in atom.names)
        if atom.operator:
            power = operator_power(atom.operator, _fraction(atom.exponent), atom.space)
            return Trace.of(left.T @ power @ right)
        return Trace.of(left.T @ right)


def _rate(expr: Expr, order: int = 1) -> Expr:
    """The derivative of `expr` by t at t = 0, left to the enclosures."""
    if _T not in expr.free_symbols:
        return sympy.Integer(0)
    return sympy.Subs(sympy.Derivative(expr, (_T, order)), _T, sympy.Integer(0))


def _opposite(relation: Relation) -> Relation:
    opposite = negation(relation)
    if not isinstance(opposite, Relation):
        raise UnsupportedError(f"{relation} has no opposite relation.")
    return opposite


def _free(relation: Relation) -> set[Symbol]:
    return {s for expr in scalars_in(relation) for s in expr.free_symbols}


def _fraction(value: Any) -> Fraction:
    return Fraction(int(value.p), int(value.q))
