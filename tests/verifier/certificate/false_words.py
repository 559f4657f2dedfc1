"""**False certificates of words**, each for its vice, with the message that rejects it."""

from __future__ import annotations

from tests.verifier.certificate.parts import (
    ONE,
    X,
    certificate,
    given,
    of_words,
    step,
    symbol,
    var,
    words,
    x,
)
from tests.verifier.certificate.true_words import (
    AP_Q,
    AT,
    COMMUTES,
    FORM,
    LOOPS,
    MINUS,
    ONE_BY_ONE,
    SAME,
    SCALED,
    SIZE,
    UNIT,
)

ADDED = "the steps and the goal do not add up to zero"
SHAPE = "is not of shape"
OTHER = "stands for another scalar"
VANISHES = "a divisor may vanish"
TRACES = [[0, ["A", "P"]], [1, ["P", "A"]]]
ab, ba = symbol("tr(A P)"), symbol("tr(P A)")

FALSE_WORDS = {
    "products that do not commute": (certificate(words(COMMUTES)), ADDED),
    "inverse on the other side": (
        certificate(
            words(of_words((ONE, ["P", "A"]), (MINUS, [])), step(0, MINUS), relations=[UNIT])
        ),
        ADDED,
    ),
    "step on the other side": (
        certificate(words(AP_Q, step(0, MINUS, "Q"), relations=[UNIT])), ADDED),
    "step with the wrong sign": (
        certificate(words(COMMUTES, step(0), relations=[COMMUTES])), ADDED),
    "transposed without the order": (
        certificate(
            words(
                of_words((ONE, ["~A", "~P"]), (MINUS, [])),
                step(0, MINUS, flipped=True),
                relations=[UNIT],
            )
        ),
        ADDED,
    ),
    "form of a matrix that is not symmetric": (
        certificate(words(FORM, traces=LOOPS), symbol("<u, A v>"), symbol("<v, A u>")), ADDED),
    "one symbol for two scalars": (
        certificate(words(FORM, traces=[[0, LOOPS[0][1]], [0, LOOPS[1][1]]]), x), OTHER),
    "length that is no length": (
        certificate(words(of_words(), traces=[[0, ["~v", "A", "v"]]]), symbol("<v, v>")), OTHER),
    "scalar without a generator": (certificate(words(FORM)), "malformed: KeyError"),
    "trace of a generator that is no symbol": (
        certificate(
            words(SIZE, traces=[[0, "d"], [1, "n"]]),
            symbol("d"),
            {"kind": "exp", "of": [[var(0)], ONE]},
        ),
        "is no free symbol",
    ),
    "dimension that is another": (
        certificate(
            words(SIZE, step(0, MINUS, closed=[]), traces=[[0, ["A"]], [1, "n"]],
                  relations=[of_words((ONE, ["A"]), (MINUS, []))]),
            symbol("tr(A)"),
            symbol("n"),
        ),
        "malformed: KeyError",
    ),
    "sum of different shapes": (
        certificate(words(of_words((ONE, ["A"]), (MINUS, ["B"])))), SHAPE),
    "product that does not fit": (certificate(words(of_words((ONE, ["A", "B"])))), SHAPE),
    "trace of what is not square": (
        certificate(
            words(of_words((ONE, []), shape=ONE_BY_ONE), step(0, ONE, closed=[]),
                  relations=[of_words((ONE, ["u"]), shape=("d", "1"))]),
        ),
        SHAPE,
    ),
    "identity of another size": (
        certificate(
            words(of_words((ONE, [])), step(0, MINUS),
                  relations=[of_words((ONE, []), shape=("n", "n"))]),
        ),
        ADDED,
    ),
    "relation of another shape between words": (
        certificate(
            words(of_words((ONE, ["A", "P", "Q"])), step(0, MINUS, "A", "Q"),
                  relations=[of_words((ONE, ["P"]), shape=("n", "d"))]),
        ),
        SHAPE,
    ),
    "multiple that may be zero": (
        certificate(words(SAME, step(0, MINUS), relations=[SCALED], multiplier=[[var(0)], []]), x),
        VANISHES,
    ),
    "zero multiple": (
        certificate(words(SAME, multiplier=[[], []]), x, facts=[given("!=", X)]), VANISHES),
    "divisor that may be zero": (
        certificate(words(of_words(), nonzero=[[[var(0)], []]]), x), VANISHES),
    "relation that is missing": (
        certificate(words(AT, step(1, MINUS), relations=[AT])), "malformed: IndexError"),
    "relation counted from the end": (
        certificate(words(AT, step(-1, MINUS), relations=[AT])), "is no whole number"),
    "letter that is missing": (
        certificate(words(of_words((ONE, ["R"])))), "malformed: KeyError"),
}  # fmt: skip
