"""**Certificates** are written for what rules decide, and the checker accepts them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flint import fmpq
from sympy import Max, Min, Symbol, sign

from verifier import (
    Q,
    Space,
    absolute,
    by,
    derivative,
    dot,
    eq,
    exp,
    ge,
    gt,
    le,
    log,
    lt,
    ne,
    norm2,
    reals,
    sqrt,
    trace,
)
from verifier.by import Justification
from verifier.certificate.checker import Rejected, check
from verifier.derive import certify
from verifier.derive.context import Context, Discharge
from verifier.derive.kernel.field.reader import Reader
from verifier.derive.side import rule_named
from verifier.exact.scalars import exact

x, y, z = reals("x y z")
space = Space()
u, v = space.vectors("u v")
A = space.positive_definite("A")
(B,) = space.matrices("B")
n = Symbol("n", integer=True, positive=True)
MOTZKIN = x**4 * y**2 + x**2 * y**4 - 3 * x**2 * y**2 + 1
L, S, SOS = by.linear, by.sign, by.sum_of_squares


def decided(statement: Any, rule: Justification, *given: Any) -> Discharge:
    return rule_named(rule.rule).discharge(statement, Context(given, rule, rule_named))


def arguments(data: Any) -> set[str]:
    """The names of all arguments in a certificate."""
    if not isinstance(data, (list, dict)):
        return set()
    parts = data.values() if isinstance(data, dict) else data
    inner = set().union(*(arguments(part) for part in parts))
    own = isinstance(data, list) and data[:1] and data[0] in ("sum", "split", "gen", "dense")
    return inner | ({data[0]} if own else set())


CERTIFIED = {
    "factors": (gt(x * y - y, 0), S, gt(x, 1), gt(y, 0)),
    "fraction": (lt(x / y, 0), S, gt(x, 0), lt(y, 0)),
    "bound": (gt(x, 0), S, ge(x, 2)),
    "shift": (ge(x**2 - y**2, 0), S, ge(x, y), ge(y, 0)),
    "closed box": (gt(4 - x * y - x, 0), S, ge(x, 0), le(x, 1), ge(y, 0), le(y, Q(3, 2))),
    "no zero at either end": (gt(x**2 + (1 - x) ** 2, 0), S, ge(x, 0), le(x, 1)),
    "corners of a square": (gt(x**2 * y**2 + (1 - x) ** 2 + (1 - y) ** 2, 0), S,
                            ge(x, 0), le(x, 1), ge(y, 0), le(y, 1)),
    "quadratic": (gt(x**2 + x * y + y**2 + 1, 0), S),
    "no root on the line": (gt(x**4 - x + 1, 0), S),
    "no root on a ray": (lt(-x**5 + x**3 - x - 3, 0), S, ge(x, -1)),
    "no root on an interval": (gt(x**5 + x**2 - 3 * x + Q(21, 10), 0), S, ge(x, 0), le(x, 2)),
    "conjugate": (gt(sqrt(x**2 + 1) - x, 0), S),
    "nested conjugate": (gt(sqrt(x + 2) - sqrt(x + 1), 0), S, ge(x, 0)),
    "conjugate with a parameter": (gt(sqrt(x**2 + y**2 + 1) - x, 0), S),
    "logarithm": (gt(log(1 + x), 0), S, gt(x, 0)),
    "power of a logarithm": (eq(exp(2 * log(x)), x**2), by.identity, gt(x, 0)),
    "logarithm of a root": (eq(2 * log(sqrt(x)), log(x)), by.identity, gt(x, 0)),
    "cofactor": (ne(x, 0), S, ne(x**2 * y + x, 0)),
    "fraction that a hypothesis signs": (lt(-2 * x / y, 0), S, gt(x / y, 0), ne(y, 0)),
    "norm by an operator": (ge(norm2(u) + dot(u, A(u)), 0), S),
    "hypothesis without a value is left out": (ge(x**2, 0), S, gt(log(y), 0)),
    "slope of a root": (eq(derivative(sqrt(x), x), 1 / (2 * sqrt(x))), by.derivative, gt(x, 0)),
    "whole number": (ge(n**2, 1), S),
    "largest of three": (eq(Max(x, y, z), x), by.identity, ge(x, y), ge(y, z)),
    "sign below zero": (eq(x * sign(x), absolute(x)), by.identity, lt(x, 0)),
    "signs of a product": (eq(sign(x * y), sign(x) * sign(y)), by.identity),
    "cases": (ge(absolute(x), x), by.cases(x, 0, S)),
    "cases that are left": (ge(absolute(x), x), by.cases(x, 0, S), ge(x, 0)),
    "trace of a product": (eq(trace(B @ A @ B), trace(A @ B @ B)), by.identity),
    "difference of exponentials": (gt(exp(x), exp(y)), S, gt(x, y)),
    "difference of roots": (lt(sqrt(x), sqrt(x + 1)), S, ge(x, 0)),
    "Farkas": (le(x, z), L, le(x, y), le(y, z)),
    "equation from both sides": (eq(x, y), L, le(x, y), ge(x, y)),
    "contradiction": (eq(x, 5), L, gt(x, 1), lt(x, 0)),
    "equation with a monomial": (le(x, 3), L, eq(x**2 + y, 3), ge(y, 0), le(x, x**2)),
    "minimum below its parts": (le(Min(x, y), (x + y) / 2), L),
    "minimum that is chosen": (eq(Min(x, y), x), L, le(x, y)),
    "minimum of a square that is chosen": (eq(Min(x**2, 2 * y), x**2), L, le(x**2, y), ge(y, 0)),
    "maximum above a minimum": (le(Min(x, y), Max(x, y)), L),
    "absolute value that is chosen": (eq(absolute(x), -x), L, le(x, 0)),
    "sum of squares": (ge(2 * x**4 + 2 * x**3 * y - x**2 * y**2 + 5 * y**4, 0), SOS),
    "strict sum of squares": (gt(x**4 - 4 * x**2 + Q(4001, 1000), 0), SOS),
    "on a disc": (le(x + y, Q(3, 2)), SOS, le(x**2 + y**2, 1)),
    "on a line": (lt(x * y, Q(1, 3)), SOS, eq(x + y, 1)),
    "positive multiplier": (ge(MOTZKIN, 0), by.sum_of_squares(multiplier=x**2 + y**2 + 1)),
    "dense multiplier": (ge(MOTZKIN, 0), by.sum_of_squares(multiplier=x**2 + y**2)),
    "dense sum of squares": (ge(x**2 + 1, 0), by.sum_of_squares(multiplier=(x - y) ** 2)),
    "local multiplier": (ge(x, 0), by.sum_of_squares(multiplier=y), gt(y, 0), ge(x * y, 0)),
}  # fmt: skip


@pytest.mark.parametrize("name", CERTIFIED)
def test_what_is_decided_is_certified_and_checked(name: str) -> None:
    answer = decided(*CERTIFIED[name])
    assert (True, True) == (answer.holds, answer.certified), answer.reason
    for data in answer.certificates:
        check(json.loads(json.dumps(data)))


def test_every_argument_of_the_format_is_written() -> None:
    written = set().union(
        *(arguments(list(decided(*row).certificates)) for row in CERTIFIED.values())
    )
    assert {"sum", "split", "gen", "dense"} == written


UNCERTIFIED = {
    "maximum of three": (le(x, Max(x, y, z)), L),
    "maximum of a minimum": (eq(Max(Min(x, y), z), x), L, le(x, y), le(z, x)),
    "square that only the engine knows": (ge(trace(B.T @ B), 0), S),
}


@pytest.mark.parametrize("name", UNCERTIFIED)
def test_what_has_no_certificate_rests_on_the_engine(name: str) -> None:
    answer = decided(*UNCERTIFIED[name])
    assert (True, False, ()) == (answer.holds, answer.certified, answer.certificates)


def test_a_polynomial_is_shown_once() -> None:
    inside = sqrt(x**2 + 4 * y**2) + 2 * y
    statement = eq(derivative(sqrt(inside), x), derivative(inside, x) / (2 * sqrt(inside)))
    (data,) = decided(statement, by.derivative, gt(x, 0), gt(y, 0)).certificates
    shown = [json.dumps(fact[1]) for fact in data["facts"] if fact[0] == "shown"]
    assert len(shown) == len(set(shown)) > 0


one, two = fmpq(1), fmpq(2)
COMBINATIONS = {
    "product": (x * y, ">", exact(1), [(one, [(x, 1), (y, 1)])], (gt(x, 0), gt(y, 0))),
    "multiplier": (x, ">", y, [(one, [(x * y, 1)])], (gt(y, 0), gt(x * y, 0))),
    "negative multiplier": (x, "<", -y, [(-one, [(x * y, 1)])], (gt(y, 0), lt(x * y, 0))),
    "multiplier that is a sum of squares": (
        x, ">=", [(one, [(x, 2)]), (one, ())], [(one, [(x**3 + x, 1)])], (ge(x**3 + x, 0),),
    ),
    "multiplier that may be zero, of what is positive": (
        x, ">", [(one, [(y, 2)])], [(one, [(x * y**2, 1)])], (gt(x * y**2, 0),),
    ),
    "zero by an equation": (
        x * y - y, "==", exact(1), [(one, [(x - 1, 1), (y, 1)])], (eq(x**2, 1), eq(x - 1, 0)),
    ),
    "contradiction": (
        z, "==", exact(0), [(one, [(x - 2, 1)]), (one, [(1 - x, 1)]), (one, ())],
        (ge(x - 2, 0), ge(1 - x, 0)),
    ),
    "fraction": (x / y, ">", exact(1), [(one, [(x, 1), (1 / y, 1)])], (gt(x, 0), gt(y, 0))),
    "what the negated goal contradicts": (
        x, ">=", exact(0), [(one, [(-(x**2), 1)]), (one, [(x, 2)])], (ge(-(x**2), 0),),
    ),
    "multiplier that is zero where the gap is": (
        sqrt(x) - sqrt(y), ">=", 2 * sqrt(x),
        [(one, [(x - y, 1)]), (one, [(sqrt(x) - sqrt(y), 2)])], (ge(x, y), ge(y, 0)),
    ),
    "odd power of a square": (x**2, ">=", exact(1), [(one, [(x, 2)])], ()),
}  # fmt: skip


@pytest.mark.parametrize("name", COMBINATIONS)
def test_a_combination_is_checked(name: str) -> None:
    gap, op, multiplier, terms, given = COMBINATIONS[name]
    check(certify.combination(Reader(given), gap, op, multiplier, terms, (gap,)))


WRONG = {
    "identity that does not hold": (
        x * y, ">", exact(1), [(two, [(x, 1), (y, 1)])], (gt(x, 0), gt(y, 0)),
        "the terms do not add up to the multiple of the element",
    ),
    "term of the wrong sign": (
        x - y, ">=", exact(1), [(one, [(x, 1)]), (-one, [(y, 1)])], (ge(x, 0), ge(y, 0)),
        "the proof does not give the sign of the goal",
    ),
    "multiplier that a hypothesis lets be zero": (
        x, ">=", y, [(one, [(x * y, 1)])], (ge(y, 0), ge(x * y, 0)),
        "a multiplier is zero or may be negative",
    ),
    "odd power of what has no sign": (
        x**3, ">=", exact(1), [(one, [(x, 3)])], (), "the proof does not give the sign of the goal",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_combination_is_rejected(name: str) -> None:
    gap, op, multiplier, terms, given, message = WRONG[name]
    data = certify.combination(Reader(given), gap, op, multiplier, terms)
    with pytest.raises(Rejected, match=message):
        check(data)
