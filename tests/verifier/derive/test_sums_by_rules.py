"""**Sums by rules**: term by term, by Lagrange's identity, and by whether two indices are equal."""

from __future__ import annotations

from typing import Any

import pytest
from sympy import Symbol

from tests.soundness.statements import trial
from verifier import (
    Q,
    by,
    conserved,
    derivative,
    eq,
    family,
    ge,
    gt,
    indices,
    le,
    lt,
    ne,
    product,
    reals,
    sequence,
    sqrt,
    total,
)
from verifier.by import Justification
from verifier.derive.side import derive_claim
from verifier.exact.statements import Statement
from verifier.verdict import StepEvidence

a, c = reals("a c")
i, j, k, m = indices("i j k m")
n = Symbol("n", integer=True, positive=True)
x, y = family("x", "n"), family("y", "n")
z = sequence("z")
S = lambda body: total(body, i)  # noqa: E731
T, L = by.termwise, by.lagrange
C = by.index_cases(on=(i, j), then=by.identity)


def shown(then: Statement, rule: Justification, *given: Statement) -> StepEvidence:
    return derive_claim(trial("sums", "", then, rule, *given).claim).steps[-1]


SHOWN: dict[str, tuple[Any, ...]] = {
    "terms": (le(S(x[i]), S(y[i])), T, le(x[k], y[k])),
    "strict terms": (gt(S(x[i]), S(y[i])), T, gt(x[k], y[k])),
    "equal terms": (eq(S(x[i]), S(y[i])), T(then=by.identity), eq(x[k], y[k])),
    "terms against zero": (ge(S(x[i] * y[i]), 0), T, ge(x[k], 0), ge(y[k], 0)),
    "a factor taken inside": (le(c * S(x[i]), c * S(y[i])), T(then=by.positivstellensatz),
                              le(x[k], y[k]), ge(c, 0)),
    "sums taken together": (le(S(x[i]) + S(y[i]), S(2 * y[i])), T, le(x[k], y[k])),
    "empty range": (le(total(z[k], k, to=n - 1), total(2 * z[k], k, to=n - 1)), T, gt(z[k], 0)),
    "index as a number": (le(total(z[k] / k, k, to=n), total(z[k], k, to=n)), T, ge(z[k], 0)),
    "products": (le(product(x[i], i), product(y[i], i)), T, le(x[k], y[k]), ge(x[k], 0)),
    "strict products": (lt(product(x[i], i), product(y[i], i)), T, lt(x[k], y[k]), ge(x[k], 0)),
    "larger product": (ge(product(x[i], i), product(y[i], i)), T, ge(x[k], y[k]), ge(y[k], 0)),
    "nested": (le(S(total(x[i] * y[j], j)), S(total(x[i] ** 2 + y[j] ** 2, j))),
               T(then=T(then=by.sum_of_squares))),
    "Cauchy-Schwarz": (le(S(x[i] * y[i]) ** 2, S(x[i] ** 2) * S(y[i] ** 2)), L(f=x[i], g=y[i])),
    "Cauchy-Schwarz with weights": (le(S(x[i] * y[i]) ** 2, S(x[i]) * S(x[i] * y[i] ** 2)),
                                    L(f=sqrt(x[i]), g=sqrt(x[i]) * y[i]), gt(x[k], 0)),
    "means": (le(S(x[i]) ** 2 / n, S(x[i] ** 2)), L(f=x[i], then=by.positivstellensatz)),
    "harmonic": (ge(S(x[i]) * S(1 / x[i]), n**2), L(f=sqrt(x[i]), g=1 / sqrt(x[i])), gt(x[k], 0)),
    "one variable": (eq(derivative(S(x[i] ** 3), x[j]), 3 * x[j] ** 2), C),
    "two variables": (eq((x[i] - x[j]) * derivative(x[i] * x[j], x[j]), (x[i] - x[j]) * x[i]), C),
    "excluded": (eq(derivative(x[i] * x[j], x[j]), x[i]), C, ne(i, j)),
    "law apart": (gt((x[i] - x[j]) ** 2, 0), by.index_cases(on=(i, j), then=by.sign), ne(i, j),
                  ne(x[i], x[j])),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(SHOWN))
def test_it_is_shown(name: str) -> None:
    then, rule, *given = SHOWN[name]
    step = shown(then, rule, *given)
    assert (True, "") == (step.discharged, step.reason)


REFUSED: dict[str, tuple[Any, ...]] = {
    "weak terms": ("term x[i] < y[i]", lt(S(x[i]), S(y[i])), T, le(x[k], y[k])),
    "one term": ("term x[i] <= y[i]", le(S(x[i]), S(y[i])), T, le(x[1], y[1])),
    "maybe empty": ("may be empty", lt(total(z[k], k, to=n - 1), total(2 * z[k], k, to=n - 1)), T,
                    gt(z[k], 0)),
    "other range": ("one and the same range", le(total(z[k], k, to=n), total(z[k], k, to=n + 1)), T,
                    ge(z[k], 0)),
    "sum and product": ("one and the same range", le(S(x[i]), product(x[i], i)), T),
    "product against zero": ("a product only", ge(product(x[i], i), 0), T, ge(x[k], 0)),
    "negative factors": ("term x[i] >= 0", le(product(x[i], i), product(y[i], i)), T,
                         le(x[k], y[k])),
    "constant": ("one and the same range", le(S(x[i]), 1), T, le(x[k], 0)),
    "not equal": ("compares sums", ne(S(x[i]), 0), T, gt(x[k], 0)),
    "without a value": ("divides by", ge(S(1 / x[i] ** 2), 0), T),
    "lost count": ("is not decided", le(S(x[i]) ** 2, S(x[i] ** 2)), L(f=x[i])),
    "no value of g": ("g: it divides by", le(n**2, S(x[i]) * S(1 / x[i])),
                      L(f=sqrt(x[i]), g=1 / sqrt(x[i])), ge(x[k], 0)),
    "no value of f": ("f: it takes", le(S(x[i]) ** 2, n * S(x[i] ** 2)), L(f=sqrt(x[i]))),
    "no members": ("the members at one index", le(S(x[i]) ** 2, n * S(x[i] ** 2)), L(f=a)),
    "two indices": ("the members at one index", le(S(x[i]) ** 2, n * S(x[i] ** 2)),
                    L(f=x[i], g=x[j])),
    "equal indices": ("case i = j", eq(derivative(x[i] * x[j], x[j]), x[i]), C),
    "different indices": ("case i != j", eq(x[i], x[j]), C),
    "one index": ("two indices", ge(x[i] ** 2, 0), by.index_cases(on=(i, i), then=by.sign)),
    "real index": ("two indices", ge(x[i] ** 2, 0), by.index_cases(on=(i, a), then=by.sign)),
    "no cases": ("needs `on`", ge(x[i] ** 2, 0), by.index_cases(then=by.sign)),
    "bound index": ("is bound", conserved(x[i], {x[i]: x[i] - x[j]}), C),
    "option": ("has no option `at`", ge(x[i] ** 2, 0), C(on=(i, j), at=1, then=by.sign)),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_it_is_refused_with_the_reason(name: str) -> None:
    words, then, rule, *given = REFUSED[name]
    step = shown(then, rule, *given)
    assert not step.discharged
    assert words in step.reason


def test_a_quarter_is_the_least_constant_of_a_square() -> None:
    rule = T(then=by.sum_of_squares)
    assert shown(le(S(x[i]), S(x[i] ** 2 + Q(1, 4))), rule).discharged
    assert not shown(le(S(x[i]), S(x[i] ** 2 + Q(1, 5))), rule).discharged
