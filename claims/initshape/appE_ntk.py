r"""**Appendix E, the tangent kernel** (at the start).

The gradient of the model by its weights gives each coordinate the sum of its four squared weights.
"""

from claims.initshape.notation import PAPER, u_m, u_p, v_m, v_p, w_tilde
from verifier import Claim, Mutant, Q, Sample, Step, by, derivative, eq, reals

x_1, x_2 = reals("x_1 x_2")
weights = (v_p, u_p, v_m, u_m)
kernel = sum(derivative(w_tilde * x_1, w) * derivative(w_tilde * x_2, w) for w in weights)
squares = u_p**2 + v_p**2 + u_m**2 + v_m**2
start = {u_m: u_p, v_m: v_p}
unbiased = (x_1 * squares * x_2).subs(start)

CLAIM = Claim(
    id="initshape/appE-ntk",
    title="The tangent kernel of the diagonal network",
    source=PAPER.at("Display (tangent kernel)", section="E"),
    then={
        "outer gradient": eq(derivative(w_tilde * x_1, v_p), x_1 * u_p),
        "second branch": eq(derivative(w_tilde * x_1, v_m), -x_1 * u_m),
        "kernel": eq(kernel, x_1 * squares * x_2),
        "unbiased": eq(unbiased, 2 * x_1 * (u_p**2 + v_p**2) * x_2),
    },
    derivation=[
        Step("outer gradient", ..., by.derivative),
        Step("second branch", ..., by.derivative),
        Step("kernel", ..., by.identity),
        Step("unbiased", ..., by.identity),
    ],
    instances=Sample({"u_p": 1, "u_m": 2, "v_p": 3, "v_m": Q(-1, 2), "x_1": 1, "x_2": 2}),
    mutants=[
        Mutant("outer weights lost", then={"kernel": eq(kernel, x_1 * (u_p**2 + u_m**2) * x_2)}),
        Mutant(
            "sign of the branch",
            then={"second branch": eq(derivative(w_tilde * x_1, v_m), x_1 * u_m)},
        ),
        Mutant("not doubled", then={"unbiased": eq(unbiased, x_1 * (u_p**2 + v_p**2) * x_2)}),
    ],
    note="One coordinate: the coordinates have weights of their own, so their kernels add up.",
)
