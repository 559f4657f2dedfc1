"""**Budgets**: counted in work, and each larger than the one before."""

from itertools import pairwise

from verifier.budget import BUDGETS


def test_each_budget_is_larger_than_the_one_before() -> None:
    assert ["quick", "standard", "deep"] == list(BUDGETS)
    for less, more in pairwise(BUDGETS.values()):
        assert less.instances < more.instances
        assert less.boxes < more.boxes
        assert less.mutant_instances < more.mutant_instances


def test_a_budget_has_the_name_under_which_it_is_found() -> None:
    assert list(BUDGETS) == [budget.name for budget in BUDGETS.values()]
