"""**Markov chains**: X' = f(X, noise) with noise that is drawn anew, and alone, at each step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from sympy import Expr, Symbol

from verifier.errors import StatementError, UnsupportedError
from verifier.exact.compound import Binder, tex
from verifier.exact.families import Entry
from verifier.exact.fields import Partial
from verifier.exact.laws import Law
from verifier.exact.scalars import Scalar, exact
from verifier.exact.statements.bound import bound_variables
from verifier.exact.substitution import substitute
from verifier.exact.traces import Trace
from verifier.exact.vectors import Inner

LONGEST = 40  # members of a family from which one is drawn


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

    def listed(self) -> MarkovChain:
        """The chain with every member that is drawn as a noise, for sizes that are numbers.

        Raises `UnsupportedError` for another size, or where an index is drawn inside of a vector.
        """
        drawn = {index for index, _ in self.law.indices}
        if not all(size.is_Integer and size <= LONGEST for _, size in self.law.indices):
            raise UnsupportedError("A drawn index is listed for sizes that are small numbers.")
        if any(held.has(*drawn) for f in self.step for held in f.atoms(Inner, Partial, Trace)):
            raise UnsupportedError("An index that draws a vector is not listed.")
        entries = {e for f in self.step for e in f.atoms(Entry) if drawn & e.index.free_symbols}
        slots = [*sorted(entries, key=str), *sorted(drawn, key=str)]
        names = {slot: Symbol(f"{{{slot}}}", real=True) for slot in slots}
        step = tuple(f.xreplace(names) for f in self.step)
        ranges = [range(1, int(size) + 1) for _, size in self.law.indices]
        rows = []
        for chosen in product(*ranges):
            at = dict(zip((i for i, _ in self.law.indices), map(exact, chosen), strict=True))
            rows.append(tuple(slot.xreplace(at) for slot in slots))
        outcomes = tuple(
            ((*values, *row), weight / len(rows))
            for values, weight in self.law.outcomes
            for row in rows
        )
        return MarkovChain(self.state, step, Law((*self.law.noise, *names.values()), outcomes))


def markov_chain(step: Mapping[Symbol, Scalar], law: Law) -> MarkovChain:
    """The chain that takes each state variable to an expression in the state and the noise.

    A variable that stands in the expressions and is neither moved nor drawn is a parameter.
    """
    state = bound_variables(step)
    drawn = set(state) & law.bound()
    if drawn:
        raise StatementError(f"`{min(map(str, drawn))}` is drawn and moved: rename one of them.")
    made = MarkovChain(state, tuple(map(exact, step.values())), law)
    for f in made.step:
        law.averaged(f)  # a drawn index that leaves its family is an error here
    return made
