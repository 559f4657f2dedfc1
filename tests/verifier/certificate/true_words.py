"""**True certificates of words**, each for one thing that the checker must see."""

from __future__ import annotations

from tests.verifier.certificate.parts import (
    ONE,
    X,
    certificate,
    given,
    num,
    of_words,
    step,
    symbol,
    var,
    words,
    x,
)

MINUS = [num("-1")]
AT = of_words((ONE, ["~A"]), (MINUS, ["A"]))
COMMUTES = of_words((ONE, ["A", "P"]), (MINUS, ["P", "A"]))
UNIT = of_words((ONE, ["A", "P"]), (MINUS, []))
AP_Q = of_words((ONE, ["A", "P", "Q"]), (MINUS, ["Q"]))
ONE_BY_ONE = ("1", "1")
FORM = of_words((ONE, ["~u", "A", "v"]), (MINUS, ["~v", "A", "u"]), shape=ONE_BY_ONE)
LOOPS = [[0, ["~u", "A", "v"]], [1, ["~v", "A", "u"]]]
TRACE = of_words((ONE, ["u", "~v", "A", "u", "~v"]), ([var(0, 1, "-1")], ["u", "~v"]))
ROTATED = of_words(([var(0), var(1, 1, "-1")], []))
SIZE = of_words(([var(0), var(1, 1, "-1")], []), shape=ONE_BY_ONE)
SCALED = of_words(([var(0)], ["A"]), ([var(0, 1, "-1")], ["P"]))
SAME = of_words((ONE, ["A"]), (MINUS, ["P"]))

TRUE_WORDS = {
    "hypothesis": certificate(words(COMMUTES, step(0, MINUS), relations=[COMMUTES])),
    "hypothesis between words": certificate(words(AP_Q, step(0, MINUS, "", "Q"), relations=[UNIT])),
    "transposed hypothesis": certificate(
        words(
            of_words((ONE, ["~P", "~A"]), (MINUS, [])),
            step(0, MINUS, flipped=True),
            relations=[UNIT],
        )
    ),
    "transposed hypothesis on vectors": certificate(
        words(
            of_words((ONE, ["~u"]), (MINUS, ["~v"]), shape=("1", "d")),
            step(0, MINUS, flipped=True),
            relations=[of_words((ONE, ["u"]), (MINUS, ["v"]), shape=("d", "1"))],
        )
    ),
    "scalar taken out of a word": certificate(
        words(TRACE, traces=[[0, ["~v", "A", "u"]]]), symbol("<v, A u>")
    ),
    "form of a symmetric matrix": certificate(
        words(FORM, step(0, ONE, "~u", "v"), relations=[AT], traces=LOOPS),
        symbol("<u, A v>"),
        symbol("<v, A u>"),
    ),
    "scalar times a word": certificate(
        words(
            of_words(([var(0), var(1, 1, "-1")], ["P"])),
            step(0, ONE, "~u", "v", closed=["P"]),
            relations=[AT],
            traces=LOOPS,
        ),
        symbol("<u, A v>"),
        symbol("<v, A u>"),
    ),
    "trace of the identity": certificate(
        words(
            SIZE,
            step(0, MINUS, closed=[]),
            relations=[of_words((ONE, ["A"]), (MINUS, []))],
            traces=[[0, ["A"]], [1, "d"]],
        ),
        symbol("tr(A)"),
        symbol("d"),
    ),
    "length of a vector": certificate(
        words(
            of_words((ONE, ["~u", "u"]), ([var(0, 1, "-1")], []), shape=ONE_BY_ONE),
            traces=[[0, ["~u", "u"]]],
        ),
        symbol("<u, u>"),
    ),
    "multiple that is not zero": certificate(
        words(SAME, step(0, MINUS), relations=[SCALED], multiplier=[[var(0)], []]),
        x,
        facts=[given("!=", X)],
    ),
}
