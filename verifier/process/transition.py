"""**Transition operators**: p -> E[p(X') | X] on polynomials, exactly.

Steps are polynomials in the state and the noise. Whatever else stands in them, such as a learning
rate or a square root, is a parameter: a generator of which nothing is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import sympy
from flint import Ordering, fmpq, fmpq_mpoly_ctx
from sympy import Expr, Symbol

from verifier.errors import UnsupportedError
from verifier.exact.chains import MarkovChain
from verifier.exact.laws import Outcome

Poly = Any  # flint.fmpq_mpoly
Exponents = tuple[int, ...]
MOST_TERMS = 20_000  # of one polynomial
MOST_DEGREE = 256  # in one variable of the state


@dataclass(frozen=True)
class Transition:
    """The operator of `chain`; polynomials are in its state, its noise and `parameters`."""

    chain: MarkovChain
    parameters: tuple[Expr, ...]

    @staticmethod
    def of(chain: MarkovChain, *others: Expr) -> Transition:
        """The operator, with the parameters of the chain and of `others`.

        Raises:
            UnsupportedError: a step is no polynomial in state and noise, a weight or a value
                depends on the state, or the law draws an index of no number of data.
        """
        chain = chain.listed() if chain.law.indices else chain
        law = chain.law
        fixed = [entry for values, weight in law.outcomes for entry in (*values, weight)]
        for entry in fixed:
            if entry.free_symbols & set(chain.state):
                raise UnsupportedError(f"{entry} in the law depends on the state.")
        for observable in others:
            if observable.free_symbols & set(law.noise):
                raise UnsupportedError(f"{observable} is to be a function of the state alone.")
        moving = frozenset((*chain.state, *law.noise))
        found = {p for e in (*fixed, *chain.step, *others) for p in _parameters(e, moving)}
        return Transition(chain, tuple(sorted(found, key=sympy.default_sort_key)))

    @cached_property
    def ring(self) -> Any:
        size = len(self.generators)
        return fmpq_mpoly_ctx.get(tuple(f"g{n}" for n in range(size)), Ordering.degrevlex)

    @cached_property
    def generators(self) -> tuple[Expr, ...]:
        return (*self.chain.state, *self.chain.law.noise, *self.parameters)

    @cached_property
    def table(self) -> Mapping[Expr, Poly]:
        return dict(zip(self.generators, self.ring.gens(), strict=True))

    @cached_property
    def steps(self) -> tuple[Poly, ...]:
        return tuple(map(self.read, self.chain.step))

    @cached_property
    def outcomes(self) -> tuple[tuple[tuple[Poly, ...], Poly], ...]:
        """Values and weights of the noise, as polynomials in the parameters."""
        return tuple(self._outcome(outcome) for outcome in self.chain.law.outcomes)

    @property
    def width(self) -> int:
        """How many state variables there are."""
        return len(self.chain.state)

    @cached_property
    def climb(self) -> int:
        """The largest power of a variable of the state in a step."""
        return max(max(step.degrees()[: self.width]) for step in self.steps)

    def read(self, expr: Expr) -> Poly:
        """`expr` as a polynomial. Raises `UnsupportedError` for anything else."""
        if expr in self.table:
            return self.table[expr]
        if expr.is_Rational:
            return self.ring.constant(fmpq(int(expr.p), int(expr.q)))
        if expr.is_Add or expr.is_Mul:
            parts = [self.read(arg) for arg in expr.args]
            made = parts[0]
            for part in parts[1:]:
                made = made + part if expr.is_Add else made * part
            return made
        if isinstance(expr, sympy.Pow) and expr.exp.is_Integer and expr.exp > 0:
            return self.read(expr.base) ** int(expr.exp)
        raise UnsupportedError(f"{expr} is no polynomial in the state and the noise.")

    def show(self, poly: Poly) -> Expr:
        """A polynomial as an expression."""
        return sympy.Add(*(_term(e, c, self.generators) for e, c in poly.to_dict().items()))

    def apply(self, poly: Poly) -> Poly:
        """E[poly(X') | X]."""
        highest = max(poly.degrees()[: self.width], default=0)
        if highest * self.climb > MOST_DEGREE:
            raise UnsupportedError(f"A moment is of a degree above {MOST_DEGREE} in the state.")
        images = (*self.steps, *self.ring.gens()[self.width :])
        moved = _bounded(poly.compose(*images, ctx=self.ring))
        if not self.chain.law.noise:
            return moved * self.outcomes[0][1]
        means: dict[Exponents, Poly] = {}
        total = self.ring.constant(0)
        for drawn, rest in self._by_noise(moved):
            if drawn not in means:
                means[drawn] = self._mean(drawn)
            total = total + rest * means[drawn]
        return _bounded(total)

    def after(self, poly: Poly, steps: int) -> Poly:
        """E[poly(X_t) | X_0], by as many applications."""
        for _ in range(steps):
            poly = self.apply(poly)
        return poly

    def by_state(self, poly: Poly) -> dict[Exponents, Poly]:
        """The coefficients of the monomials in the state."""
        groups: dict[Exponents, dict[Exponents, fmpq]] = {}
        for exponents, c in poly.to_dict().items():
            mine, rest = exponents[: self.width], exponents[self.width :]
            groups.setdefault(mine, {})[(0,) * self.width + rest] = c
        return {mine: self.ring.from_dict(terms) for mine, terms in groups.items()}

    def monomial(self, exponents: Sequence[int]) -> Poly:
        """A monomial in the state."""
        full = (*exponents, *(0 for _ in self.generators[self.width :]))
        return self.ring.from_dict({full: fmpq(1)})

    def _outcome(self, outcome: Outcome) -> tuple[tuple[Poly, ...], Poly]:
        values, weight = outcome
        return tuple(map(self.read, values)), self.read(weight)

    def _by_noise(self, poly: Poly) -> Iterator[tuple[Exponents, Poly]]:
        start, end = self.width, self.width + len(self.chain.law.noise)
        groups: dict[Exponents, dict[Exponents, fmpq]] = {}
        none = (0,) * (end - start)
        for exponents, c in poly.to_dict().items():
            rest = exponents[:start] + none + exponents[end:]
            groups.setdefault(exponents[start:end], {})[rest] = c
        yield from ((drawn, self.ring.from_dict(terms)) for drawn, terms in groups.items())

    def _mean(self, drawn: Exponents) -> Poly:
        """E[z^drawn]."""
        total = self.ring.constant(0)
        for values, weight in self.outcomes:
            for value, exponent in zip(values, drawn, strict=True):
                weight = weight * value**exponent
            total = total + weight
        return total


def _parameters(expr: Expr, moving: frozenset[Symbol]) -> Iterator[Expr]:
    """The largest parts of `expr` that are no polynomials and hold nothing that moves."""
    if expr.is_Rational or expr in moving:
        return
    power = isinstance(expr, sympy.Pow) and expr.exp.is_Integer and expr.exp > 0
    if expr.is_Add or expr.is_Mul or power:
        for arg in expr.args[:1] if power else expr.args:
            yield from _parameters(arg, moving)
    elif expr.free_symbols & moving:
        raise UnsupportedError(f"{expr} is no polynomial in the state and the noise.")
    else:
        yield expr


def _term(exponents: Iterable[int], c: fmpq, generators: Sequence[Expr]) -> Expr:
    powers = (g ** int(e) for g, e in zip(generators, exponents, strict=True))
    return sympy.Mul(sympy.Rational(int(c.p), int(c.q)), *powers)


def _bounded(poly: Poly) -> Poly:
    if len(poly) > MOST_TERMS:
        raise UnsupportedError(f"A moment has more than {MOST_TERMS} terms.")
    return poly
