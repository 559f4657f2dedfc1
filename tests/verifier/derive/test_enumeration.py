"""**Enumeration**: every case is there and shown, and the answer counts them."""

from __future__ import annotations

from typing import Any

import pytest
from sympy import Symbol

from tests.soundness.statements import trial
from verifier import (
    Claim,
    Step,
    absolute,
    by,
    conserved,
    eq,
    family,
    ge,
    gt,
    indices,
    le,
    ne,
    reals,
    sqrt,
    total,
)
from verifier.derive.side import derive_claim
from verifier.exact.statements import Statement
from verifier.verdict import DeriveEvidence

s, t, v = reals("s t v")
i, j, k, m = indices("i j k m")
n = Symbol("n", integer=True, positive=True)
x, y = family("x", "n"), family("y", "n")
signs = family("e", 3)
SIGNED = total(signs[i], i)
LEAST = le(x[i], total(x[j], j))


def derived(
    then: Statement, over: Any, *given: Statement, then_by: Any = by.sign
) -> DeriveEvidence:
    rule = by.enumeration(over=over, then=then_by)
    return derive_claim(trial("cases", "", then, rule, *given).claim)


SHOWN = {
    "sign": (eq(absolute(s * t), absolute(t)), {s: (-1, 1)}, (eq(s**2, 1),), by.identity,
             "2 cases."),
    "two signs": (ge((s * t) ** 2, 1), {s: (-1, 1), t: (-1, 1)}, (eq(s**2, 1), eq(t**2, 1)),
                  by.sign, "4 cases."),
    "three values": (ge(s**2 + 1, 1), {s: (-1, 0, 1)}, (eq(s**3, s),), by.sign, "3 cases."),
    "halves": (le(s * (1 - s), "1/4"), {s: (0, "1/2")}, (eq(2 * s**2, s),), by.sign, "2 cases."),
    "whole numbers": (le(m**2 - 5 * m + 4, 0), {m: range(1, 5)}, (le(m, 4),), by.sign, "4 cases."),
    "excluded": (ne(m, 2), {m: range(1, 4)}, (le(m, 3), ne(m, 2)), by.sign, "2 cases, 1 excluded."),
    "size": (le(total(x[i], i) ** 2, 3 * total(x[i] ** 2, i)), {n: range(1, 4)}, (le(n, 3),),
             by.sum_of_squares, "3 cases."),
    "size and index": (LEAST, {n: range(1, 4), i: range(1, 4)}, (le(n, 3), ge(x[k], 0)), by.sign,
                       "6 cases, 3 excluded."),
    "index of a fixed size": (ge(family("w", 2)[i] ** 2, 0), {i: (1, 2)}, (), by.sign, "2 cases."),
    "labels": (eq(absolute(y[1] * t), absolute(t)), {y[1]: (-1, 1)}, (eq(y[i] ** 2, 1),),
               by.identity, "2 cases."),
    "sign vectors": (eq((SIGNED**2 - 1) * (SIGNED**2 - 9), 0),
                     {signs[1]: (-1, 1), signs[2]: (-1, 1), signs[3]: (-1, 1)},
                     (eq(signs[i] ** 2, 1),), by.identity, "8 cases."),
    "in a case": (ge(s * absolute(v), v), {s: (1, 2)}, (eq((s - 1) * (s - 2), 0),),
                  by.cases(v, 0, by.sign), "2 cases."),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(SHOWN))
def test_the_answer_counts_the_cases(name: str) -> None:
    then, over, given, rule, counted = SHOWN[name]
    step = derived(then, over, *given, then_by=rule).steps[-1]
    assert (True, counted) == (step.discharged, step.reason)


REFUSED = {
    "zero is left out": (ge(s**2, 1), {s: (-1, 1)}, (eq(s**3, s),), "is one of -1, 1"),
    "nothing bounds it": (le(m, 4), {m: range(1, 5)}, (), "`m` is in 1..4"),
    "bound is larger": (le(m, 4), {m: range(1, 5)}, (le(m, 5),), "`m` is in 1..4"),
    "starts later": (ge(m, 2), {m: range(2, 5)}, (le(m, 4),), "`m` is in 2..4"),
    "gap": (ne(m, 3), {m: (1, 2, 4)}, (le(m, 4),), "whole numbers in a row"),
    "real between": (eq(s * (1 - s), 0), {s: (0, 1)}, (ge(s, 0), le(s, 1)), "is one of 0, 1"),
    "irrational": (ge(s**2, 2), {s: (sqrt(2), -sqrt(2))}, (eq(s**2, 2),), "rational numbers"),
    "a case fails": (ge(s, 0), {s: (-1, 1)}, (eq(s**2, 1),), "case s = -1"),
    "open size": (ge(total(x[i] ** 2, i), 0), {n: (1, 2)}, (), "`n` is in 1..2"),
    "open index": (le(x[i], x[1]), {i: (1,)}, (le(n, 2),), "`i` is in 1..1"),
    "index without its size": (LEAST, {i: (1, 2)}, (le(n, 2), ge(x[k], 0)), "`i` is in 1..2"),
    "unbound": (ge(s, 0), {s + t: (1,)}, (), "no symbol"),
    "bound": (conserved(t, {t: s}), {t: (1, 2)}, (), "`t` is bound"),
    "too many": (ge(s, 0), {s: range(100), t: range(100)}, (), "10,000 cases, more than 4,096"),
    "no values": (ge(s, 0), None, (), "needs `over`"),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_it_is_refused_with_the_reason(name: str) -> None:
    then, over, given, words = REFUSED[name]
    step = derived(then, over, *given).steps[-1]
    assert not step.discharged
    assert words in step.reason


def test_the_scope_has_the_bound_of_a_size() -> None:
    then, over, given, rule, _ = SHOWN["size"]
    assert "every dimension n <= 3" == derived(then, over, *given, then_by=rule).scope


def test_a_bounded_size_is_not_every_size_of_another_claim() -> None:
    bounded = trial("bounded", "", SHOWN["size"][0], by.enumeration(
        over={n: range(1, 4)}, then=by.sum_of_squares), le(n, 3)).claim  # fmt: skip
    here = trial("all", "", SHOWN["size"][0], by.claim("trial/bounded"), uses=("trial/bounded",))
    step = derive_claim(here.claim, {bounded.id: bounded}).steps[-1]
    assert not step.discharged
    assert "hypothesis `h1`" in step.reason
    small = trial("small", "", SHOWN["size"][0], by.claim("trial/bounded"), le(n, 2),
                  uses=("trial/bounded",))  # fmt: skip
    assert derive_claim(small.claim, {bounded.id: bounded}).steps[-1].discharged


def test_laws_are_known_in_every_case() -> None:
    rule = by.enumeration(over={n: range(1, 3)}, then=by.sign)
    claim: Claim = trial("laws", "", gt(total(x[i], i), 0), rule, le(n, 2), gt(x[k], 0)).claim
    assert derive_claim(claim).complete
    steps = (Step("f", ge(x[i] ** 2, 0), by.sign),)
    assert derive_claim(
        trial("l", "", gt(total(x[i], i), 0), rule, le(n, 2), steps=steps).claim
    ).missing
