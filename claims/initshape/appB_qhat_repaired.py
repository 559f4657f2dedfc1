r"""**Appendix B, the profile of the potential, repaired** (antiderivative with its constant).

The profile in print has three halves of the slope in print as its derivative, the constant that
the gradient at the start has as well.
"""

from claims.initshape.notation import C_0, PAPER, C, P, S, at, delta, q_hat, x
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
    real,
    tends,
)

r, z_i = at.norm, real("z_i")
left = derivative(C * q_hat(x) + C_0, x)
potential = Potential(at, radial=C * q_hat(r) + C_0, linear=z_i)
q_plus = (x**2 + delta / 2 * (delta / 2 + S(x))) * P(x) / x

CLAIM = Claim(
    id="initshape/appB-qhat-repaired",
    title="The profile integrates three halves of its slope",
    source=PAPER.at("Display (profile of the potential)", section="B"),
    given={"distance": gt(x, 0), "balancedness": ge(delta, 0)},
    then={
        "antiderivative": eq(left, Q(3, 2) * C * P(x)),
        "gradient": gradient_is(potential, Q(3, 2) * C * at.i / r * P(r) + z_i),
        "origin": tends(q_hat(x), x, 0, -delta ** Q(3, 2) / 2),
    },
    derivation=[
        Step("antiderivative", ..., by.derivative),
        Step("gradient", ..., by.potential, uses=["antiderivative"]),
        Step("origin", ..., by.cases(on=delta, at=0, then=by.limit)),
    ],
    regions=[Region(x=("1/100", 10), delta=(0, 10), C=(-3, 3), C_0=(-1, 1))],
    instances=Sample(
        {"x": 1, "delta": 0, "C": 1, "C_0": 0},
        {"x": 2, "delta": 3, "C": 1, "C_0": 5},
    ),
    mutants=[
        Mutant("half", then={"antiderivative": eq(left, Q(1, 2) * C * P(x))}),
        Mutant(
            "sign of the correction",
            then={"antiderivative": eq(derivative(C * q_plus + C_0, x), Q(3, 2) * C * P(x))},
        ),
        Mutant(
            "gradient without 3/2",
            then={"gradient": gradient_is(potential, C * at.i / r * P(r) + z_i)},
        ),
        Mutant("zero at the origin", then={"origin": tends(q_hat(x), x, 0, 0)}),
    ],
    repairs="initshape/appB-qhat",
)
