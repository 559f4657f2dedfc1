"""**False signs**, each named after its vice, with the message it is rejected with."""

from __future__ import annotations

from tests.verifier.certificate.parts import (
    ABOVE_X,
    CUBE,
    EXP_X,
    FROM_X,
    JET,
    LOG_X,
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

WRONG_SIGN = "the proof does not give the sign of the goal"
ADDED = "the terms do not add up to the multiple of the element"
AS_X = total([base(var(0))], product("1", (0, 1)))
ABOVE_Y, FROM_Y = given(">", Y), given(">=", Y)

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

SUMS = {
    "product that is another": (
        certificate(
            sign(times(X, Y), ">", total([base(var(0))], product("1", (0, 2)))),
            x,
            y,
            facts=[ABOVE_X],
        ),
        ADDED,
    ),
    "sum with one term too few": (
        certificate(sign(plus(X, q("-1")), ">", AS_X), x, facts=[ABOVE_X]),
        ADDED,
    ),
    "term that is subtracted": (
        certificate(
            sign(
                plus(X, minus(Y)),
                ">=",
                total([base(var(0)), base(var(1))], product("1", (0, 1)), product("-1", (1, 1))),
            ),
            x,
            y,
            facts=[FROM_X, FROM_Y],
        ),
        WRONG_SIGN,
    ),
    "square with a negative weight": (
        certificate(
            sign(minus(SQUARE), ">=", total([base(var(0))], product("-1", (0, 2)))),
            x,
        ),
        WRONG_SIGN,
    ),
    "cube with the sign of a square": (
        certificate(sign(CUBE, ">=", total([base(var(0))], product("1", (0, 3)))), x),
        WRONG_SIGN,
    ),
    "squares that have a zero together": (
        certificate(
            sign(
                plus(SQUARE, ["^", Y, 2]),
                ">",
                total([base(var(0)), base(var(1))], product("1", (0, 2)), product("1", (1, 2))),
            ),
            x,
            y,
        ),
        WRONG_SIGN,
    ),
    "multiplier that may be zero": (
        certificate(
            sign(
                X,
                ">=",
                total(
                    [base(var(1)), base(["1", [[0, 1], [1, 1]]])],
                    product("1", (1, 1)),
                    times=product("1", (0, 1)),
                ),
            ),
            x,
            y,
            facts=[given(">=", times(X, Y)), FROM_Y],
        ),
        WRONG_SIGN,
    ),
    "multiplier of unknown sign": (
        certificate(
            sign(
                X,
                ">",
                total(
                    [base(var(1)), base(["1", [[0, 1], [1, 1]]])],
                    product("1", (1, 1)),
                    times=product("1", (0, 1)),
                ),
            ),
            x,
            y,
            facts=[given(">", times(X, Y))],
        ),
        WRONG_SIGN,
    ),
    "negative multiplier": (
        certificate(
            sign(X, ">", total([base(var(0))], product("-1", (0, 1)), times=product("-1"))),
            x,
            facts=[given("<", X)],
        ),
        WRONG_SIGN,
    ),
    "multiplier of zero": (certificate(sign(X, ">", total([], times=product("0"))), x), WRONG_SIGN),
    "contradiction of what may be zero": (
        certificate(
            sign(
                q("1"),
                "<",
                total(
                    [base(var(0)), base(var(0, 1, "-1"))],
                    product("1", (0, 1)),
                    product("1", (1, 1)),
                    times=product("0"),
                ),
            ),
            x,
            facts=[FROM_X, given(">=", minus(X))],
        ),
        WRONG_SIGN,
    ),
    "divisor of a fact that may be zero": (
        certificate(
            sign(
                X,
                "!=",
                total(
                    [base(var(1)), base(["1", [[0, 1], [1, 1]]])],
                    product("1", (1, 1)),
                    times=product("1", (0, 1)),
                ),
            ),
            x,
            y,
            facts=[given(">=", times(X, Y))],
        ),
        WRONG_SIGN,
    ),
    "factor below the line that may vanish": (
        certificate(
            sign(
                X,
                ">=",
                total(
                    [base(["1", [[0, 1], [1, 1]]]), base(var(1))],
                    product("1", (0, 1), (1, -1)),
                ),
            ),
            x,
            y,
            facts=[given(">=", times(X, Y)), FROM_Y],
        ),
        "a factor below the line may vanish",
    ),
    "base counted from the end": (
        certificate(
            sign(X, ">", total([base(var(0))], product("1", (-1, 1)))),
            x,
            facts=[ABOVE_X],
        ),
        "-1 is no whole number that may stand here",
    ),
    "base that is not there": (
        certificate(sign(X, ">", total([], product("1", (0, 1)))), x, facts=[ABOVE_X]),
        "malformed: IndexError",
    ),
    "exponent that is no whole number": (
        certificate(sign(X, ">", ["sum", [base(var(0))], ["1", []], [["1", [[0, 1.0]]]]]), x),
        "1.0 is no whole number that may stand here",
    ),
    "number that is no base": (
        certificate(
            sign(q("2"), "<", total([base(num("1"))], product("2", (0, 2)))),
            x,
        ),
        WRONG_SIGN,
    ),
    "monomial with a symbol twice": (
        certificate(
            sign(X, ">", total([base(["1", [[0, 1], [0, 1]]])], product("1", (0, 1)))),
            x,
            facts=[given("<", X)],
        ),
        "a malformed monomial",
    ),
    "quadratic with the gap of another": (
        certificate(
            sign(
                plus(SQUARE, times(q("3"), X), q("1")),
                ">",
                total(
                    [base(var(0, 1, "2"), num("3"))],
                    product("1", (0, 2)),
                    product("3"),
                    times=product("4"),
                ),
            ),
            x,
        ),
        ADDED,
    ),
    "quadratic with a gap below zero": (
        certificate(
            sign(
                plus(SQUARE, times(q("3"), X), q("1")),
                ">=",
                total(
                    [base(var(0, 1, "2"), num("3"))],
                    product("1", (0, 2)),
                    product("-5"),
                    times=product("4"),
                ),
            ),
            x,
        ),
        WRONG_SIGN,
    ),
    "sum about something else": (
        certificate(sign(Y, ">", AS_X), x, y, facts=[ABOVE_X]),
        ADDED,
    ),
}

CONJUGATE = total(
    [
        base(var(0), var(1, 1, "-1"), by=[]),
    ],
    times=product("1", (0, 1)),
)
BETWEEN = [
    base(var(0)),
    base(
        num("1"), var(0, 1, "-1"), by=[total([base(var(0))], product("1"), product("-1", (0, 1)))]
    ),
]
IN_UNIT = [FROM_X, given(">=", plus(q("1"), minus(X)))]

SPLITS = {
    "case that shows nothing": (
        certificate(sign(SQUARE, ">", ["split", [var(0)], []]), x),
        WRONG_SIGN,
    ),
    "case that is taken for all": (
        certificate(sign(X, ">", ["split", [var(0)], []]), x),
        WRONG_SIGN,
    ),
    "case that stays": (
        certificate(sign(X, ">", ["split", [var(0)], []], AS_X), x),
        WRONG_SIGN,
    ),
    "proofs of the cases in another order": (
        certificate(
            sign(
                READ_ABS,
                "==",
                ["split", [var(0)], [["gen", []]], [AS_X], [["gen", []]]],
            ),
            x,
            ROOT_OF_SQUARE,
        ),
        ADDED,
    ),
    "no proof for the cases": (
        certificate(sign(X, ">", ["split", [var(0)]]), x),
        "malformed: ZeroDivisionError",
    ),
    "end of the interval where it is zero": (
        certificate(
            sign(
                times(X, plus(q("1"), minus(X))),
                ">",
                ["split", [var(0)], [total(BETWEEN, product("1", (0, 1), (1, 1)))]],
            ),
            x,
            facts=IN_UNIT,
        ),
        WRONG_SIGN,
    ),
    "absolute value below its argument": (
        certificate(
            sign(
                plus(READ_ABS, times(q("-2"), X)),
                ">=",
                ["split", [var(0)], []],
            ),
            x,
            ROOT_OF_SQUARE,
        ),
        WRONG_SIGN,
    ),
    "conjugate that may be zero": (
        certificate(sign(plus(READ_ABS, X), "==", CONJUGATE), x, ROOT_OF_SQUARE),
        WRONG_SIGN,
    ),
}

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
        "a power is no generator",
    ),
    "logarithm over what may be negative": (
        certificate(
            sign(times(READ_LOG, inv(Y)), "<", ["gen", []]),
            x,
            y,
            {**LOG_X},
            facts=[given("<", plus(X, q("-1"))), ABOVE_X, given("!=", Y)],
        ),
        "generator 1 is none of exp, log",
    ),
    "symbol as a generator": (
        certificate(sign(X, ">", ["gen", []]), x),
        "generator 0 is none of root, log",
    ),
    "sum as a generator": (
        certificate(sign(plus(X, Y), ">", ["gen", []]), x, y),
        "malformed: ValueError",
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

SIGNS = {**FACTS, **SUMS, **SPLITS, **GENERATORS, **DENSE}
