"""**Logic**: what follows by ground instances, by two solvers, and in finite structures."""

from __future__ import annotations

import importlib
from typing import Any

import pytest

from tests.soundness.statements import trial
from tests.soundness.true_logic import (
    DATA,
    FULL,
    LIMITS_ARE_MINIMA,
    PARTNERS,
    POINT,
    WEAK,
    G,
    R,
    i,
    j,
    limit,
    minimum,
    s,
    u,
)
from verifier import (
    Verdict,
    by,
    eq,
    exists,
    for_all,
    gt,
    implies,
    individual,
    individuals,
    le,
    lt,
    mapping,
    negation,
    or_,
    predicate,
    reals,
    sort,
    tends,
)
from verifier.by import Justification
from verifier.check import check
from verifier.derive.kernel.logic.instances import Consistent, Contradiction, contradiction
from verifier.derive.kernel.logic.models import countermodel
from verifier.derive.kernel.logic.universal import Skolemiser
from verifier.derive.rules import logic
from verifier.derive.side import derive_claim
from verifier.errors import UnsupportedError
from verifier.exact.propositional import is_refutation
from verifier.exact.statements import Statement
from verifier.exact.structures import Structure, satisfied, vocabulary
from verifier.judgement import judge
from verifier.solvers.first_order import script_of
from verifier.solvers.script import Script
from verifier.solvers.solver import Answer, Solver
from verifier.verdict import Evidence, FalsifyEvidence, Rest, StepEvidence

x, y, a = reals("x y a")
p = predicate("p")()
(third,) = individuals("third", DATA)
ONE_VALUE = for_all((i, j), eq(G(limit(i)), G(limit(j))))
TWO_POINTS = (LIMITS_ARE_MINIMA, PARTNERS)
GROUP = sort("Group")
g, h, k = individuals("g h k", GROUP)
unit = individual("e", GROUP)
times = mapping("times", GROUP, GROUP, to=GROUP)
BOOLEAN_GROUP = (
    for_all((g, h, k), eq(times(times(g, h), k), times(g, times(h, k)))),
    for_all(g, eq(times(unit, g), g)),
    for_all(g, eq(times(g, unit), g)),
    for_all(g, eq(times(g, g), unit)),
)
ABELIAN = for_all((g, h), eq(times(g, h), times(h, g)))


def step(then: Statement, justification: Justification, *given: Statement) -> StepEvidence:
    (evidence,) = derive_claim(trial("one", "", then, justification, *given).claim).steps
    return evidence


def test_two_points_exclude_a_full_characterization_for_every_size() -> None:
    shown = step(negation(FULL), by.logic, *TWO_POINTS)
    assert (True, Rest.ENGINE) == (shown.discharged, shown.rests_on)
    assert "assignments satisfies all" in shown.reason
    scope = derive_claim(trial("one", "", negation(FULL), by.logic, *TWO_POINTS).claim).scope
    assert "every nonempty set Data, Point, every linear order Value" == scope


@pytest.mark.parametrize("dropped", [0, 1])
def test_the_partners_are_needed(dropped: int) -> None:
    given = TWO_POINTS[1 - dropped : 2 - dropped]
    needed = dropped == 1
    assert step(negation(FULL), by.logic, *given).discharged is not needed


def test_two_points_make_pairs_of_equal_values_but_not_one_value() -> None:
    pair = for_all(
        (i, j), implies((minimum(i, limit(j)), minimum(j, limit(i))), eq(G(limit(i)), G(limit(j))))
    )
    assert step(pair, by.logic, WEAK, *TWO_POINTS).discharged
    assert not step(ONE_VALUE, by.logic, WEAK, *TWO_POINTS).discharged


def test_the_smallest_counterexample_to_one_value_has_four_data() -> None:
    assert step(ONE_VALUE, by.finite_models(size=3), WEAK, *TWO_POINTS).discharged
    found = step(ONE_VALUE, by.finite_models(size=4), WEAK, *TWO_POINTS)
    assert not found.discharged
    assert "Data = {1, ..., 4}, Point = {1, ..., 4}, Value = {1, ..., 2}" in found.reason


def test_a_continuous_weak_function_has_one_value_on_the_closure() -> None:
    neighbourhood = sort("Open")
    (near,) = individuals("near", neighbourhood)
    (point,) = individuals("point", POINT)
    inside = predicate("inside", POINT, neighbourhood)
    continuous = tuple(
        for_all(
            (u, s),
            exists(
                near,
                for_all(point, side(s, G(point)), given=inside(point, near)),
                given=inside(u, near),
            ),
            given=side(s, G(u)),
        )
        for side in (lt, gt)
    )
    (p_0,) = individuals("p_0", POINT)
    in_closure = for_all(near, exists(i, inside(limit(i), near)), given=inside(p_0, near))
    same = eq(G(p_0), G(limit(j)))
    assert step(same, by.logic, ONE_VALUE, *continuous, in_closure).discharged
    assert not step(same, by.logic, ONE_VALUE, continuous[0], in_closure).discharged


def test_what_instances_leave_open_rests_on_two_solvers() -> None:
    shown = step(ABELIAN, by.logic, *BOOLEAN_GROUP)
    assert (True, Rest.SOLVER) == (shown.discharged, shown.rests_on)
    assert "unsat by z3 and cvc5" == shown.reason


def test_a_letter_without_a_value_has_no_middle() -> None:
    refused = step(or_(gt(1 / x, 0), le(1 / x, 0)), by.logic)
    assert "nothing shows that this has a value" in refused.reason
    assert step(or_(gt(1 / x, 0), le(1 / x, 0)), by.logic, gt(x, 0)).discharged


def test_a_statement_of_another_kind_may_be_used_but_not_denied() -> None:
    goes = tends(x * y, x, 0, 0)
    assert step(goes, by.logic, implies(p, goes), p).discharged
    refused = step(or_(goes, negation(goes)), by.logic)
    assert not refused.discharged
    assert not step(p, by.logic, implies(goes, p)).discharged


def test_an_option_that_there_is_not_is_named() -> None:
    assert "no option `depth`" in step(p, by.logic(depth=3), p).reason
    assert "`work` is a whole number" in step(p, by.logic(work=0), p).reason


def answering(name: str, status: Any, reason: str = "") -> Solver:
    return Solver(name, lambda script, work: Answer(status, reason))


@pytest.fixture
def fakes(monkeypatch: pytest.MonkeyPatch) -> dict[str, Solver]:
    """Solvers by name that answer what a test wants."""
    made: dict[str, Solver] = {}
    monkeypatch.setattr(logic, "solver_named", lambda name: made[str(name)])
    return made


def test_an_unknown_answer_leaves_the_step_open(fakes: dict[str, Solver]) -> None:
    fakes |= {"z3": answering("z3", "unsat"), "cvc5": answering("cvc5", "unknown", "timeout")}
    refused = step(ABELIAN, by.logic, *BOOLEAN_GROUP)
    assert not refused.discharged
    assert "`z3` says unsat, `cvc5` does not know: timeout" in refused.reason


def test_one_solver_cannot_confirm_itself(fakes: dict[str, Solver]) -> None:
    fakes |= {"z3": answering("z3", "unsat")}
    refused = step(ABELIAN, by.logic(second="z3"), *BOOLEAN_GROUP)
    assert "cannot confirm itself" in refused.reason


def test_solvers_that_disagree_are_an_error_that_shows_both(fakes: dict[str, Solver]) -> None:
    fakes |= {"z3": answering("z3", "unsat"), "cvc5": answering("cvc5", "sat")}
    claim = trial("one", "", ABELIAN, by.logic, *BOOLEAN_GROUP).claim
    evidence = check(claim, sides=("derive",))
    assert Verdict.ERROR == judge(evidence).verdict
    assert "`z3` says unsat, `cvc5` says sat" in evidence.error


def test_a_solver_that_is_not_installed_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = importlib.import_module

    def without_cvc5(name: str, *more: Any) -> Any:
        if name == "cvc5":
            raise ImportError(name)
        return plain(name, *more)

    monkeypatch.setattr(importlib, "import_module", without_cvc5)
    refused = step(ABELIAN, by.logic, *BOOLEAN_GROUP)
    assert not refused.discharged
    assert "`cvc5` is not installed" in refused.reason
    assert "theorem-verifier[solvers]" in refused.reason


def test_a_contradiction_replays_and_a_doctored_one_does_not() -> None:
    statements = (for_all(i, implies(R(i, i), p)), exists(j, R(j, j)), negation(p))
    found = contradiction(Skolemiser().forms(statements), (DATA,))
    assert isinstance(found, Contradiction)
    assert is_refutation(found.clauses, found.refutation.learned)
    rest = Skolemiser().forms(statements[:2])
    assert isinstance(contradiction(rest, (DATA,)), Consistent)


def test_the_witness_of_an_existential_depends_on_what_it_is_inside_of() -> None:
    forms = Skolemiser().forms([for_all(i, exists(j, R(i, j))), negation(exists(i, R(i, i)))])
    with pytest.raises(UnsupportedError, match="3 rounds of instances leave it open"):
        contradiction(forms, (DATA,), rounds=3)
    swapped = Skolemiser().forms([exists(j, for_all(i, R(i, j))), negation(exists(i, R(i, i)))])
    assert isinstance(contradiction(swapped, (DATA,)), Contradiction)


def test_a_countermodel_satisfies_the_hypotheses_only() -> None:
    given, then = (for_all(i, exists(j, R(i, j))),), exists(j, for_all(i, R(i, j)))
    words = vocabulary((*given, then))
    assert isinstance(countermodel(given, then, words, {"Data": 1}), Contradiction)
    found = countermodel(given, then, words, {"Data": 2})
    assert isinstance(found, Structure)
    assert (True, False) == (satisfied(given[0], found), satisfied(then, found))


def test_the_script_of_a_solver_declares_orders_and_elements() -> None:
    sign = sort("Sign", of="minus plus")
    script = script_of([le(G(u), G(u))], eq(sign["minus"], sign["plus"]))
    assert isinstance(script, Script)
    assert "(declare-fun |<= of Value| (|Value| |Value|) Bool)" in script.text
    assert "(assert (not (= |minus of Sign| |plus of Sign|)))" in script.text
    assert "UF" == script.logic


@pytest.mark.parametrize("expr", [1 / x, x**a, x ** (-2)], ids=str)
def test_a_solver_is_not_asked_about_what_may_have_no_value(expr: Any) -> None:
    with pytest.raises(UnsupportedError, match="is no polynomial"):
        script_of((), gt(expr, 0))


def test_all_sizes_up_to_the_largest_are_tried_and_the_scope_says_so() -> None:
    two = or_(eq(i, j), eq(j, third), eq(i, third))
    claim = trial("two", "", two, by.finite_models(size=2)).claim
    found = derive_claim(claim)
    assert "none of the 9 structures with at most 2 elements in Data" in found.steps[0].reason
    assert "every nonempty set Data; only at most 2 elements in Data" == found.scope
    evidence = Evidence(claim.id, derive=found, falsify=FalsifyEvidence(instances=1, witness={}))
    assert Verdict.CERTIFIED == judge(evidence).verdict
    assert Verdict.REFUTED == judge(check(claim, sides=("derive", "falsify"))).verdict


def test_enumerated_sorts_are_all_sizes_and_their_cases_are_counted() -> None:
    sign = sort("Sign", of="minus plus")
    f = mapping("f", sign, sign, to=sign)
    (m,) = individuals("m", sign)
    either = or_(exists(m, eq(f(m, m), sign["minus"])), eq(f(m, m), sign["plus"]))
    claim = trial("cases", "", either, by.finite_models).claim
    found = derive_claim(claim)
    assert "none of the 32 cases is a counterexample." == found.steps[0].reason
    assert () == found.limits


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({}, "needs a size for `Data` from 1 to 8"),
        ({"size": 0}, "needs a size for `Data`"),
        ({"size": 9}, "needs a size for `Data`"),
        ({"size": True}, "needs a size for `Data`"),
        ({"size": 2, "Point": 3}, "no option `Point`"),
    ],
)
def test_a_size_that_is_none_is_refused(options: dict[str, Any], words: str) -> None:
    assert words in step(R(i, i), by.finite_models(**options)).reason


def test_finite_models_say_nothing_of_numbers() -> None:
    assert "about individuals" in step(gt(x, 0), by.finite_models(size=1), gt(x, 0)).reason
