"""**False for one reason**: all but one check would accept these, named after their vice."""

from __future__ import annotations

from tests.verifier.certificate.parts import (
    ABOVE_X,
    ANY,
    FROM_X,
    GEN,
    JET,
    ROOT_X,
    SQUARE,
    TRIVIAL,
    X_FACT,
    X,
    Y,
    certificate,
    generator,
    minus,
    over_one,
    sign,
    symbol,
    var,
    x,
    y,
    zero,
)

CUBE = ["^", X, 3]
READ_ROOT = ["root", X, 2, over_one(var(1)), TRIVIAL, GEN]
READ_LOG = ["log", X, [[over_one(var(0)), 1, ["gen", 1], X_FACT]]]
LOG_X = generator("log", over_one(var(0)), X_FACT)
EXP_X = generator("exp", over_one(var(0)))
BOUND_X = ["orthant", [["bound", 0, 0]], []]
SHIFT_X = ["orthant", [["shift", 0, 0]], []]
WRONG_SIGN = "the proof does not give the sign of the goal"

ALONE = {
    "root of four times as much": (
        certificate(
            zero(
                [
                    "+",
                    ["root", ["*", ["q", "4"], SQUARE], 2, over_one(var(0)), TRIVIAL, X_FACT],
                    minus(X),
                ]
            ),
            x,
            given=[ABOVE_X],
        ),
        "a stated root does not have its radicand as power",
    ),
    "derivative by a second symbol of the name": (
        certificate(zero(["D", X, 1, []]), x, x),
        "two symbols of one name",
    ),
    "exponential that is a root": (
        certificate(zero(["+", ["exp", X, [[1, 1]]], minus(READ_ROOT)]), x, ROOT_X, given=[FROM_X]),
        "an exponential of something else",
    ),
    "logarithm that is an exponential": (
        certificate(zero(["+", READ_LOG, minus(["exp", X, [[1, 1]]])]), x, EXP_X, given=[ABOVE_X]),
        "a logarithm by another generator",
    ),
    "fraction with the sign of its numerator": (
        certificate(
            sign(["*", X, ["inv", Y, ["fact", 1]]], ">", ["fact", 0]),
            x,
            y,
            given=[ABOVE_X, {"op": "!=", "tree": Y}],
        ),
        "a proof about a fraction must factor it",
    ),
    "square with the sign of its base": (
        certificate(
            sign(["^", READ_LOG, 2], "<", ["gen", ["fact", 1]]),
            x,
            LOG_X,
            given=[ABOVE_X, {"op": "<", "tree": ["+", X, ["q", "-1"]]}],
        ),
        "a power is no generator",
    ),
    "bound that another symbol moves": (
        certificate(sign(X, ">=", BOUND_X), x, y, given=[{"op": ">=", "tree": ["+", X, Y]}]),
        "a fact is no bound",
    ),
    "bound with a factor of unknown sign": (
        certificate(
            sign(X, ">=", BOUND_X),
            x,
            y,
            given=[{"op": ">=", "tree": ["*", X, ["+", Y, ["q", "1"]]]}],
        ),
        "a fact is no bound",
    ),
    "bound that is quadratic": (
        certificate(sign(X, ">=", BOUND_X), x, given=[{"op": ">=", "tree": ["+", X, SQUARE]}]),
        "a fact is no bound",
    ),
    "bound by what is not zero": (
        certificate(sign(X, "<=", BOUND_X), x, given=[{"op": "!=", "tree": X}]),
        "a fact gives no side",
    ),
    "symbol that is moved twice": (
        certificate(
            sign(["+", X, ["q", "-2"]], ">=", ["orthant", [["bound", 0, 0], ["bound", 0, 0]], []]),
            x,
            given=[{"op": ">=", "tree": ["+", X, ["q", "-1"]]}],
        ),
        "a symbol is moved twice",
    ),
    "moved symbol with the sign it had": (
        certificate(
            sign(["+", X, ["q", "-1"]], ">", ["orthant", [["bound", 0, 1]], [[0, ["fact", 0]]]]),
            x,
            given=[ABOVE_X, {"op": ">=", "tree": ["+", X, ["q", "-1"]]}],
        ),
        "a moved symbol has no sign of its own",
    ),
    "shift by a multiple": (
        certificate(
            sign(["+", X, Y], ">=", SHIFT_X),
            x,
            y,
            given=[{"op": ">=", "tree": ["+", ["*", ["q", "2"], X], Y]}],
        ),
        "a fact is no shift",
    ),
    "shift by a quadratic": (
        certificate(
            sign(["+", X, Y], ">=", SHIFT_X),
            x,
            y,
            given=[{"op": ">=", "tree": ["+", X, Y, SQUARE]}],
        ),
        "a fact is no shift",
    ),
    "shift by a fact of the other sign": (
        certificate(
            sign(["+", X, Y], ">=", SHIFT_X), x, y, given=[{"op": "<=", "tree": ["+", X, Y]}]
        ),
        "a fact is no shift",
    ),
    "shift by a fraction": (
        certificate(
            sign(["+", X, Y], ">=", ["orthant", [["shift", 0, 1]], []]),
            x,
            y,
            given=[
                {"op": "!=", "tree": Y},
                {"op": ">=", "tree": ["*", ["+", X, Y], ["inv", Y, ["fact", 0]]]},
            ],
        ),
        "a fact is no shift",
    ),
    "shift that is taken to be strict": (
        certificate(
            sign(["+", X, Y], ">", SHIFT_X), x, y, given=[{"op": ">=", "tree": ["+", X, Y]}]
        ),
        WRONG_SIGN,
    ),
    "square taken to be positive": (
        certificate(sign(X, ">", ["orthant", [["square", 0]], []]), symbol("<v, v>", square=True)),
        WRONG_SIGN,
    ),
    "bound with the other sign": (
        certificate(
            sign(["+", X, ["q", "1"]], "<=", BOUND_X),
            x,
            given=[{"op": "<=", "tree": ["+", X, ["q", "-1"]]}],
        ),
        WRONG_SIGN,
    ),
    "upper bound taken for a lower one": (
        certificate(sign(X, ">=", BOUND_X), x, given=[{"op": "<=", "tree": X}]),
        WRONG_SIGN,
    ),
    "lower bound with a factor below zero": (
        certificate(sign(X, ">=", BOUND_X), x, given=[{"op": ">=", "tree": minus(X)}]),
        WRONG_SIGN,
    ),
    "divisor of nothing": (
        certificate(sign(X, "!=", ["divides", 0, [var(1)]]), x, y, given=[{"op": "!=", "tree": Y}]),
        "a factor of no nonzero fact",
    ),
    "symbol moved as a square": (
        certificate(sign(X, ">=", ["orthant", [["square", 0]], []]), x),
        "no square",
    ),
    "symbol of no sign among the nonnegative": (
        certificate(sign(X, ">=", ["orthant", [], [[0, ANY]]]), x),
        "a generator is not shown to be nonnegative",
    ),
    "cubic with the discriminant of its lower part": (
        certificate(
            sign(
                ["+", CUBE, SQUARE, ["q", "1"]], ">", ["quadratic", 0, ["prod", "-4", []], TRIVIAL]
            ),
            x,
        ),
        "no quadratic",
    ),
    "quadratic of which nothing but the lead is known": (
        certificate(
            sign(
                ["+", SQUARE, ["*", ["q", "3"], X], ["q", "1"]],
                ">=",
                ["quadratic", 0, ANY, TRIVIAL],
            ),
            x,
        ),
        WRONG_SIGN,
    ),
    "constant that is a quadratic": (
        certificate(sign(Y, "==", ["quadratic", 0, ANY, ANY]), x, y),
        WRONG_SIGN,
    ),
    "second symbol that sturm does not see": (
        certificate(sign(["+", SQUARE, Y, ["q", "1"]], ">", ["sturm", 0, None, None]), x, y),
        "not univariate",
    ),
    "cube root as a square root": (
        certificate(
            sign(
                ["+", ["root", X, 3, over_one(var(1)), TRIVIAL, GEN], ["q", "-2"]],
                ">",
                [
                    "root",
                    1,
                    ["prod", "-2", []],
                    ["prod", "1", [[[var(1)], 1, ["gen", BOUND_X]]]],
                    ["fact", 0],
                ],
            ),
            x,
            generator("root", over_one(var(0)), BOUND_X, order=3),
            given=[{"op": ">", "tree": ["+", X, ["q", "-4"]]}],
        ),
        "not linear in a square root",
    ),
    "second derivative as a square root": (
        certificate(
            sign(
                ["+", ["jet", X, 1], ["q", "-2"]],
                ">",
                ["root", 1, ["prod", "-2", []], ["fact", 1], ["fact", 0]],
            ),
            x,
            {**JET, "order": 2},
            given=[
                {"op": ">", "tree": ["+", X, ["q", "-4"]]},
                {"op": ">", "tree": ["jet", X, 1]},
            ],
        ),
        "not linear in a square root",
    ),
    "number in another notation": (
        certificate(zero(["+", ["q", "1e3"], ["q", "-1000"]])),
        "'1e3' is no rational number",
    ),
}

TRUE = {
    "sturm between two roots": certificate(
        sign(["+", SQUARE, ["q", "-2"]], "<", ["sturm", 0, 0, 1]),
        x,
        given=[
            {"op": ">", "tree": ["+", X, ["q", "1"]]},
            {"op": "<", "tree": ["+", X, ["q", "-1"]]},
        ],
    ),
    "sturm of a cubic": certificate(
        sign(["+", CUBE, SQUARE, ["*", ["q", "-3"], X], ["q", "10"]], ">", ["sturm", 0, 0, None]),
        x,
        given=[FROM_X],
    ),
    "quadratic without a real root": certificate(
        sign(["+", SQUARE, X, ["q", "1"]], ">", ["quadratic", 0, ["prod", "-3", []], TRIVIAL]), x
    ),
    "quadratic that touches zero": certificate(
        sign(["+", SQUARE, ["q", "0"]], ">=", ["quadratic", 0, ANY, TRIVIAL]), x
    ),
    "strict shift": certificate(
        sign(["+", X, Y], ">", SHIFT_X), x, y, given=[{"op": ">", "tree": ["+", X, Y]}]
    ),
    "sturm of a quartic": certificate(
        sign(["+", ["^", X, 4], minus(X), ["q", "1"]], ">", ["sturm", 0, None, None]), x
    ),
    "sturm below a bound": certificate(
        sign(["+", CUBE, X, ["q", "-3"]], "<", ["sturm", 0, None, 0]),
        x,
        given=[{"op": "<=", "tree": X}],
    ),
    "shift of a shift": certificate(
        sign(Y, ">", ["orthant", [["shift", 1, 1], ["bound", 0, 0]], []]),
        x,
        y,
        given=[ABOVE_X, {"op": ">", "tree": ["+", Y, minus(X)]}],
    ),
}
