r"""**Section 7.1, the transition factor** (bounds).

The root of the constant lies between four and eight times the scale over one minus the squared
shape.
"""

from claims.initshape.notation import PAPER, alpha, s
from verifier import Claim, Mutant, Q, Region, Sample, Step, by, ge, gt, le, lt, within

root = 4 * alpha * (1 + s**2) / (1 - s**2)
factor = alpha / (1 - s**2)

CLAIM = Claim(
    id="initshape/sec71-khat",
    title="The factor that controls the transition",
    source=PAPER.at("Remark (transition factor)", section="7.1"),
    given={"scale": gt(alpha, 0), "shape": within(s, -1, 1, left="open", right="open")},
    then={"lower": le(4 * factor, root), "upper": lt(root, 8 * factor)},
    derivation=[Step("lower", ..., by.sign), Step("upper", ..., by.sign)],
    regions=[Region(alpha=("1/100", 100), s=("1/10", "9/10"))],
    instances=Sample({"alpha": 3, "s": Q(1, 2)}, {"alpha": 1, "s": 0}, {"alpha": 2, "s": Q(-1, 3)}),
    mutants=[
        Mutant("strict below", then={"lower": lt(4 * factor, root)}),
        Mutant("eight times is reached", then={"upper": ge(root, 8 * factor)}),
        Mutant("six times is enough", then={"upper": lt(root, 6 * factor)}),
        Mutant("five times below", then={"lower": le(5 * factor, root)}),
    ],
    note="The paper reads the factor off the root by 1 <= 1 + s^2 < 2; these are its bounds.",
)
