r"""**Appendix B.1, standard mirror descent does not apply** (the metric is no Hessian map).

The metric of a single neuron is offered as no Hessian, in whatever dimension and balancedness; two
of its derivatives for balanced layers are displayed.
"""

from claims.initshape.notation import PAPER, at, delta, metric_identity, metric_outer
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
    hessian_map,
    negation,
    radial_field,
    reals,
    sqrt,
)

w1, w2, rho = reals("w1 w2 rho")
size = sqrt(w1**2 + w2**2 + rho)
metric = radial_field(at, metric_identity(at.norm), -metric_outer(at.norm))

H_11 = (1 - w1**2 / (2 * size**2)) / size
H_12 = -w1 * w2 / (2 * size**2) / size
DISPLAYS = {
    "derivative of a diagonal entry": eq(
        derivative(H_11, w2), -w2 / size**3 + 3 * w1**2 * w2 / (2 * size**5)
    ),
    "derivative off the diagonal": eq(
        derivative(H_12, w1), -w2 / (2 * size**3) + 3 * w1**2 * w2 / (2 * size**5)
    ),
}
GIVEN = {
    "balancedness": ge(delta, 0),
    "other components": ge(rho, 0),
    "away from the origin": gt(w1**2 + w2**2 + rho, 0),
}
DERIVATION = [
    Step("derivative of a diagonal entry", ..., by.derivative),
    Step("derivative off the diagonal", ..., by.derivative),
    Step("not a Hessian map", ..., by.hessian_map),
]
REGION = Region(w1=("1/10", 3), w2=("1/10", 3), rho=(0, 3), delta=(0, 3))

CLAIM = Claim(
    id="initshape/appB1-not-hessian",
    title="The metric of a neuron is not a Hessian map",
    source=PAPER.at("Display (derivatives of the metric)", section="B.1"),
    given=GIVEN,
    then={**DISPLAYS, "not a Hessian map": negation(hessian_map(metric))},
    derivation=DERIVATION,
    regions=[REGION],
    instances=Sample(
        {"w1": 1, "w2": 1, "rho": 0, "delta": 0},
        {"w1": Q(1, 2), "w2": 2, "rho": 1, "delta": 1},
    ),
    mutants=[
        Mutant(
            "sign of the diagonal derivative",
            then={
                "derivative of a diagonal entry": eq(
                    derivative(H_11, w2), w2 / size**3 + 3 * w1**2 * w2 / (2 * size**5)
                )
            },
        ),
    ],
    note="w1 and w2 are any two components, `rho` the squared length of the others. In dimension 1 "
    "every metric is a Hessian map.",
)
