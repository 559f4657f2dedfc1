r"""**Theorem 2.1 of Du et al.** (balancedness).

The difference of the squared weights of the two layers of a neuron does not move under gradient
flow, whatever drives it.
"""

from claims.initshape.notation import PAPER, space
from verifier import Claim, Mutant, Q, Sample, Step, by, conserved, dot, norm2, real

a = real("a")
w, g = space.vectors("w g")
flow = {a: dot(w, g), w: a * g}

CLAIM = Claim(
    id="initshape/du-2.1",
    title="Balancedness of a linear neuron is conserved",
    source=PAPER.at("Theorem 2.1 of Du et al. (2018)", section="6"),
    then={"balancedness": conserved(a**2 - norm2(w), flow)},
    derivation=[Step("balancedness", ..., by.conserved)],
    instances=Sample({"a": Q(1, 2)}, {"a": 0}),
    mutants=[
        Mutant("sum", then={"balancedness": conserved(a**2 + norm2(w), flow)}),
        Mutant("weight 2", then={"balancedness": conserved(a**2 - 2 * norm2(w), flow)}),
        Mutant("not squared", then={"balancedness": conserved(a - norm2(w), flow)}),
        Mutant(
            "the second layer descends",
            then={"balancedness": conserved(a**2 - norm2(w), {a: dot(w, g), w: -a * g})},
        ),
    ],
    note="One neuron; g is the sum of the samples times their residuals, free at each time.",
)
