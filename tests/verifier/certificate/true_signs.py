"""**True signs**, each for one thing that the checker must see."""

from __future__ import annotations

from tests.verifier.certificate.parts import (
    ABOVE_X,
    ABOVE_Y,
    CUBE,
    EXP_X,
    FROM_X,
    FROM_Y,
    LOG_X,
    ONE,
    READ_EXP,
    READ_LOG,
    READ_ROOT_X,
    ROOT_X,
    SQUARE,
    X_MINUS_Y,
    XY,
    X,
    Y,
    Z,
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
    z,
)

FACTS = {
    "hypothesis": certificate(sign(X, ">"), x, facts=[ABOVE_X]),
    "multiple of a hypothesis": certificate(
        sign(plus(times(q("-2"), X), times(q("2"), Y)), "<="),
        x,
        y,
        facts=[given(">=", plus(X, minus(Y)))],
    ),
    "two hypotheses about one thing": certificate(
        sign(X, ">"), x, facts=[FROM_X, given("!=", minus(X))]
    ),
    "fact about a fraction": certificate(
        sign(times(X, Y), ">"), x, y, facts=[given("!=", Y), given(">", times(X, inv(Y)))]
    ),
    "fraction by both signs": certificate(
        sign(times(X, inv(Y)), "<"), x, y, facts=[given("<", X), ABOVE_Y]
    ),
    "fraction over what is not negative": certificate(
        sign(inv(Y), ">"), x, y, facts=[FROM_Y, given("!=", Y)]
    ),
    "positive terms": certificate(
        sign(plus(SQUARE, times(X, Y), q("1")), ">"), x, y, facts=[FROM_X, FROM_Y]
    ),
    "norm": certificate(sign(plus(X, q("1")), ">"), symbol("<v, v>")),
    "powers of symbols": certificate(
        sign(times(["^", X, 3], ["^", Y, 2]), "<"), x, y, facts=[given("<", X), given("!=", Y)]
    ),
    "exponential and root": certificate(
        sign(plus(READ_EXP, ["root", X, 2, over_one(var(2))]), ">"),
        x,
        EXP_X,
        ROOT_X,
        facts=[FROM_X],
    ),
    "fact that helps to read the next": certificate(
        sign(
            plus(X, minus(Y)),
            ">",
            total(
                [base(var(1)), base(XY, var(1, 2, "-1"))],
                product("1", (1, 1)),
                times=product("1", (0, 1)),
            ),
        ),
        x,
        y,
        facts=[ABOVE_Y, given(">", plus(times(X, inv(Y)), q("-1")))],
    ),
    "fact that has no terms": certificate(
        sign(X, ">"), x, facts=[given("==", plus(X, minus(X))), ABOVE_X]
    ),
    "hypothesis that is false": certificate(sign(q("1"), "<"), x, facts=[given("<", q("2"))]),
    "fact of a fact": certificate(
        sign(CUBE, ">"),
        x,
        y,
        facts=[
            given(">", plus(X, minus(Y))),
            ABOVE_Y,
            shown(
                var(0),
                by=[total([X_MINUS_Y, base(var(1))], product("1", (0, 1)), product("1", (1, 1)))],
            ),
        ],
    ),
    "two roots": certificate(
        sign(plus(READ_ROOT_X, ["root", READ_ROOT_X, 2, over_one(var(2))]), ">="),
        x,
        ROOT_X,
        generator("root", over_one(var(1)), order=2),
        facts=[FROM_X],
    ),
}

GENERATORS = {
    "root of what is positive": certificate(
        sign(READ_ROOT_X, ">", ["gen", []]), x, ROOT_X, facts=[ABOVE_X]
    ),
    "root of what is zero": certificate(
        sign(times(q("-2"), READ_ROOT_X), "==", ["gen", []]),
        x,
        ROOT_X,
        facts=[given("==", X)],
    ),
    "logarithm above one": certificate(
        sign(READ_LOG, ">", ["gen", []]), x, LOG_X, facts=[ABOVE_X, given(">", plus(X, q("-1")))]
    ),
    "negative logarithm below one": certificate(
        sign(minus(READ_LOG), ">", ["gen", []]),
        x,
        LOG_X,
        facts=[ABOVE_X, given("<", plus(X, q("-1")))],
    ),
    "logarithm of a fraction": certificate(
        sign(
            ["log", inv(X), 1, [[1, 1]], []],
            ">",
            [
                "gen",
                [
                    total(
                        [base(num("1"), var(0, 1, "-1")), base(var(0))],
                        product("1", (0, 1), (1, -1)),
                    )
                ],
            ],
        ),
        x,
        generator("log", [ONE, [var(0)]]),
        facts=[ABOVE_X, given(">", plus(q("1"), minus(X)))],
    ),
    "exponential above one": certificate(
        sign(plus(times(q("2"), READ_EXP), q("-2")), ">", ["gen", []]), x, EXP_X, facts=[ABOVE_X]
    ),
    "exponential below another": certificate(
        sign(plus(READ_EXP, minus(["exp", Z, [[3, 1]]])), "<", ["gen", []]),
        x,
        EXP_X,
        z,
        generator("exp", over_one(var(2))),
        facts=[given("<", plus(X, minus(Z)))],
    ),
    "root below another": certificate(
        sign(
            plus(READ_ROOT_X, minus(["root", plus(X, q("1")), 2, over_one(var(2))])),
            "<",
            ["gen", []],
        ),
        x,
        ROOT_X,
        generator("root", over_one(var(0), num("1")), order=2),
        facts=[FROM_X],
    ),
    "logarithm of the double": certificate(
        sign(plus(["log", plus(X, X), 1, [[2, 1]], []], minus(READ_LOG)), ">", ["gen", []]),
        x,
        LOG_X,
        generator("log", over_one(var(0, 1, "2"))),
        facts=[ABOVE_X],
    ),
}

DENSE = {
    "dense multiplier": certificate(
        sign(
            plus(SQUARE, ["^", Y, 2]),
            ">=",
            ["dense", [var(0, 2)], [], []],
        ),
        x,
        y,
    ),
    "dense multiplier of a norm": certificate(
        sign(X, ">=", ["dense", [var(0)], [], []]), symbol("<v, v>")
    ),
    "dense multiplier with a proof": certificate(
        sign(
            plus(SQUARE, times(q("2"), X), q("1")),
            ">=",
            [
                "dense",
                [var(0, 2), var(0, 1, "2"), num("1")],
                [total([base(var(0), num("1"))], product("1", (0, 2)))],
                [total([base(var(0), num("1"))], product("1", (0, 4)))],
            ],
        ),
        x,
    ),
}

TRUE_SIGNS = {**FACTS, **GENERATORS, **DENSE}
