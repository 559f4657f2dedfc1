"""**gram**: which facts the minors give, what they do not, and options."""

from __future__ import annotations

from typing import Any

import pytest

from verifier import (
    Space,
    by,
    dot,
    eq,
    ge,
    gt,
    identity_operator,
    inverse,
    invertible,
    le,
    lt,
    ne,
    norm,
    norm2,
    positive_definite,
    positive_semidefinite,
    projection,
    reals,
    sqrt,
)
from verifier.by import Justification
from verifier.derive.context import Context, Discharge
from verifier.derive.side import rule_named
from verifier.exact.statements import Relation

d, e = Space("d"), Space("e")
u, v, w = d.vectors("u v w")
A, P = d.matrices("A P")
(x,) = reals("x")


def tried(statement: Any, *given: Any, by: Justification = by.gram) -> Discharge:
    relations = tuple(g for g in given if isinstance(g, Relation))
    known = tuple(g for g in given if g not in relations)
    return rule_named(by.rule).discharge(statement, Context(relations, by, rule_named, known))


FOLLOWS = {
    "a root below a product of norms": (le(dot(u, v), norm(u) * norm(v)),),
    "a difference of norms": (ge(norm(u - v), norm(v) - norm(u)),),
    "a definite form of what is not zero": (
        gt(dot(u - v, A @ (u - v)), 0), positive_definite(A), ne(u, v)),
    "a minor of size three": (
        ge(1 + 2 * dot(u, v) * dot(v, w) * dot(u, w),
           dot(u, v) ** 2 + dot(v, w) ** 2 + dot(u, w) ** 2),
        eq(norm2(u), 1), eq(norm2(v), 1), eq(norm2(w), 1)),
    "a bound by an expression that is semidefinite": (
        le(dot(u, A @ u), x * norm2(u)), positive_semidefinite(x * identity_operator(d) - A)),
    "a form of the inverse of what is definite": (
        ge(dot(u, inverse(A + x * identity_operator(d)) @ u), 0),
        positive_semidefinite(A), gt(x, 0)),
    "a minor with hypotheses": (lt(dot(u, v), 2), le(norm2(u), 1), lt(norm2(v), 4)),
}  # fmt: skip
DOES_NOT = {
    "a strict one": (lt(dot(u, v), norm(u) * norm(v)),),
    "a form of another matrix": (ge(dot(u, P @ u), 0), positive_semidefinite(A)),
    "a form of an inverse that may be negative": (
        ge(dot(u, inverse(A) @ u), 0), invertible(A)),
    "a form between two vectors": (ge(dot(u, A @ v), 0), positive_definite(A)),
    "a definite form of what may be zero": (
        gt(dot(u - v, A @ (u - v)), 0), positive_definite(A), ne(u, d.zero())),
    "vectors that are not bounded": (le(dot(u, v), 1), le(norm2(u), 1)),
    "a projection that may vanish": (gt(norm2(P @ u), 0), projection(P), ne(u, d.zero())),
}  # fmt: skip


@pytest.mark.parametrize("case", sorted(FOLLOWS))
def test_it_follows(case: str) -> None:
    assert tried(*FOLLOWS[case]).holds


@pytest.mark.parametrize("case", sorted(DOES_NOT))
def test_it_does_not_follow(case: str) -> None:
    answer = tried(*DOES_NOT[case])
    assert not answer.holds
    assert "The vectors are " in answer.reason


def test_no_certificate_is_claimed_for_what_rests_on_minors() -> None:
    answer = tried(le(dot(u, v) ** 2, norm2(u) * norm2(v)))
    assert ((), False) == (answer.certificates, answer.certified)


def test_vectors_may_be_named() -> None:
    statement = le(norm(u - v), norm(u - w) + norm(w - v))
    assert not tried(statement).holds
    assert tried(statement, by=by.gram(vectors=(u - w, w - v))).holds


def test_what_has_no_value_is_refused() -> None:
    assert "takes a root of" in tried(ge(sqrt(dot(u, v)), 0)).reason
    assert "divides by" in tried(ge(norm2(v) / norm2(u), 0)).reason


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        (eq(dot(u, v), 0), "`gram` reads inequalities between scalars only."),
        (ne(u, v), "`gram` reads inequalities between scalars only."),
    ],
)
def test_what_it_does_not_read_is_named(statement: Any, words: str) -> None:
    assert words == tried(statement).reason


def test_an_unknown_option_is_named() -> None:
    answer = tried(ge(norm2(u), 0), by=by.gram(vector=u))
    assert "`gram` has no option `vector`; it has vectors." == answer.reason


def test_spaces_are_kept_apart() -> None:
    (x_e,) = e.vectors("x")
    assert tried(ge(norm2(x_e) + norm2(u), 0)).holds
    assert not tried(ge(norm2(x_e), norm2(u))).holds
