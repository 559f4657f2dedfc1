r"""**Appendix C, the reduced metric** (the inverse in print).

For balanced neurons the matrix of the predictor is a multiple of the identity plus the projection
on the predictor. The inverse in print divides by the norm of the predictor twice.
"""

from claims.initshape.notation import PAPER, space
from verifier import (
    Claim,
    Mutant,
    Q,
    Sample,
    Step,
    by,
    eq,
    ge,
    gt,
    identity_operator,
    norm2,
    outer,
    reals,
)

c, length = reals("c length")
u = space.vector("u")
identity, projection = identity_operator(space), outer(u, u)
metric = (identity + projection) * (c * length)
bracket = identity - projection * Q(1, 2)
GIVEN = {
    "sum of absolute factors": ge(c, 1),
    "predictor": gt(length, 0),
    "direction": eq(norm2(u), 1),
}
LINES = {
    "projection": eq(projection @ projection, projection),
    "bracket": eq(identity - projection + projection @ projection * Q(1, 2), bracket),
}

CLAIM = Claim(
    id="initshape/appC-inverse",
    title="The inverse of the reduced metric",
    source=PAPER.at("Display (the reduced metric)", section="C"),
    given=GIVEN,
    then={**LINES, "inverse": eq(metric @ bracket * (1 / (c * length * length)), identity)},
    derivation=[Step(name, ..., by.operator) for name in (*LINES, "inverse")],
    instances=Sample({"c": 1, "length": 2}),
    mutants=[Mutant("half lost", then={"bracket": eq(identity - projection, bracket)})],
    note="length u is the predictor, c is the sum of the absolute factors c_i, whose sum is 1. The "
    "display holds where length is one, and the next one, Eq. (25), drops the second division.",
)
