r"""**Section 7.1, the constant from the shape** (identity).

Twice the sum of the squares of an unbiased start is a rational function of its scale and its shape.
"""

from claims.initshape.notation import PAPER, alpha, s
from verifier import Claim, Mutant, Q, Region, Sample, Step, absolute, by, eq, ne, reals

u, v = reals("u v")
ratio = absolute(v) / absolute(u)
root = 2 * (u**2 + v**2)

CLAIM = Claim(
    id="initshape/sec71-k-shape",
    title="The constant from the scale and the shape",
    source=PAPER.at("Display (constant from the shape)", section="7.1"),
    given={"inner weight": ne(u, 0), "outer weight": ne(v, 0)},
    where={alpha: absolute(u) * absolute(v), s: (ratio - 1) / (ratio + 1)},
    then={"root": eq(root, 4 * alpha * (1 + s**2) / (1 - s**2))},
    derivation=[Step("root", ..., by.identity)],
    regions=[Region(u=("1/10", 3), v=("1/10", 3)), Region(u=(-3, -1), v=(1, 3))],
    instances=Sample({"u": 1, "v": 1}, {"u": 1, "v": -3}, {"u": Q(-1, 2), "v": Q(1, 4)}),
    mutants=[
        Mutant("inverted", then={"root": eq(root, 4 * alpha * (1 - s**2) / (1 + s**2))}),
        Mutant("twice the scale", then={"root": eq(root, 2 * alpha * (1 + s**2) / (1 - s**2))}),
        Mutant("shape ignored", then={"root": eq(root, 4 * alpha)}),
        Mutant("shape not squared", then={"root": eq(root, 4 * alpha * (1 + s) / (1 - s))}),
    ],
    note="An unbiased start, whose constant has the root 2 (u^2 + v^2) by appendix A.",
)
