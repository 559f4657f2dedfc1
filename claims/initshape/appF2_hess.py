r"""**Appendix F.2, the Hessian at the start** (in the scale and the shape).

The display takes for the slope of the profile a nested root, of which the derivative of the profile
at the head of the appendix is three halves.
"""

from claims.initshape.notation import PAPER, P, S, alpha, delta, q_hat, s, x
from verifier import (
    Claim,
    Mutant,
    Q,
    Region,
    Sample,
    Step,
    by,
    derivative,
    eq,
    gt,
    sqrt,
    within,
)

beta = (1 - s) ** 2 / (2 * (1 + s**2))
front = sqrt((1 - s) / alpha) * sqrt(1 / (1 + s))
outer_part = alpha**2 / (2 * (delta / 2 + S(alpha)) * S(alpha))
GIVEN = {"distance": gt(x, 0), "scale": gt(alpha, 0), "shape": within(s, 0, 1, right="open")}
WHERE = {delta: 4 * alpha * s / (1 - s**2)}
START = {"front": eq(P(alpha) / alpha, front), "rank one": eq(outer_part, beta)}
REGION = Region(alpha=("1/100", 100), s=(0, "99/100"), x=("1/10", 10))
difference = eq(S(alpha) - delta / 2, alpha * (1 - s) / (1 + s))
root = eq(S(alpha), alpha * (1 + s**2) / (1 - s**2))
STEPS = [
    Step("difference", difference, by.claim("initshape/lem-2", "difference")),
    Step("root", root, by.claim("initshape/lem-2", "root")),
    Step("front", ..., by.identity, uses=["difference"]),
    Step("rank one", ..., by.identity, uses=["root"]),
]


def along(factor):
    """The second derivative along the point, of the printed Hessian times `factor`."""
    bracket = 1 - x**2 / (2 * (delta / 2 + S(x)) * S(x))
    return eq(derivative(q_hat(x), x, 2), factor * P(x) / x * bracket)


CLAIM = Claim(
    id="initshape/appF2-hess",
    title="The Hessian of the potential at the start",
    source=PAPER.at("Display (Hessian at the start)", section="F.2"),
    uses=["initshape/lem-2"],
    given=GIVEN,
    where=WHERE,
    then={**START, "slope": eq(derivative(q_hat(x), x), P(x)), "along": along(1)},
    derivation=[*STEPS, Step("slope", ..., by.derivative), Step("along", ..., by.derivative)],
    regions=[REGION],
    instances=Sample({"alpha": 1, "s": 0, "x": 1}, {"alpha": 3, "s": Q(1, 2), "x": 2}),
    mutants=[Mutant("half", then={"slope": eq(derivative(q_hat(x), x), P(x) / 2)})],
    note="`slope` over x and `along` are the second derivatives across the point and along it; "
    "`front` and `rank one` are the last line. The Hessian is three halves of the display.",
)
