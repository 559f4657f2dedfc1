"""**True values** and derivatives, each for one thing that the checker must see."""

from __future__ import annotations

from tests.verifier.certificate.parts import (
    ABOVE_X,
    ABOVE_Y,
    CUBE,
    EXP_X,
    FROM_X,
    JET,
    LOG_X,
    ONE,
    READ_EXP,
    READ_LOG,
    READ_ROOT_X,
    ROOT_X,
    SQUARE,
    X,
    Y,
    certificate,
    defined,
    generator,
    given,
    inv,
    minus,
    over_one,
    plus,
    q,
    shown,
    times,
    var,
    x,
    y,
    zero,
)

E_OF_LOG = ["exp", times(q("2"), READ_LOG), [[1, 2]]]
VALUES = {
    "root": certificate(zero(plus(["^", READ_ROOT_X, 2], minus(X))), x, ROOT_X, facts=[FROM_X]),
    "cube root": certificate(
        zero(
            plus(
                ["^", ["root", X, 3, over_one(var(1))], 4],
                minus(times(X, ["root", X, 3, over_one(var(1))])),
            )
        ),
        x,
        generator("root", over_one(var(0)), order=3),
        facts=[FROM_X],
    ),
    "root of a fraction": certificate(
        zero(plus(times(Y, ["^", ["root", times(X, inv(Y)), 2, over_one(var(2))], 2]), minus(X))),
        x,
        y,
        generator("root", [[var(0)], [var(1)]], order=2),
        facts=[FROM_X, ABOVE_Y],
    ),
    "root over a symbol": certificate(
        defined(["root", inv(SQUARE), 2, [ONE, [var(0)]]]), x, facts=[ABOVE_X]
    ),
    "exponential of a difference": certificate(
        zero(
            plus(
                times(["exp", plus(X, minus(Y)), [[2, 1], [3, -1]]], ["exp", Y, [[3, 1]]]),
                minus(["exp", X, [[2, 1]]]),
            )
        ),
        x,
        y,
        generator("exp", over_one(var(0))),
        generator("exp", over_one(var(1))),
    ),
    "exponential of a logarithm": certificate(
        zero(plus(E_OF_LOG, minus(SQUARE))), x, LOG_X, facts=[ABOVE_X]
    ),
    "logarithm of a power": certificate(
        zero(plus(["log", CUBE, 1, [[1, 3]], []], times(q("-3"), READ_LOG))),
        x,
        LOG_X,
        facts=[ABOVE_X],
    ),
    "logarithm of a root": certificate(
        zero(
            plus(
                times(
                    q("2"), ["log", ["root", X, 2, over_one(var(2))], 2, [[1, 1]], [["gen", []]]]
                ),
                minus(READ_LOG),
            )
        ),
        x,
        LOG_X,
        ROOT_X,
        facts=[ABOVE_X],
    ),
    "logarithm of an exponential": certificate(
        zero(plus(["log", READ_EXP, 1, [[1, 1]], []], minus(X))), x, EXP_X
    ),
    "logarithm of a reciprocal": certificate(
        zero(plus(["log", inv(X), 1, [[1, -1]], []], READ_LOG)), x, LOG_X, facts=[ABOVE_X]
    ),
    "equation": certificate(
        zero(plus(["eq", 0], minus(["^", Y, 2]))), x, y, equal=[{"atom": 0, "tree": ["^", Y, 2]}]
    ),
    "power zero": certificate(zero(plus(["^", X, 0], q("-1"))), x),
    "function": certificate(zero(plus(["jet", X, 1], minus(["jet", X, 1]))), x, JET),
    "value": certificate(defined(inv(X)), x, facts=[given("!=", X)]),
}

SLOPE = ["D", READ_ROOT_X, 0]
ROOT_BESIDE = ["root", X, 2, over_one(var(2))]
DERIVATIVES = {
    "derivative of a polynomial": certificate(
        zero(plus(["D", plus(CUBE, times(X, Y)), 0], times(q("-3"), SQUARE), minus(Y))), x, y
    ),
    "derivative of a fraction": certificate(
        zero(plus(["D", times(Y, inv(X)), 0], times(Y, inv(SQUARE)))), x, y, facts=[given("!=", X)]
    ),
    "derivative of a root": certificate(
        zero(plus(times(q("2"), SLOPE, READ_ROOT_X), q("-1"))),
        x,
        ROOT_X,
        facts=[ABOVE_X, shown(var(1), by=[["gen", []]])],
    ),
    "derivative of a cube root": certificate(
        zero(
            plus(
                times(
                    q("3"),
                    ["D", ["root", X, 3, over_one(var(1))], 0],
                    ["^", ["root", X, 3, over_one(var(1))], 2],
                ),
                q("-1"),
            )
        ),
        x,
        generator("root", over_one(var(0)), order=3),
        facts=[ABOVE_X, shown(var(1), by=[["gen", []]])],
    ),
    "derivative of an exponential": certificate(
        zero(
            plus(["D", ["exp", SQUARE, [[1, 1]]], 0], times(q("-2"), X, ["exp", SQUARE, [[1, 1]]]))
        ),
        x,
        generator("exp", over_one(var(0, 2))),
    ),
    "derivative of a logarithm": certificate(
        zero(plus(times(X, ["D", READ_LOG, 0]), q("-1"))), x, LOG_X, facts=[ABOVE_X]
    ),
    "derivative of the logarithm of a fraction": certificate(
        zero(plus(times(X, ["D", ["log", inv(X), 1, [[1, 1]], []], 0]), q("1"))),
        x,
        generator("log", [ONE, [var(0)]]),
        facts=[ABOVE_X],
    ),
    "derivative of a function": certificate(
        zero(
            plus(
                ["D", ["jet", SQUARE, 1], 0],
                times(q("-2"), X, ["jet", SQUARE, 2]),
            )
        ),
        x,
        {**JET, "of": over_one(var(0, 2))},
        {**JET, "of": over_one(var(0, 2)), "order": 1},
    ),
    "second derivative of a function": certificate(
        zero(plus(["D", ["D", ["jet", X, 1], 0], 0], minus(["jet", X, 3]))),
        x,
        JET,
        {**JET, "order": 1},
        {**JET, "order": 2},
    ),
    "derivative beside a root that does not move": certificate(
        zero(plus(["D", times(Y, ROOT_BESIDE), 1], minus(ROOT_BESIDE))),
        x,
        y,
        generator("root", over_one(var(0)), order=2),
        facts=[FROM_X],
    ),
    "derivative beside an equation that does not move": certificate(
        zero(plus(["D", times(Y, ["eq", 0]), 1], q("-2"))),
        x,
        y,
        equal=[{"atom": 0, "tree": q("2")}],
    ),
}

TRUE_VALUES = {**VALUES, **DERIVATIVES}
