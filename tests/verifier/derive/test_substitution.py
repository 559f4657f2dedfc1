"""**Changes of variables**: what must be shown of them, and how each fault is named."""

from __future__ import annotations

import pytest

from verifier import by
from verifier.by import Justification
from verifier.derive.context import Context, Discharge
from verifier.derive.side import rule_named
from verifier.exact.scalars import absolute, derivative, exp, indices, log, reals, sqrt
from verifier.exact.statements import Relation, eq, ge, gt, ne

x, y, p, q = reals("x y p q")
(n,) = indices("n")
CHANGE = by.substitution
SQUARE = CHANGE(x=p**2, inverse={p: sqrt(x)}, given=(ge(p, 0),))
FAULTS: tuple[tuple[str, Relation, Justification, tuple[Relation, ...], str], ...] = (
    ("nothing", eq(x, x), CHANGE(), (), "needs what is replaced"),
    ("without-inverse", eq(x, x), CHANGE(x=p), (), "needs what is replaced"),
    ("old-name", eq(x, y), CHANGE(x=y, inverse={y: x}), (), "`y` is not new"),
    ("name-of-a-hypothesis", eq(x, x), CHANGE(x=p, inverse={p: x}), (gt(p, 0),), "`p` is not new"),
    ("in-old-symbols", eq(x, x), CHANGE(x=x + p, inverse={p: x}), (), "not in new symbols"),
    ("inverse-in-new", eq(x, x), CHANGE(x=p, inverse={p: p}), (), "not in old symbols"),
    ("whole-number", eq(n, n), CHANGE(n=p, inverse={p: n}), (), "`n` is no real symbol"),
    ("bound", eq(derivative(x**2, x), 2 * x), CHANGE(x=p, inverse={p: x}), (), "`x` is bound"),
    (
        "captured",
        eq(derivative(x * y, y), x),
        CHANGE(x=p * y, inverse={p: x / y}),
        (ne(y, 0),),
        "`y` is bound",
    ),
    ("no-value", eq(sqrt(x) ** 2, x), SQUARE, (), "takes a root of"),
    ("not-reached", eq(x, x), CHANGE(x=p**2, inverse={p: x}), (), "x is reached"),
    ("sign", eq(x, x), CHANGE(x=p, inverse={p: x}, given=(ge(p, 0),)), (), "given p >= 0"),
    ("result", eq(sqrt(x), x), SQUARE, (ge(x, 0),), "by identity"),
)


def discharge(statement: Relation, change: Justification, *given: Relation) -> Discharge:
    return rule_named("substitution").discharge(statement, Context(given, change, rule_named))


@pytest.mark.parametrize(
    ("statement", "change", "given", "words"),
    [fault[1:] for fault in FAULTS],
    ids=[fault[0] for fault in FAULTS],
)
def test_a_fault_is_named(
    statement: Relation, change: Justification, given: tuple[Relation, ...], words: str
) -> None:
    answer = discharge(statement, change, *given)
    assert not answer.holds
    assert words in answer.reason
    assert not answer.disproof


def test_hypotheses_are_carried_over() -> None:
    assert discharge(eq(absolute(x - 1), x - 1), SQUARE, ge(x, 1)).holds
    assert not discharge(eq(absolute(x - 1), x - 1), SQUARE, ge(x, 0)).holds


def test_what_is_not_replaced_stays() -> None:
    scaled = CHANGE(x=p * y, inverse={p: x / y}, then=by.sign)
    assert discharge(ge(x**2 + y**2, 2 * x * y), scaled, ne(y, 0)).holds


def test_the_rule_for_what_comes_out_is_the_authors() -> None:
    change = CHANGE(x=exp(p), inverse={p: log(x)}, then=by.sign)
    assert discharge(ge(x + 1 / x, 2), change, gt(x, 0)).holds


def test_it_rests_on_no_certificate() -> None:
    answer = discharge(eq(sqrt(x**2), x), SQUARE, ge(x, 0))
    assert (True, False) == (answer.holds, answer.certified)
