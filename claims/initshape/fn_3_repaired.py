r"""**Footnote 3, repaired** (from dimension two on).

The identity plus a rank-one square is not a Hessian in any dimension above one.
"""

from claims.initshape.notation import PAPER, at, dimension
from verifier import Claim, Mutant, Step, by, ge, hessian_map, negation, radial_field

H = radial_field(at, 1, 1)
r = at.norm

CLAIM = Claim(
    id="initshape/fn-3-repaired",
    title="I + w w^T is not a Hessian map when d >= 2",
    source=PAPER.at("Footnote 3", section="3"),
    given={"dimension": ge(dimension, 2)},
    then={"not a Hessian map": negation(hessian_map(H))},
    derivation=[Step("not a Hessian map", ..., by.hessian_map)],
    mutants=[
        Mutant("also on the line", given={"dimension": ge(dimension, 1)}),
        Mutant("a Hessian map", then={"not a Hessian map": hessian_map(H)}),
        Mutant(
            "the Hessian of a quartic",  # Q = ||w||^4 / 4
            then={"not a Hessian map": negation(hessian_map(radial_field(at, r**2, 2)))},
        ),
        Mutant(
            "a conformal metric is one",
            then={"not a Hessian map": hessian_map(radial_field(at, 1 + r**2))},
        ),
    ],
    repairs="initshape/fn-3",
)
