"""**Induction**: what it needs, what it may use, and why it stops."""

from __future__ import annotations

from typing import Any

import pytest
from sympy import Symbol

from tests.soundness.statements import trial
from verifier import Step, by, eq, family, ge, gt, indices, le, lt, ne, reals, sequence, tends
from verifier.derive.side import derive_claim
from verifier.exact.statements import Statement
from verifier.exact.sums import product, total
from verifier.verdict import Rest, StepEvidence

a, t = reals("a t")
k, m = indices("k m")
n = Symbol("n", integer=True, positive=True)
z, f = sequence("z"), sequence("f")
x = family("x", "n")
SUM = eq(total(z[k], k, to=n), n * z[1])


def shown(then: Statement, *given: Statement, steps: Any = (), **options: Any) -> StepEvidence:
    rule = by.induction(**{"on": n, "start": 1, "base": by.sign, "step": by.sign, **options})
    return derive_claim(trial("induction", "", then, rule, *given, steps=steps).claim).steps[-1]


SHOWN = {
    "equation": (SUM, (eq(z[k + 1], z[k]),), {"base": by.identity, "step": by.identity,
                 "also": (eq(z[n + 1], z[1]),)}),
    "strict": (lt(z[n], 1), (eq(z[k + 1], z[k] ** 2), lt(z[1], 1), ge(z[1], 0)),
               {"also": (ge(z[n], 0),)}),
    "later start": (gt(z[n], 0), (eq(z[k + 1], z[k]), gt(z[5], 0), ge(n, 5)), {"start": 5}),
    "open bound": (gt(z[n], 0), (eq(z[k + 1], z[k]), gt(z[5], 0), gt(n, 4)), {"start": 5}),
    "start before the bound": (gt(z[n], 0), (eq(z[k + 1], z[k]), gt(z[1], 0), ge(n, 5)), {}),
    "growth": (le(total(1 / (k * (k + 1)), k, to=n), 1 - 1 / (n + 1)), (), {
        "step": None, "increment": by.sign}),
    "growth of an equation": (eq(total(k, k, to=n), n * (n + 1) / 2), (), {
        "base": by.identity, "step": None, "increment": by.identity}),
    "by cases": (ge(z[n], 0), (eq(z[k + 1], z[k] * (1 + z[k] ** 2)), ge(z[1], 0)), {
        "step": by.cases(z[n], 1, by.sign)}),
    "two recurrences": (eq(z[n], f[n]), (eq(z[k + 1], 2 * z[k]), eq(f[k + 1], 2 * f[k]),
                                         eq(z[1], f[1])), {
        "base": by.identity, "step": by.identity}),
    "parameters": (le(z[n], n * a), (eq(z[k + 1], z[k] + a), le(z[1], a)), {"step": by.linear}),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(SHOWN))
def test_it_is_shown(name: str) -> None:
    then, given, options = SHOWN[name]
    step = shown(then, *given, **options)
    assert (True, "") == (step.discharged, step.reason)


def test_a_fact_about_n_is_used_at_n_and_after() -> None:
    lemma = Step("lemma", ge(n**2, n), by.sign)
    grown = eq(z[k + 1], z[k] + k**2)
    step = shown(ge(z[n], n - 1), grown, ge(z[1], 0), steps=(lemma,), step=by.linear)
    assert step.discharged
    assert not shown(ge(z[n], n - 1), grown, ge(z[1], 0), step=by.linear).discharged


REFUSED = {
    "base fails": (gt(z[n], 0), (eq(z[k + 1], z[k]),), {}, "n = 1: "),
    "step fails": (gt(z[n], 0), (gt(z[1], 0),), {}, "n + 1: "),
    "late": (gt(z[n], 0), (eq(z[k + 1], z[k]), gt(z[2], 0)), {"start": 2},
             "starts at n = 2, and n = 1 is allowed"),
    "later than the bound": (gt(z[n], 0), (eq(z[k + 1], z[k]), gt(z[4], 0), ge(n, 3)),
                             {"start": 4}, "starts at n = 4, and n = 3 is allowed"),
    "upper bound": (le(z[n], 1), (le(z[1], 1), le(n, 1)), {}, "n <= 1 is about `n`"),
    "equation for n": (le(z[n], 1), (le(z[1], 1), eq(a, n * t)), {}, "is about `n`"),
    "other hypothesis": (le(z[n], 1), (tends(t * n, t, 0, 0),), {}, "is about `n`"),
    "says nothing of n": (gt(a, 0), (), {}, "says nothing of `n`"),
    "says nothing along with it": (ge(z[n], 0), (), {"also": (ge(a, 0),)}, "says nothing of `n`"),
    "real": (ge(t, 0), (), {"on": t}, "`on` is t"),
    "number": (ge(z[n], 0), (), {"on": 3}, "`on` is 3"),
    "start at zero": (ge(z[n], 0), (), {"start": 0}, "`start` is a whole number of at least 1"),
    "start between": (ge(z[n], 0), (), {"start": t}, "`start` is a whole number of at least 1"),
    "size": (ge(total(x[k], k), 0), (ge(x[k], 0),), {}, "is the size of a family"),
    "no step": (ge(z[n], 0), (), {"step": None}, "needs `base`, and `step` or `increment`"),
    "two steps": (ge(z[n], 0), (), {"increment": by.sign}, "needs `base`, and `step`"),
    "growth of !=": (ne(z[n], 0), (), {"step": None, "increment": by.sign}, "`increment` compares"),
    "option": (ge(z[n], 0), (), {"at": 1}, "has no option `at`"),
    "growth that is not enough": (le(total(1 / k, k, to=n), 2), (), {
        "step": None, "increment": by.sign}, "n + 1: "),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_it_is_refused_with_the_reason(name: str) -> None:
    then, given, options, words = REFUSED[name]
    step = shown(then, *given, **options)
    assert not step.discharged
    assert words in step.reason


def test_the_statement_at_n_is_assumed_for_one_n_only() -> None:
    """All horses: z[n] = z[1] is assumed at n, and says nothing of z[n + 1]."""
    assert not shown(eq(z[n], z[1]), base=by.identity, step=by.identity).discharged


def test_base_and_step_keep_their_certificates() -> None:
    step = shown(ge(z[n], 1), eq(z[k + 1], z[k] + 1), ge(z[1], 1))
    assert step.discharged
    assert step.rests_on in (Rest.CHECKED, Rest.ENGINE)
    assert (step.rests_on is Rest.CHECKED) == (len(step.certificates) == 2)


def test_products_keep_their_last_factor() -> None:
    growing = eq(f[k + 1], (k + 1) * f[k]), eq(f[1], 1)
    options = {"base": by.identity, "step": by.identity}
    assert shown(eq(f[n], product(k, k, to=n)), *growing, **options).discharged
    assert not shown(eq(f[n], product(k, k, to=n) + m), *growing, **options).discharged
