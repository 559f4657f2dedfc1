"""**Moments of Markov chains**: after some steps from a start, and in the limit from any."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sympy import Expr, Symbol

from verifier.errors import StatementError
from verifier.exact.chains import MarkovChain
from verifier.exact.compound import Binder, tex
from verifier.exact.scalars import Scalar, exact
from verifier.exact.statements.base import Statement
from verifier.exact.statements.relation import OP_LATEX, Op
from verifier.exact.substitution import names_in


@dataclass(frozen=True)
class MomentAfter(Binder, Statement):
    """The noise has a law, and E[observable(X_time)] `op` value where X_0 = start.

    The draws of different steps are independent.
    """

    op: Op
    chain: MarkovChain
    start: tuple[Expr, ...]
    time: Expr
    observable: Expr
    value: Expr

    def __str__(self) -> str:
        pairs = zip(self.chain.state, self.start, strict=True)
        start = ", ".join(f"{name} = {value}" for name, value in pairs)
        left = f"E[{self.observable}] {self.op} {self.value}"
        return f"{left} after {self.time} steps of {self.chain} from {start}"

    def parts(self) -> tuple[Any, ...]:
        return self.chain, *self.start, self.time, self.observable, self.value

    def rebuilt(self, *parts: Any) -> MomentAfter:
        chain, *start, time, observable, value = parts
        return MomentAfter(self.op, chain, tuple(start), time, observable, value)

    def bound(self) -> frozenset[Symbol]:
        return self.chain.bound()

    def counted(self) -> frozenset[Symbol]:
        return frozenset(self.time.free_symbols)

    def latex(self) -> str:
        pairs = zip(self.chain.state, self.start, strict=True)
        start = r",\; ".join(rf"{tex(name)}_0 = {tex(value)}" for name, value in pairs)
        mean = rf"\mathbb{{E}}_{{{tex(self.time)}}}\left[{tex(self.observable)}\right]"
        left = f"{mean} {OP_LATEX[self.op]} {tex(self.value)}"
        return rf"{left} \quad\text{{for}}\quad {tex(self.chain)},\; {start}"


@dataclass(frozen=True)
class MomentTends(Binder, Statement):
    """The noise has a law, and from every start E[observable(X_t)] tends to the value."""

    chain: MarkovChain
    observable: Expr
    value: Expr

    def __str__(self) -> str:
        return f"E[{self.observable}] -> {self.value} from every start of {self.chain}"

    def parts(self) -> tuple[Any, ...]:
        return self.chain, self.observable, self.value

    def rebuilt(self, *parts: Any) -> MomentTends:
        return MomentTends(*parts)

    def bound(self) -> frozenset[Symbol]:
        return self.chain.bound()

    def latex(self) -> str:
        mean = rf"\mathbb{{E}}_{{t}}\left[{tex(self.observable)}\right]"
        where = rf"\text{{for}}\quad {tex(self.chain)}"
        return rf"{mean} \xrightarrow[t \to \infty]{{}} {tex(self.value)} \quad {where}"


def moment_after(
    chain: MarkovChain,
    observable: Scalar,
    value: Scalar,
    *,
    start: Mapping[Symbol, Scalar],
    time: int | Symbol,
    op: Op = "==",
) -> MomentAfter:
    """E[observable(X_time)] = value from X_0 = `start`; `time` is a number, or an index t >= 1."""
    steps = exact(time)
    if not (steps.is_Integer and steps >= 0) and not is_whole(steps):
        raise StatementError(f"The time is a number of steps or an index, got {time}.")
    if set(start) != set(chain.state):
        names = ", ".join(map(str, chain.state))
        raise StatementError(f"A start has a value for each of {names}.")
    begun = tuple(exact(start[name]) for name in chain.state)
    made = MomentAfter(op, chain, begun, steps, exact(observable), exact(value))
    _outside(chain, (*begun, steps, made.value))
    _of_the_state(chain, made.observable)
    return made


def moment_tends(chain: MarkovChain, observable: Scalar, value: Scalar) -> MomentTends:
    """E[observable(X_t)] -> value as t grows, from every start."""
    made = MomentTends(chain, exact(observable), exact(value))
    _outside(chain, (made.value,))
    _of_the_state(chain, made.observable)
    return made


def _outside(chain: MarkovChain, values: Sequence[Expr]) -> None:
    """What is said of the chain may not speak of a state on the way, nor of one draw."""
    bound = {str(symbol) for symbol in chain.bound()}
    for value in values:
        caught = names_in(value) & bound
        if caught:
            raise StatementError(f"`{min(caught)}` moves or is drawn, and stands in {value}.")


def _of_the_state(chain: MarkovChain, observable: Expr) -> None:
    caught = names_in(observable) & {str(symbol) for symbol in chain.law.bound()}
    if caught:
        raise StatementError(f"`{min(caught)}` is drawn, and stands in {observable}.")


def is_whole(steps: Expr) -> bool:
    """Whether it is a symbol for a whole number."""
    return isinstance(steps, Symbol) and bool(steps.is_integer and steps.is_nonnegative)
