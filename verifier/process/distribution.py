"""**Laws of states**: every state after some steps with its chance, where few are reached."""

from __future__ import annotations

from collections.abc import Mapping
from operator import eq, ge, gt, le, lt, ne

import sympy
from flint import fmpq
from sympy import Expr, Symbol

from verifier.errors import UnsupportedError
from verifier.exact.chains import MarkovChain
from verifier.exact.scalars import Scalar
from verifier.exact.statements.relation import Relation
from verifier.process.system import rational_point
from verifier.process.transition import Transition

MOST_MOVES = 200_000  # of states by outcomes, over all steps; a long state counts as several
State = tuple[fmpq, ...]
_COMPARE = {"==": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge}


def exact_law(
    chain: MarkovChain, *, start: Mapping[Symbol, Scalar], steps: int
) -> dict[State, fmpq]:
    """The chance of each state after `steps` steps, if the noise has a law.

    Raises:
        UnsupportedError: there are parameters, or too many states are reached.
    """
    transition = Transition.of(chain)
    if transition.parameters:
        names = ", ".join(map(str, transition.parameters))
        raise UnsupportedError(f"The law has parameters: give numbers for {names}.")
    none = [fmpq(0)] * len(transition.generators)
    outcomes = [
        ([value(*none) for value in values], weight(*none))
        for values, weight in transition.outcomes
    ]
    found, moves = {rational_point(chain, start): fmpq(1)}, 0
    for _ in range(steps):
        after: dict[State, fmpq] = {}
        words = 1 + (max(_bits(state) for state in found) // 64) ** 2
        moves += len(found) * len(outcomes) * words
        if moves > MOST_MOVES:
            raise UnsupportedError(f"More than {MOST_MOVES} moves are not followed one by one.")
        for state, chance in found.items():
            for drawn, weight in outcomes:
                moved = tuple(step(*state, *drawn) for step in transition.steps)
                after[moved] = after.get(moved, fmpq(0)) + chance * weight
        found = after
    return found


def _bits(state: State) -> int:
    return max(int(v.p).bit_length() + int(v.q).bit_length() for v in state)


def exact_chance(
    chain: MarkovChain, event: Relation, *, start: Mapping[Symbol, Scalar], steps: int
) -> Expr:
    """P(event at X_t), by the states at which the event certainly holds."""
    transition = Transition.of(chain, event.lhs, event.rhs)
    if transition.parameters:
        names = ", ".join(map(str, transition.parameters))
        raise UnsupportedError(f"The event has parameters: give numbers for {names}.")
    gap = transition.read(event.lhs) - transition.read(event.rhs)
    drawn = [fmpq(0)] * len(transition.chain.law.noise)
    total = fmpq(0)
    for state, chance in exact_law(chain, start=start, steps=steps).items():
        if _COMPARE[event.op](gap(*state, *drawn), fmpq(0)):
            total = total + chance
    return sympy.Rational(int(total.p), int(total.q))
