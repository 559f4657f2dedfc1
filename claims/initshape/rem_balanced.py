r"""**Section 7.1, balanced starts** (monotonicity in the shape).

At a fixed scale the root of the constant is least at the balanced shape and grows with the size of
the shape.
"""

from claims.initshape.notation import PAPER, alpha, s
from verifier import Claim, Mutant, Q, Region, Sample, Step, by, derivative, eq, ge, gt, within

root = 4 * alpha * (1 + s**2) / (1 - s**2)
rate = derivative(root, s)

CLAIM = Claim(
    id="initshape/rem-balanced",
    title="A balanced start has the least constant of its scale",
    source=PAPER.at("Remark (balanced starts)", section="7.1"),
    given={"scale": gt(alpha, 0), "shape": within(s, -1, 1, left="open", right="open")},
    then={
        "least": ge(root, root.subs(s, 0)),
        "rate": eq(rate, 16 * alpha * s / (1 - s**2) ** 2),
        "away from balance": ge(s * rate, 0),
    },
    derivation=[
        Step("least", ..., by.sign),
        Step("rate", ..., by.derivative),
        Step("away from balance", ..., by.sign, uses=["rate"]),
    ],
    regions=[Region(alpha=("1/100", 100), s=("1/10", "9/10"))],
    instances=Sample({"alpha": 3, "s": Q(1, 2)}, {"alpha": 1, "s": 0}, {"alpha": 2, "s": Q(-1, 3)}),
    mutants=[
        Mutant("least at one half", then={"least": ge(root, root.subs(s, Q(1, 2)))}),
        Mutant("strictly least at balance too", then={"least": gt(root, root.subs(s, 0))}),
        Mutant("increasing for every shape", then={"away from balance": ge(rate, 0)}),
        Mutant("half the rate", then={"rate": eq(rate, 8 * alpha * s / (1 - s**2) ** 2)}),
    ],
    note="The regime is read as the root of the constant: the smaller, the nearer the rich one.",
)
