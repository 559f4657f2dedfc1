r"""**Equation 9** (closed form of the potential).

Half the integral of the inverse hyperbolic sine is elementary.
"""

from claims.initshape.notation import PAPER, k, q_closed, x
from verifier import (
    Claim,
    Mutant,
    Q,
    Region,
    Sample,
    Step,
    asinh,
    by,
    derivative,
    eq,
    gt,
    integral,
    real,
    sqrt,
)

z = real("z")
slope = asinh(2 * x / sqrt(k)) / 2
q = integral(asinh(2 * z / sqrt(k)) / 2, z, 0, x)

CLAIM = Claim(
    id="initshape/eq-9",
    title="The potential of the diagonal network in closed form",
    source=PAPER.at("Eq. (9)", section="4"),
    given={"invariant": gt(k, 0)},
    then={"closed form": eq(q, q_closed(x))},
    derivation=[
        Step("slope", eq(derivative(q_closed(x), x), slope), by.derivative),
        Step("closed form", ..., by.antiderivative, uses=["slope"]),
    ],
    regions=[Region(k=("1/100", 100), x=(-10, 10))],
    instances=Sample({"k": 1, "x": 1}, {"k": Q(1, 100), "x": -3}, {"k": 4, "x": 0}),
    mutants=[
        Mutant("prefactor 1/2", then={"closed form": eq(q, 2 * q_closed(x))}),
        Mutant(
            "wrong constant",
            then={"closed form": eq(q, q_closed(x) + sqrt(k) / 2 * sqrt(1 + 4 * x**2 / k))},
        ),
        Mutant("nonzero base value", then={"closed form": eq(q, q_closed(x) + sqrt(k) / 4)}),
        Mutant(
            "argument without the 2",
            then={"closed form": eq(integral(asinh(z / sqrt(k)) / 2, z, 0, x), q_closed(x))},
        ),
        Mutant(
            "without the half",
            then={"closed form": eq(integral(asinh(2 * z / sqrt(k)), z, 0, x), q_closed(x))},
        ),
    ],
)
