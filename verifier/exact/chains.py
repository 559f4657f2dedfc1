"""**Markov chains**: X' = f(X, noise) with noise that is drawn anew, and alone, at each step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sympy import Expr, Symbol

from verifier.errors import StatementError
from verifier.exact.compound import Binder, tex
from verifier.exact.laws import Law
from verifier.exact.scalars import Scalar, exact
from verifier.exact.statements.bound import bound_variables
from verifier.exact.substitution import substitute


@dataclass(frozen=True)
class MarkovChain(Binder):
    """The next value of each of `state`, in the state and in the noise of `law`."""

    state: tuple[Symbol, ...]
    step: tuple[Expr, ...]
    law: Law

    def __str__(self) -> str:
        moves = ", ".join(f"{x}' = {f}" for x, f in zip(self.state, self.step, strict=True))
        return f"{moves} with {self.law}"

    def parts(self) -> tuple[Any, ...]:
        return *self.step, self.law

    def rebuilt(self, *parts: Any) -> MarkovChain:
        return MarkovChain(self.state, parts[:-1], parts[-1])

    def bound(self) -> frozenset[Symbol]:
        return frozenset(self.state) | self.law.bound()

    def latex(self) -> str:
        pairs = zip(self.state, self.step, strict=True)
        moves = r",\; ".join(rf"{tex(x)}' = {tex(f)}" for x, f in pairs)
        return rf"{moves},\; {self.law.latex()}"

    def after(self, observable: Scalar) -> Expr:
        """`observable` at the next state, in this state and the noise."""
        moved: Expr = substitute(exact(observable), dict(zip(self.state, self.step, strict=True)))
        return moved

    def expected(self, observable: Scalar) -> Expr:
        """E[observable(X') | X], in the state."""
        return self.law.mean(self.after(observable))


def markov_chain(step: Mapping[Symbol, Scalar], law: Law) -> MarkovChain:
    """The chain that takes each state variable to an expression in the state and the noise.

    A variable that stands in the expressions and is neither moved nor drawn is a parameter.
    """
    state = bound_variables(step)
    drawn = set(state) & law.bound()
    if drawn:
        raise StatementError(f"`{min(map(str, drawn))}` is drawn and moved: rename one of them.")
    return MarkovChain(state, tuple(map(exact, step.values())), law)
