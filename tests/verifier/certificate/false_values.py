"""**False values** of roots, logarithms, derivatives, named after their vice, with the message."""

from __future__ import annotations

from tests.verifier.certificate.parts import (
    ABOVE_X,
    ANY,
    FROM_X,
    JET,
    READ_ABS,
    READ_ROOT_X,
    ROOT_BY_ITSELF,
    ROOT_OF_SQUARE,
    ROOT_X,
    SQUARE,
    TRIVIAL,
    X_FACT,
    X_SQUARED,
    X,
    Y,
    certificate,
    defined,
    generator,
    minus,
    num,
    over_one,
    sign,
    var,
    x,
    y,
    zero,
)

ROOTS = {
    "wrong root value": (
        certificate(
            defined(["root", SQUARE, 2, over_one(var(0, 1, "2")), TRIVIAL, X_FACT]),
            x,
            given=[FROM_X],
        ),
        "a stated root does not have its radicand as power",
    ),
    "negative root": (
        certificate(
            defined(["root", SQUARE, 2, over_one(var(0)), TRIVIAL, X_FACT]),
            x,
            given=[{"op": "<", "tree": X}],
        ),
        "a stated root is not shown to have the sign of a root",
    ),
    "root of order zero": (
        certificate(zero(["root", ["q", "1"], 0, over_one(num("5")), TRIVIAL, ["prod", "5", []]])),
        "0 is no whole number that may stand here",
    ),
    "root of what may be negative": (
        certificate(defined(X), x, generator("root", over_one(var(0)), ANY, order=2)),
        "generator 1 is not shown to have a real value",
    ),
    "root that has a value because it has one": (
        certificate(
            sign(X, ">=", ROOT_BY_ITSELF),
            x,
            generator("root", over_one(var(0)), ROOT_BY_ITSELF, order=2),
        ),
        "generator 1 is shown to have a value by itself",
    ),
    "root that has a value because a hypothesis about it holds": (
        certificate(
            sign(X, ">=", ["prod", "1", [[[var(1)], 2, ["fact", 0]]]]),
            x,
            generator("root", over_one(var(0)), X_FACT, order=2),
            given=[{"op": ">=", "tree": ["+", X, READ_ROOT_X, minus(READ_ROOT_X)]}] * 2,
        ),
        "generator 1 is shown to have a value by itself",
    ),
    "root taken to be positive": (
        certificate(
            sign(READ_ROOT_X, ">", ["prod", "1", [[[var(1)], 1, ["gen", X_FACT]]]]),
            x,
            ROOT_X,
            given=[FROM_X],
        ),
        "the proof does not give the sign of the goal",
    ),
    "generators in a circle": (
        certificate(
            defined(["q", "1"]),
            generator("exp", over_one(var(1))),
            generator("exp", over_one(var(0))),
        ),
        "there is no generator 1 before this one",
    ),
}

LOGARITHMS = {
    "logarithm of a negative factor": (
        certificate(
            defined(["log", X, [[over_one(var(0)), 1, ["gen", 1], X_FACT]]]),
            x,
            generator("log", over_one(var(0)), X_FACT),
            given=[{"op": "!=", "tree": X}],
        ),
        "generator 1 is not shown to have a real value",
    ),
    "logarithm of a factor that may be zero": (
        certificate(
            defined(["log", SQUARE, [[over_one(var(0)), 2, ["gen", 1], X_FACT]]]),
            x,
            generator("log", over_one(var(0), num("1")), ["orthant", [["bound", 0, 0]], []]),
            given=[FROM_X],
        ),
        "a logarithm of what is not shown to be positive",
    ),
    "logarithm with a wrong factorisation": (
        certificate(
            defined(["log", X, [[over_one(var(0)), 2, ["gen", 1], X_FACT]]]),
            x,
            generator("log", over_one(var(0)), X_FACT),
            given=[ABOVE_X],
        ),
        "factors of a logarithm do not multiply to its argument",
    ),
    "logarithm by that of something else": (
        certificate(
            defined(["log", X, [[over_one(var(0)), 1, ["gen", 1], X_FACT]]]),
            x,
            generator("log", over_one(var(0, 1, "2")), ["prod", "2", X_FACT[2]]),
            given=[ABOVE_X],
        ),
        "a logarithm of another argument",
    ),
    "logarithm that is positive below one": (
        certificate(
            sign(
                ["log", X, [[over_one(var(0)), 1, ["gen", 1], X_FACT]]],
                ">",
                ["prod", "1", [[[var(1)], 1, ["gen", ["any"]]]]],
            ),
            x,
            generator("log", over_one(var(0)), X_FACT),
            given=[ABOVE_X],
        ),
        "the proof does not give the sign of the goal",
    ),
    "exponents that do not add up": (
        certificate(
            defined(["exp", ["*", ["q", "2"], X], [[1, 1]]]),
            x,
            generator("exp", over_one(var(0))),
        ),
        "exponents do not add up",
    ),
    "exponential by a symbol": (
        certificate(defined(["exp", X, [[0, 1]]]), x),
        "an exponential of something else",
    ),
}

DERIVATIVES = {
    "derivative along an equation": (
        certificate(
            zero(["+", ["D", ["eq", 0], 1, []], ["q", "-1"]]),
            x,
            y,
            equal=[{"atom": 0, "tree": Y}],
        ),
        "a derivative is taken along an equation",
    ),
    "derivative by what an equation replaces": (
        certificate(zero(["D", Y, 0, []]), x, y, equal=[{"atom": 0, "tree": Y}]),
        "a derivative by what is no free symbol",
    ),
    "equation for a symbol that stands free": (
        certificate(zero(X), x, equal=[{"atom": -1, "tree": ["q", "0"]}]),
        "-1 is no whole number that may stand here",
    ),
    "derivative by a symbol counted from the end": (
        certificate(zero(["D", X, -1, []]), x),
        "-1 is no whole number that may stand here",
    ),
    "derivative of a root at zero": (
        certificate(defined(["D", READ_ROOT_X, 0, []]), x, ROOT_X, given=[FROM_X]),
        "a stated root is not shown to have the sign of a root",
    ),
    "derivative of an absolute value at zero": (
        certificate(defined(["D", READ_ABS, 0, [[1, X_SQUARED]]]), x, ROOT_OF_SQUARE),
        "a stated root is not shown to have the sign of a root",
    ),
    "derivative of a root without its proof": (
        certificate(
            defined(
                [
                    "D",
                    ["root", X, 2, over_one(var(1)), TRIVIAL, ["gen", X_FACT]],
                    0,
                    [],
                ]
            ),
            x,
            ROOT_X,
            given=[ABOVE_X],
        ),
        "a root is differentiated where it may vanish",
    ),
    "function at another argument": (
        certificate(zero(["+", ["jet", Y, 2], minus(["jet", X, 2])]), x, y, JET),
        "a function is read at another argument",
    ),
    "function whose derivative is not there": (
        certificate(zero(["D", ["jet", X, 1], 0, []]), x, JET),
        "the derivative of `f` is missing",
    ),
    "function of a fraction with a divisor that vanishes": (
        certificate(
            zero(["+", ["jet", ["q", "0"], 2], minus(["jet", ["+", X, READ_ABS], 2])]),
            x,
            ROOT_OF_SQUARE,
            {**JET, "of": [[], [var(1), var(0, 1, "-1")]], "den": ANY},
        ),
        "a denominator may vanish",
    ),
}
