"""**False signs**, each named after its vice, with the message it is rejected with."""

from __future__ import annotations

from tests.verifier.certificate.parts import (
    ABOVE_X,
    ANY,
    FROM_X,
    GEN,
    JET,
    READ_ABS,
    ROOT_OF_SQUARE,
    SQUARE,
    TRIVIAL,
    X,
    Y,
    certificate,
    minus,
    sign,
    symbol,
    var,
    x,
    y,
)

SIGNS = {
    "wrong factorisation": (
        certificate(
            sign(["*", X, Y], ">", ["prod", "1", [[[var(0)], 2, ["fact", 0]]]]),
            x,
            y,
            given=[ABOVE_X],
        ),
        "factors do not multiply to the element",
    ),
    "factor below the line that may vanish": (
        certificate(
            sign(
                X,
                ">=",
                [
                    "prod",
                    "1",
                    [[[["1", [[0, 1], [1, 1]]]], 1, ["fact", 0]], [[var(1)], -1, ["fact", 1]]],
                ],
            ),
            x,
            y,
            given=[{"op": ">=", "tree": ["*", X, Y]}, {"op": ">=", "tree": Y}],
        ),
        "a factor below the line may vanish",
    ),
    "fact used with the wrong sign": (
        certificate(sign(minus(X), ">", ["fact", 0]), x, given=[ABOVE_X]),
        "the proof does not give the sign of the goal",
    ),
    "fact about something else": (
        certificate(sign(Y, ">", ["fact", 0]), x, y, given=[ABOVE_X]),
        "not a multiple of the fact",
    ),
    "fact about a sum used for one summand": (
        certificate(sign(X, ">", ["fact", 0]), x, y, given=[{"op": ">", "tree": ["+", X, Y]}]),
        "not a multiple of the fact",
    ),
    "fact used with other coefficients": (
        certificate(
            sign(["+", X, ["*", ["q", "2"], Y]], ">", ["fact", 0]),
            x,
            y,
            given=[{"op": ">", "tree": ["+", X, Y]}],
        ),
        "not a multiple of the fact",
    ),
    "fact about a fraction used for its numerator": (
        certificate(
            sign(X, ">", ["fact", 1]),
            x,
            y,
            given=[
                {"op": "!=", "tree": Y},
                {"op": ">", "tree": ["*", X, ["inv", Y, ["fact", 0]]]},
            ],
        ),
        "not a multiple of the fact",
    ),
    "fact counted from the end": (
        certificate(sign(X, ">", ["fact", -1]), x, given=[ABOVE_X]),
        "-1 is no whole number that may stand here",
    ),
    "divisor of a fact that may be zero": (
        certificate(
            sign(X, "!=", ["divides", 0, [var(1)]]),
            x,
            y,
            given=[{"op": ">=", "tree": ["*", X, Y]}],
        ),
        "a factor of no nonzero fact",
    ),
    "open bound where the hypothesis is closed": (
        certificate(
            sign(X, ">", ["orthant", [["bound", 0, 0]], []]),
            x,
            given=[FROM_X],
        ),
        "the proof does not give the sign of the goal",
    ),
    "interval that is open at one end only": (
        certificate(
            sign(["*", X, ["+", ["q", "1"], minus(X)]], ">", ["orthant", [["bound", 0, 0, 1]], []]),
            x,
            given=[ABOVE_X, {"op": ">=", "tree": ["+", ["q", "1"], minus(X)]}],
        ),
        "the proof does not give the sign of the goal",
    ),
    "bounds in the wrong order": (
        certificate(
            sign(X, ">=", ["orthant", [["bound", 0, 1, 0]], []]),
            x,
            given=[FROM_X, {"op": "<=", "tree": ["+", X, ["q", "-1"]]}],
        ),
        "bounds on one side",
    ),
    "shift by what has moved": (
        certificate(
            sign(Y, ">=", ["orthant", [["bound", 0, 0], ["shift", 1, 1]], []]),
            x,
            y,
            given=[
                {"op": ">=", "tree": ["+", X, ["q", "1"]]},
                {"op": ">=", "tree": ["+", Y, minus(X)]},
            ],
        ),
        "a shift by what was moved before",
    ),
    "sign of what has moved": (
        certificate(
            sign(X, ">", ["orthant", [["bound", 0, 0]], [[0, ["fact", 0]]]]),
            x,
            given=[FROM_X],
        ),
        "a moved symbol has no sign of its own",
    ),
    "orthant with a symbol of no sign": (
        certificate(sign(X, ">=", ["orthant", [], []]), x),
        "the proof does not give the sign of the goal",
    ),
    "square that is none": (
        certificate(sign(X, ">=", GEN), symbol("<u, v>", square=True)),
        "generator 0 is no square",
    ),
    "square of nothing": (
        certificate(sign(X, ">=", GEN), symbol("", square=True)),
        "generator 0 is no square",
    ),
    "function that is a square": (
        certificate(sign(["jet", X, 1], ">=", GEN), x, {**JET, "square": True}),
        "generator 1 is no square",
    ),
    "quadratic with a wrong gap": (
        certificate(
            sign(
                ["+", SQUARE, ["*", ["q", "3"], X], ["q", "1"]],
                ">",
                ["quadratic", 0, ["prod", "5", []], TRIVIAL],
            ),
            x,
        ),
        "the proof does not give the sign of the goal",
    ),
    "quadratic with the gap of another": (
        certificate(
            sign(
                ["+", SQUARE, ["*", ["q", "3"], X], ["q", "1"]],
                ">",
                ["quadratic", 0, ["prod", "-3", []], TRIVIAL],
            ),
            x,
        ),
        "factors do not multiply to the element",
    ),
    "quadratic that touches zero": (
        certificate(
            sign(
                ["+", SQUARE, ["*", ["q", "2"], X], ["q", "1"]],
                ">",
                ["quadratic", 0, ANY, TRIVIAL],
            ),
            x,
        ),
        "the proof does not give the sign of the goal",
    ),
    "cubic as a quadratic": (
        certificate(sign(["^", X, 3], ">", ["quadratic", 0, ANY, TRIVIAL]), x),
        "no quadratic",
    ),
    "root in the interval": (
        certificate(
            sign(["+", SQUARE, ["q", "-2"]], "<", ["sturm", 0, 0, 1]),
            x,
            given=[FROM_X, {"op": "<=", "tree": ["+", X, ["q", "-2"]]}],
        ),
        "the proof does not give the sign of the goal",
    ),
    "root at the end of the interval": (
        certificate(sign(X, ">", ["sturm", 0, 0, None]), x, given=[FROM_X]),
        "the proof does not give the sign of the goal",
    ),
    "bound from the other side": (
        certificate(
            sign(["+", X, ["q", "1"]], ">", ["sturm", 0, 0, None]),
            x,
            given=[{"op": "<=", "tree": X}],
        ),
        "a bound on the other side",
    ),
    "polynomial of two symbols by sturm": (
        certificate(sign(["+", X, Y], ">", ["sturm", 0, None, None]), x, y),
        "not univariate",
    ),
    "root sum that is negative": (
        certificate(
            sign(
                ["+", READ_ABS, ["*", ["q", "-2"], X]],
                ">=",
                [
                    "root",
                    1,
                    ["prod", "-2", [[[var(0)], 1, ["fact", 0]]]],
                    ["prod", "1", [[[var(1)], 1, GEN]]],
                    ["prod", "3", [[[var(0)], 2, ["fact", 0]]]],
                ],
            ),
            x,
            ROOT_OF_SQUARE,
            given=[ABOVE_X],
        ),
        "the proof does not give the sign of the goal",
    ),
    "root sum without a root": (
        certificate(sign(["+", X, ["q", "1"]], ">", ["root", 0, TRIVIAL, ANY, ANY]), x),
        "not linear in a square root",
    ),
    "root sum with a wrong gap": (
        certificate(
            sign(
                ["+", READ_ABS, ["*", ["q", "-2"], X]],
                ">=",
                [
                    "root",
                    1,
                    ["prod", "-2", [[[var(0)], 1, ["fact", 0]]]],
                    ["prod", "1", [[[var(1)], 1, GEN]]],
                    ["prod", "-3", [[[var(0)], 2, ["fact", 0]]]],
                ],
            ),
            x,
            ROOT_OF_SQUARE,
            given=[ABOVE_X],
        ),
        "factors do not multiply to the element",
    ),
}
