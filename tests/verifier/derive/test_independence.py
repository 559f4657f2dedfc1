"""**Independence of functions**: by rates, values, derivatives and growth; relations against it."""

from __future__ import annotations

import random
from typing import Any

import pytest
import sympy

from tests.soundness.statements import trial
from verifier import (
    Q,
    absolute,
    by,
    cos,
    cosh,
    eq,
    erf,
    exp,
    family,
    function,
    ge,
    gt,
    independent,
    independent_family,
    indices,
    le,
    log,
    logistic,
    lt,
    ne,
    negation,
    oo,
    reals,
    sin,
    sinh,
    softplus,
    sqrt,
    tanh,
)
from verifier.by import Justification
from verifier.derive.context import Context, Discharge
from verifier.derive.ground import decide_exactly
from verifier.derive.jets import jets_at, orders_upto
from verifier.derive.side import derive_claim, rule_named
from verifier.errors import UnsupportedError
from verifier.exact.statements import Relation, Statement

x, y, z, a, b, p = reals("x y z a b p")
w1, w2, w3, w4 = reals("w1 w2 w3 w4")
i, j = indices("i j")
w, v = family("w", "n"), family("v", "n")
f = function("f")
I = by.independence  # noqa: E741


def tried(statement: Any, *given: Statement, by: Justification = I) -> Discharge:
    relations = tuple(s for s in given if isinstance(s, Relation))
    return rule_named(by.rule).discharge(statement, Context(relations, by, rule_named))


def apart(*values: Any) -> list[Relation]:
    return [ne(one, two) for k, one in enumerate(values) for two in values[:k]]


HOLD: dict[str, tuple[Any, tuple[Any, ...], tuple[Relation, ...], str]] = {
    "exponentials": ([exp(w1 * x), exp(w2 * x), exp(w3 * x), exp(w4 * x)], (x,),
                     tuple(apart(w1, w2, w3, w4)), "the minor"),
    "with weight zero": ([1, exp(w1 * x), exp(w2 * x)], (x,), tuple(apart(0 * x, w1, w2)), ""),
    "polynomials of a parameter": ([1, x + a, (x + a) ** 2], (x,), (), "the minor"),
    "two variables": ([1, x, y, x * y, x**2 - y**2], (x, y), (), "the minor"),
    "hyperbolic": ([sinh(x), cosh(x), 1], (x,), (), "the minor"),
    "logistic": ([logistic(x), logistic(2 * x), 1], (x,), (), "the minor"),
    "powers": ([x**p, x ** (p + 1), 1], (x, gt(x, 0)), (gt(p, 0),), "the minor"),
    "softplus": ([softplus(x), softplus(2 * x), x], (x,), (), "values at"),
    "Gaussian": ([exp(-(x**2)), exp(-((x - 1) ** 2)), 1], (x,), (), "values at"),
    "errors": ([erf(x), erf(2 * x), erf(3 * x)], (x,), (), "values at"),
    "sines": ([sin(x), sin(2 * x), cos(x)], (x,), (), ""),
    "frequency": ([sin(p * x), cos(p * x)], (x,), (gt(p, 0),), "derivatives at x = 0"),
    "roots": ([sqrt(x), sqrt(x + 1), 1], (x, ge(x, 0)), (), "values at"),
    "kinks": ([absolute(x), absolute(x - 1), x, 1], (x,), (), "values at"),
    "one function": ([exp(x) - 1], (x,), (), ""),
    "on an interval": ([x, x**2], (x, gt(x, 0), lt(x, Q(1, 10**6))), (), "the minor"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOLD)
def test_they_are_independent_and_the_reason_is_named(name: str) -> None:
    functions, (variable, *on), given, reason = HOLD[name]
    rest = [v for v in on if not isinstance(v, Relation)]
    domain = tuple(r for r in on if isinstance(r, Relation))
    statement = independent(functions, variable, *rest, on=domain)
    answer = tried(statement, *given)
    assert answer.holds
    assert answer.reason.startswith(reason)
    assert not tried(negation(statement), *given).holds


DEPENDENT: dict[str, tuple[Statement, tuple[Relation, ...], str]] = {
    "affine": (independent([1, x, 2 * x + 1], x), (), "(-1)*(1) + (-2)*(x) + (1)*(2*x + 1)"),
    "circle": (independent([sin(x) ** 2, cos(x) ** 2, 1], x), (), "= 0"),
    "logistic": (independent([logistic(x), logistic(-x), 1], x), (), "= 0"),
    "logarithms": (independent([log(x), log(2 * x), 1], x, on=gt(x, 0)), (), "log(2)"),
    "parameters": (independent([a * x, b * x], x), (ne(b, 0),), ""),
    "equal rates": (independent([exp(w1 * x), exp(w2 * x)], x), (eq(w1, w2),), "= 0"),
    "kink on a side": (independent([absolute(x), x], x, on=le(x, 0)), (), "= 0"),
    "zero": (independent([x - x, 1], x), (), "= 0"),
}


@pytest.mark.parametrize("name", DEPENDENT)
def test_they_are_dependent_and_the_relation_is_shown(name: str) -> None:
    statement, given, shown = DEPENDENT[name]
    answer = tried(negation(statement), *given)
    assert answer.holds
    assert shown in answer.reason
    opposite = tried(statement, *given)
    assert (False, True) == (opposite.holds, opposite.disproof)


REFUSED: dict[str, tuple[Statement, Justification, tuple[Relation, ...], str]] = {
    "option": (independent([x], x), I(order=2), (), "has no option `order`"),
    "rates": (independent([exp(w1 * x), exp(w2 * x)], x), I, (), "the rates may be equal"),
    "pole": (independent([1 / x, 1], x), I, (), "the value of 1/x"),
    "abstract": (independent([f(x), x], x), I, (), "no exponential of a linear form"),
    "few points": (independent([x, x**2], x), I(points=[{x: 1}]), (), "give `points`"),
    "points outside": (independent([x, x**2], x, on=gt(x, 0)), I(points=[{x: -1}, {x: 1}]), (),
                       "-1 > 0"),
    "bad points": (independent([x, x**3], x), I(points=[{x: 1}, {x: -1}]), (), "no minor"),
    "boundary": (independent([x, x**2], x, on=ge(x, 0)), I(at={x: 0}), (), "0 > 0"),
    "kink": (independent([absolute(x), x**3], x), I(at={x: 0}), (), "no value at x = 0"),
    "singular jets": (independent([x, x**9], x), I(at={x: 0}), (), "may be zero"),
    "growth of two": (independent([x, y], x, y), I(growth=oo), (), "functions of one variable"),
    "growth down": (independent([x, x**2], x), I(growth=-oo), (), "`growth` is oo"),
    "wrong order": (independent([x, x**2], x), I(growth=oo), (), "-> 0"),
    "same growth": (independent([x + 1, x], x), I(growth=oo), (), "-> 0"),
    "zeros": (independent([x * sin(x), sin(x)], x), I(growth=oo), (), "!= 0 for large x"),
    "short relation": (negation(independent([x, x], x)), I(relation=[1]), (), "2 coefficients"),
    "moving relation": (negation(independent([x, x**2], x)), I(relation=[x, -1]), (),
                        "depend on no variable"),
    "trivial relation": (negation(independent([x, x**2], x)), I(relation=[0, 0]), (),
                         "not trivial"),
    "wrong relation": (negation(independent([x, 2 * x], x)), I(relation=[1, 1]), (), "zero"),
    "maybe trivial": (negation(independent([a * x, b * x], x)), I(relation=[b, -a]), (),
                      "not trivial"),
    "family": (independent_family(exp(w[i] * x), i, x), I, (), "the rates may be equal"),
    "family of one": (independent_family(exp(a * x), i, x), I, (), "share a function"),
    "family with zeros": (independent_family(v[i] * x**i, i, x), I, (), "may be zero"),
    "family of errors": (independent_family(erf(w[i] * x), i, x), I, (), "no exponential"),
    "family without values": (independent_family(exp(x / w[i]), i, x), I, (), "the value of"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_refusal_says_why(name: str) -> None:
    statement, justification, given, reason = REFUSED[name]
    claim = trial(name.replace(" ", "-"), "", statement, justification, *given).claim
    (step,) = derive_claim(claim).steps
    assert not step.discharged
    assert reason in step.reason


@pytest.mark.parametrize(
    "statement",
    [
        independent([x, x**3], x),
        independent([x, x**9], x),
        independent([x + 1, x], x),
        negation(independent([x, 2 * x], x)),
    ],
    ids=str,
)
def test_a_choice_that_fails_is_no_disproof(statement: Statement) -> None:
    choices = (I(points=[{x: 1}, {x: -1}]), I(at={x: 0}), I(growth=oo), I(relation=[1, 1]))
    answers = [tried(statement, by=choice) for choice in choices]
    assert [] == [answer.reason for answer in answers if answer.disproof]
    assert decide_exactly(statement).certain


FAMILIES: dict[str, tuple[Any, tuple[Relation, ...]]] = {
    "neurons": ([exp(w[i] * x)], (ne(i, j), ne(w[i], w[j]))),
    "with derivatives": ([exp(w[i] * x), x * exp(w[i] * x)], (ne(i, j), ne(w[i], w[j]))),
    "with factors": ([v[i] * exp(w[i] * x)], (ne(i, j), ne(w[i], w[j]), ne(v[i], 0))),
    "with a constant": ([exp(w[i] * x) * (1 + x)], (ne(i, j), ne(w[i], w[j]))),
    "whole rates": ([exp(i * x)], ()),
    "monomials": ([x**i], ()),
    "monomials and exponentials": ([x**i * exp(w[i] * x)], ()),
}


@pytest.mark.parametrize("name", FAMILIES)
def test_a_family_is_independent_at_every_size(name: str) -> None:
    functions, given = FAMILIES[name]
    claim = trial("family", "", independent_family(functions, i, x), I, *given).claim
    evidence = derive_claim(claim)
    assert (True, "every dimension n") == (evidence.complete, evidence.scope)


def test_a_family_of_a_number_of_members_is_decided() -> None:
    assert decide_exactly(independent_family(x**i, i, x, size=3)).certain
    assert decide_exactly(independent_family(sin(i * x) * 0 + 1, i, x, size=2)).refuted
    with pytest.raises(UnsupportedError, match="is open"):
        independent_family(x**i, i, x).members()


@pytest.mark.parametrize("seed", range(60))
def test_the_exact_answer_is_the_rank_of_the_coefficients(seed: int) -> None:
    rng = random.Random(seed)
    basis = (1, x, exp(x), x * exp(-x), tanh(x), x**2)
    count = rng.randint(1, 4)
    table = [[rng.choice((0, 0, 1, -1, 2)) for _ in basis] for _ in range(count)]
    functions = [sympy.Add(*(c * g for c, g in zip(row, basis, strict=True))) for row in table]
    answer = decide_exactly(independent(functions, x))
    full = sympy.Matrix(table).rank() == count
    assert (full, not full) == (answer.certain, answer.refuted)


def test_derivatives_at_a_point_are_those_of_sympy() -> None:
    functions = [exp(2 * x) * y, sin(x + y**2), log(2 + x)]
    orders = list(orders_upto(2, 2))
    assert [(0, 0), (0, 1), (1, 0), (0, 2), (1, 1), (2, 0)] == orders
    jets = jets_at(functions, {x: Q(0), y: Q(1)}, orders, Context((), I, rule_named))
    assert jets.valued.holds
    for row, (m, n) in zip(jets.rows, orders, strict=True):
        expected = [g.diff(x, m).diff(y, n).subs({x: 0, y: 1}) for g in functions]
        gaps = [e - jets.reader.read(g) for e, g in zip(row, expected, strict=True)]
        assert [True] * 3 == [gap.is_zero for gap in gaps]


def test_certificates_cover_relations_and_values() -> None:
    assert tried(negation(independent([1, x, 2 * x + 1], x))).certified
    assert tried(independent([absolute(x), x], x), by=I(points=[{x: 1}, {x: -1}])).certified
