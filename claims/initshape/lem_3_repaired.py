r"""**Lemma 3, repaired** (the warp at the origin).

At the origin the warp tends to the square root of the balancedness.
"""

from claims.initshape.notation import PAPER, delta, g_hat, x
from verifier import Claim, Mutant, Sample, Step, by, ge, oo, sqrt, tends

CLAIM = Claim(
    id="initshape/lem-3-repaired",
    title="The warp at the origin is the root of the balancedness",
    source=PAPER.at("Lemma 3", section="H"),
    given={"balancedness": ge(delta, 0)},
    then={"limit": tends(g_hat(x), x, 0, sqrt(delta))},
    derivation=[Step("limit", ..., by.cases(on=delta, at=0, then=by.limit))],
    instances=Sample({"delta": 0}, {"delta": 1}, {"delta": 4}),
    mutants=[
        Mutant("zero", then={"limit": tends(g_hat(x), x, 0, 0)}),
        Mutant("no root", then={"limit": tends(g_hat(x), x, 0, delta)}),
        Mutant("reciprocal", then={"limit": tends(g_hat(x), x, 0, 1 / sqrt(delta))}),
        Mutant("without bound", then={"limit": tends(g_hat(x), x, 0, oo)}),
    ],
    repairs="initshape/lem-3",
)
