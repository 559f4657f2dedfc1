r"""**Equation 19** (the sum of the squared inner weights).

The sum of the squared inner weights solves a quadratic, of which it is the larger root, and the sum
of all four squares is the root of the discriminant.
"""

from claims.initshape.notation import PAPER, c_i, u_m, u_p, v_m, v_p, w_tilde
from verifier import Claim, Mutant, Q, Region, Sample, Step, by, eq, sqrt

plus, minus = v_p**2 - u_p**2, v_m**2 - u_m**2
inner = u_p**2 + u_m**2
squares = u_p**2 + v_p**2 + u_m**2 + v_m**2
constant = plus * minus - w_tilde**2 - c_i**2
first = sqrt((plus + minus) ** 2 - 4 * constant)
root = sqrt((plus - minus) ** 2 + 4 * c_i**2 + 4 * w_tilde**2)

CLAIM = Claim(
    id="initshape/eq-19",
    title="The squared weights from the predictor",
    source=PAPER.at("Eq. (19)", section="A"),
    then={
        "quadratic": eq(inner**2 + (plus + minus) * inner + constant, 0),
        "root": eq(inner, (-(plus + minus) + first) / 2),
        "discriminant": eq(first, root),
        "squares": eq(squares, root),
    },
    derivation=[
        Step("quadratic", ..., by.identity),
        Step(
            "discriminant squared", eq((plus + minus) ** 2 - 4 * constant, squares**2), by.identity
        ),
        Step("first", eq(first, squares), by.square_root, uses=["discriminant squared"]),
        Step("root", ..., by.identity, uses=["first"]),
        Step("discriminant", ..., by.identity),
        Step("squares", ..., by.identity, uses=["first", "discriminant"]),
    ],
    regions=[Region(u_p=(-2, 2), u_m=(-2, 2), v_p=(-2, 2), v_m=(-2, 2))],
    instances=Sample({"u_p": 1, "u_m": 2, "v_p": 3, "v_m": Q(-1, 2)}),
    mutants=[
        Mutant("smaller root", then={"root": eq(inner, (-(plus + minus) - first) / 2)}),
        Mutant(
            "sum of the balancednesses",
            then={"squares": eq(squares, sqrt((plus + minus) ** 2 + 4 * c_i**2 + 4 * w_tilde**2))},
        ),
        Mutant(
            "factor 2",
            then={"squares": eq(squares, sqrt((plus - minus) ** 2 + 2 * c_i**2 + 4 * w_tilde**2))},
        ),
    ],
    note="The larger root is the one that occurs, since the sum of four squares is not negative.",
)
