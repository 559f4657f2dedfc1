"""**True certificates**, each for one thing that the checker must see."""

from __future__ import annotations

from tests.verifier.certificate.parts import (
    ABOVE_X,
    CUBE,
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
    symbol,
    times,
    total,
    var,
    x,
    y,
    zero,
)

ABOVE_Y, FROM_Y = given(">", Y), given(">=", Y)
XY = ["1", [[0, 1], [1, 1]]]
X_MINUS_Y = base(var(0), var(1, 1, "-1"))

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

SUMS = {
    "quadratic without a real root": certificate(
        sign(
            plus(SQUARE, X, q("1")),
            ">",
            total(
                [base(var(0, 1, "2"), num("1"))],
                product("1", (0, 2)),
                product("3"),
                times=product("4"),
            ),
        ),
        x,
    ),
    "negative multiplier": certificate(
        sign(
            X,
            "<",
            total([base(var(1)), base(XY)], product("1", (1, 1)), times=product("1", (0, 1))),
        ),
        x,
        y,
        facts=[given("<", Y), given(">", times(X, Y))],
    ),
    "multiplier that may be zero, of what may not": certificate(
        sign(
            X,
            ">",
            total([base(var(1)), base(XY)], product("1", (1, 1)), times=product("1", (0, 1))),
        ),
        x,
        y,
        facts=[FROM_Y, given(">", times(X, Y))],
    ),
    "divisor of what is not zero": certificate(
        sign(
            X,
            "!=",
            total([base(var(1)), base(XY)], product("1", (1, 1)), times=product("1", (0, 1))),
        ),
        x,
        y,
        facts=[given("!=", times(X, Y))],
    ),
    "contradiction": certificate(
        sign(
            Y,
            "==",
            total(
                [base(var(0), num("-2")), base(num("1"), var(0, 1, "-1"))],
                product("1", (0, 1)),
                product("1", (1, 1)),
                product("1"),
                times=product("0"),
            ),
        ),
        x,
        y,
        facts=[given(">", plus(X, q("-2"))), given("<", plus(X, q("-1")))],
    ),
    "base to the power of zero": certificate(
        sign(q("2"), ">", total([base(var(0))], product("2", (0, 0)))), x
    ),
    "base below the line": certificate(
        sign(
            times(X, inv(Y)),
            ">=",
            total([base(XY), base(var(1))], product("1", (0, 1), (1, -2))),
        ),
        x,
        y,
        facts=[given(">=", times(X, Y)), given("!=", Y)],
    ),
    "odd base below the line": certificate(
        sign(
            times(X, inv(Y)), "<=", total([base(XY), base(var(1))], product("1", (0, 1), (1, -2)))
        ),
        x,
        y,
        facts=[given("<=", times(X, Y)), given("<", Y)],
    ),
    "cofactor of what is zero": certificate(
        sign(
            plus(times(X, Y), minus(Y)),
            "==",
            total(
                [base(var(0), num("-1")), base(var(1))],
                product("1", (0, 1), (1, 1)),
            ),
        ),
        x,
        y,
        facts=[given("==", plus(X, q("-1")))],
    ),
    "base with a proof": certificate(
        sign(
            plus(SQUARE, times(q("2"), X), q("1")),
            ">",
            total(
                [
                    base(
                        var(0),
                        num("1"),
                        by=[total([base(var(0))], product("1", (0, 1)), product("1"))],
                    )
                ],
                product("1", (0, 2)),
            ),
        ),
        x,
        facts=[FROM_X],
    ),
    "sums that each show one side": certificate(
        sign(
            plus(X, Y),
            "==",
            total([X_MINUS_Y, base(var(1))], product("1", (0, 1)), product("2", (1, 1))),
            total([X_MINUS_Y, base(var(0))], product("-1", (0, 1)), product("2", (1, 1))),
        ),
        x,
        y,
        facts=[given("==", plus(X, minus(Y))), FROM_Y, given("<=", X)],
    ),
}

T, U = base(num("1"), var(0, 1, "-1")), base(var(0))
U_BY_T = [*U[:1], [total([T], product("1"), product("-1", (0, 1)))]]
SPLITS = {
    "square of an absolute value": certificate(
        sign(
            plus(READ_ABS, minus(X)),
            ">=",
            [
                "split",
                [var(0)],
                [
                    total(
                        [base(var(1)), base(var(0))], product("1", (0, 1)), product("-1", (1, 1))
                    ),
                    total(
                        [
                            base(
                                var(1),
                                var(0),
                                by=[
                                    total(
                                        [base(var(1)), base(var(0))],
                                        product("1", (0, 1)),
                                        product("1", (1, 1)),
                                    )
                                ],
                            )
                        ],
                        times=product("1", (0, 1)),
                    ),
                ],
            ],
        ),
        x,
        ROOT_OF_SQUARE,
    ),
    "both ends of an interval": certificate(
        sign(
            plus(SQUARE, ["^", plus(q("1"), minus(X)), 2]),
            ">",
            [
                "split",
                T[0],
                [total([T, U_BY_T], product("1", (0, 2)), product("1", (1, 2)))],
            ],
        ),
        x,
        facts=[FROM_X, given(">=", plus(q("1"), minus(X)))],
    ),
    "pieces of an interval": certificate(
        sign(
            plus(times(q("-1"), SQUARE), times(q("2"), X), q("1")),
            ">",
            [
                "split",
                [var(0), num("-1")],
                [
                    total(
                        [base(var(0), num("-1")), base(var(0, 1, "-1"), num("1"))],
                        product("2"),
                        product("1", (0, 1), (1, 1)),
                    )
                ],
                [
                    total(
                        [base(num("2"), var(0, 1, "-1")), base(var(0), num("-1"))],
                        product("1"),
                        product("1", (0, 2)),
                        product("2", (0, 1), (1, 1)),
                    )
                ],
                [
                    total(
                        [base(num("1"), var(0, 1, "-1")), base(var(0))],
                        product("1", (0, 2)),
                        product("4", (0, 1), (1, 1)),
                        product("2", (1, 2)),
                    ),
                    total(
                        [base(num("1"), var(0, 1, "-1")), base(var(0))],
                        product("1"),
                        product("2", (0, 1), (1, 1)),
                        product("1", (1, 2)),
                    ),
                ],
            ],
        ),
        x,
        facts=[FROM_X, given(">=", plus(q("2"), minus(X)))],
    ),
    "zero, and all the rest": certificate(sign(times(X, X), ">=", ["split", [var(0)], [], []]), x),
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

TRUE = {**FACTS, **SUMS, **SPLITS, **GENERATORS, **DENSE, **VALUES, **DERIVATIVES}
