r"""**Footnote 3** (a metric that is no Hessian map).

The identity plus a rank-one square is offered as positive definite and not a Hessian; no dimension
is printed, and on the line it is one.
"""

from claims.initshape.notation import PAPER, at
from verifier import Claim, Mutant, Step, by, hessian_map, negation, radial_field

H = radial_field(at, 1, 1)

CLAIM = Claim(
    id="initshape/fn-3",
    title="I + w w^T is not a Hessian map",
    source=PAPER.at("Footnote 3", section="3"),
    then={"not a Hessian map": negation(hessian_map(H))},
    derivation=[Step("not a Hessian map", ..., by.hessian_map)],
    mutants=[
        Mutant(
            "twice the outer product",
            then={"not a Hessian map": negation(hessian_map(radial_field(at, at.norm**2, 2)))},
        ),
    ],
    note="In dimension 1 the metric 1 + w^2 is the second derivative of w^2/2 + w^4/12.",
)
