"""**False certificates**, each named after its vice, with the message it is rejected with."""

from __future__ import annotations

from tests.verifier.certificate.false_signs import FALSE_SIGNS
from tests.verifier.certificate.false_sums import FALSE_SUMS
from tests.verifier.certificate.false_values import DERIVATIVES, LOGARITHMS, ROOTS
from tests.verifier.certificate.false_words import FALSE_WORDS
from tests.verifier.certificate.parts import (
    EXP_X,
    SQUARE,
    X,
    Y,
    Z,
    certificate,
    defined,
    given,
    inv,
    minus,
    plus,
    q,
    sign,
    times,
    x,
    zero,
)

GOALS = {
    "zero that is none": (certificate(zero(X), x), "the goal is not zero in the field"),
    "division by zero": (
        certificate(zero(plus(times(X, inv(X)), q("-1"))), x),
        "a divisor may vanish",
    ),
    "division by a plain zero": (
        certificate(zero(times(q("0"), inv(q("0"))))),
        "a divisor may vanish",
    ),
    "division by what is zero in the field": (
        certificate(defined(inv(plus(X, minus(X)))), x, facts=[given("!=", X)]),
        "a divisor may vanish",
    ),
    "side that has no value": (certificate(zero(q("0"), inv(X)), x), "a divisor may vanish"),
    "hypothesis that has no value": (
        certificate(zero(q("0")), x, facts=[given(">", inv(X))]),
        "a divisor may vanish",
    ),
    "power that is no whole number": (
        certificate(zero(plus(["^", X, 2.5], minus(SQUARE))), x),
        "2.5 is no whole number that may stand here",
    ),
    "power that is a truth value": (
        certificate(zero(plus(["^", X, True], minus(X))), x),
        "True is no whole number that may stand here",
    ),
    "power below zero": (
        certificate(defined(["^", X, -1]), x),
        "-1 is no whole number that may stand here",
    ),
    "number that is not exact": (certificate(zero(q(0.0))), "0.0 is no rational number"),
    "number in another notation": (
        certificate(zero(plus(q("1e3"), q("-1000")))),
        "'1e3' is no rational number",
    ),
    "number over zero": (certificate(defined(q("1/0"))), "malformed: ZeroDivisionError"),
    "generator that stands in a tree": (
        certificate(defined(Y), x, EXP_X),
        "generator 1 is no free symbol",
    ),
    "generator that is not there": (
        certificate(defined(Z), x),
        "malformed: IndexError",
    ),
    "unknown generator": (
        certificate(zero(q("0")), {"kind": "sin", "of": []}),
        "malformed: KeyError",
    ),
    "unknown node": (certificate(zero(["sin", X]), x), "unknown node ['sin'"),
    "unknown goal": (
        certificate({"kind": "true", "tree": X, "also": []}, x),
        "unknown goal 'true'",
    ),
    "unknown comparison": (certificate(sign(X, "~"), x), "malformed: KeyError"),
    "equation that uses itself": (
        certificate(zero(["eq", 0]), x, equal=[{"atom": 0, "tree": ["eq", 0]}]),
        "malformed: RecursionError",
    ),
    "equation that nobody uses and nobody can read": (
        certificate(zero(q("0")), x, equal=[{"atom": 0, "tree": ["sin", X]}]),
        "unknown node",
    ),
    "another format": ({**certificate(zero(q("0"))), "format": 1}, "format 1; this checker"),
    "list": ([], "malformed: TypeError"),
    "nothing": ({}, "malformed: KeyError"),
}

FALSE = {**ROOTS, **LOGARITHMS, **FALSE_SIGNS, **FALSE_SUMS, **FALSE_WORDS, **DERIVATIVES, **GOALS}
