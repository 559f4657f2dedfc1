"""**Solver search**: a model of the hypotheses and the negated conclusion, from Z3.

Sums, products, quotients, roots, absolute values and extremes of the entries of an instance are
sent; other hypotheses are left out, as every model is examined like any other instance. Work is
counted in the units of the solver, so that it does not depend on the clock.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

import sympy
from sympy import Expr, Symbol

from verifier.errors import UnsupportedError
from verifier.exact.statements import Relation, Statement
from verifier.falsify.examine import Examiner
from verifier.falsify.instances.instance import Instance, Rows, Value
from verifier.falsify.instances.leaf import Cell, Component, Leaf, Product, Scalar, leaf_symbol
from verifier.falsify.instances.strategies import Generator
from verifier.falsify.statements.goal import Goal, Mode
from verifier.falsify.statements.ground import lower
from verifier.solvers import z3
from verifier.solvers.script import Function, Op, Script, call, compared, number, quoted
from verifier.solvers.solver import Answer, SolverMissingError

WORK = Fraction(1, 4)  # units of the solver for one conclusion at one size
LONGEST = 4000  # characters of a query; a longer one takes its time before the units count
SIZES = 2  # choices of dimensions that are asked about
_DENOMINATORS = (1, 2, 4, 10, 100, 10**4, 10**8, 10**12)
_OPPOSITE: dict[str, Op] = {
    "==": "!=", "!=": "==", "<": ">=", "<=": ">", ">": "<=", ">=": "<",
}  # fmt: skip


def by_solver(examiner: Examiner, generator: Generator, index: int) -> Iterator[Instance]:
    """Instances near models of a failure of conclusion number `index`, at the smallest sizes."""
    for sizes in sorted(generator.sizes(), key=lambda row: (max(row, default=0), row))[:SIZES]:
        dimensions = dict(zip(generator.dimensions, sizes, strict=True))
        try:
            query = _Query(examiner, dimensions)
            script = query.script(index)
            if len(script.text) > LONGEST:
                continue
            answer = z3.decide(script, WORK)
        except SolverMissingError:
            return
        except UnsupportedError:
            continue
        for values in _roundings(answer):
            made = generator.completed(query.instance(values))
            if made is not None:
                yield made


def _roundings(answer: Answer) -> Iterator[Mapping[str, Fraction]]:
    """The model; irrational entries of it are rounded more and more finely."""
    if answer.status != "sat":
        return
    if not answer.near:
        yield answer.values
        return
    for largest in _DENOMINATORS:
        near = {name: value.limit_denominator(largest) for name, value in answer.near.items()}
        yield {**answer.values, **near}


class _Query:
    """What is known and denied at given dimensions, as text for a solver."""

    def __init__(self, examiner: Examiner, dimensions: Mapping[str, int]) -> None:
        signature = examiner.signature
        if signature.functions or signature.fields or signature.operators or signature.integers:
            raise UnsupportedError("The instance has more than scalars, vectors and matrices.")
        self.examiner, self.dimensions = examiner, dimensions
        spaced = (*signature.vectors, *signature.points, *signature.components)
        self.text = _Text({name: dimensions[space] for name, space in spaced})

    def script(self, index: int) -> Script:
        """Raises `UnsupportedError` where the conclusion cannot be sent."""
        goal = self._goal(self.examiner.conclusions[index][1])
        if goal is None:
            raise UnsupportedError("The conclusion is no statement about entries.")
        self.text.leaves = dict(goal.leaves)
        denied = [self.text.relation(r, negated=True) for r in goal.relations]
        join = "or" if goal.mode is Mode.ALL else "and"
        formulas = [call(join, *denied) if len(denied) > 1 else denied[0]]
        given = [s for _, s in self.examiner.hypotheses]
        for statement in (*given, *self.examiner.premises[index]):
            formulas += self._given(statement)
        names = [Function(name) for name in sorted(self.text.names)]
        return Script("QF_NRA", tuple(names), (*formulas, *self.text.definitions))

    def _given(self, statement: Statement) -> list[str]:
        goal = self._goal(statement)
        if goal is None or goal.mode is not Mode.ALL:
            return []
        self.text.leaves |= goal.leaves
        try:
            return [self.text.relation(r) for r in goal.relations]
        except UnsupportedError:
            return []

    def _goal(self, statement: Statement) -> Goal | None:
        try:
            goal = lower(statement, self.examiner.signature, self.dimensions)
        except UnsupportedError:
            return None
        sent = goal.mode in (Mode.ALL, Mode.ANY) and goal.relations
        return goal if sent else None

    def instance(self, values: Mapping[str, Fraction]) -> dict[str, Value]:
        """The values of a model as an instance; what it does not speak of is 0."""
        signature, size = self.examiner.signature, self.dimensions

        def at(leaf: Leaf) -> Fraction:
            return values.get(str(leaf_symbol(leaf)), Fraction(0))

        made: dict[str, Value] = dict(size)
        for scalar in (*signature.scalars, *signature.norms):
            made[str(scalar)] = at(Scalar(str(scalar)))
        for name, space in (*signature.vectors, *signature.points, *signature.components):
            made[name] = tuple(at(Component(name, k + 1)) for k in range(size[space]))
        for name, rows, columns in signature.matrices:
            m, n = (1 if home == "1" else size[home] for home in (rows, columns))
            made[name] = Rows(
                tuple(tuple(at(Cell(name, i + 1, j + 1)) for j in range(n)) for i in range(m))
            )
        return made


@dataclass
class _Text:
    """Terms of a solver; `definitions` say what the names of roots stand for."""

    sizes: Mapping[str, int]  # of vectors
    leaves: dict[Symbol, Leaf] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    definitions: list[str] = field(default_factory=list)
    roots: dict[Expr, str] = field(default_factory=dict)

    def relation(self, relation: Relation, *, negated: bool = False) -> str:
        op: Op = _OPPOSITE[relation.op] if negated else relation.op
        return compared(self.term(relation.lhs), op, self.term(relation.rhs))

    def term(self, expr: Expr) -> str:
        match expr:
            case sympy.Rational():
                return number(Fraction(int(expr.p), int(expr.q)))
            case Symbol():
                return self._leaf(expr)
            case sympy.Add():
                return call("+", *map(self.term, expr.args))
            case sympy.Mul():
                return call("*", *map(self.term, expr.args))
            case sympy.Pow() if expr.exp.is_Rational:
                return self._power(expr.base, int(expr.exp.p), int(expr.exp.q))
            case sympy.Abs():
                inside = self.term(expr.args[0])
                return call("ite", call(">=", inside, number(0)), inside, call("-", inside))
            case sympy.Max() | sympy.Min():
                return self._extreme(expr)
        raise UnsupportedError(f"`{type(expr).__name__}` is not sent to a solver.")

    def _leaf(self, symbol: Symbol) -> str:
        match self.leaves.get(symbol):
            case Scalar() | Component(operator="") | Cell():
                self.names.add(str(symbol))
                return quoted(str(symbol))
            case Product(operator="") as inner:
                return self._inner(inner)
        raise UnsupportedError(f"`{symbol}` is not sent to a solver.")

    def _inner(self, inner: Product) -> str:
        terms = []
        for k in range(1, self.sizes[inner.left] + 1):
            ends = [leaf_symbol(Component(name, k)) for name in (inner.left, inner.right)]
            self.names |= set(map(str, ends))
            terms.append(call("*", *(quoted(str(end)) for end in ends)))
        return call("+", *terms) if len(terms) > 1 else terms[0]

    def _power(self, base: Expr, p: int, q: int) -> str:
        inside = self.term(base) if q == 1 else self._root(base, q)
        raised = call("*", *[inside] * abs(p)) if abs(p) > 1 else inside
        if p > 0:
            return raised
        self.definitions.append(call("not", call("=", inside, number(0))))
        return call("/", number(1), raised)

    def _root(self, base: Expr, degree: int) -> str:
        """A name r with r >= 0 and r^degree = base."""
        key = sympy.Pow(base, sympy.Rational(1, degree), evaluate=False)
        if key not in self.roots:
            name = f"root {len(self.roots) + 1}"
            self.names.add(name)
            self.roots[key] = quoted(name)
            power = call("*", *[quoted(name)] * degree)
            self.definitions += [
                call(">=", quoted(name), number(0)),
                call("=", power, self.term(base)),
            ]
        return self.roots[key]

    def _extreme(self, expr: Expr) -> str:
        op = ">=" if isinstance(expr, sympy.Max) else "<="
        first, *rest = map(self.term, expr.args)
        for other in rest:
            first = call("ite", call(op, first, other), first, other)
        return first
