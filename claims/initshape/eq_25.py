r"""**Equation 25** (the potential of balanced neurons).

The power 3/2 of the norm plus a linear part has the warped metric of balanced neurons as its
Hessian, with the warp that the profile fixes.
"""

from claims.initshape.notation import C_0, PAPER, C, at, x
from verifier import (
    Claim,
    Mutant,
    Potential,
    Q,
    Region,
    Sample,
    Step,
    by,
    derivative,
    eq,
    ge,
    gradient_is,
    gt,
    hessian_is,
    ne,
    radial_field,
    real,
    sqrt,
)

r, z_i = at.norm, real("z_i")
c = real("c")
warp = c * Q(3, 2) * C * sqrt(r)
power = C * r ** Q(3, 2) + C_0
potential = Potential(at, radial=power, linear=z_i)
slope = C * sqrt(x)
log_slope = derivative(slope, x) / slope
GRADIENT = Q(3, 2) * C * at.i / sqrt(r) + z_i


def metric(half):
    """The warped metric with the factor `half` on the projection."""
    return radial_field(at, warp / c / r, -half * warp / c / r**3)


CLAIM = Claim(
    id="initshape/eq-25",
    title="The potential of balanced neurons",
    source=PAPER.at("Eq. (25)", section="C"),
    given={
        "distance": gt(x, 0),
        "sum of absolute factors": ge(c, 1),
        "constant": ne(C, 0),
    },
    then={
        "equation": eq(log_slope, 1 / (2 * x)),
        "matching": eq(1 - x * log_slope, Q(1, 2)),
        "gradient": gradient_is(potential, GRADIENT),
        "Hessian": hessian_is(potential, metric(Q(1, 2))),
    },
    derivation=[
        Step("equation", ..., by.ode),
        Step("matching", ..., by.ode),
        Step("gradient", ..., by.potential),
        Step("Hessian", ..., by.potential, uses=["gradient"]),
    ],
    regions=[Region(x=("1/10", 10), C=("1/10", 3))],
    instances=Sample({"x": 1, "C": 1, "c": 1}, {"x": 2, "C": -1, "c": 3}),
    mutants=[
        Mutant("exponent 1", then={"equation": eq(log_slope, 1 / x)}),
        Mutant("half", then={"matching": eq(1 - x * log_slope, Q(3, 2))}),
        Mutant("gradient", then={"gradient": gradient_is(potential, C * at.i / sqrt(r) + z_i)}),
        Mutant("whole projection", then={"Hessian": hessian_is(potential, metric(1))}),
    ],
    note="c is the sum of the absolute factors c_i.",
)
