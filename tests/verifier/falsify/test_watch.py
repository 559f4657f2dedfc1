"""**Watching a search**: what is told is what is found, and nothing is changed by looking."""

from __future__ import annotations

from typing import Any

from tests.soundness.statements import trial
from verifier import Claim, by, family, ge, gt, indices, le, reals, total
from verifier.budget import BUDGETS
from verifier.falsify.side import falsify_claim
from verifier.falsify.watch import Glance, Watch
from verifier.verdict import Counterexample, FalsifyEvidence

(x,) = reals("x")
(i,) = indices("i")
f = family("x", "n")


def claim(then: Any, *given: Any) -> Claim:
    return trial("watched", "", then, by.identity, *given).claim


def watched(searched: Claim) -> tuple[FalsifyEvidence, list[Glance], list[Counterexample]]:
    glances: list[Glance] = []
    hits: list[Counterexample] = []
    watch = Watch(glances.append, hits.append)
    found = falsify_claim(searched, budget=BUDGETS["quick"], seed=0, watch=watch)
    return found, glances, hits


def test_the_last_glance_has_all_instances_and_the_least_margin() -> None:
    found, glances, hits = watched(claim(ge(x**2 + 1, 0), gt(x, 2)))
    assert (found.instances, []) == (glances[-1].instances, hits)
    margin = glances[-1].margin
    assert margin is not None
    assert 5 < margin < 6
    assert glances[-1].where.startswith("x = 2")


def test_instances_of_all_sizes_are_counted_and_the_place_has_its_size() -> None:
    found, glances, _ = watched(claim(ge(total(f[i] ** 2, i) + 1, 0)))
    assert found.instances == glances[-1].instances
    assert "n = " in glances[-1].where


def test_a_hit_is_told_as_it_was_found_and_then_shrunk() -> None:
    found, _, hits = watched(claim(le(x, 1000), gt(x, 500)))
    assert found.counterexample is not None
    assert [found.counterexample.conclusion] == [hit.conclusion for hit in hits]
    assert int(found.counterexample.instance["x"]) <= int(hits[0].instance["x"].split("/")[0])


def test_what_is_found_does_not_depend_on_a_watch() -> None:
    for searched in (claim(le(x, 1000), gt(x, 500)), claim(ge(total(f[i], i), -1))):
        alone = falsify_claim(searched, budget=BUDGETS["quick"], seed=0)
        assert alone == watched(searched)[0]
