"""**Small models**: first-order claims are refuted by the least tables, which replay."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.soundness.statements import trial
from tests.soundness.true_logic import (
    LIMITS_ARE_MINIMA,
    PARTNERS,
    SIGN,
    WEAK,
    G,
    R,
    f,
    i,
    j,
    limit,
    m,
    n,
)
from verifier import (
    Claim,
    Verdict,
    and_,
    by,
    eq,
    exists,
    for_all,
    ge,
    gt,
    implies,
    individuals,
    lt,
    ne,
    negation,
    or_,
    predicate,
    reals,
    sort,
)
from verifier.budget import Budget
from verifier.check import check
from verifier.errors import CounterexampleError
from verifier.exact.statements import Statement
from verifier.exact.structures import Structure, Table, satisfied, vocabulary
from verifier.falsify.counterexample import replay, write
from verifier.falsify.examine import Examiner, check_shape
from verifier.falsify.instances.instance import from_json, to_json
from verifier.falsify.instances.models import holds_in_tables, small_models
from verifier.falsify.side import falsify_claim, mutate_claim
from verifier.judgement import judge
from verifier.verdict import FalsifyEvidence

BUDGET = Budget("trial", instances=60, boxes=60, bits=128, mutant_instances=40)
ONE_VALUE = for_all((i, j), eq(G(limit(i)), G(limit(j))))
x, y, a = reals("x y a")
p, q = (predicate(name)() for name in ("p", "q"))


def claim(then: Statement, *given: Statement) -> Claim:
    return trial("one", "", then, by.logic, *given).claim


def hunted(then: Statement, *given: Statement) -> FalsifyEvidence:
    return falsify_claim(claim(then, *given), budget=BUDGET, seed=0)


def test_the_printed_constancy_is_refuted_by_four_data() -> None:
    found = hunted(ONE_VALUE, WEAK, LIMITS_ARE_MINIMA, PARTNERS).counterexample
    assert found is not None
    assert (4, 4, 2) == tuple(found.instance[name] for name in ("Data", "Point", "Value"))
    assert "this fails: for every i in Data: for every j in Data: G(limit(i)) == G(limit(j))" in (
        found.explanation
    )


def test_a_smaller_statement_has_a_smaller_counterexample() -> None:
    found = hunted(exists(j, for_all(i, R(i, j))), for_all(i, exists(j, R(i, j)))).counterexample
    assert found is not None
    assert 2 == found.instance["Data"]


def test_a_true_statement_has_a_witness_and_no_counterexample() -> None:
    found = hunted(WEAK, for_all(i, eq(G(limit(i)), G(limit(i)))), eq(i, i))
    assert found.counterexample is not None
    held = hunted(for_all(j, exists(i, R(i, j))), exists(i, for_all(j, R(i, j))))
    assert held.counterexample is None
    assert held.witness == {"Data": 1, "R": {"table": [1], "sizes": [1, 1]}}


def test_contradictory_hypotheses_have_no_witness() -> None:
    contradictory = claim(q, p, negation(p))
    assert Verdict.VACUOUS == judge(check(contradictory, sides=("derive", "falsify"))).verdict


def test_a_counterexample_is_written_and_replays(tmp_path: Path) -> None:
    false = claim(for_all((m, n), eq(f(m, n), f(n, m))))
    found = falsify_claim(false, budget=BUDGET, seed=0).counterexample
    assert found is not None
    path = tmp_path / "found.json"
    write(found, false, path)
    again = replay(path, [false])
    assert found.instance == again.instance


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("Data", 0, "expected a size >= 1"),
        ("Data", 3, "expected a table of"),
        ("R", {"table": [1, 0, 0], "sizes": [2, 2]}, "has 4 values"),
        ("R", {"table": [1, 0, 0, 2], "sizes": [2, 2]}, "values from 0 to 1"),
        ("R", {"table": ["1", 0, 0, 1], "sizes": [2, 2]}, "whole numbers only"),
        ("i", {"table": [3], "sizes": []}, "values from 1 to 2"),
        ("i", 2, "expected a table of"),
    ],
)
def test_tables_that_do_not_fit_are_rejected(name: str, value: Any, words: str) -> None:
    examiner = Examiner(claim(R(i, i)))
    table = {"table": [1, 0, 0, 1], "sizes": [2, 2]}
    good = {"Data": 2, "R": table, "i": {"table": [2], "sizes": []}}
    check_shape(from_json(good), examiner.signature)
    with pytest.raises(CounterexampleError, match=words):
        check_shape(from_json({**good, name: value}), examiner.signature)


def test_an_instance_with_tables_survives_json() -> None:
    instance = {"Data": 2, "R": Table((2, 2), (1, 0, 0, 1)), "c": Table((), (2,))}
    assert instance == from_json(json.loads(json.dumps(to_json(instance))))


def test_two_evaluators_agree_on_every_table_of_a_statement() -> None:
    statements = (
        for_all(i, exists(j, and_(R(i, j), ne(i, j)))),
        for_all((i, j), implies(R(i, j), R(j, i))),
        or_(for_all((i, j), R(i, j)), exists(i, negation(R(i, i)))),
    )
    seen = set()
    for code in range(16):
        table = Table((2, 2), tuple(code >> k & 1 for k in range(4)))
        for statement in statements:
            here = satisfied(statement, Structure({"Data": 2}, {"R": table}))
            assert here is holds_in_tables(statement, {"Data": 2, "R": table})
            seen.add((statements.index(statement), here))
    assert {(k, answer) for k in range(3) for answer in (True, False)} == seen


def test_models_are_as_small_as_it_takes() -> None:
    three = exists((i, j), and_(ne(i, j), *(R(k, k) for k in (i, j))))
    words = vocabulary([three])
    (found,) = small_models([three], words)
    assert 2 == found["Data"]
    assert [] == list(small_models([three, for_all((i, j), eq(i, j))], words))


def test_elements_of_enumerated_sorts_are_told_apart() -> None:
    words = vocabulary([eq(m, SIGN["plus"])])
    (found,) = small_models([eq(m, SIGN["plus"])], words)
    assert {"m": Table((), (2,))} == found
    assert [] == list(small_models([eq(SIGN["minus"], SIGN["plus"])], words))


def test_orders_are_those_of_numbers() -> None:
    height = sort("Height", ordered=True)
    s, t = individuals("s t", height)
    (found,) = small_models([lt(s, t)], vocabulary([lt(s, t)]))
    assert (2, Table((), (1,)), Table((), (2,))) == tuple(found[k] for k in ("Height", "s", "t"))


def test_hypotheses_that_are_needed_are_noticed() -> None:
    tried = mutate_claim(
        claim(for_all(j, exists(i, R(i, j))), exists(i, for_all(j, R(i, j))), eq(i, i)),
        budget=BUDGET,
        seed=0,
    )
    outcomes = {mutant.name: mutant.outcome for mutant in tried.mutants}
    assert ("refuted", "equivalent") == (outcomes["without h1"], outcomes["without h2"])
    assert "refuted" == outcomes["c 1"]


# Quantified reals


def test_a_quantified_real_is_searched_for() -> None:
    found = hunted(for_all(x, gt(x**2 - x + a, 0), given=gt(x, 0)), gt(a, 0)).counterexample
    assert found is not None
    assert {"a", "x"} == found.instance.keys()


def test_a_premise_belongs_to_its_conclusion_only() -> None:
    two = trial("one", "", for_all(x, gt(x, 0), given=gt(x, 1)), by.logic).claim
    both = Claim(
        id="trial/two",
        title="",
        source=two.source,
        then={"c": two.then[0][1], "d": gt(a**2, 0)},
    )
    found = falsify_claim(both, budget=BUDGET, seed=0).counterexample
    assert found is not None
    assert "d" == found.conclusion


def test_a_variable_of_a_taken_name_is_renamed() -> None:
    found = hunted(for_all(x, gt(x, 0)), gt(x, 0)).counterexample
    assert found is not None
    assert {"x", "x_2"} == found.instance.keys()


def test_what_exists_by_hypothesis_is_found_as_a_witness() -> None:
    found = hunted(gt(a, 0), exists(x, (gt(x, 0), ge(a, x))))
    assert found.counterexample is None
    assert found.witness is not None
    assert {"a", "x"} == found.witness.keys()


def test_connectives_of_relations_are_decided_at_an_instance() -> None:
    assert hunted(or_(gt(a, 0), lt(a, 0))).counterexample is not None
    assert hunted(or_(gt(a, 0), lt(a, 1))).counterexample is None
    assert hunted(gt(a, 0), or_(gt(a, 0), gt(y, 0)), lt(y, 0)).counterexample is None


def test_a_name_for_two_things_is_an_error() -> None:
    evidence = check(claim(implies(R(i, i), gt(reals("Data")[0], 0))), sides=("falsify",))
    assert "Two things are called `Data`" in evidence.error
