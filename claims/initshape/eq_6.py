r"""**Equation 6** (Hessian-map condition).

Derivatives of a Hessian may trade the index of the derivative for a column index.
"""

from claims.initshape.notation import PAPER
from verifier import Claim, Mutant, SmoothFunction, Step, by, eq, indices

Q = SmoothFunction("Q", 3)
i, j, k = indices("i j k")

CLAIM = Claim(
    id="initshape/eq-6",
    title="A Hessian satisfies the Hessian-map condition",
    source=PAPER.at("Eq. (6)", section="3"),
    then={"condition": eq(Q.partial(i, j, k), Q.partial(i, k, j))},
    derivation=[Step("condition", ..., by.identity)],
    mutants=[
        Mutant(
            "the row index moves too",
            then={"condition": eq(Q.partial(i, j, k), Q.partial(j, k, k))},
        ),
        Mutant("a column repeated", then={"condition": eq(Q.partial(i, j, k), Q.partial(i, j, j))}),
        Mutant("opposite sign", then={"condition": eq(Q.partial(i, j, k), -Q.partial(i, k, j))}),
        Mutant("constant metric", then={"condition": eq(Q.partial(i, j, k), 0)}),
    ],
    note="H_ij is the second partial derivative of a C^3 function Q; the condition is necessary.",
)
