r"""**Appendix A, balancedness of each branch** (invariants).

Each branch of a coordinate keeps the difference of its two squared weights.
"""

from claims.initshape.notation import PAPER, diagonal_flow, u_m, u_p, v_m, v_p
from verifier import Claim, Mutant, Q, Sample, Step, by, conserved

CLAIM = Claim(
    id="initshape/appA-delta",
    title="The balancedness of each branch is conserved",
    source=PAPER.at("Display (balancedness of the branches)", section="A"),
    then={
        "plus": conserved(v_p**2 - u_p**2, diagonal_flow),
        "minus": conserved(v_m**2 - u_m**2, diagonal_flow),
    },
    derivation=[Step("plus", ..., by.conserved), Step("minus", ..., by.conserved)],
    instances=Sample({"u_p": 1, "u_m": 2, "v_p": 3, "v_m": Q(1, 2), "G": 1}),
    mutants=[
        Mutant("sum of squares", then={"plus": conserved(v_p**2 + u_p**2, diagonal_flow)}),
        Mutant("branches mixed", then={"plus": conserved(v_p**2 - u_m**2, diagonal_flow)}),
        Mutant("weight 2", then={"minus": conserved(v_m**2 - 2 * u_m**2, diagonal_flow)}),
        Mutant("not squared", then={"minus": conserved(v_m - u_m, diagonal_flow)}),
    ],
    note="One coordinate; G is the sum of its samples times their residuals, free at each time.",
)
