r"""**Appendix F.1, the linear part** (its norm and its limit).

The norm of the linear part of the potential is a root of the scale with a factor of the shape, and
vanishes with the scale.
"""

from claims.initshape.notation import PAPER, P, S, alpha, delta, s, space
from verifier import (
    Claim,
    Mutant,
    Q,
    Region,
    Sample,
    Step,
    by,
    eq,
    gt,
    norm,
    norm2,
    sqrt,
    tends,
    within,
)

u = space.vector("u")
z = u * (-Q(3, 2) * P(alpha))
size = Q(3, 2) * sqrt(alpha * (1 - s) / (1 + s))
difference = eq(S(alpha) - delta / 2, alpha * (1 - s) / (1 + s))

CLAIM = Claim(
    id="initshape/appF1",
    title="The linear part vanishes with the scale",
    source=PAPER.at("Display (norm of the linear part)", section="F.1"),
    uses=["initshape/lem-2"],
    given={
        "scale": gt(alpha, 0),
        "shape": within(s, 0, 1, right="open"),
        "orientation": eq(norm2(u), 1),
    },
    where={delta: 4 * alpha * s / (1 - s**2)},
    then={
        "norm": eq(norm(z), Q(3, 2) * P(alpha)),
        "scale and shape": eq(Q(3, 2) * P(alpha), size),
        "limit": tends(size, alpha, 0, 0, side="+"),
    },
    derivation=[
        Step("norm", ..., by.identity),
        Step("difference", difference, by.claim("initshape/lem-2", "difference")),
        Step("scale and shape", ..., by.identity, uses=["difference"]),
        Step("limit", ..., by.limit),
    ],
    regions=[Region(alpha=("1/100", 100), s=(0, "99/100"))],
    instances=Sample({"alpha": 3, "s": Q(1, 2)}, {"alpha": 1, "s": 0}),
    mutants=[
        Mutant("factor lost", then={"norm": eq(norm(z), P(alpha))}),
        Mutant("shape", then={"scale and shape": eq(Q(3, 2) * P(alpha), size * (1 - s))}),
        Mutant("of order one", then={"limit": tends(size / alpha, alpha, 0, 0, side="+")}),
    ],
    note="Only the display: the argument from it to the minimiser is a separate matter.",
)
