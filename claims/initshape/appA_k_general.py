r"""**Appendix A, the constant of an unbiased start** (closed forms).

When the two branches start equal the predictor starts at zero and the constant is a square.
"""

from claims.initshape.notation import PAPER, c_i, u_m, u_p, v_m, v_p, w_tilde
from verifier import Claim, Mutant, Q, Sample, Step, absolute, by, eq, ne, sqrt

general = (v_p**2 - u_p**2 - v_m**2 + u_m**2) ** 2 + 4 * c_i**2
ratio = absolute(v_p) / absolute(u_p)
shape = (ratio - 1) / (ratio + 1)
scale = absolute(u_p) * absolute(v_p)
twice = 2 * (u_p**2 + v_p**2)

CLAIM = Claim(
    id="initshape/appA-k-general",
    title="The constant of an unbiased start",
    source=PAPER.at("Display (constant of an unbiased start)", section="A"),
    given={
        "inner weight": ne(u_p, 0),
        "outer weight": ne(v_p, 0),
        "inner branches": eq(u_m, u_p),
        "outer branches": eq(v_m, v_p),
    },
    then={
        "predictor": eq(w_tilde, 0),
        "constant": eq(general, twice**2),
        "root": eq(sqrt(general), twice),
        "shape": eq(twice, 4 * scale * (1 + shape**2) / (1 - shape**2)),
    },
    derivation=[
        Step("predictor", ..., by.identity),
        Step("constant", ..., by.identity),
        Step("root", ..., by.square_root, uses=["constant"]),
        Step("shape", ..., by.identity),
    ],
    instances=Sample(
        {"u_p": 1, "u_m": 1, "v_p": 3, "v_m": 3},
        {"u_p": Q(-1, 2), "u_m": Q(-1, 2), "v_p": 1, "v_m": 1},
    ),
    mutants=[
        Mutant("half the root", then={"root": eq(sqrt(general), twice / 2)}),
        Mutant("negative root", then={"root": eq(sqrt(general), -twice)}),
        Mutant("invariant not doubled", then={"constant": eq(general, twice**2 / 4)}),
        Mutant("branches opposite", given={"outer branches": eq(v_m, -v_p)}),
    ],
    note="The closed forms alone, not that the constant serves a start at any predictor.",
)
