r"""**Lemma 3** (the warp at the origin).

The statement in print gives the warp the limit zero at the origin for every balancedness.
"""

from claims.initshape.notation import PAPER, delta, g_hat, x
from verifier import Claim, Mutant, Sample, Step, by, ge, oo, tends

CLAIM = Claim(
    id="initshape/lem-3",
    title="The warp vanishes at the origin",
    source=PAPER.at("Lemma 3", section="H"),
    given={"balancedness": ge(delta, 0)},
    then={"limit": tends(g_hat(x), x, 0, 0)},
    derivation=[Step("limit", ..., by.cases(on=delta, at=0, then=by.limit))],
    instances=Sample({"delta": 0}, {"delta": 1}, {"delta": 4}),
    mutants=[Mutant("without bound", then={"limit": tends(g_hat(x), x, 0, oo)})],
    note="It holds for delta = 0 alone. The printed proof ends in sqrt(delta) instead.",
)
