r"""**Appendix A, the dynamics of a coordinate** (product rule).

The predictor of a coordinate moves at the rate of the sum of its four squared weights times what
drives it.
"""

from claims.initshape.notation import PAPER, G, diagonal_flow, u_m, u_p, v_m, v_p
from verifier import Claim, Mutant, Q, Sample, Step, by, derivative, eq, function, ne, real

t = real("t")
up, um, vp, vm = (function(name)(t) for name in ("up", "um", "vp", "vm"))
rate = derivative(up * vp - um * vm, t)
rules = (
    derivative(up, t) * vp
    + up * derivative(vp, t)
    - derivative(um, t) * vm
    - um * derivative(vm, t)
)
along = (
    diagonal_flow[u_p] * v_p
    + u_p * diagonal_flow[v_p]
    - diagonal_flow[u_m] * v_m
    - u_m * diagonal_flow[v_m]
)
terms = v_p**2 * G + u_p**2 * G + v_m**2 * G + u_m**2 * G
squares = u_p**2 + v_p**2 + u_m**2 + v_m**2

CLAIM = Claim(
    id="initshape/appA-dynamics",
    title="The predictor of a coordinate moves by its squared weights",
    source=PAPER.at("Display (dynamics of the predictor)", section="A"),
    given={"some weight": ne(squares, 0)},
    then={
        "product rule": eq(rate, rules),
        "collected": eq(along, squares * G),
        "divided": eq(along / squares, G),
    },
    derivation=[
        Step("product rule", ..., by.identity),
        Step("collected", ..., by.identity),
        Step("divided", ..., by.identity),
    ],
    instances=Sample({"u_p": 1, "u_m": 2, "v_p": 3, "v_m": Q(1, 2), "G": 1}),
    mutants=[
        Mutant("cross terms", then={"collected": eq(terms, (squares + 2 * u_p * v_p) * G)}),
        Mutant(
            "second branch subtracted",
            then={"collected": eq(along, (u_p**2 + v_p**2 - u_m**2 - v_m**2) * G)},
        ),
        Mutant("drive halved", then={"divided": eq(along / squares, G / 2)}),
    ],
    note="The printed rates are those of half the square loss, not divided by the samples.",
)
