r"""**Appendix B.1, the warp** (positive, increasing, with a finite limit).

The radial profile of the warp is positive and increasing, and starts at the root of the
balancedness.
"""

from claims.initshape.notation import PAPER, P, S, delta, g_hat, x
from verifier import (
    Claim,
    Mutant,
    Q,
    Region,
    Sample,
    Step,
    by,
    derivative,
    eq,
    ge,
    gt,
    le,
    lt,
    sqrt,
    tends,
)

rate = derivative(g_hat(x), x)
displayed = (2 * S(x) - delta) / (4 * S(x) * P(x))

CLAIM = Claim(
    id="initshape/appB1-g",
    title="The warp is positive and increasing",
    source=PAPER.at("Display (the warp)", section="B.1"),
    uses=["initshape/lem-3-repaired"],
    given={"distance": gt(x, 0), "balancedness": ge(delta, 0)},
    then={
        "profile":    eq(P(x) / x * (delta / 2 + S(x)), sqrt(S(x) + delta / 2)),
        "positive":   gt(g_hat(x), 0),
        "limit":      tends(g_hat(x), x, 0, sqrt(delta)),
        "derivative": eq(rate, displayed),
        "increasing": gt(rate, 0),
    },
    derivation=[
        Step("profile",    ..., by.identity),
        Step("positive",   ..., by.sign),
        Step("limit",      ..., by.claim("initshape/lem-3-repaired", "limit")),
        Step("derivative", ..., by.derivative),
        Step("increasing", ..., by.sign, uses=["derivative"]),
    ],
    regions=[Region(x=(1, 4), delta=(0, 2)), Region(x=("1/100", 10), delta=(0, 10))],
    instances=Sample({"x": 1, "delta": 0}, {"x": 2, "delta": 3}, {"x": Q(3, 2), "delta": 4}),
    mutants=[
        Mutant("bounded on the half-line", then={"positive": le(g_hat(x), 5)}),
        Mutant("decreasing", then={"increasing": lt(rate, 0)}),
        Mutant(
            "sign of delta",
            then={"derivative": eq(rate, (2 * S(x) + delta) / (4 * S(x) * P(x)))},
        ),
        Mutant("starts at zero", then={"limit": tends(g_hat(x), x, 0, 0)}),
    ],
)
