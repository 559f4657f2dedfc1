"""**Claims on random processes**: proved by their steps, tried by the others, mutants refuted."""

from __future__ import annotations

from typing import Any

import pytest

from verifier import (
    Claim,
    Mutant,
    Paper,
    Step,
    Verdict,
    by,
    family,
    gt,
    indices,
    lt,
    markov_chain,
    moment_after,
    moment_is,
    moment_tends,
    ne,
    product_law,
    rademacher,
    reals,
    total,
    uniform_index,
)
from verifier.budget import Budget
from verifier.check import check
from verifier.judgement import judge

SOURCE = Paper("trial", "Label noise", "Nobody", 2024, "").at("Trial", section="1")
SMALL = Budget("trial", instances=60, boxes=60, bits=128, mutant_instances=20)
x, z, eta, s, g = reals("x z eta s g")
(x0,) = reals("x_0")
t, i = indices("t i")
H = family("H", "n")
n = H.size
NOISE = rademacher(z, s)
ONE = markov_chain({x: x - 2 * eta * (g * x + z) * g}, NOISE)
ALL = markov_chain(
    {x: x - 2 * eta * (H[i] * x + z) * H[i]}, product_law(NOISE, uniform_index(i, "n"))
)
SQUARES, FOURTHS = (total(H[i] ** power, i) / n for power in (2, 4))
VARIANCE = eta * s**2 / (1 - eta * g**2)


def square_after_one_step(noise: Any) -> Any:
    kept = x**2 * (1 - 4 * eta * SQUARES + 4 * eta**2 * FOURTHS)
    return moment_is(ALL, x**2, kept + noise * eta**2 * s**2 * SQUARES)


CLAIMS = (
    Claim(
        id="trial/isotropic",
        title="The stationary variance of label noise does not depend on the slope",
        source=SOURCE,
        given={"rate": gt(eta, 0), "slope": ne(g, 0), "small": lt(eta * g**2, 1)},
        then={
            "variance": moment_tends(ONE, x**2, VARIANCE),
            "mean": moment_after(ONE, x, (1 - 2 * eta * g**2) ** t * x0, start={x: x0}, time=t),
        },
        derivation=[
            Step("variance", ..., by.moments(rate=by.positivstellensatz)),
            Step("mean", ..., by.moments),
        ],
        mutants=[Mutant("Langevin", then={"variance": moment_tends(ONE, x**2, VARIANCE / g**2)})],
    ),
    Claim(
        id="trial/one-step",
        title="One step of the square, for all data",
        source=SOURCE,
        given={},
        then={"square": square_after_one_step(4)},
        derivation=[Step("square", ..., by.moments)],
        mutants=[Mutant("half of the noise", then={"square": square_after_one_step(2)})],
    ),
    Claim(
        id="trial/all-steps",
        title="The mean at every time, for all data",
        source=SOURCE,
        given={},
        then={
            "mean": moment_after(ALL, x, (1 - 2 * eta * SQUARES) ** t * x0, start={x: x0}, time=t)
        },
        derivation=[Step("mean", ..., by.moments(drift=(1 - 2 * eta * SQUARES, 0)))],
        mutants=[
            Mutant(
                "half of the rate",
                then={
                    "mean": moment_after(
                        ALL, x, (1 - eta * SQUARES) ** t * x0, start={x: x0}, time=t
                    )
                },
            )
        ],
    ),
)


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_it_is_proved_and_every_mutant_of_it_is_refuted(claim: Claim) -> None:
    evidence = check(claim, budget=SMALL)
    judgement = judge(evidence)
    assert (Verdict.PROVED, False) == (judgement.verdict, judgement.weak)
    assert evidence.mutate is not None
    false = [m for m in evidence.mutate.mutants if m.origin != "hypothesis"]
    assert {"refuted"} == {mutant.outcome for mutant in false}
    assert len(false) >= 4
