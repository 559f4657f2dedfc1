"""**Written out**: claims about families at every size, and what is found in them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sympy import Symbol

from tests.soundness.statements import trial
from verifier import (
    Claim,
    Space,
    by,
    conserved,
    derivative,
    dot,
    eq,
    family,
    ge,
    gt,
    indices,
    le,
    lt,
    ne,
    norm2,
    oo,
    product,
    reals,
    sequence,
    tends,
    total,
)
from verifier.budget import Budget
from verifier.errors import CounterexampleError, UnsupportedError
from verifier.exact.statements import Statement
from verifier.falsify.counterexample import replay, write
from verifier.falsify.side import mutate_claim
from verifier.falsify.sized import hunt
from verifier.falsify.statements.written_out import Sizing, has_families
from verifier.verdict import FalsifyEvidence

a, t = reals("a t")
i, j, k, m = indices("i j k m")
n = Symbol("n", integer=True, positive=True)
x, y = family("x", "n"), family("y", "n")
z, f = sequence("z"), sequence("f")
space = Space()
data = family("u", "n", space=space)
(w,) = space.vectors("w")


def claim(then: Statement, *given: Statement) -> Claim:
    return trial("written", "", then, by.identity, *given).claim


def written(sizes: dict[str, int], then: Statement, *given: Statement) -> tuple[list[str], Any]:
    """Hypotheses and conclusions as text."""
    made = Sizing(claim(then, *given)).written(sizes)
    given_text = [str(statement) for _, statement in made.claim.hypotheses]
    ((_, statement),) = made.claim.conclusions
    return given_text, [str(part) for part in statement]


def hunted(then: Statement, *given: Statement, budget: int = 60) -> FalsifyEvidence:
    return hunt(claim(then, *given), budget=budget, seed=0)


def test_a_law_is_one_relation_a_member_and_a_sum_its_terms() -> None:
    law, then = gt(x[k], 0), ge(total(x[i] * a, i), product(x[i], i))
    assert (["x_1 > 0", "x_2 > 0"], ["a*x_1 + a*x_2 >= x_1*x_2"]) == written({"n": 2}, then, law)


def test_conclusions_are_asked_at_every_index_that_the_conditions_allow() -> None:
    apart = ne(i, j)
    assert ["x_1 == x_2", "x_2 == x_1"] == written({"n": 2}, eq(x[i], x[j]), apart)[1]
    assert 4 == len(written({"n": 2}, eq(x[i], x[j]))[1])
    given, _ = written({"n": 2}, eq(x[i], x[j]), apart, ne(x[i], x[j]), ge(x[i], 0))
    assert ["x_1 != x_2", "x_2 != x_1", "x_1 >= 0", "x_2 >= 0"] == given
    with pytest.raises(UnsupportedError, match="no index satisfies"):
        written({"n": 1}, eq(x[i], x[j]), apart)


def test_an_index_of_two_families_stays_in_both() -> None:
    other = family("v", "m")
    given, then = written({"m": 1, "n": 2}, le(x[i], other[i]), ge(x[i], 0))
    assert (["x_1 >= 0", "x_2 >= 0"], ["x_1 <= v_1"]) == (given, then)


def test_vectors_and_flows_are_written_member_by_member() -> None:
    then = written({"n": 2}, eq(total(data[i] * y[i], i), w))[1]
    assert ["(y_1)*u_1 + (y_2)*u_2 == w"] == then
    outer, inner = family("o", "m"), family("s", "m", space=space)
    moved = conserved(outer[j] ** 2 - norm2(inner[j]),
                      {outer[j]: dot(inner[j], w), inner[j]: w * outer[j], w: w * 0})  # fmt: skip
    first, second = written({"m": 2}, moved)[1]
    assert first.startswith("o_1**2 - <s_1, s_1> is constant along do_1/dt = <s_1, w>, do_2/dt")
    assert second.startswith("o_2**2 - <s_2, s_2>")


def test_a_size_that_is_a_dimension_too_is_one_number() -> None:
    coordinates = family("c", "d")
    given, _ = written({"d": 2}, le(total(coordinates[i] ** 2, i), norm2(w)))
    assert ["d == 2"] == given


def test_recurrences_are_followed_as_far_as_the_conclusion_goes() -> None:
    given, then = written({}, gt(z[k + 2], 0), eq(z[k + 1], 2 * z[k]), gt(z[1], 0))
    assert "z_7 > 0" == then[-1]
    assert {"z_7 == 2*z_6", "z_8 == 2*z_7"} <= set(given)


def test_what_no_recurrence_gives_is_constant_beyond_the_window() -> None:
    given, _ = written({}, ge(z[k], 0), ge(z[k + 1], z[k]))
    assert "z_5 >= z_5" == given[-1]
    given, _ = written({}, ge(z[k], 0), ge(z[k], z[k - 1]))
    assert ["z_5 >= z_4", "z_5 >= z_5"] == given[-2:]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ((eq(z[k + 1], 2 * z[k]), ge(z[k], 0)), "may fail beyond"),
        ((eq(z[k + 1], 2 * z[k]), eq(z[k + 2], z[k])), "two recurrences"),
        ((ge(z[k], k),), "speaks of the index itself"),
    ],
)
def test_a_law_that_may_fail_later_gives_no_instance(
    given: tuple[Statement, ...], words: str
) -> None:
    with pytest.raises(UnsupportedError, match=words):
        written({}, gt(z[n], 0), *given)
    assert hunted(gt(z[n], 100), *given).counterexample is None


def test_a_law_that_a_constant_meets_for_ever_has_instances() -> None:
    found = hunted(gt(z[n], 100), eq(z[k + 1], 1 / z[k])).counterexample
    assert found is not None
    assert {"1"} == {value for name, value in found.instance.items() if name.startswith("z_")}


@pytest.mark.parametrize(
    ("sizes", "then", "words"),
    [
        ({"n": 50}, le(total(k, k, to=n), 0), "is not written out"),
        ({"n": 2}, le(x[1] + Symbol("x_1", real=True), 0), "share a name"),
    ],
)
def test_what_cannot_be_written_out_says_why(
    sizes: dict[str, int], then: Statement, words: str
) -> None:
    with pytest.raises(UnsupportedError, match=words):
        written(sizes, then)


def test_claims_without_families_are_left_alone() -> None:
    assert not has_families(claim(ge(a**2, 0)))
    assert has_families(claim(ge(total(k, k, to=n), 0)))


FOUND = {
    "at size 3": (le(total(x[i], i) ** 2, 2 * total(x[i] ** 2, i)), (), {"n": 3}),
    "above a bound": (le(total(k, k, to=n), n**2 - 4), (ge(n, 3),), {"n": 3}),
    "below a bound": (ge(total(x[i], i), 0), (le(n, 2),), {"n": 1}),
    "on a simplex": (lt(total(x[i] ** 2, i), 1), (ge(x[i], 0), eq(total(x[i], i), 1)), {"n": 1}),
    "labels": (ge(total(y[i] * x[i], i), 0), (eq(y[i] ** 2, 1), gt(x[i], 0)), {"n": 1}),
    "unit vectors": (eq(norm2(total(data[i], i)), n), (eq(norm2(data[i]), 1),), {"n": 2}),
    "one index": (eq(derivative(total(x[i] ** 2, i), x[k]), 2 * x[i]), (),
                  {"n": 2, "i": 1, "k": 2}),
    "recurrence": (le(z[n], 4), (eq(z[k + 1], 2 * z[k]), eq(z[1], 1)), {"n": 4}),
    "limit": (tends(total(x[i] * t, i) / t, t, 0, 0), (), {"n": 1}),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(FOUND))
def test_a_false_claim_is_refuted_at_a_small_size(name: str) -> None:
    then, given, place = FOUND[name]
    found = hunted(then, *given).counterexample
    assert found is not None
    assert place == {key: found.instance[key] for key in place}
    assert "For " in found.explanation


def test_the_limit_of_a_sum_whose_range_moves_is_asked_whole() -> None:
    evidence = hunted(tends(total(k, k, to=n) / n**2, n, oo, 1))
    assert evidence.counterexample is not None
    assert hunted(tends(total(k, k, to=n) / n**2, n, oo, "1/2")).witness == {}


def test_a_counterexample_is_replayed_from_its_file(tmp_path: Path) -> None:
    false = claim(eq(derivative(total(x[i] ** 2, i), x[k]), 2 * x[i]))
    found = hunt(false, budget=60, seed=0).counterexample
    assert found is not None
    path = tmp_path / "found.json"
    write(found, false, path)
    assert {"i", "k", "n", "x_1", "x_2"} == json.loads(path.read_text())["instance"].keys()
    assert found.margin == replay(path, [false]).margin


@pytest.mark.parametrize("changed", [{"k": 1}, {"n": 3}, {"n": 0}, {"x_1": "0", "x_2": "0"}])
def test_an_instance_that_is_changed_refutes_nothing(
    changed: dict[str, Any], tmp_path: Path
) -> None:
    false = claim(eq(derivative(total(x[i] ** 2, i), x[k]), 2 * x[i]))
    found = hunt(false, budget=60, seed=0).counterexample
    assert found is not None
    path = tmp_path / "found.json"
    write(replace(found, instance={**found.instance, **changed}), false, path)
    with pytest.raises(CounterexampleError):
        replay(path, [false])


def test_a_law_that_is_dropped_is_missed() -> None:
    true = claim(gt(total(x[i], i), 0), gt(x[k], 0))
    budget = Budget("trial", instances=60, boxes=1, bits=64, mutant_instances=40)
    outcomes = {m.name: m.outcome for m in mutate_claim(true, budget=budget, seed=0).mutants}
    assert "refuted" == outcomes["without h1"]
    assert "survives" not in outcomes.values()
