"""**False values** of roots, logarithms, derivatives, named after their vice, with the message."""

from __future__ import annotations

from tests.verifier.certificate.parts import (
    ABOVE_X,
    EXP_X,
    FROM_X,
    JET,
    LOG_X,
    ONE,
    READ_ABS,
    READ_EXP,
    READ_LOG,
    READ_ROOT_X,
    ROOT_OF_SQUARE,
    ROOT_X,
    SQUARE,
    X,
    Y,
    base,
    certificate,
    defined,
    generator,
    given,
    inv,
    minus,
    num,
    over_one,
    plus,
    product,
    q,
    shown,
    sign,
    times,
    total,
    var,
    x,
    y,
    zero,
)

NO_POWER = "a stated root does not have its radicand as power"
NO_ROOT = "a stated root is not shown to have the sign of a root"
NO_VALUE = "generator 1 is not shown to have a real value"
ROOT_OF_CUBE = generator("root", over_one(var(0, 3)), order=2)
READ_ROOT_OF_CUBE = ["root", ["^", X, 3], 2, over_one(var(1))]

ROOTS = {
    "wrong root": (
        certificate(defined(["root", SQUARE, 2, over_one(var(0, 1, "2"))]), x, facts=[FROM_X]),
        NO_POWER,
    ),
    "root of four times as much": (
        certificate(
            zero(plus(["root", times(q("4"), SQUARE), 2, over_one(var(0))], minus(X))),
            x,
            facts=[ABOVE_X],
        ),
        NO_POWER,
    ),
    "square root as a cube root": (
        certificate(defined(["root", X, 3, over_one(var(1))]), x, ROOT_X, facts=[FROM_X]),
        NO_POWER,
    ),
    "negative root": (
        certificate(defined(["root", SQUARE, 2, over_one(var(0))]), x, facts=[given("<", X)]),
        NO_ROOT,
    ),
    "root of a square without its sign": (
        certificate(zero(plus(["root", SQUARE, 2, over_one(var(0))], minus(X))), x),
        NO_ROOT,
    ),
    "root of order zero": (
        certificate(zero(["root", q("1"), 0, over_one(num("5"))])),
        "0 is no whole number that may stand here",
    ),
    "root of order one": (
        certificate(
            sign(["root", X, 1, over_one(var(1))], ">="),
            x,
            generator("root", over_one(var(0)), order=1),
            facts=[FROM_X],
        ),
        "1 is no whole number that may stand here",
    ),
    "root over what may vanish": (
        certificate(
            defined(["root", q("1"), 2, [[var(0)], [var(0)]]]), x, facts=[shown(var(0, 2))]
        ),
        "a denominator may vanish",
    ),
    "root of what may be negative": (certificate(defined(X), x, ROOT_X), NO_VALUE),
    "root that has a value because it has one": (
        certificate(
            sign(X, ">="),
            x,
            ROOT_X,
            facts=[shown(var(0), by=[total([base(var(1))], product("1", (0, 2)))])],
        ),
        NO_VALUE,
    ),
    "root that has a value because a hypothesis about it holds": (
        certificate(
            sign(X, ">="),
            x,
            ROOT_X,
            facts=[given(">=", plus(X, READ_ROOT_X, minus(READ_ROOT_X)))],
        ),
        NO_VALUE,
    ),
    "root that has a value because of what follows from it": (
        certificate(
            sign(X, ">="),
            x,
            ROOT_OF_CUBE,
            facts=[
                given(">=", plus(X, READ_ROOT_OF_CUBE, minus(READ_ROOT_OF_CUBE))),
                shown(var(0, 3)),
            ],
        ),
        NO_VALUE,
    ),
    "generators in a circle": (
        certificate(
            defined(q("1")),
            generator("exp", over_one(var(1))),
            generator("exp", over_one(var(0))),
        ),
        "malformed: IndexError",
    ),
    "exponential of a fraction that has no value": (
        certificate(defined(q("1")), x, generator("exp", [ONE, [var(0)]])),
        "a denominator may vanish",
    ),
    "root of a fraction below zero": (
        certificate(
            defined(q("1")),
            x,
            generator("root", [ONE, [var(0)]], order=2),
            facts=[given("!=", X)],
        ),
        NO_VALUE,
    ),
    "denominator of zero": (
        certificate(defined(q("1")), x, generator("exp", [[var(0)], []])),
        "a denominator may vanish",
    ),
}

NO_FACTORS = "factors of a logarithm do not multiply to its argument"
NOT_POSITIVE = "a logarithm of what is not shown to be positive"
LOG_OF_SQUARE = generator("log", over_one(var(0, 2)))
LOG_OF_X_X = generator("log", over_one(["1", [[0, 1], [0, 1]]]))

LOGARITHMS = {
    "logarithm of a negative number": (
        certificate(defined(READ_LOG), x, LOG_X, facts=[given("!=", X)]),
        NO_VALUE,
    ),
    "logarithm of zero": (certificate(defined(READ_LOG), x, LOG_X, facts=[FROM_X]), NO_VALUE),
    "logarithm with another power": (
        certificate(defined(["log", X, 1, [[1, 2]], []]), x, LOG_X, facts=[ABOVE_X]),
        NO_FACTORS,
    ),
    "logarithm of the half": (
        certificate(
            defined(["log", X, 1, [[1, 1]], []]),
            x,
            generator("log", over_one(var(0, 1, "2"))),
            facts=[ABOVE_X],
        ),
        NO_FACTORS,
    ),
    "half the logarithm of a square": (
        certificate(
            zero(plus(["log", X, 2, [[1, 1]], []], minus(["log", minus(X), 2, [[1, 1]], []]))),
            x,
            LOG_OF_SQUARE,
            facts=[given("!=", X)],
        ),
        NOT_POSITIVE,
    ),
    "logarithm over zero": (
        certificate(zero(["log", X, 0, [], []]), x, facts=[ABOVE_X]),
        "0 is no whole number that may stand here",
    ),
    "logarithm of a whole that is none": (
        certificate(defined(["log", X, 1, [[1, 1.0]], []]), x, LOG_X, facts=[ABOVE_X]),
        "1.0 is no whole number that may stand here",
    ),
    "logarithm of a monomial with a symbol twice": (
        certificate(
            zero(plus(["D", ["log", SQUARE, 1, [[1, 1]], []], 0], minus(inv(SQUARE)))),
            x,
            LOG_OF_X_X,
            facts=[ABOVE_X],
        ),
        "a malformed monomial",
    ),
    "exponents that do not add up": (
        certificate(defined(["exp", times(q("2"), X), [[1, 1]]]), x, EXP_X),
        "exponents do not add up",
    ),
    "exponential by a symbol": (
        certificate(defined(["exp", X, [[0, 1]]]), x),
        "generator 0 is none of exp, log",
    ),
    "exponential that is a root": (
        certificate(
            zero(plus(["exp", X, [[1, 1]]], minus(READ_ROOT_X))), x, ROOT_X, facts=[FROM_X]
        ),
        "generator 1 is none of exp, log",
    ),
    "exponential of another logarithm": (
        certificate(
            defined(["exp", READ_LOG, [[1, 2]]]),
            x,
            LOG_X,
            facts=[ABOVE_X],
        ),
        "exponents do not add up",
    ),
    "logarithm that is an exponential": (
        certificate(zero(plus(["log", X, 1, [[1, 1]], []], minus(READ_EXP))), x, EXP_X),
        NO_FACTORS,
    ),
}

AT_ZERO = "a root is differentiated where it may vanish"
DERIVATIVES = {
    "derivative along an equation": (
        certificate(zero(plus(["D", ["eq", 0], 1], q("-1"))), x, y, equal=[{"atom": 0, "tree": Y}]),
        "a derivative is taken along an equation",
    ),
    "derivative along an equation with a fraction": (
        certificate(
            zero(plus(["D", ["eq", 0], 1], inv(["^", Y, 2]))),
            x,
            y,
            facts=[given("!=", Y)],
            equal=[{"atom": 0, "tree": inv(Y)}],
        ),
        "a derivative is taken along an equation",
    ),
    "derivative of what an equation hides": (
        certificate(zero(["D", ["eq", 0], 0]), x, y, equal=[{"atom": 1, "tree": SQUARE}]),
        "a derivative is taken along an equation",
    ),
    "derivative by what an equation replaces": (
        certificate(zero(["D", Y, 0]), x, y, equal=[{"atom": 0, "tree": Y}]),
        "generator 0 is no free symbol",
    ),
    "derivative by an exponential": (
        certificate(zero(["D", X, 1]), x, EXP_X),
        "generator 1 is no free symbol",
    ),
    "equation for a symbol that stands free": (
        certificate(zero(X), x, equal=[{"atom": -1, "tree": q("0")}]),
        "-1 is no whole number that may stand here",
    ),
    "equation for an exponential": (
        certificate(zero(q("0")), x, EXP_X, equal=[{"atom": 1, "tree": q("0")}]),
        "generator 1 is no free symbol",
    ),
    "two equations for one symbol": (
        certificate(
            zero(plus(["eq", 0], minus(["eq", 1]))),
            x,
            equal=[{"atom": 0, "tree": q("0")}, {"atom": 0, "tree": q("1")}],
        ),
        "generator 0 is no free symbol",
    ),
    "symbol that an equation replaces": (
        certificate(zero(["D", times(X, Y), 1]), x, y, equal=[{"atom": 0, "tree": q("0")}]),
        "generator 0 is no free symbol",
    ),
    "derivative by a symbol counted from the end": (
        certificate(zero(["D", X, -1]), x),
        "-1 is no whole number that may stand here",
    ),
    "derivative by a second symbol of the name": (
        certificate(zero(["D", X, 1]), x, x),
        "two symbols of one name",
    ),
    "derivative of a root at zero": (
        certificate(defined(["D", READ_ROOT_X, 0]), x, ROOT_X, facts=[FROM_X]),
        NO_ROOT,
    ),
    "derivative of an absolute value at zero": (
        certificate(defined(["D", READ_ABS, 0]), x, ROOT_OF_SQUARE),
        NO_ROOT,
    ),
    "derivative of a root that is read as its argument": (
        certificate(
            zero(plus(["D", ["root", SQUARE, 2, over_one(var(0))], 0], q("-1"))), x, facts=[FROM_X]
        ),
        NO_ROOT,
    ),
    "derivative of what a root is inside of": (
        certificate(
            defined(["D", ["exp", READ_ROOT_X, [[2, 1]]], 0]),
            x,
            ROOT_X,
            generator("exp", over_one(var(1))),
            facts=[FROM_X],
        ),
        NO_ROOT,
    ),
    "second derivative of a root at zero": (
        certificate(defined(["D", ["D", READ_ROOT_X, 0], 0]), x, ROOT_X, facts=[FROM_X]),
        NO_ROOT,
    ),
    "derivative of a root whose radicand has no sign": (
        certificate(
            defined(["D", READ_ROOT_X, 0]), x, ROOT_X, facts=[FROM_X, given(">", READ_ROOT_X)]
        ),
        AT_ZERO,
    ),
    "wrong derivative": (
        certificate(zero(plus(["D", ["^", X, 3], 0], times(q("-2"), SQUARE))), x),
        "the goal is not zero in the field",
    ),
    "wrong derivative of a root": (
        certificate(
            zero(plus(["D", READ_ROOT_X, 0], minus(inv(READ_ROOT_X)))),
            x,
            ROOT_X,
            facts=[ABOVE_X, shown(var(1), by=[["gen", []]])],
        ),
        "the goal is not zero in the field",
    ),
    "function at another argument": (
        certificate(zero(plus(["jet", Y, 2], minus(["jet", X, 2]))), x, y, JET),
        "a function is read at another argument",
    ),
    "function that is an exponential": (
        certificate(zero(plus(["jet", X, 1], minus(READ_EXP))), x, EXP_X),
        "generator 1 is none of jet",
    ),
    "function whose derivative is not there": (
        certificate(zero(["D", ["jet", X, 1], 0]), x, JET),
        "the derivative of `f` is missing",
    ),
    "function with the derivative of another": (
        certificate(defined(["D", ["jet", X, 1], 0]), x, JET, {**JET, "name": "g", "order": 1}),
        "the derivative of `f` is missing",
    ),
    "function with the derivative at another place": (
        certificate(
            defined(["D", ["jet", X, 2], 0]),
            x,
            y,
            JET,
            {**JET, "order": 1, "of": over_one(var(1))},
        ),
        "the derivative of `f` is missing",
    ),
    "function with its second derivative": (
        certificate(defined(["D", ["jet", X, 1], 0]), x, JET, {**JET, "order": 2}),
        "the derivative of `f` is missing",
    ),
    "function of order minus one": (
        certificate(zero(q("0")), x, {**JET, "order": -1}),
        "-1 is no whole number that may stand here",
    ),
}
