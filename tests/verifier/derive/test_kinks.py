"""**Kinks**: which cases are made, which are left out, and what is never split."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sympy

from verifier import by, family, total
from verifier.by import Justification
from verifier.derive import kinks
from verifier.derive.context import Context, Discharge, refuse
from verifier.derive.kinks import Kink, by_kinks, kinks_in
from verifier.derive.side import rule_named
from verifier.errors import UnsupportedError
from verifier.exact.pieces import piecewise
from verifier.exact.scalars import (
    absolute,
    derivative,
    heaviside,
    indices,
    integral,
    log,
    maximum,
    minimum,
    reals,
    relu,
    sign,
    sqrt,
)
from verifier.exact.statements import Relation, Statement, eq, ge, gt, le, lt, ne

x, y, z, t = reals("x y z t")
many = reals("v0 v1 v2 v3 v4")
(i,) = indices("i")
zero = sympy.Integer(0)


def discharge(
    statement: Statement, *given: Relation, rule: Justification = by.identity
) -> Discharge:
    context = Context(given, rule, rule_named)
    try:
        return rule_named(rule.rule).discharge(statement, context)
    except UnsupportedError as fault:
        return refuse(str(fault))


def test_inner_kinks_come_first() -> None:
    expr = absolute(x - absolute(y)) + maximum(x, y)
    found = kinks_in(eq(expr, 0), Context((), by.identity, rule_named))
    assert found.index(Kink(y, zero)) < found.index(Kink(x - absolute(y), zero))
    assert any({kink.lhs, kink.rhs} == {x, y} for kink in found)


def test_what_a_hypothesis_equates_has_its_kinks_too() -> None:
    assert discharge(eq(y * x, x**2), eq(y, relu(x)), ge(x, 0)).holds
    assert discharge(eq(y + relu(-x), absolute(x)), eq(y, relu(x))).holds


def test_only_cases_that_the_hypotheses_allow_are_looked_at() -> None:
    seen: list[tuple[Relation, ...]] = []

    def watch(statement: Statement, context: Context) -> Discharge:
        seen.append(context.hypotheses[1:])
        return refuse("never")

    by_kinks(watch)(eq(sign(x), 1), Context((ge(x, 0),), by.identity, rule_named))
    assert [(), (eq(x, 0),)] == seen


def test_a_case_that_hypotheses_exclude_when_added_up_holds_of_nothing() -> None:
    assert discharge(le(absolute(x + y), absolute(x) + absolute(y)), rule=by.sign).holds
    assert discharge(eq(maximum(x, y, z), x), gt(x, y + 1), gt(y, z)).holds


def test_a_case_that_is_an_equation_is_solved() -> None:
    assert discharge(eq(sign(2 * x - y) * (y - 2 * x), -absolute(2 * x - y))).holds
    assert discharge(eq(piecewise((x**2, eq(x - y, 0)), otherwise=x * y), x * y)).holds


@pytest.mark.parametrize("function", [absolute, relu, heaviside, lambda u: maximum(u, y)])
def test_there_is_no_derivative_at_a_kink(function: Callable[[sympy.Expr], sympy.Expr]) -> None:
    slope = derivative(function(x), x)
    answer = discharge(eq(slope, slope), rule=by.derivative)
    assert not answer.holds
    assert "no derivative along it" in answer.reason


def test_beside_a_kink_there_is_one() -> None:
    assert discharge(eq(derivative(relu(x - y), x), 1), gt(x, y), rule=by.derivative).holds
    assert discharge(eq(derivative(relu(x - y), x), 0), lt(x, y), rule=by.derivative).holds
    at_most = discharge(eq(derivative(relu(x - y), x), 0), le(x, y), rule=by.derivative)
    assert "case x == y" in at_most.reason


def test_too_many_cases_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    statement = eq(sign(x) * sign(y) * sign(z), sign(x * y * z))
    assert discharge(statement).holds
    monkeypatch.setattr(kinks, "MOST", 20)
    assert "more than 20 cases" in discharge(statement).reason


def test_what_lies_below_an_integral_or_a_sum_is_not_split() -> None:
    data = family("data", "k")
    below = integral(absolute(t), t, 0, x)
    context = Context((), by.identity, rule_named)
    assert () == kinks_in(eq(below, 0), context)
    assert () == kinks_in(eq(total(absolute(data[i]), i), 0), context)
    assert not discharge(eq(total(sign(data[i]) * data[i], i), total(data[i], i))).holds
    assert not discharge(eq(absolute(data[i]), data[i])).holds


def test_a_kink_without_a_value_makes_no_cases() -> None:
    held = piecewise((absolute(log(x)), gt(x, 1)), otherwise=0)
    assert discharge(eq(held, held + 0 * y)).holds
    assert not discharge(eq(sign(log(x)) ** 2, 1), ne(x, 1)).holds


def test_cases_are_certified_one_by_one_and_no_disproof() -> None:
    answer = discharge(eq(sign(x * y), sign(x) * sign(y)))
    assert (True, True) == (answer.holds, answer.certified)
    assert len(answer.certificates) > 9
    false_in_one_case = discharge(eq(relu(x), x))
    assert (False, False) == (false_in_one_case.holds, false_in_one_case.disproof)


def test_the_smallest_of_many_needs_no_order_of_them_all() -> None:
    assert discharge(eq(minimum(*many), -maximum(*(-v for v in many)))).holds


def test_radicals_split_as_absolute_values_do() -> None:
    assert discharge(eq(sqrt(x**2 * y**2), absolute(x) * absolute(y))).holds
    assert discharge(eq(sqrt(x**2 * (y - 1)), absolute(x) * sqrt(y - 1)), ge(y, 1)).holds
