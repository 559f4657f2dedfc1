r"""**Lemma 2** (scale, shape, balancedness).

The radicals of the single-neuron potential are rational in the scale and the shape.
"""

from claims.initshape.notation import PAPER, S, alpha, delta, s
from verifier import Claim, Mutant, Q, Region, Sample, Step, by, eq, gt, within

mean = alpha * (1 + s**2) / (1 - s**2)

CLAIM = Claim(
    id="initshape/lem-2",
    title="Scale, shape and balancedness",
    source=PAPER.at("Lemma 2", section="H"),
    uses=["initshape/lem-1"],
    given={"scale": gt(alpha, 0), "shape": within(s, -1, 1, left="open", right="open")},
    where={delta: 4 * alpha * s / (1 - s**2)},
    then={
        "root":       eq(S(alpha),             mean),
        "difference": eq(S(alpha) - delta / 2, alpha * (1 - s) / (1 + s)),
        "sum":        eq(S(alpha) + delta / 2, alpha * (1 + s) / (1 - s)),
    },
    derivation=[
        Step("square",     eq(alpha**2 + delta**2 / 4, mean**2), by.identity),
        Step("root",       ..., by.square_root, uses=["square"]),
        Step("difference", ..., by.identity, uses=["root"]),
        Step("sum",        ..., by.identity, uses=["root"]),
    ],
    regions=[Region(alpha=("1/100", 100), s=("-99/100", "99/100"))],
    instances=Sample({"alpha": 3, "s": Q(1, 2)}, {"alpha": 1, "s": 0}, {"alpha": 2, "s": Q(-1, 3)}),
    mutants=[
        Mutant("inverted", then={"root": eq(S(alpha), alpha * (1 - s**2) / (1 + s**2))}),
        Mutant("negative root", then={"root": eq(S(alpha), -mean)}),
        Mutant(
            "shape reversed",
            then={"difference": eq(S(alpha) - delta / 2, alpha * (1 + s) / (1 - s))},
        ),
        Mutant(
            "balancedness not halved",
            then={"sum": eq(S(alpha) + delta, alpha * (1 + s) / (1 - s))},
        ),
    ],
    note="Read for every shape that Lemma 1 allows, -1 < s < 1.",
)
