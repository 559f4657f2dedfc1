"""**Moments after many steps**: exact where they can be written, in a ball where they cannot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sympy
from flint import arb, fmpq
from sympy import Expr, Symbol

from verifier.errors import UnsupportedError
from verifier.exact.chains import MarkovChain
from verifier.exact.scalars import Scalar, exact
from verifier.exact.substitution import substitute
from verifier.process.system import moment_system, rational_point
from verifier.process.transition import Transition

MOST_STEPS = 200  # that are followed one by one


def exact_moment(
    chain: MarkovChain, observable: Scalar, *, start: Mapping[Symbol, Scalar], steps: int
) -> Expr:
    """E[observable(X_t)] after `steps` steps, as an expression in the start and the parameters.

    Raises:
        UnsupportedError: the chain is not polynomial, or the moment is too long.
    """
    expr = exact(observable)
    values = [exact(start[name]) for name in chain.state]
    try:
        system = moment_system(chain, expr)
    except UnsupportedError:
        return _step_by_step(Transition.of(chain, expr), expr, values, steps)
    if not system.is_numeric:
        return _step_by_step(system.transition, expr, values, steps)
    terms = system.after(steps).items()
    return sympy.Add(*(_rational(c) * _monomial(values, m) for m, c in terms))


def enclosed_moment(
    chain: MarkovChain,
    observable: Scalar,
    *,
    start: Mapping[Symbol, Scalar],
    steps: int,
    bits: int = 128,
) -> arb:
    """A ball around E[observable(X_t)], for numbers alone and moments that close."""
    system = moment_system(chain, observable)
    return system.enclosed(steps, rational_point(chain, start), bits=bits)


def _step_by_step(
    transition: Transition, observable: Expr, start: Sequence[Expr], steps: int
) -> Expr:
    if steps > MOST_STEPS:
        raise UnsupportedError(f"{steps} steps are more than are followed with parameters.")
    poly = transition.after(transition.read(observable), steps)
    values = dict(zip(transition.chain.state, start, strict=True))
    found: Expr = substitute(transition.show(poly), values)
    return found


def _monomial(values: Sequence[Expr], exponents: Sequence[int]) -> Expr:
    return sympy.Mul(*(v**e for v, e in zip(values, exponents, strict=True)))


def _rational(value: fmpq) -> Expr:
    return sympy.Rational(int(value.p), int(value.q))
