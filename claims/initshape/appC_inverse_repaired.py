r"""**Appendix C, the reduced metric, repaired** (one division by the norm).

The inverse divides by the norm of the predictor once, as Eq. (25) has it.
"""

from claims.initshape.appC_inverse import (
    GIVEN,
    LINES,
    bracket,
    c,
    identity,
    length,
    metric,
    projection,
)
from claims.initshape.notation import PAPER
from verifier import Claim, Mutant, Q, Sample, Step, by, eq

inverse = bracket * (1 / (c * length))

CLAIM = Claim(
    id="initshape/appC-inverse-repaired",
    title="The inverse of the reduced metric divides by the norm once",
    source=PAPER.at("Display (the reduced metric)", section="C"),
    given=GIVEN,
    then={
        **LINES,
        "inverse": eq(metric @ inverse, identity),
        "other side": eq(inverse @ metric, identity),
    },
    derivation=[Step(name, ..., by.operator) for name in (*LINES, "inverse", "other side")],
    instances=Sample({"c": 1, "length": 2}),
    mutants=[
        Mutant("half lost", then={"bracket": eq(identity - projection, bracket)}),
        Mutant("divided twice", then={"inverse": eq(metric @ inverse * (1 / length), identity)}),
        Mutant(
            "whole projection",
            then={
                "other side": eq((identity - projection) @ metric * (1 / (c * length)), identity)
            },
        ),
        Mutant("halved", then={"projection": eq(projection @ projection, projection * Q(1, 2))}),
    ],
    repairs="initshape/appC-inverse",
)
