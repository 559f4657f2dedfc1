"""**Quantified hypotheses**: a free index in one stands for every value, in a case for one."""

from __future__ import annotations

import pytest
from sympy import Symbol

from verifier import (
    Claim,
    Paper,
    Space,
    Step,
    by,
    conserved,
    derivative,
    dot,
    eq,
    family,
    function,
    ge,
    gt,
    indices,
    le,
    lt,
    ne,
    norm2,
    reals,
    sequence,
    total,
)
from verifier.by import Justification
from verifier.derive.side import derive_claim
from verifier.exact.statements import Statement
from verifier.verdict import StepEvidence

PAPER = Paper("trial", "Indices", "Nobody", 2024, "")
a, t = reals("a t")
i, j, k, m = indices("i j k m")
n = Symbol("n", integer=True, positive=True)
x, y = family("x", "n"), family("y", "n")
other = family("v", "m")
z = sequence("z")
space = Space()
data = family("u", "n", space=space)
(w,) = space.vectors("w")


def claim(
    then: Statement, rule: Justification, *given: Statement, name: str = "c", **more: object
) -> Claim:
    steps = more.pop("steps", ())
    last = Step("c", ..., rule, uses=tuple(step.name for step in steps))  # type: ignore[attr-defined]
    return Claim(
        id=f"trial/{name}",
        title="",
        source=PAPER.at("Trial", section="1"),
        given={f"h{number}": statement for number, statement in enumerate(given)},
        then={"c": then},
        derivation=(*steps, last),  # type: ignore[misc]
        **more,  # type: ignore[arg-type]
    )


def last_step(*args: object, **more: object) -> StepEvidence:
    return derive_claim(claim(*args, **more)).steps[-1]  # type: ignore[arg-type]


def test_a_law_holds_under_every_sum() -> None:
    assert last_step(gt(total(x[i], i), 0), by.sign, gt(x[k], 0)).discharged
    assert last_step(
        eq(total(y[i], i), a * total(x[i], i)), by.identity, eq(y[k], a * x[k])
    ).discharged
    assert last_step(eq(total(norm2(data[i]), i), n), by.identity, eq(norm2(data[j]), 1)).discharged


def test_a_law_between_two_indices_holds_for_all_pairs() -> None:
    pairs = total(total(x[i] * x[j], j), i)
    assert last_step(ge(x[i] * x[j], 0), by.sign, ge(x[k] * x[m], 0)).discharged
    assert last_step(ge(total(total(x[i] * x[j] + 1, i), j), 0), by.termwise(
        then=by.termwise(then=by.sign)), ge(x[k] * x[m], 0)).reason  # fmt: skip
    assert last_step(ge(pairs, 0), by.sign).discharged


def test_a_case_is_about_one_index() -> None:
    whole = total(x[j], j)
    assert not last_step(ge(x[i] * whole, 0), by.cases(x[i], 0, by.sign)).discharged
    assert last_step(ge(x[i] ** 2 * whole, 0), by.cases(x[i], 0, by.sign), ge(x[k], 0)).discharged


def test_a_condition_keeps_a_law_from_the_pairs_that_it_excludes() -> None:
    law, apart = ne(x[i], x[j]), ne(i, j)
    assert last_step(gt((x[i] - x[j]) ** 2, 0), by.sign, apart, law).discharged
    assert not last_step(gt((x[i] - x[k]) ** 2, 0), by.sign, apart, law).discharged
    late = ge(z[k], 0), ge(k, 3)
    assert last_step(ge(z[3], 0), by.sign, *late).discharged
    assert not last_step(ge(z[2], 0), by.sign, *late).discharged


def test_a_fact_is_known_only_where_it_was_shown() -> None:
    rising = (lt(i, j), gt(x[j], x[i]), ge(x[i], 0))
    fact = Step("f", gt(x[j], 0), by.sign)
    assert last_step(gt(x[j] * 2, 0), by.sign, *rising, steps=(fact,)).discharged
    assert not last_step(gt(x[m], 0), by.sign, *rising, steps=(fact,)).discharged


def test_an_index_of_another_family_is_not_in_this_one() -> None:
    given = gt(other[j], j), lt(other[j], 2)
    fact = Step("f", lt(k, other[k]), by.sign)
    assert not last_step(lt(k, 2), by.linear, *given, steps=(fact,)).discharged
    assert not last_step(lt(k, 2), by.sign, *given).discharged
    assert last_step(lt(other[k] - other[k] + k, 2), by.sign, *given).reason


def test_recurrences_are_followed_to_the_members_that_are_named() -> None:
    assert last_step(eq(z[4], 8 * z[1]), by.identity, eq(z[k + 1], 2 * z[k])).discharged
    assert last_step(eq(z[n + 2], 4 * z[n]), by.identity, eq(z[k + 1], 2 * z[k])).discharged
    assert last_step(eq(z[3], 4), by.identity, eq(z[k + 1], 2 * z[k]), eq(z[1], 1)).discharged
    assert not last_step(eq(z[1], 2 * z[0]), by.identity, eq(z[k + 1], 2 * z[k])).discharged


def test_scope_and_statement_say_over_what_they_are_meant() -> None:
    evidence = derive_claim(claim(ge(x[i] ** 2, 0), by.sign))
    assert "every dimension n" == evidence.scope
    assert "x[i]**2 >= 0 for every i" == evidence.steps[-1].statement.text
    counted = claim(eq(total(k, k, to=m), m * (m + 1) / 2), by.identity)
    assert "every whole number m" == derive_claim(counted).scope


def used(then: Statement, *given: Statement) -> Claim:
    return claim(then, by.sign, *given, name="used")


@pytest.mark.parametrize(
    ("then", "given", "there", "words"),
    [
        (gt(x[i] * x[j], 0), (gt(x[k], 0),), (gt(x[i], 0), gt(x[j], 0)), ""),
        (ge(x[i] * x[j], 0), (ne(i, j), ge(x[i] * x[j], 0)), (ge(x[i] * x[j], 0),), "may fail for"),
        (gt(x[i], 0), (gt(x[i], 0), gt(other[i], 0)), (gt(x[i], 0),), "may fail for"),
    ],
)
def test_a_used_claim_supposes_its_laws_for_every_index(
    then: Statement, given: tuple[Statement, ...], there: tuple[Statement, ...], words: str
) -> None:
    library = {"trial/used": used(then, *there)}
    here = claim(then, by.claim("trial/used"), *given, uses=("trial/used",))
    step = derive_claim(here, library).steps[-1]
    assert (words == "", True) == (step.discharged, words in step.reason)


def test_a_used_claim_about_an_index_is_not_about_any_number() -> None:
    library = {"trial/used": claim(lt(i, 2), by.linear, gt(x[i], i), lt(x[i], 2), name="used")}
    here = claim(lt(i, 2), by.claim("trial/used"), gt(x[j], j), lt(x[j], 2), uses=("trial/used",))
    step = derive_claim(here, library).steps[-1]
    assert not step.discharged
    at = claim(ge(z[0] ** 2, 0), by.claim("trial/square", at={k: 0}), uses=("trial/square",))
    square = {"trial/square": claim(ge(z[k] ** 2, 0), by.sign, name="square")}
    assert "at least 1" in derive_claim(at, square).steps[-1].reason


loss = function("loss")
outer, inner = family("o", "m"), family("s", "m", space=space)


def flow(error: object) -> dict[object, object]:
    return {outer[j]: dot(inner[j], error), inner[j]: error * outer[j]}  # type: ignore[operator]


def test_members_move_at_the_index_of_the_sum() -> None:
    output = total(outer[j] * dot(inner[j], data[i]), j)
    error = total(data[i] * loss(y[i] - output), i)
    fixed = {data[i]: data[i] * 0, y[i]: 0}
    kept = outer[j] ** 2 - norm2(inner[j])
    assert last_step(conserved(kept, {**flow(error), **fixed}), by.conserved).discharged
    assert last_step(conserved(total(kept, j), {**flow(error), **fixed}), by.conserved).discharged
    step = last_step(conserved(total(kept * y[i], i), flow(error)), by.conserved)
    assert "says nothing of `y`" in step.reason


def test_an_equation_between_members_at_one_time_is_not_used() -> None:
    (pull,) = space.vectors("p")
    moved = conserved(norm2(inner[j]), {inner[j]: pull, pull: pull * 0})
    assert not last_step(moved, by.conserved, eq(norm2(inner[j]), 1)).discharged
    kept = conserved(dot(w, pull), {w: total(data[i] * y[i], i), pull: pull * 0,
                                    data[i]: data[i] * 0, y[i]: 0})  # fmt: skip
    assert last_step(kept, by.conserved, eq(dot(pull, data[i]), 0)).discharged


def test_the_index_of_a_flow_is_bound_in_it() -> None:
    moved = conserved(outer[j] ** 2, {outer[j]: outer[j] - outer[i]})
    step = last_step(moved, by.index_cases(on=(i, j), then=by.conserved))
    assert "is bound" in step.reason


def test_partial_derivatives_meet_at_one_member() -> None:
    assert last_step(eq(derivative(total(x[i] ** 2, i), x[k]), 2 * x[k]), by.derivative).discharged
    free = eq(derivative(x[i] * x[k], x[k]), x[i])
    assert "[i = k]" in last_step(free, by.derivative).reason
    assert last_step(free, by.derivative, ne(k, i)).discharged
    equal = eq(y[i], 2 * x[i])
    assert (
        "no derivative along it"
        in last_step(
            eq(derivative(total(y[i] * x[i], i), x[k]), 4 * x[k]), by.derivative, equal
        ).reason
    )


def test_an_inequality_of_members_reaches_polynomial_steps() -> None:
    assert last_step(le(x[i] + y[i], 2), by.linear, le(x[k], 1), le(y[k], 1)).discharged
    assert last_step(ge(x[i] ** 2 + x[j] ** 2, 2 * x[i] * x[j]), by.sum_of_squares).discharged
