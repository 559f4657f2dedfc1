r"""**Equation 18** (the squares of the predictor and the invariant).

The cross terms of the two squares cancel in their sum.
"""

from claims.initshape.notation import PAPER, c_i, u_m, u_p, v_m, v_p, w_tilde
from verifier import Claim, Mutant, Q, Region, Sample, Step, by, eq

cross = 2 * u_p * v_p * u_m * v_m
predictor = u_p**2 * v_p**2 + u_m**2 * v_m**2
invariant = u_p**2 * u_m**2 + v_p**2 * v_m**2

CLAIM = Claim(
    id="initshape/eq-18",
    title="The squares of the predictor and of the invariant",
    source=PAPER.at("Eq. (18)", section="A"),
    then={
        "predictor squared": eq(w_tilde**2, predictor - cross),
        "invariant squared": eq(invariant + cross, c_i**2),
        "sum": eq(invariant + predictor - w_tilde**2, c_i**2),
    },
    derivation=[
        Step("predictor squared", ..., by.identity),
        Step("invariant squared", ..., by.identity),
        Step("sum", ..., by.identity),
    ],
    regions=[Region(u_p=(-2, 2), u_m=(-2, 2), v_p=(-2, 2), v_m=(-2, 2))],
    instances=Sample({"u_p": 1, "u_m": 2, "v_p": 3, "v_m": Q(-1, 2)}),
    mutants=[
        Mutant(
            "cross terms left", then={"sum": eq(invariant + predictor - w_tilde**2 + cross, c_i**2)}
        ),
        Mutant(
            "sign of the predictor", then={"sum": eq(invariant + predictor + w_tilde**2, c_i**2)}
        ),
        Mutant(
            "sign of the cross terms", then={"predictor squared": eq(w_tilde**2, predictor + cross)}
        ),
        Mutant("cross terms halved", then={"invariant squared": eq(invariant + cross / 2, c_i**2)}),
    ],
)
