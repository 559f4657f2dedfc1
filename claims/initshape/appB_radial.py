r"""**Appendix B, radial derivatives** (gradient and Hessian of a radial function).

A radial function plus a linear one has a gradient along the point and a Hessian of rank one plus a
multiple of the identity.
"""

from claims.initshape.notation import PAPER, at, x
from verifier import (
    Claim,
    Mutant,
    Potential,
    Sample,
    Step,
    by,
    derivative,
    eq,
    function,
    gradient_is,
    gt,
    hessian_is,
    ne,
    radial_field,
    real,
)

r, z_i = at.norm, real("z_i")
q = function("qhat")
potential = Potential(at, radial=q(r), linear=z_i)
d1, d2 = derivative(q(r), r), derivative(q(r), r, 2)
slope, bend = derivative(q(x), x), derivative(q(x), x, 2)
outer = (bend - slope / x) / x**2

CLAIM = Claim(
    id="initshape/appB-radial",
    title="Gradient and Hessian of the ansatz",
    source=PAPER.at("Display (gradient and Hessian of the ansatz)", section="B"),
    given={"distance": gt(x, 0), "slope": ne(slope, 0)},
    then={
        "gradient": gradient_is(potential, d1 * at.i / r + z_i),
        "Hessian": hessian_is(potential, radial_field(at, d1 / r, (d2 - d1 / r) / r**2)),
        "factored": eq(outer, slope / x * -(1 - x * bend / slope) / x**2),
    },
    derivation=[
        Step("gradient", ..., by.potential),
        Step("Hessian", ..., by.potential, uses=["gradient"]),
        Step("factored", ..., by.identity),
    ],
    instances=Sample({"x": 1}, {"x": 2}),
    mutants=[
        Mutant("point not normalised", then={"gradient": gradient_is(potential, d1 * at.i + z_i)}),
        Mutant("linear part lost", then={"gradient": gradient_is(potential, d1 * at.i / r)}),
        Mutant(
            "sign of the curvature",
            then={
                "Hessian": hessian_is(potential, radial_field(at, d1 / r, (-d2 - d1 / r) / r**2))
            },
        ),
        Mutant(
            "norm forgotten in the bracket",
            then={"factored": eq(outer, slope / x * -(1 - bend / slope) / x**2)},
        ),
    ],
    note="`factored` is the coefficient of w w^T in the second printed form, at ||w|| = x, "
    "which divides by the slope.",
)
