r"""**Appendix B, the profile of the potential** (antiderivative).

In print one constant C serves the slope and its antiderivative.
"""

from claims.initshape.notation import C_0, PAPER, C, P, delta, q_hat, x
from verifier import Claim, Mutant, Q, Region, Sample, Step, by, derivative, eq, ge, gt

left = derivative(C * q_hat(x) + C_0, x)

CLAIM = Claim(
    id="initshape/appB-qhat",
    title="The profile integrates its slope",
    source=PAPER.at("Display (profile of the potential)", section="B"),
    given={"distance": gt(x, 0), "balancedness": ge(delta, 0)},
    then={"antiderivative": eq(left, C * P(x))},
    derivation=[Step("antiderivative", ..., by.derivative)],
    regions=[Region(x=("1/100", 10), delta=(0, 10), C=(-3, 3), C_0=(-1, 1))],
    instances=Sample({"x": 1, "delta": 0, "C": 1, "C_0": 0}),
    mutants=[Mutant("half the slope", then={"antiderivative": eq(left, Q(1, 2) * C * P(x))})],
    note="The derivative of the printed profile is 3/2 of the printed slope, for every delta.",
)
