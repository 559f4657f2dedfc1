r"""**Appendix F.2, the Hessian at the start, repaired** (with the factor of the profile).

The profile at the head of the appendix has three halves of the printed Hessian.
"""

from claims.initshape.appF2_hess import (
    GIVEN,
    REGION,
    START,
    STEPS,
    WHERE,
    along,
    beta,
    front,
    outer_part,
)
from claims.initshape.notation import PAPER, P, alpha, q_hat, x
from verifier import Claim, Mutant, Q, Sample, Step, by, derivative, eq

slope = derivative(q_hat(x), x)

CLAIM = Claim(
    id="initshape/appF2-hess-repaired",
    title="The Hessian of the potential at the start has the factor 3/2",
    source=PAPER.at("Display (Hessian at the start)", section="F.2"),
    uses=["initshape/lem-2"],
    given=GIVEN,
    where=WHERE,
    then={**START, "slope": eq(slope, Q(3, 2) * P(x)), "along": along(Q(3, 2))},
    derivation=[
        *STEPS,
        Step("slope", ..., by.derivative),
        Step("along", ..., by.derivative),
    ],
    regions=[REGION],
    instances=Sample({"alpha": 1, "s": 0, "x": 1}, {"alpha": 3, "s": Q(1, 2), "x": 2}),
    mutants=[
        Mutant("factor lost", then={"along": along(1)}),
        Mutant("slope halved", then={"slope": eq(slope, P(x) / 2)}),
        Mutant("root of the scale", then={"front": eq(P(alpha) / alpha, front / alpha)}),
        Mutant("rank one doubled", then={"rank one": eq(outer_part, 2 * beta)}),
    ],
    repairs="initshape/appF2-hess",
)
