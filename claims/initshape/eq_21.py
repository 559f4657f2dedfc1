r"""**Equation 21** (how a neuron's predictor moves).

The velocity of the product of the two layers is a matrix at the drive, written with the conserved
balancedness in place of the outer weight.
"""

from claims.initshape.notation import PAPER, space
from verifier import (
    Claim,
    Mutant,
    Sample,
    Step,
    by,
    dot,
    eq,
    ge,
    gt,
    identity_operator,
    ne,
    norm2,
    outer,
    reals,
)

a, a_dot, delta = reals("a a_dot delta")
w, g = space.vectors("w g")
velocity = w * a_dot + (a * g) * a
identity, rank_one = identity_operator(space), outer(w, w)
metric = identity * (delta + norm2(w)) + rank_one

CLAIM = Claim(
    id="initshape/eq-21",
    title="The velocity of the predictor of a neuron",
    source=PAPER.at("Eq. (21)", section="B"),
    given={
        "balancedness": eq(delta, a**2 - norm2(w)),
        "range": ge(delta, 0),
        "outer weight": ne(a, 0),
        "outer velocity": eq(a_dot, dot(w, g)),
    },
    then={
        "product rule": eq(velocity, (identity * a**2 + rank_one) @ g),
        "balancedness": eq(velocity, metric @ g),
        "definite": gt(delta + norm2(w), 0),
    },
    derivation=[
        Step("product rule", ..., by.operator),
        Step("balancedness", ..., by.operator),
        Step("definite", ..., by.sign),
    ],
    instances=Sample({"a": 3}),
    mutants=[
        Mutant("rank one lost", then={"product rule": eq(velocity, (identity * a**2) @ g)}),
        Mutant("not squared", then={"product rule": eq(velocity, (identity * a + rank_one) @ g)}),
        Mutant(
            "balancedness lost",
            then={"balancedness": eq(velocity, (identity * norm2(w) + rank_one) @ g)},
        ),
        Mutant("balancedness alone", then={"definite": gt(delta, 0)}),
    ],
    note="g is the sum of the samples times their residuals, free at each time; the layers move "
    "with <w, g> and a g.",
)
