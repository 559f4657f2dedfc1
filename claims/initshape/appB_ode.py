r"""**Appendix B, the equation of the profile** (logarithmic derivative).

Matching the Hessian of the ansatz with the warped metric leaves a first-order equation for the
slope of the profile, solved by multiples of a nested root.
"""

from claims.initshape.notation import PAPER, C, P, S, delta, x
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
    log,
    ne,
    sqrt,
)

slope = C * P(x)
bend = derivative(slope, x)
coefficient = 1 / (2 * (delta / 2 + S(x)) * S(x))
profile = (1 - x * bend / slope) / x**2
right = (1 - x**2 / ((delta / 2 + S(x)) * sqrt(delta**2 + 4 * x**2))) / x

CLAIM = Claim(
    id="initshape/appB-ode",
    title="The logarithmic derivative of the profile's slope",
    source=PAPER.at("Display (equation of the profile)", section="B"),
    given={"distance": gt(x, 0), "balancedness": ge(delta, 0), "constant": ne(C, 0)},
    then={
        "matching":  eq(coefficient, profile),
        "equation":  eq(bend / slope, right),
        "logarithm": eq(derivative(log(S(x) - delta / 2) / 2, x), right),
    },
    derivation=[
        Step("logarithm", ..., by.ode),
        Step("equation",  ..., by.ode),
        Step("matching",  ..., by.ode),
    ],
    regions=[Region(x=("1/100", 10), delta=(0, 10), C=("1/10", 3))],
    instances=Sample(
        {"x": 1, "delta": 0, "C": 1},
        {"x": 2, "delta": 3, "C": -1},
        {"x": Q(3, 2), "delta": 4, "C": 2},
    ),
    mutants=[
        Mutant(
            "exponent 1", then={"logarithm": eq(derivative(log(S(x) - delta / 2), x), right)}
        ),
        Mutant(
            "sign of delta/2",
            then={"matching": eq(1 / (2 * (S(x) - delta / 2) * S(x)), profile)},
        ),
        Mutant(
            "factor 2 lost",
            then={"matching": eq(2 * coefficient, profile)},
        ),
        Mutant("not divided by x", then={"equation": eq(bend / slope, right * x)}),
    ],
)
