"""**A chain of exponents**: label noise with learning rate eta, one printed estimate after another.

R bounds the parameters, P those in directions that the predictions see, sigma^2 = S/T is the length
S of a batch over the number T = eta^-tau of steps.
"""

from __future__ import annotations

import pytest

from tests.soundness.statements import trial
from verifier import (
    Q,
    by,
    eq,
    eventually,
    exp,
    ge,
    gt,
    is_order,
    le,
    lt,
    reals,
    sqrt,
    within,
)
from verifier.derive.side import derive_claim
from verifier.exact.statements import Statement
from verifier.verdict import StepEvidence

eta, eps, beta, tau, c, C, b = reals("eta eps beta tau c C b")

POSITIVE = (gt(eps, 0), gt(c, 0), gt(C, 0))
SMALL = (*POSITIVE, lt(eps, beta), lt(beta, Q(1, 12)))
DRIFT = (*POSITIVE, lt(eps, Q(1, 400)))
LATE = within(tau, Q(5, 4), Q(8, 5))
R, P = eta ** (Q(1, 2) - beta), eta ** (Q(1, 2) - eps)
BOTH, ONE = eta ** (Q(1, 4) - Q(3, 2) * beta + eps), eta ** (Q(1, 4) - beta + eps / 2)  # sigma
BOTH_BOUND = eta ** (Q(5, 4) - 2 * eps - Q(3, 2) * beta)
ONE_BOUND = eta ** (Q(5, 4) - eps / 2 - 2 * beta)
STEPS = eta ** (-tau)


def big(expr: object, other: object) -> Statement:
    return is_order(expr, other, eta, 0)


def little(expr: object, other: object) -> Statement:
    return is_order(expr, other, eta, 0, order="o")


HOLDS: dict[str, tuple[Statement, tuple[Statement, ...]]] = {
    "drift of the whole time": (eventually(eq(eta ** Q(-8, 5) * eta**2, eta ** Q(2, 5)), eta), ()),
    "staying is less than leaving": (little(eta ** Q(11, 25), eta ** Q(2, 5)), ()),
    "no point is both": (eventually(gt(c * eta ** Q(2, 5), eta ** Q(11, 25)), eta), (gt(c, 0),)),
    "one error": (big(eta * eta ** (Q(1, 2) + 2 * eps), eta ** (Q(3, 2) + 2 * eps)), POSITIVE),
    "its remainder": (little(eta * eta ** (Q(3, 4) + 3 * eps), eta ** (Q(3, 2) + 2 * eps)), (
        *POSITIVE, lt(eps, 1))),
    "all errors": (big(eta ** (Q(3, 2) + 2 * eps) / eta, eta ** (Q(1, 2) + 2 * eps)), POSITIVE),
    "errors below the bound": (little(eta ** (Q(1, 2) + 2 * eps), P), POSITIVE),
    "the tail with its sign": (little(exp(-c * eta ** (-2 * eps)), eta**b), POSITIVE),
    "after the waiting time": (little(exp(-c * eta ** (-eps)), eta**b), POSITIVE),
    "forgotten start": (is_order((eta * R**3 + eta**2 * R) / eta, R**3 + eta * R, eta, 0,
                                 order="Theta"), SMALL),
    "cubes beat products": (big(eta * R, R**3), SMALL),
    "spread of both": (big(P**2 * BOTH + R**3 / BOTH, eta ** (-eps) * BOTH_BOUND
                           * eta ** (2 * eps)), SMALL),
    "bound of both": (big(eta ** (-eps) * (P**2 * BOTH + R**3 / BOTH), BOTH_BOUND), SMALL),
    "spread of one": (big(P * R * ONE + R**3 / ONE, ONE_BOUND), SMALL),
    "bound of one, with its factor": (
        big(eta ** (-eps) * (P * R * ONE + R**3 / ONE), eta ** (-eps) * ONE_BOUND), SMALL),
    "mean": (little(R**3 + eta * R, eta ** Q(5, 4)), SMALL),
    "mean below both bounds": (little(eta ** Q(5, 4), BOTH_BOUND + ONE_BOUND), SMALL),
    "batches when there is time": (
        eventually(ge(STEPS * BOTH**2, eta ** (-1 - eps)), eta),
        (*SMALL, ge(tau, Q(3, 2) - 3 * beta + 3 * eps))),
    "probabilities with their signs": (
        big(exp(-c * eta ** (-2 * eps)), exp(-(eta ** (-eps)))), POSITIVE),
    "a priori radius": (eventually(le(eta ** (Q(2, 5) - eps), eta ** (Q(1, 4) + eps)), eta), DRIFT),
    "early drift": (big(STEPS * eta ** (Q(19, 10) - 2 * eps), sqrt(eta)), (
        *DRIFT, le(tau, Q(5, 4)))),
    "martingale": (big(eta ** (Q(7, 5) - 2 * eps) * sqrt(STEPS), sqrt(eta)), (*DRIFT, *LATE)),
    "errors of the drift": (big(STEPS * eta ** (Q(11, 5) - 3 * eps), sqrt(eta)), (*DRIFT, *LATE)),
    "time averages": (big(eta ** (Q(5, 4) - eps / 2 - 2 * (Q(1, 10) + eps))
                          + eta ** (Q(5, 4) - 2 * eps - Q(3, 2) * (Q(1, 10) + eps)),
                          eta ** (Q(21, 20) - 4 * eps)), DRIFT),
    "error of the drift": (big(STEPS * eta ** (Q(41, 20) - 4 * eps) + sqrt(eta),
                               eta ** (Q(9, 20) - 4 * eps)), (*DRIFT, *LATE)),
    "below the printed one": (little(eta ** (Q(9, 20) - 4 * eps), eta ** Q(11, 25)), DRIFT),
    "what is not flat": (little(P + eta ** Q(4, 5), eta ** Q(2, 5)), DRIFT),
    "stays by the sharper error": (
        eventually(le(C * eta ** (Q(9, 20) - 4 * eps), eta ** Q(11, 25)), eta), DRIFT),
}  # fmt: skip

FAILS: dict[str, tuple[Statement, tuple[Statement, ...]]] = {
    "leaving by a smaller power": (
        eventually(gt(c * eta ** Q(2, 5), eta ** Q(9, 25)), eta), (gt(c, 0),)),
    "the printed tail": (little(exp(c * eta ** (-2 * eps)), 1), POSITIVE),
    "the printed probabilities": (big(exp(c * eta ** (-2 * eps)), exp(eta ** (-eps))), POSITIVE),
    "the printed bound of one": (
        big(eta ** (-eps) * (P * R * ONE + R**3 / ONE), ONE_BOUND), SMALL),
    "the bound of one in place of both": (big(ONE_BOUND, BOTH_BOUND), SMALL),
    "batches at the printed time": (
        eventually(ge(STEPS * BOTH**2, eta ** (-1 - eps)), eta), (*SMALL, *LATE)),
    "the mean beyond a twelfth": (
        little(R**3 + eta * R, eta ** Q(5, 4)), (gt(eps, 0), lt(eps, beta), lt(beta, Q(1, 6)))),
    "unbatched": (big(P**2 + R**3 * sqrt(STEPS), BOTH_BOUND), (*SMALL, *LATE)),
    "early drift to the end": (big(STEPS * eta ** (Q(19, 10) - 2 * eps), sqrt(eta)), (
        *DRIFT, *LATE)),
    "a fortieth": (big(eta ** (Q(9, 20) - 4 * eps), eta ** Q(11, 25)), (
        gt(eps, 0), lt(eps, Q(1, 40)))),
    "longer than the time": (
        big(STEPS * eta ** (Q(41, 20) - 4 * eps), eta ** Q(11, 25)),
        (*DRIFT, *within(tau, Q(5, 4), Q(9, 5)))),
    "stays by the printed error": (
        eventually(le(C * eta ** Q(11, 25), eta ** Q(11, 25)), eta), (gt(C, 0),)),
}  # fmt: skip


def step(then: Statement, given: tuple[Statement, ...]) -> StepEvidence:
    (evidence,) = derive_claim(trial("one", "", then, by.exponents, *given).claim).steps
    return evidence


@pytest.mark.parametrize("name", sorted(HOLDS))
def test_an_estimate_holds(name: str) -> None:
    found = step(*HOLDS[name])
    assert (True, "") == (found.discharged, "" if found.discharged else found.reason)


@pytest.mark.parametrize("name", sorted(FAILS))
def test_an_estimate_does_not_hold_as_printed_or_as_changed(name: str) -> None:
    found = step(*FAILS[name])
    assert not found.discharged
    assert any(words in found.reason for words in ("it fails", "it is not decided"))
