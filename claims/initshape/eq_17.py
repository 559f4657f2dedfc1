r"""**Equation 17** (an invariant across the branches).

Gradient flow keeps the product of the two inner weights plus that of the two outer ones, whatever
drives the coordinate.
"""

from claims.initshape.notation import PAPER, G, c_i, diagonal_flow, u_m, u_p, v_m, v_p
from verifier import Claim, Mutant, Q, Sample, Step, by, conserved

CLAIM = Claim(
    id="initshape/eq-17",
    title="The sum of the products across the branches is conserved",
    source=PAPER.at("Eq. (17)", section="A"),
    then={"invariant": conserved(c_i, diagonal_flow)},
    derivation=[Step("invariant", ..., by.conserved)],
    instances=Sample(
        {"u_p": 1, "u_m": 2, "v_p": 3, "v_m": Q(1, 2), "G": 1},
        {"u_p": 0, "u_m": 0, "v_p": 1, "v_m": -1, "G": -2},
    ),
    mutants=[
        Mutant(
            "layers subtracted",
            then={"invariant": conserved(u_p * u_m - v_p * v_m, diagonal_flow)},
        ),
        Mutant("inner weights alone", then={"invariant": conserved(u_p * u_m, diagonal_flow)}),
        Mutant(
            "sum of the branches",
            then={"invariant": conserved(u_p * v_p + u_m * v_m, diagonal_flow)},
        ),
        Mutant(
            "one branch reversed",
            then={"invariant": conserved(c_i, {**diagonal_flow, u_m: v_m * G})},
        ),
    ],
    note="One coordinate; G is the sum of its samples times their residuals, free at each time. "
    "The products crossed, u_p v_m + u_m v_p, are conserved as well.",
)
