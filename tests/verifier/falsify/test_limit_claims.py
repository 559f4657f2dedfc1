"""**Claims about limits, tried**: false ones are refuted at an instance, and so are mutants."""

from __future__ import annotations

from typing import Any

import pytest

from verifier import (
    Claim,
    Paper,
    Q,
    Verdict,
    absolute,
    asymptotic,
    exp,
    gt,
    is_order,
    log,
    oo,
    reals,
    tends,
    tends_along,
    tends_in_turn,
    tends_jointly,
    tends_uniformly,
    within,
)
from verifier.budget import BUDGETS
from verifier.check import check
from verifier.falsify.mutants.variants import mutations
from verifier.falsify.side import mutate_claim
from verifier.judgement import judge

PAPER = Paper("demo", "A demonstration", "A. Author", 2020, "none")
x, y, t, a, p, alpha, s = reals("x y t a p alpha s")
given = {"rate": gt(a, 0)}

TRUE = {
    "limit": tends(t**a * log(t), t, 0, 0),
    "infinite": tends(exp(a / t), t, 0, oo),
    "ratio": asymptotic(log(1 + exp(a * x)), a * x, x, oo),
    "O": is_order(a * x, x, x, 0, side="both"),
    "o": is_order(x**a, exp(x), x, oo, order="o"),
    "Theta": is_order(a * x + 1, x, x, oo, order="Theta"),
    "in turn": tends_in_turn((x - a * y) / (x + y), (x, 0), (y, 0), value=1),
    "along": tends_along(alpha / (1 - s), {alpha: t, s: 1 - a * t}, t, 0, 1 / a),
}
FALSE = {
    "sense": asymptotic(x + a, x, x, 0),
    "side": tends(absolute(x) / (a * x), x, 0, 1 / a, side="both"),
    "order of limits": tends_in_turn((x - a * y) / (x + y), (x, 0), (y, 0), value=-a),
    "joint": tends_jointly(a * x * y / (x**2 + y**2), (x, 0, "both"), (y, 0, "both"), value=0),
    "uniform": tends_uniformly(t / (t + a * p), t, 0, 0, over=[p], given=[gt(p, 0)]),
    "constant": tends((1 - exp(-a * t)) / t, t, 0, 2 * a),
    "order": is_order(exp(a * x), x**10, x, oo),
}


def claim(then: Any) -> Claim:
    source = PAPER.at("Lemma 1", section="1")
    return Claim(id="demo/item", title="An item", source=source, given=given, then={"c": then})


@pytest.mark.parametrize("name", sorted(FALSE))
def test_a_false_one_is_refuted_at_an_instance(name: str) -> None:
    evidence = check(claim(FALSE[name]), sides=("falsify",), budget=BUDGETS["quick"])
    assert Verdict.REFUTED == judge(evidence).verdict
    assert evidence.falsify is not None
    assert "a" in evidence.falsify.counterexample.instance


@pytest.mark.parametrize("name", sorted(TRUE))
def test_a_true_one_is_not_and_its_mutants_are(name: str) -> None:
    evidence = check(claim(TRUE[name]), sides=("falsify",), budget=BUDGETS["quick"])
    assert evidence.falsify is not None
    assert evidence.falsify.counterexample is None
    assert evidence.falsify.witness is not None
    mutants = mutate_claim(claim(TRUE[name]), budget=BUDGETS["quick"], seed=0).mutants
    derived = [mutant.outcome for mutant in mutants if mutant.origin == "derived"]
    assert derived
    assert {"refuted"} == set(derived)


def test_a_uniform_limit_without_a_bound_is_left_open() -> None:
    bounded = tends_uniformly(a * t * p, t, 0, 0, over=[p], given=[within(p, 0, 1)])
    evidence = check(claim(bounded), sides=("falsify",), budget=BUDGETS["quick"])
    assert evidence.falsify is not None
    assert evidence.falsify.counterexample is None
    assert "give a bound" in evidence.falsify.reason


def test_each_sense_has_a_mutant_that_no_pair_can_have() -> None:
    changes = {sense: [c.what for c in mutations(TRUE[sense])] for sense in ("ratio", "o", "O")}
    assert {
        "ratio": ["twice the size", "smaller"],
        "o": ["of the same size"],
        "O": ["it is denied"],
    } == changes
    limits = [("constant", "limit + 1", tends(x, x, 0, Q(3, 2)))]
    assert limits == list(mutations(tends(x, x, 0, Q(1, 2))))
