r"""**Equation 22** (Sherman-Morrison for a neuron).

The matrix of a neuron is inverted as the identity minus a rank-one part, first in the inner weights
and then in the predictor.
"""

from claims.initshape.notation import PAPER, delta, space
from verifier import (
    Claim,
    Mutant,
    Q,
    Sample,
    Step,
    by,
    eq,
    ge,
    identity_operator,
    ne,
    norm2,
    outer,
    real,
)

a = real("a")
w, g = space.vectors("w g")
identity, weights, predictor = identity_operator(space), outer(w, w), outer(a * w, a * w)
squared, twice = delta + norm2(w), delta + 2 * norm2(w)
velocity = (identity * squared + weights) @ g
inverse = (identity - weights * (1 / twice)) * (1 / squared)
rewritten = (identity - predictor * (1 / (squared * twice))) * (1 / squared)
short = (identity - predictor * (1 / twice)) * (1 / squared)
untwice = (identity - weights * (1 / squared)) * (1 / squared)

CLAIM = Claim(
    id="initshape/eq-22",
    title="The inverse of the matrix of a neuron",
    source=PAPER.at("Eq. (22)", section="B"),
    uses=["initshape/eq-21"],
    given={"balancedness": ge(a**2 - norm2(w), 0), "outer weight": ne(a, 0)},
    where={delta: a**2 - norm2(w)},
    then={
        "inner weights": eq(inverse @ velocity, g),
        "predictor": eq(rewritten @ velocity, g),
    },
    derivation=[
        Step("inner weights", ..., by.operator),
        Step("predictor", ..., by.operator),
    ],
    instances=Sample({"a": 3}, {"a": Q(-1, 2)}),
    mutants=[
        Mutant("norm counted once", then={"inner weights": eq(untwice @ velocity, g)}),
        Mutant("factor lost", then={"predictor": eq(short @ velocity, g)}),
        Mutant("rank one lost", then={"inner weights": eq(velocity * (1 / squared), g)}),
    ],
    note="A non-zero start with delta >= 0 keeps a away from 0; the inner weights may vanish.",
)
