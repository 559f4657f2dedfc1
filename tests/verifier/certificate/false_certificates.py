"""**False certificates**, each named after its vice, with the message it is rejected with."""

from __future__ import annotations

from tests.verifier.certificate.false_alone import ALONE
from tests.verifier.certificate.false_signs import SIGNS
from tests.verifier.certificate.false_values import DERIVATIVES, LOGARITHMS, ROOTS
from tests.verifier.certificate.parts import (
    ANY,
    SQUARE,
    TRIVIAL,
    X,
    Y,
    Z,
    certificate,
    defined,
    generator,
    minus,
    over_one,
    sign,
    var,
    x,
    zero,
)

GOALS = {
    "zero that is none": (certificate(zero(X), x), "the goal is not zero in the field"),
    "division by zero": (
        certificate(zero(["+", ["*", X, ["inv", X, ANY]], ["q", "-1"]]), x),
        "a divisor may vanish",
    ),
    "division by a plain zero": (
        certificate(zero(["*", ["q", "0"], ["inv", ["q", "0"], TRIVIAL]])),
        "a divisor may vanish",
    ),
    "side that has no value": (
        certificate({**zero(["q", "0"]), "also": [["inv", X, ANY]]}, x),
        "a divisor may vanish",
    ),
    "power that is no whole number": (
        certificate(zero(["+", ["^", X, 2.5], minus(SQUARE)]), x),
        "2.5 is no whole number that may stand here",
    ),
    "power below zero": (
        certificate(defined(["^", X, -1]), x),
        "-1 is no whole number that may stand here",
    ),
    "number that is not exact": (certificate(zero(["q", 0.0])), "0.0 is no rational number"),
    "denominator of zero": (
        certificate(defined(["q", "1"]), x, generator("exp", [[var(0)], []])),
        "a denominator is zero",
    ),
    "two symbols of one name": (certificate(zero(X), x, x), "two symbols of one name"),
    "generator that stands in a tree": (
        certificate(defined(Y), x, generator("exp", over_one(var(0)))),
        "a generator that is no free symbol stands in a tree",
    ),
    "generator that is not there": (
        certificate(defined(Z), x),
        "there is no generator 2 before this one",
    ),
    "unknown generator": (
        certificate(zero(["q", "0"]), {"kind": "sin", "of": []}),
        "unknown generator 'sin'",
    ),
    "unknown node": (certificate(zero(["sin", X]), x), "unknown node"),
    "unknown proof": (certificate(sign(X, ">", ["trust", "me"]), x), "unknown proof"),
    "unknown goal": (certificate({"kind": "true", "tree": X}, x), "unknown goal 'true'"),
    "equation that uses itself": (
        certificate(zero(["eq", 0]), x, equal=[{"atom": 0, "tree": ["eq", 0]}]),
        "malformed: RecursionError",
    ),
    "equation that nobody uses and nobody can read": (
        certificate(zero(["q", "0"]), x, equal=[{"atom": 0, "tree": ["sin", X]}]),
        "unknown node",
    ),
    "another format": ({**certificate(zero(["q", "0"])), "format": 2}, "format 2; this checker"),
    "list": ([], "malformed: TypeError"),
    "nothing": ({}, "malformed: KeyError"),
}

FALSE = {**ALONE, **ROOTS, **LOGARITHMS, **SIGNS, **DERIVATIVES, **GOALS}
