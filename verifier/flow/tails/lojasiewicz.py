"""**Lojasiewicz' inequality**, given with its constants and decided exactly.

    |grad L| >= c (L - L*)^theta,  L >= L*    wherever `given` holds,

bounds what is left by phi(L(y) - L*) with phi(s) = s^(1 - theta) / (c (1 - theta)). For a rational
2 theta = a/b the first is |grad L|^(2b) >= c^(2b) (L - L*)^a: the exact side decides both, and the
balls check `given` where the flow is trapped.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flint import arb, fmpq
from sympy import Expr, Symbol

from verifier import by
from verifier.derive.context import Context
from verifier.derive.side import rule_named
from verifier.enclose.programs.compile import compile_expr, compile_margin
from verifier.enclose.rings import reals
from verifier.errors import UnsupportedError
from verifier.exact.landscape import gradient_norm2
from verifier.exact.scalars import exact
from verifier.exact.statements import Relation, ge
from verifier.flow.tails.tail import Bound, Rule, around

# NaN is in none of them
_HOLDS: dict[str, Callable[[arb], bool]] = {
    ">": lambda margin: bool(margin > 0),
    ">=": lambda margin: bool(margin >= 0),
    "<": lambda margin: bool(margin < 0),
    "<=": lambda margin: bool(margin <= 0),
}
_BITS = 64  # of the constant, to see that it is positive


@dataclass(frozen=True)
class LojasiewiczConstants:
    """The exponent theta in (0, 1), the constant c > 0, the value L*, and where they are good."""

    exponent: Any
    constant: Any
    value: Any = 0
    given: tuple[Relation, ...] = ()

    def __post_init__(self) -> None:
        exponent = exact(self.exponent)
        if not (exponent.is_Rational and 0 < exponent < 1):
            raise UnsupportedError(f"The exponent {exponent} is no rational between 0 and 1.")
        if not compile_expr(self.constant, ())((), _BITS) > 0:
            raise UnsupportedError(f"The constant {self.constant} is not shown to be positive.")
        for relation in self.given:
            if relation.op not in _HOLDS:
                text = f"`{relation}` is no inequality: a region is given by those."
                raise UnsupportedError(text)


def lojasiewicz(loss: Expr, variables: Sequence[Symbol], inequality: LojasiewiczConstants) -> Rule:
    """The rule for the inequality.

    Raises `UnsupportedError` where the exact side does not establish it.
    """
    for relation in _stated(loss, variables, inequality):
        reason = _refusal(relation, inequality.given)
        if reason:
            raise UnsupportedError(
                f"Lojasiewicz' inequality is not established:\n    {relation}\n  {reason}"
            )
    names = tuple(variables)
    gap = compile_expr(loss - exact(inequality.value), names)
    regions = [(compile_margin(r, names), _HOLDS[r.op]) for r in inequality.given]
    constant = compile_expr(exact(inequality.constant), ())
    exponent = fmpq(*map(int, exact(inequality.exponent).as_numer_denom()))

    def bound(here: Sequence[arb], radius: arb) -> Bound | None:
        ball = around(here, radius)
        if not all(holds(margin.run(reals, ball)) for margin, holds in regions):
            return None
        left = gap.run(reals, here)
        if not left.is_finite():
            return None
        share, c = arb(1 - exponent), constant.run(reals, ())
        above = arb(0) if left <= 0 else left.upper() ** share
        constants = (("c", c), ("theta", arb(exponent)))
        return Bound((above / (c * share)).upper(), constants)

    return Rule("Lojasiewicz", bound, everywhere=not inequality.given)


def _stated(
    loss: Expr, variables: Sequence[Symbol], wanted: LojasiewiczConstants
) -> list[Relation]:
    double = 2 * exact(wanted.exponent)
    gap, constant = loss - exact(wanted.value), exact(wanted.constant)
    steepness = gradient_norm2(loss, variables) ** double.q
    return [ge(gap, 0), ge(steepness, constant ** (2 * double.q) * gap**double.p)]


def _refusal(relation: Relation, given: tuple[Relation, ...]) -> str:
    """Why the exact side does not establish the relation; empty when it does."""
    reason = ""
    for decision in (by.sign, by.sum_of_squares):
        context = Context(given, by.expanded(then=decision), rule_named)
        answer = rule_named("expanded").discharge(relation, context)
        if answer.holds and not answer.only:
            return ""
        reason = reason or answer.reason
    return reason
