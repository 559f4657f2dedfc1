r"""**Appendix B.1, standard mirror descent does not apply, repaired** (from dimension two on).

The metric of a single neuron is no Hessian in any dimension above one, for every balancedness.
"""

from claims.initshape.appB1_not_hessian import CLAIM as PRINTED
from claims.initshape.appB1_not_hessian import H_12, metric, size, w1, w2
from claims.initshape.notation import P, S, at, delta, dimension
from verifier import Claim, Mutant, derivative, eq, ge, hessian_map, negation

r = at.norm

CLAIM = Claim(
    id="initshape/appB1-not-hessian-repaired",
    title="The metric of a neuron is not a Hessian map when d >= 2",
    source=PRINTED.source,
    given=(*PRINTED.given, ("dimension", ge(dimension, 2))),
    then=PRINTED.then,
    derivation=PRINTED.derivation,
    regions=PRINTED.regions,
    instances=PRINTED.instances,
    mutants=[
        Mutant("also on the line", given={"dimension": ge(dimension, 1)}),
        Mutant("a Hessian map", then={"not a Hessian map": hessian_map(metric)}),
        Mutant(
            "the warped metric",
            then={
                "not a Hessian map": negation(
                    hessian_map(metric * (P(r) / r * (delta / 2 + S(r))))
                )
            },
        ),
        Mutant(
            "the two derivatives agree",
            then={
                "derivative off the diagonal": eq(
                    derivative(H_12, w1), -w2 / size**3 + 3 * w1**2 * w2 / (2 * size**5)
                )
            },
        ),
    ],
    repairs=PRINTED.id,
)
