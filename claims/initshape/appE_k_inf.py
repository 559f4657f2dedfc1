r"""**Appendix E, large constants** (limit).

In print the potential of a coordinate becomes its square over the root of the constant.
"""

from claims.initshape.notation import PAPER, k, q_closed, x
from verifier import Claim, Mutant, Q, Sample, Step, by, gt, ne, oo, sqrt, tends

quadratic = x**2 / sqrt(k)

CLAIM = Claim(
    id="initshape/appE-k-inf",
    title="The potential of a large constant is quadratic",
    source=PAPER.at("Display (large constants)", section="E"),
    given={"point": ne(x, 0), "constant": gt(k, 0)},
    then={
        "ratio": tends(q_closed(x) / quadratic, k, oo, 1),
        "difference": tends(q_closed(x) - quadratic, k, oo, 0),
    },
    derivation=[Step("ratio", ..., by.limit), Step("difference", ..., by.limit)],
    instances=Sample({"x": 1}, {"x": Q(-1, 2)}),
    mutants=[
        Mutant("root forgotten", then={"ratio": tends(q_closed(x) / (x**2 / k), k, oo, 1)}),
        Mutant("twice", then={"ratio": tends(q_closed(x) / quadratic, k, oo, 2)}),
        Mutant("offset", then={"difference": tends(q_closed(x) - quadratic, k, oo, 1)}),
    ],
    note="In difference the arrow says no more than that both sides vanish. The ratio, which the "
    "kernel norm needs, tends to one half.",
)
