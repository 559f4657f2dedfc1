r"""**Lemma 1** (balancedness from scale and shape).

The balancedness of the start is a rational function of its scale and its shape.
"""

from claims.initshape.notation import PAPER, alpha, delta, s, space
from verifier import Claim, Mutant, Q, Sample, Step, absolute, by, eq, gt, ne, norm, norm2, real

a = real("a")
w = space.vector("w")
gain, length = absolute(a), norm(w)

CLAIM = Claim(
    id="initshape/lem-1",
    title="Balancedness from scale and shape",
    source=PAPER.at("Lemma 1", section="H"),
    given={"outer weight": ne(a, 0), "inner weights": gt(norm2(w), 0)},
    where={
        alpha: gain * length,
        s: (gain / length - 1) / (gain / length + 1),
        delta: a**2 - norm2(w),
    },
    then={
        "shape": eq(s, (gain - length) / (gain + length)),
        "one minus shape squared": eq(1 - s**2, 4 * gain * length / (gain + length) ** 2),
        "balancedness": eq(delta, 4 * alpha * s / (1 - s**2)),
    },
    derivation=[
        Step("shape", ..., by.identity),
        Step("one minus shape squared", ..., by.identity, uses=["shape"]),
        Step("balancedness", ..., by.identity, uses=["shape", "one minus shape squared"]),
    ],
    instances=Sample({"a": 3}, {"a": Q(-1, 2)}),
    mutants=[
        Mutant("factor 2", then={"balancedness": eq(delta, 2 * alpha * s / (1 - s**2))}),
        Mutant("sign in the divisor", then={"balancedness": eq(delta, 4 * alpha * s / (1 + s**2))}),
        Mutant("layers swapped", then={"balancedness": eq(delta, -4 * alpha * s / (1 - s**2))}),
        Mutant(
            "product halved",
            then={
                "one minus shape squared": eq(1 - s**2, 2 * gain * length / (gain + length) ** 2)
            },
        ),
    ],
    note="alpha > 0 says that neither layer starts at zero; both signs of the shape occur.",
)
