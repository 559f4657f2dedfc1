"""**Exponents**: which power leads, on which polyhedron, and where that fails."""

from __future__ import annotations

from typing import Any

import pytest
import sympy
from flint import fmpq

from tests.soundness.statements import trial
from verifier import (
    Q,
    asymptotic,
    by,
    eq,
    eventually,
    exists,
    exp,
    ge,
    gt,
    is_order,
    le,
    log,
    lt,
    ne,
    negation,
    oo,
    reals,
    sqrt,
    tends,
    within,
)
from verifier.derive.ground import decide_exactly
from verifier.derive.kernel.limits.orders import Cell
from verifier.derive.kernel.limits.rates import Form, RateReader, form_of
from verifier.derive.kernel.linear.polyhedron import Empty
from verifier.derive.side import derive_claim
from verifier.errors import StatementError, UnsupportedError
from verifier.exact.statements import Statement
from verifier.exact.substitution import substitute
from verifier.verdict import Answer, StepEvidence

eta, a, b, c, n, t = reals("eta a b c n t")
C, D, eps, beta, tau = reals("C D eps beta tau")


def step(then: Statement, *given: Statement) -> StepEvidence:
    (evidence,) = derive_claim(trial("one", "", then, by.exponents, *given).claim).steps
    return evidence


def small(expr: Any, other: Any, order: Any = "O") -> Statement:
    return is_order(expr, other, eta, 0, order=order)


HOLDS: tuple[tuple[Statement, tuple[Statement, ...]], ...] = (
    (eventually(le(eta**a, eta**b), eta), (ge(a, b),)),
    (eventually(lt(eta**a, eta**b), eta), (gt(a, b),)),
    (eventually(ne(eta**a, eta**b), eta), (ne(a, b),)),
    (eventually(eq(eta**a * eta**b, eta**c), eta), (eq(a + b, c),)),
    (eventually(le(eta**a + eta**b, 2 * eta**c), eta), (ge(a, c), ge(b, c))),
    (eventually(gt(C * eta**a, D * eta**b), eta), (lt(a, b), gt(C, 0))),
    (eventually(gt(C * eta**a, D * eta**a), eta), (gt(C, D),)),
    (eventually(gt(log(1 / eta), C), eta), ()),
    (eventually(le(eta**a, 1), eta), (ge(a, 0),)),
    (small(eta**a * (1 + eta) ** 3, eta**a, "Theta"), ()),
    (small((1 + eta) ** 2 - 1 - 2 * eta, eta**2, "Theta"), ()),
    (small(sqrt(eta**a / eta**b), eta**c), (ge(a - b, 2 * c),)),
    (small(C * eta**a, eta**a), ()),
    (small(0 * eta, eta, "o"), ()),
    (small((C * eta) ** a, eta**a, "Theta"), (gt(C, 0),)),
    (small(eta**a + eta**b, eta ** sympy.Min(a, b), "Theta"), ()),
    (small(log(eta ** (-tau)), log(1 / eta), "Theta"), (gt(tau, 0),)),
    (small(exp(-(eta ** (-2 * eps))), exp(-(eta ** (-eps)))), (gt(eps, 0),)),
    (small(exp(eta**a), 1, "Theta"), (gt(a, 0),)),
    (asymptotic(2 * eta**a + eta**b, 2 * eta**a, eta, 0), (gt(b, a),)),
    (is_order(n**3 + log(n), n**3, n, oo, order="Theta"), ()),
    (is_order(exp(-n), n ** (-c), n, oo, order="o"), ()),
)

FAILS: tuple[tuple[Statement, tuple[Statement, ...], str], ...] = (
    (eventually(le(eta**a, eta**b), eta), (), "it fails at a = "),
    (eventually(lt(eta**a, eta**b), eta), (ge(a, b),), "the difference is zero"),
    (eventually(le(2 * eta**a, eta**b), eta), (ge(a, b),), "led by eta^"),
    (eventually(gt(C * eta**a, D * eta**a), eta), (), "it is not decided"),
    (small(eta**a, 2 * eta**a, "o"), (), "against 2*eta^(a)"),
    (small(eta**a, eta**b, "Theta"), (ge(a, b),), "it fails at a = "),
    (small(eta**a * log(1 / eta), eta**a), (), "log(1/eta)"),
    (small(C * eta, eta, "Theta"), (), "unless terms cancel"),
    (small(eta, C * eta), (), "what it is compared with is led, unless terms cancel"),
    (small(eta, 0 * eta), (), "what it is compared with is zero"),
    (small(exp(eta ** (-eps)), eta ** (-c)), (gt(eps, 0),), "exp(eta^(-eps))"),
    (small(exp(-(eta**a)), 1), (), "is not read"),
    (is_order(n, n, n, 1), (), "goes to 0+ or oo"),
    (is_order(eta, eta, eta, 0, side="-"), (), "goes to 0+ or oo"),
    (small(eta ** (a * b), 1), (), "is not affine"),
    (small(1 / (1 + eta), 1), (), "no small integer"),
    (small(sympy.sin(eta), 1), (), "no sum of powers"),
    (small(log(log(1 / eta)), 1), (), "logarithm of a logarithm"),
    (small(sqrt(C * eta), 1), (), "shows that it is positive"),
    (tends(eta, eta, 0, 0), (), "reads orders"),
)


@pytest.mark.parametrize(("statement", "given"), HOLDS, ids=str)
def test_it_holds_on_the_whole_polyhedron(
    statement: Statement, given: tuple[Statement, ...]
) -> None:
    found = step(statement, *given)
    assert (True, "") == (found.discharged, "" if found.discharged else found.reason)
    assert "case" in found.reason


@pytest.mark.parametrize(("statement", "given", "words"), FAILS, ids=str)
def test_a_refusal_shows_exponents_or_what_is_not_read(
    statement: Statement, given: tuple[Statement, ...], words: str
) -> None:
    found = step(statement, *given)
    assert not found.discharged
    assert words in found.reason


def test_the_point_of_a_refusal_lies_in_the_polyhedron_and_refutes() -> None:
    statement = small(eta ** (3 * (Q(1, 2) - beta)), eta ** Q(5, 4), "o")
    given = (gt(eps, 0), lt(eps, beta), lt(beta, Q(1, 6)))
    found = step(statement, *given)
    assert found.reason.startswith("it fails at beta = 1/12")
    assert Answer.FALSE is decide_exactly(substitute(statement, {beta: Q(1, 12)})).answer
    assert Answer.TRUE is decide_exactly(substitute(statement, {beta: Q(1, 13)})).answer


def test_cases_are_counted() -> None:
    assert "3 cases of exponents" == step(small(eta**a + eta**b, eta**a + eta**b)).reason
    assert "1 case of exponents" == step(small(eta**a, eta**b, "o"), gt(a, b)).reason


def test_contradictory_hypotheses_are_named() -> None:
    found = step(small(eta**a, eta**b), gt(a, b), lt(a, b))
    assert found.discharged
    assert "the hypotheses contradict each other: 0 = " in found.reason


POLYTOPE = (gt(eps, 0), lt(eps, beta), lt(beta, Q(1, 12)))


def test_exponents_are_found_as_a_rational_point() -> None:
    found = step(exists((eps, beta), (*POLYTOPE, small(eta ** (Q(3, 2) - 3 * beta), eta, "o"))))
    assert found.discharged
    assert found.reason.startswith("at beta = ")


def test_that_there_are_none_is_shown_by_farkas_multipliers() -> None:
    found = step(negation(exists((eps, beta), (*POLYTOPE, ge(eps, Q(1, 12))))))
    assert found.discharged
    assert "beta" in found.reason
    assert "eps" in found.reason
    assert found.reason.startswith("0 = ")


def test_that_there_are_none_is_refused_with_exponents_that_there_are() -> None:
    found = step(negation(exists((eps, beta), POLYTOPE)))
    assert not found.discharged
    assert found.reason.startswith("they are met at beta = ")


def test_exponents_that_a_hypothesis_names_are_not_bound_anew() -> None:
    found = step(exists(eps, gt(eps, 0)), gt(eps, 1))
    assert "`eps` is bound here and free in eps > 1" in found.reason


def test_exponents_may_depend_on_those_that_are_given() -> None:
    between = exists(eps, (gt(eps, 0), lt(eps, Q(1, 2)), small(eta**beta, eta**eps, "o")))
    assert not step(between).discharged
    assert step(between, ge(beta, 1)).discharged


def test_all_small_enough_is_printed_as_it_is_meant() -> None:
    statement = eventually(le(eta**2, eta), eta)
    assert "eta**2 <= eta for all small enough eta > 0" == str(statement)
    assert "n >= 1 for all large enough n" == str(eventually(ge(n, 1), n, oo))
    assert r"\text{eventually as}" in statement.latex()
    with pytest.raises(StatementError, match="is no relation"):
        eventually(tends(eta, eta, 0, 0), eta)


def test_an_expression_is_a_sum_of_rates() -> None:
    reader = RateReader(eta)
    rates = reader.read(C * eta**a * log(1 / eta) ** 2 + eta ** (1 - b))
    found = {(rate.coefficient, rate.power, rate.logs) for rate in rates}
    assert {(C, form_of(a), form_of(Q(2))), (1, form_of(1 - b), Form())} == found


def test_forms_are_affine_over_the_rationals() -> None:
    assert form_of(a / 2 - 3 * b + 1) == Form(fmpq(1), ((a, fmpq(1, 2)), (b, fmpq(-3))))
    assert (form_of(a) - form_of(a)).is_zero
    with pytest.raises(UnsupportedError, match="is not affine"):
        form_of(sqrt(a))


def test_a_split_covers_a_cell_without_its_empty_parts() -> None:
    cell = Cell((a,)).with_row(form_of(a), ">=")
    parts = {sign: part for part, sign in cell.split(form_of(a))}
    assert {0, 1} == parts.keys()
    assert not isinstance(parts[0].point(), Empty)
    assert {a: 0} == parts[0].values()


def test_a_product_of_too_many_terms_is_refused() -> None:
    wide = sum(eta**k for k in range(1, 20)) ** 2
    assert "more than 200 terms" in step(small(wide, eta)).reason


def test_the_steps_of_the_time_average_one_by_one() -> None:
    """Time averages of theta_j theta_k over T/S batches, eta the learning rate."""
    radius, positive = eta ** (Q(1, 2) - beta), eta ** (Q(1, 2) - eps)
    both_positive = eta ** (Q(1, 4) - Q(3, 2) * beta + eps)  # sqrt(S/T)
    spread = positive**2 * both_positive + radius**3 / both_positive
    threshold = eta ** (Q(5, 4) - 2 * eps - Q(3, 2) * beta)
    assert step(small(eta ** (-eps) * spread, threshold), *POLYTOPE).discharged
    one_flat = eta ** (Q(1, 4) - beta + eps / 2)
    spread = positive * radius * one_flat + radius**3 / one_flat
    balanced = eta ** (Q(5, 4) - 2 * beta - eps / 2)
    assert step(small(spread, balanced), *POLYTOPE).discharged
    assert not step(small(eta ** (-eps) * spread, balanced), *POLYTOPE).discharged
    assert step(small(eta ** (-eps) * spread, eta ** (-eps) * balanced), *POLYTOPE).discharged


def test_the_lemma_is_used_beyond_its_hypothesis() -> None:
    """It asks for beta < 1/12 and is used with beta = 1/10 + eps."""
    used = negation(exists((eps, beta), (*POLYTOPE, eq(beta, Q(1, 10) + eps))))
    assert step(used).discharged


def test_the_drift_lemma_ends_below_its_error() -> None:
    steps = within(tau, 0, Q(8, 5))
    error = eta ** (-tau) * eta ** (Q(41, 20) - 4 * eps) + sqrt(eta)
    target = eta ** Q(11, 25)
    assert step(small(error, target), gt(eps, 0), lt(eps, Q(1, 400)), *steps).discharged
    assert step(small(error, target, "o"), gt(eps, 0), lt(eps, Q(1, 400)), *steps).discharged
    assert not step(small(error, target, "o"), gt(eps, 0), le(eps, Q(1, 400)), *steps).discharged
