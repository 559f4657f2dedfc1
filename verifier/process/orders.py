"""**Orders in a small parameter**: drift and variance of one step, and what averaging leaves.

drift = E[p(X') - p(X) | X],    variance = Var[p(X') | X]
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sympy
from sympy import Expr, Symbol

from verifier.errors import UnsupportedError
from verifier.exact.chains import MarkovChain, markov_chain
from verifier.exact.scalars import Scalar, exact
from verifier.process.stationary import Limit, limit
from verifier.process.system import moment_system
from verifier.process.transition import Poly, Transition


@dataclass(frozen=True)
class Term:
    """coefficient * small^order, the term of least order; where nothing is left, 0 of order 0."""

    order: int
    coefficient: Expr


@dataclass(frozen=True)
class Orders:
    """The leading terms of the drift and of the variance of an observable in one step."""

    drift: Term
    variance: Term


def leading_orders(chain: MarkovChain, observable: Scalar, small: Symbol) -> Orders:
    """The leading terms in `small`, exactly, at a general state.

    Raises:
        UnsupportedError: the chain is no polynomial in the state, the noise and `small`.
    """
    expr = exact(observable)
    transition = Transition.of(chain, expr, small)
    hidden = [p for p in transition.parameters if p != small and small in p.free_symbols]
    if hidden:
        raise UnsupportedError(f"{hidden[0]} is no polynomial in `{small}`.")
    now = transition.read(expr)
    mean = transition.apply(now)
    variance = transition.apply(now * now) - mean * mean
    return Orders(_leading(transition, mean - now, small), _leading(transition, variance, small))


def averaged_drift(chain: MarkovChain, observable: Scalar, *, fast: Sequence[Symbol]) -> Limit:
    """The drift of `observable` with the moments of the `fast` variables at their limits.

    The limits are those of the fast variables alone, with the others held where they are. That the
    drift of the whole chain is this one to leading order is the averaging principle, which is
    another theorem's: what is returned is exact, and says what that theorem would have to give.
    The factors of `Limit` must be below 1 in modulus.

    Raises:
        UnsupportedError: the fast variables do not forget where they began, or do not close.
    """
    if not set(fast) <= set(chain.state) or not fast:
        raise UnsupportedError("The fast variables are some of those of the state.")
    moves = dict(zip(chain.state, chain.step, strict=True))
    held = markov_chain({name: moves[name] for name in fast}, chain.law)
    transition = Transition.of(chain, exact(observable))
    now = transition.read(exact(observable))
    drift = transition.show(transition.apply(now) - now)
    return limit(moment_system(held, drift))


def _leading(transition: Transition, poly: Poly, small: Symbol) -> Term:
    place = transition.generators.index(small)
    terms = poly.to_dict()
    if not terms:
        return Term(0, sympy.Integer(0))
    order = min(int(exponents[place]) for exponents in terms)
    lowest: dict[tuple[int, ...], Any] = {
        (*exponents[:place], 0, *exponents[place + 1 :]): c
        for exponents, c in terms.items()
        if exponents[place] == order
    }
    return Term(order, transition.show(transition.ring.from_dict(lowest)))
