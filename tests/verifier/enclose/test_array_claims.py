"""**Arrays on regions**: what unfolds into relations is covered one by one."""

from __future__ import annotations

from tests.soundness.statements import PAPER
from verifier import Claim, Region, Verdict, positive_definite, reals
from verifier.budget import Budget
from verifier.check import check
from verifier.exact.statements import Statement
from verifier.judgement import judge

(x,) = reals("x")
SMALL = Budget("small", instances=20, boxes=200, bits=64, mutant_instances=1)


def on_a_region(then: Statement, low: str, high: str) -> Claim:
    return Claim(
        id="trial/region",
        title="arrays",
        source=PAPER.at("Trial", section="1"),
        then={"c": then},
        regions=(Region(x=(low, high)),),
    )


def test_a_matrix_is_certified_definite_on_a_region_by_its_minors() -> None:
    matrix = [[1 + x**2, x, 0], [x, 1, x / 9], [0, x / 9, 1]]
    evidence = check(on_a_region(positive_definite(matrix), "-1", "1"), sides=["enclose"],
                     budget=SMALL)  # fmt: skip
    assert evidence.enclose is not None
    assert [1, 1, 1] == [region.certified for region in evidence.enclose.regions]
    assert Verdict.CERTIFIED == judge(evidence).verdict


def test_a_matrix_without_a_value_or_symmetry_is_not_certified() -> None:
    for matrix in ([[1 / x + 4, 0], [0, 1]], [[2, x], [-x, 2]]):
        evidence = check(on_a_region(positive_definite(matrix), "-1", "1"), sides=["enclose"],
                         budget=SMALL)  # fmt: skip
        assert Verdict.CERTIFIED != judge(evidence).verdict
