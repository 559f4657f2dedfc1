"""**Chances**: the probability of an event after some steps of a Markov chain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sympy import Expr, Symbol

from verifier.errors import StatementError
from verifier.exact.chains import MarkovChain
from verifier.exact.compound import Binder, tex
from verifier.exact.scalars import Scalar
from verifier.exact.statements.base import Statement
from verifier.exact.statements.moments import MomentAfter, moment_after
from verifier.exact.statements.relation import OP_LATEX, Op, Relation


@dataclass(frozen=True)
class ChanceAfter(Binder, Statement):
    """The noise has a law, and P(event at X_time) `op` value where X_0 = start."""

    op: Op
    chain: MarkovChain
    start: tuple[Expr, ...]
    time: Expr
    event: Relation
    value: Expr

    def __str__(self) -> str:
        pairs = zip(self.chain.state, self.start, strict=True)
        start = ", ".join(f"{name} = {value}" for name, value in pairs)
        left = f"P({self.event}) {self.op} {self.value}"
        return f"{left} after {self.time} steps of {self.chain} from {start}"

    def parts(self) -> tuple[Any, ...]:
        return self.chain, *self.start, self.time, self.event, self.value

    def rebuilt(self, *parts: Any) -> ChanceAfter:
        chain, *start, time, event, value = parts
        return ChanceAfter(self.op, chain, tuple(start), time, event, value)

    def bound(self) -> frozenset[Symbol]:
        return self.chain.bound()

    def counted(self) -> frozenset[Symbol]:
        return frozenset(self.time.free_symbols)

    def latex(self) -> str:
        pairs = zip(self.chain.state, self.start, strict=True)
        start = r",\; ".join(rf"{tex(name)}_0 = {tex(value)}" for name, value in pairs)
        chance = rf"P_{{{tex(self.time)}}}\left({tex(self.event)}\right)"
        left = f"{chance} {OP_LATEX[self.op]} {tex(self.value)}"
        return rf"{left} \quad\text{{for}}\quad {tex(self.chain)},\; {start}"

    def mean_of(self, test: Expr) -> MomentAfter:
        """The same relation of the mean of a test function."""
        return MomentAfter(self.op, self.chain, self.start, self.time, test, self.value)


def chance_after(
    chain: MarkovChain,
    event: Relation,
    value: Scalar,
    *,
    start: Mapping[Symbol, Scalar],
    time: int | Symbol,
    op: Op = "<=",
) -> ChanceAfter:
    """P(event at X_time) <= value, or another relation, from X_0 = `start`."""
    if not (isinstance(event, Relation) and isinstance(event.lhs, Expr)):
        raise StatementError(f"An event is a relation of scalars, got {event}.")
    for side in (event.lhs, event.rhs):
        plain = moment_after(chain, side, value, start=start, time=time, op=op)
    return ChanceAfter(op, chain, plain.start, plain.time, event, plain.value)
