"""**Moments after many steps**: exact where they can be written, in a ball where they cannot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sympy
from flint import arb, fmpq
from sympy import Expr, Symbol

from verifier.errors import UnsupportedError
from verifier.exact.chains import MarkovChain
from verifier.exact.laws import at_outcome
from verifier.exact.scalars import Scalar, exact
from verifier.exact.substitution import substitute
from verifier.process.system import moment_system, rational_point
from verifier.process.transition import Transition

FEW_STEPS = 6  # that cost less than to see whether the moments close
MOST_STEPS = 200  # that are followed one by one
LONG_BITS = 8_000  # of a rational, numerator and denominator
MOST_PATHS = 256  # to states that are expressions
MOST_OPERATIONS = 120  # in these expressions, all together


def exact_moment(
    chain: MarkovChain, observable: Scalar, *, start: Mapping[Symbol, Scalar], steps: int
) -> Expr:
    """E[observable(X_t)] after `steps` steps, as an expression in the start and the parameters.

    Raises:
        UnsupportedError: the moment is too long, or reaches too many states where the chain is
            not polynomial.
    """
    expr = exact(observable)
    values = [exact(start[name]) for name in chain.state]
    found = _moment(chain, expr, values, steps)
    if not found.is_Rational and any(is_long(number) for number in found.atoms(sympy.Rational)):
        raise UnsupportedError(f"A moment after {steps} steps has too long a number in it.")
    return found


def is_long(value: Expr) -> bool:
    """Whether a rational has more digits than are ever written."""
    return int(value.p).bit_length() + int(value.q).bit_length() > LONG_BITS


def _moment(chain: MarkovChain, observable: Expr, start: Sequence[Expr], steps: int) -> Expr:
    try:
        transition = Transition.of(chain, observable)
    except UnsupportedError:
        return _by_paths(chain, observable, start, steps)
    if steps <= FEW_STEPS:
        return _step_by_step(transition, observable, start, steps)
    try:
        system = moment_system(chain, observable)
    except UnsupportedError:
        return _step_by_step(transition, observable, start, steps)
    if not system.is_numeric:
        return _step_by_step(transition, observable, start, steps)
    terms = system.after(steps).items()
    return sympy.Add(*(_rational(c) * _monomial(start, m) for m, c in terms))


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


def _by_paths(chain: MarkovChain, observable: Expr, start: Sequence[Expr], steps: int) -> Expr:
    """Over all states that are reached, as expressions: for steps that are no polynomials."""
    chain = chain.listed() if chain.law.indices else chain
    found: dict[tuple[Expr, ...], Expr] = {tuple(start): sympy.Integer(1)}
    outcomes = list(zip(chain.law.values, chain.law.weights, strict=True))
    for _ in range(steps):
        if len(found) * len(outcomes) > MOST_PATHS:
            raise UnsupportedError(f"More than {MOST_PATHS} paths of no polynomials.")
        after: dict[tuple[Expr, ...], Expr] = {}
        for state, chance in found.items():
            at = dict(zip(chain.state, state, strict=True))
            for drawn, weight in outcomes:
                moved = tuple(substitute(at_outcome(f, drawn), at) for f in chain.step)
                if any(is_long(number) for f in moved for number in f.atoms(sympy.Rational)):
                    raise UnsupportedError(f"A state after {steps} steps has too long a number.")
                after[moved] = after.get(moved, 0) + chance * substitute(weight, at)
        found = after
        if sum(int(f.count_ops()) for state in found for f in state) > MOST_OPERATIONS:
            raise UnsupportedError(f"More than {MOST_OPERATIONS} operations in all states.")
    ends = ((chance, dict(zip(chain.state, s, strict=True))) for s, chance in found.items())
    return sympy.Add(*(chance * substitute(observable, at) for chance, at in ends))


def _monomial(values: Sequence[Expr], exponents: Sequence[int]) -> Expr:
    return sympy.Mul(*(v**e for v, e in zip(values, exponents, strict=True)))


def _rational(value: fmpq) -> Expr:
    return sympy.Rational(int(value.p), int(value.q))
