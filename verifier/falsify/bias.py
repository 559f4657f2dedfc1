"""**Implicit bias at an instance**: the limit of the flow against the minimiser, two balls.

They are enclosed by different programs: a validated integration with a tail bound, and Krawczyk's
test on the KKT system. Balls that meet agree. Where they are apart the claim is false only if the
other fit is certainly better than the limit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import log2
from typing import Any

import sympy
from flint import arb, fmpq
from sympy import Expr, Rational, Symbol

from verifier.enclose.decide import agreement, ball
from verifier.enclose.linear.spectra import smallest_eigenvalue
from verifier.enclose.programs.bundle import gradient
from verifier.enclose.programs.compile import compile_expr
from verifier.enclose.solving.optima import enclose_minimiser
from verifier.errors import DomainError, UnsupportedError
from verifier.exact.matrices import Matrix
from verifier.exact.statements.bias import ImplicitBias
from verifier.falsify.instances.instance import Instance
from verifier.falsify.instances.leaf import Cell, Component, Product, Scalar, leaf_symbol, rational
from verifier.falsify.probe import Finding, Status
from verifier.falsify.statements.entries import Entries, Host, Table
from verifier.falsify.statements.ground import with_value
from verifier.flow.integrate import FlowError
from verifier.flow.limit import flow_limit
from verifier.flow.losses import LeastSquares
from verifier.flow.tails.tail import gram, positive
from verifier.precision import precision

STEPS = 120
HORIZON = 512
FASTEST = 1e30  # a rate of change at the start beyond which a flow is left as it is

NO_FIT = "no predictor fits the data"


@dataclass(frozen=True)
class Effort:
    """The precision in bits, and the digits of the limit that are asked for."""

    bits: int
    digits: int


ROUGH, AGAIN, FINE = Effort(64, 8), Effort(80, 10), Effort(144, 22)


@dataclass(frozen=True)
class Problem:
    """The statement in numbers: a flow of `variables` and a potential in `place`."""

    residuals: tuple[Expr, ...]
    variables: tuple[Symbol, ...]
    start: tuple[Any, ...]
    predictor: tuple[Expr, ...]
    potential: Expr
    place: tuple[Symbol, ...]
    equations: tuple[Expr, ...]


def examine(
    statement: ImplicitBias,
    instance: Instance,
    lowering: Host,
    *,
    efforts: Sequence[Effort] = (ROUGH, FINE),
) -> Finding:
    """Whether limit and minimiser agree at `instance`, to the last effort that is needed.

    UNASKED where no vector fits the data, or one only, or the flow is not shown to end in a fit;
    UNKNOWN where a ball is not had.
    """
    try:
        problem = _Numbers(statement, instance, lowering, efforts[-1].bits).problem()
    except DomainError as fault:
        return Finding(Status.UNDEFINED, reason=str(fault))
    except UnsupportedError as fault:
        return Finding(Status.UNKNOWN, reason=str(fault))
    if problem is None:
        return Finding(Status.UNASKED, reason="no vector fits the data")
    if len(problem.equations) == len(problem.place):
        return Finding(Status.UNASKED, reason="only one vector fits the data")
    for effort in efforts:
        finding = _with(effort, problem)
        if finding.status is Status.FALSE:
            break
    return finding


def _with(effort: Effort, problem: Problem) -> Finding:
    bits = effort.bits
    try:
        reached = _limit(problem, effort)
        if not _is_fit(problem, reached, bits):
            return Finding(Status.UNASKED, reason="the flow is not shown to end in a fit")
        seen = [compile_expr(e, problem.variables)(reached, bits) for e in problem.predictor]
        best = enclose_minimiser(
            problem.potential, problem.place, problem.equations, near=seen, bits=bits
        ).point
    except (FlowError, DomainError, UnsupportedError) as fault:
        return Finding(Status.UNKNOWN, reason=str(fault))
    with precision(bits):
        return _compared(problem, seen, best, bits)


def _limit(problem: Problem, effort: Effort) -> Sequence[arb]:
    """Enclosures of the variables at infinity. Raises `FlowError`."""
    if not problem.residuals:
        with precision(effort.bits):
            return [arb(x) for x in problem.start]
    flow = _paced(LeastSquares(problem.residuals, problem.variables), problem.start)
    return flow_limit(
        flow,
        problem.start,
        digits=effort.digits,
        bits=effort.bits,
        horizon=HORIZON,
        steps=STEPS,
    ).balls


def _is_fit(problem: Problem, reached: Sequence[arb], bits: int) -> bool:
    """Whether the limit, a critical point of the loss, certainly fits the data.

    J^T r = 0 there, so that r = 0 where the gradients of the residuals are independent.
    """
    programs = [compile_expr(r, problem.variables) for r in problem.residuals]
    if not all(program(reached, bits).contains(0) for program in programs):
        return False
    rows = [[slope(reached, bits) for slope in gradient(program)] for program in programs]
    with precision(bits):
        return not rows or positive(smallest_eigenvalue(gram(rows)))


def _paced(flow: LeastSquares, start: Sequence[Any]) -> LeastSquares:
    """The flow at a speed of about 1 at the start: a factor of the loss moves no limit."""
    with precision(ROUGH.bits):
        table = flow.field.jacobian([arb(x) for x in start])
    rate = max(float(entry.abs_upper()) for row in table for entry in row)
    if not 0 < rate < FASTEST:
        return flow
    return replace(flow, scale=flow.scale * Rational(2) ** -round(log2(rate)))


def _compared(problem: Problem, seen: Sequence[arb], best: Sequence[arb], bits: int) -> Finding:
    left, right = (", ".join(x.str(12) for x in row) for row in (seen, best))
    gaps = [a - b for a, b in zip(seen, best, strict=True)]
    if all(gap.contains(0) for gap in gaps):
        widest = max(gaps, key=lambda gap: float(gap.abs_upper()))
        return Finding(Status.AGREES, left, right, reason=f"agree to {agreement(widest)}")
    program = compile_expr(problem.potential, problem.place)
    gain = program(seen, bits) - program(best, bits)
    if not gain > 0:
        return Finding(Status.UNKNOWN, reason="the balls are apart, and neither is known better")
    shown = gain.lower().str(6, radius=False)
    return Finding(
        Status.FALSE,
        f"the limit ({left})",
        f"the minimiser ({right})",
        margin=-float(gain.lower()),
        distance=shown,
        reason=f"the limit is ({left}), the potential is less by {shown} at ({right})",
    )


@dataclass(frozen=True)
class Sample:
    """One term weight * (<x, p> - y)^2 of the loss."""

    x: Sequence[Rational]
    y: Rational
    weight: Rational = Rational(1)

    def residual(self, predictor: Sequence[Expr]) -> Expr:
        return sympy.Add(*(c * p for c, p in zip(self.x, predictor, strict=True))) - self.y


def independent(samples: Sequence[Sample]) -> list[Sample] | None:
    """The same loss as fewest terms, with independent x; None where it is nowhere 0.

    They are the squares of |X^T p - y|^2 = sum_k c_k (<l_k, p> - b_k)^2 by elimination (LDL^T).
    """
    rows = [[*sample.x, sample.y] for sample in samples]
    size = range(len(rows[0]))
    gram = [[sum((row[i] * row[j] for row in rows), Rational(0)) for j in size] for i in size]
    found = []
    for k in size[:-1]:
        pivot = gram[k][k]
        if pivot == 0:
            continue
        line = [entry / pivot for entry in gram[k]]
        found.append(Sample(line[:-1], line[-1], pivot))
        for i in size:
            for j in size:
                gram[i][j] -= pivot * line[i] * line[j]
    return found if gram[-1][-1] == 0 else None


class _Numbers:
    """Symbols for what is bound, numbers for everything else."""

    def __init__(
        self, statement: ImplicitBias, instance: Instance, lowering: Host, bits: int
    ) -> None:
        self.statement, self.instance, self.lowering = statement, instance, lowering
        self.bits = bits
        self.bound = {str(symbol) for symbol in statement.bound()}
        spaces = {n: v.rows for n, v in statement.start if isinstance(v, Matrix)}
        self.spaces = {**spaces, statement.over: statement.data.rows}
        self.entries = Entries(lowering, Symbol("flow_time", real=True))

    def problem(self) -> Problem | None:
        """The flow and the potential; None where no vector fits the labels."""
        given = self.statement
        state: list[Symbol] = []
        start: list[Any] = []
        for name, value in given.start:
            cells = self.table(value) if isinstance(value, Matrix) else [[self.scalar(value)]]
            for row, entries in enumerate(cells, start=1):
                for column, entry in enumerate(entries, start=1):
                    state.append(self.variable(name, value, row, column))
                    start.append(self.number(entry))
        data = _rationals(self.table(given.data))
        labels = [row[0] for row in _rationals(self.table(given.labels))]
        place = tuple(leaf_symbol(Component(given.over, k)) for k in range(1, len(data) + 1))
        predictor = tuple(row[0] for row in self.table(given.predictor))
        samples = [Sample(x, y) for x, y in zip(zip(*data, strict=True), labels, strict=True)]
        kept = independent(samples)
        if kept is None:
            return None
        moved = samples if len(kept) == len(samples) else kept
        residuals = tuple(sympy.sqrt(one.weight) * one.residual(predictor) for one in moved)
        return Problem(
            residuals,
            tuple(state),
            tuple(start),
            predictor,
            self.scalar(given.potential),
            place,
            tuple(one.residual(place) for one in kept),
        )

    def variable(self, name: str, start: Any, row: int, column: int) -> Symbol:
        if not isinstance(start, Matrix):
            return leaf_symbol(Scalar(name))
        return leaf_symbol(Component(name, row) if start.is_column else Cell(name, row, column))

    def table(self, of: Matrix) -> Table:
        return [[self.closed(entry) for entry in row] for row in self.entries.table(of)]

    def number(self, expr: Expr) -> Any:
        """A rational, or else a ball."""
        if expr.is_Rational:
            return fmpq(int(expr.p), int(expr.q))
        return ball(expr, bits=self.bits)

    def scalar(self, expr: Expr) -> Expr:
        return self.closed(self.lowering.scalar(expr))

    def closed(self, expr: Expr) -> Expr:
        """`expr` with numbers for the leaves that are not bound."""
        table = {}
        for symbol in expr.free_symbols:
            leaf = self.lowering.leaves[symbol]
            match leaf:
                case Product(left=left, right=right) if {left, right} & self.bound:
                    table[symbol] = self._expanded(leaf)
                case Component(name=name) | Cell(name=name) | Scalar(name=name):
                    if name not in self.bound:
                        table[symbol] = rational(leaf.value(self.instance))
                case _:
                    table[symbol] = rational(leaf.value(self.instance))
        return with_value(expr.xreplace(table))

    def _expanded(self, leaf: Product) -> Expr:
        """An inner product with a bound vector, by components."""
        if leaf.operator:
            raise UnsupportedError(f"`{leaf.operator}` acts on what a flow moves.")
        known = leaf.left if leaf.left in self.bound else leaf.right
        size = self.entries.size(self.spaces[known])
        pairs = ((Component(leaf.left, k), Component(leaf.right, k)) for k in range(1, size + 1))
        return sympy.Add(*(self._component(a) * self._component(b) for a, b in pairs))

    def _component(self, leaf: Component) -> Expr:
        if leaf.name in self.bound:
            return leaf_symbol(leaf)
        return rational(leaf.value(self.instance))


def _rationals(table: Table) -> Table:
    """Data must be exact. Raises `UnsupportedError` for what is no rational."""
    for row in table:
        for entry in row:
            if not entry.is_Rational:
                raise UnsupportedError(f"The datum {entry} is no rational number.")
    return table
