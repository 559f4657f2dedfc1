"""**False signs** of facts and generators, named after their vice, with the message."""

from __future__ import annotations

from tests.verifier.certificate.parts import (
    ABOVE_X,
    ADDED,
    AS_X,
    CUBE,
    EXP_X,
    FROM_X,
    FROM_Y,
    JET,
    LOG_X,
    READ_EXP,
    READ_LOG,
    READ_ROOT_X,
    ROOT_X,
    SQUARE,
    WRONG_SIGN,
    X,
    Y,
    base,
    certificate,
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
    symbol,
    times,
    total,
    var,
    x,
    y,
)

FACTS = {
    "sign of nothing": (certificate(sign(X, ">="), x), WRONG_SIGN),
    "fact used with the wrong sign": (
        certificate(sign(minus(X), ">"), x, facts=[ABOVE_X]),
        WRONG_SIGN,
    ),
    "negative fact used with the wrong sign": (
        certificate(sign(X, ">"), x, facts=[given(">", minus(X))]),
        WRONG_SIGN,
    ),
    "fact about something else": (certificate(sign(Y, ">"), x, y, facts=[ABOVE_X]), WRONG_SIGN),
    "fact about a sum used for one summand": (
        certificate(sign(X, ">"), x, y, facts=[given(">", plus(X, Y))]),
        WRONG_SIGN,
    ),
    "fact used with other coefficients": (
        certificate(sign(plus(X, times(q("2"), Y)), ">"), x, y, facts=[given(">", plus(X, Y))]),
        WRONG_SIGN,
    ),
    "fact about a fraction used for its numerator": (
        certificate(sign(X, ">"), x, y, facts=[given("!=", Y), given(">", times(X, inv(Y)))]),
        WRONG_SIGN,
    ),
    "fraction with the sign of its numerator": (
        certificate(sign(times(X, inv(Y)), ">"), x, y, facts=[ABOVE_X, given("!=", Y)]),
        WRONG_SIGN,
    ),
    "closed fact taken for an open one": (
        certificate(sign(X, ">"), x, facts=[FROM_X]),
        WRONG_SIGN,
    ),
    "fact that comes later": (
        certificate(sign(X, "!="), x, facts=[given("!=", times(X, inv(X))), given("!=", X)]),
        "a divisor may vanish",
    ),
    "fact that nothing shows": (certificate(sign(X, ">="), x, facts=[shown(var(0))]), WRONG_SIGN),
    "fact with a proof of something else": (
        certificate(sign(X, ">="), x, facts=[shown(var(0), by=[total([], product("1"))])]),
        ADDED,
    ),
    "fact of no kind": (
        certificate(sign(X, ">"), x, facts=[["trusted", ">", X]]),
        "unknown fact ['trusted'",
    ),
    "square taken to be positive": (certificate(sign(SQUARE, ">"), x), WRONG_SIGN),
    "cube taken for a square": (certificate(sign(CUBE, ">="), x), WRONG_SIGN),
    "negative square": (certificate(sign(minus(SQUARE), ">="), x), WRONG_SIGN),
    "sum of two signs": (
        certificate(sign(plus(X, minus(Y)), ">="), x, y, facts=[FROM_X, FROM_Y]),
        WRONG_SIGN,
    ),
    "sum of what may be zero": (
        certificate(sign(plus(X, Y), ">"), x, y, facts=[FROM_X, FROM_Y]),
        WRONG_SIGN,
    ),
    "product with one factor of unknown sign": (
        certificate(sign(times(X, Y), ">"), x, y, facts=[ABOVE_X]),
        WRONG_SIGN,
    ),
    "square that is none": (certificate(sign(X, ">="), symbol("<u, v>")), WRONG_SIGN),
    "square in the middle of a name": (
        certificate(sign(X, ">="), symbol("a<v, v>")),
        WRONG_SIGN,
    ),
    "square of a product": (certificate(sign(X, ">="), symbol("<u, v, u, v>")), WRONG_SIGN),
    "square of a norm taken to be positive": (
        certificate(sign(X, ">"), symbol("<v, v>")),
        WRONG_SIGN,
    ),
    "function that is positive": (certificate(sign(["jet", X, 1], ">"), x, JET), WRONG_SIGN),
    "exponential above one": (
        certificate(sign(plus(READ_EXP, q("-1")), ">"), x, EXP_X),
        WRONG_SIGN,
    ),
    "root taken to be positive": (
        certificate(sign(READ_ROOT_X, ">"), x, ROOT_X, facts=[FROM_X]),
        WRONG_SIGN,
    ),
    "logarithm taken to be positive": (
        certificate(sign(READ_LOG, ">"), x, LOG_X, facts=[ABOVE_X]),
        WRONG_SIGN,
    ),
}

NO_DIFFERENCE = "no difference of two values of one function"
GENERATORS = {
    "root of what may be zero": (
        certificate(sign(READ_ROOT_X, ">", ["gen", []]), x, ROOT_X, facts=[FROM_X]),
        WRONG_SIGN,
    ),
    "logarithm of what may be one": (
        certificate(
            sign(READ_LOG, ">", ["gen", []]),
            x,
            LOG_X,
            facts=[given(">=", plus(X, q("-1"))), ABOVE_X],
        ),
        WRONG_SIGN,
    ),
    "logarithm with the sign of its argument": (
        certificate(sign(READ_LOG, ">", ["gen", [AS_X]]), x, LOG_X, facts=[ABOVE_X]),
        ADDED,
    ),
    "negative logarithm with the sign of a positive one": (
        certificate(
            sign(minus(READ_LOG), ">", ["gen", []]),
            x,
            LOG_X,
            facts=[given(">", plus(X, q("-1"))), ABOVE_X],
        ),
        WRONG_SIGN,
    ),
    "square of a logarithm with the sign of its base": (
        certificate(
            sign(["^", READ_LOG, 2], "<", ["gen", []]),
            x,
            LOG_X,
            facts=[given("<", plus(X, q("-1"))), ABOVE_X],
        ),
        "malformed: KeyError",
    ),
    "logarithm over what may be negative": (
        certificate(
            sign(times(["log", X, 1, [[2, 1]], []], inv(Y)), "<", ["gen", []]),
            x,
            y,
            LOG_X,
            facts=[given("<", plus(X, q("-1"))), ABOVE_X, given("!=", Y)],
        ),
        NO_DIFFERENCE,
    ),
    "symbol as a generator": (
        certificate(sign(X, ">", ["gen", []]), x),
        "generator 0 is none of root, exp, log",
    ),
    "sum as a generator": (
        certificate(sign(plus(X, Y), ">", ["gen", []]), x, y),
        "generator 1 is none of root, exp, log",
    ),
    "exponential minus two": (
        certificate(sign(plus(READ_EXP, q("-2")), ">", ["gen", []]), x, EXP_X, facts=[ABOVE_X]),
        NO_DIFFERENCE,
    ),
    "exponential minus one, of what may be zero": (
        certificate(sign(plus(READ_EXP, q("-1")), ">", ["gen", []]), x, EXP_X, facts=[FROM_X]),
        WRONG_SIGN,
    ),
    "difference of exponentials in the wrong order": (
        certificate(
            sign(plus(READ_EXP, minus(["exp", q("1"), [[2, 1]]])), ">", ["gen", []]),
            x,
            EXP_X,
            generator("exp", over_one(num("1"))),
            facts=[given("<", plus(X, q("-1")))],
        ),
        WRONG_SIGN,
    ),
    "difference with a weight": (
        certificate(
            sign(plus(READ_EXP, times(q("-2"), ["exp", q("1"), [[2, 1]]])), ">", ["gen", []]),
            x,
            EXP_X,
            generator("exp", over_one(num("1"))),
            facts=[given(">", plus(X, q("-1")))],
        ),
        NO_DIFFERENCE,
    ),
    "exponential against a logarithm": (
        certificate(
            sign(plus(READ_LOG, minus(["exp", X, [[2, 1]]])), "==", ["gen", []]),
            x,
            LOG_X,
            EXP_X,
            facts=[ABOVE_X],
        ),
        "generator 1 is none of exp",
    ),
    "square root against a cube root": (
        certificate(
            sign(plus(READ_ROOT_X, minus(["root", X, 3, over_one(var(2))])), "==", ["gen", []]),
            x,
            ROOT_X,
            generator("root", over_one(var(0)), order=3),
            facts=[FROM_X],
        ),
        "two roots of different orders",
    ),
    "unknown proof": (certificate(sign(X, ">", ["trust", "me"]), x), "unknown proof ['trust'"),
}

NOT_DENSE = "a multiplier is zero or may be negative, or stands before a fraction"
DENSE = {
    "dense multiplier that may be negative": (
        certificate(sign(X, ">=", ["dense", [var(0)], [], []]), x),
        NOT_DENSE,
    ),
    "dense multiplier that is zero": (
        certificate(sign(X, ">=", ["dense", [], [], []]), x),
        NOT_DENSE,
    ),
    "dense multiplier that a hypothesis makes positive": (
        certificate(sign(X, ">=", ["dense", [var(0)], [], []]), x, facts=[FROM_X]),
        NOT_DENSE,
    ),
    "dense where a hypothesis is used": (
        certificate(
            sign(X, ">=", ["dense", [var(1, 2)], [], []]),
            x,
            y,
            facts=[given(">=", times(X, ["^", Y, 2]))],
        ),
        WRONG_SIGN,
    ),
    "dense where a case is used": (
        certificate(
            sign(
                X,
                ">=",
                ["split", [["1", [[0, 1], [1, 2]]]], [["dense", [var(1, 2)], [], []]]],
            ),
            x,
            y,
            facts=[given(">=", times(X, ["^", Y, 2]))],
        ),
        WRONG_SIGN,
    ),
    "dense before a fraction": (
        certificate(
            sign(times(SQUARE, inv(Y)), ">=", ["dense", [num("1")], [], []]),
            x,
            y,
            facts=[given("!=", Y)],
        ),
        NOT_DENSE,
    ),
    "dense multiplier that is no polynomial of symbols": (
        certificate(
            sign(X, ">=", ["dense", [var(1)], [], []]),
            x,
            ROOT_X,
            facts=[given(">=", times(X, READ_ROOT_X)), FROM_X],
        ),
        "generator 1 is not shown to have a value here",
    ),
    "dense by a root that a hypothesis gives a value": (
        certificate(
            sign(
                X,
                ">=",
                ["dense", [var(1, 2)], [], [total([base(var(2))], product("1", (0, 2)))]],
            ),
            x,
            y,
            generator("root", over_one(["1", [[0, 1], [1, 2]]]), order=2),
            facts=[given(">=", times(X, ["^", Y, 2]))],
        ),
        "generator 2 is not shown to have a value here",
    ),
    "dense for good": (
        certificate(
            sign(X, ">=", ["dense", [var(0, 2)], [], []], AS_X),
            x,
        ),
        WRONG_SIGN,
    ),
}

FALSE_SIGNS = {**FACTS, **GENERATORS, **DENSE}
