r"""**Section 7.1, the joint limit** (families of starts).

The scale and the shape can go to their ends at rates for which the transition factor vanishes,
stays finite or grows without bound.
"""

from typing import Any

from claims.initshape.notation import PAPER
from verifier import Claim, Mutant, Q, Step, by, gt, lt, oo, real, tends

e = real("e")


def factor(scale: Any, shape: Any) -> Any:
    r"""alpha / (1 - s^2)."""
    return scale / (1 - shape**2)


CLAIM = Claim(
    id="initshape/sec71-joint",
    title="The joint limit of scale and shape",
    source=PAPER.at("Display (joint limit)", section="7.1"),
    given={"parameter": gt(e, 0), "small": lt(e, 1)},
    then={
        "scale first": tends(factor(e**2, 1 - e), e, 0, 0),
        "together": tends(factor(e, 1 - e), e, 0, Q(1, 2)),
        "shape first": tends(factor(e, 1 - e**2), e, 0, oo),
    },
    derivation=[
        Step("scale first", ..., by.limit),
        Step("together", ..., by.limit),
        Step("shape first", ..., by.limit),
    ],
    mutants=[
        Mutant("small scales are rich", then={"shape first": tends(factor(e, 1 - e**2), e, 0, 0)}),
        Mutant("one", then={"together": tends(factor(e, 1 - e), e, 0, 1)}),
        Mutant("finite", then={"scale first": tends(factor(e**2, 1 - e), e, 0, Q(1, 2))}),
    ],
    note="Three families as e goes to 0, for the three answers the paper lists; the sign of the "
    "shape does not matter.",
)
