"""**True sums and splits**, each for one thing that the checker must see."""

from __future__ import annotations

from tests.verifier.certificate.parts import (
    FROM_X,
    FROM_Y,
    READ_ABS,
    ROOT_OF_SQUARE,
    SQUARE,
    X_MINUS_Y,
    XY,
    X,
    Y,
    base,
    certificate,
    given,
    inv,
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

TRUE_SUMS = {**SUMS, **SPLITS}
