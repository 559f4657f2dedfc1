r"""**Equation 20** (the slope of the potential).

The second-order equation of one coordinate integrates from rest to an inverse hyperbolic sine, in
three equal forms.
"""

from claims.initshape.notation import PAPER, k
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
    ge,
    gt,
    log,
    reals,
    sqrt,
    tends,
)

w, c, delta_p, delta_m = reals("w c delta_p delta_m")
root = sqrt(4 * w**2 + k)
first = (log(root + 2 * w) - log(sqrt(k))) / 2
second = log((root + 2 * w) / sqrt(k)) / 2
third = log(sqrt(1 + 4 * w**2 / k) + 2 * w / sqrt(k)) / 2
fourth = asinh(2 * w / sqrt(k)) / 2
curvature = 1 / sqrt(k + 4 * w**2)
invariant = (delta_p - delta_m) ** 2 + 4 * c**2

CLAIM = Claim(
    id="initshape/eq-20",
    title="The slope of the potential of one coordinate",
    source=PAPER.at("Eq. (20)", section="A"),
    given={"invariant": gt(k, 0)},
    then={
        "curvature": eq(derivative(first, w), curvature),
        "start": tends(first, w, 0, 0),
        "quotient": eq(first, second),
        "normalised": eq(second, third),
        "asinh": eq(third, fourth),
        "sign of the invariant": ge(invariant, 0),
    },
    derivation=[
        Step("curvature", ..., by.derivative),
        Step("start", ..., by.limit),
        Step("quotient", ..., by.identity),
        Step("normalised", ..., by.identity),
        Step("asinh", ..., by.identity),
        Step("sign of the invariant", ..., by.sign),
    ],
    regions=[Region(k=("1/100", 100), w=(-10, 10), c=(-2, 2), delta_p=(-2, 2), delta_m=(-2, 2))],
    instances=Sample({"k": 1, "w": 0}, {"k": Q(1, 4), "w": -3}, {"k": 9, "w": 2}),
    mutants=[
        Mutant("log sqrt(k) forgotten", then={"quotient": eq(log(root + 2 * w) / 2, second)}),
        Mutant("w for 2 w", then={"curvature": eq(derivative(first, w), 1 / sqrt(k + w**2))}),
        Mutant("asinh without the half", then={"asinh": eq(third, 2 * fourth)}),
        Mutant("square root forgotten", then={"normalised": eq(second, third.subs(k, k**2))}),
        Mutant("invariant never zero", then={"sign of the invariant": gt(invariant, 0)}),
    ],
    note="The slope is continuous: its limit at 0 is its value there. The invariant "
    "(delta_p - delta_m)^2 + 4 c^2 can vanish, and then log sqrt(k) has no value: k > 0 is what "
    "the printed formulas need.",
)
