r"""**Appendix F.2, the order of the third term** (the slope over the distance).

The derivative of the printed slope over the distance is computed from the second derivative and
evaluated at the start in the scale and the shape.
"""

from claims.initshape.appF2_hess import GIVEN, REGION, WHERE, difference, root
from claims.initshape.notation import PAPER, P, S, alpha, s, x
from verifier import Claim, Mutant, Q, Sample, Step, by, derivative, eq, sqrt

bend = x / (2 * S(x) * P(x))
ratio = derivative(P(x) / x, x)
LINES = [(bend * x - P(x)) / x**2, 1 / (2 * S(x) * P(x)) - P(x) / x**2]
start = 1 / (2 * S(alpha) * P(alpha)) - P(alpha) / alpha**2
front = eq(P(alpha), sqrt(alpha * (1 - s) / (1 + s)))
shape = (1 - s) ** Q(5, 2) / alpha ** Q(3, 2)
value = -shape / (2 * (1 + s**2) * sqrt(1 + s))

CLAIM = Claim(
    id="initshape/appF2-third",
    title="The order of the third term at the start",
    source=PAPER.at("Display (order of the third term)", section="F.2"),
    uses=["initshape/lem-2"],
    given=GIVEN,
    where=WHERE,
    then={
        "second derivative": eq(derivative(P(x), x), bend),
        "line 2": eq(ratio, LINES[0]),
        "line 3": eq(LINES[0], LINES[1]),
        "start": eq(start, value),
    },
    derivation=[
        Step("second derivative", ..., by.derivative),
        Step("line 2", ..., by.derivative),
        Step("line 3", ..., by.identity),
        Step("difference", difference, by.claim("initshape/lem-2", "difference")),
        Step("root", root, by.claim("initshape/lem-2", "root")),
        Step("front", front, by.identity, uses=["difference"]),
        Step("start", ..., by.identity, uses=["front", "root"]),
    ],
    regions=[REGION],
    instances=Sample({"alpha": 1, "s": 0, "x": 1}, {"alpha": 3, "s": Q(1, 2), "x": 2}),
    mutants=[
        Mutant("sign", then={"start": eq(start, -value)}),
        Mutant("scale", then={"start": eq(start, alpha * value)}),
        Mutant("twice", then={"second derivative": eq(derivative(P(x), x), 2 * bend)}),
        Mutant("sum", then={"line 2": eq(ratio, (bend * x + P(x)) / x**2)}),
    ],
    note="For the printed slope; the profile at the head of the appendix has three halves of it.",
)
