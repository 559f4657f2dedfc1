"""**False sums and splits**, each named after its vice, with the message."""

from __future__ import annotations

from tests.verifier.certificate.parts import (
    ABOVE_X,
    ADDED,
    AS_X,
    CUBE,
    FROM_X,
    FROM_Y,
    READ_ABS,
    ROOT_OF_SQUARE,
    SQUARE,
    WRONG_SIGN,
    X,
    Y,
    base,
    certificate,
    given,
    minus,
    num,
    plus,
    product,
    q,
    sign,
    times,
    total,
    var,
    x,
    y,
)

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

FALSE_SUMS = {**SUMS, **SPLITS}
