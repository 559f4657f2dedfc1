r"""**Lemma 4** (norm of a linear predictor).

With the kernel of a positive definite form, the squared norm of a linear predictor is the inverse
form at its weights.
"""

from claims.initshape.notation import PAPER, space
from verifier import Claim, Mutant, Q, Step, by, dot, eq, norm2

A = space.positive_definite("A")
root, inverse = A.power(Q(1, 2)), A.power(-1)
c, v, w, y = space.vectors("c v w y")

CLAIM = Claim(
    id="initshape/lem-4",
    title="The kernel norm of a linear predictor",
    source=PAPER.at("Lemma 4", section="H"),
    then={
        "feature map":  eq(norm2(v),             dot(root(v), inverse(root(v)))),
        "weights":      eq(norm2(A.power(Q(-1, 2))(w)), dot(w, inverse(w))),
        "span":         eq(dot(c, A(y)),             dot(A(c), inverse(A(y)))),
        "reproducing":  eq(dot(A(y), inverse(w)),    dot(w, y)),
    },
    derivation=[
        Step("feature map", ..., by.identity),
        Step("weights",     ..., by.identity),
        Step("span",        ..., by.identity),
        Step("reproducing", ..., by.identity),
    ],
    mutants=[
        Mutant("sections squared", then={"span": eq(dot(c, A(y)), dot(A(c), A(y)))}),
        Mutant("form not inverted", then={"weights": eq(norm2(root(w)), dot(w, inverse(w)))}),
        Mutant("inverse squared", then={"weights": eq(norm2(inverse(w)), dot(w, inverse(w)))}),
        Mutant(
            "features by the form",
            then={"feature map": eq(norm2(v), dot(A(v), inverse(A(v))))},
        ),
        Mutant("Euclidean product", then={"reproducing": eq(dot(A(y), w), dot(w, y))}),
    ],
    note="`span`: two combinations of kernel sections, with weights A c and A y, have the product "
    "<c, A y> of the kernel; `reproducing`: the product <., A^-1 .> with the section at y returns "
    "the predictor's value <w, y>.",
)
