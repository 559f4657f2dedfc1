r"""**Appendix B, the norm of the inner weights** (from the norm of the predictor).

The squared norm of the inner weights is the non-negative root of a quadratic equation whose
coefficients are the balancedness and the squared norm of the predictor.
"""

from claims.initshape.notation import PAPER, delta, space
from verifier import Claim, Mutant, Q, Sample, Step, by, eq, le, norm, norm2, real, sqrt

a = real("a")
w = space.vector("w")
size, length = norm2(a * w), norm2(w)
root = sqrt(delta**2 / 4 + size)

CLAIM = Claim(
    id="initshape/appB-norm",
    title="The norm of the inner weights",
    source=PAPER.at("Display (norm of the inner weights)", section="B"),
    uses=["initshape/du-2.1"],
    where={delta: a**2 - length},
    then={
        "root": eq(root, (a**2 + length) / 2),
        "square": eq(length, -delta / 2 + root),
        "other root": le(-delta / 2 - root, 0),
        "norm": eq(norm(w), sqrt(-delta / 2 + root)),
    },
    derivation=[
        Step("under the root", eq(delta**2 / 4 + size, ((a**2 + length) / 2) ** 2), by.identity),
        Step("root", ..., by.square_root, uses=["under the root"]),
        Step("square", ..., by.identity, uses=["root"]),
        Step("other root", ..., by.sign, uses=["root"]),
        Step("norm", ..., by.identity, uses=["root"]),
    ],
    instances=Sample({"a": 3}, {"a": Q(-1, 2)}),
    mutants=[
        Mutant("negative root", then={"square": eq(length, -delta / 2 - root)}),
        Mutant("sign of the balancedness", then={"square": eq(length, delta / 2 + root)}),
        Mutant("not halved", then={"norm": eq(norm(w), sqrt(-delta + root))}),
    ],
)
