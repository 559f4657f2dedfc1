r"""**Appendix F.2, the inverse of the matrix** (the tangent kernel at the start).

The inverse of the matrix of the kernel regime is the metric of the start over the squared outer
weight, and the tangent kernel at the start is its form.
"""

from claims.initshape.notation import PAPER, s, space
from verifier import (
    Claim,
    Mutant,
    Q,
    Sample,
    Step,
    absolute,
    by,
    dot,
    eq,
    gt,
    identity_operator,
    ne,
    norm2,
    outer,
    reals,
)

a, b = reals("a b")
u, x, y = space.vectors("u x y")
identity, weights = identity_operator(space), outer(b * u, b * u)
beta = (1 - s) ** 2 / (2 * (1 + s**2))
B = identity - outer(u, u) * beta
tangent = identity * a**2 + weights
inverse = tangent * (1 / a**2)

CLAIM = Claim(
    id="initshape/appF2-Binv",
    title="The inverse of the matrix of the kernel regime",
    source=PAPER.at("Display (inverse of the matrix)", section="F.2"),
    given={
        "outer weight": ne(a, 0),
        "inner weights": gt(b, 0),
        "orientation": eq(norm2(u), 1),
    },
    where={s: (absolute(a) / b - 1) / (absolute(a) / b + 1)},
    then={
        "coefficient": eq(beta, b**2 / (a**2 + b**2)),
        "inverse": eq(B @ inverse, identity),
        "kernel": eq(dot(x, tangent @ y), a**2 * dot(x, inverse @ y)),
    },
    derivation=[
        Step("coefficient", ..., by.identity),
        Step("inverse", ..., by.operator, uses=["coefficient"]),
        Step("kernel", ..., by.identity),
    ],
    instances=Sample({"a": 3, "b": 2}, {"a": Q(-1, 2), "b": 1}),
    mutants=[
        Mutant("layers swapped", then={"coefficient": eq(beta, a**2 / (a**2 + b**2))}),
        Mutant("not divided", then={"inverse": eq(B @ tangent, identity)}),
        Mutant("kernel", then={"kernel": eq(dot(x, tangent @ y), dot(x, inverse @ y))}),
    ],
)
