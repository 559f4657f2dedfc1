"""**Quantifiers and connectives**: introduced, witnessed, taken at a value, and decided."""

from __future__ import annotations

from typing import Any

import pytest

from tests.soundness.statements import trial
from verifier import (
    Step,
    and_,
    by,
    eq,
    exists,
    for_all,
    ge,
    gt,
    implies,
    individuals,
    le,
    log,
    lt,
    ne,
    negation,
    or_,
    predicate,
    reals,
    sort,
    sqrt,
    tends,
)
from verifier.by import Justification
from verifier.derive.ground import decide_exactly
from verifier.derive.side import derive_claim
from verifier.exact.statements import Statement
from verifier.verdict import Answer, Rest, StepEvidence

x, y, z, a, b = reals("x y z a b")
DATA = sort("Data")
i, j = individuals("i j", DATA)
good = predicate("good", DATA)
SIGNS = by.introduction(then=by.sign)


def step(then: Statement, justification: Justification, *given: Statement) -> StepEvidence:
    return derive_claim(trial("one", "", then, justification, *given).claim).steps[-1]


def test_what_is_introduced_is_as_certain_as_what_is_left() -> None:
    shown = step(for_all(x, gt(x + a, 0), given=(gt(x, 0), gt(a, 0))), SIGNS)
    assert (True, Rest.CHECKED) == (shown.discharged, shown.rests_on)


def test_a_premise_is_assumed_for_its_conclusion_only() -> None:
    both = and_(implies(gt(a, 0), gt(a + 1, 1)), gt(a, 0))
    refused = step(both, SIGNS)
    assert not refused.discharged
    assert refused.reason.startswith("a > 0: ")


def test_a_premise_of_another_kind_is_known() -> None:
    goes = tends(x * a, x, 0, 0)
    assert step(implies(goes, goes), by.introduction(then=by.logic)).discharged


def test_a_false_conclusion_under_a_premise_is_no_disproof() -> None:
    claim = trial("one", "", implies(gt(a, 0), lt(a, 0)), SIGNS).claim
    assert not derive_claim(claim).disproof


@pytest.mark.parametrize(
    ("statement", "justification", "words"),
    [
        (for_all(x, gt(x**2, -1)), by.introduction, "needs the rule for what is left"),
        (gt(x**2, -1), SIGNS, "reads `for every`, `implies`, `and` and `there is no`"),
        (or_(gt(x**2, -1), gt(x, 0)), SIGNS, "reads `for every`"),
        (exists(x, gt(x, 0)), by.witness(then=by.sign), "no value for `x`"),
        (exists(x, gt(x, 0)), by.witness(x=1), "`then` names one rule"),
        (exists(x, gt(x, 0)), by.witness(x=0.5, then=by.sign), "is a float"),
        (exists(x, (gt(x, 0), lt(x, 2))), by.witness(x=1, then=(by.sign,)), "the 2 parts"),
        (exists(i, good(i)), by.witness(i=1, then=by.logic), "is in `Data`, got 1"),
        (for_all(x, gt(x, 0)), by.witness(x=1, then=by.sign), "reads `there is` only"),
        (gt(a, 0), by.instance(x=a), "says something `for every` value"),
    ],
    ids=str,
)
def test_a_refusal_says_what_is_missing(
    statement: Statement, justification: Justification, words: str
) -> None:
    refused = step(statement, justification)
    assert not refused.discharged
    assert words in refused.reason


def test_a_variable_that_a_hypothesis_mentions_is_not_arbitrary() -> None:
    refused = step(for_all(x, gt(x, 0)), SIGNS, gt(x, 0))
    assert "`x` is not arbitrary" in refused.reason
    assert step(for_all(y, gt(y**2 + x, 0)), SIGNS, gt(x, 0)).discharged


def test_a_witness_may_depend_on_what_is_quantified_before_it() -> None:
    smaller = exists(y, (gt(y, 0), lt(y, x)))
    half = by.witness(y=x / 2, then=by.sign)
    assert step(for_all(x, smaller, given=gt(x, 0)), by.introduction(then=half)).discharged
    assert (
        "has a name that is bound in"
        in step(exists(y, for_all(x, lt(y, x))), by.witness(y=x - 1, then=SIGNS)).reason
    )


def test_each_part_of_the_body_may_have_its_own_rule() -> None:
    root = exists(x, (eq(x**2, a), ge(x, 0)))
    shown = step(root, by.witness(x=sqrt(a), then=(by.identity, by.sign)), ge(a, 0))
    assert shown.discharged
    assert not step(root, by.witness(x=-sqrt(a), then=(by.identity, by.sign)), gt(a, 0)).discharged


def test_two_variables_have_a_witness_each() -> None:
    pair = exists((x, y), (eq(x + y, a), eq(x - y, b)))
    values = {"x": (a + b) / 2, "y": (a - b) / 2}
    assert step(pair, by.witness(**values, then=by.identity)).discharged


def test_an_individual_is_a_witness() -> None:
    assert step(exists(i, good(i)), by.witness(i=j, then=by.logic), good(j)).discharged


def test_a_fact_is_used_at_a_value_where_its_premises_hold() -> None:
    fact = for_all((x, y), ge(x + y, 2 * z), given=(ge(x, z), ge(y, z)))
    at = by.instance(x=a, y=a)
    assert step(ge(2 * a, 2 * z), at, fact, ge(a, z)).discharged
    refused = step(ge(2 * a, 2 * z), at, fact)
    assert "a >= z" in refused.reason
    assert "no value for `y`" in step(ge(2 * a, 2 * z), by.instance(x=a), fact).reason


def test_one_part_of_what_a_fact_says_is_enough() -> None:
    fact = for_all(x, (ge(x**2, 0), gt(x**2 + 1, 0)))
    assert step(gt(a**2 + 1, 0), by.instance(x=a), fact).discharged


def test_a_used_step_is_a_fact() -> None:
    first = Step("square", for_all(x, ge(x**2 - 2 * x + 1, 0)), by.introduction(
        then=by.sum_of_squares))  # fmt: skip
    claim = trial("two", "", ge(a**2 + 1, 2 * a), by.instance(x=a), steps=(first,)).claim
    assert [True, True] == [s.discharged for s in derive_claim(claim).steps]


def test_a_witness_may_not_hide_what_is_divided_by() -> None:
    ratio = exists(x, eq((x - a) / (b - a), 1))
    assert "cancels -a + b" in step(ratio, by.witness(x=b, then=by.identity)).reason
    double = exists(x, eq((x - a) / (b - a), 2))
    reflected = by.witness(x=2 * b - a, then=by.identity)
    assert step(double, reflected, ne(a, b)).discharged
    assert not step(double, reflected).discharged


CLOSED: tuple[tuple[Statement, Answer], ...] = (
    (and_(gt(x, 0), lt(x, 1)), Answer.UNKNOWN),
    (and_(eq(1, 1), lt(1, 0)), Answer.FALSE),
    (or_(eq(1, 2), lt(0, 1)), Answer.TRUE),
    (or_(eq(1, 2), gt(log(1 - sqrt(2)), 0)), Answer.UNKNOWN),
    (implies(eq(1, 2), eq(1, 3)), Answer.TRUE),
    (implies(eq(1, 1), eq(1, 3)), Answer.FALSE),
    (for_all(x, ge(x**2, 0)), Answer.TRUE),
    (for_all(x, gt(x**2, 0)), Answer.FALSE),
    (for_all(x, gt(x**2 - x + 1, 0)), Answer.TRUE),
    (for_all(x, ne(3 * x, 1)), Answer.FALSE),
    (for_all(x, ge(1 / x**2, 0)), Answer.UNKNOWN),
    (exists(x, lt(x**2, 0)), Answer.FALSE),
    (exists(x, lt(x**2, 3)), Answer.TRUE),
    (exists(x, (gt(x, 7), lt(x**2, -1))), Answer.FALSE),
    (exists(x, (gt(x, 100), lt(x, 101))), Answer.TRUE),
    (exists((x, y), (lt(x, y), lt(y, x))), Answer.FALSE),
    (for_all(x, exists(y, eq(x * y, 1))), Answer.FALSE),
    (negation(exists(x, le(x**2 + 1, 0))), Answer.TRUE),
    (for_all(x, exists(y, gt(y, x))), Answer.TRUE),
    (exists(y, for_all(x, ge(y, x))), Answer.FALSE),
    (exists(x, eq(x**3, 2)), Answer.UNKNOWN),
)


@pytest.mark.parametrize(("statement", "expected"), CLOSED, ids=str)
def test_a_closed_statement_has_an_answer(statement: Any, expected: Answer) -> None:
    assert expected is decide_exactly(statement).answer
