r"""**Equation 27** (the matrix of the kernel regime).

Near the start the potential of a neuron is a quadratic form with eigenvalue one across the start
and a smaller one along it, which the shape alone fixes.
"""

from claims.initshape.notation import PAPER, S, alpha, delta, s, space
from verifier import (
    Claim,
    Mutant,
    Q,
    Region,
    Sample,
    Step,
    by,
    dot,
    eq,
    ge,
    gt,
    identity_operator,
    lt,
    norm2,
    outer,
    tends,
    within,
)

u, v = space.vectors("u v")
mean = alpha * (1 + s**2) / (1 - s**2)
beta = (1 - s) ** 2 / (2 * (1 + s**2))
eigenvalue = (1 + s) ** 2 / (2 * (1 + s**2))
coefficient = alpha**2 / (2 * (delta / 2 + S(alpha)) * S(alpha))
B = identity_operator(space) - outer(u, u) * beta

CLAIM = Claim(
    id="initshape/eq-27",
    title="The matrix of the kernel regime",
    source=PAPER.at("Eq. (27)", section="F.2"),
    uses=["initshape/lem-1", "initshape/lem-2"],
    given={
        "scale": gt(alpha, 0),
        "shape": within(s, 0, 1, right="open"),
        "orientation": eq(norm2(u), 1),
        "across": eq(dot(u, v), 0),
    },
    where={delta: 4 * alpha * s / (1 - s**2)},
    then={
        "coefficient":  eq(coefficient, beta),
        "along":        eq(B @ u, u * eigenvalue),
        "across":       eq(B @ v, v),
        "at least 1/2": ge(eigenvalue, Q(1, 2)),
        "below 1":      lt(eigenvalue, 1),
        "extreme shape": tends(beta, s, 1, 0, side="-"),
    },
    derivation=[
        Step("root", eq(S(alpha), mean), by.claim("initshape/lem-2", "root")),
        Step("coefficient", ..., by.identity, uses=["root"]),
        Step("along", ..., by.operator),
        Step("across", ..., by.operator),
        Step("at least 1/2", ..., by.sign),
        Step("below 1", ..., by.sign),
        Step("extreme shape", ..., by.limit),
    ],
    regions=[Region(alpha=("1/100", 100), s=(0, "99/100"))],
    instances=Sample({"alpha": 3, "s": Q(1, 2)}, {"alpha": 1, "s": 0}),
    mutants=[
        Mutant(
            "shape reversed",
            then={"coefficient": eq(coefficient, eigenvalue)},
        ),
        Mutant("eigenvalue from the coefficient", then={"along": eq(B @ u, u * beta)}),
        Mutant("larger eigenvalue", then={"at least 1/2": gt(eigenvalue, Q(1, 2))}),
        Mutant("smaller bound", then={"below 1": lt(eigenvalue, Q(3, 4))}),
        Mutant("rank one survives", then={"extreme shape": tends(beta, s, 1, Q(1, 2), side="-")}),
    ],
    note="The range of the shape is the one of Theorem 2. The limit is why B is close to the "
    "identity for shapes near 1.",
)
